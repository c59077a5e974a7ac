package site_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// small is a theme that asks for small pictures.
var small = fstest.MapFS{"theme.toml": {Data: []byte(`
[pictures.lead]
widths = [100, 200, 400]
sizes = "50vw"
[pictures.card]
shape = "3:2"
widths = [60, 120]
`)}}

// photo adds a photograph of 500 × 300 to the library.
func (p *paper) photo(t *testing.T) *news.Picture {
	t.Helper()
	var b bytes.Buffer
	m := image.NewRGBA(image.Rect(0, 0, 500, 300))
	for i := range m.Pix {
		m.Pix[i] = uint8(i / 2400) // a sky
	}
	must(t, jpeg.Encode(&b, m, nil))
	pic, err := p.disk.Keep(t.Context(), "photo.jpg", &b, 1<<20)
	must(t, err)
	must(t, p.AddPicture(t.Context(), "Anna", &pic))
	return &pic
}

// size is the address of a size of a picture, as it is now.
func (p *paper) size(t *testing.T, pic *news.Picture, use string, width int) string {
	t.Helper()
	now, err := p.Reader.Picture(t.Context(), pic.ID)
	must(t, err)
	list, _ := media.Renditions(&now, p.uses()[use])
	for _, r := range list {
		if r.Width == width {
			return r.URL
		}
	}
	t.Fatalf("%s has no width %d", use, width)
	return ""
}

func (p *paper) uses() map[string]media.Use { return p.Handler.Uses() }

func (p *paper) develop(t *testing.T) {
	t.Helper()
	must(t, p.MakeRenditions(t.Context(), media.NewDarkroom(p.disk, slices.Collect(maps.Values(p.uses()))), func(r desk.RenditionResult) {
		if r.Refused != "" || r.Failed != nil {
			t.Errorf("%+v", r)
		}
	}))
}

func TestAPictureComesInTheSizesThatTheThemeAsksFor(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	html := p.page(t, p.story(t, "A story", 8, four, func(a *news.Article) { a.LeadPicture = pic.ID }).Path)
	s100, s200, s400 := p.size(t, pic, "lead", 100), p.size(t, pic, "lead", 200), p.size(t, pic, "lead", 400)
	holds(t, html, `property="og:image" content="https://paper.example`+s400+`"`,
		`<img src="`+s400+`" srcset="`+s100+` 100w, `+s200+` 200w, `+s400+` 400w" sizes="50vw" width="400" height="240"`, `fetchpriority="high"`)
	lacks(t, html, "background-color")
	p.develop(t)
	holds(t, p.page(t, "/world/"), p.size(t, pic, "card", 120), `style="background-color:#`)
}

func TestAReaderNeverWaitsForARendition(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	at := p.size(t, pic, "lead", 200)
	soon := p.ask(t, at, nil)
	if soon.StatusCode != 200 || soon.Header.Get("Cache-Control") != "no-cache" || soon.ContentLength != pic.Size {
		t.Errorf("before it is made: %d, %s, %d bytes", soon.StatusCode, soon.Header.Get("Cache-Control"), soon.ContentLength)
	}
	p.develop(t)
	plain, webp := p.ask(t, at, nil), p.ask(t, at, nil, "Accept", "image/avif,image/webp,*/*")
	for kind, got := range map[string]*http.Response{"image/jpeg": plain, "image/webp": webp} {
		if got.StatusCode != 200 || got.Header.Get("Content-Type") != kind || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") || !strings.Contains(got.Header.Get("Vary"), "Accept") {
			t.Errorf("%s: %d %v", kind, got.StatusCode, got.Header)
		}
	}
	if webp.ContentLength >= plain.ContentLength {
		t.Errorf("the WebP has %d bytes, the JPEG %d", webp.ContentLength, plain.ContentLength)
	}
}

func TestTheNextLargerOneStandsInForOneThatIsNotThere(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	p.develop(t)
	list, err := p.Reader.Renditions(t.Context(), pic.ID)
	must(t, err)
	_, err = p.Store.Update(t.Context(), p.now, func(tx *store.Tx) error {
		for _, r := range list {
			if r.Name == "100" || r.Name == "3x2-60" {
				if err := tx.DropRendition(t.Context(), pic.ID, r.Name, r.Type); err != nil {
					return err
				}
			}
		}
		return nil
	})
	must(t, err)
	for _, c := range []struct {
		use          string
		asked, width int
	}{{"lead", 100, 200}, {"card", 60, 120}} {
		got := p.ask(t, p.size(t, pic, c.use, c.asked), nil)
		size, err := jpeg.DecodeConfig(got.Body)
		if err != nil || size.Width != c.width || got.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%v: %d wide, %v, %s", c, size.Width, err, got.Header.Get("Cache-Control"))
		}
	}
}

func TestNoStrangerMakesWork(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	p.develop(t)
	at := p.size(t, pic, "lead", 200)
	folder := strings.TrimSuffix(at, "200")
	for _, path := range []string{folder + "201", folder + "1x1-100", folder, at + "/", "/-/pictures/", "/-/pictures/99-0/200", "/-/pictures/x"} {
		if got := p.ask(t, path, nil).StatusCode; got != 404 {
			t.Errorf("%s is answered %d", path, got)
		}
	}
	old := regexp.MustCompile(`-[0-9a-f]+/`).ReplaceAllString(at, "-0123456789/")
	got := p.ask(t, old, nil)
	if got.StatusCode != 302 || got.Header.Get("Location") != at || got.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("an old address: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
}
