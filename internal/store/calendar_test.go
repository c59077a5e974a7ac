package store_test

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestACalendarHasWhatStandsInItsDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		world, _, sport, _, _ := paper(t, s)
		put := func(headline string, in *news.Section, change func(*news.Article)) news.ArticleID {
			a := story(headline, noon)
			a.Section, a.Sections = in.ID, []news.SectionID{in.ID}
			change(a)
			add(t, s, a)
			return a.ID
		}
		draft := put("Draft", world, func(a *news.Article) { a.State, a.Due, a.Assigned = news.Draft, noon.Add(time.Hour), 7 })
		put("Done", world, func(a *news.Article) { a.Due = noon.AddDate(1, 0, 0) })
		planned := put("Planned", sport, func(a *news.Article) { a.State, a.Scheduled = news.Scheduled, noon.Add(2*time.Hour) })
		out := put("Out", sport, func(a *news.Article) { a.Published = noon.Add(3 * time.Hour) })
		put("A page", sport, func(a *news.Article) { a.Kind, a.Published = news.StandingPage, noon.Add(3*time.Hour) })
		day := func(kind store.CalendarKind, f news.DeskFilter, from, until time.Duration, n int) string {
			list, err := s.Calendar(t.Context(), kind, f, noon.Add(from), noon.Add(until), n)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(list)
		}
		entry := func(id news.ArticleID, in time.Duration, kind store.CalendarKind) string {
			return fmt.Sprint([]store.CalendarEntry{{ID: id, At: noon.Add(in), Kind: kind}})
		}
		for _, c := range [][2]string{
			{day(store.CalendarDue, news.DeskFilter{}, 0, 9*time.Hour, 9), entry(draft, time.Hour, store.CalendarDue)},
			{day(store.CalendarScheduled, news.DeskFilter{}, 0, 9*time.Hour, 9), entry(planned, 2*time.Hour, store.CalendarScheduled)},
			{day(store.CalendarPublished, news.DeskFilter{}, time.Hour, 9*time.Hour, 9), entry(out, 3*time.Hour, store.CalendarPublished)},
			{day(store.CalendarDue, news.DeskFilter{}, time.Hour, 2*time.Hour, 9), entry(draft, time.Hour, store.CalendarDue)},
			{day(store.CalendarDue, news.DeskFilter{}, 0, time.Hour, 9), "[]"},
			{day(store.CalendarDue, news.DeskFilter{Assigned: 8}, 0, 9*time.Hour, 9), "[]"},
			{day(store.CalendarDue, news.DeskFilter{Within: []news.SectionID{sport.ID}}, 0, 9*time.Hour, 9), "[]"},
			{day(store.CalendarDue, news.DeskFilter{Within: []news.SectionID{sport.ID}, Own: 7}, 0, 9*time.Hour, 9), entry(draft, time.Hour, store.CalendarDue)},
			{day(store.CalendarScheduled, news.DeskFilter{}, 0, 9*time.Hour, 0), "[]"},
		} {
			if c[0] != c[1] {
				t.Errorf("it has %s, want %s", c[0], c[1])
			}
		}
	})
}

// BenchmarkCalendar measures a month of a paper with 100,000 articles. ./check.sh does
// not run it.
func BenchmarkCalendar(b *testing.B) {
	for _, engine := range []struct {
		name string
		open func(testing.TB) *store.Store
	}{{"sqlite", func(t testing.TB) *store.Store { return store.New(storetest.SQLite(t)) }}, {"postgres", func(t testing.TB) *store.Store { return store.New(storetest.Postgres(t)) }}} {
		b.Run(engine.name, func(b *testing.B) {
			s := engine.open(b)
			sections, _ := deskArchive(b, s, 100_000)
			for _, kind := range []store.CalendarKind{store.CalendarDue, store.CalendarScheduled, store.CalendarPublished} {
				for name, f := range map[string]news.DeskFilter{"all": {}, "allowed sections": {Within: []news.SectionID{sections["sport"]}, Own: 7}} {
					b.Run(string(kind)+"/"+name, func(b *testing.B) {
						found := 0
						for b.Loop() {
							list, err := s.Calendar(b.Context(), kind, f, noon.AddDate(0, -2, 0), noon.AddDate(0, -1, 0), 4000)
							if err != nil {
								b.Fatal(err)
							}
							found = len(list)
						}
						b.ReportMetric(float64(found), "found")
					})
				}
			}
		})
	}
}
