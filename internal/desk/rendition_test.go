package desk_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// darkroom is a disk and a room for two uses.
func darkroom(t *testing.T) (*media.Disk, *media.Darkroom, string) {
	t.Helper()
	dir := t.TempDir()
	disk, err := media.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	return disk, media.NewDarkroom(disk, []media.Use{{Widths: []int{40, 80}}, {Shape: media.Shape{W: 1, H: 1}, Widths: []int{30}}}), dir
}

// addPicture adds a drawn photograph; seed makes it another file.
func (d *fixture) addPicture(t *testing.T, disk *media.Disk, seed int) *news.Picture {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 120, 80))
	for y := range 80 {
		for x := range 120 {
			m.Set(x, y, color.RGBA{uint8(x * y), uint8(seed), uint8(x * 2), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	p, err := disk.Keep(t.Context(), "a.jpg", &b, 1<<20)
	if err == nil {
		err = d.AddPicture(t.Context(), "Anna", &p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &p
}

// make makes what is missing and returns what was told of it.
func (d *fixture) make(t *testing.T, room *media.Darkroom) (told []desk.RenditionResult) {
	t.Helper()
	if err := d.MakeRenditions(t.Context(), room, func(r desk.RenditionResult) { told = append(told, r) }); err != nil {
		t.Fatal(err)
	}
	return told
}

func (d *fixture) stamps(t *testing.T, id news.PictureID) map[string]string {
	t.Helper()
	list, err := d.Renditions(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range list {
		out[r.Name] = r.Stamp
	}
	return out
}

func TestRenditionsAreMadeOnceAndAnnouncedForWhatReadersSee(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		d.announced = nil
		told := d.make(t, room)
		if len(told) != 1 || told[0].Picture != p.ID || told[0].Made != 6 || told[0].Refused != "" || told[0].Failed != nil {
			t.Fatalf("%+v", told)
		}
		got, err := d.Picture(t.Context(), p.ID)
		if err != nil || got.Focus == (news.Focus{}) || got.FocusSet || len(got.Colour) != 7 {
			t.Errorf("%+v, %v", got, err)
		}
		if len(d.announced) != 1 || !slices.Equal(d.announced[0].Refs, []news.Ref{news.PictureRef(p.ID)}) {
			t.Errorf("announced %+v", d.announced)
		}
		all := media.AllRenditions(&got, room.Uses())
		there := d.stamps(t, p.ID)
		for _, r := range all {
			if there[r.Name] != r.Stamp {
				t.Errorf("%s has the stamp %q and should have %q", r.Name, there[r.Name], r.Stamp)
			}
		}
		d.announced = nil
		if told := d.make(t, room); len(told) != 0 {
			t.Errorf("a second time: %+v", told)
		}
		if err := d.QueueRenditions(t.Context(), room); err != nil {
			t.Fatal(err)
		}
		if told := d.make(t, room); len(told) != 1 || told[0].Made != 0 || len(d.announced) != 0 {
			t.Errorf("with nothing missing: %+v, announced %v", told, d.announced)
		}
	})
}

func TestAnEditorsFocusMakesTheCutsAnewAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		d.make(t, room)
		before := d.stamps(t, p.ID)
		d.announced = nil
		if err := d.SetFocus(t.Context(), "Anna", p.ID, news.Focus{X: 10, Y: 990}); err != nil {
			t.Fatal(err)
		}
		if len(d.announced) != 1 {
			t.Errorf("announced %v", d.announced)
		}
		if told := d.make(t, room); len(told) != 1 || told[0].Made != 2 || len(d.announced) != 1 {
			t.Errorf("%+v, announced %v", told, d.announced)
		}
		after := d.stamps(t, p.ID)
		if after["40"] != before["40"] || after["1x1-30"] == before["1x1-30"] || len(after) != 3 {
			t.Errorf("before %v, after %v", before, after)
		}
		if got, _ := d.Picture(t.Context(), p.ID); got.Focus != (news.Focus{X: 10, Y: 990}) || !got.FocusSet {
			t.Errorf("%+v", got)
		}
		// And back to what is found.
		if err := d.SetFocus(t.Context(), "Anna", p.ID, news.Focus{}); err != nil {
			t.Fatal(err)
		}
		d.make(t, room)
		if again := d.stamps(t, p.ID); again["1x1-30"] != before["1x1-30"] {
			t.Errorf("found again: %v, before %v", again, before)
		}
	})
}

func TestAFocusOutsideOfAPictureIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, _, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		for _, f := range []news.Focus{{X: 1001, Y: 1}, {X: 0, Y: 5}, {X: -3, Y: 5}} {
			if err := d.SetFocus(t.Context(), "Anna", p.ID, f); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", f, err)
			}
		}
		if err := d.SetFocus(t.Context(), "Anna", 99, news.Focus{X: 1, Y: 1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no picture: %v", err)
		}
		words := &news.Picture{Name: "a.pdf", Blob: "b", Served: "b", Type: "application/pdf"}
		if err := d.AddPicture(t.Context(), "Anna", words); err != nil {
			t.Fatal(err)
		}
		if err := d.SetFocus(t.Context(), "Anna", words.ID, news.Focus{X: 1, Y: 1}); !fault.Is(err, fault.Invalid) {
			t.Errorf("of a document: %v", err)
		}
	})
}

