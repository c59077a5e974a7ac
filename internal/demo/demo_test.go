package demo

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestFillPutsTheWholePaperIntoTheStore(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing takes its time")
	}
	d := storetest.SQLite(t)
	s := store.New(d)
	disk, err := media.OpenDisk(filepath.Join(t.TempDir(), "pictures"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	if err := Fill(t.Context(), desk.New(s, func() time.Time { return now }, func(news.Change) {}), s, disk, now, "http://localhost:8080"); err != nil {
		t.Fatal(err)
	}
	p, err := Load(now)
	if err != nil {
		t.Fatal(err)
	}
	public := 0
	for _, a := range p.Articles {
		if a.State == news.Published {
			public++
		}
	}
	if n, err := s.ArticleCount(t.Context()); err != nil || n != public {
		t.Errorf("%d articles are public, want %d (%v)", n, public, err)
	}
	if open, err := s.OpenReferences(t.Context(), 1, 0, 10); err != nil || len(open) != 0 {
		t.Errorf("left open: %v, %v", open, err)
	}
	held, err := s.CommentsIn(t.Context(), news.Held, 0, 100)
	if err != nil || len(held) == 0 {
		t.Errorf("held comments: %d, %v", len(held), err)
	}
}

func TestTheDemoHasAccountsForThreeRoles(t *testing.T) {
	s := store.New(storetest.SQLite(t))
	d := desk.New(s, time.Now, func(news.Change) {})
	passwords := secret.NewPasswords(secret.Cost{Memory: 64, Passes: 1, Threads: 1}, 1)
	made, err := Staff(t.Context(), d, passwords)
	if err != nil || len(made) != 3 {
		t.Fatalf("%v, %v", made, err)
	}
	for _, a := range made {
		staff, err := s.StaffByEmail(t.Context(), a.Email)
		if err != nil || !staff.Has(a.Role) {
			t.Fatalf("%+v, %v", staff, err)
		}
		secrets, err := s.Secrets(t.Context(), staff.ID)
		if err != nil {
			t.Fatal(err)
		}
		if ok, _, err := passwords.Check(t.Context(), secrets.Password, a.Password); !ok || err != nil || news.CheckPassword(a.Password) != "" {
			t.Errorf("%s can't sign in with %s: %v", a.Email, a.Password, err)
		}
	}
}

func TestTheSampleNewsroomHasWorkToDo(t *testing.T) {
	s := store.New(storetest.SQLite(t))
	now := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	d := desk.New(s, func() time.Time { return now }, func(news.Change) {})
	if _, err := Staff(t.Context(), d, secret.NewPasswords(secret.Cost{Memory: 64, Passes: 1, Threads: 1}, 1)); err != nil {
		t.Fatal(err)
	}
	for _, slug := range []string{"city", "economy"} {
		if err := d.CreateSection(t.Context(), "test", &news.Section{Name: slug}); err != nil {
			t.Fatal(err)
		}
	}
	if err := Work(t.Context(), d, s, now); err != nil {
		t.Fatal(err)
	}
	items, err := s.ArticlesFor(t.Context(), news.DeskFilter{States: []news.State{news.Draft}}, news.DeskPlace{}, 9)
	if err != nil || len(items) != 3 {
		t.Fatalf("%d drafts, %v", len(items), err)
	}
	review, late, embargoed := 0, 0, 0
	for _, i := range items {
		if i.Section == 0 || i.Assigned == 0 {
			t.Errorf("%q is in no section, or nobody's", i.Headline)
		}
		if i.Overdue(now) {
			late++
		}
		if i.Embargo.After(now) {
			embargoed++
		}
		if i.Stage != news.ReviewStage {
			continue
		}
		review++
		a, err := s.Article(t.Context(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		notes, err := s.Notes(t.Context(), i.ID)
		if err != nil || len(notes) != 2 || !strings.Contains(string(a.Body), notes[0].Passage.Quote) {
			t.Errorf("the notes are %+v, %v", notes, err)
		}
	}
	if review != 1 || late != 1 || embargoed != 1 {
		t.Errorf("%d wait for review, %d are late, %d under embargo", review, late, embargoed)
	}
}
