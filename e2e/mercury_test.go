//go:build e2e

package e2e

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The Kelmouth Mercury is the paper whose export lies in testdata. It has an
// article in another script, one with all that an article can hold, and two that
// nobody may read.
const (
	mercury    = "https://mercury.example"
	nightTram  = "/2026/03/night-tram/"
	proofSheet = "/2026/03/everything-the-printer-can-set/"
	ferryAgain = "/2026/03/parom-znovu-hodyt/"
)

// mercuryData is the folder of a paper that the Mercury's export was read into.
func mercuryData(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	run(t, "import", "wordpress", "testdata/kelmouth.wxr", "-uploads", mercuryUploads(t), "-data", data)
	return data
}

// mercurySite serves it.
func mercurySite(t *testing.T) *site {
	t.Helper()
	return start(t, mercuryData(t), "serve")
}

// mercuryUploads is a folder with the pictures that the export names: a quay of
// three stripes, and a gull that is mostly sky.
func mercuryUploads(t *testing.T) string {
	t.Helper()
	uploads := t.TempDir()
	dir := filepath.Join(uploads, "2026", "03")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, stripes := range map[string][]color.RGBA{
		"quay.png": {{120, 160, 190, 255}, {60, 90, 120, 255}, {90, 80, 70, 255}},
		"gull.png": {{200, 215, 225, 255}, {240, 240, 235, 255}},
	} {
		picture := image.NewRGBA(image.Rect(0, 0, 960, 540))
		for y := range 540 {
			for x := range 960 {
				picture.SetRGBA(x, y, stripes[y*len(stripes)/540])
			}
		}
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, picture); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return uploads
}

func TestAnImportedPaperIsClickedThrough(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	b := newBrowser(t)
	b.look(1440, false)
	b.open(s.url + "/")
	for _, step := range []struct{ follow, path, headline string }{
		{`header .menu a[href="/city/"]`, "/city/", "City"},
		{`main .subsections a[href="/city/transport/"]`, "/city/transport/", "Transport"},
		{`main h3 a[href="` + nightTram + `"]`, nightTram, "A tram for those who work by night"},
		{`.byline a`, "/author/mara/", "Mara Quill"},
		{`main h3 a[href="` + nightTram + `"]`, nightTram, "A tram for those who work by night"},
		{`.related a`, proofSheet, "Everything the printer can set"},
		{`.body a[href="` + nightTram + `"]`, nightTram, "A tram for those who work by night"},
		{`.topics a[href="/topic/trams/"]`, "/topic/trams/", "Trams"},
		{`main h3 a[href="` + nightTram + `"]`, nightTram, "A tram for those who work by night"},
		{`.crumbs li:nth-child(3) a`, "/city/transport/", "Transport"},
		{`.crumbs li:nth-child(2) a`, "/city/", "City"},
		{`.crumbs li:nth-child(1) a`, "/", "The Kelmouth Mercury"},
		{`header .menu a[href="/about/"]`, "/about/", "About the Mercury"},
		{`main .subsections a`, "/about/house-rules/", "House rules"},
		{`.masthead a`, "/", "The Kelmouth Mercury"},
	} {
		b.follow(step.follow)
		if path, headline := b.path(), b.text("h1"); path != step.path || headline != step.headline {
			t.Fatalf("%s leads to %s, %q, want %s, %q", step.follow, path, headline, step.path, step.headline)
		}
	}
}

func TestAnImportedArticleStandsAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	tram := s.get(t, nightTram).body
	page := parse(t, tram)
	for what, want := range map[string]string{
		"rights line":                    "© 2026, Mara Quill. All rights reserved.",
		"second page, joined":            "ground and oiled before the first night",
		"time in the zone of the export": "2 March 2026",
	} {
		if !strings.Contains(words(page), want) {
			t.Errorf("%s: %q is not there", what, want)
		}
	}
	lead := one(t, one(t, page, "figure", "lead-picture"), "img")
	if attribute(lead, "alt") != "A quay with a crane" || attribute(lead, "width") != "960" || attribute(lead, "height") != "540" {
		t.Errorf("the lead picture is %v", lead.Attr)
	}
	comments := one(t, page, "section", "comments")
	if got, want := words(comments), []string{"3 comments", "At last.", "carry the oil can", "Gladly."}; !containsAll(got, want...) {
		t.Errorf("the comments are %q, want %q", got, want)
	}
	if n := len(elements(comments, "ol")); n != 3 {
		t.Errorf("an answer to an answer stands %d lists deep, want 3", n)
	}
	for _, unseen := range []string{"Cheap watches", "waits for an editor"} {
		if strings.Contains(tram, unseen) {
			t.Errorf("a comment that nobody has approved is shown: %q", unseen)
		}
	}
	sheet := parse(t, s.get(t, proofSheet).body)
	for name, count := range map[string]int{"table": 1, "blockquote": 2, "hr": 1, "ol": 1, "ul": 2, "iframe": 0, "script": 0} {
		if n := len(elements(one(t, sheet, "div", "body"), name)); n != count {
			t.Errorf("%d of %s, want %d", n, name, count)
		}
	}
	for _, want := range []string{"The quay, as the office boy drew it", "Two drawings", "Twice, and never in the rain.", "The right column.", "Copies sold on a Saturday", "The press at work", "[weather city=", "A gadget that came with the old system."} {
		if !strings.Contains(words(sheet), want) {
			t.Errorf("of the sheet, %q was lost", want)
		}
	}
	for _, never := range []string{"onclick", "taken over"} {
		if strings.Contains(s.get(t, proofSheet).body, never) {
			t.Errorf("the old system's %q is served", never)
		}
	}
}

