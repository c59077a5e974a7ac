package desk_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// library is a paper with one picture of 300 × 200.
type library struct {
	*desk.Desk
	store   *store.Store
	disk    *media.Disk
	root    string
	room    *media.Darkroom
	picture news.Picture
	changes []news.Change
	told    []string
}

func newLibrary(t *testing.T, s *store.Store) *library {
	t.Helper()
	root := filepath.Join(t.TempDir(), "pictures")
	disk, err := media.OpenDisk(root)
	if err != nil {
		t.Fatal(err)
	}
	l := &library{store: s, disk: disk, root: root, room: media.NewDarkroom(disk, map[string]media.Use{"body": {Widths: []int{100, 200}}, "card": {Shape: media.Shape{W: 1, H: 1}, Widths: []int{100}}})}
	l.Desk = desk.New(s, time.Now, func(c news.Change) { l.changes = append(l.changes, c) })
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200)), nil); err != nil {
		t.Fatal(err)
	}
	if l.picture, err = disk.Keep(t.Context(), "a.jpg", &b, 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := l.AddPicture(t.Context(), "Anna", &l.picture); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *library) render(t *testing.T) []news.Rendition {
	t.Helper()
	if err := l.RenderAll(t.Context(), l.room, func(int) {}, func(p store.PictureProblem) { l.told = append(l.told, p.Problem) }); err != nil {
		t.Fatal(err)
	}
	list, err := l.store.Renditions(t.Context(), l.picture.ID)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestANewPicturesRenditionsAreMadeOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		list := l.render(t)
		names := map[string]bool{}
		for _, r := range list {
			names[r.Name] = true
		}
		if len(names) != 3 || !names["100"] || !names["200"] || !names["1x1-100"] {
			t.Errorf("there are %v", names)
		}
		p, err := s.Picture(t.Context(), l.picture.ID)
		if err != nil || p.Colour == "" || p.Focus == (news.Focus{}) || p.FocusSet {
			t.Errorf("%+v, %v", p, err)
		}
		before := len(l.changes)
		if n, err := l.RenderSome(t.Context(), l.room, nil); n != 0 || err != nil {
			t.Errorf("%d pictures still wait, %v", n, err)
		}
		if len(l.changes) != before {
			t.Error("something was announced although nothing has changed")
		}
	})
}

func TestAFocusThatAnEditorSetsHasThemMadeAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		l.render(t)
		if err := l.SetFocus(t.Context(), "Anna", l.picture.ID, news.Focus{X: 1000, Y: 1}); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Renditions(t.Context(), l.picture.ID); len(list) != 0 || err != nil {
			t.Errorf("%d cuts of another focus are still there, %v", len(list), err)
		}
		l.render(t)
		p, err := s.Picture(t.Context(), l.picture.ID)
		if err != nil || p.Focus != (news.Focus{X: 1000, Y: 1}) || !p.FocusSet {
			t.Errorf("the focus is %v, %v", p.Focus, err)
		}
		if err := l.SetFocus(t.Context(), "Anna", l.picture.ID, news.Focus{X: 2000, Y: 1}); err == nil {
			t.Error("a focus outside of the picture was taken")
		}
	})
}

func TestADamagedPictureIsListedAndStopsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		bad := l.picture
		bad.ID, bad.Path, bad.Name = 0, "", "bad.jpg"
		key, _, err := l.disk.Put(t.Context(), strings.NewReader("\xff\xd8\xff\xe0 this is no picture"))
		if err != nil {
			t.Fatal(err)
		}
		bad.Served = key
		if err := l.AddPicture(t.Context(), "Anna", &bad); err != nil {
			t.Fatal(err)
		}
		if list := l.render(t); len(list) == 0 {
			t.Error("the good picture has none")
		}
		problems, err := s.PictureProblems(t.Context())
		if err != nil || len(problems) != 1 || problems[0].Name != "bad.jpg" || !strings.Contains(problems[0].Problem, "damaged") {
			t.Errorf("listed: %v, %v", problems, err)
		}
		if len(l.told) != 1 {
			t.Errorf("told: %v", l.told)
		}
	})
}

// The bytes may be on a disk that is not there for a while.
func TestWhatMayPassIsTriedAgain(t *testing.T) {
	s := store.New(storetest.SQLite(t))
	l := newLibrary(t, s)
	file := filepath.Join(l.root, l.picture.Served[:2], l.picture.Served[2:4], l.picture.Served)
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.RenderSome(t.Context(), l.room, nil); err == nil {
		t.Error("nobody has noticed that the file is not there")
	}
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	if list := l.render(t); len(list) == 0 {
		t.Error("it was not tried again")
	}
}
