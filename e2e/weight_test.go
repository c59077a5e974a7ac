//go:build e2e

package e2e

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Bounds on what a page takes over the line, in bytes.
const (
	mostCSS   = 20 << 10
	mostJS    = 5 << 10
	mostFonts = 100 << 10
)

func TestAPageWeighsLittle(t *testing.T) {
	t.Parallel()
	s := demo(t)
	pages := kinds(t, s)
	for _, slug := range []string{"seamens-club", "arabic-shelves", "shatranj-gannet", "subotnia-shkola"} {
		pages[slug] = linkTo(t, s, slug)
	}
	b := newBrowser(t)
	if _, err := chromedp.Call(b.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		t.Fatal(err) // each visit is to be a first one
	}
	type weight struct{ CSS, JS, Fonts int }
	var most weight
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		path := pages[name]
		for _, width := range []int64{390, 1440} {
			b.look(width, false)
			shift := s.shiftOf(b, path)
			if shift > 0 { // Chromium that got no time shows a typeface late: that stands still next time
				t.Logf("%s, %d px wide: moved by %.3f, visited once more", name, width, shift)
				shift = s.shiftOf(b, path)
			}
			if shift > 0 {
				t.Errorf("%s, %d px wide: things moved while it loaded: cumulative layout shift %.3f", name, width, shift)
			}
		}
		var got weight
		said := evaluate[string](b, `(() => {
			const sum = (end) => performance.getEntriesByType("resource").filter((e) => new URL(e.name).pathname.endsWith(end)).reduce((n, e) => n + e.encodedBodySize, 0);
			return JSON.stringify({ css: sum(".css"), js: sum(".js"), fonts: sum(".woff2") });
		})()`)
		if err := json.Unmarshal([]byte(said), &got); err != nil {
			t.Fatal(err)
		}
		if got.CSS == 0 || got.CSS > mostCSS || got.JS == 0 || got.JS > mostJS || got.Fonts == 0 || got.Fonts > mostFonts {
			t.Errorf("%s: %d bytes of styles (of %d), %d of scripts (of %d), %d of fonts (of %d)", name, got.CSS, mostCSS, got.JS, mostJS, got.Fonts, mostFonts)
		}
		most = weight{max(most.CSS, got.CSS), max(most.JS, got.JS), max(most.Fonts, got.Fonts)}
	}
	t.Logf("at most %d bytes of styles, %d of scripts, %d of fonts on one of %d pages", most.CSS, most.JS, most.Fonts, len(pages))
}

// shiftOf opens a page and measures its layout shift.
func (s *site) shiftOf(b *browser, path string) float64 {
	b.t.Helper()
	b.open(s.url + path)
	b.settle()
	return evaluate[float64](b, layoutShift, chromedp.EvalAwaitPromise)
}
