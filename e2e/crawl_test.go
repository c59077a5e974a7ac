//go:build e2e

package e2e

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestEverythingThatThePaperNamesIsThere(t *testing.T) {
	t.Parallel()
	s := demo(t)
	c := crawl(t, s, s.url)
	if len(c.pages) < 100 {
		t.Errorf("only %d pages were met", len(c.pages))
	}
	t.Run("each story has the slot that its length allows", func(t *testing.T) { slotsFitStories(t, c) })
	t.Run("each page has one headline", func(t *testing.T) {
		for path, page := range c.pages {
			if n := len(elements(page, "h1")); n != 1 {
				t.Errorf("%s has %d", path, n)
			}
		}
	})
}

func TestEverythingThatAnImportedPaperNamesIsThere(t *testing.T) {
	t.Parallel()
	crawl(t, mercurySite(t), mercury)
}

// crawler follows all that a paper names.
type crawler struct {
	t    *testing.T
	site *site
	home string // where the paper says that it stands

	namedBy   map[string]string          // path and query -> a page that names it
	pages     map[string]*html.Node      // the HTML pages among them
	fragments map[string]map[string]bool // path and query -> places on it that are named
	queue     []string
}

// crawl reads everything that can be reached from the front page and fails the
// test for what is not there, and for what would load from elsewhere.
func crawl(t *testing.T, s *site, home string) *crawler {
	t.Helper()
	c := &crawler{t: t, site: s, home: home, namedBy: map[string]string{"/": "the start"}, pages: map[string]*html.Node{},
		fragments: map[string]map[string]bool{}, queue: []string{"/"}}
	for len(c.queue) > 0 {
		path := c.queue[0]
		c.queue = c.queue[1:]
		c.visit(path)
	}
	c.checkFragments()
	t.Logf("%d addresses, %d of them pages", len(c.namedBy), len(c.pages))
	return c
}

func (c *crawler) visit(path string) {
	a := c.site.get(c.t, path)
	if a.status != 200 {
		c.t.Errorf("%s answers %d; it is named by %s", path, a.status, c.namedBy[path])
		return
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		c.pages[path] = parse(c.t, a.body)
	}
	for _, r := range references(c.t, a) {
		if r.apart && !strings.HasPrefix(r.address, "http") {
			c.t.Errorf("%s names %q without a host (%s)", path, r.address, r.from)
		}
		to, place, own := c.own(a.at, r.address)
		switch {
		case !own && r.loads:
			c.t.Errorf("%s loads %s from elsewhere (%s)", path, r.address, r.from)
		case !own:
			continue
		case c.namedBy[to] == "":
			c.namedBy[to] = path + " (" + r.from + ")"
			c.queue = append(c.queue, to)
		}
		if own && place != "" {
			if c.fragments[to] == nil {
				c.fragments[to] = map[string]bool{}
			}
			c.fragments[to][place] = true
		}
	}
}

// own is the path with query, and the place on that page, of an address that
// belongs to the paper.
func (c *crawler) own(page, address string) (path, place string, ok bool) {
	base, err := url.Parse(c.site.url + page)
	if err != nil {
		c.t.Fatal(err)
	}
	u, err := base.Parse(address)
	if err != nil {
		c.t.Errorf("%s names %q, which is no address", page, address)
		return "", "", false
	}
	if origin := u.Scheme + "://" + u.Host; origin != c.site.url && origin != c.home {
		return "", "", false
	}
	return u.RequestURI(), u.Fragment, true
}

// checkFragments fails the test for links to a place that a page does not have.
func (c *crawler) checkFragments() {
	for path, places := range c.fragments {
		page := c.pages[path]
		if page == nil {
			continue
		}
		for _, e := range elements(page, "") {
			delete(places, attribute(e, "id"))
		}
		for _, place := range slices.Sorted(maps.Keys(places)) {
			c.t.Errorf("%s has no place #%s; it is named by %s", path, place, c.namedBy[path])
		}
	}
}
