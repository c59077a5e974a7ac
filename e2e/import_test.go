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

// uploads is a folder with the pictures that the export of testdata names.
func uploads(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "2021", "03"), 0o750); err != nil {
		t.Fatal(err)
	}
	dusk := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for y := range 400 {
		for x := range 600 {
			dusk.Set(x, y, color.RGBA{uint8(40 + y/4), uint8(60 + x/10), 120, 255})
		}
	}
	f, err := os.Create(filepath.Join(dir, "2021", "03", "station.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, dusk); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAnExportIsImportedServedAndClickedThrough(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	said := run(t, "import", "wordpress", "testdata/courier.xml", "-uploads", uploads(t), "-data", data)
	for _, want := range []string{"6  articles imported", "1  standing pages imported", "private", "search is complete"} {
		if !strings.Contains(said, want) {
			t.Errorf("the import does not say %q:\n%s", want, said)
		}
	}
	s := start(t, data, "serve")
	b := newBrowser(t)
	b.look(1440, false)
	b.open(s.url + "/")
	b.shoot("import-front")
	if name := b.text("header .title"); name != "The Aldra Courier" {
		t.Errorf("the paper is called %q", name)
	}
	b.follow(`main a[href="/2021/03/the-night-train-stops-again/"]:not([tabindex])`)
	if h := b.text("h1"); h != "The night train stops again" {
		t.Errorf("the headline is %q", h)
	}
	b.shoot("import-article")
	html := documentHTML(b)
	for _, want := range []string{"After four years", "Mara Quill", "The platform on Thursday.", "I heard it from my bed.", "So did my dog.", "Night train", "© 2021, Mara Quill. All rights reserved.",
		`href="/2021/03/letter-from-the-slow-carriage/"`, "Check Also", "Leave a Reply"} {
		if !strings.Contains(html, want) {
			t.Errorf("the article lacks %q", want)
		}
	}
	if related := b.text(".related"); !strings.Contains(related, "The last slow train") {
		t.Errorf("READ MORE has become %q", related)
	}
	if n := evaluate[int](b, `document.querySelectorAll("iframe").length`); n != 0 {
		t.Errorf("%d frames are there before a click", n)
	}
	for _, r := range b.requests {
		if !strings.HasPrefix(r, s.url) {
			t.Errorf("before any click something was asked of %s", r)
		}
	}
	if loaded := evaluate[bool](b, `Array.from(document.querySelectorAll("main figure img")).every(i => i.naturalWidth > 0 && i.width > 0)`); !loaded {
		t.Error("a picture of the article does not show")
	}
	b.follow(".related a")
	if h := b.text("h1"); h != "The last slow train" {
		t.Errorf("READ MORE leads to %q", h)
	}
	b.follow(".crumbs li:nth-child(3) a")
	if got := b.path(); b.text("h1") != "Railway" {
		t.Errorf("the breadcrumb leads to %s", got)
	}
	b.follow(`main a[href="/2021/03/nochnoy-poezd/"]:not([tabindex])`)
	b.follow(".byline a")
	if h := b.text("h1"); h != "Mara Quill" {
		t.Errorf("the byline leads to %q", h)
	}
	b.follow(`header .menu a[href$="/letters/"]`)
	if h := b.text("h1"); h != "Letters" {
		t.Errorf("the menu leads to %q", h)
	}

	for old, want := range map[string]string{"/?p=10": "/2021/03/the-night-train-stops-again/", "/2021/03/the-night-train-stops-again/amp/": "/2021/03/the-night-train-stops-again/",
		"/2021/03/the-night-train-stops-again/comment-page-1/": "/2021/03/the-night-train-stops-again/", "/tag/night-train/": "/topic/night-train/", "/?page_id=20": "/about/",
		"/category/town/railway/": "/town/railway/", "/category/letters/page/2/": "/letters/", "/?attachment_id=40": "/wp-content/uploads/2021/03/station.png"} {
		if a := s.get(t, old); a.status != 200 || a.at != want {
			t.Errorf("%s leads to %s (%d), want %s", old, a.at, a.status, want)
		}
	}
	if a := s.get(t, "/search/?q=signalman"); !strings.Contains(a.body, "/2020/11/the-last-slow-train/") {
		t.Error("the search does not find an old article by its words")
	}
	for _, path := range []string{"/", "/town/", "/search/?q=council", "/feed/", "/2021/03/secret/", "/?p=14"} {
		if a := s.get(t, path); strings.Contains(a.body, "What the council will not say") || strings.Contains(a.body, "Not for readers") {
			t.Errorf("%s shows the private article", path)
		}
	}
}

// TestOtherExportsAreImportedAndClickedThrough makes the journey with exports
// that E2E_WXR names: real ones, which the project does not carry.
func TestOtherExportsAreImportedAndClickedThrough(t *testing.T) {
	files := os.Getenv("E2E_WXR")
	if files == "" {
		t.Log("E2E_WXR names no other exports")
		return
	}
	for _, file := range filepath.SplitList(files) {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		t.Run(name, func(t *testing.T) {
			data := t.TempDir()
			run(t, "import", "wordpress", file, "-data", data)
			s := start(t, data, "serve")
			b := newBrowser(t)
			b.open(s.url + "/")
			pages := map[string]string{name + "-front": "/"}
			b.follow("main article h2 a")
			pages[name+"-article"] = b.path()
			for i, href := range hrefs(documentHTML(b)) {
				if to, ok := s.own("/", href); ok && i%5 == 0 {
					if a := s.get(t, to); a.status >= 500 {
						t.Errorf("%s answers %d", to, a.status)
					}
				}
			}
			b.follow(".crumbs li:nth-child(2) a")
			pages[name+"-section"] = b.path()
			html := map[string]string{}
			for page, path := range pages {
				html[page] = s.get(t, path).body
				for _, width := range []int64{390, 1440} {
					b.look(width, false)
					b.open(s.url + path)
					b.shoot(page + map[int64]string{390: "-phone", 1440: "-desk"}[width])
				}
			}
			validate(t, html)
		})
	}
}
