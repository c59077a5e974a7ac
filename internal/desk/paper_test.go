package desk_test

import (
	"context"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func TestSettingsAndMenusHaveVersionsAndComeBack(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		for _, title := range []string{"One", "Two", "Two"} { // the last changes nothing
			if err := d.ChangeSettings(ctx, "Anna", func(s *news.Settings) error { s.Title = title; return nil }); err != nil {
				t.Fatal(err)
			}
		}
		s, err := d.Settings(ctx)
		if err != nil || s.Version != 2 || s.Title != "Two" {
			t.Errorf("version %d of %q, %v", s.Version, s.Title, err)
		}
		if err := d.RestoreSettings(ctx, "Ole", 1, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("over an older version: %v", err)
		}
		if err := d.RestoreSettings(ctx, "Ole", 2, 9); !fault.Is(err, fault.NotFound) {
			t.Errorf("a version that never was: %v", err)
		}
		if err := d.RestoreSettings(ctx, "Ole", 2, 1); err != nil {
			t.Fatal(err)
		}
		list, err := d.PaperRevisions(ctx, news.SettingsPart, 0, 10)
		if err != nil || len(list) != 3 || list[0].By != "Ole" || list[0].Verb != "restore version 1" || list[2].By != "Anna" || !list[2].Saved.Equal(d.now) {
			t.Errorf("the history is %+v, %v", list, err)
		}
		if s, err = d.Settings(ctx); err != nil || s.Title != "One" || s.Version != 3 {
			t.Errorf("restored: version %d of %q, %v", s.Version, s.Title, err)
		}

		m := news.Menu{Name: news.MainMenu, Items: []news.MenuItem{{Label: "One", URL: "/one/"}}}
		if err := d.ChangeMenu(ctx, "Anna", m); err != nil {
			t.Fatal(err)
		}
		if err := d.ChangeMenu(ctx, "Ole", m); !fault.Is(err, fault.Conflict) {
			t.Errorf("over an older version: %v", err)
		}
		m.Version, m.Items = 1, nil
		if err := d.ChangeMenu(ctx, "Ole", m); err != nil {
			t.Fatal(err)
		}
		if err := d.RestoreMenu(ctx, "Ole", news.MainMenu, 2, 1); err != nil {
			t.Fatal(err)
		}
		if m, err = d.Menu(ctx, news.MainMenu); err != nil || m.Version != 3 || len(m.Items) != 1 {
			t.Errorf("restored: %+v, %v", m, err)
		}
		m.Items = []news.MenuItem{{URL: "javascript:alert(1)"}}
		if err := d.ChangeMenu(ctx, "Ole", m); !fault.Is(err, fault.Invalid) {
			t.Errorf("a script as an address: %v", err)
		}
	})
}

func TestAPreviewOfThePaperEnds(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		s := news.DefaultSettings()
		s.Title, s.TimeZone = "Tried", "Mars/Olympus"
		if _, err := d.MakePaperPreview(ctx, &s, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("settings that can't be used: %v", err)
		}
		s.TimeZone = "UTC"
		if _, err := d.MakePaperPreview(ctx, &s, []news.Menu{{Name: "main"}}); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Hour)
		if n, err := d.EndPreviews(ctx); err != nil || n != 1 {
			t.Errorf("%d are cleared away, %v", n, err)
		}
	})
}

func TestSectionsAndPagesAreOrderedWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, b := d.section(t, "A", 0), d.section(t, "B", 0)
		if err := d.OrderSections(ctx, "Anna", 0, []news.SectionID{b.ID, a.ID}); err != nil {
			t.Fatal(err)
		}
		all, err := d.Sections(ctx)
		if err != nil || all.Children(0)[0].ID != b.ID {
			t.Errorf("the first is %+v, %v", all.Children(0)[0], err)
		}
		for _, ids := range [][]news.SectionID{nil, {a.ID}, {a.ID, a.ID}, {a.ID, b.ID, 99}} {
			if err := d.OrderSections(ctx, "Anna", 0, ids); !fault.Is(err, fault.Conflict) {
				t.Errorf("%v: %v", ids, err)
			}
		}
		page := func(name string, parent news.ArticleID) *news.Article {
			p := &news.Article{Kind: news.StandingPage, Headline: name, Language: "en", Body: []byte(words), Comments: news.CommentsClosed, Parent: parent}
			if err := d.Create(ctx, "Anna", p); err != nil {
				t.Fatal(err)
			}
			return p
		}
		top := page("About", 0)
		one, two := page("One", top.ID), page("Two", top.ID)
		if err := d.OrderPages(ctx, "Anna", top.ID, []news.ArticleID{two.ID, one.ID}); err != nil {
			t.Fatal(err)
		}
		list, err := d.StandingPages(ctx, 10)
		if err != nil || len(list) != 3 || list[0].ID != two.ID || list[1].ID != one.ID {
			t.Errorf("the pages are %+v, %v", list, err)
		}
		if err := d.OrderPages(ctx, "Anna", top.ID, []news.ArticleID{two.ID}); !fault.Is(err, fault.Conflict) {
			t.Errorf("one of two: %v", err)
		}
		top.Parent = one.ID
		if err := d.Save(ctx, "Anna", top); !fault.Is(err, fault.Invalid) {
			t.Errorf("below what is below it: %v", err)
		}
		one.Parent = two.ID
		if err := d.Save(ctx, "Anna", one); err != nil {
			t.Errorf("below its sibling: %v", err)
		}
	})
}

func TestTermsAreMergedAtTheVersionsThatWereSeen(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, b := d.section(t, "A", 0), d.section(t, "B", 0)
		ebb, tide := &news.Topic{Name: "Ebb"}, &news.Topic{Name: "Tide"}
		for _, topic := range []*news.Topic{ebb, tide} {
			if err := d.CreateTopic(ctx, "Anna", topic); err != nil {
				t.Fatal(err)
			}
		}
		for name, merge := range map[string]func(ctx context.Context, v, w int) error{
			"sections": func(ctx context.Context, v, w int) error { return d.MergeSections(ctx, "Anna", a.ID, v, b.ID, w) },
			"topics":   func(ctx context.Context, v, w int) error { return d.MergeTopics(ctx, "Anna", ebb.ID, v, tide.ID, w) },
		} {
			for _, versions := range [][2]int{{0, 1}, {1, 2}} {
				if err := merge(ctx, versions[0], versions[1]); !fault.Is(err, fault.Conflict) {
					t.Errorf("%s at %v: %v", name, versions, err)
				}
			}
			if err := merge(ctx, 1, 1); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := merge(ctx, 1, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s once more: %v", name, err)
			}
		}
		ole := &news.Person{Name: "Ole", Email: "nobody"}
		if err := d.CreatePerson(ctx, "Anna", ole); !fault.Is(err, fault.Invalid) {
			t.Errorf("an address that is none: %v", err)
		}
		if err := d.CreateTopic(ctx, "Anna", &news.Topic{Name: "Tide"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a second topic at one address: %v", err)
		}
	})
}
