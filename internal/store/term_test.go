package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestTopicsAndPeopleAreListedByNameAndFoundByWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i, name := range []string{"ebb", "Économie", "Harbour vote", "Zeta", "Über uns"} {
				if err := tx.InsertTopic(ctx, &news.Topic{Name: name, Slug: fmt.Sprint("t", i)}); err != nil {
					return err
				}
				if err := tx.InsertPerson(ctx, &news.Person{Name: name, Slug: fmt.Sprint("p", i)}); err != nil {
					return err
				}
			}
			t, err := tx.Topic(ctx, 4)
			if err != nil {
				return err
			}
			t.Retired = true
			return tx.UpdateTopic(ctx, &t)
		})
		for want, f := range map[string]store.TermFilter{
			"[ebb Économie]":          {},
			"[Harbour vote Über uns]": {After: 2, Name: "Économie"},
			"[Harbour vote]":          {Words: "VOT har"},
			"[Économie]":              {Words: "eco"},
			"[Zeta]":                  {Retired: true},
			"[]":                      {Words: "nothing"},
		} {
			list, err := s.TopicsFor(t.Context(), f, 2)
			names := []string{}
			for _, x := range list {
				names = append(names, x.Name)
			}
			if fmt.Sprint(names) != want || err != nil {
				t.Errorf("%+v: %v, %v, want %s", f, names, err, want)
			}
		}
		people, err := s.PeopleFor(t.Context(), store.TermFilter{Words: "ube"}, 5)
		if err != nil || len(people) != 1 || people[0].Name != "Über uns" {
			t.Errorf("people: %+v, %v", people, err)
		}
	})
}

func TestWhatThePaperSaidBeforeIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		settings := news.DefaultSettings()
		for i := range 3 {
			write(t, s, func(ctx context.Context, tx *store.Tx) error {
				settings.Title = fmt.Sprint("Title ", i)
				return tx.PutSettings(ctx, &settings, "Anna", "change", noon)
			})
		}
		list, err := s.PaperRevisions(t.Context(), news.SettingsPart, 3, 1)
		if err != nil || len(list) != 1 || list[0].Version != 2 || !list[0].Saved.Equal(noon) {
			t.Errorf("before version 3: %+v, %v", list, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			ends := noon.Add(time.Hour)
			if err := tx.InsertPaperPreview(ctx, news.PaperPreview{Hash: "h", Settings: &settings, Ends: ends}); err != nil {
				return err
			}
			p, err := tx.PaperPreview(ctx, "h")
			if err != nil || p.Settings == nil || p.Settings.Title != "Title 2" || !p.Ends.Equal(ends) {
				t.Errorf("the preview is %+v, %v", p, err)
			}
			n, err := tx.EndPaperPreviews(ctx, ends)
			if n != 1 {
				t.Errorf("%d have ended", n)
			}
			return err
		})
	})
}
