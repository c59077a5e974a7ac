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

func TestTheQueueOfCommentsIsInTheOrderOfDecisions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := story("One", noon)
		add(t, s, a)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i := range 5 {
				c := &news.Comment{Article: a.ID, Kind: news.ReaderComment, State: news.Held, Name: fmt.Sprint(i), Text: "T", Posted: noon.Add(time.Duration(i) * time.Minute)}
				if i == 4 {
					c.Kind = news.Ping
				}
				if _, err := tx.InsertComment(ctx, c, fmt.Sprint(i)); err != nil {
					return err
				}
			}
			return nil
		})
		names := func(state news.CommentState, newest bool) (got string) {
			t.Helper()
			for after := (store.CommentPlace{}); ; { // one at a time, so that paging is proved, too
				list, err := s.CommentQueue(t.Context(), state, newest, after, 1)
				if err != nil {
					t.Fatal(err)
				}
				if len(list) == 0 {
					return got
				}
				got, after = got+list[0].Name, store.CommentPlace{At: list[0].Decided, ID: list[0].ID}
			}
		}
		if got := names(news.Held, false) + " " + names(news.Held, true); got != "0123 3210" {
			t.Errorf("those that wait: %s", got)
		}
		move := func(i int, to news.CommentState, at time.Time) {
			write(t, s, func(ctx context.Context, tx *store.Tx) error {
				c, err := tx.Comment(ctx, news.CommentID(i+1))
				if err != nil {
					return err
				}
				ok, err := tx.SetCommentState(ctx, &c, to, at, "Anna")
				if !ok {
					t.Errorf("comment %d was not moved", i)
				}
				return err
			})
		}
		for n, i := range []int{2, 0, 3} {
			move(i, news.Approved, noon.Add(time.Duration(n+1)*time.Hour))
		}
		move(0, news.Held, noon.Add(9*time.Hour))
		if got := names(news.Held, false) + " " + names(news.Approved, true); got != "01 32" {
			t.Errorf("those that wait, and those approved: %s", got)
		}
		if c, err := s.Comment(t.Context(), 3); err != nil || c.DecidedBy != "Anna" || !c.Decided.Equal(noon.Add(time.Hour)) {
			t.Errorf("decided by %q at %v, %v", c.DecidedBy, c.Decided, err)
		}
		if c, err := s.Comment(t.Context(), 1); err != nil || c.DecidedBy != "" || !c.Decided.Equal(c.Posted) {
			t.Errorf("put back: by %q at %v, %v", c.DecidedBy, c.Decided, err)
		}
		for most, want := range map[int]int{1: 1, 10: 2} {
			if n, err := s.CommentsWaiting(t.Context(), most); err != nil || n != want {
				t.Errorf("up to %d wait: %d, %v", most, n, err)
			}
		}
	})
}

// The queue costs what its stretch costs, however many comments there are: it is
// read from its index in order, and nothing is sorted.
func TestTheQueueOfCommentsIsReadFromItsIndex(t *testing.T) {
	d := storetest.SQLite(t)
	for name, query := range queries(t) {
		if !slices.Contains([]string{"commentsOldest", "commentsNewest", "commentsWaiting"}, name) {
			continue
		}
		args := []any{"held", 1, 1, 1}[:strings.Count(query, "$")]
		rows, err := d.SQL().QueryContext(t.Context(), "explain query plan "+db.SQLite.Text(query), args...)
		if err != nil {
			t.Fatal(err)
		}
		var plan strings.Builder
		for rows.Next() {
			var a, b, c int
			var step string
			if err := rows.Scan(&a, &b, &c, &step); err != nil {
				t.Fatal(err)
			}
			plan.WriteString(step + "\n")
		}
		rows.Close()
		if got := plan.String(); !strings.Contains(got, "INDEX comment_queue") || strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%s: %s", name, got)
		}
	}
}
