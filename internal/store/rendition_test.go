package store_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func newPicture(t *testing.T, s *store.Store, name string) *news.Picture {
	t.Helper()
	p := &news.Picture{Name: name, Blob: "b", Served: "s", Type: "image/jpeg", Width: 300, Height: 200}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertPicture(ctx, p) })
	return p
}

// claim claims a picture; its id is 0 when none is due.
func claim(t *testing.T, s *store.Store, at time.Time) (task store.RenditionTask) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		var ok bool
		var err error
		task, ok, err = tx.ClaimRenditions(ctx, at)
		if ok != (task.Picture != 0) {
			t.Errorf("claimed %d: %v", task.Picture, ok)
		}
		return err
	})
	return task
}

func waiting(t *testing.T, s *store.Store) int {
	t.Helper()
	n, err := s.RenditionQueueSize(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAPictureWaitsForItsRenditionsFromTheMomentItIsThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := newPicture(t, s, "a.jpg"), newPicture(t, s, "b.jpg")
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertPicture(ctx, &news.Picture{Name: "c.pdf", Blob: "b", Served: "s", Type: "application/pdf"})
		})
		if n := waiting(t, s); n != 2 {
			t.Fatalf("%d wait", n)
		}
		first, second := claim(t, s, noon), claim(t, s, noon)
		if first.Picture != b.ID || second.Picture != a.ID || first.Attempts != 1 {
			t.Errorf("claimed %+v, then %+v: the newest comes first, and each once", first, second)
		}
		if third := claim(t, s, noon); third.Picture != 0 {
			t.Errorf("claimed twice: %+v", third)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.LeaveRenditions(ctx, first) })
		if n := waiting(t, s); n != 1 {
			t.Errorf("%d wait after one is done", n)
		}
	})
}

func TestAClaimRunsOutAndAttemptsComeToAnEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPicture(t, s, "a.jpg")
		at := noon
		for attempt := range store.MaxRenditionAttempts {
			if task := claim(t, s, at); task.Picture != p.ID || task.Attempts != attempt+1 {
				t.Fatalf("attempt %d: %+v", attempt, task)
			}
			gap := store.RenditionPatience << attempt
			if task := claim(t, s, at.Add(gap-time.Millisecond)); task.Picture != 0 {
				t.Errorf("attempt %d: others may try before %s are over", attempt, gap)
			}
			at = at.Add(gap)
		}
		if task := claim(t, s, at.Add(1000*time.Hour)); task.Picture != 0 {
			t.Errorf("a sixth attempt: %+v", task)
		}
		if n := waiting(t, s); n != 0 {
			t.Errorf("what was given up counts as waiting: %d", n)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.QueueAllRenditions(ctx) })
		if task := claim(t, s, at); task.Attempts != 1 {
			t.Errorf("asked for again: %+v", task)
		}
	})
}

func TestWhatIsQueuedAnewMeanwhileStaysQueued(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPicture(t, s, "a.jpg")
		task := claim(t, s, noon)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.FocusPicture(ctx, p.ID, news.Focus{X: 1, Y: 2})
		})
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.LeaveRenditions(ctx, task) })
		if n := waiting(t, s); n != 1 {
			t.Errorf("%d wait", n)
		}
		task = claim(t, s, noon)
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UnclaimRenditions(ctx, task) })
		if again := claim(t, s, noon); again.Picture != p.ID || again.Attempts != 1 {
			t.Errorf("given back and claimed again: %+v", again)
		}
	})
}

func TestRenditionsGoWithTheirFile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPicture(t, s, "a.jpg")
		list := []store.Rendition{
			{Name: "200", Type: "image/jpeg", Stamp: "x", Blob: "b1", Width: 200, Height: 133, Size: 9},
			{Name: "200", Type: "image/webp", Stamp: "x", Blob: "b2", Width: 200, Height: 133, Size: 8},
		}
		put := func(ctx context.Context, tx *store.Tx) error { return tx.PutRenditions(ctx, p.ID, list) }
		write(t, s, put)
		list[0].Blob, list[0].Stamp = "b3", "y"
		write(t, s, put)
		if got, err := s.Renditions(t.Context(), p.ID); err != nil || !slices.Equal(got, list) {
			t.Errorf("%+v, %v", got, err)
		}
		found := *p
		found.Focus, found.Colour, found.Moving = news.Focus{X: 3, Y: 4}, "#010203", true
		if refs := write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.FindPicture(ctx, &found) }); !slices.Contains(refs, news.PictureRef(p.ID)) {
			t.Errorf("announced %v", refs)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.LeaveRenditions(ctx, claimed(ctx, t, tx)) })

		// Words alone change nothing of that.
		p.Alt = "Boats"
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdatePicture(ctx, p) })
		if p.Focus != found.Focus || p.Colour != found.Colour || !p.Moving {
			t.Errorf("after new words: %+v", p)
		}
		if got, err := s.Picture(t.Context(), p.ID); err != nil || got != *p || waiting(t, s) != 0 {
			t.Errorf("after new words: %+v, %v, %d wait", got, err, waiting(t, s))
		}

		// Another file does, and what an editor set stays.
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.FocusPicture(ctx, p.ID, news.Focus{X: 5, Y: 6})
		})
		p = &news.Picture{ID: p.ID, Name: "a.jpg", Blob: "c", Served: "c", Type: "image/jpeg", Width: 30, Height: 20}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UpdatePicture(ctx, p) })
		got, err := s.Picture(t.Context(), p.ID)
		if err != nil || got.Focus != (news.Focus{X: 5, Y: 6}) || !got.FocusSet || got.Colour != "" || got.Moving {
			t.Errorf("after another file: %+v, %v", got, err)
		}
		there, err := s.Renditions(t.Context(), p.ID)
		if err != nil || len(there) != 0 || waiting(t, s) != 1 {
			t.Errorf("after another file: %v, %v, %d wait", there, err, waiting(t, s))
		}
	})
}

func claimed(ctx context.Context, t *testing.T, tx *store.Tx) store.RenditionTask {
	t.Helper()
	task, ok, err := tx.ClaimRenditions(ctx, noon)
	if err != nil || !ok {
		t.Fatalf("nothing is due: %v", err)
	}
	return task
}

func TestRenditionsAndTheirQueueAreInADump(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPicture(t, s, "a.jpg")
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.PutRenditions(ctx, p.ID, []store.Rendition{{Name: "200", Type: "image/jpeg", Stamp: "x", Blob: "b1", Width: 200, Height: 133, Size: 9}})
		})
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetPictureUses(ctx, "some uses") })
		if uses, err := s.PictureUses(t.Context()); err != nil || uses != "some uses" {
			t.Errorf("%q, %v", uses, err)
		}
		var b bytes.Buffer
		for _, table := range store.Tables {
			if strings.HasPrefix(table.Name, "rendition") {
				if _, err := s.Dump(t.Context(), table, &b); err != nil {
					t.Fatal(err)
				}
			}
		}
		if want := `[1,"200","image/jpeg","x","b1",200,133,9]` + "\n[1,0,0]\n"; b.String() != want {
			t.Errorf("%s", b.String())
		}
	})
}
