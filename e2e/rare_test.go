//go:build e2e

package e2e

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// rare is a page that few readers meet, and how it is asked for.
type rare struct {
	site   *site
	path   string
	form   url.Values // what is posted to it; nil for a page that is only read
	status int
}

// rarePages are kinds of pages, and states of them, that no link of the front
// page leads to, by a name for messages and pictures.
func rarePages(t *testing.T, demo, imported *site) map[string]rare {
	t.Helper()
	run(t, "settings", "set", "list_length", "4", "-data", demo.data)
	pages := map[string]rare{}
	read := func(name string, s *site, path string) { pages[name] = rare{s, path, nil, 200} }
	for name, first := range map[string]string{"section": "/city/", "topic": "/topic/harbour-vote/", "author": "/author/ines-hallward/", "archive": "/2026/", "search": "/search/?q=harbour"} {
		if name == "archive" {
			first = firstLink(t, demo.get(t, "/").body, "/20")[:len("/2026/")]
		}
		read(name+"-page-2", demo, next(t, demo, first))
	}
	for name, slug := range map[string]string{"article-russian": "seamens-club", "article-table": "container-years", "article-syndicated": "ship-noise", "article-closed": "deepening-plan-2022"} {
		read(name, demo, linkTo(t, demo, slug))
	}
	read("article-everything", imported, proofSheet)
	read("article-embed", imported, nightTram)
	read("article-other-script", imported, ferryAgain)
	read("article-short", imported, "/2026/03/lost-umbrella/")
	read("page-with-pages-below", imported, "/about/")
	read("page-below", imported, "/about/house-rules/")
	read("imported-front", imported, "/")
	read("imported-section", imported, "/city/transport/")

	answered := firstComment(t, imported.get(t, nightTram).body)
	pages["answer-wrong"] = rare{imported, nightTram, url.Values{"text": {"“Quoted” & <b>marked</b>\n\nمرحبا"}, "name": {strings.Repeat("N", 81)}, "email": {"nobody"}, "reply": {answered}}, 422}
	pages["answer-to-nobody"] = rare{imported, nightTram, url.Values{"text": {"To whom?"}, "name": {"Ida"}, "email": {"ida@post.example"}, "reply": {"999999"}}, 422}
	return pages
}

// next is where a list goes on.
func next(t *testing.T, s *site, list string) string {
	t.Helper()
	for _, a := range elements(parse(t, s.get(t, list).body), "a") {
		if attribute(a, "rel") == "next" {
			return attribute(a, "href")
		}
	}
	t.Fatalf("%s does not go on", list)
	return ""
}

func TestRarePagesAreValidAndAccessibleAndQuiet(t *testing.T) {
	t.Parallel()
	demo, imported := demo(t), mercurySite(t)
	pages := rarePages(t, demo, imported)
	valid := map[string]string{}
	for name, p := range pages {
		a := p.answer(t)
		if a.status != p.status {
			t.Errorf("%s (%s) answers %d, want %d", name, p.path, a.status, p.status)
		}
		valid[name] = a.body
		checkByEye(t, name, parse(t, a.body))
	}
	t.Run("HTML", func(t *testing.T) { validate(t, valid) })
	b := newBrowser(t)
	w := b.witness()
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		b.ask(pages[name])
		b.inspect(t, name, always)
		w.check(t, name, pages[name].status, demo, imported)
	}
	b.checkNothingKept(t)
}

func (p rare) answer(t *testing.T) answer {
	t.Helper()
	if p.form != nil {
		return p.site.post(t, p.path, p.form)
	}
	return p.site.get(t, p.path)
}

// ask opens a page, by way of the form on it where something is to be posted.
func (b *browser) ask(p rare) {
	b.t.Helper()
	b.open(p.site.url + p.path)
	if p.form == nil {
		return
	}
	for name := range p.form {
		evaluate[bool](b, `((form, name, value) => {
			const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), {type: "hidden", name}));
			field.removeAttribute("maxlength");
			field.value = value;
			return true;
		})(document.querySelector("form[method=post]"), `+quoted(name)+`, `+quoted(p.form.Get(name))+`)`)
	}
	b.follow("form[method=post] button")
}

// window is how somebody looks at a page. Its pictures may be wider than what is
// checked.
type window struct {
	name          string
	width, inShot int64
	dark          bool
}

var (
	phoneByDay = window{"phone", 390, 390, false}
	deskByDay  = window{"desk", 1280, 1440, false}
	byDay      = []window{phoneByDay, deskByDay}
	always     = []window{phoneByDay, {"phone-dark", 390, 390, true}, deskByDay, {"desk-dark", 1280, 1440, true}}
)

// inspect looks at the open page as readers with different windows do, and keeps
// pictures of it.
func (b *browser) inspect(t *testing.T, name string, windows []window) {
	t.Helper()
	// Else a picture of the whole page lacks what nobody has scrolled to.
	evaluate[bool](b, `Promise.all(Array.from(document.images, i => (i.loading = "eager", i.decode().catch(() => 0)))).then(() => true)`, chromedp.EvalAwaitPromise)
	for _, view := range windows {
		b.look(view.width, view.dark)
		// Chromium may show a typeface that it has kept a moment late: on a busy
		// machine a line of another script then moves. TestAPageWeighsLittle has
		// nothing kept, and wants nothing at all to move.
		if shift := evaluate[float64](b, layoutShift, chromedp.EvalAwaitPromise); shift >= 0.1 {
			t.Errorf("%s, %s: things moved while it loaded: cumulative layout shift %.3f", name, view.name, shift)
		}
		var rules []string // all
		if view.dark {
			rules = []string{"color-contrast"} // nothing else hangs on colours
		}
		for _, v := range b.axe(rules...) {
			t.Errorf("%s, %s: %s", name, view.name, v)
		}
		b.look(view.inShot, view.dark)
		b.shoot(name + "-" + view.name)
	}
	// WCAG 2.2, 1.4.10: 320 px is what a desk's window has left at 400 %.
	for _, width := range []int64{320, 390, 1280} {
		b.look(width, false)
		if over := evaluate[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			t.Errorf("%s is %d px too wide for a window of %d", name, over, width)
		}
	}
}

// layoutShift is the cumulative layout shift since the page began to load, as
// https://web.dev/articles/cls counts it: without what follows from a window
// that somebody has resized.
const layoutShift = `new Promise((done) => {
	let sum = 0;
	new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({ type: "layout-shift", buffered: true });
	setTimeout(() => done(sum), 50);
})`

// checkByEye finds what no validator knows of: what a template has left
// unfilled, empty headings, and a card whose picture leads elsewhere than its
// headline.
func checkByEye(t *testing.T, name string, page *html.Node) {
	t.Helper()
	shown := words(page)
	for _, left := range []string{"{{", "%!", "<no value>", "ZgotmplZ"} {
		if strings.Contains(shown, left) {
			t.Errorf("%s shows %q", name, left)
		}
	}
	for _, level := range []string{"h1", "h2", "h3", "h4"} {
		for _, h := range elements(page, level) {
			if words(h) == "" {
				t.Errorf("%s has an empty %s", name, level)
			}
		}
	}
	for _, card := range elements(page, "article", "card") {
		headline := one(t, one(t, card, "h3"), "a")
		for _, picture := range elements(card, "a", "thumb") {
			if to, want := attribute(picture, "href"), attribute(headline, "href"); to != want {
				t.Errorf("%s: the picture beside %q leads to %s", name, words(headline), to)
			}
		}
	}
}
