package site

import (
	"context"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"sync/atomic"
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
	Ads      *ads.Set
	Theme    fs.FS
	Locales  *locale.Set
	Log      *slog.Logger
	Now      func() time.Time
	Address  string       // where the site stands while the settings do not say
	Proxies  web.Proxies  // whose word on a reader's address counts
	Comments *web.Limiter // how often one address may comment
	Changes  *page.Changes
	Memory   int64         // that pieces may take, in bytes
	CDN      time.Duration // how long a CDN may keep a page of which it is told when it changes; 0 for not at all
	Dev      bool          // a theme is being made: browsers are to ask for its files each time

	// Meanwhile is called when what a piece shows was read and is not shown yet; nil
	// but for tests, which have things change then.
	Meanwhile func(page.Key)
}

// Site answers readers with one theme.
type Site struct {
	Parts
	store    *store.Store
	theme    *theme.Theme
	files    *files
	before   *files // of the theme before; nil for none
	handler  http.Handler
	marks    page.Marks
	press    *page.Press
	analyser *search.Analyser
	paper    *page.Value[paper]
	day      atomic.Pointer[day]
	ads      atomic.Pointer[creatives]
	refusal  atomic.Pointer[page.Whole] // as it was last made
}

// newSite makes a site of a checked theme that writes those marks.
func newSite(p Parts, t *theme.Theme, marks page.Marks, analyser *search.Analyser, before *files) *Site {
	s := &Site{Parts: p, store: p.Store, theme: t, files: &files{theme: t}, before: before, marks: marks, analyser: analyser}
	s.paper = page.NewValue(p.Changes, s.loadPaper)
	s.press = page.NewPress(t, s.marks, s.watched(strict(s.loaders())), p.Changes, p.Memory)
	s.press.Hurry(problemKind, headerKind, footerKind)
	s.handler = s.routes()
	return s
}

// loaders make the view of each kind of piece.
func (s *Site) loaders() map[string]page.Loader {
	return map[string]page.Loader{
		headerKind: s.loadHeader, footerKind: s.loadFooter, checkAlsoKind: s.loadCheckAlso, commentsKind: s.loadComments, formKind: s.loadForm,
		frontKind: s.loadFront, articleKind: s.loadArticle, sectionKind: s.loadSection, topicKind: s.loadTopic, personKind: s.loadPerson,
		archiveKind: s.loadArchive, peopleKind: s.loadPeople, correctionsKind: s.loadCorrections,
		feedKind: s.loadFeed, problemKind: s.loadProblem,
	}
}

// watched are loaders after which Meanwhile is called, where there is one.
func (s *Site) watched(loaders map[string]page.Loader) map[string]page.Loader {
	if s.Meanwhile == nil {
		return loaders
	}
	for kind, load := range loaders {
		loaders[kind] = func(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
			v, err := load(ctx, k, note)
			s.Meanwhile(k)
			return v, err
		}
	}
	return loaders
}

// OpenTheme reads a theme and checks its templates against the site's views.
func OpenTheme(fsys fs.FS, marks page.Marks) (*theme.Theme, error) {
	return theme.Open(fsys, marks.Funcs(), Views(), pieceCalls()...)
}

// Views are the templates that a theme must have, each with a value of the type
// that it is executed with.
func Views() map[string]any {
	return map[string]any{
		"header": Header{}, "footer": Footer{}, "check-also": CheckAlso{}, "comments": Comments{}, "form": Form{}, "ad": Ad{},
		"front": Front{}, "article": Article{}, "standing-page": Article{}, "section": Section{}, "topic": Topic{}, "person": Person{},
		"archive": Archive{}, "people": People{}, "corrections": Corrections{}, "search": Search{}, "problem": Problem{},
	}
}

// paper is what every page shows something of.
type paper struct {
	settings news.Settings // with the address where the site stands
	zone     *time.Location
	sections news.Sections
	fronts   map[news.SectionID]news.Arrangement // those that somebody has arranged, the front page under 0
	social   news.Picture                        // shown elsewhere for pages without one; zero for none
}

func (s *Site) loadPaper(ctx context.Context, note func(...news.Ref)) (p paper, err error) {
	err = s.store.View(ctx, func(in store.Reader) error {
		in = in.Noting(note)
		if p.settings, err = in.Settings(ctx); err != nil {
			return err
		}
		if p.sections, err = in.Sections(ctx); err != nil {
			return err
		}
		fronts, err := in.Fronts(ctx)
		if err != nil {
			return err
		}
		p.fronts = make(map[news.SectionID]news.Arrangement, len(fronts))
		for _, f := range fronts {
			p.fronts[f.Section] = f.Arrangement
		}
		p.social, err = socialPicture(ctx, in, &p.settings)
		return err
	})
	s.complete(&p)
	return p, err
}

// socialPicture is the one that the settings name; a zero one where there is none.
func socialPicture(ctx context.Context, in store.Reader, settings *news.Settings) (news.Picture, error) {
	known, err := in.Pictures(ctx, ids(settings.SocialPicture))
	return known[settings.SocialPicture], err
}

// complete fills in what the settings leave open.
func (s *Site) complete(p *paper) {
	if p.settings.Address == "" {
		p.settings.Address = s.Address
	}
	if p.settings.Title == "" {
		p.settings.Title = "Broadsheet"
	}
	p.zone = p.settings.Zone()
}

// settings are the paper's, with the address where the site stands.
func (s *Site) settings(ctx context.Context) (news.Settings, error) {
	p, _, err := s.paper.Get(ctx)
	return p.settings, err
}

// day is a date of the paper's zone, and when it ends.
type day struct {
	zone       *time.Location
	date       string
	start, end time.Time
}

// today is the date that pages show now, in the paper's zone.
func (s *Site) today(ctx context.Context, now time.Time) (string, error) {
	p, _, err := s.paper.Get(ctx)
	if err != nil {
		return "", err
	}
	return s.dateIn(p.zone, now), nil
}

// dateIn is the date in a zone.
func (s *Site) dateIn(zone *time.Location, now time.Time) string {
	if d := s.day.Load(); d != nil && d.zone == zone && !now.Before(d.start) && now.Before(d.end) {
		return d.date
	}
	year, month, dayOfMonth := now.In(zone).Date()
	start := time.Date(year, month, dayOfMonth, 0, 0, 0, 0, zone)
	d := &day{zone, start.Format(time.DateOnly), start, start.AddDate(0, 0, 1)}
	s.day.Store(d)
	return d.date
}

// slotMark is the in-article slot's mark.
func (s *Site) slotMark() template.HTML { return s.marks.Slot("in-article") }
