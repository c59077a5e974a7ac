package site

import (
	"context"
	"html/template"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/search"
	"broadsheet/internal/store"
	"broadsheet/internal/theme"
	"broadsheet/internal/web"
)

// Parts is what a site is made of.
type Parts struct {
	Store    *store.Store
	Desk     *desk.Desk
	Disk     *media.Disk
	Uses     []media.Use // of pictures, which the theme asks for
	Ads      *ads.Set
	Theme    fs.FS
	Locales  *locale.Set
	Log      *slog.Logger
	Now      func() time.Time
	Address  string       // where the site stands while the settings do not say
	Proxies  web.Proxies  // whose word on a reader's address counts
	Comments *web.Limiter // how often one address may comment
}

// Site answers readers.
type Site struct {
	Parts
	store    *store.Store
	theme    *theme.Theme
	marks    page.Marks
	press    *page.Press
	analyser *search.Analyser
	zones    sync.Map // of time.Location by name: to read one takes a look at the disk
}

// New makes the site's handler. It fails when the theme does not fit.
func New(p Parts) (http.Handler, error) {
	s := &Site{Parts: p, store: p.Store, marks: page.NewMarks(), analyser: search.New()}
	t, err := OpenTheme(p.Theme, s.marks)
	if err != nil {
		return nil, err
	}
	s.theme = t
	s.press = page.NewPress(t, s.marks, map[string]page.Loader{
		headerKind: s.loadHeader, footerKind: s.loadFooter, checkAlsoKind: s.loadCheckAlso, commentsKind: s.loadComments, formKind: s.loadForm,
		frontKind: s.loadFront, articleKind: s.loadArticle, sectionKind: s.loadSection, topicKind: s.loadTopic, personKind: s.loadPerson,
		archiveKind: s.loadArchive,
	})
	return s.routes(), nil
}

// OpenTheme reads a theme and checks its templates against the site's views.
func OpenTheme(fsys fs.FS, marks page.Marks) (*theme.Theme, error) {
	return theme.Open(fsys, marks.Funcs(), map[string]any{
		"header": Header{}, "footer": Footer{}, "check-also": CheckAlso{}, "comments": Comments{}, "form": Form{}, "ad": Ad{},
		"front": Front{}, "article": Article{}, "standing-page": Article{}, "section": Section{}, "topic": Topic{}, "person": Person{},
		"archive": Archive{}, "search": Search{}, "problem": Problem{},
	})
}

// settings are the paper's, with the address where the site stands.
func (s *Site) settings(ctx context.Context, in store.Reader) (news.Settings, error) {
	settings, err := in.Settings(ctx)
	if settings.Address == "" {
		settings.Address = s.Address
	}
	if settings.Title == "" {
		settings.Title = "Broadsheet"
	}
	return settings, err
}

// zone is the paper's time zone.
func (s *Site) zone(settings news.Settings) *time.Location {
	if z, ok := s.zones.Load(settings.TimeZone); ok {
		return z.(*time.Location)
	}
	z := settings.Zone()
	s.zones.Store(settings.TimeZone, z)
	return z
}

// fill draws an advertisement for a slot of a page in a language.
func (s *Site) fill(language string) page.Fill {
	return func(_ context.Context, slot string) ([]byte, error) {
		c, ok := s.Ads.Draw(slot, s.Now(), rand.Uint64())
		if !ok {
			return nil, nil
		}
		l := s.Locales.For(language)
		ad := Ad{L: l, Placement: c.Placement, Text: c.Text, Link: c.Link}
		if c.Language != "" {
			ad.Lang, ad.Dir = c.Language, locale.Dir(c.Language)
		}
		if c.Picture.URL != "" {
			ad.Image = &Image{URL: c.Picture.URL, Width: c.Picture.Width, Height: c.Picture.Height, Alt: c.Picture.Alt}
		}
		return s.theme.Execute("ad", ad)
	}
}

// Ad is an advertisement in its slot. Lang and Dir are "" where they are the
// page's.
type Ad struct {
	L         *locale.Locale
	Placement string
	Lang, Dir string
	Text      string
	Image     *Image // nil for a text
	Link      string
}

// today is the date that a page shows, in the paper's zone: part of a key.
func (s *Site) today(settings news.Settings) string {
	return s.Now().In(s.zone(settings)).Format(time.DateOnly)
}

// slotMark is the in-article slot's mark.
func (s *Site) slotMark() template.HTML { return s.marks.Slot("in-article") }
