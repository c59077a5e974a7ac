//go:build e2e

package e2e

import (
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// article is the demo's longest story, with everything in it.
const article = "harbour-vote"

// forms are articles of each form, and in each of the demo's languages, by a name
// for messages and pictures.
var forms = map[string]string{"long-read": "last-keeper", "essay": "city-between-two-and-five", "gallery": "walk-in-pictures", "interview": "keeper-answers",
	"opinion": "open-the-books", "review": "ninth-buoy", "analysis": "rent-per-metre", "sponsored": "rainy-day-account", "table": "bay-league-table", "two-languages": "wells-of-tamassu",
	"arabic": "mussalih-alalat", "persian": "nanvai-bandar", "german": "muschelbaenke-sandwade", "russian": "nochi-v-observatorii", "ukrainian": "nichnyi-porom"}

// kinds are pages of each kind of the demo, by a name for messages and pictures.
func kinds(t *testing.T, s *site) map[string]string {
	t.Helper()
	pages := map[string]string{"front": "/", "section": "/city/", "nested-section": "/city/harbour/", "search": "/search/?q=harbour", "search-empty": "/search/",
		"search-nothing": "/search/?q=xylophonist", "page": "/about/", "authors": "/authors/", "corrections": "/corrections/", "missing": "/nowhere/at/all/"}
	front := s.get(t, "/").body
	pages["article"] = linkTo(t, s, article)
	for name, slug := range forms {
		pages[name] = linkTo(t, s, slug)
	}
	pages["article-reply"] = pages["article"] + "?reply=" + firstComment(t, s.get(t, pages["article"]).body) + "#reply"
	pages["article-held"] = pages["article"] + "?comment=held#reply"
	body := s.get(t, pages["article"]).body
	for name, prefix := range map[string]string{"topic": "/topic/", "author": "/author/"} {
		pages[name] = firstLink(t, front+body, prefix)
	}
	day := regexp.MustCompile(`/(\d{4})/(\d{2})/(\d{2})/`).FindStringSubmatch(pages["article"])
	pages["year"], pages["month"], pages["day"] = "/"+day[1]+"/", "/"+day[1]+"/"+day[2]+"/", day[0]
	return pages
}

// linkTo is the address of the article with a slug, as the archive has it.
func linkTo(t *testing.T, s *site, slug string) string {
	t.Helper()
	if s.stories == nil {
		s.stories = stories(t, s)
	}
	if s.stories[slug] == "" {
		t.Fatalf("no archive leads to %s", slug)
	}
	return s.stories[slug]
}

// stories are the addresses of all published articles, by slug: what the pages of
// the years' archives lead to.
func stories(t *testing.T, s *site) map[string]string {
	t.Helper()
	found := map[string]string{}
	last, err := strconv.Atoi(firstLink(t, s.get(t, "/").body, "/20")[1:5])
	if err != nil {
		t.Fatal(err)
	}
	for year := last; year >= 2022; year-- {
		for page := fmt.Sprintf("/%d/", year); page != ""; {
			a := s.get(t, page)
			page = ""
			for _, link := range elements(parse(t, a.body), "a") {
				href := attribute(link, "href")
				if m := ofArticle.FindStringSubmatch(href); m != nil {
					found[m[1]] = href
				} else if attribute(link, "rel") == "next" {
					page = href
				}
			}
		}
	}
	return found
}

var ofArticle = regexp.MustCompile(`/\d{4}/\d\d/\d\d/([^/]+)/$`)

func firstLink(t *testing.T, html, prefix string) string {
	t.Helper()
	for _, href := range hrefs(html) {
		if strings.HasPrefix(href, prefix) {
			return href
		}
	}
	t.Fatalf("nothing leads to %s…", prefix)
	return ""
}

func firstComment(t *testing.T, html string) string {
	t.Helper()
	_, rest, ok := strings.Cut(html, "?reply=")
	if !ok {
		t.Fatal("no comment can be answered")
	}
	return rest[:strings.IndexAny(rest, "#&\"")]
}

func TestEveryKindOfPageIsValidAndAccessible(t *testing.T) {
	t.Parallel()
	s := demo(t)
	pages := kinds(t, s)
	withdraw(t, s)
	pages["gone"] = pages["article"]
	pages["article"] = linkTo(t, s, "night-ferry")
	for _, name := range []string{"article-reply", "article-held"} {
		pages[name] = strings.Replace(pages[name], pages["gone"], pages["article"], 1)
	}
	pages["article-reply"] = pages["article"] + "?reply=" + firstComment(t, s.get(t, pages["article"]).body) + "#reply"

	html := map[string]string{}
	for name, path := range pages {
		want := map[string]int{"missing": 404, "gone": 410}[name]
		if want == 0 {
			want = 200
		}
		a := s.get(t, path)
		if a.status != want {
			t.Errorf("%s (%s) answers %d", name, path, a.status)
		}
		html[name] = a.body
	}
	wrong := s.post(t, pages["article"], url.Values{"name": {""}, "email": {"no address"}, "text": {"<b>Words</b>"}})
	if wrong.status != 422 {
		t.Errorf("a wrong comment is answered %d", wrong.status)
	}
	html["article-wrong"] = wrong.body
	empty := start(t, t.TempDir(), "serve")
	html["empty"] = empty.get(t, "/").body
	t.Run("HTML", func(t *testing.T) { validate(t, html) })

	b := newBrowser(t)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		b.open(s.url + pages[name])
		b.inspect(t, name, always)
	}
	b.open(s.url + pages["article"])
	b.write("#field-text", "Words")
	evaluate[bool](b, `document.querySelector("form[method=post]").noValidate = true`)
	b.follow("form[method=post] button")
	b.inspect(t, "article-wrong", always)
	b.open(empty.url + "/")
	b.inspect(t, "empty", always)
}

