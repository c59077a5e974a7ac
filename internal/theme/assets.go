package theme

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"

	"broadsheet/internal/web"
)

// AssetPath is where a theme's files are served.
const AssetPath = "/assets/"

// Assets are the files of a theme's static folder. Each has an address with the
// hash of its bytes in it, so that browsers may keep it for good.
type Assets struct {
	at     string            // the path that all addresses begin with
	byName map[string]string // file name -> address
	byPath map[string]asset  // by the address's path, which is not escaped
}

type asset struct {
	contentType string
	plain       []byte
	packed      []packed // the best first; nil for what is packed already
}

// packed is a file in a coding. bytes packs it when it is first called, by
// [Assets.Pack] or for who asks before, once, as small as can be: that takes long,
// and a start can't wait for it. It is nil where it would not be smaller.
type packed struct {
	coding string
	bytes  func() []byte
}

// NewAssets reads the files of the folder static and of more folders, which may be
// missing; they are served at that path, as "/assets/". Stylesheets name other files
// as url("fonts/text.woff2"), from static.
func NewAssets(fsys fs.FS, at string, more ...string) (*Assets, error) {
	a := &Assets{at: at, byName: map[string]string{}, byPath: map[string]asset{}}
	styles := map[string][]byte{}
	for _, folder := range append([]string{"static"}, more...) {
		err := fs.WalkDir(fsys, folder, func(file string, e fs.DirEntry, err error) error {
			if folder != "static" && file == folder && errors.Is(err, fs.ErrNotExist) {
				return nil // there may be none
			}
			if err != nil || e.IsDir() {
				return err
			}
			b, err := fs.ReadFile(fsys, file)
			if err != nil {
				return err
			}
			name := strings.TrimPrefix(file, "static/")
			if path.Ext(name) == ".css" {
				styles[name] = b
				return nil
			}
			return a.add(name, b)
		})
		if err != nil {
			return nil, fmt.Errorf("the %s files can't be read: %w", folder, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(styles)) {
		b, err := a.resolve(name, styles[name])
		if err != nil {
			return nil, err
		}
		if err := a.add(name, b); err != nil {
			return nil, err
		}
	}
	return a, nil
}

var urlInStyle = regexp.MustCompile(`url\("([^"]*)"\)`)

// resolve gives the files that a stylesheet names their addresses. They are
// written as url("fonts/text.woff2"), from the theme's static folder.
func (a *Assets) resolve(style string, css []byte) ([]byte, error) {
	var wrong error
	css = urlInStyle.ReplaceAllFunc(css, func(found []byte) []byte {
		name := string(urlInStyle.FindSubmatch(found)[1])
		if strings.HasPrefix(name, "data:") || strings.HasPrefix(name, "#") {
			return found
		}
		address, err := a.URL(name)
		if err != nil {
			line := 1 + bytes.Count(css[:bytes.Index(css, found)], []byte("\n"))
			wrong = fmt.Errorf("static/%s:%d: %w", style, line, err)
		}
		return []byte(`url("` + address + `")`)
	})
	return css, wrong
}

func (a *Assets) add(name string, b []byte) error {
	sum := sha256.Sum256(b)
	ext := path.Ext(name)
	at := url.URL{Path: a.at + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext}
	f := asset{contentType: contentType(ext), plain: b}
	if packable(f.contentType) {
		f.packed = []packed{{"br", pack(b, func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotli.BestCompression) })},
			{"gzip", pack(b, func(w io.Writer) io.WriteCloser {
				z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // the level is one
				return z
			})}}
	}
	a.byName[name], a.byPath[at.Path] = at.EscapedPath(), f
	return nil
}

// pack returns what packs b when it is first called.
func pack(b []byte, writer func(io.Writer) io.WriteCloser) func() []byte {
	return sync.OnceValue(func() []byte {
		var z bytes.Buffer
		w := writer(&z)
		w.Write(b) // a buffer can't fail
		w.Close()
		if z.Len() >= len(b)*9/10 {
			return nil
		}
		return z.Bytes()
	})
}

// Pack packs all files, so that nobody who asks for one waits for that. It takes
// about a tenth of a second of a processor for a stylesheet of 40 kB.
func (a *Assets) Pack() {
	for _, f := range a.byPath {
		for _, p := range f.packed {
			p.bytes()
		}
	}
}

// packable holds for what is text.
func packable(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.Contains(contentType, "json") || contentType == "image/svg+xml"
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
		return "", fmt.Errorf("there is no file static/%s", name)
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
	if f.packed != nil {
		h.Add("Vary", "Accept-Encoding")
	}
	for _, p := range f.packed {
		if !web.Accepts(r, p.coding) {
			continue
		}
		if b := p.bytes(); b != nil {
			h.Set("Content-Encoding", p.coding)
			body = b
			break
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
