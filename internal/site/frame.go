package site

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
)

// Frame is what every page's head says, and what it begins and ends with.
type Frame struct {
	L           *locale.Locale
	Kind        string // of page, for styles and tests: "front", "article", …
	Title       string // of the document, without the paper's
	ShareTitle  string // for other sites on which it is shared; "" for Title
	Site        string // the paper's title
	Description string
	ShareText   string // likewise; "" for Description
	Canonical   string // whole address; "" for a page that has none
	Robots      string // "" for none of its own
	Preview     string // says that this is no published page, and until when it is here; "" for all others
	Alternates  []Link // whole addresses of the same in other languages, itself among them; nil for none
	Type        string // Open Graph's: "website" or "article"
	Image       *Image // of the whole page, with a whole address; nil for none
	Published   string // RFC 3339; "" but for articles
	Modified    string
	Section     string
	Authors     []string
	Topics      []string
	Script      string // that the page is mainly in, ISO 15924: "Latn", "Cyrl", "Arab", …
	Feed        string // address of the feed that belongs to the page
	TwitterSite string // the paper's name there, as "@lantern"; "" for none
	Data        []any  // JSON-LD objects

	Look string // address of the stylesheet with what the paper chose, to come after the theme's; "" for none

	typefaces func() (own, others []string)
}

// Preload is the addresses of the files that the typefaces of the page's own
// script need at once: one that comes after the first words are shown would move
// them.
func (f Frame) Preload() []string {
	own, _ := f.typefaces()
	return own
}

// PreloadMore is likewise for the other script of a page whose article is not in
// the paper's, which matters less than its first picture.
func (f Frame) PreloadMore() []string {
	_, others := f.typefaces()
	return others
}

// Link leads somewhere. Lang and Dir are "" where they are the page's.
type Link struct {
	Text, URL string
	Lang, Dir string
}

// Moment is a time for readers, and for machines.
type Moment struct{ Text, ISO string }

// Card is an article in a list or a box. Lang and Dir are "" where they are the
// page's; Image is nil for none, Section for none.
type Card struct {
	URL, Headline, Kicker, Summary string
	Lang, Dir                      string // of its words; "" where those are the page's
	LabelLang                      string // of its labels and dates, where Lang is another
	Genre                          Genre
	Authors                        []Author // of opinion, reviews and interviews only
	Image                          *Image
	Section                        *Link
	At                             Moment
}

// Genre is the kind of journalism that an article is. Label is "" for plain
// news, which needs none; Sponsor is who paid, "" where nobody did.
type Genre struct{ Name, Label, Sponsor string }

// Author is somebody who wrote; Portrait is nil for none.
type Author struct {
	Link
	Portrait *Image
}

// reading is what a loader has at hand while it makes a view.
type reading struct {
	store.Reader
	site     *Site
	l        *locale.Locale
	settings news.Settings
	zone     *time.Location // of the paper
	sections sections
	fronts   fronts
	scripts  []string // of the page's own words and its article's, ISO 15924
	once     bool     // what is made is not to be kept
	secret   bool     // it is a preview, for who has its secret

	social news.Picture         // shown elsewhere for pages without one; zero for none
	menus  map[string]news.Menu // that stand in for the paper's own, in a preview
}

// meet notes that the page has a good deal of words in a language. Cards of other
// scripts in a list do not count: to announce their typefaces costs a front page
// a tenth of a second before its first picture, and eight points of Lighthouse's.
func (r *reading) meet(language string) {
	if s := script(language); !slices.Contains(r.scripts, s) {
		r.scripts = append(r.scripts, s)
	}
}

// read calls f with a reader on one snapshot, the paper's settings and sections,
// and the words for the page's language.
func (s *Site) read(ctx context.Context, k page.Key, note func(...news.Ref), f func(*reading) (page.View, error)) (v page.View, err error) {
	p, _, err := s.paper.Get(ctx)
	if err != nil {
		return v, err
	}
	trial := trialOf(ctx)
	if trial != nil {
		p = trial.paper
	}
	note(news.SettingsRef) // of the sections, those that are shown
	if p.settings.SocialPicture != 0 {
		note(news.PictureRef(p.settings.SocialPicture))
	}
	err = s.store.View(ctx, func(in store.Reader) error {
		r := &reading{Reader: in.Noting(note), site: s, settings: p.settings, zone: p.zone, sections: sections{p.sections, note}, fronts: fronts{p.fronts, note}, social: p.social}
		if trial != nil {
			r.menus = trial.menus
		}
		language := k.Language
		if language == "" {
			language = r.settings.Language
		}
		r.l = s.Locales.For(language)
		v, err = f(r)
		v.Once = r.once
		return err
	})
	return v, err
}

