package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestTheDatabaseRefusesToChangeTheLog(t *testing.T) {
	storetest.EachDB(t, func(t *testing.T, d *db.DB) {
		s := store.New(d)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.Audit(ctx, noon, "Anna", "save", news.Target{Noun: news.ArticleNoun, ID: 7}, "draft -> draft")
		})
		statements := []string{"update audit set who = 'Ben'", "delete from audit", "delete from audit where id = 1"}
		if d.Engine == db.Postgres {
			statements = append(statements, "truncate audit")
		}
		for _, q := range statements {
			if _, err := d.SQL().ExecContext(t.Context(), q); err == nil || !strings.Contains(err.Error(), "the log is not changed") {
				t.Errorf("%s: %v", q, err)
			}
		}
		if lines, err := s.AuditSince(t.Context(), 0, 9); err != nil || len(lines) != 1 || lines[0].Who != "Anna" {
			t.Errorf("%+v, %v", lines, err)
		}
	})
}

func TestTheLogIsFilteredByWhoWhatWhichAndWhen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i := range 60 {
				who := []string{"Anna <a@paper.example>", "Ben <b@paper.example>", "the clock, for Anna <a@paper.example>", "the clock"}[i%4]
				verb := []string{"save", "publish", fmt.Sprint("restore revision ", i)}[i%3]
				target := news.Target{Noun: []news.Noun{news.ArticleNoun, news.SectionNoun}[i%2], ID: int64(i % 5)}
				if err := tx.Audit(ctx, noon.Add(time.Duration(i)*time.Hour), who, verb, target, "x"); err != nil {
					return err
				}
			}
			return nil
		})
		all, err := s.AuditBefore(t.Context(), 1<<62, 100)
		if err != nil || len(all) != 60 {
			t.Fatalf("%d lines, %v", len(all), err)
		}
		for name, f := range map[string]store.AuditFilter{
			"nothing": {}, "a person": {Who: "Anna <a@paper.example>"}, "a verb": {Verb: "publish"}, "a verb with numbers": {Verb: store.RestoreVerb},
			"an article": {Target: news.Target{Noun: news.ArticleNoun, ID: 2}}, "a day": {From: noon.Add(24 * time.Hour), Until: noon.Add(48 * time.Hour)},
			"all of it": {Who: "Ben <b@paper.example>", Verb: "publish", From: noon.Add(time.Hour), Target: news.Target{Noun: news.SectionNoun, ID: 1}},
			"nobody":    {Who: "Ole"},
		} {
			var want, rise []int64
			for _, l := range all {
				if (f.Who == "" || l.Who == f.Who || l.Who == store.ByClock+f.Who) && (f.Verb == "" || l.Verb == f.Verb || f.Verb == store.RestoreVerb && strings.HasPrefix(l.Verb, f.Verb)) &&
					(f.Target.ID == 0 || l.Target == f.Target) && !l.At.Before(f.From) && (f.Until.IsZero() || l.At.Before(f.Until)) {
					want = append(want, l.ID)
				}
			}
			var got []int64
			for before := int64(1 << 62); ; { // in pages of three
				lines, err := s.AuditBefore(t.Context(), before, 3, f)
				if err != nil {
					t.Fatal(err)
				}
				if len(lines) == 0 {
					break
				}
				for _, l := range lines {
					got, before = append(got, l.ID), l.ID
				}
			}
			lines, err := s.AuditSince(t.Context(), 0, 100, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				rise = append(rise, l.ID)
			}
			if slices.Reverse(rise); !slices.Equal(got, want) || !slices.Equal(rise, want) || name != "nobody" && len(want) == 0 {
				t.Errorf("%s: %v, and from the other end %v; want %v", name, got, rise, want)
			}
		}
		if verbs, err := s.AuditVerbs(t.Context(), 9); err != nil || !slices.Equal(verbs, []string{"publish", "restore revision", "save"}) {
			t.Errorf("verbs: %q, %v", verbs, err)
		}
		people := []string{"Anna <a@paper.example>", "Ben <b@paper.example>", "the clock", "the clock, for Anna <a@paper.example>"}
		if got, err := s.AuditPeople(t.Context(), 9); err != nil || !slices.Equal(got, people) {
			t.Errorf("people: %q, %v", got, err)
		}
	})
}
