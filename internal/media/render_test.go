package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

var twoUses = map[string]Use{
	"body": {Widths: []int{16, 24, 48}},
	"card": {Shape: Shape{1, 1}, Widths: []int{16}},
}

// kept stores a file as the library does.
func kept(t testing.TB, d *Disk, name string, b []byte) news.Picture {
	t.Helper()
	p, err := d.Keep(t.Context(), name, bytes.NewReader(b), 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	p.ID = 7
	return p
}

// made makes a picture's renditions and returns the bytes of each by name and
// type.
func made(t testing.TB, d *Disk, uses map[string]Use, p news.Picture) (Made, map[string][]byte) {
	t.Helper()
	m, err := NewDarkroom(d, uses).Make(t.Context(), &p)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, r := range m.Renditions {
		f, err := d.Open(r.Blob)
		if err != nil {
			t.Fatal(err)
		}
		if all[r.Name+" "+r.Type], err = io.ReadAll(f); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return m, all
}

func TestSizesAreKnownBeforeTheyAreMade(t *testing.T) {
	p := news.Picture{ID: 7, Served: "key", Type: jpegType, Width: 1000, Height: 600}
	for _, c := range []struct {
		use  Use
		want string
	}{
		{Use{Widths: []int{400, 800}}, "400:400x240 800:800x480"},
		{Use{Widths: []int{400, 800, 1600}}, "400:400x240 800:800x480 1000:1000x600"},
		{Use{Widths: []int{2000}}, "1000:1000x600"},
		{Use{Shape: Shape{1, 1}, Widths: []int{100, 700}}, "1x1-100:100x100 1x1-600:600x600"},
		{Use{Shape: Shape{3, 1}, Widths: []int{300}}, "3x1-300:300x100"},
		{Use{}, ""},
	} {
		var got []string
		for _, cut := range c.use.Cuts(&p) {
			got = append(got, fmt.Sprintf("%s:%dx%d", cut.Name, cut.Width, cut.Height))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v: %v, want %s", c.use, got, c.want)
		}
	}
	for name, other := range map[string]news.Picture{
		"a film": {Served: "key", Type: "video/mp4"}, "a drawing": {Served: "key", Type: svgType, Width: 10, Height: 10},
		"an animation that is not cut": {Served: "key", Type: gifType, Width: 900, Height: 900, Moving: true},
	} {
		if cuts := (Use{Widths: []int{100}}).Cuts(&other); cuts != nil {
			t.Errorf("%s has %v", name, cuts)
		}
	}
}

func TestAnAddressChangesWithWhatItShows(t *testing.T) {
	p := news.Picture{ID: 7, Served: "a"}
	path := CutPath(&p, "3x2-640")
	if id, stamp, name, ok := ParseCutPath(path); id != 7 || stamp != Stamp(&p) || name != "3x2-640" || !ok {
		t.Errorf("%s was read as %d %s %s %v", path, id, stamp, name, ok)
	}
	p.Focus = news.Focus{X: 100, Y: 900}
	if CutPath(&p, "3x2-640") != path {
		t.Error("a focus that was only found changes the address")
	}
	p.FocusSet = true
	if CutPath(&p, "3x2-640") == path {
		t.Error("a focus that an editor has set does not change the address")
	}
	for _, wrong := range []string{"", "/-/pictures/", "/-/pictures/7-x", "/-/pictures/-7-x/1", "/-/pictures/x-y/z", "/pictures/7-x/1"} {
		if _, _, _, ok := ParseCutPath(wrong); ok {
			t.Errorf("%q is an address", wrong)
		}
	}
}

// half is a picture whose left half is red and whose right half is blue, with a
// white square near the bottom right.
func half(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 0, 0, 255}
			if x >= w/2 {
				c = color.RGBA{0, 0, 200, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func encoded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestACutKeepsTheFocus(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "half.png", encoded(t, half(240, 40)))
	for _, c := range []struct {
		focus int
		red   bool
	}{{100, true}, {900, false}} {
		p.Focus, p.FocusSet = news.Focus{X: c.focus, Y: 500}, true
		_, files := made(t, d, map[string]Use{"card": {Shape: Shape{1, 1}, Widths: []int{20}}}, p)
		img, err := png.Decode(bytes.NewReader(files["1x1-20 "+pngType]))
		if err != nil {
			t.Fatal(err)
		}
		r, _, b, _ := img.At(10, 10).RGBA()
		if (r > b) != c.red {
			t.Errorf("focus %d: the middle is %d red and %d blue", c.focus, r, b)
		}
	}
}

func TestTheFocusIsWhereTheDetailIs(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 400, 200))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := 120; y < 180; y++ {
		for x := 300; x < 360; x++ {
			if (x/4+y/4)%2 == 0 {
				m.Set(x, y, color.Black)
			}
		}
	}
	focus, colour := look(m)
	if focus.X < 700 || focus.X > 950 || focus.Y < 600 || focus.Y > 950 {
		t.Errorf("the focus is %v", focus)
	}
	if len(colour) != 7 || colour[0] != '#' {
		t.Errorf("the colour is %q", colour)
	}
	if _, colour := look(half(40, 40)); colour != "#640064" {
		t.Errorf("half red, half blue is %s", colour)
	}
}

// Of a picture that was taken with the camera on its side or mirrored, what is at
// its top left is there in each rendition.
func TestRenditionsAreUpright(t *testing.T) {
	for orientation := uint16(1); orientation <= 8; orientation++ {
		stored := image.NewRGBA(image.Rect(0, 0, 64, 32))
		at := [][2]int{{}, {0, 0}, {63, 0}, {63, 31}, {0, 31}, {0, 0}, {0, 31}, {63, 31}, {63, 0}}[orientation]
		for y := range 32 {
			for x := range 64 {
				v := uint8(20)
				if max(x-at[0], at[0]-x) < 16 && max(y-at[1], at[1]-y) < 16 {
					v = 240
				}
				stored.Set(x, y, color.Gray{v})
			}
		}
		var b bytes.Buffer
		if err := jpeg.Encode(&b, stored, nil); err != nil {
			t.Fatal(err)
		}
		file := slices.Concat(b.Bytes()[:2], jpegSegment(app1, exifHeader, cameraEXIF(binary.BigEndian, orientation)), b.Bytes()[2:])
		d := disk(t)
		p := kept(t, d, "a.jpg", file)
		_, files := made(t, d, map[string]Use{"body": {Widths: []int{24}}}, p)
		img, err := jpeg.Decode(bytes.NewReader(files["24 "+jpegType]))
		if err != nil {
			t.Fatal(err)
		}
		size := img.Bounds().Size()
		if wide := size.X > size.Y; wide != (orientation <= 4) {
			t.Errorf("orientation %d: %v", orientation, size)
		}
		if l, _, _, _ := img.At(1, 1).RGBA(); l>>8 < 180 {
			t.Errorf("orientation %d: the top left is as dark as %d", orientation, l>>8)
		}
		if readEXIF(must(takeApart(jpegType, files["24 "+jpegType])).told.exif).orientation != 1 {
			t.Errorf("orientation %d is told once more", orientation)
		}
	}
}

func must(p *picture, err error) *picture {
	if err != nil {
		panic(err)
	}
	return p
}

func TestEveryRenditionNamesWhoMadeItAndNothingElse(t *testing.T) {
	for kind, b := range map[string][]byte{jpegType: cameraJPEG(t, 1), pngType: cameraPNG(t)} {
		d := disk(t)
		m, files := made(t, d, twoUses, kept(t, d, "a"+map[string]string{jpegType: ".jpg", pngType: ".png"}[kind], b))
		if len(files) < 3 {
			t.Fatalf("%s: %d renditions", kind, len(files))
		}
		for name, file := range files {
			info, err := Inspect("", file)
			if err != nil {
				t.Errorf("%s of %s: %v", name, kind, err)
			}
			if info.Credit == "" || info.Copyright == "" || info.Place {
				t.Errorf("%s of %s tells %+v", name, kind, info)
			}
			_, type_, _ := strings.Cut(name, " ")
			for _, tag := range read(t, type_, file) {
				if secret(tag) {
					t.Errorf("%s of %s tells %s", name, kind, tag.Tag)
				}
			}
			if found := markers(file); found != nil {
				t.Errorf("%s of %s holds %v", name, kind, found)
			}
		}
		for _, r := range m.Renditions {
			img, _, err := image.DecodeConfig(bytes.NewReader(files[r.Name+" "+r.Type]))
			if err != nil || img.Width != r.Width || img.Height != r.Height {
				t.Errorf("%s of %s: %d×%d, want %d×%d, %v", r.Name, kind, img.Width, img.Height, r.Width, r.Height, err)
			}
		}
	}
}

// profile is an ICC profile as far as anybody looks at it here.
func profile(space string) []byte {
	b := make([]byte, 200)
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	copy(b[16:], space)
	return b
}

func TestColourProfilesStayWithThePixels(t *testing.T) {
	for space, stays := range map[string]bool{"RGB ": true, "CMYK": false, "GRAY": false} {
		b := tellingJPEG(t, jpegSegment(app2, iccHeader, append([]byte{1, 1}, profile(space)...)))
		d := disk(t)
		_, files := made(t, d, twoUses, kept(t, d, "a.jpg", b))
		for name, file := range files {
			_, kind, _ := strings.Cut(name, " ")
			p := must(takeApart(kind, file))
			if got := profileOf(p, image.NewRGBA(image.Rect(0, 0, 1, 1))); bytes.Equal(got, profile(space)) != stays {
				t.Errorf("%s of a %spicture has a profile of %d bytes", name, space, len(got))
			}
		}
	}
}

func TestADrawingLosesNothing(t *testing.T) {
	d := disk(t)
	source := half(240, 160)
	source.Set(3, 3, color.RGBA{0, 0, 0, 0}) // not opaque
	p := kept(t, d, "a.png", encoded(t, source))
	_, files := made(t, d, map[string]Use{"body": {Widths: []int{240}}}, p)
	if len(files["240 "+webpType]) == 0 || len(files["240 "+webpType]) >= len(files["240 "+pngType]) {
		t.Errorf("the PNG has %d bytes, the WebP %d", len(files["240 "+pngType]), len(files["240 "+webpType]))
	}
	for name, file := range files {
		img, _, err := image.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, at := range []image.Point{{3, 3}, {0, 0}, {239, 159}, {120, 80}} {
			got, want := color.NRGBAModel.Convert(img.At(at.X, at.Y)), color.NRGBAModel.Convert(source.At(at.X, at.Y))
			if got != want {
				t.Errorf("%s at %v: %v, want %v", name, at, got, want)
			}
		}
	}
}

func TestAnAnimationIsCutToAStill(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.gif", cameraGIF(t))
	if !p.Moving {
		t.Fatal("nobody has noticed that it moves")
	}
	_, files := made(t, d, twoUses, p)
	for name := range files {
		if !strings.HasPrefix(name, "1x1-") {
			t.Errorf("%s was made of an animation", name)
		}
	}
	if len(files["1x1-16 "+pngType]) == 0 {
		t.Errorf("there are %d files and no still", len(files))
	}
}

func TestAPictureThatCanNotBeReadIsAFaultInWords(t *testing.T) {
	for name, file := range map[string][]byte{"a.jpg": plainJPEG(t), "a.png": plainPNG(t), "a.gif": cameraGIF(t)} {
		d := disk(t)
		p := kept(t, d, name, file)
		for cut := len(file) - 1; cut > len(file)/3; cut -= 7 {
			key, _, err := d.Put(t.Context(), bytes.NewReader(file[:cut]))
			if err != nil {
				t.Fatal(err)
			}
			p.Served = key
			if _, err := NewDarkroom(d, twoUses).Make(t.Context(), &p); err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%s, %d bytes of %d: %v", name, cut, len(file), err)
			}
		}
	}
}

