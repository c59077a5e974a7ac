//go:build e2e

package e2e

import (
	"encoding/json"
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
	for name, path := range pages {
		for _, width := range []int64{390, 1440} {
			b.look(width, false)
			if shift := s.shiftOf(b, path); shift > 0 {
				t.Errorf("%s, %d px wide: things moved while it loaded: cumulative layout shift %.3f", name, width, shift)
			}
		}
		var got struct{ CSS, JS, Fonts, Requests int }
		said := evaluate[string](b, `(() => {
			const sum = (end) => performance.getEntriesByType("resource").filter((e) => new URL(e.name).pathname.endsWith(end)).reduce((n, e) => n + e.encodedBodySize, 0);
			return JSON.stringify({ css: sum(".css"), js: sum(".js"), fonts: sum(".woff2"), requests: performance.getEntriesByType("resource").length });
		})()`)
		if err := json.Unmarshal([]byte(said), &got); err != nil {
			t.Fatal(err)
		}
		if got.CSS == 0 || got.CSS > mostCSS || got.JS == 0 || got.JS > mostJS || got.Fonts == 0 || got.Fonts > mostFonts {
			t.Errorf("%s: %d bytes of styles (of %d), %d of scripts (of %d), %d of fonts (of %d)", name, got.CSS, mostCSS, got.JS, mostJS, got.Fonts, mostFonts)
		}
		t.Logf("%-16s styles %5d, scripts %4d, fonts %6d bytes, %d requests", name, got.CSS, got.JS, got.Fonts, got.Requests)
	}
}

// shiftOf opens a page and measures its layout shift.
func (s *site) shiftOf(b *browser, path string) float64 {
	b.t.Helper()
	b.open(s.url + path)
	b.settle()
	return evaluate[float64](b, layoutShift, chromedp.EvalAwaitPromise)
}
