package site_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/media"
	"broadsheet/internal/news"
)

func (p *paper) room() *media.Darkroom {
	return media.NewDarkroom(p.disk, slices.Collect(maps.Values(p.uses())))
}

// shownAs is the picture that an address answers with.
func (p *paper) shownAs(t *testing.T, path string) image.Image {
	t.Helper()
	resp := p.ask(t, path, nil)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", path, resp.StatusCode)
	}
	m, _, err := image.Decode(resp.Body)
	must(t, err)
	return m
}

// TestReadersSeeTheCropEverywhere: from the moment that a picture is cropped, its
// own address, those of its sizes and what pages say of it show the crop.
func TestReadersSeeTheCropEverywhere(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t) // 500 × 300
	a := p.story(t, "A story", 8, `<p>Words.</p><figure><img src="`+pic.Path+`"></figure>`, func(a *news.Article) { a.LeadPicture = pic.ID })
	p.develop(t)
	before := p.size(t, pic, "lead", 100)

	must(t, p.CropPicture(t.Context(), p.room(), "Anna", pic.ID, pic.Blob, news.Crop{X: 100, Y: 50, W: 240, H: 120}))
	if got := p.shownAs(t, pic.Path).Bounds(); got.Dx() != 240 || got.Dy() != 120 {
		t.Errorf("at its own address: %v", got)
	}
	s100, s200, whole := p.size(t, pic, "lead", 100), p.size(t, pic, "lead", 200), p.size(t, pic, "lead", 240)
	html := p.page(t, a.Path)
	holds(t, html, `property="og:image" content="https://paper.example`+whole+`"`, `<img src="`+whole+`" srcset="`+s100+` 100w, `+s200+` 200w, `+whole+` 240w"`, `width="240" height="120"`)
	lacks(t, html, before, pic.Path+`"`)
	// Before its sizes are made, the crop stands in for them, and not the file.
	if got := p.shownAs(t, s100).Bounds(); got.Dx() != 240 || got.Dy() != 120 {
		t.Errorf("in place of a size: %v", got)
	}
	p.develop(t)
	if got := p.shownAs(t, s100).Bounds(); got.Dx() != 100 || got.Dy() != 50 {
		t.Errorf("a size: %v", got)
	}
	resp := p.ask(t, before, nil)
	if resp.StatusCode != http.StatusFound || resp.Header.Get("Location") != s100 {
		t.Errorf("the address of an uncropped size: %d, %s", resp.StatusCode, resp.Header.Get("Location"))
	}

	must(t, p.CropPicture(t.Context(), p.room(), "Anna", pic.ID, pic.Blob, news.Crop{}))
	if got := p.shownAs(t, pic.Path).Bounds(); got.Dx() != 500 {
		t.Errorf("without a crop: %v", got)
	}
	holds(t, p.page(t, a.Path), before)
}

// TestNobodyGetsTheWholeOfACroppedPicture, even where what was made of it is lost.
func TestNobodyGetsTheWholeOfACroppedPicture(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	must(t, p.CropPicture(t.Context(), p.room(), "Anna", pic.ID, pic.Blob, news.Crop{X: 100, Y: 50, W: 240, H: 120}))
	there, err := p.Renditions(t.Context(), pic.ID)
	must(t, err)
	for _, r := range there {
		must(t, p.disk.Remove(r.Blob))
	}
	for _, path := range []string{pic.Path, p.size(t, pic, "lead", 100)} {
		if resp := p.ask(t, path, nil); resp.StatusCode == http.StatusOK {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// TestAReplacedPictureIsAnotherAtOnce: same address, another file, of another type.
func TestAReplacedPictureIsAnotherAtOnce(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	pic := p.photo(t)
	a := p.story(t, "A story", 8, four, func(a *news.Article) { a.LeadPicture = pic.ID })
	p.develop(t)
	before := p.size(t, pic, "lead", 100)
	html := p.page(t, a.Path)
	first := p.ask(t, pic.Path, nil)
	if c := first.Header.Get("Cache-Control"); c != "no-cache" {
		t.Errorf("a browser would keep the file without asking: %q", c)
	}

	m := image.NewGray(image.Rect(0, 0, 450, 300))
	for i := range m.Pix {
		m.Pix[i] = uint8(i)
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, m))
	file, err := p.disk.Take(t.Context(), "better.png", &b, 1<<20)
	must(t, err)
	must(t, p.ReplacePicture(t.Context(), p.room(), "Anna", pic.ID, pic.Blob, &file))

	resp := p.ask(t, pic.Path, nil, "If-None-Match", first.Header.Get("ETag"))
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "image/png" || resp.Header.Get("ETag") == first.Header.Get("ETag") {
		t.Errorf("who has the old file gets %d, %v", resp.StatusCode, resp.Header)
	}
	after := p.page(t, a.Path)
	lacks(t, after, before)
	s100 := p.size(t, pic, "lead", 100)
	holds(t, after, s100)
	if got := p.shownAs(t, s100); got.Bounds().Dx() != 450 { // not made yet
		t.Errorf("in place of a size: %v", got.Bounds())
	}
	p.develop(t)
	if _, grey := p.shownAs(t, s100).At(3, 3).(color.Gray); !grey {
		t.Error("a size is of the old file")
	}
	now, err := p.Reader.Picture(t.Context(), pic.ID)
	must(t, err)
	if now.Path != pic.Path || now.Alt != pic.Alt || now.Version != pic.Version {
		t.Errorf("%+v", now)
	}

	must(t, p.PutBackPicture(t.Context(), p.room(), "Anna", pic.ID, file.Blob))
	p.develop(t)
	if got := p.page(t, a.Path); got != html {
		t.Error("put back, the page is not what it was")
	}
	must(t, p.PutBackPicture(t.Context(), p.room(), "Anna", pic.ID, pic.Blob))
	holds(t, p.page(t, a.Path), s100)

	// The old file goes after a month, and its bytes an hour later.
	p.now = p.now.Add(31 * 24 * time.Hour)
	if n, err := p.DropReplaced(t.Context()); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if err := p.PutBackPicture(t.Context(), p.room(), "Anna", pic.ID, file.Blob); err == nil {
		t.Error("what is forgotten was put back")
	}
}
