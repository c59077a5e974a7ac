package desk_test

import (
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// library is a desk with a disk for files.
type library struct {
	*desk.Desk
	store *store.Store
	disk  *media.Disk
	now   time.Time
	t     *testing.T
}

// libraries runs f with one on each engine.
func libraries(t *testing.T, f func(l *library)) {
	storetest.EachDB(t, func(t *testing.T, d *db.DB) {
		disk, err := media.OpenDisk(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		l := &library{store: store.New(d), disk: disk, now: time.Now().UTC().Truncate(time.Millisecond), t: t}
		l.Desk = desk.New(l.store, func() time.Time { return l.now }, func(news.Change) {})
		f(l)
	})
}

func (l *library) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

// upload keeps a text as a file and brings it into the library.
func (l *library) upload(name, text string, again bool) (news.Picture, news.PictureID) {
	l.t.Helper()
	p, err := l.disk.Keep(l.t.Context(), name, strings.NewReader(text), 1<<20)
	l.must(err)
	p.Creator = 7
	there, err := l.UploadPicture(l.t.Context(), "anna", &p, again)
	l.must(err)
	return p, there
}

func TestTheSameFileIsKeptOnceUnlessSomebodyAsks(t *testing.T) {
	libraries(t, func(l *library) {
		first, there := l.upload("report.txt", "words", false)
		if there != 0 || first.ID == 0 || first.Creator != 7 || first.AddedBy != "anna" || !first.Added.Equal(l.now) {
			l.t.Fatalf("kept as %+v, there was %d", first, there)
		}
		if p, there := l.upload("copy.txt", "words", false); there != first.ID || p.ID != 0 {
			l.t.Errorf("the same bytes were kept as %d, there was %d", p.ID, there)
		}
		second, there := l.upload("copy.txt", "words", true)
		if there != 0 || second.ID == first.ID || second.Blob != first.Blob {
			l.t.Errorf("when asked for it was kept as %+v", second)
		}
		if other, there := l.upload("copy.txt", "other words", false); there != 0 || other.ID == 0 {
			l.t.Errorf("another file was taken for the same as %d", there)
		}
	})
}

func TestWhoDescribesAnOlderPictureOverwritesNothing(t *testing.T) {
	libraries(t, func(l *library) {
		ctx := l.t.Context()
		p, _ := l.upload("report.txt", "words", false)
		mine, theirs := p, p
		theirs.Caption = "Theirs"
		l.must(l.DescribePicture(ctx, "ben", theirs))
		mine.Caption = "Mine"
		if err := l.DescribePicture(ctx, "anna", mine); !fault.Is(err, fault.Conflict) {
			l.t.Errorf("an older version was taken: %v", err)
		}
		now, err := l.store.Picture(ctx, p.ID)
		l.must(err)
		if now.Caption != "Theirs" || now.ChangedBy != "ben" || now.Version != 2 {
			l.t.Errorf("it is %+v", now)
		}
		now.Title = strings.Repeat("x", 301)
		e, ok := errors.AsType[*fault.Error](l.DescribePicture(ctx, "anna", now))
		if !ok || e.Fields["title"] != string(news.TooLong) {
			l.t.Errorf("a title without end was answered by %v", e)
		}
		now.Title, now.RightsEnd = "", l.now.Add(-time.Hour)
		l.must(l.DescribePicture(ctx, "anna", now))
		if now, err = l.store.Picture(ctx, p.ID); err != nil || !now.Ended || now.Version != 3 {
			l.t.Errorf("with rights that have ended it is %+v, %v", now, err)
		}
		l.must(l.DescribePicture(ctx, "anna", now))
		if again, _ := l.store.Picture(ctx, p.ID); again.Version != 3 {
			l.t.Errorf("a change of nothing made version %d", again.Version)
		}
	})
}

func TestWhatIsUsedIsNotDeleted(t *testing.T) {
	libraries(t, func(l *library) {
		ctx := l.t.Context()
		var drawn strings.Builder
		l.must(png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 3, 2))))
		p, _ := l.upload("report.png", drawn.String(), false)
		refused := func(why string) {
			l.t.Helper()
			if err := l.DeletePicture(ctx, "anna", p.ID, p.Version); !fault.Is(err, fault.Invalid) {
				l.t.Errorf("%s: it was deleted, or %v", why, err)
			}
		}
		link := func(path string) []byte {
			return []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"the report","marks":[{"type":"link","attrs":{"href":"` + path + `"}}]}]}]}`)
		}
		a := &news.Article{Kind: news.Story, Headline: "A draft", Comments: news.CommentsClosed, Body: link(p.Path)}
		l.must(l.Create(ctx, "anna", a))
		refused("a draft links to it")
		a.Body = link("/elsewhere")
		l.must(l.Save(ctx, "anna", a))

		c := news.WorkingCopy{Staff: 7, Article: a.ID, BasedOn: 2, Counter: 1, Fields: *a}
		c.Fields.LeadPicture = p.ID
		l.must(l.KeepWorkingCopy(ctx, &c))
		refused("somebody has typed it in and not saved")
		uses, err := l.store.UsesOfPicture(ctx, p.ID, 10)
		l.must(err)
		if want := (news.PictureUse{Of: news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}, Place: news.AsLead, Staff: 7}); len(uses) != 1 || uses[0] != want {
			l.t.Errorf("it stands in %+v", uses)
		}
		l.must(l.DropWorkingCopy(ctx, 7, a.ID, 2))

		l.must(l.ChangeSettings(ctx, "anna", func(s *news.Settings) error { s.Logo = p.ID; return nil }))
		refused("it is the logo")
		l.must(l.ChangeSettings(ctx, "anna", func(s *news.Settings) error { s.Logo = 0; return nil }))
		anna := news.Person{Name: "Anna Lind", Picture: p.ID}
		l.must(l.CreatePerson(ctx, "anna", &anna))
		refused("it is a portrait")
		anna.Picture = 0
		l.must(l.ChangePerson(ctx, "anna", anna))

		if err := l.DeletePicture(ctx, "anna", p.ID, p.Version+1); !fault.Is(err, fault.Conflict) {
			l.t.Errorf("another version than the one seen was deleted, or %v", err)
		}
		l.must(l.DeletePicture(ctx, "anna", p.ID, p.Version))
		if _, err := l.store.Picture(ctx, p.ID); !fault.Is(err, fault.NotFound) {
			l.t.Errorf("it is still there, or %v", err)
		}
		if at, err := l.store.Address(ctx, p.Path); err != nil || at.State != news.GoneAway {
			l.t.Errorf("its address is %+v, %v", at, err)
		}
	})
}

func TestTheFileOfADeletedPictureGoesUnlessAnotherHasIt(t *testing.T) {
	libraries(t, func(l *library) {
		ctx := l.t.Context()
		p, _ := l.upload("report.txt", "words", false)
		twin, _ := l.upload("twin.txt", "words", true)
		drop := func() int {
			l.t.Helper()
			n, err := l.DropBlobs(ctx, l.disk)
			l.must(err)
			return n
		}
		there := func() bool {
			f, err := l.disk.Open(p.Blob)
			if err == nil {
				_, err = io.Copy(io.Discard, f)
				_ = f.Close()
			}
			return err == nil
		}
		l.must(l.DeletePicture(ctx, "anna", p.ID, p.Version))
		l.now = l.now.Add(2 * time.Hour)
		if n := drop(); n != 0 || !there() {
			l.t.Errorf("%d files were removed, that of another picture among them", n)
		}
		l.must(l.DeletePicture(ctx, "anna", twin.ID, twin.Version))
		if n := drop(); n != 0 || !there() {
			l.t.Errorf("%d files were removed at once", n)
		}
		l.now = l.now.Add(2 * time.Hour)
		if n := drop(); n != 1 || there() {
			l.t.Errorf("%d files were removed, and it is there: %v", n, there())
		}
		again, was := l.upload("again.txt", "words", false)
		if was != 0 || !there() {
			l.t.Errorf("brought again it is %+v", again)
		}
	})
}

// A file that came again a moment ago, for a picture whose row is not stored yet.
func TestAFileThatIsJustComingIsNotRemoved(t *testing.T) {
	libraries(t, func(l *library) {
		p, _ := l.upload("report.txt", "words", false)
		l.now = time.Now().Add(-2 * time.Hour)
		l.must(l.DeletePicture(l.t.Context(), "anna", p.ID, p.Version))
		l.now = time.Now()
		if n, err := l.DropBlobs(l.t.Context(), l.disk); err != nil || n != 0 {
			l.t.Errorf("%d files were removed, %v", n, err)
		}
	})
}

func TestTheLibraryKnowsItsImports(t *testing.T) {
	libraries(t, func(l *library) {
		ctx := context.Background()
		source, err := l.ImportSource(ctx, "wordpress", "https://old.example")
		l.must(err)
		p, err := l.disk.Keep(ctx, "old.txt", strings.NewReader("old"), 100)
		l.must(err)
		_, err = l.ImportPicture(ctx, source, "5", "hash", &p)
		l.must(err)
		l.must(l.DeletePicture(ctx, "anna", p.ID, p.Version))
		outcome, err := l.ImportPicture(ctx, source, "5", "hash", &p)
		l.must(err)
		found, err := l.store.LibraryPictures(ctx, news.PictureFilter{Words: "old"}, 0, 10)
		l.must(err)
		if outcome != desk.Imported || !slices.ContainsFunc(found, func(f news.Picture) bool { return f.ID == p.ID && f.AddedBy == string(desk.Importer) }) {
			l.t.Errorf("after its deletion it was %s, and %+v is found", outcome, found)
		}
	})
}
