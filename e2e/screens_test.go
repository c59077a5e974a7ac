//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
	"broadsheet/internal/newsroom"
	"broadsheet/internal/newsroom/newsroomtest"
)

// furnished serves a paper in which there is something at each address of the
// newsroom, and returns the session of an administrator and a link for a new
// password besides.
func furnished(t *testing.T) (s *site, paper *newsroomtest.Paper, session, link string) {
	t.Helper()
	c := config.Default()
	c.Data = t.TempDir()
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	paper, err = newsroomtest.Furnish(t.Context(), a.Desk, time.Now())
	must(err)
	ada := &news.Staff{Name: "Ada Marsh", Email: "ada@paper.example", Grants: []news.Grant{{Role: news.Administrator}}}
	_, err = a.Desk.AddStaff(t.Context(), "test", ada)
	must(err)
	session, err = a.Desk.SignIn(t.Context(), ada.ID, "password", "a browser", "127.0.0.1")
	must(err)
	link, _, err = a.Desk.LinkStaff(t.Context(), "test", paper.Colleague.ID)
	must(err)
	must(a.Close())
	return start(t, c.Data, "serve"), paper, session, link
}

// carry has the browser be signed in with a session.
func (b *browser) carry(s *site, session string) {
	b.t.Helper()
	p := network.SetCookieParams{Name: "newsroom", Value: session, URL: s.newsroom() + "/newsroom/", Path: "/newsroom/", HTTPOnly: new(true)}
	if _, err := chromedp.Call(b.ctx, network.SetCookie, p); err != nil {
		b.t.Fatal(err)
	}
}

// screen is what a browser shows of an address: "" where that is no screen.
func (b *browser) screen(address string) string {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		if strings.Contains(err.Error(), "ERR_ABORTED") { // a file to be kept, and no page
			return ""
		}
		b.t.Fatalf("%s: %v", address, err)
	}
	if !evaluate[bool](b, `document.contentType === "text/html" && document.doctype !== null && document.querySelector("main") !== null`) {
		return ""
	}
	if status := evaluate[int](b, `performance.getEntriesByType("navigation")[0].responseStatus`); status >= 500 {
		b.t.Errorf("%s is answered %d", address, status)
	}
	return "<!doctype html>" + evaluate[string](b, `document.documentElement.outerHTML`)
}

// Every screen that the newsroom has, found by its routes: axe and the HTML checker
// find nothing, nothing is wider than the window, on a phone and at a desk, light and
// dark, and from right to left. A new route is looked at without anybody thinking of
// it.
func TestEveryScreenOfTheNewsroom(t *testing.T) {
	s, paper, session, link := furnished(t)
	pages, looked := map[string]string{}, 0
	walk := func(b *browser, language string, paths []string) {
		for _, path := range paths {
			html := b.screen(s.newsroom() + path)
			if html == "" {
				continue
			}
			looked++
			name := language + strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(strings.TrimSuffix(strings.TrimPrefix(path, "/newsroom"), "/"))
			pages[name] = html
			b.look4(name, language == "ar")
		}
	}
	var paths []string
	for _, pattern := range newsroom.Addresses() {
		method, path, err := newsroomtest.Address(pattern, paper.Examples)
		if err != nil {
			t.Fatal(err)
		}
		if method == "GET" {
			paths = append(paths, path)
		}
	}
	outside := newBrowser(t)
	walk(outside, "out", []string{"/newsroom/sign-in", "/newsroom/forgotten", "/newsroom/welcome?link=" + link, "/newsroom/welcome?link=nonsense"})
	b := newBrowser(t)
	b.carry(s, session)
	walk(b, "en", paths)
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	walk(b, "ar", paths)
	validate(t, pages)
	t.Logf("%d screens of %d addresses", looked, len(paths))
	if looked < len(paths) {
		t.Errorf("only %d screens were looked at, of %d addresses", looked, len(paths))
	}
	for _, p := range append(b.problems, outside.problems...) {
		if !strings.Contains(p, "status of 4") {
			t.Errorf("the browser complains: %s", p)
		}
	}
}

// look4 has axe look at the screen that is open, at a phone's and a desk's width,
// light and dark; where it runs from right to left, each width once.
func (b *browser) look4(name string, once bool) {
	b.t.Helper()
	for _, width := range []int64{390, 1280} {
		for _, dark := range []bool{false, true} {
			if once && dark != (width == 390) {
				continue
			}
			b.look(width, dark)
			for _, v := range b.axe() {
				b.t.Errorf("%s at %d px, dark %v: %s", name, width, dark, v)
			}
			if outside := evaluate[string](b, outsideScript); outside != "" {
				b.t.Errorf("%s at %d px, dark %v: outside of the window: %s", name, width, dark, outside)
			}
			b.shootWindow(fmt.Sprintf("screen-%s-%d-%s", name, width, map[bool]string{false: "light", true: "dark"}[dark]), width)
		}
	}
}

// mostEditorJS is what all scripts of the editor's page may take over the line, in
// bytes.
const mostEditorJS = 150 << 10

// TestTheEditorsPageWeighsLittle sums the scripts that a first visit to an article
// brings, packed as they come, with those that load when somebody uses what they are
// for.
func TestTheEditorsPageWeighsLittle(t *testing.T) {
	s, paper, session, _ := furnished(t)
	b := newBrowser(t)
	b.carry(s, session)
	b.open(s.newsroom() + "/newsroom/articles/" + paper.Examples["articles"])
	b.until(`!!document.querySelector("[data-editor]")?.editor`)
	b.do(chromedp.Click(chromedp.CSS(".editor-body")))
	b.keys("/") // all that can be inserted
	b.keys("x")
	scripts := strings.Split(evaluate[string](b, `[...new Set([...performance.getEntriesByType("resource").map((e) => e.name).filter((n) => new URL(n).pathname.endsWith(".js")), ...[...document.scripts].map((e) => e.src).filter(Boolean)])].join("\n")`), "\n")
	sum := 0
	for _, address := range scripts {
		n := evaluate[int](b, `fetch(`+quoted(address)+`, { cache: "reload" }).then((r) => r.arrayBuffer()).then(() => performance.getEntriesByName(`+quoted(address)+`).at(-1).encodedBodySize)`, chromedp.EvalAwaitPromise)
		t.Logf("%6d bytes: %s", n, address)
		if n == 0 {
			t.Errorf("%s weighs nothing", address)
		}
		sum += n
	}
	t.Logf("%d scripts, %d bytes of at most %d", len(scripts), sum, mostEditorJS)
	if len(scripts) < 3 || sum > mostEditorJS {
		t.Errorf("%d scripts take %d bytes, more than %d", len(scripts), sum, mostEditorJS)
	}
}