func containsAll(s string, wanted ...string) bool {
	for _, w := range wanted {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}

func TestOldAddressesArrive(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	for old, want := range map[string]string{
		"/?p=101": nightTram, "/?p=102": proofSheet, "/?page_id=120": "/about/", "/?p=103": ferryAgain,
		"/?attachment_id=201": "/wp-content/uploads/2026/03/quay.png", "/2026/03/night-tram/quay/": nightTram,
		"/2026/03/night-tram": nightTram, nightTram + "2/": nightTram, nightTram + "amp/": nightTram, nightTram + "embed/": nightTram,
		nightTram + "trackback/": nightTram, nightTram + "feed/": nightTram, nightTram + "comment-page-1/": nightTram,
		"/category/city/": "/city/", "/category/city/transport/": "/city/transport/", "/category/city/transport/ferries/page/2/": "/city/transport/ferries/",
		"/?cat=13": "/culture/", "/tag/night-work/": "/topic/night-work/", "/?tag=trams": "/topic/trams/", "/author/danylo/page/3/": "/author/danylo/",
		"/?author_name=mara": "/author/mara/", "/page/2/": "/", "/?feed=rss2": "/feed/", "/feed/rss2/": "/feed/", "/feed/atom/": "/feed/", "/category/culture/feed/": "/culture/feed/",
		"/?s=umbrella": "/search/?q=umbrella", "/wp-content/uploads/2026/03/quay-300x169.png": "/wp-content/uploads/2026/03/quay.png",
	} {
		if a := s.get(t, old); a.status != 200 || a.at != want {
			t.Errorf("%s leads to %s (%d), want %s", old, a.at, a.status, want)
		}
	}
}

func TestTheSearchFindsWhatWasImported(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	b := newBrowser(t)
	for query, want := range map[string]string{"umbrella stand": "/2026/03/lost-umbrella/", "коза причал": ferryAgain, `"high water"`: proofSheet, "soup chandler": "/2026/03/film-queue/"} {
		b.open(s.url + "/search/")
		b.write("#q", query)
		b.follow("form.search button")
		found := evaluate[[]string](b, `Array.from(document.querySelectorAll(".cards h3 a"), a => a.getAttribute("href"))`)
		if len(found) != 1 || found[0] != want {
			t.Errorf("%s finds %q, want %s", query, found, want)
		}
		if n := evaluate[int](b, `document.querySelectorAll("mark").length`); n == 0 {
			t.Errorf("the excerpt for %s marks nothing", query)
		}
	}
}

func TestWhatWasPrivateIsNowhere(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	for path := range crawl(t, s, mercury).namedBy {
		page := s.get(t, path).body
		for _, secret := range []string{"quinquereme", "trireme", "only the editors may read", "Behind a password"} {
			if strings.Contains(page, secret) {
				t.Errorf("%s shows %q", path, secret)
			}
		}
	}
	for _, path := range []string{"/?p=105", "/?p=106", "/2026/03/editors-only/", "/2026/03/behind-a-password/", "/2026/03/editors-only/amp/"} {
		if a := s.get(t, path); a.status == 200 && a.at != path || strings.Contains(a.body, `data-page="article"`) {
			t.Errorf("%s leads to %s (%d)", path, a.at, a.status)
		}
	}
	for _, word := range []string{"quinquereme", "trireme"} {
		if a := s.get(t, "/search/?q="+word); strings.Contains(a.body, "<mark>") {
			t.Errorf("the search finds %s", word)
		}
	}
}
