package newsroom

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/newsroom/editor"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
	"broadsheet/internal/theme"
	"broadsheet/internal/web"
	thirdparty "broadsheet/third_party"
)

// Path is where the newsroom stands; all its addresses begin so.
const Path = "/newsroom/"

// assetPath is where its styles, scripts and fonts are served.
const assetPath = Path + "assets/"

// Parts is what a newsroom is made of.
type Parts struct {
	Store     *store.Store
	Desk      *desk.Desk
	Log       *slog.Logger
	Now       func() time.Time
	Words     *locale.Set       // the theme's, to which the newsroom adds its own
	Address   string            // where the paper stands while the settings do not say
	Proxies   web.Proxies       // whose word on an address counts
	Passwords *secret.Passwords // checks them, and hashes new ones
	Disk      *media.Disk       // keeps the files of the library
	MaxUpload int64             // of one of them, in bytes

	// Theme is what the theme that readers see now says of itself: what a paper may
	// choose, and the zones of its layouts.
	Theme func() *theme.Manifest
	// Room is where pictures are cropped, for the theme that readers see now.
	Room func() (*media.Darkroom, error)
}

// Handler answers those who make the paper. It is safe for use by many goroutines.
type Handler struct {
	Parts
	words     *locale.Set
	templates *template.Template
	assets    *theme.Assets
	handler   http.Handler

	attempts
}

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/*
var staticFiles embed.FS

// One folder for each part of the newsroom, with a file for each language.
//
//go:embed words/*/*.toml
var wordFiles embed.FS

// New makes the newsroom's handler. It fails where its own files do not fit
// together, or where a route asks nothing of whoever comes.
func New(p Parts) (*Handler, error) {
	h := &Handler{Parts: p, attempts: newAttempts(p.Now)}
	var err error
	if h.words, err = addWords(p.Words); err != nil {
		return nil, err
	}
	if h.assets, err = theme.NewAssets(theme.Layers{staticFiles, folder{"static", editor.Files()}, thirdparty.Files()}, assetPath, "fonts", "htmx"); err != nil {
		return nil, err
	}
	if h.templates, err = template.New("").Funcs(template.FuncMap{"asset": h.assets.URL}).ParseFS(templateFiles, "templates/*.html"); err != nil {
		return nil, err
	}
	if h.handler, err = h.mount(routes()); err != nil {
		return nil, err
	}
	return h, nil
}

// addWords answers the theme's words together with the newsroom's.
func addWords(words *locale.Set) (*locale.Set, error) {
	parts, err := fs.Glob(wordFiles, "words/*")
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		own, err := fs.Sub(wordFiles, part)
		if err != nil {
			return nil, err
		}
		if words, err = words.Adding(own); err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
	}
	return words, nil
}

// folder shows files as those of one folder.
type folder struct {
	name  string
	files fs.FS
}

// Open opens the folder or a file in it.
func (f folder) Open(name string) (fs.File, error) {
	if name == f.name {
		return f.files.Open(".")
	}
	if in, ok := strings.CutPrefix(name, f.name+"/"); ok {
		return f.files.Open(in)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ServeHTTP answers a request under [Path].
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.handler.ServeHTTP(w, r) }

var errNoAccess = errors.New("newsroom: a route says nothing of who may come there")
