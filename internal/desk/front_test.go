package desk_test

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// pinned are the articles of a front in the order of its zones.
func (d *fixture) pinned(t *testing.T, section news.SectionID) (ids []news.ArticleID) {
	t.Helper()
	f, err := d.Front(t.Context(), section)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range f.Pins() {
		ids = append(ids, p.Article)
	}
	return ids
}

func arranged(section news.SectionID, version int, ids ...news.ArticleID) *news.Front {
	f := &news.Front{Section: section, Version: version}
	for i, id := range ids {
		f.Put("lead", i, news.Pin{Article: id})
	}
	return f
}

func TestAFrontIsArrangedOverTheVersionThatWasSeen(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, b := d.draft(t, "One", 0), d.draft(t, "Two", 0)
		d.announced = nil
		f := arranged(0, 0, a.ID, b.ID)
		if err := d.SaveFront(ctx, "Anna", f); err != nil || f.Version != 1 {
			t.Fatalf("saved as version %d, %v", f.Version, err)
		}
		if len(d.announced) != 1 || !slices.Equal(d.announced[0].Refs, []news.Ref{"front/0", "fronts"}) {
			t.Errorf("announced %v", d.announced)
		}
		if err := d.SaveFront(ctx, "Otto", arranged(0, 0, b.ID)); !fault.Is(err, fault.Conflict) {
			t.Errorf("over an older version: %v", err)
		}
		if err := d.SaveFront(ctx, "Otto", arranged(0, 7, b.ID)); !fault.Is(err, fault.Conflict) {
			t.Errorf("over a version that there is not: %v", err)
		}
		if err := d.SaveFront(ctx, "Otto", arranged(0, 1, b.ID)); err != nil {
			t.Fatal(err)
		}
		// It is undone, and that as well.
		if err := d.RestoreFront(ctx, "Anna", 0, 2, 1); err != nil {
			t.Fatal(err)
		}
		if got := d.pinned(t, 0); !slices.Equal(got, []news.ArticleID{a.ID, b.ID}) {
			t.Errorf("restored it has %v", got)
		}
		if err := d.RestoreFront(ctx, "Anna", 0, 3, 0); err != nil {
			t.Fatal(err)
		}
		if got := d.pinned(t, 0); got != nil {
			t.Errorf("as nobody had arranged it it has %v", got)
		}
		if err := d.RestoreFront(ctx, "Anna", 0, 4, 9); !fault.Is(err, fault.Invalid) {
			t.Errorf("a revision that there is not: %v", err)
		}
		list, err := d.FrontRevisions(ctx, 0, 0, 10)
		if err != nil || len(list) != 4 {
			t.Fatalf("%d revisions, %v", len(list), err)
		}
		for i, want := range []string{"Anna restore", "Anna restore", "Otto arrange", "Anna arrange"} {
			if got := list[i].By + " " + list[i].Verb; got != want || list[i].Version != 4-i {
				t.Errorf("revision %d is %d: %s, want %s", i, list[i].Version, got, want)
			}
		}
		log, err := d.AuditBefore(ctx, 1<<62, 10)
		if err != nil || log[0].Target.String() != "front/0" || log[0].Verb != "restore" || !strings.Contains(log[0].Detail, "3 -> 4") {
			t.Errorf("the log says %+v, %v", log[0], err)
		}
	})
}

func TestWhatCannotStandOnAFrontIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		page := &news.Article{Kind: news.StandingPage, Headline: "About", Body: []byte(words), Comments: news.CommentsClosed}
		if err := d.Create(ctx, "Anna", page); err != nil {
			t.Fatal(err)
		}
		gone, ok := d.draft(t, "Gone", 0), d.draft(t, "Fine", 0)
		if err := d.Trash(ctx, "Anna", gone.ID, 1); err != nil {
			t.Fatal(err)
		}
		twice := arranged(0, 0, ok.ID)
		twice.Zones = append(twice.Zones, news.Zone{Name: "second", Pins: []news.Pin{{Article: ok.ID}}})
		past := arranged(0, 0)
		past.Put("lead", 0, news.Pin{Article: ok.ID, Until: d.now})
		from := arranged(0, 0)
		from.Zone("lead").From = news.Target{Noun: news.SectionNoun, ID: 77}
		person := arranged(0, 0)
		person.Zone("lead").From = news.Target{Noun: news.PersonNoun, ID: 1}
		many := arranged(0, 0)
		for i := range news.MaxPins + 1 {
			many.Put("lead", i, news.Pin{Article: news.ArticleID(i + 1)})
		}
		for name, f := range map[string]*news.Front{"a standing page": arranged(0, 0, page.ID), "one in the trash": arranged(0, 0, gone.ID), "none": arranged(0, 0, 99),
			"twice": twice, "the past": past, "an unknown section": from, "a person": person, "too many": many, "a name too long": {Arrangement: news.Arrangement{Zones: []news.Zone{{Name: strings.Repeat("x", 99)}}}}} {
			if err := d.SaveFront(ctx, "Anna", f); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.SaveFront(ctx, "Anna", arranged(9, 0, ok.ID)); !fault.Is(err, fault.NotFound) {
			t.Errorf("the front of a section that there is not: %v", err)
		}
	})
}

