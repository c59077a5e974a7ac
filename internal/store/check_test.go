package store_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestFactsForACheckAreGathered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		shown, bare, ended := &news.Picture{Name: "a", Alt: "Boats", Credit: "Me", Width: 3, Height: 2, Served: "s"}, &news.Picture{Name: "b"}, &news.Picture{Name: "c", Alt: "x", RightsEnd: noon, Ended: true}
		public, draft, gone := story("Public", noon), story("Draft", noon), story("Gone", noon)
		draft.State, gone.State = news.Draft, news.Withdrawn
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, p := range []*news.Picture{shown, bare, ended} {
				if err := tx.InsertPicture(ctx, p); err != nil {
					return err
				}
			}
			if err := tx.SetRights(ctx, ended.ID, noon, true); err != nil {
				return err
			}
			settings := news.DefaultSettings()
			settings.Address = "https://paper.example"
			return tx.PutSettings(ctx, &settings, "test", "change", noon)
		})
		add(t, s, public, draft, gone)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SetAddress(ctx, news.Address{Path: "/gone/", Target: news.Target{Noun: news.ArticleNoun, ID: int64(gone.ID)}, State: news.GoneAway})
		})
		link := func(attrs string) string {
			return fmt.Sprintf(`{"type":"text","text":"word ","marks":[{"type":"link","attrs":{%s}}]}`, attrs)
		}
		a := story("Checked", noon)
		a.LeadPicture = shown.ID
		a.Body = fmt.Appendf(nil, `{"type":"doc","content":[{"type":"ad_break"},{"type":"heading","attrs":{"level":2}},{"type":"paragraph","content":[%s,%s,%s,%s,%s,%s]},
			{"type":"picture","attrs":{"picture":%d}},{"type":"picture","attrs":{"picture":%d}},{"type":"gallery","content":[{"type":"picture","attrs":{"picture":%d}},{"type":"picture","attrs":{"picture":%d}}]},
			{"type":"related","attrs":{"article":%d}},{"type":"related","attrs":{"article":%d}},{"type":"ad_break"}]}`,
			link(fmt.Sprintf(`"article":%d`, public.ID)), link(fmt.Sprintf(`"article":%d`, gone.ID)), link(`"href":"/gone/"`), link(`"href":"https://paper.example/gone/?x=1"`),
			link(`"href":"https://other.example/gone/"`), link(`"href":"/2026/07/"`), shown.ID, bare.ID, bare.ID, ended.ID, public.ID, draft.ID)
		got, err := s.CheckFacts(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		want := news.Facts{Words: 6, Blocks: 9, EmptyHeads: []int{2}, NoAlt: []int{5, 6}, NoAltOf: []news.PictureID{bare.ID, bare.ID}, MissingMedia: []int{6}, AdFirst: true, AdLast: true,
			Hidden: []news.Target{{Noun: news.ArticleNoun, ID: int64(draft.ID)}}, BrokenIDs: []news.Target{{Noun: news.ArticleNoun, ID: int64(gone.ID)}},
			Broken: []string{"/gone/"}, LeadThere: true, LeadAlt: true, LeadCredit: true}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nwant\n%+v", got, want)
		}
		a.Body = []byte("{")
		if _, err := s.CheckFacts(t.Context(), a); err == nil {
			t.Error("a body that can't be read has facts")
		}
	})
}
