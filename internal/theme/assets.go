package theme

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
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
	byURL  map[string]asset
}

type asset struct {
	contentType string
	plain       []byte
	gzipped     []byte // nil where it would not be smaller
}

func loadAssets(fsys fs.FS) (*Assets, error) {
	a := &Assets{byName: map[string]string{}, byURL: map[string]asset{}}
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
	url := AssetPath + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
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
	a.byName[name], a.byURL[url] = url, f
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
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

// URL is the address of a file of the static folder; an unknown name is an
// error, so that a template that names one fails when it is rendered.
func (a *Assets) URL(name string) (string, error) {
	url, ok := a.byName[name]
	if !ok {
		return "", fmt.Errorf("the theme has no file static/%s", name)
	}
	return url, nil
}

// ServeHTTP answers an address that URL gave.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.byURL[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	body := f.plain
	if f.gzipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.gzipped
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
