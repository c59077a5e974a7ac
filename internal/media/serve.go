package media

import (
	"cmp"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Caching of files. An address that an editor may give other bytes is asked about
// again each time, for which the ETag is enough: a picture that was replaced is
// another at once. One that names its bytes never changes.
const (
	askFirst = "no-cache"
	forever  = "public, max-age=31536000, immutable"
	alone    = "private, max-age=31536000, immutable" // by the browser that asks, and nobody between
)

// Serve sends the readers' copy of p, whole or in the ranges asked for, under an
// address that may change what it holds. The type is the stored one; a browser
// is told not to guess another. What could run a script (drawings, web pages,
// unknown files) comes as a download in a sandbox. A picture without a copy for
// readers is a NotFound fault.
func (d *Disk) Serve(w http.ResponseWriter, r *http.Request, p *news.Picture) error {
	return d.serve(w, r, p, askFirst)
}

// ServeForever is Serve for an address made from p.Served, which caches may
// keep.
func (d *Disk) ServeForever(w http.ResponseWriter, r *http.Request, p *news.Picture) error {
	return d.serve(w, r, p, forever)
}

// ServeRendition sends a file of a rendition of p: blob and kind are as they are
// stored. exact tells that it is just what its address stands for, so that caches
// may keep it; else it only fills in, and is asked for again each time.
func (d *Disk) ServeRendition(w http.ResponseWriter, r *http.Request, p *news.Picture, blob, kind string, exact bool) error {
	caching := askFirst
	if exact {
		caching = forever
	}
	return d.serve(w, r, &news.Picture{Name: p.Name, Served: blob, Type: kind}, caching)
}

// ServePrivate is ServeRendition to somebody of whom no cache on the way may know
// that they have asked.
func (d *Disk) ServePrivate(w http.ResponseWriter, r *http.Request, p *news.Picture, blob, kind string, exact bool) error {
	caching := "no-store"
	if exact {
		caching = alone
	}
	return d.serve(w, r, &news.Picture{Name: p.Name, Served: blob, Type: kind}, caching)
}

func (d *Disk) serve(w http.ResponseWriter, r *http.Request, p *news.Picture, caching string) error {
	if p.Served == "" {
		return fault.New(fault.NotFound, "This file is missing.")
	}
	f, err := d.Open(p.Served)
	if err != nil {
		return err
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", contentType(p.Type))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", caching)
	h.Set("ETag", `"`+p.Served+`"`)
	if !shown(p.Type) {
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		h.Set("Content-Disposition", cmp.Or(mime.FormatMediaType("attachment", map[string]string{"filename": p.Name}), "attachment"))
	}
	// A film takes longer than a page; 32 kB a second is a slow line's share.
	allow := time.Minute + time.Duration(size/(32<<10))*time.Second
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(allow)) // not every writer has one
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// contentType adds the alphabet to text, which browsers would guess otherwise.
func contentType(kind string) string {
	if strings.HasPrefix(kind, "text/") {
		return kind + "; charset=utf-8"
	}
	if kind == "" {
		return "application/octet-stream"
	}
	return kind
}

// shown holds for types that a browser shows without running anything.
func shown(kind string) bool {
	switch kind {
	case svgType:
		return false
	case "application/pdf", "text/plain", "text/vtt":
		return true
	}
	class, _, _ := strings.Cut(kind, "/")
	return class == "image" || class == "audio" || class == "video"
}
