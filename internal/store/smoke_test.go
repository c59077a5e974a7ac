package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestSmoke(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		now := time.UnixMilli(1_700_000_000_000).UTC()
		sec := &news.Section{Name: "World", Slug: "world"}
		a := &news.Article{Kind: news.Story, State: news.Published, Language: "en", Headline: "H", Body: []byte(`{"type":"doc"}`), Comments: news.CommentsModerated, Created: now, Changed: now, Published: now}
		ch, err := s.Update(ctx, now, func(tx *store.Tx) error {
			if err := tx.InsertSection(ctx, sec); err != nil {
				return err
			}
			all, err := tx.Sections(ctx)
			if err != nil {
				return err
			}
			a.Section, a.Sections = sec.ID, []news.SectionID{sec.ID}
			if err := tx.InsertArticles(ctx, []*news.Article{a}, all, "test"); err != nil {
				return err
			}
			return tx.SetAddress(ctx, news.Address{Path: "/world/h/", Target: news.Target{Noun: "article", ID: int64(a.ID)}, State: news.Current})
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(ch)
		got, err := s.Article(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%+v", got)
		l, err := s.Listed(ctx, news.Target{Noun: "section", ID: 1}, news.Place{}, 10)
		t.Logf("%+v %v", l, err)
		l, err = s.Latest(ctx, news.Place{}, time.Time{}, 10)
		t.Logf("%+v %v", l, err)
		_, err = s.Update(ctx, now, func(tx *store.Tx) error {
			return tx.PutSearchEntries(ctx, []store.SearchEntry{{SearchTask: store.SearchTask{a.ID, 1}, Published: now, Words: "hello wörld it's", Vector: "'hello':1 'wörld':2 'it''s':3"}})
		})
		if err != nil {
			t.Fatal(err)
		}
		q := `"hello" "it's"`
		if s.Engine() == "postgres" {
			q = `'hello' & 'it''s'`
		}
		h, err := s.Search(ctx, q, 0, 10)
		t.Logf("%+v %v", h, err)
	})
}
