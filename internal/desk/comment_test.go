package desk_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// Two who decide about the same comments at once, in different orders: each is
// decided about once, and both are told which were theirs.
func TestEachCommentIsDecidedAboutOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, ctx := desk.New(s, time.Now, func(news.Change) {}), t.Context()
		if err := d.ChangeSettings(ctx, "Anna", func(s *news.Settings) error { s.CommentsOpen = true; return nil }); err != nil {
			t.Fatal(err)
		}
		a := &news.Article{Kind: news.Story, Headline: "First", Body: []byte(words), Comments: news.CommentsModerated}
		if err := d.Create(ctx, "Anna", a); err != nil {
			t.Fatal(err)
		}
		if err := d.Publish(ctx, "Anna", a.ID, a.Version); err != nil {
			t.Fatal(err)
		}
		var ids []news.CommentID
		for i := range 40 {
			c := &news.Comment{Article: a.ID, Name: fmt.Sprint(i), Email: "r@mail.example", Text: "Words."}
			if err := d.PostComment(ctx, c); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, c.ID)
		}
		var mine [4][]news.CommentID
		var all sync.WaitGroup
		for n, to := range []news.CommentState{news.Approved, news.Rejected, news.Approved, news.Rejected} {
			all.Go(func() {
				chosen := slices.Clone(ids)
				if n > 1 {
					slices.Reverse(chosen)
				}
				for part := range slices.Chunk(chosen, 8) {
					done, err := d.DecideComments(ctx, desk.Who(fmt.Sprint("Editor ", n)), part, news.Held, to)
					if err != nil {
						t.Error(err)
					}
					mine[n] = append(mine[n], done...)
				}
			})
		}
		all.Wait()
		seen := map[news.CommentID]bool{}
		for n, list := range mine {
			for _, id := range list {
				c, err := s.Comment(ctx, id)
				if err != nil || seen[id] || c.DecidedBy != fmt.Sprint("Editor ", n) || c.State != []news.CommentState{news.Approved, news.Rejected}[n%2] {
					t.Errorf("comment %d, told to editor %d: %+v, %v", id, n, c, err)
				}
				seen[id] = true
			}
		}
		if len(seen) != len(ids) {
			t.Errorf("%d of %d were decided about", len(seen), len(ids))
		}
		for _, to := range []news.CommentState{news.Held, news.Removed, "nonsense"} {
			if _, err := d.DecideComments(ctx, "Anna", ids[:1], news.Held, to); !fault.Is(err, fault.Invalid) {
				t.Errorf("to %s: %v", to, err)
			}
		}
	})
}
