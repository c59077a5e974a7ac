//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// docsImages is where the pictures of the documentation stand.
const docsImages = "../docs/images"

// TestPicturesOfTheDocs takes the pictures that docs/NEWSROOM.md shows, of the demo.
// With E2E_KEEP=1 they are kept anew; without, it prints which of them look different
// by now. It fails where the page shows one that nobody takes, or the other way
// round.
func TestPicturesOfTheDocs(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ada@lantern.example", "Ada Marsh", "administrator"), "ada@lantern.example")
	b.look(1280, false)
	at := func(path string) func() { return func() { b.open(s.newsroom() + path) } }
	article := func() {
		b.open(s.newsroom() + "/newsroom/articles/?q=council+votes")
		b.follow(".stories b a")
		b.ready()
	}
	shots := map[string]func(){
		"articles": at("/newsroom/articles/"),
		"calendar": at("/newsroom/calendar/"),
		"changes": func() {
			b.open(s.newsroom() + "/newsroom/articles/?q=first+dredger")
			b.follow(".stories b a")
			b.ready()
			evaluate[bool](b, `(() => { document.getElementById("headline").value = "First dredger expected at Kelmouth in spring"; return true; })()`)
			b.follow(`button[value="later"]`)
			b.open(s.newsroom() + "/newsroom/changes/")
		},
		"fronts":   at("/newsroom/fronts/0"),
		"menus":    at("/newsroom/menus/main"),
		"pictures": at("/newsroom/pictures/"),
		"picture":  at("/newsroom/pictures/1"),
		"settings": at("/newsroom/settings/look"),
		"stages":   at("/newsroom/stages/"),
		"start":    at("/newsroom/"),
		"article":  article,
		"preview": func() {
			article()
			b.follow(`button[value="preview"]`)
		},
		"comments": func() {
			b.open(s.newsroom() + "/newsroom/comments/")
			b.keys("j")
		},
	}
	for _, name := range slices.Sorted(maps.Keys(shots)) {
		shots[name]()
		b.settle()
		b.keepForDocs(name)
	}
	page, err := os.ReadFile("../docs/NEWSROOM.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, m := range regexp.MustCompile(`\]\(images/newsroom-([a-z-]+)\.jpg\)`).FindAllStringSubmatch(string(page), -1) {
		shown[m[1]] = true
		if shots[m[1]] == nil {
			t.Errorf("docs/NEWSROOM.md shows a picture that nobody takes: %s", m[1])
		}
	}
	for name := range shots {
		if !shown[name] {
			t.Errorf("docs/NEWSROOM.md does not show the picture %s", name)
		}
	}
}

// keepForDocs takes a picture of the window, and keeps it or compares it with the
// one that is kept.
func (b *browser) keepForDocs(name string) {
	b.t.Helper()
	shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	now, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		b.t.Fatal(err)
	}
	file := filepath.Join(docsImages, "newsroom-"+name+".jpg")
	if os.Getenv("E2E_KEEP") != "" {
		var packed bytes.Buffer
		if err := jpeg.Encode(&packed, now, &jpeg.Options{Quality: 82}); err != nil {
			b.t.Fatal(err)
		}
		if err := os.WriteFile(file, packed.Bytes(), 0o644); err != nil {
			b.t.Fatal(err)
		}
		return
	}
	kept, err := os.Open(file)
	if err != nil {
		b.t.Errorf("%v: E2E_KEEP=1 go test -tags e2e -run TestPicturesOfTheDocs ./e2e takes it", err)
		return
	}
	defer kept.Close()
	before, err := jpeg.Decode(kept)
	if err != nil {
		b.t.Fatal(err)
	}
	if d := difference(gridOf(before), gridOf(now)); d > 0.06 {
		fmt.Printf("      docs/images/newsroom-%s.jpg looks different: %.0f %%\n", name, 100*d)
	}
}

// gridOf is how light a picture is in each of its cells, as a fingerprint has it.
func gridOf(img image.Image) string {
	var out strings.Builder
	size := img.Bounds().Size()
	for y := range cells {
		for x := range cells {
			cell := image.Rect(x*size.X/cells, y*size.Y/cells, (x+1)*size.X/cells, (y+1)*size.Y/cells)
			fmt.Fprintf(&out, "%x", lightness(img, cell)>>4)
		}
	}
	return out.String()
}