// frame begins the frame of a page at a path.
func (r *reading) frame(kind, title, path string) Frame {
	f := Frame{L: r.l, Script: script(r.l.Tag), Kind: kind, Title: title, Site: r.settings.Title, Type: "website", Feed: "/feed/"}
	if path != "" {
		f.Canonical = r.settings.Address + path
	}
	f.Look, f.TwitterSite = r.site.look(r.settings), r.settings.TwitterSite
	f.Image = r.whole(r.image(&r.social), "lead")
	r.meet(r.l.Tag)
	f.typefaces = func() (own, others []string) {
		return r.site.preload(r.settings, r.scripts[:1]), r.site.preload(r.settings, r.scripts[1:])
	}
	return f
}

// pieces are the keys that every page has, and more.
func (r *reading) pieces(k page.Key, more map[string]page.Key) map[string]page.Key {
	all := map[string]page.Key{
		"header": headerKey(k),
		"footer": footerKey(k),
	}
	for name, key := range more {
		all[name] = key
	}
	return all
}

// foreign are lang and dir of what is in a language, "" for the page's own.
func (r *reading) foreign(language string) (lang, dir string) {
	language = strings.ReplaceAll(language, "_", "-")
	if language == "" || strings.EqualFold(language, r.l.Tag) || strings.EqualFold(language, r.settings.Language) {
		return "", ""
	}
	return language, locale.Dir(language)
}

func (r *reading) moment(t time.Time) Moment {
	if t.IsZero() {
		return Moment{}
	}
	t = t.In(r.zone)
	return Moment{r.l.DateTime(t), r.l.ISO(t)}
}

func (r *reading) day(t time.Time) Moment {
	t = t.In(r.zone)
	return Moment{r.l.Date(t), r.l.ISO(t)}
}

// cards makes cards of teasers, with their pictures.
func (r *reading) cards(ctx context.Context, list []news.Teaser) ([]Card, error) {
	var ids []news.PictureID
	for _, t := range list {
		if t.LeadPicture != 0 {
			ids = append(ids, t.LeadPicture)
		}
	}
	pictures, err := r.Pictures(ctx, ids)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, len(list))
	authors, err := r.authors(ctx, list)
	if err != nil {
		return nil, err
	}
	for i, t := range list {
		genre := r.genre(t.Genre, t.Sponsor)
		c := Card{Genre: genre, Authors: authors[t.ID], URL: urlPath(t.Path), Headline: t.Headline, Kicker: genre.kicker(t.Kicker), Summary: t.Summary, At: r.day(t.Published)}
		if c.Lang, c.Dir = r.foreign(t.Language); c.Lang != "" {
			c.LabelLang = r.l.Tag
		}
		if p, ok := pictures[t.LeadPicture]; ok {
			c.Image = r.image(&p)
		}
		if s := r.sections.at(t.Section); s != nil {
			c.Section = &Link{Text: s.Name, URL: urlPath(s.Path)}
		}
		cards[i] = c
	}
	return cards, nil
}

// crumbs is the way from the front page to a section, whose own name is last.
func (r *reading) crumbs(id news.SectionID) []Link {
	way := []Link{{Text: r.l.Word("home"), URL: "/"}}
	for _, s := range r.sections.line(id) {
		way = append(way, Link{Text: s.Name, URL: urlPath(s.Path)})
	}
	return way
}

// below returns the sections in use directly below id (those at the top for 0), by
// position and then in the alphabet of the page's language.
func (r *reading) below(id news.SectionID) []*news.Section {
	list := slices.DeleteFunc(r.sections.children(id), func(s *news.Section) bool { return s.Retired })
	slices.SortStableFunc(list, func(a, b *news.Section) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), r.l.Compare(a.Name, b.Name))
	})
	return list
}

// List is a stretch of a list of articles. Older is the address of the next one,
// First of the first; "" where there is none.
type List struct {
	Cards        []Card
	Older, First string
}

// stretch makes a list of one more teaser than is shown: the last says that
// there are older ones.
func (r *reading) stretch(ctx context.Context, list []news.Teaser, n int, path string, before news.Place) (List, error) {
	var l List
	if len(list) > n {
		list = list[:n]
		l.Older = path + "?before=" + formatPlace(list[n-1].Place())
	}
	if !before.IsZero() {
		l.First = path
	}
	var err error
	l.Cards, err = r.cards(ctx, list)
	return l, err
}

func words(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " – ")
}
