package store_test

import (
	"context"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestAPictureIsShownOtherwise(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPicture(t, s, "a.jpg")
		list := []store.Rendition{{Name: "200", Type: "image/jpeg", Stamp: "x", Blob: "b1", Width: 200, Height: 133, Size: 9}}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutRenditions(ctx, p.ID, list) })
		was, err := s.Picture(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		// Somebody tells something about it meanwhile, which stays.
		told := was
		told.Alt = "Boats"
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DescribePicture(ctx, &told, "Ben") })

		cropped := was
		cropped.Crop, cropped.Name = news.Crop{X: 1, Y: 2, W: 33, H: 44}, "b.jpg"
		made := []store.Rendition{{Name: "33", Type: "image/jpeg", Stamp: "y", Blob: "b2", Width: 33, Height: 44, Size: 5}}
		refs := write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.ShowOtherwise(ctx, &was, &cropped, made, noon)
		})
		got, err := s.Picture(t.Context(), p.ID)
		if err != nil || got.Crop != cropped.Crop || got.Name != "b.jpg" || got.Alt != "Boats" || len(refs) != 1 {
			t.Errorf("%+v, %v, announced %v", got, err, refs)
		}
		if there, err := s.Renditions(t.Context(), p.ID); err != nil || len(there) != 1 || there[0] != made[0] {
			t.Errorf("%+v, %v", there, err)
		}
		if due, err := s.BlobsDue(t.Context(), noon, 10); err != nil || len(due) != 1 || due[0] != "b1" {
			t.Errorf("may go: %v, %v", due, err)
		}
		if _, err := s.Update(t.Context(), noon, func(tx *store.Tx) error {
			return tx.ShowOtherwise(t.Context(), &was, &cropped, nil, noon)
		}); !fault.Is(err, fault.Conflict) {
			t.Errorf("over what is there no longer: %v", err)
		}
	})
}

func TestTheFileBeforeIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPicture(t, s, "a.jpg")
		if _, ok, err := s.ReplacedFile(t.Context(), p.ID); ok || err != nil {
			t.Fatal(ok, err)
		}
		first := news.ReplacedFile{At: noon, By: "Anna", File: news.Picture{ID: p.ID, Name: "a.jpg", Blob: "o1", Served: "o2", Type: "image/jpeg", Width: 3, Height: 2, Size: 9,
			Focus: news.Focus{X: 5, Y: 6}, FocusSet: true, Moving: true, Crop: news.Crop{X: 1, Y: 2, W: 3, H: 4}}}
		second := first
		second.At, second.File.Blob, second.File.Served = noon.Add(time.Hour), "n", "n"
		for _, f := range []news.ReplacedFile{first, second} {
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutReplaced(ctx, f, noon) })
			if got, ok, err := s.ReplacedFile(t.Context(), p.ID); err != nil || !ok || got != f {
				t.Errorf("%+v, %v", got, err)
			}
		}
		if due, err := s.BlobsDue(t.Context(), noon, 10); err != nil || len(due) != 2 {
			t.Errorf("of the first may go: %v, %v", due, err)
		}
		for blob, want := range map[string]bool{"n": true, "o1": false, "o2": false} {
			if got, err := s.BlobNeeded(t.Context(), blob); err != nil || got != want {
				t.Errorf("%s is needed: %v, %v", blob, got, err)
			}
		}
		for at, want := range map[time.Time]int{noon: 0, noon.Add(time.Hour): 1} {
			if list, err := s.ReplacedUntil(t.Context(), at, 10); err != nil || len(list) != want {
				t.Errorf("until %v: %v, %v", at, list, err)
			}
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeletePicture(ctx, p, noon) })
		if _, ok, err := s.ReplacedFile(t.Context(), p.ID); ok || err != nil {
			t.Error("it outlasts the picture", err)
		}
		if needed, err := s.BlobNeeded(t.Context(), "n"); err != nil || needed {
			t.Error("its file outlasts the picture", err)
		}
	})
}