// The same paper, in Arabic: its pages run from right to left.
func TestEveryKindOfPageIsValidAndAccessibleFromRightToLeft(t *testing.T) {
	t.Parallel()
	s := demo(t)
	pages := kinds(t, s)
	s.beside(t, "settings", "set", "language", "ar")
	html := map[string]string{}
	for name, path := range pages {
		html[name] = s.get(t, path).body
		if root := elements(parse(t, html[name]), "html"); len(root) != 1 || attribute(root[0], "dir") != "rtl" {
			t.Errorf("%s does not run from right to left", name)
		}
	}
	t.Run("HTML", func(t *testing.T) { validate(t, html) })
	b := newBrowser(t)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		b.open(s.url + pages[name])
		b.inspect(t, "rtl-"+name, byDay)
	}
}

// withdraw takes the demo's long story away, as an editor would.
func withdraw(t *testing.T, s *site) {
	t.Helper()
	c := config.Default()
	c.Data = s.data
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	at, err := a.Store.Address(t.Context(), strings.TrimPrefix(linkTo(t, s, article), s.url))
	if err != nil {
		t.Fatal(err)
	}
	story, err := a.Store.Article(t.Context(), news.ArticleID(at.Target.ID))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Desk.Withdraw(t.Context(), desk.CommandLine, story.ID, story.Version); err != nil {
		t.Fatal(err)
	}
}

func TestTheFrontPageShowsNoStoryTwice(t *testing.T) {
	t.Parallel()
	s := demo(t)
	seen := map[string]int{}
	_, main, _ := strings.Cut(s.get(t, "/").body, "<main")
	for _, part := range strings.Split(main, "<article")[1:] {
		for _, href := range hrefs(part[:strings.Index(part, "</article>")]) {
			if strings.Count(href, "/") > 4 {
				seen[href]++
				break
			}
		}
	}
	if len(seen) < 12 {
		t.Fatalf("the front page shows %d stories", len(seen))
	}
	for href, n := range seen {
		if n > 1 {
			t.Errorf("%s stands there %d times", href, n)
		}
	}
}

// own is the path and query of an address on a page, if it is this site's.
func (s *site) own(page, href string) (string, bool) {
	base, err := url.Parse(s.url + page)
	if err != nil {
		return "", false
	}
	u, err := base.Parse(href)
	if err != nil || u.Scheme+"://"+u.Host != s.url {
		return "", false
	}
	u.Fragment = ""
	return u.RequestURI(), true
}

func TestReadersAreToldToNobody(t *testing.T) {
	t.Parallel()
	s := demo(t)
	b := newBrowser(t)
	for _, path := range kinds(t, s) {
		b.open(s.url + path)
		if cookies := evaluate[string](b, `document.cookie`); cookies != "" {
			t.Errorf("%s sets %s", path, cookies)
		}
		if a := s.get(t, path); a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets %s", path, a.header.Get("Set-Cookie"))
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.requests {
		if !strings.HasPrefix(r, s.url+"/") && !strings.HasPrefix(r, "data:") {
			t.Errorf("something was asked of %s", r)
		}
	}
	if len(b.requests) < 20 {
		t.Errorf("the browser made %d requests only", len(b.requests))
	}
	for _, p := range b.problems {
		if !strings.Contains(p, "404") {
			t.Errorf("the browser complains: %s", p)
		}
	}
}
