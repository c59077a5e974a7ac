package site

import (
	"context"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const headerKind = "header"

// Header is the top of every page: the date, the masthead and the section menu.
type Header struct {
	L       *locale.Locale
	Today   Moment
	Title   string
	Tagline string
	Logo    *Image // nil: the title stands in type
	Menu    []MenuItem
}

// MenuItem is a link of a menu with those below it.
type MenuItem struct {
	Link
	Items []MenuItem
}

func (s *Site) loadHeader(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		h := Header{L: r.l, Title: r.settings.Title, Tagline: r.settings.Tagline}
		if today, err := time.ParseInLocation(time.DateOnly, k.Date, r.zone); err == nil {
			h.Today = Moment{r.l.LongDate(today), k.Date}
		}
		var err error
		if h.Logo, err = r.logo(ctx); err != nil {
			return page.View{}, err
		}
		if h.Menu, err = r.menu(ctx, news.MainMenu); err != nil {
			return page.View{}, err
		}
		if len(h.Menu) == 0 {
			for _, i := range r.sectionMenu() {
				h.Menu = append(h.Menu, i.MenuItem)
			}
		}
		return page.View{Template: "header", Data: h}, nil
	})
}

// logo is the picture that stands for the title; nil where none is chosen or it
// is gone. What it says is the paper's name, whatever the picture's own text.
func (r *reading) logo(ctx context.Context) (*Image, error) {
	if r.settings.Logo == 0 {
		return nil, nil
	}
	pictures, err := r.Pictures(ctx, ids(r.settings.Logo))
	if err != nil {
		return nil, err
	}
	p, ok := pictures[r.settings.Logo]
	if !ok {
		return nil, nil
	}
	p.Alt = r.settings.Title
	return r.image(&p), nil
}

// sectionItem is a menu's item with the section that it leads to.
type sectionItem struct {
	MenuItem
	section news.SectionID
}

// sectionMenu is the sections at the top: what stands for a menu that nobody has
// made.
func (r *reading) sectionMenu() []sectionItem {
	const most = 12 // an old blog's many categories are no menu
	var items []sectionItem
	for _, s := range r.below(0) {
		if len(items) < most {
			items = append(items, sectionItem{MenuItem{Link: Link{Text: s.Name, URL: urlPath(s.Path)}}, s.ID})
		}
	}
	return items
}

// menu resolves a menu's items to present names and addresses; what is not
// public is left out.
func (r *reading) menu(ctx context.Context, name string) ([]MenuItem, error) {
	m, ok := r.menus[name]
	if !ok {
		var err error
		if m, err = r.Menu(ctx, name); err != nil {
			return nil, err
		}
	}
	return r.menuItems(ctx, m.Items)
}

func (r *reading) menuItems(ctx context.Context, list []news.MenuItem) ([]MenuItem, error) {
	var out []MenuItem
	for _, i := range list {
		link, err := r.target(ctx, i)
		if err != nil {
			return nil, err
		}
		below, err := r.menuItems(ctx, i.Items)
		if err != nil {
			return nil, err
		}
		if link.URL == "" {
			out = append(out, below...)
			continue
		}
		out = append(out, MenuItem{link, below})
	}
	return out, nil
}

// target is where a menu's item leads; its URL is "" where that is not public.
func (r *reading) target(ctx context.Context, i news.MenuItem) (Link, error) {
	l := Link{Text: i.Label}
	name := ""
	switch i.Target.Noun {
	case "":
		l.URL, name = i.URL, i.URL
	case news.SectionNoun:
		if s := r.sections.at(news.SectionID(i.Target.ID)); s != nil && !s.Retired {
			l.URL, name = urlPath(s.Path), s.Name
		}
	case news.TopicNoun:
		list, err := r.Topics(ctx, []news.TopicID{news.TopicID(i.Target.ID)})
		if err != nil {
			return l, err
		}
		if len(list) > 0 && !list[0].Retired {
			l.URL, name = urlPath(list[0].Path), list[0].Name
		}
	case news.PersonNoun:
		list, err := r.Persons(ctx, []news.PersonID{news.PersonID(i.Target.ID)})
		if err != nil {
			return l, err
		}
		if len(list) > 0 {
			l.URL, name = urlPath(list[0].Path), list[0].Name
		}
	case news.ArticleNoun:
		list, err := r.Teasers(ctx, []news.ArticleID{news.ArticleID(i.Target.ID)})
		if err != nil {
			return l, err
		}
		if len(list) > 0 {
			l.URL, name = urlPath(list[0].Path), list[0].Headline
		}
	}
	if l.Text == "" {
		l.Text = name
	}
	return l, nil
}
