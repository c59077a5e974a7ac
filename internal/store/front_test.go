package store_test

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// What older programs had pinned stands first on the front page, in the order in
// which it stood there.
func TestPinsOfOlderPapersComeToTheFrontPage(t *testing.T) {
	for name, open := range map[string]func(*testing.T) (*db.DB, error){
		"sqlite": func(t *testing.T) (*db.DB, error) {
			return db.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "paper.db"))
		},
		"postgres": func(t *testing.T) (*db.DB, error) { return db.OpenPostgres(t.Context(), storetest.PostgresDSN(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			d, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if err := store.MigrateTo(t.Context(), d, 13); err != nil {
				t.Fatal(err)
			}
			for _, q := range []string{`insert into body (id, doc) values (1, '{}')`,
				`insert into article (id, kind, state, version, language, body_id, comments, created_at, changed_at, published_at, pinned, pinned_until) values
				(1, 'story', 'published', 1, 'en', 1, 'moderated', 1, 5, 1000, 1, null), (2, 'story', 'published', 1, 'en', 1, 'moderated', 1, 7, 3000, 1, 99000),
				(3, 'story', 'published', 1, 'en', 1, 'moderated', 1, 6, 2000, 0, null), (4, 'story', 'draft', 1, 'en', 1, 'moderated', 1, 6, null, 1, null)`} {
				if _, err := d.SQL().ExecContext(t.Context(), q); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := store.Migrate(t.Context(), d); err != nil {
				t.Fatal(err)
			}
			s := store.New(d)
			f, err := s.Front(t.Context(), 0)
			want := []news.Zone{{Name: news.FirstZone, Pins: []news.Pin{{Article: 2, Until: time.UnixMilli(99000).UTC()}, {Article: 1}, {Article: 4}}}}
			if err != nil || f.Version != 1 || !reflect.DeepEqual(f.Zones, want) {
				t.Errorf("the front page is %+v, %v", f, err)
			}
			old, err := s.FrontRevision(t.Context(), 0, 1)
			if err != nil || !f.Arrangement.Same(old.Arrangement) {
				t.Errorf("its revision is %+v, %v", old, err)
			}
			if due, err := s.FrontsEnding(t.Context(), time.UnixMilli(99000), 9); len(due) != 1 || err != nil {
				t.Errorf("%v end, %v", due, err)
			}
			all, err := s.Articles(t.Context(), []news.ArticleID{1, 2, 3, 4})
			if err != nil || len(all) != 4 {
				t.Errorf("%d articles, %v", len(all), err)
			}
		})
	}
}

func TestAPaperWithoutPinsBeginsWithoutAFront(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if all, err := s.Fronts(t.Context()); len(all) != 0 || err != nil {
			t.Errorf("the fronts are %+v, %v", all, err)
		}
	})
}

func TestFrontsAreStoredAsTheyAre(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := news.Arrangement{ByHand: true}
		a.Put("lead", 0, news.Pin{Article: 4, Until: noon})
		a.Put("second \"'\\", 0, news.Pin{Article: 7})
		a.Zone("third").From = news.Target{Noun: news.TopicNoun, ID: 3}
		f := news.Front{Section: 5, Arrangement: a, Changed: noon, ChangedBy: "Anna"}
		refs := write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutFront(ctx, &f, "arrange", 0) })
		if !slices.Equal(refs, []news.Ref{"front/5", "fronts"}) {
			t.Errorf("it changes %v", refs)
		}
		var noted []news.Ref
		got, err := s.Noting(func(r ...news.Ref) { noted = append(noted, r...) }).Front(ctx, 5)
		if err != nil || !reflect.DeepEqual(got, f) || !slices.Equal(noted, []news.Ref{"front/5"}) {
			t.Errorf("stored as %+v, want %+v; noted %v, %v", got, f, noted, err)
		}
		if none, err := s.Front(ctx, 6); err != nil || none.Version != 0 || none.Section != 6 {
			t.Errorf("one that nobody has arranged is %+v, %v", none, err)
		}
		stale := news.Front{Section: 5, Changed: noon}
		_, err = s.Update(ctx, noon, func(tx *store.Tx) error { return tx.PutFront(ctx, &stale, "arrange", 0) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("made twice: %v", err)
		}
		p := news.FrontPlan{Section: 5, BasedOn: 1, At: noon.Add(time.Hour), Made: noon, By: "Otto", Arrangement: a}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertFrontPlan(ctx, &p) })
		plan, err := s.FrontPlan(ctx, p.ID)
		if err != nil || !reflect.DeepEqual(plan, p) {
			t.Errorf("the plan is %+v, want %+v, %v", plan, p, err)
		}
		view := news.FrontPreview{Hash: "h", Section: 5, Staff: 2, Ends: noon, Arrangement: a}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutFrontPreview(ctx, view) })
		if got, err := s.FrontPreview(ctx, "h"); err != nil || !reflect.DeepEqual(got, view) {
			t.Errorf("the preview is %+v, want %+v, %v", got, view, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RemoveFront(ctx, 5) })
		if got, err := s.Front(ctx, 5); err != nil || got.Version != 0 {
			t.Errorf("what is gone is %+v, %v", got, err)
		}
	})
}

func TestWhatStandsOnAFrontIsWhatReadersCanSee(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var sec news.Section
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			sec = news.Section{Name: "World", Slug: "world"}
			return tx.InsertSection(ctx, &sec)
		})
		in, out, draft := story("In", noon), story("Out", noon), story("Draft", noon)
		in.Section, in.Sections = sec.ID, []news.SectionID{sec.ID}
		draft.State = news.Draft
		add(t, s, in, out, draft)
		ids := []news.ArticleID{draft.ID, out.ID, 99, in.ID}
		for section, want := range map[news.SectionID][]news.ArticleID{0: {out.ID, in.ID}, sec.ID: {in.ID}} {
			list, err := s.Standing(t.Context(), ids, section)
			var got []news.ArticleID
			for _, a := range list {
				got = append(got, a.ID)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("on the front of %d stand %v, want %v, %v", section, got, want, err)
			}
		}
	})
}