func TestAPinEndsByTheClock(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, b := d.draft(t, "One", 0), d.draft(t, "Two", 0)
		if err := d.Pin(ctx, "Anna", 0, news.FirstZone, a.ID, d.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := d.Pin(ctx, "Anna", 0, news.FirstZone, b.ID, time.Time{}); err != nil {
			t.Fatal(err)
		}
		open, err := d.Front(ctx, 0) // what a form begins with
		if err != nil {
			t.Fatal(err)
		}
		if n, err := d.ExpirePins(ctx); n != 0 || err != nil {
			t.Errorf("too early: %d, %v", n, err)
		}
		d.now = d.now.Add(time.Hour)
		if n, err := d.ExpirePins(ctx); n != 1 || err != nil {
			t.Errorf("at its hour: %d, %v", n, err)
		}
		if n, err := d.ExpirePins(ctx); n != 0 || err != nil {
			t.Errorf("once more: %d, %v", n, err)
		}
		if got := d.pinned(t, 0); !slices.Equal(got, []news.ArticleID{b.ID}) {
			t.Errorf("it has %v", got)
		}
		// The form that stood open meanwhile is no conflict, and brings nothing back.
		if err := d.SaveFront(ctx, "Otto", &open); err != nil {
			t.Fatal(err)
		}
		if got := d.pinned(t, 0); !slices.Equal(got, []news.ArticleID{b.ID}) || open.Version != 4 {
			t.Errorf("version %d has %v", open.Version, got)
		}
		if err := d.Unpin(ctx, "Anna", 0, a.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("what is not there is unpinned: %v", err)
		}
	})
}

func TestASectionThatIsMergedTakesItsFrontAlong(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		one, two := d.section(t, "One", 0), d.section(t, "Two", 0)
		a := d.draft(t, "Story", one.ID)
		if err := d.Pin(ctx, "Anna", one.ID, "lead", a.ID, time.Time{}); err != nil {
			t.Fatal(err)
		}
		f := arranged(0, 0)
		f.Zone("second").From = news.Target{Noun: news.SectionNoun, ID: int64(one.ID)}
		if err := d.SaveFront(ctx, "Anna", f); err != nil {
			t.Fatal(err)
		}
		if err := d.MergeSections(ctx, "Anna", one.ID, 1, two.ID, 1); err != nil {
			t.Fatal(err)
		}
		all, err := d.Fronts(ctx)
		if err != nil || len(all) != 1 || all[0].Zone("second").From.ID != int64(two.ID) {
			t.Errorf("the fronts are %+v, %v", all, err)
		}
		if list, err := d.FrontRevisions(ctx, one.ID, 0, 9); len(list) != 0 || err != nil {
			t.Errorf("%d revisions are left, %v", len(list), err)
		}
	})
}

// processes are two programs on one paper.
func processes(t *testing.T, f func(t *testing.T, one, two *fixture)) {
	t.Helper()
	for name, open := range map[string]func(t *testing.T) func() (*db.DB, error){
		"sqlite": func(t *testing.T) func() (*db.DB, error) {
			file := filepath.Join(t.TempDir(), "paper.db")
			return func() (*db.DB, error) { return db.OpenSQLite(t.Context(), file) }
		},
		"postgres": func(t *testing.T) func() (*db.DB, error) {
			dsn := storetest.PostgresDSN(t)
			return func() (*db.DB, error) { return db.OpenPostgres(t.Context(), dsn) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			var both [2]*fixture
			open := open(t)
			for i := range both {
				opened, err := open()
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { opened.Close() })
				if _, err := store.Migrate(t.Context(), opened); err != nil {
					t.Fatal(err)
				}
				d := &fixture{Store: store.New(opened), now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
				d.Desk = desk.New(d.Store, d.clock, func(news.Change) {})
				both[i] = d
			}
			f(t, both[0], both[1])
		})
	}
}

