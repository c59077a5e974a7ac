package site_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
)

// uses is what the theme of these tests asks of pictures.
var uses = []media.Use{{Widths: []int{100, 200, 400}}, {Shape: media.Shape{W: 3, H: 2}, Widths: []int{90, 180}}}

// drawn adds a picture of 600 × 300; kind is "jpeg" or "png".
func (p *paper) drawn(t testing.TB, kind string) *news.Picture {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 600, 300))
	for y := range 300 {
		for x := range 600 {
			m.Set(x, y, color.RGBA{uint8(x * y / 9), uint8(x), uint8(y), 255})
		}
	}
	var b bytes.Buffer
	if kind == "png" {
		must(t, png.Encode(&b, m))
	} else {
		must(t, jpeg.Encode(&b, m, nil))
	}
	pic, err := p.disk.Keep(t.Context(), "a."+kind, &b, 1<<20)
	must(t, err)
	must(t, p.AddPicture(t.Context(), "Anna", &pic))
	return &pic
}

// develop makes all renditions that wait and returns the picture as it is then.
func (p *paper) develop(t testing.TB, pic *news.Picture, uses ...media.Use) *news.Picture {
	t.Helper()
	must(t, p.MakeRenditions(t.Context(), media.NewDarkroom(p.disk, uses), func(r desk.RenditionResult) {
		if r.Made == 0 {
			t.Errorf("%+v", r)
		}
	}))
	now, err := p.Picture(t.Context(), pic.ID)
	must(t, err)
	return &now
}

// address is where a rendition of a picture stands.
func address(t testing.TB, pic *news.Picture, name string) string {
	t.Helper()
	for _, r := range media.AllRenditions(pic, uses) {
		if r.Name == name {
			return r.URL
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

// seen is the width of the picture that an answer holds, and its format.
func seen(t testing.TB, resp *http.Response) (int, string) {
	t.Helper()
	m, format, err := image.DecodeConfig(resp.Body)
	must(t, err)
	return m.Width, format
}

func TestARenditionIsKeptForever(t *testing.T) {
	p := sqlite(t, setup{})
	pic := p.develop(t, p.drawn(t, "jpeg"), uses...)
	for name, width := range map[string]int{"100": 100, "400": 400, "3x2-90": 90} {
		resp := p.ask(t, address(t, pic, name), nil)
		got, format := seen(t, resp)
		if resp.StatusCode != http.StatusOK || got != width || format != "jpeg" {
			t.Errorf("%s: %s, %d pixels wide, %s", name, resp.Status, got, format)
		}
		h := resp.Header
		if h.Get("Cache-Control") != "public, max-age=31536000, immutable" || h.Get("Content-Type") != "image/jpeg" || !strings.Contains(strings.Join(h.Values("Vary"), ","), "Accept") ||
			h.Get("X-Content-Type-Options") != "nosniff" || h.Get("ETag") == "" {
			t.Errorf("%s: %v", name, h)
		}
		if again := p.ask(t, address(t, pic, name), nil, "If-None-Match", h.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("asked again: %s", again.Status)
		}
		if part := p.ask(t, address(t, pic, name), nil, "Range", "bytes=0-9"); part.StatusCode != http.StatusPartialContent || len(text(t, part)) != 10 {
			t.Errorf("a part of it: %s", part.Status)
		}
	}
}

func TestAReaderNeverWaitsForARendition(t *testing.T) {
	p := sqlite(t, setup{})
	pic := p.drawn(t, "jpeg")
	check := func(when, name string, width int) {
		t.Helper()
		resp := p.ask(t, address(t, pic, name), nil)
		if got, _ := seen(t, resp); got != width || resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %s is %d pixels wide: %v", when, name, got, resp.Header)
		}
	}
	check("before anything is made", "100", 600)
	check("before anything is made", "3x2-90", 600)
	// Some are made already: the next larger of the shape, else of the whole.
	pic = p.develop(t, pic, media.Use{Widths: []int{200, 400}}, media.Use{Shape: media.Shape{W: 3, H: 2}, Widths: []int{120}})
	check("while some are missing", "100", 200)
	check("while some are missing", "3x2-90", 120)
	check("while some are missing", "3x2-180", 200)
}

func TestAnAddressOfAnEarlierCutLeadsToThePresentOne(t *testing.T) {
	p := sqlite(t, setup{})
	pic := p.develop(t, p.drawn(t, "jpeg"), uses...)
	old := address(t, pic, "3x2-90")
	must(t, p.SetFocus(t.Context(), "Anna", pic.ID, news.Focus{X: 20, Y: 20}))
	now, err := p.Picture(t.Context(), pic.ID)
	must(t, err)
	resp := p.ask(t, old, nil)
	if to := resp.Header.Get("Location"); resp.StatusCode != http.StatusFound || to != address(t, &now, "3x2-90") || to == old || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%s to %s: %v", resp.Status, to, resp.Header)
	}
	// Until the new cut is made, the old one stands in, and nobody keeps it.
	resp = p.ask(t, address(t, &now, "3x2-90"), nil)
	if got, _ := seen(t, resp); got != 90 || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d pixels wide: %v", got, resp.Header)
	}
	if resp := p.ask(t, address(t, &now, "100"), nil); !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("the uncut one: %v", resp.Header)
	}
}

