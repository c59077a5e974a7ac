package theme

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// AssetPath is where a theme's files are served.
const AssetPath = "/assets/"

// Assets are the files of a theme's static folder. Each has an address with the
// hash of its bytes in it, so that browsers may keep it for good.
type Assets struct {
	byName map[string]string // file name -> address
	byPath map[string]asset  // by the address's path, which is not escaped
}

type asset struct {
	contentType string
	plain       []byte
	gzipped     []byte // nil where it would not be smaller
}

func loadAssets(fsys fs.FS) (*Assets, error) {
	a := &Assets{byName: map[string]string{}, byPath: map[string]asset{}}
	static, err := fs.Sub(fsys, "static")
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(static, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		return a.add(name, b)
	})
	if err != nil {
		return nil, fmt.Errorf("the theme's static files can't be read: %w", err)
	}
	return a, nil
}

func (a *Assets) add(name string, b []byte) error {
	sum := sha256.Sum256(b)
	ext := path.Ext(name)
	at := url.URL{Path: AssetPath + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext}
	f := asset{contentType: contentType(ext), plain: b}
	var z bytes.Buffer
	w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if z.Len() < len(b)*9/10 {
		f.gzipped = z.Bytes()
	}
	a.byName[name], a.byPath[at.Path] = at.EscapedPath(), f
	return nil
}

// contentType does not ask the machine, whose tables differ.
func contentType(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".ico":
		return "image/vnd.microsoft.icon"
	case ".woff2":
		return "font/woff2"
	case ".woff":
		return "font/woff"
	case ".json":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// URL is the address of a file of the static folder; an unknown name is an
// error, so that a template that names one fails when it is rendered.
func (a *Assets) URL(name string) (string, error) {
	address, ok := a.byName[name]
	if !ok {
		return "", fmt.Errorf("the theme has no file static/%s", name)
	}
	return address, nil
}

// Has reports whether a path, as it stands in a request, is that of a file.
func (a *Assets) Has(path string) bool {
	_, ok := a.byPath[path]
	return ok
}

// ServeHTTP answers an address that URL gave. Browsers may keep the answer for
// good, unless it says something else of Cache-Control already.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.byPath[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body := f.plain
	if f.gzipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Values("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = f.gzipped
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// takesGzip reports whether a client's Accept-Encoding names gzip and does not
// refuse it with a weight of 0 (RFC 9110, 12.5.3).
func takesGzip(lines []string) bool {
	for part := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		coding, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		weight, given := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(params, " ", "")), "q=")
		return !given || strings.Trim(weight, "0.") != ""
	}
	return false
}
