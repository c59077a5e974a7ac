//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// desktop stands for the newsroom: a listener beside the readers', in the same
// process, at which verbs are called with what they are about as JSON. It answers,
// with that as it is then, when the desk has.
type desktop struct {
	t      *testing.T
	server *httptest.Server
}

func newDesktop(t *testing.T, d *desk.Desk) *desktop {
	mux := http.NewServeMux()
	const anna desk.Who = "Anna"
	article := func(verb string, f func(ctx context.Context, a *news.Article) error) { answers(mux, verb, f) }
	article("create", func(ctx context.Context, a *news.Article) error { return d.Create(ctx, anna, a) })
	article("update", func(ctx context.Context, a *news.Article) error { return d.Update(ctx, anna, a) })
	article("publish", func(ctx context.Context, a *news.Article) error { return d.Publish(ctx, anna, a.ID, a.Version) })
	article("withdraw", func(ctx context.Context, a *news.Article) error { return d.Withdraw(ctx, anna, a.ID, a.Version) })
	article("restore", func(ctx context.Context, a *news.Article) error { return d.Restore(ctx, anna, a.ID, a.Version) })
	article("move", func(ctx context.Context, a *news.Article) error { return d.Move(ctx, anna, a.ID, a.Version, a.Section) })
	article("slug", func(ctx context.Context, a *news.Article) error {
		return d.ChangeSlug(ctx, anna, a.ID, a.Version, a.Slug)
	})
	answers(mux, "correct", func(ctx context.Context, c *news.Correction) error { return d.Correct(ctx, anna, c) })
	answers(mux, "section", func(ctx context.Context, s *news.Section) error { return d.CreateSection(ctx, anna, s) })
	answers(mux, "rename", func(ctx context.Context, s *news.Section) error { return d.ChangeSection(ctx, anna, *s) })
	answers(mux, "approve", func(ctx context.Context, c *news.Comment) error { return d.ApproveComment(ctx, anna, c.ID) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return &desktop{t, s}
}

// answers has a verb called at its path.
func answers[T any](mux *http.ServeMux, verb string, f func(ctx context.Context, about *T) error) {
	mux.HandleFunc("POST /"+verb, func(w http.ResponseWriter, r *http.Request) {
		var about T
		if err := json.NewDecoder(r.Body).Decode(&about); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if err := f(r.Context(), &about); err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		json.NewEncoder(w).Encode(about)
	})
}

// call does a verb to what it is about, and waits for the reply.
func (d *desktop) call(verb string, about any) {
	d.t.Helper()
	b, err := json.Marshal(about)
	if err != nil {
		d.t.Fatal(err)
	}
	resp, err := http.Post(d.server.URL+"/"+verb, "application/json", strings.NewReader(string(b)))
	if err != nil {
		d.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		d.t.Fatalf("%s answers %s", verb, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(about); err != nil {
		d.t.Fatal(err)
	}
}

// desked is a paper that is served, its newsroom and a reader's browser.
type desked struct {
	*desktop
	*browser
	app  *app.App
	site *site
	of   *news.Section
}

func newDesked(t *testing.T) *desked {
	t.Helper()
	c := config.Default()
	c.Data, c.Addr = t.TempDir(), "127.0.0.1:0"
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := errors.Join(<-ended, a.Close()); err != nil {
			t.Error(err)
		}
	})
	d := &desked{newDesktop(t, a.Desk), newBrowser(t), a, &site{url: strings.TrimSuffix(a.URL(ln), "/")}, &news.Section{Name: "World"}}
	d.call("section", d.of)
	return d
}

// write writes a story and publishes it.
func (d *desked) write(headline string) news.Article {
	doc, _ := richtext.FromHTML("<p>The council votes on the harbour tonight.</p>")
	x := &news.Article{Kind: news.Story, Headline: headline, Language: "en", Body: doc.Encode(), Comments: news.CommentsModerated,
		Section: d.of.ID, Sections: []news.SectionID{d.of.ID}}
	d.call("create", x)
	d.call("publish", x)
	return d.again(x.ID)
}

// again is an article as it is now.
func (d *desked) again(id news.ArticleID) news.Article {
	d.desktop.t.Helper()
	x, err := d.app.Store.Article(context.Background(), id)
	if err != nil {
		d.desktop.t.Fatal(err)
	}
	return x
}

// sees opens pages in the browser and checks that each has words, or lacks them.
func (d *desked) sees(has bool, words string, pages ...string) {
	d.desktop.t.Helper()
	for _, p := range pages {
		d.open(d.site.url + p)
		if strings.Contains(documentHTML(d.browser), words) != has {
			d.desktop.t.Errorf("%s: that it has %q is not %v", p, words, has)
		}
	}
}

func TestAPublishedChangeIsEverywhereAtTheNextRequest(t *testing.T) {
	t.Parallel()
	d := newDesked(t)
	elsewhere, changed := d.write("Ferries run late"), d.write("The harbour vote")
	other, path := elsewhere.Path, changed.Path
	pages := []string{"/", "/world/", other, path}
	for range 2 { // and now all of them are kept
		d.sees(true, "The harbour vote", pages...)
		d.site.get(t, "/feed/")
	}
	now := d.again(changed.ID)
	now.Headline = "Harbour vote: ayes have it"
	d.call("update", &now)
	d.sees(true, "Harbour vote: ayes have it", pages...)
	d.sees(false, "The harbour vote", pages...)
	d.open(d.site.url + other)
	if box := d.text(".check-also"); !strings.Contains(box, "ayes have it") {
		t.Errorf("Check Also elsewhere says %q", box)
	}
	if feed := d.site.get(t, "/feed/").body; !strings.Contains(feed, "ayes have it") {
		t.Error("the feed is stale after the reply")
	}
}

// Search follows a change by a job, within a second on a machine that has time for
// it: of three changes, one must.
func TestSearchFindsAChangeWithinASecond(t *testing.T) {
	t.Parallel()
	d := newDesked(t)
	x := d.write("Harbour vote: ayes have it")
	best := time.Hour
	for _, word := range []string{"Quicksilver", "Zephyr", "Marzipan"} {
		now := d.again(x.ID)
		now.Standfirst = word
		d.call("update", &now)
		began := time.Now()
		for find := "/search/?" + (url.Values{"q": {word}}).Encode(); !strings.Contains(d.site.get(t, find).body, "ayes have it"); time.Sleep(10 * time.Millisecond) {
			if time.Since(began) > 20*time.Second {
				t.Fatalf("search does not find %s", word)
			}
		}
		took := time.Since(began)
		t.Logf("search finds a change %v after the reply", took.Round(10*time.Millisecond))
		best = min(best, took)
	}
	if best > time.Second {
		t.Errorf("search has found no change within a second; the soonest after %v", best)
	}
}

func TestWhatTheDeskDoesIsSeenAtTheNextRequest(t *testing.T) {
	t.Parallel()
	d := newDesked(t)
	sport := &news.Section{Name: "Sport"}
	d.call("section", sport)
	elsewhere, x := d.write("Ferries run late"), d.write("The harbour vote")
	pages := []string{"/", "/world/", elsewhere.Path, x.Path}
	again := func() *news.Article { now := d.again(x.ID); return &now }
	d.sees(true, "The harbour vote", pages...)
	d.sees(false, "The harbour vote", "/sport/")

	d.call("correct", &news.Correction{Article: x.ID, Text: "The vote was on Tuesday."})
	d.sees(true, "The vote was on Tuesday.", x.Path)

	d.call("withdraw", again())
	d.sees(false, "The harbour vote", "/", "/world/", elsewhere.Path, x.Path)
	if got := d.site.get(t, x.Path); got.status != http.StatusGone {
		t.Errorf("what was withdrawn answers %d", got.status)
	}
	d.call("restore", again())
	if now := again(); now.State != news.Published {
		d.call("publish", now)
	}
	d.sees(true, "The harbour vote", pages...)

	moved := again()
	moved.Section = sport.ID
	d.call("move", moved)
	d.sees(true, "The harbour vote", "/sport/", "/", x.Path)
	d.sees(false, "The harbour vote", "/world/")

	slug := again()
	slug.Slug = "ayes"
	d.call("slug", slug)
	path := again().Path
	d.sees(true, `href="`+path+`"`, "/", "/sport/")
	d.sees(false, `href="`+x.Path+`"`, "/", "/sport/")
	if d.open(d.site.url + x.Path); d.path() != path {
		t.Errorf("the old address leads to %s, not to %s", d.path(), path)
	}

	d.call("rename", &news.Section{ID: sport.ID, Version: sport.Version, Name: "Games"})
	d.sees(true, "Games", "/", path, elsewhere.Path)
	d.sees(false, ">Sport<", "/", path, elsewhere.Path)

	c := &news.Comment{Article: x.ID, Name: "Ida", Email: "ida@mail.example", Text: "About time."}
	if err := d.app.Desk.PostComment(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	d.sees(false, "About time.", path)
	d.call("approve", c)
	d.sees(true, "About time.", path)
}
