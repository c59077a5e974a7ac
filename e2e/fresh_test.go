//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
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
// process, at which articles are written as JSON and verbs are called. It answers
// when the desk has.
type desktop struct {
	t      *testing.T
	server *httptest.Server
}

func newDesktop(t *testing.T, d *desk.Desk) *desktop {
	mux := http.NewServeMux()
	call := func(verb string, f func(ctx context.Context, a *news.Article) error) {
		mux.HandleFunc("POST /"+verb, func(w http.ResponseWriter, r *http.Request) {
			var a news.Article
			if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			if err := f(r.Context(), &a); err != nil {
				http.Error(w, err.Error(), http.StatusUnprocessableEntity)
				return
			}
			json.NewEncoder(w).Encode(a)
		})
	}
	call("create", func(ctx context.Context, a *news.Article) error { return d.Create(ctx, "Anna", a) })
	call("update", func(ctx context.Context, a *news.Article) error { return d.Update(ctx, "Anna", a) })
	call("publish", func(ctx context.Context, a *news.Article) error { return d.Publish(ctx, "Anna", a.ID, a.Version) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return &desktop{t, s}
}

// call does a verb and waits for the reply.
func (d *desktop) call(verb string, a *news.Article) {
	d.t.Helper()
	b, err := json.Marshal(a)
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
	if err := json.NewDecoder(resp.Body).Decode(a); err != nil {
		d.t.Fatal(err)
	}
}

func TestAPublishedChangeIsEverywhereAtTheNextRequest(t *testing.T) {
	t.Parallel()
	c := config.Default()
	c.Data, c.Addr = t.TempDir(), "127.0.0.1:0"
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, ln) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	s := &site{url: strings.TrimSuffix(a.URL(ln), "/")}
	d := newDesktop(t, a.Desk)

	world := &news.Section{Name: "World"}
	if err := a.Desk.CreateSection(t.Context(), "Anna", world); err != nil {
		t.Fatal(err)
	}
	write := func(headline string) *news.Article {
		doc, _ := richtext.FromHTML("<p>The council votes on the harbour tonight.</p>")
		x := &news.Article{Kind: news.Story, Headline: headline, Language: "en", Body: doc.Encode(), Comments: news.CommentsModerated,
			Section: world.ID, Sections: []news.SectionID{world.ID}}
		d.call("create", x)
		d.call("publish", x)
		return x
	}
	elsewhere := write("Ferries run late")
	changed := write("The harbour vote")
	again := func(id news.ArticleID) news.Article {
		x, err := a.Store.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	other, path := again(elsewhere.ID).Path, again(changed.ID).Path

	b := newBrowser(t)
	pages := []string{"/", "/world/", other, path}
	for range 2 { // and now all of them are kept
		for _, p := range pages {
			b.open(s.url + p)
			if !strings.Contains(documentHTML(b), "The harbour vote") {
				t.Fatalf("%s lacks the headline", p)
			}
		}
		s.get(t, "/feed/")
	}

	// finds waits until search finds words, and tells how long that takes.
	finds := func(words string) time.Duration {
		find := "/search/?" + url.Values{"q": {words}}.Encode()
		for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
			if strings.Contains(s.get(t, find).body, "ayes have it") {
				return time.Since(began).Round(10 * time.Millisecond)
			}
			if time.Since(began) > 10*time.Second { // one is promised, on a machine with nothing else to do
				t.Fatalf("search does not find %s", words)
			}
		}
	}
	now := again(changed.ID)
	now.Headline = "Harbour vote: ayes have it"
	now.Kicker = "Zephyr"
	d.call("update", &now)
	for _, p := range pages {
		b.open(s.url + p)
		html := documentHTML(b)
		if !strings.Contains(html, "Harbour vote: ayes have it") || strings.Contains(html, "The harbour vote") {
			t.Errorf("%s is stale after the reply", p)
		}
	}
	b.open(s.url + other)
	if box := b.text(".check-also"); !strings.Contains(box, "ayes have it") {
		t.Errorf("Check Also elsewhere says %q", box)
	}
	if feed := s.get(t, "/feed/").body; !strings.Contains(feed, "ayes have it") {
		t.Error("the feed is stale after the reply")
	}
	finds("ayes")
	now = again(changed.ID)
	now.Standfirst = "Quicksilver"
	d.call("update", &now)
	t.Logf("search finds a change %v after the reply", finds("quicksilver"))
}
