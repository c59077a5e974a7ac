package desk_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
)

func (d *fixture) picture(t *testing.T, id news.PictureID) news.Picture {
	t.Helper()
	p, err := d.Store.Picture(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// said is what the audit log tells of a picture, the last first.
func (d *fixture) said(t *testing.T, verb string) string {
	t.Helper()
	list, err := d.AuditBefore(t.Context(), 1<<62, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Verb == verb {
			return e.Who + ": " + e.Detail
		}
	}
	return ""
}

func TestACropIsMadeBeforeItIsStored(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		d.make(t, room)
		if err := d.SetFocus(t.Context(), "Anna", p.ID, news.Focus{X: 900, Y: 900}); err != nil {
			t.Fatal(err)
		}
		crop := news.Crop{X: 20, Y: 10, W: 60, H: 50}
		if err := d.CropPicture(t.Context(), room, "Anna", p.ID, p.Blob, crop); err != nil {
			t.Fatal(err)
		}
		got := d.picture(t, p.ID)
		if got.Crop != crop || got.Focus != (news.Focus{X: 900, Y: 900}) || !got.FocusSet || got.Blob != p.Blob || got.Served != p.Served || got.Version != p.Version {
			t.Errorf("%+v", got)
		}
		there, err := d.Store.Renditions(t.Context(), p.ID)
		whole, _ := media.Whole(&got)
		if err != nil || len(there) == 0 || there[0].Name != whole.Name || there[0].Stamp != whole.Stamp || there[0].Width != 60 {
			t.Errorf("there is %+v, %v", there, err)
		}
		if s := d.said(t, "crop"); s != "Anna: 60 × 50 at 20, 10" {
			t.Errorf("said %q", s)
		}
		if told := d.make(t, room); len(told) != 1 || told[0].Made == 0 {
			t.Errorf("made in the background: %+v", told)
		}

		// The whole picture as a crop is none.
		if err := d.CropPicture(t.Context(), room, "Anna", p.ID, p.Blob, news.Crop{W: 120, H: 80}); err != nil || d.picture(t, p.ID).Crop != (news.Crop{}) {
			t.Errorf("%v, %+v", err, d.picture(t, p.ID).Crop)
		}
	})
}

func TestACropThatCanNotBeIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p := d.addPicture(t, disk, 1)
		if err := d.CropPicture(t.Context(), room, "Anna", p.ID, "another file", news.Crop{W: 50, H: 50}); !fault.Is(err, fault.Conflict) {
			t.Errorf("of a file that was replaced: %v", err)
		}
		if err := d.CropPicture(t.Context(), room, "Anna", 999, p.Blob, news.Crop{W: 50, H: 50}); !fault.Is(err, fault.NotFound) {
			t.Errorf("of no picture: %v", err)
		}
		err := d.CropPicture(t.Context(), room, "Anna", p.ID, p.Blob, news.Crop{X: 100, W: 50, H: 50})
		if !strings.Contains(err.Error(), "crop: "+string(news.CropOutside)) {
			t.Errorf("outside: %v", err)
		}
		if d.picture(t, p.ID).Crop != (news.Crop{}) {
			t.Error("it was stored")
		}
	})
}

func TestAFileIsReplacedAndPutBack(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p, other, third := d.addPicture(t, disk, 1), d.addPicture(t, disk, 2), d.addPicture(t, disk, 3)
		other.Name, third.Name = "better.jpg", "best.jpg"
		d.make(t, room)
		if err := d.ReplacePicture(t.Context(), room, "Anna", p.ID, "another file", other); !fault.Is(err, fault.Conflict) {
			t.Errorf("over a file that nobody has seen: %v", err)
		}
		if err := d.ReplacePicture(t.Context(), room, "Anna", p.ID, p.Blob, other); err != nil {
			t.Fatal(err)
		}
		got := d.picture(t, p.ID)
		if got.Blob != other.Blob || got.Path != p.Path || got.Name != "better.jpg" || got.Alt != p.Alt {
			t.Errorf("%+v", got)
		}
		if there, err := d.Store.Renditions(t.Context(), p.ID); err != nil || len(there) != 0 {
			t.Errorf("of the old file there is %+v, %v", there, err)
		}
		if s := d.said(t, "replace"); s != "Anna: a.jpg → better.jpg" {
			t.Errorf("said %q", s)
		}
		if err := d.PutBackPicture(t.Context(), room, "Ben", p.ID, other.Blob); err != nil || d.picture(t, p.ID).Blob != p.Blob {
			t.Errorf("put back: %v", err)
		}
		if before, ok, err := d.Store.ReplacedFile(t.Context(), p.ID); err != nil || !ok || before.File.Blob != other.Blob || before.By != "Ben" {
			t.Errorf("before: %+v, %v", before, err)
		}

		// The bytes of what is two files back may go, but not those of others.
		if err := d.ReplacePicture(t.Context(), room, "Anna", p.ID, p.Blob, third); err != nil {
			t.Fatal(err)
		}
		needed := func(blob string) bool {
			yes, err := d.Store.BlobNeeded(t.Context(), blob)
			if err != nil {
				t.Fatal(err)
			}
			return yes
		}
		if !needed(p.Blob) {
			t.Error("the file that can be put back may be lost")
		}
		film := &news.Picture{Name: "a.mp4", Blob: "f", Served: "f", Type: "video/mp4"}
		if err := d.ReplacePicture(t.Context(), room, "Anna", p.ID, third.Blob, film); err == nil || !strings.Contains(err.Error(), string(news.FileKindOther)) {
			t.Errorf("a film in place of a picture: %v", err)
		}
		if n, err := d.DropReplaced(t.Context()); n != 0 || err != nil {
			t.Errorf("at once: %d, %v", n, err)
		}
		d.now = d.now.Add(31 * 24 * time.Hour)
		if n, err := d.DropReplaced(t.Context()); n != 1 || err != nil {
			t.Errorf("after a month: %d, %v", n, err)
		}
		if needed(p.Blob) {
			t.Error("a forgotten file is needed")
		}
		if err := d.PutBackPicture(t.Context(), room, "Anna", p.ID, third.Blob); !fault.Is(err, fault.NotFound) {
			t.Errorf("nothing to put back: %v", err)
		}
	})
}

func TestACropStaysWithABetterVersionOfTheSameSize(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		disk, room, _ := darkroom(t)
		p, other := d.addPicture(t, disk, 1), d.addPicture(t, disk, 2)
		crop := news.Crop{X: 20, Y: 10, W: 60, H: 50}
		if err := d.CropPicture(t.Context(), room, "Anna", p.ID, p.Blob, crop); err != nil {
			t.Fatal(err)
		}
		if err := d.ReplacePicture(t.Context(), room, "Anna", p.ID, p.Blob, other); err != nil {
			t.Fatal(err)
		}
		got := d.picture(t, p.ID)
		there, err := d.Store.Renditions(t.Context(), p.ID)
		whole, _ := media.Whole(&got)
		if err != nil || got.Crop != crop || len(there) == 0 || there[0].Stamp != whole.Stamp {
			t.Errorf("%+v, %+v, %v", got.Crop, there, err)
		}
	})
}