func TestAPlannedFrontIsArrangedOnceByTwoProcesses(t *testing.T) {
	processes(t, func(t *testing.T, one, two *fixture) {
		ctx := t.Context()
		a, b := one.draft(t, "One", 0), one.draft(t, "Two", 0)
		hour := one.now.Add(time.Hour)
		for i := range 10 {
			if _, err := one.ScheduleFront(ctx, "Anna", arranged(0, 0, a.ID, b.ID), hour.Add(time.Duration(i)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := two.ArrangeDue(ctx); n != 0 || err != nil {
			t.Errorf("too early: %d, %v", n, err)
		}
		one.now, two.now = hour.Add(time.Hour), hour.Add(time.Hour) // no server ran at that hour
		var all sync.WaitGroup
		var counts [8]int
		for i := range counts {
			all.Go(func() {
				d := []*fixture{one, two}[i%2]
				for range 20 { // who writes at the same moment looks again
					n, err := d.ArrangeDue(ctx)
					if err != nil {
						t.Error(err)
					}
					counts[i] += n
				}
			})
		}
		all.Wait()
		total := 0
		for _, n := range counts {
			total += n
		}
		f, err := two.Front(ctx, 0)
		if err != nil || total != 10 || f.Version != 10 || f.ChangedBy != string(desk.Clock) {
			t.Errorf("arranged %v times; the front has version %d by %s, %v", counts, f.Version, f.ChangedBy, err)
		}
		if plans, err := one.FrontPlans(ctx, 9); len(plans) != 0 || err != nil {
			t.Errorf("%v wait, %v", plans, err)
		}
	})
}

func TestAPlanFailsWhereTheFrontWasChangedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, b := d.draft(t, "One", 0), d.draft(t, "Two", 0)
		if _, err := d.ScheduleFront(ctx, "Anna", arranged(0, 0, a.ID), d.now); !fault.Is(err, fault.Invalid) {
			t.Errorf("in the past: %v", err)
		}
		morning, err := d.ScheduleFront(ctx, "Anna", arranged(0, 0, a.ID), d.now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		// What was planned with that in view does not fail for it.
		if _, err := d.ScheduleFront(ctx, "Anna", arranged(0, 0, b.ID), d.now.Add(2*time.Hour)); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(2 * time.Hour)
		if n, err := d.ArrangeDue(ctx); n != 2 || err != nil {
			t.Fatalf("arranged %d, %v", n, err)
		}
		if got := d.pinned(t, 0); !slices.Equal(got, []news.ArticleID{b.ID}) {
			t.Errorf("it has %v", got)
		}
		evening, err := d.ScheduleFront(ctx, "Anna", arranged(0, 2, a.ID), d.now.Add(time.Hour))
		if err != nil || evening == morning {
			t.Fatal(err)
		}
		if err := d.SaveFront(ctx, "Otto", arranged(0, 2, b.ID, a.ID)); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Hour)
		if n, err := d.ArrangeDue(ctx); n != 0 || err != nil {
			t.Errorf("arranged %d, %v", n, err)
		}
		if got := d.pinned(t, 0); !slices.Equal(got, []news.ArticleID{b.ID, a.ID}) {
			t.Errorf("it has %v", got)
		}
		plans, err := d.FrontPlansOf(ctx, 0, 9)
		if err != nil || len(plans) != 1 || plans[0].ID != evening || plans[0].State != news.PlanFailed {
			t.Fatalf("the plans are %+v, %v", plans, err)
		}
		if n, err := d.ArrangeDue(ctx); n != 0 || err != nil {
			t.Errorf("it is tried again: %d, %v", n, err)
		}
		if err := d.CancelFrontPlan(ctx, "Anna", evening); err != nil {
			t.Fatal(err)
		}
		if err := d.CancelFrontPlan(ctx, "Anna", evening); !fault.Is(err, fault.NotFound) {
			t.Errorf("cancelled twice: %v", err)
		}
	})
}

func TestWhatAnOldSystemHadFirstStandsFirstOnTheFrontPage(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		older, newer := old("1", "a", "/2020/05/one/"), old("2", "a", "/2020/05/two/")
		older.Pinned, newer.Pinned = true, true
		newer.Article.Published = newer.Article.Published.Add(time.Hour)
		results := d.bring(t, newer, older)
		if got := d.pinned(t, 0); !slices.Equal(got, []news.ArticleID{results[0].ID, results[1].ID}) {
			t.Errorf("the front page has %v", got)
		}
		if err := d.Unpin(t.Context(), "Anna", 0, results[0].ID); err != nil {
			t.Fatal(err)
		}
		d.bring(t, newer, older) // brings nothing back
		if got := d.pinned(t, 0); len(got) != 1 {
			t.Errorf("after another import it has %v", got)
		}
	})
}
