package desk_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// storyAt is a public story of a time of publication.
func (d *fixture) storyAt(t *testing.T, headline string, at time.Time) *news.Article {
	t.Helper()
	a := d.draft(t, headline, 0)
	if err := d.PublishAs(t.Context(), "Anna", a.ID, a.Version, at); err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *fixture) closeAfter(t *testing.T, days int) {
	t.Helper()
	err := d.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.CommentsCloseAfter = days; return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func (d *fixture) closes(t *testing.T, want int) {
	t.Helper()
	if n, err := d.CloseComments(t.Context()); n != want || err != nil {
		t.Errorf("closed %d, %v; want %d", n, err, want)
	}
}

func TestCommentsCloseByTimeOnceAndAreOpenedBySetting(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		old, young := d.storyAt(t, "Old", d.now.AddDate(0, 0, -9)), d.storyAt(t, "Young", d.now.AddDate(0, 0, -6))
		post := func(a *news.Article) error {
			return d.PostComment(t.Context(), &news.Comment{Article: a.ID, Name: "Ida", Email: "ida@mail.example", Text: d.now.String()})
		}
		d.closes(t, 0)
		d.closeAfter(t, 7)
		if err := post(old); !fault.Is(err, fault.Denied) {
			t.Errorf("a comment on what is closed by the setting: %v", err)
		}
		if err := post(young); err != nil {
			t.Error(err)
		}
		d.closes(t, 0)
		d.now = d.now.AddDate(0, 0, 1).Add(time.Millisecond)
		d.announced = nil
		other := desk.New(d.Store, d.clock, func(c news.Change) { d.announced = append(d.announced, c) })
		var both sync.WaitGroup
		n := make([]int, 2)
		for i, one := range []*desk.Desk{d.Desk, other} {
			both.Go(func() { n[i], _ = one.CloseComments(t.Context()) })
		}
		both.Wait()
		if n[0]+n[1] != 1 || len(d.announced) != 1 || !slices.Equal(d.announced[0].Refs, []news.Ref{news.ArticleClosingRef(young.ID)}) {
			t.Errorf("closed %v, announced %v", n, d.announced)
		}
		if err := post(young); !fault.Is(err, fault.Denied) {
			t.Errorf("a comment on what the clock has closed: %v", err)
		}
		d.closeAfter(t, 30)
		d.closes(t, 0)
		if err := post(young); err != nil {
			t.Errorf("opened again: %v", err)
		}
		d.closeAfter(t, 0)
		if err := post(old); err != nil {
			t.Errorf("open for ever: %v", err)
		}
		d.now = d.now.AddDate(1, 0, 0)
		d.closes(t, 0)
	})
}

func TestManyStoriesCloseInSteps(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		source, err := d.Desk.ImportSource(t.Context(), "wordpress", "https://old.example")
		if err != nil {
			t.Fatal(err)
		}
		began := d.now
		var items []desk.ImportItem
		for i := range 1200 { // first all by themselves, then 700 at one moment
			at := began.Add(time.Duration(min(i, 500)) * time.Second)
			items = append(items, desk.ImportItem{OldID: strconv.Itoa(i), Article: news.Article{Kind: news.Story, State: news.Published, Language: "en",
				Headline: "Old", Body: []byte(words), Comments: news.CommentsModerated, Published: at}})
		}
		d.closeAfter(t, 7)
		if _, err := d.ImportArticles(t.Context(), source, items); err != nil {
			t.Fatal(err)
		}
		d.now = began.AddDate(0, 0, 8)
		d.closes(t, 249)
		d.closes(t, 249)
		d.closes(t, 2)
		d.closes(t, 700)
		d.closes(t, 0)
	})
}