// A file of some kilobytes says that it has 100 megapixels, and has them.
func TestAGiantPictureTakesNoMoreMemoryThanThereIs(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&b, image.NewGray(image.Rect(0, 0, 10_000, 9_990))); err != nil {
		t.Fatal(err)
	}
	gray := bytes.Clone(b.Bytes())
	b.Reset()
	if err := e.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 10_000, 9_990))); err != nil {
		t.Fatal(err)
	}
	d := disk(t)
	p := kept(t, d, "deep.png", b.Bytes())
	_, err := NewDarkroom(d, twoUses).Make(t.Context(), &p)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "megapixels") {
		t.Errorf("400 MB of pixels: %v", err)
	}
	b.Reset()
	p = kept(t, d, "gray.png", gray)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := NewDarkroom(d, twoUses).Make(t.Context(), &p); err != nil {
		t.Errorf("100 MB of pixels: %v", err)
	}
	runtime.ReadMemStats(&after)
	if took := after.HeapSys - before.HeapSys; int64(took) > 300<<20 {
		t.Errorf("the heap has grown by %d MB", took>>20)
	}
}

func FuzzMake(f *testing.F) {
	for _, b := range telling(f) {
		f.Add(b)
	}
	d, err := OpenDisk(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	room := NewDarkroom(d, twoUses)
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := d.Keep(t.Context(), "a", bytes.NewReader(b), 1<<20)
		if err != nil || p.Width*p.Height > 1e6 {
			return
		}
		m, err := room.Make(t.Context(), &p)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		for _, r := range m.Renditions {
			if r.Width < 1 || r.Height < 1 || r.Size < 1 {
				t.Errorf("%+v", r)
			}
		}
	})
}
