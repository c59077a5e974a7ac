package site

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
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

// feed answers with the newest articles of the paper, or of one section.
func (s *Site) feed(w http.ResponseWriter, r *http.Request, section news.SectionID) error {
	var f rss
	err := s.store.View(r.Context(), func(in store.Reader) error {
		var err error
		f, err = s.loadFeed(r.Context(), in, section)
		return err
	})
	if err != nil {
		return err
	}
	b, err := xml.MarshalIndent(f, "", "\t")
	if err != nil {
		return fmt.Errorf("writing the feed: %w", err)
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, err = w.Write(append([]byte(xml.Header), b...))
	return err
}

func (s *Site) loadFeed(ctx context.Context, in store.Reader, section news.SectionID) (rss, error) {
	settings, err := s.settings(ctx, in)
	if err != nil {
		return rss{}, err
	}
	all, err := in.Sections(ctx)
	if err != nil {
		return rss{}, err
	}
	ch := rssChannel{Title: settings.Title, Link: settings.Address + "/", Description: settings.Tagline, Language: settings.Language}
	self := "/feed/"
	var teasers []news.Teaser
	if sec := all[section]; sec != nil {
		ch.Title = sec.Name + " – " + settings.Title
		ch.Link = settings.Address + urlPath(sec.Path)
		self = sec.Path + "feed/"
		teasers, err = in.Listed(ctx, news.Target{Noun: news.SectionNoun, ID: int64(section)}, news.Place{}, feedLength)
	} else {
		teasers, err = in.Latest(ctx, news.Place{}, time.Time{}, feedLength)
	}
	if err != nil {
		return rss{}, err
	}
	ch.Self = rssSelf{Href: settings.Address + urlPath(self), Rel: "self", Type: "application/rss+xml"}
	if ch.Items, err = s.feedItems(ctx, in, settings, all, teasers); err != nil {
		return rss{}, err
	}
	if len(teasers) > 0 {
		ch.Updated = teasers[0].Published.In(s.zone(settings)).Format(time.RFC1123Z)
	}
	return rss{Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Atom: "http://www.w3.org/2005/Atom", Channel: ch}, nil
}

// feedItems tells of articles in full, in the order of teasers.
func (s *Site) feedItems(ctx context.Context, in store.Reader, settings news.Settings, all news.Sections, teasers []news.Teaser) ([]rssItem, error) {
	ids := make([]news.ArticleID, len(teasers))
	for i, t := range teasers {
		ids[i] = t.ID
	}
	list, err := in.Articles(ctx, ids)
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
		link := settings.Address + urlPath(a.Path)
		it := rssItem{Title: a.Headline, Link: link, Description: a.Summary, Published: a.Published.In(s.zone(settings)).Format(time.RFC1123Z)}
		it.GUID = rssGUID{IsPermaLink: a.GUID == "", Value: a.GUID}
		if a.GUID == "" {
			it.GUID.Value = link
		}
		for _, sec := range a.Sections {
			if all[sec] != nil {
				it.Categories = append(it.Categories, all[sec].Name)
			}
		}
		if it.Creators, err = bylineNames(ctx, in, a); err != nil {
			return nil, err
		}
		if it.Body, err = s.feedBody(ctx, in, settings, a); err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

func bylineNames(ctx context.Context, in store.Reader, a *news.Article) ([]string, error) {
	ids := make([]news.PersonID, len(a.Byline))
	for i, c := range a.Byline {
		ids[i] = c.Person
	}
	people, err := in.Persons(ctx, ids)
	names := make([]string, len(people))
	for i := range people {
		names[i] = people[i].Name
	}
	return names, err
}

// feedBody is an article's body for readers' programs: with whole addresses, and
// without what needs the page.
func (s *Site) feedBody(ctx context.Context, in store.Reader, settings news.Settings, a *news.Article) (string, error) {
	doc, err := richtext.Decode(a.Body)
	if err != nil {
		return "", err
	}
	r := &reading{Reader: in, site: s, l: s.Locales.For(settings.Language), settings: settings}
	options, err := r.bodyOptions(ctx, doc, a.Language)
	if err != nil {
		return "", err
	}
	options.Lightbox = nil // it needs the page's styles
	article, picture := options.Article, options.Picture
	options.Article = func(id int64) (richtext.Target, bool) {
		to, ok := article(id)
		to.URL = settings.Address + to.URL
		return to, ok
	}
	options.Picture = func(id int64) (richtext.Image, bool) {
		p, ok := picture(id)
		p.URL, p.Cut = settings.Address+p.URL, nil // one size, since not every program reads others
		return p, ok
	}
	doc.Links(func(l *richtext.Link) {
		if len(l.Href) > 1 && l.Href[0] == '/' && l.Href[1] != '/' {
			l.Href = settings.Address + l.Href
		}
	})
	return string(doc.HTML(options)), nil
}
