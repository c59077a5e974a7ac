//go:build e2e

package e2e

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is one tab of a Chromium of its own.
type browser struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string // addresses that it asked for
	problems []string // what it complained about on its console
}

func newBrowser(t testing.TB) *browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.Flag("hide-scrollbars", true))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has none for root
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := &browser{t: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(ev any) {
		if r, ok := ev.(*network.EventRequestWillBeSent); ok {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.requests = append(b.requests, r.Request.URL)
		}
	})
	if err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	go func() {
		for m, err := range consoleOf(ctx) {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.problems = append(b.problems, m)
			b.mu.Unlock()
		}
	}()
	return b
}

// consoleOf yields what a page complains about.
func consoleOf(ctx context.Context) func(func(string, error) bool) {
	return func(yield func(string, error) bool) {
		for m := range chromedp.Console(ctx) {
			if m.IsException() || m.Type == "error" || m.Type == "warning" {
				if !yield(m.String(), nil) {
					return
				}
			}
		}
	}
}

// patience is how long one step may take: what a page lacks is waited for, and a
// busy machine with several browsers takes long for what is there.
const patience = time.Minute

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to an address and waits for its page.
func (b *browser) open(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
}

// follow clicks what a CSS selector finds and waits for the page that this leads
// to.
func (b *browser) follow(selector string) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("following %s: %v", selector, err)
	}
}

// write types into a field.
func (b *browser) write(selector, words string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(selector), words))
}

// text is what a reader sees in the first element that a selector finds.
func (b *browser) text(selector string) string {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	s, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatalf("reading %s: %v", selector, err)
	}
	return s
}

// path is where the browser is, without the host.
func (b *browser) path() string {
	b.t.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		b.t.Fatal(err)
	}
	u, err := url.Parse(at)
	if err != nil {
		b.t.Fatal(err)
	}
	return u.RequestURI()
}

// evaluate runs a script that must give a T.
func evaluate[T any](b *browser, script string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, options...))
	if err != nil {
		b.t.Fatalf("%.80s: %v", script, err)
	}
	return v
}

// look sets the width of the window and whether the reader likes it dark.
func (b *browser) look(width int64, dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.do(chromedp.EmulateViewport(width, 900))
	// No smooth scrolling: a click must not meet what has moved on meanwhile.
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.t.Fatal(err)
	}
}

// withoutScripts turns JavaScript off for the pages that follow. The window is as
// tall as a page then, since scrolling to what is clicked takes a script.
func (b *browser) withoutScripts() {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(1280, 6000))
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		b.t.Fatal(err)
	}
}

// shoot keeps a picture of the whole page where E2E_SHOTS asks for it.
func (b *browser) shoot(name string) {
	b.t.Helper()
	dir := os.Getenv("E2E_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// documentHTML is the page as it is, which can be asked for without scripts on
// the page, too.
func documentHTML(b *browser) string {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	html, err := chromedp.Run(ctx, chromedp.OuterHTML(chromedp.CSS("html")))
	if err != nil {
		b.t.Fatal(err)
	}
	return html
}

// drag presses the mouse at one place and lets it go at another.
func (b *browser) drag(x1, y1, x2, y2 float64) {
	b.t.Helper()
	const steps = 4
	mouse := func(kind input.DispatchMouseEventType, x, y float64) {
		p := input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}
		if _, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, p); err != nil {
			b.t.Fatal(err)
		}
	}
	mouse("mousePressed", x1, y1)
	for step := 1.0; step <= steps; step++ {
		mouse("mouseMoved", x1+(x2-x1)*step/steps, y1+(y2-y1)*step/steps)
	}
	mouse("mouseReleased", x2, y2)
}
