package demo_test

import (
	"reflect"
	"testing"
	"time"

	"broadsheet/internal/demo"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestAnArchiveGoesInOldestFirstAndWhole(t *testing.T) {
	end := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	s := store.New(storetest.SQLite(t))
	const n = 1203 // more than go in at once
	var told int
	err := demo.FillArchive(t.Context(), desk.New(s, time.Now, func(news.Change) {}), demo.Filling{Articles: n, Comments: 2, End: end, Address: "https://archive.example"},
		func(done int) { told = done })
	if err != nil || told != n {
		t.Fatalf("%d told, %v", told, err)
	}
	archive := demo.NewArchive(end)
	for number := range n {
		g := archive.Article(number)
		head := archive.Head(number)
		if g.HTML == "" {
			t.Fatal("an article without a body")
		}
		g.HTML, g.Comments = "", nil
		if !reflect.DeepEqual(head, g) {
			t.Fatalf("the head of %d is %+v, not %+v", number, head, g)
		}
	}
	for _, number := range []int{0, 500, n - 1} {
		g := archive.Head(number)
		a, err := s.Article(t.Context(), news.ArticleID(n-number))
		if err != nil || a.Headline != g.Headline || a.Path != g.Path() || !a.Published.Equal(g.Published) || a.Summary == "" {
			t.Errorf("number %d is %+v, %v", number, a, err)
		}
		comments, err := s.CommentOutlines(t.Context(), a.ID)
		if err != nil || len(comments) != 2 {
			t.Errorf("number %d has comments %v, %v", number, comments, err)
		}
	}
}
