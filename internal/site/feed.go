package site

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
)

// feedLength is how many articles a feed tells of.
const feedLength = 20

// rss is an RSS 2.0 feed (rssboard.org/rss-specification), with the modules
// content, Dublin Core and Atom that readers' programs know.
type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Self        rssSelf   `xml:"atom:link"`
	Updated     string    `xml:"lastBuildDate,omitempty"`
	Items       []rssItem `xml:"item"`
}

type rssSelf struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Creators    []string `xml:"dc:creator"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description"`
	Body        string   `xml:"content:encoded"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Value       string `xml:",chardata"`
}

const (
	feedKind = "feed"
	feedType = "application/rss+xml; charset=utf-8"
)

// paperFeed answers with the whole paper's feed.
func (s *Site) paperFeed(w http.ResponseWriter, r *http.Request) error {
	return s.send(w, r, feedKey(0), s.way().to(r.URL.Path))
}

// loadFeed makes the feed of the newest articles of the paper, or of the section
// whose id the key has.
func (s *Site) loadFeed(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		f, err := r.feed(ctx, news.SectionID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		b, err := xml.MarshalIndent(f, "", "\t")
		if err != nil {
			return page.View{}, fmt.Errorf("writing the feed: %w", err)
		}
		return page.View{Ready: append([]byte(xml.Header), b...), Type: feedType}, nil
	})
}

func (r *reading) feed(ctx context.Context, section news.SectionID) (rss, error) {
	settings := r.settings
	ch := rssChannel{Title: settings.Title, Link: settings.Address + "/", Description: settings.Tagline, Language: settings.Language}
	self := "/feed/"
	var teasers []news.Teaser
	var err error
	if sec := r.sections.at(section); sec != nil {
		ch.Title = sec.Name + " – " + settings.Title
		ch.Link = settings.Address + urlPath(sec.Path)
		self = sec.Path + "feed/"
		teasers, err = r.Listed(ctx, news.Target{Noun: news.SectionNoun, ID: int64(section)}, news.Place{}, feedLength)
	} else {
		teasers, err = r.Latest(ctx, news.Place{}, time.Time{}, feedLength)
	}
	if err != nil {
		return rss{}, err
	}
	ch.Self = rssSelf{Href: settings.Address + urlPath(self), Rel: "self", Type: "application/rss+xml"}
	if ch.Items, err = r.feedItems(ctx, teasers); err != nil {
		return rss{}, err
	}
	if len(teasers) > 0 {
		ch.Updated = teasers[0].Published.In(r.zone).Format(time.RFC1123Z)
	}
	return rss{Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Atom: "http://www.w3.org/2005/Atom", Channel: ch}, nil
}

// feedItems tells of articles in full, in the order of teasers.
func (r *reading) feedItems(ctx context.Context, teasers []news.Teaser) ([]rssItem, error) {
	ids := make([]news.ArticleID, len(teasers))
	for i, t := range teasers {
		ids[i] = t.ID
	}
	list, err := r.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	at := make(map[news.ArticleID]*news.Article, len(list))
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	items := make([]rssItem, 0, len(ids))
	for _, id := range ids {
		a := at[id]
		if a == nil {
			continue
		}
		link := r.settings.Address + urlPath(a.Path)
		it := rssItem{Title: a.Headline, Link: link, Description: a.Summary, Published: a.Published.In(r.zone).Format(time.RFC1123Z)}
		it.GUID = rssGUID{IsPermaLink: a.GUID == "", Value: a.GUID}
		if a.GUID == "" {
			it.GUID.Value = link
		}
		for _, sec := range a.Sections {
			if s := r.sections.at(sec); s != nil {
				it.Categories = append(it.Categories, s.Name)
			}
		}
		if it.Creators, err = r.bylineNames(ctx, a); err != nil {
			return nil, err
		}
		if it.Body, err = r.feedBody(ctx, a); err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

func (r *reading) bylineNames(ctx context.Context, a *news.Article) ([]string, error) {
	ids := make([]news.PersonID, len(a.Byline))
	for i, c := range a.Byline {
		ids[i] = c.Person
	}
	people, err := r.Persons(ctx, ids)
	names := make([]string, len(people))
	for i := range people {
		names[i] = people[i].Name
	}
	return names, err
}

// feedBody is an article's body for readers' programs: with whole addresses, and
// without what needs the page.
func (r *reading) feedBody(ctx context.Context, a *news.Article) (string, error) {
	doc, err := richtext.Decode(a.Body)
	if err != nil {
		return "", err
	}
	options, err := r.bodyOptions(ctx, doc, a.Language)
	if err != nil {
		return "", err
	}
	options.Lightbox = nil // it needs the page's styles
	article, picture := options.Article, options.Picture
	options.Article = func(id int64) (richtext.Target, bool) {
		to, ok := article(id)
		to.URL = r.settings.Address + to.URL
		return to, ok
	}
	options.Picture = func(id int64) (richtext.Image, bool) {
		p, ok := picture(id)
		p.URL, p.Cut = r.settings.Address+p.URL, nil // one size, since not every program reads others
		return p, ok
	}
	doc.Links(func(l *richtext.Link) {
		if len(l.Href) > 1 && l.Href[0] == '/' && l.Href[1] != '/' {
			l.Href = r.settings.Address + l.Href
		}
	})
	return string(doc.HTML(options)), nil
}
