package theme_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"broadsheet/internal/theme"
	"broadsheet/themes"
)

func get(h http.Handler, address string, header http.Header) *httptest.ResponseRecorder {
	return do(h, http.MethodGet, address, header)
}

func do(h http.Handler, method, address string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func taking(coding string) http.Header { return http.Header{"Accept-Encoding": {coding}} }

func inflate(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func address(t *testing.T, a *theme.Assets, name string) string {
	t.Helper()
	at, err := a.URL(name)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Of the theme that is built in, too, since its files are what is sent.
var addressed = regexp.MustCompile(`url\("(fonts/[^"]*)"\)`)

func TestEveryFileIsServedWholeForGoodAndEqualWithAndWithoutGzip(t *testing.T) {
	fsys := themes.Paper()
	th, err := theme.Open(fsys, map[string]any{"piece": strings.ToUpper, "slot": strings.ToUpper}, nil)
	if err != nil {
		t.Fatal(err)
	}
	static, err := fs.Sub(fsys, "static")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = fs.WalkDir(static, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		seen++
		source, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		source = addressed.ReplaceAllFunc(source, func(found []byte) []byte { // a stylesheet's files have addresses
			return []byte(`url("` + address(t, th.Assets(), string(addressed.FindSubmatch(found)[1])) + `")`)
		})
		at := address(t, th.Assets(), name)
		plain, packed := get(th.Assets(), at, nil), get(th.Assets(), at, taking("gzip"))
		smallest := get(th.Assets(), at, taking("gzip, br"))
		if smallest.Body.Len() > packed.Body.Len() {
			t.Errorf("%s: %d bytes for who takes brotli, %d for who does not", name, smallest.Body.Len(), packed.Body.Len())
		}
		if smallest.Header().Get("Content-Encoding") == "br" {
			if b, err := io.ReadAll(brotli.NewReader(smallest.Body)); err != nil || !bytes.Equal(b, source) {
				t.Errorf("%s: unpacked from brotli, it is not the file: %v", name, err)
			}
		}
		if plain.Code != 200 || !bytes.Equal(plain.Body.Bytes(), source) {
			t.Errorf("%s: status %d, %d bytes; want those of the file, %d", name, plain.Code, plain.Body.Len(), len(source))
		}
		body := packed.Body.Bytes()
		if packed.Header().Get("Content-Encoding") == "gzip" {
			body = inflate(t, body)
		}
		if !bytes.Equal(body, source) {
			t.Errorf("%s: unpacked, it is not the file", name)
		}
		for _, w := range []*httptest.ResponseRecorder{plain, packed} {
			if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
				t.Errorf("%s: Cache-Control is %q", name, got)
			}
			if got := w.Header().Get("Content-Length"); got != strconv.Itoa(w.Body.Len()) {
				t.Errorf("%s: Content-Length is %s of %d", name, got, w.Body.Len())
			}
		}
		return nil
	})
	if err != nil || seen == 0 {
		t.Fatalf("%d files: %v", seen, err)
	}
}

func TestAnAddressHoldsTheHashOfTheFile(t *testing.T) {
	css := func(text string) string {
		return address(t, open(t, small("", map[string]string{"static/css/paper.css": text}), nil).Assets(), "css/paper.css")
	}
	first := css("h1 { color: red }")
	if !regexp.MustCompile(`^/assets/css/paper\.[0-9a-f]{12}\.css$`).MatchString(first) {
		t.Errorf("the address is %s", first)
	}
	if again := css("h1 { color: red }"); again != first {
		t.Errorf("the same bytes have the addresses %s and %s", first, again)
	}
	if other := css("h1 { color: tan }"); other == first {
		t.Errorf("other bytes have the same address %s", other)
	}
}

func TestAFileIsFoundWhateverItsName(t *testing.T) {
	names := []string{"a b.css", "50%.css", "what?.css", "nr#1.css", "größe.css", "LICENSE", "fonts/x.woff2", `"><script>.js`}
	files := map[string]string{}
	for _, name := range names {
		files["static/"+name] = "bytes of " + name
	}
	a := open(t, small("", files), nil).Assets()
	for _, name := range names {
		w := get(a, address(t, a, name), nil)
		if w.Code != 200 || w.Body.String() != "bytes of "+name {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestAFileSaysItsType(t *testing.T) {
	for name, want := range map[string]string{
		"a.css": "text/css; charset=utf-8", "a.js": "text/javascript; charset=utf-8", "a.svg": "image/svg+xml", "a.png": "image/png",
		"a.jpg": "image/jpeg", "a.webp": "image/webp", "a.avif": "image/avif", "a.ico": "image/vnd.microsoft.icon", "a.woff2": "font/woff2",
		"a.webmanifest": "application/manifest+json", "a.txt": "text/plain; charset=utf-8", "a.html": "application/octet-stream", "a": "application/octet-stream",
	} {
		a := open(t, small("", map[string]string{"static/" + name: "<script>"}), nil).Assets()
		if got := get(a, address(t, a, name), nil).Header().Get("Content-Type"); got != want {
			t.Errorf("%s is served as %q, want %q", name, got, want)
		}
	}
}

func TestPackedFilesAreSentOnlyWhereTheyAreTakenAndWorthIt(t *testing.T) {
	noise := make([]byte, 2000)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	a := open(t, small("", map[string]string{"static/long.css": strings.Repeat("h1 { color: red }\n", 100), "static/noise.png": string(noise)}), nil).Assets()
	for _, c := range []struct {
		file, accept string
		coding       string // "" for none
	}{
		{"long.css", "gzip", "gzip"}, {"long.css", "br;q=0, GZIP;q=0.1", "gzip"}, {"long.css", "gzip ; q=1.0", "gzip"}, {"long.css", "gzip, deflate, br, zstd", "br"},
		{"long.css", "", ""}, {"long.css", "br", "br"}, {"long.css", "gzip;q=0", ""}, {"long.css", "br;q=0.0, gzip; q=0.000", ""}, {"long.css", "xgzip", ""},
		{"noise.png", "gzip, br", ""},
	} {
		w := get(a, address(t, a, c.file), taking(c.accept))
		if got := w.Header().Get("Content-Encoding"); got != c.coding {
			t.Errorf("%s for %q: the coding is %q, want %q", c.file, c.accept, got, c.coding)
		}
		if got := w.Header().Get("Vary") == "Accept-Encoding"; got != (c.file == "long.css") {
			t.Errorf("%s for %q: Vary is %q", c.file, c.accept, w.Header().Get("Vary"))
		}
	}
}

func TestHeadSaysWhatGetWouldWithoutTheBytes(t *testing.T) {
	a := open(t, small("", nil), nil).Assets()
	at := address(t, a, "paper.css")
	full, head := get(a, at, nil), do(a, http.MethodHead, at, nil)
	if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != full.Header().Get("Content-Length") {
		t.Errorf("HEAD: %d, %d bytes, %v", head.Code, head.Body.Len(), head.Header())
	}
}

func TestAnUnknownAssetIsNotFoundAndNotKept(t *testing.T) {
	a := open(t, small("", nil), nil).Assets()
	at := address(t, a, "paper.css")
	for _, path := range []string{"/assets/", "/assets/paper.css", "/assets/paper.000000000000.css", at + "/", "/assets/../templates/story.html", "/templates/story.html", strings.ToUpper(at)} {
		w := get(a, path, nil)
		if w.Code != 404 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %v", path, w.Code, w.Header())
		}
	}
}
