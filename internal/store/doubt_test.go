package store_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// A writer whose client leaves during the commit: what is stored is announced.
func TestWhatIsStoredIsToldOfHoweverTheCommitEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i := range 100 {
			ctx, stop := context.WithCancel(t.Context())
			slug := fmt.Sprint("s", i)
			c, err := s.Update(ctx, time.Now(), func(tx *store.Tx) error {
				defer time.AfterFunc(time.Duration(i%40)*50*time.Microsecond, stop)
				return tx.InsertSection(ctx, &news.Section{Name: slug, Slug: slug})
			})
			stop()
			all, e := s.Sections(t.Context())
			if e != nil {
				t.Fatal(e)
			}
			for _, section := range all {
				if section.Slug == slug && len(c.Refs) == 0 {
					t.Fatalf("the section %s is stored and nothing is announced: %v", slug, err)
				}
			}
		}
	})
}

func TestACommitThatIsStoredAfterItsWriterGaveUpIsHeardOf(t *testing.T) {
	l := storetest.NewLine(t, storetest.PostgresDSN(t))
	d, err := db.OpenPostgres(t.Context(), l.DSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := store.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	s, h := store.New(d), &heard{paused: true}
	follow(t, s, h)
	h.until(t, "it follows", func() bool { return !h.paused })
	addSections(t, s, 1, 0)

	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	l.Slow(func(b []byte) bool { return bytes.Contains(b, []byte("commit")) }, 700*time.Millisecond)
	c, err := s.Update(ctx, time.Now(), func(tx *store.Tx) error {
		return tx.InsertSection(ctx, &news.Section{Name: "Late", Slug: "late"})
	})
	if err == nil || len(c.Refs) == 0 {
		t.Fatalf("%v, %v", c, err)
	}
	h.until(t, "what was stored at last is heard of", func() bool { return slices.Equal(h.refs, c.Refs) })
}
