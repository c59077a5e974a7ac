//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// quoted is a Go string as JavaScript writes it.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string can't fail
	return string(b)
}

// witness notes what a browser asks for and complains about.
type witness struct {
	mu       sync.Mutex
	requests []string
	problems []string
}

func (b *browser) witness() *witness {
	b.t.Helper()
	w := &witness{}
	if err := chromedp.Listen(b.ctx, w.note); err != nil {
		b.t.Fatal(err)
	}
	return w
}

func (w *witness) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.requests = append(w.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		w.problems = append(w.problems, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		w.problems = append(w.problems, fmt.Sprintf("console.%s was called", e.Type))
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			w.problems = append(w.problems, e.Entry.Text)
		}
	}
}

// seen returns what was noted since it was last called.
func (w *witness) seen() (requests, problems []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	requests, problems = w.requests, w.problems
	w.requests, w.problems = nil, nil
	return requests, problems
}

func TestEmbedsSendNothingBeforeTheClick(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	b := newBrowser(t)
	// Nothing is to leave this machine, not even after the click.
	blocked := []*network.BlockPattern{{URLPattern: "https://*:*/*", Block: true}}
	if _, err := chromedp.Call(b.ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: blocked}); err != nil {
		t.Fatal(err)
	}
	for path, player := range map[string]string{nightTram: "https://www.youtube-nocookie.com/embed/a1B2c3D4e5F", proofSheet: "https://player.vimeo.com/video/123456789", "/about/": "https://www.youtube-nocookie.com/embed/a1B2c3D4e5F"} {
		w := b.witness()
		b.open(s.url + path)
		if n := evaluate[int](b, `document.querySelectorAll("iframe").length`); n != 0 {
			t.Errorf("%s has %d frames before the click", path, n)
		}
		requests, _ := w.seen()
		for _, r := range requests {
			if !strings.HasPrefix(r, s.url+"/") {
				t.Errorf("%s asks %s before the click", path, r)
			}
		}
		if len(requests) < 2 {
			t.Errorf("%s makes %d requests: too few to tell", path, len(requests))
		}
		b.do(chromedp.Click(chromedp.CSS("figure.embed a")))
		if src := evaluate[string](b, `document.querySelector("iframe")?.src ?? ""`); src != player {
			t.Errorf("after the click, %s holds %q, want %s", path, src, player)
		}
		if title := evaluate[string](b, `document.querySelector("iframe")?.title ?? ""`); title == "" {
			t.Errorf("the player of %s has no title", path)
		}
		if left := b.path(); left != path {
			t.Errorf("the click on an embed of %s has led to %s", path, left)
		}
	}
}

func TestPagesCanBeReadWithoutScripts(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	with, without := newBrowser(t), newBrowser(t)
	without.withoutScripts()
	with.look(1280, false)
	without.look(1280, false)
	for _, path := range []string{"/", "/city/", nightTram, proofSheet, ferryAgain, "/author/mara/", "/about/", "/search/?q=umbrella", "/nowhere/"} {
		with.open(s.url + path)
		without.open(s.url + path)
		if a, b := with.text("main"), without.text("main"); a != b || a == "" {
			t.Errorf("without scripts %s reads\n%s\nand with them\n%s", path, b, a)
		}
	}
}

// check fails the test for what a page that was answered with a status has asked
// of others than the sites, or has complained about.
func (w *witness) check(t *testing.T, name string, status int, sites ...*site) {
	t.Helper()
	requests, problems := w.seen()
	for _, r := range requests {
		if !slices.ContainsFunc(sites, func(s *site) bool { return strings.HasPrefix(r, s.url+"/") }) {
			t.Errorf("%s asks %s", name, r)
		}
	}
	for _, problem := range problems {
		// Chromium logs every answer of 400 and more.
		if status < 400 || !strings.Contains(problem, fmt.Sprint(status)) {
			t.Errorf("%s: the browser complains: %s", name, problem)
		}
	}
}

// checkNothingKept fails the test if any page so far has left something with the
// reader's browser.
func (b *browser) checkNothingKept(t *testing.T) {
	t.Helper()
	got, err := chromedp.Call(b.ctx, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range got.Cookies {
		t.Errorf("a cookie %s was set by %s", c.Name, c.Domain)
	}
	for _, store := range []string{"localStorage", "sessionStorage"} {
		if n := evaluate[int](b, store+".length"); n != 0 {
			t.Errorf("%s holds %d values", store, n)
		}
	}
}
