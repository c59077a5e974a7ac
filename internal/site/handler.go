package site

import (
	"io/fs"
	"net/http"
	"reflect"
	"sync"
	"sync/atomic"

	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/page"
	"broadsheet/internal/search"
	"broadsheet/internal/theme"
)

// Handler answers readers. It may be given another theme at any time: each
// request is answered by one [Site] to its end, and that never changes.
type Handler struct {
	parts    Parts
	marks    page.Marks
	analyser *search.Analyser

	mu      sync.Mutex // of those who change the theme
	current atomic.Pointer[Site]
}

// New makes the site's handler. It fails when the theme does not fit: with
// theme.Problems.
func New(p Parts) (*Handler, error) {
	h := &Handler{parts: p, marks: page.NewMarks(), analyser: search.New()}
	if err := h.SetTheme(p.Theme, p.Locales); err != nil {
		return nil, err
	}
	return h, nil
}

// SetTheme has requests from now on answered with the theme in fsys and with
// those words. Where the theme does not fit, the error is theme.Problems and
// nothing changes.
func (h *Handler) SetTheme(fsys fs.FS, words *locale.Set) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	t, err := OpenTheme(fsys, h.marks)
	if err != nil {
		return err
	}
	p := h.parts
	p.Theme, p.Locales = fsys, words
	var before *files
	if old := h.current.Load(); old != nil {
		before = old.files
	}
	h.current.Store(newSite(p, t, h.marks, h.analyser, before))
	return nil
}

// Uses are what the theme of this moment asks of pictures, by the kind of place.
func (h *Handler) Uses() map[string]media.Use { return h.Manifest().Pictures }

// Manifest is what the theme of this moment says of itself.
func (h *Handler) Manifest() *theme.Manifest { return h.current.Load().theme.Manifest() }

// Pack packs the files of the theme of this moment, before anybody asks for them.
func (h *Handler) Pack() { h.current.Load().theme.Assets().Pack() }

// Kept tells how much is kept of finished pages.
func (h *Handler) Kept() page.Stock { return h.current.Load().press.Kept() }

// ServeHTTP answers a request with the theme of this moment.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.current.Load().handler.ServeHTTP(w, r)
}

// ServeKept answers a request for a page that is kept, and reports whether it has;
// if not, nothing was written. It reads of the request no more than what
// [web.Server.Shortcut] tells.
func (h *Handler) ServeKept(w http.ResponseWriter, r *http.Request) bool {
	return h.current.Load().kept(w, r)
}

// pieceCalls are the pieces that templates must mark: a page is refused whose
// template leaves out one that it has. Every page has a frame, header and footer.
func pieceCalls() []theme.Call {
	own := map[string][]string{"article": {"check-also", "comments", "form"}, "standing-page": {"comments", "form"}}
	var must []theme.Call
	for template, view := range Views() {
		pieces := own[template]
		if _, page := reflect.TypeOf(view).FieldByName("Frame"); page {
			pieces = append(pieces, "header", "footer")
		}
		for _, name := range pieces {
			must = append(must, theme.Call{Template: template, Func: "piece", Name: name})
		}
	}
	return must
}
