package site

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// files are the theme's and the looks that the paper has had with it, each at an
// address with the hash of its bytes.
type files struct {
	theme *theme.Theme
	looks sync.Map // of *theme.Look by theme.Choice: as many as the newsroom has tried

	others   sync.Mutex
	lookedAt time.Time // when looks of other processes were looked for last
}

// look is the stylesheet of what the settings say of the paper's look.
func (f *files) look(settings news.Settings) (*theme.Look, error) {
	c := theme.Choice{Accent: settings.Accent, AccentDark: settings.AccentDark, Fonts: settings.Fonts, Layout: settings.FrontLayout}
	if l, ok := f.looks.Load(c); ok {
		return l.(*theme.Look), nil
	}
	l, err := f.theme.Manifest().Look(c)
	if err != nil {
		return nil, err
	}
	f.looks.Store(c, l)
	return l, nil
}

// at finds what answers a path; nil for nothing.
func (f *files) at(path string) http.Handler {
	if f == nil {
		return nil
	}
	if f.theme.Assets().Has(path) {
		return f.theme.Assets()
	}
	var found http.Handler
	f.looks.Range(func(_, l any) bool {
		if l := l.(*theme.Look); l.Address == path {
			found = l
		}
		return found == nil
	})
	return found
}

// asset answers the address of a file. Those of the theme before are still there:
// a page that was made with it may just have been sent.
func (s *Site) asset(w http.ResponseWriter, r *http.Request) error {
	if strings.HasPrefix(r.URL.Path, theme.LookPath) && s.files.at(r.URL.Path) == nil {
		if err := s.otherLooks(r.Context()); err != nil {
			return err
		}
	}
	for _, f := range []*files{s.files, s.before} {
		if h := f.at(r.URL.Path); h != nil {
			if s.Dev {
				w.Header().Set("Cache-Control", "no-cache")
			}
			h.ServeHTTP(w, r)
			return nil
		}
	}
	http.NotFound(w, r)
	return nil
}

// mostTried is of how many previews the looks are made that another process has shown.
const mostTried = 20

// otherLooks makes the looks that pages of other processes may name: that of the
// paper, and those that somebody tries out. It looks once a second at most, since any
// stranger can ask for a look that there is not.
func (s *Site) otherLooks(ctx context.Context) error {
	s.files.others.Lock()
	defer s.files.others.Unlock()
	now := time.Now()
	if now.Sub(s.files.lookedAt) < time.Second {
		return nil
	}
	s.files.lookedAt = now
	settings, err := s.settings(ctx)
	if err != nil {
		return err
	}
	if _, err := s.files.look(settings); err != nil {
		return err
	}
	previews, err := s.store.PaperPreviews(ctx, s.Now(), mostTried)
	for _, p := range previews {
		if p.Settings != nil {
			_, _ = s.files.look(*p.Settings) // what can't be made is told to who tries it out
		}
	}
	return err
}

// look is the address of the stylesheet that the settings make, "" for none. One
// that can't be made is no reason not to show the page: it has the theme's own.
func (s *Site) look(settings news.Settings) string {
	l, err := s.files.look(settings)
	if err != nil {
		s.Log.Error("the paper's look can't be made", "error", err)
		return ""
	}
	return l.Address
}

// preload is the files of the chosen typefaces that words in these scripts need.
func (s *Site) preload(settings news.Settings, scripts []string) (addresses []string) {
	files := s.theme.Manifest().FontsFor(settings.Fonts).Preload
	for _, script := range scripts {
		for _, name := range files[script] {
			if address, err := s.theme.Assets().URL(name); err == nil { // else the theme had been refused
				addresses = append(addresses, address)
			}
		}
	}
	return addresses
}