func TestADamagedPictureIsToldOnceAndStopsNoOther(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		good, bad := d.addPicture(t, disk, 1), d.addPicture(t, disk, 2)
		key, _, err := disk.Put(t.Context(), strings.NewReader("\xff\xd8\xff no more"))
		if err != nil {
			t.Fatal(err)
		}
		bad.Served = key
		d.write(t, func(ctx context.Context, tx *store.Tx) error { return tx.UpdatePicture(ctx, bad) })
		told := d.make(t, room)
		if len(told) != 2 {
			t.Fatalf("%+v", told)
		}
		for _, r := range told {
			if (r.Picture == bad.ID) != strings.Contains(r.Refused, "damaged") || (r.Picture == good.ID) != (r.Made == 6) {
				t.Errorf("%+v", r)
			}
		}
		d.now = d.now.Add(24 * time.Hour)
		if told := d.make(t, room); len(told) != 0 {
			t.Errorf("told again: %+v", told)
		}
	})
}

func (d *fixture) write(t *testing.T, f func(context.Context, *store.Tx) error) {
	t.Helper()
	if _, err := d.Store.Update(t.Context(), d.now, func(tx *store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func TestWhatFailsForNowIsTriedAgainFiveTimes(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, dir := darkroom(t)
		p := d.addPicture(t, disk, 1)
		if err := os.Rename(dir, dir+"-away"); err != nil { // a disk that is not there
			t.Fatal(err)
		}
		for attempt := range 5 {
			told := d.make(t, room)
			if len(told) != 1 || told[0].Failed == nil || told[0].Last != (attempt == 4) {
				t.Fatalf("attempt %d: %+v", attempt, told)
			}
			if told := d.make(t, room); len(told) != 0 {
				t.Errorf("attempt %d is repeated at once", attempt)
			}
			d.now = d.now.Add(time.Hour)
		}
		if told := d.make(t, room); len(told) != 0 {
			t.Errorf("a sixth time: %+v", told)
		}
		if err := os.Rename(dir+"-away", dir); err != nil {
			t.Fatal(err)
		}
		if err := d.QueueRenditions(t.Context(), room); err != nil {
			t.Fatal(err)
		}
		if told := d.make(t, room); len(told) != 1 || told[0].Made != 6 {
			t.Errorf("asked for again: %+v", told)
		}
		if len(d.stamps(t, p.ID)) != 3 {
			t.Error("they are not there")
		}
	})
}

func TestAnotherThemeHasOnlyTheMissingMadeAndTheUnaskedForgotten(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		if asked, err := d.AskForRenditions(t.Context(), room); err != nil || !asked {
			t.Errorf("the first theme: %v, %v", asked, err)
		}
		d.make(t, room)
		if asked, err := d.AskForRenditions(t.Context(), room); err != nil || asked {
			t.Errorf("the same theme: %v, %v", asked, err)
		}
		other := media.NewDarkroom(disk, []media.Use{{Widths: []int{40, 60}}})
		if asked, err := d.AskForRenditions(t.Context(), other); err != nil || !asked {
			t.Errorf("another theme: %v, %v", asked, err)
		}
		if told := d.make(t, other); len(told) != 1 || told[0].Made != 2 {
			t.Errorf("%+v", told)
		}
		if there := d.stamps(t, p.ID); len(there) != 2 || there["40"] == "" || there["60"] == "" {
			t.Errorf("%v", there)
		}
	})
}

func TestSeveralProcessesShareTheWorkAndAKilledOneLeavesNothingUndone(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		var ids []news.PictureID
		for i := range 6 {
			ids = append(ids, d.addPicture(t, disk, i).ID)
		}
		// A process that was killed in the middle of its work.
		d.write(t, func(ctx context.Context, tx *store.Tx) error {
			_, _, err := tx.ClaimRenditions(ctx, d.now)
			return err
		})
		var mu sync.Mutex
		seen := map[news.PictureID]int{}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				err := d.MakeRenditions(t.Context(), room, func(r desk.RenditionResult) {
					mu.Lock()
					seen[r.Picture]++
					mu.Unlock()
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, id := range ids[:5] {
			if seen[id] != 1 {
				t.Errorf("picture %d was done %d times", id, seen[id])
			}
		}
		d.now = d.now.Add(store.RenditionPatience)
		if told := d.make(t, room); len(told) != 1 || told[0].Picture != ids[5] {
			t.Errorf("the one left over: %+v", told)
		}
	})
}

func TestStoppedWorkIsTakenUpAgainAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		for i := range 8 {
			d.addPicture(t, disk, i)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := 0
		err := d.MakeRenditions(ctx, room, func(desk.RenditionResult) {
			if done++; done == 2 {
				stop()
			}
		})
		if err == nil {
			t.Error("it did not stop")
		}
		if told := d.make(t, room); done+len(told) < 8 {
			t.Errorf("%d before, %d after", done, len(told))
		}
	})
}
