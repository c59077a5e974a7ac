package site_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/site"
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
		m.Pix[i] = uint8(i * i >> 7)
	}
	must(t, jpeg.Encode(&b, m, nil))
	pic, err := p.disk.Keep(t.Context(), "photo.jpg", &b, 1<<20)
	must(t, err)
	must(t, p.AddPicture(t.Context(), "Anna", &pic))
	return &pic
}

func (p *paper) uses() map[string]media.Use { return p.Handler.(*site.Handler).Uses() }

func (p *paper) develop(t *testing.T) {
	t.Helper()
	must(t, p.RenderAll(t.Context(), media.NewDarkroom(p.disk, p.uses()), func(int) {}, func(w store.PictureProblem) { t.Error(w) }))
}

func TestAPictureComesInTheSizesThatTheThemeAsksFor(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	html := p.page(t, p.story(t, "A story", 8, four, func(a *news.Article) { a.LeadPicture = pic.ID }).Path)
	path := media.CutPath(pic, "")
	holds(t, html, `property="og:image" content="https://paper.example`+path+`400"`,
		`<img src="`+path+`400" srcset="`+path+`100 100w, `+path+`200 200w, `+path+`400 400w" sizes="50vw" width="400" height="240"`, `fetchpriority="high"`)
	lacks(t, html, "background-color")
	p.develop(t)
	holds(t, p.page(t, "/world/"), path+"3x2-120", `style="background-color:#`)
}

func TestAReaderNeverWaitsForARendition(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	at := media.CutPath(pic, "200")
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
	kept := list[:0]
	for _, r := range list {
		if r.Name != "100" && r.Name != "3x2-60" {
			kept = append(kept, r)
		}
	}
	_, err = p.Store.Update(t.Context(), p.now, func(tx *store.Tx) error { return tx.PutRenditions(t.Context(), pic.ID, kept) })
	must(t, err)
	for name, width := range map[string]int{"100": 200, "3x2-60": 120} {
		got := p.ask(t, media.CutPath(pic, name), nil)
		c, err := jpeg.DecodeConfig(got.Body)
		if err != nil || c.Width != width || got.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d wide, %v, %s", name, c.Width, err, got.Header.Get("Cache-Control"))
		}
	}
}

func TestNoStrangerMakesWork(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	p.develop(t)
	for _, path := range []string{media.CutPath(pic, "201"), media.CutPath(pic, "1x1-100"), media.CutPath(pic, ""), media.CutPath(pic, "200/"), "/-/pictures/", "/-/pictures/99-0/200", "/-/pictures/x"} {
		if got := p.ask(t, path, nil).StatusCode; got != 404 {
			t.Errorf("%s is answered %d", path, got)
		}
	}
	old := regexp.MustCompile(`-[0-9a-f]+/`).ReplaceAllString(media.CutPath(pic, "200"), "-0123456789ab/")
	got := p.ask(t, old, nil)
	if got.StatusCode != 302 || got.Header.Get("Location") != media.CutPath(pic, "200") || got.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("an old address: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
}
