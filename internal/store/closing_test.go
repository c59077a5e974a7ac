package store_test

import (
	"context"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestTheMarkOfClosedCommentsIsMovedByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		closed, draft, page := story("Closed", noon), story("Draft", noon), story("Page", noon)
		closed.Comments, draft.State, page.Kind = news.CommentsClosed, news.Draft, news.StandingPage
		first, second := story("First", noon), story("Second", noon.Add(time.Hour))
		add(t, s, second, closed, draft, page, first)
		due, err := s.Closing(t.Context(), time.Time{}, noon.Add(time.Hour), 10)
		if err != nil || len(due) != 1 || due[0].ID != first.ID || !due[0].Published.Equal(noon) {
			t.Fatalf("%+v, %v", due, err)
		}
		if due, _ := s.Closing(t.Context(), noon, noon.Add(2*time.Hour), 10); len(due) != 2 || due[1].ID != second.ID {
			t.Errorf("%+v", due)
		}
		move := func(from, to time.Time, list []news.Teaser) (ok bool, refs []news.Ref) {
			refs = write(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
				if err := tx.StopArticles(ctx); err != nil {
					return err
				}
				ok, err = tx.MoveClosed(ctx, from, to, list)
				return err
			})
			return ok, refs
		}
		if at, err := s.ClosedMark(t.Context()); err != nil || !at.IsZero() {
			t.Errorf("at first %v, %v", at, err)
		}
		later := noon.Add(time.Hour)
		if ok, refs := move(time.Time{}, later, due); !ok || len(refs) != 1 || refs[0] != news.ArticleClosingRef(first.ID) {
			t.Errorf("%v %v", ok, refs)
		}
		if ok, refs := move(time.Time{}, later.Add(1), due); ok || len(refs) != 0 {
			t.Errorf("from where the mark is no more: %v %v", ok, refs)
		}
		var noted []news.Ref
		at, err := s.Noting(func(r ...news.Ref) { noted = append(noted, r...) }).ClosedBefore(t.Context(), first.ID)
		if err != nil || !at.Equal(later) || len(noted) != 1 || noted[0] != news.ArticleClosingRef(first.ID) {
			t.Errorf("%v %v %v", at, noted, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutClosed(ctx, time.Time{}) })
		if ok, _ := move(later, later.Add(1), nil); ok {
			t.Error("moved, though the setting has changed")
		}
		if ok, _ := move(time.Time{}, later, nil); !ok {
			t.Error("can't be moved again")
		}
	})
}