func TestAStrangerCanMakeNoWork(t *testing.T) {
	p := sqlite(t, setup{})
	pic := p.develop(t, p.drawn(t, "jpeg"), uses...)
	document := &news.Picture{Name: "a.pdf", Blob: pic.Blob, Served: pic.Blob, Type: "application/pdf"}
	must(t, p.AddPicture(t.Context(), "Anna", document))
	good := address(t, pic, "100")
	base := strings.TrimSuffix(good, "100")
	for _, path := range []string{
		base + "101", base + "3x2-91", base + "4x3-90", base + "0100", base + "100.jpg", base, strings.Replace(good, "-", "x", 2),
		"/-/pictures/99-0123456789/100", "/-/pictures/x/100", "/-/pictures/2-0123456789/100", "/-/pictures/" + strings.Repeat("9", 40) + "-a/100", base + "%00", base + "..%2f100",
	} {
		if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s", path, resp.Status)
		}
	}
	if n, err := p.RenditionQueueSize(t.Context()); err != nil || n != 0 {
		t.Errorf("%d pictures wait, %v", n, err)
	}
}

func TestWebPGoesToWhomItIsFor(t *testing.T) {
	p := sqlite(t, setup{})
	pic := p.develop(t, p.drawn(t, "png"), uses...)
	for accept, want := range map[string]string{
		"": "png", "*/*": "png", "image/*": "png", "image/png,image/*;q=0.8": "png", "image/webp;q=0": "png", "image/webp; q=0.0": "png",
		"image/avif,image/webp,image/apng,*/*;q=0.8": "webp", "image/WebP;q=0.5": "webp", "text/html, image/webp": "webp",
	} {
		resp := p.ask(t, address(t, pic, "200"), nil, "Accept", accept)
		if got, format := seen(t, resp); format != want || got != 200 || resp.Header.Get("Content-Type") != "image/"+want {
			t.Errorf("%q gets %s of %d pixels as %s", accept, format, got, resp.Header.Get("Content-Type"))
		}
	}
}

func TestALostFileOfARenditionIsNoBrokenPicture(t *testing.T) {
	p := sqlite(t, setup{})
	pic := p.develop(t, p.drawn(t, "jpeg"), uses...)
	there, err := p.Renditions(t.Context(), pic.ID)
	must(t, err)
	for _, r := range there {
		must(t, os.Remove(filepath.Join(p.folder, r.Blob[:2], r.Blob[2:4], r.Blob)))
		break
	}
	resp := p.ask(t, address(t, pic, there[0].Name), nil)
	if got, _ := seen(t, resp); resp.StatusCode != http.StatusOK || got != 600 || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%s, %d pixels wide: %v", resp.Status, got, resp.Header)
	}
}
