package demo

import (
	"strings"

	"golang.org/x/net/html"

	"broadsheet/internal/news"
)

// names is a set of slugs that can be referred to.
type names map[string]bool

// gather makes the set of a list's slugs; two of the same are a mistake.
func gather[T any](r *reader, kind string, list []T, slug func(T) string) names {
	set := names{}
	for _, one := range list {
		s := slug(one)
		if s == "" || set[s] {
			r.fail("%s: the slug %q is missing or stands twice", kind, s)
		}
		set[s] = true
	}
	return set
}

// known holds every slug of a paper.
type known struct{ sections, people, topics, pictures, articles, pages names }

// check finds what leads nowhere and what is not whole.
func (r *reader) check(p *Paper) {
	var k known
	k.people = gather(r, "people", p.People, func(x Person) string { return x.Slug })
	k.topics = gather(r, "topics", p.Topics, func(x Topic) string { return x.Slug })
	k.pictures = gather(r, "pictures", p.Pictures, func(x Picture) string { return x.Slug })
	k.articles = gather(r, "articles", p.Articles, func(x Article) string { return x.Slug })
	k.pages = gather(r, "pages", p.Pages, func(x Page) string { return x.Slug })
	k.sections = names{}
	for _, s := range p.Sections {
		r.refer("section "+s.Slug, "parent", s.Parent, k.sections, true)
		k.sections[s.Slug] = true
	}
	gather(r, "sections", p.Sections, func(x Section) string { return x.Slug })

	for field, problem := range p.Settings.Check() {
		r.fail("paper.toml: %s: %s", field, problem)
	}
	for i := range p.Ads {
		for field, problem := range p.Ads[i].Check() {
			r.fail("paper.toml: ad %q: %s: %s", p.Ads[i].Name, field, problem)
		}
		if path := p.Ads[i].Link; strings.HasPrefix(path, "/") {
			r.refer("ad "+p.Ads[i].Name, "page", strings.Trim(path, "/"), k.pages, false)
		}
	}
	for _, m := range p.Menus {
		r.checkMenu("menu "+m.Name, m.Items, k)
	}
	for _, x := range p.People {
		r.refer(x.Slug, "picture", x.Picture, k.pictures, true)
	}
	for _, x := range p.Pictures {
		if x.Alt == "" || x.Caption == "" || x.Credit == "" {
			r.fail("picture %s: alt, caption or credit is missing", x.Slug)
		}
	}
	for i := range p.Articles {
		r.checkArticle(&p.Articles[i], k)
	}
	for _, x := range p.Pages {
		if x.Headline == "" || x.Standfirst == "" {
			r.fail("page %s: headline or standfirst is missing", x.Slug)
		}
		r.checkBody("page "+x.Slug, x.Body, k)
	}
	r.checkComments(p)
}

// refer fails when slug is not in the set; optional lets "" pass.
func (r *reader) refer(who, what, slug string, in names, optional bool) {
	if slug == "" && optional || in[slug] {
		return
	}
	r.fail("%s: there is no %s %q", who, what, slug)
}

func (r *reader) checkMenu(who string, items []MenuItem, k known) {
	for _, it := range items {
		targets := 0
		for _, t := range []string{it.Section, it.Topic, it.Page, it.URL} {
			if t != "" {
				targets++
			}
		}
		if targets != 1 || it.URL != "" && it.Label == "" {
			r.fail("%s: %+v leads to none or to several, or has no label", who, it)
		}
		r.refer(who, "section", it.Section, k.sections, true)
		r.refer(who, "topic", it.Topic, k.topics, true)
		r.refer(who, "page", it.Page, k.pages, true)
		r.checkMenu(who, it.Items, k)
	}
}

func (r *reader) checkArticle(a *Article, k known) {
	if a.Kicker == "" || a.Headline == "" || a.Standfirst == "" {
		r.fail("%s: kicker, headline or standfirst is missing", a.Slug)
	}
	r.refer(a.Slug, "section", a.Section, k.sections, false)
	for _, s := range a.AlsoIn {
		r.refer(a.Slug, "section", s, k.sections, false)
	}
	for _, t := range a.Topics {
		r.refer(a.Slug, "topic", t, k.topics, false)
	}
	if len(a.Byline) == 0 && a.Source.Name == "" {
		r.fail("%s: neither byline nor source", a.Slug)
	}
	if s := a.Source; s.Name != "" && (s.URL == "" || s.Licence == "") {
		r.fail("%s: the source has no address or no licence", a.Slug)
	}
	for _, c := range a.Byline {
		r.refer(a.Slug, "person", c.Person, k.people, false)
	}
	r.refer(a.Slug, "picture", a.Picture, k.pictures, true)
	r.refer(a.Slug, "article", a.Original, k.articles, true)
	if a.Genre == news.Sponsored == (a.Sponsor == "") {
		r.fail("%s: a sponsored article names its sponsor, and no other does", a.Slug)
	}
	for _, c := range a.Corrections {
		if a.State != news.Published || c.Made.After(r.now) || c.Text == "" {
			r.fail("%s: a correction is empty, in the future, or of what is not public", a.Slug)
		}
	}
	r.checkBody(a.Slug, a.Body, k)
	if a.Published.After(r.now) || a.Updated.After(r.now) {
		r.fail("%s: appears in the future", a.Slug)
	}
	if a.State == news.Scheduled && !a.Scheduled.After(r.now) {
		r.fail("%s: its hour has passed", a.Slug)
	}
}

// checkBody looks where the links and pictures of a body lead.
func (r *reader) checkBody(who, body string, k known) {
	if body == "" {
		r.fail("%s: no body", who)
	}
	for z := html.NewTokenizer(strings.NewReader(body)); ; {
		if z.Next() == html.ErrorToken {
			return // the end: a string can't fail to be read
		}
		t := z.Token()
		for _, attr := range t.Attr {
			slug, ours := strings.CutPrefix(attr.Val, "demo:")
			switch {
			case attr.Key == "href" && ours:
				r.refer(who, "article", slug, k.articles, false)
			case attr.Key == "src":
				r.refer(who, "picture", slug, k.pictures, false)
			case attr.Key == "href" && strings.HasPrefix(attr.Val, "/"):
				r.refer(who, "page", strings.Trim(attr.Val, "/"), k.pages, false)
			}
		}
	}
}

// checkComments follows each thread up: a reader answers what stands under the
// same article, is seen, and was there before.
func (r *reader) checkComments(p *Paper) {
	public := names{}
	for _, a := range p.Articles {
		public[a.Slug] = a.State == news.Published
	}
	before := map[string]Comment{}
	for _, c := range p.Comments {
		if !public[c.Article] {
			r.fail("comment %s: there is no public article %q", c.ID, c.Article)
		}
		if _, twice := before[c.ID]; twice || c.ID == "" {
			r.fail("comments: the id %q is missing or stands twice", c.ID)
		}
		if parent, ok := before[c.Parent]; c.Parent != "" && (!ok || parent.Article != c.Article || parent.State != news.Approved) {
			r.fail("comment %s: it answers %q, which is not seen under that article by then", c.ID, c.Parent)
		}
		n := news.Comment{Name: c.Name, Email: c.Email, Text: c.Text}
		if wrong := n.Check(); wrong != nil {
			r.fail("comment %s: %v", c.ID, wrong)
		}
		if c.Posted.After(r.now) {
			r.fail("comment %s: posted in the future", c.ID)
		}
		before[c.ID] = c
	}
}
