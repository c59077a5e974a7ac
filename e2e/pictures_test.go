//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// widths are those of a phone, a tablet and a desk, in CSS pixels.
var widths = []int64{360, 768, 1440}

// dozen are the views whose fingerprints are kept: page, width, scheme and
// language of the paper.
var dozen = []view{
	{"front", 360, false, "en"}, {"front", 768, false, "en"}, {"front", 1440, false, "en"}, {"front", 1440, true, "en"}, {"front", 1440, false, "ar"},
	{"article", 360, false, "en"}, {"article", 1440, false, "en"}, {"article", 1440, true, "ar"},
	{"section", 1440, false, "en"}, {"author", 768, false, "en"}, {"month", 1440, false, "en"}, {"missing", 360, true, "en"},
}

// view is a page as somebody sees it.
type view struct {
	page     string
	width    int64
	dark     bool
	language string
}

func (v view) String() string {
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	return fmt.Sprintf("%s-%s-%d-%s", v.page, v.language, v.width, scheme)
}

// fingerprints is where the kept ones stand: a view and its fingerprint a line.
const fingerprints = "testdata/fingerprints.txt"

// TestPages takes pictures of pages. It takes the dozen, and prints which of them
// look different than when their fingerprints were kept; fonts and Chromium
// change, so a difference fails nothing. With E2E_SHOTS=DIR it takes every kind
// of page in every width, scheme and direction instead and keeps the pictures
// there; with E2E_KEEP=1 it keeps the dozen's fingerprints anew.
func TestPages(t *testing.T) {
	t.Parallel()
	papers := map[string]*site{}
	pages := map[string]map[string]string{}
	for _, language := range []string{"en", "ar"} {
		papers[language] = demo(t)
		pages[language] = kinds(t, papers[language])
		run(t, "settings", "set", "language", language, "-data", papers[language].data)
	}
	b := newBrowser(t)
	if os.Getenv("E2E_SHOTS") != "" {
		for _, page := range slices.Sorted(maps.Keys(pages["en"])) {
			for _, language := range []string{"en", "ar"} {
				for _, width := range widths {
					for _, dark := range []bool{false, true} {
						v := view{page, width, dark, language}
						b.look(v.width, v.dark)
						b.open(papers[language].url + pages[language][page])
						b.settle()
						b.shoot(v.String())
					}
				}
			}
		}
		return
	}
	kept := keptFingerprints(t)
	var now strings.Builder
	for _, v := range dozen {
		b.look(v.width, v.dark)
		b.open(papers[v.language].url + pages[v.language][v.page])
		b.settle()
		got := fingerprint(t, b)
		fmt.Fprintf(&now, "%s %s\n", v, got)
		switch before, ok := kept[v.String()]; {
		case !ok:
			fmt.Printf("      %s has no fingerprint\n", v)
		case difference(before, got) > 0.06:
			fmt.Printf("      %s looks different: %.0f %%\n", v, 100*difference(before, got))
		}
	}
	if os.Getenv("E2E_KEEP") != "" {
		if err := os.MkdirAll(filepath.Dir(fingerprints), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(fingerprints, []byte(now.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// settle has the page fetch what it would fetch while a reader scrolls.
func (b *browser) settle() {
	b.t.Helper()
	evaluate[bool](b, `(async () => {
		for (const i of document.images) i.loading = "eager";
		await document.fonts.ready;
		await Promise.all([...document.images].filter((i) => i.offsetParent).map((i) => i.decode().catch(() => 0)));
		return true;
	})()`, chromedp.EvalAwaitPromise)
}

func keptFingerprints(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	f, err := os.Open(fingerprints)
	if os.IsNotExist(err) {
		return all
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		name, print, _ := strings.Cut(s.Text(), " ")
		all[name] = print
	}
	return all
}

// cells is how many a fingerprint has on each side.
const cells = 12

// fingerprint is how light the window is in each of its cells, one hexadecimal
// digit each: enough to see that a layout has changed, and nothing more.
func fingerprint(t *testing.T, b *browser) string {
	t.Helper()
	shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	return gridOf(img)
}

// lightness is the mean of a cell, 0 to 255.
func lightness(img image.Image, cell image.Rectangle) int {
	sum, n := 0, 0
	for y := cell.Min.Y; y < cell.Max.Y; y += 2 {
		for x := cell.Min.X; x < cell.Max.X; x += 2 {
			r, g, b, _ := img.At(x, y).RGBA()
			sum += int(299*r+587*g+114*b) / 1000 >> 8
			n++
		}
	}
	return sum / max(n, 1)
}

// difference is the mean one of two fingerprints, 0 to 1.
func difference(a, b string) float64 {
	if len(a) != len(b) || a == "" {
		return 1
	}
	sum := 0
	for i := range a {
		var x, y int
		fmt.Sscanf(a[i:i+1]+" "+b[i:i+1], "%x %x", &x, &y)
		sum += max(x-y, y-x)
	}
	return float64(sum) / float64(15*len(a))
}
