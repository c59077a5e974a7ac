package media

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/HugoSmits86/nativewebp"
	"golang.org/x/image/draw"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// kept keeps a file and gives it an id.
func kept(t testing.TB, d *Disk, name string, b []byte) *news.Picture {
	t.Helper()
	p, err := d.Keep(context.Background(), name, bytes.NewReader(b), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	p.ID = 7
	return &p
}

func nothing(string, string) bool { return false }

// developed makes a picture's renditions for uses.
func developed(t testing.TB, d *Disk, p *news.Picture, uses ...Use) Developed {
	t.Helper()
	out, err := NewDarkroom(d, uses).Develop(context.Background(), p, nothing)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// print is the file of that name and type, decoded.
func printOf(t testing.TB, d *Disk, out Developed, name, kind string) ([]byte, image.Image) {
	t.Helper()
	for _, p := range out.Prints {
		if p.Name != name || p.Type != kind {
			continue
		}
		b := content(t, d, p.Blob)
		m, _, err := image.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%s as %s: %v", name, kind, err)
		}
		if m.Bounds().Dx() != p.Width || m.Bounds().Dy() != p.Height || int64(len(b)) != p.Size {
			t.Errorf("%s is %v of %d bytes, and said to be %d × %d of %d", name, m.Bounds(), len(b), p.Width, p.Height, p.Size)
		}
		return b, m
	}
	t.Fatalf("no %s as %s among %v", name, kind, out.Prints)
	return nil, nil
}

// near compares a pixel with a colour, as far as compression with losses goes.
func near(t testing.TB, m image.Image, x, y int, want color.RGBA) {
	t.Helper()
	got := color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)
	for i, v := range [4]uint8{got.R, got.G, got.B, got.A} {
		if math.Abs(float64(v)-float64([4]uint8{want.R, want.G, want.B, want.A}[i])) > 12 {
			t.Errorf("at %d, %d it is %v and should be %v", x, y, got, want)
			return
		}
	}
}

// The colours of quarters, as a viewer sees them: white, black, red and blue.
var (
	white = color.RGBA{255, 255, 255, 255}
	black = color.RGBA{0, 0, 0, 255}
	red   = color.RGBA{200, 30, 30, 255}
	blue  = color.RGBA{20, 40, 180, 255}
)

func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for i, c := range []color.RGBA{white, black, red, blue} {
		x, y := i%2*w/2, i/2*h/2
		draw.Draw(m, image.Rect(x, y, x+w/2, y+h/2), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return m
}

func hasQuarters(t testing.TB, m image.Image) {
	t.Helper()
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	near(t, m, w/4, h/4, white)
	near(t, m, w*3/4, h/4, black)
	near(t, m, w/4, h*3/4, red)
	near(t, m, w*3/4, h*3/4, blue)
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func losslessOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := nativewebp.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Pictures of 48 × 32 that a browser has compressed with losses: white beside
// black over red; and red beside nothing.
const (
	lossyFrame  = "UAMAnQEqMAAgAD4xEodCoiENVgIAEAGCWMAANEExw0REqIAA/v7dn7v//+jjNH6hjK//8wR/6xP//o4r//RnkgAA"
	clearFrame  = "kAMAnQEqMAAgAD4xFIhCoiEhGAQAIAMEoAdgD8AP2AAP+COLyAD+9r4H//zBEjBGub3//9HF1rSDP/Rxv9ZD//18ZQjzmreYP/pZHUjl4AA="
	clearFrameA = "AQ8w/xERQiyYzF86g+6I/keFcw=="
)

func unpacked(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func lossyWebP(t testing.TB) []byte { return riffFile(riffChunk("VP8 ", unpacked(t, lossyFrame))) }

func clearWebP(t testing.TB) []byte {
	return riffFile(riffChunk("VP8X", []byte{webpAlpha, 0, 0, 0, 47, 0, 0, 31, 0, 0}),
		riffChunk("ALPH", unpacked(t, clearFrameA)), riffChunk("VP8 ", unpacked(t, clearFrame)))
}

// movingWebP shows quarters in its lower right half first, then nothing of them.
func movingWebP(t testing.TB) []byte {
	frame := func(m image.Image, x, y int) []byte {
		b := losslessOf(t, m)
		head := make([]byte, 16)
		for i, n := range []int{x / 2, y / 2, m.Bounds().Dx() - 1, m.Bounds().Dy() - 1, 100} {
			head[3*i], head[3*i+1] = byte(n), byte(n>>8)
		}
		return riffChunk("ANMF", slices.Concat(head, b[12:]))
	}
	return riffFile(riffChunk("VP8X", []byte{1 << 1, 0, 0, 0, 119, 0, 0, 79, 0, 0}), riffChunk("ANIM", make([]byte, 6)),
		frame(quarters(60, 40), 60, 40), frame(image.NewNRGBA(image.Rect(0, 0, 120, 80)), 0, 0))
}

func TestEachFormatComesInTheFormatsOfItsFamily(t *testing.T) {
	transparent := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	draw.Draw(transparent, image.Rect(0, 0, 300, 100), scenery(300, 200), image.Point{}, draw.Src)
	for name, test := range map[string]struct {
		file []byte
		kind string
		want string
	}{
		"a photograph":                 {jpegOf(t, quarters(300, 200), 90), jpegType, "100 image/jpeg, 100 image/webp"},
		"a drawing":                    {pngOf(t, scenery(300, 200)), pngType, "100 image/png, 100 image/webp"},
		"a drawing with transparency":  {pngOf(t, transparent), pngType, "100 image/png, 100 image/webp"},
		"lossless WebP":                {losslessOf(t, scenery(300, 200)), webpType, "100 image/png, 100 image/webp"},
		"lossy WebP":                   {lossyWebP(t), webpType, "24 image/jpeg, 24 image/webp"},
		"lossy WebP with transparency": {clearWebP(t), webpType, "24 image/png"},
		"a GIF that does not move":     {gifOf(t, 1), gifType, "100 image/png"},
		"nothing, which is no picture": {[]byte("%PDF-1.4 words"), "application/pdf", ""},
		"an AVIF, which can't be read": {cameraAVIF(), avifType, ""},
	} {
		d := disk(t)
		p := kept(t, d, "a", test.file)
		if p.Type != test.kind {
			t.Fatalf("%s is %s", name, p.Type)
		}
		width := min(100, max(1, p.Width/2))
		var got []string
		for _, x := range developed(t, d, p, Use{Widths: []int{width}}).Prints {
			got = append(got, x.Name+" "+x.Type)
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%s comes as %s; want %s", name, s, test.want)
		}
	}
}

func gifOf(t testing.TB, frames int) []byte {
	t.Helper()
	g := gif.GIF{Config: image.Config{Width: 300, Height: 200}}
	for i := range frames {
		m := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{white, black, red, blue, color.RGBA{}})
		if i == 0 {
			draw.Draw(m, m.Rect, quarters(300, 200), image.Point{}, draw.Src)
		}
		g.Image, g.Delay = append(g.Image, m), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPixelsAreWhatTheyWere(t *testing.T) {
	for name, test := range map[string]struct {
		file []byte
		kind string
	}{
		"JPEG": {jpegOf(t, quarters(300, 200), 90), jpegType}, "PNG": {pngOf(t, quarters(300, 200)), pngType},
		"WebP": {losslessOf(t, quarters(300, 200)), pngType}, "GIF": {gifOf(t, 1), pngType},
		"16 bits": {pngOf(t, sixteen(quarters(300, 200))), pngType},
	} {
		t.Run(name, func(t *testing.T) {
			d := disk(t)
			p := kept(t, d, "a", test.file)
			out := developed(t, d, p, Use{Widths: []int{120}}, Use{Shape: Shape{3, 2}, Widths: []int{90}})
			for _, name := range []string{"120", "3x2-90"} {
				_, m := printOf(t, d, out, name, test.kind)
				hasQuarters(t, m)
			}
		})
	}
	t.Run("lossy WebP", func(t *testing.T) {
		d := disk(t)
		out := developed(t, d, kept(t, d, "a", lossyWebP(t)), Use{Widths: []int{48}})
		_, m := printOf(t, d, out, "48", jpegType)
		near(t, m, 6, 16, white)
		near(t, m, 40, 5, black)
		near(t, m, 40, 26, red)
	})
	t.Run("lossy WebP with transparency", func(t *testing.T) {
		d := disk(t)
		out := developed(t, d, kept(t, d, "a", clearWebP(t)), Use{Widths: []int{24}})
		_, m := printOf(t, d, out, "24", pngType)
		near(t, m, 4, 8, red)
		near(t, m, 20, 8, color.RGBA{})
	})
}

func TestALosslessWebPIsThePNG(t *testing.T) {
	d := disk(t)
	out := developed(t, d, kept(t, d, "a.png", pngOf(t, scenery(300, 200))), Use{Widths: []int{120}})
	b, asPNG := printOf(t, d, out, "120", pngType)
	c, asWebP := printOf(t, d, out, "120", webpType)
	if len(c) >= len(b) {
		t.Errorf("WebP has %d bytes, PNG %d", len(c), len(b))
	}
	for y := range 80 {
		for x := range 120 {
			if color.NRGBAModel.Convert(asPNG.At(x, y)) != color.NRGBAModel.Convert(asWebP.At(x, y)) {
				t.Fatalf("at %d, %d it differs", x, y)
			}
		}
	}
}

func sixteen(m image.Image) image.Image {
	out := image.NewNRGBA64(m.Bounds())
	draw.Draw(out, out.Rect, m, image.Point{}, draw.Src)
	return out
}

func TestAPictureOfOneColourHasRenditions(t *testing.T) {
	d := disk(t)
	for _, c := range []color.Color{color.Transparent, white} {
		m := image.NewNRGBA(image.Rect(0, 0, 1000, 700))
		draw.Draw(m, m.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		out, err := NewDarkroom(d, theme).Develop(context.Background(), kept(t, d, "a.png", b.Bytes()), nothing)
		if err != nil || len(out.Prints) == 0 {
			t.Errorf("%v: %d, %v", c, len(out.Prints), err)
		}
	}
}

func TestTheEdgeOfATransparentDrawingHasItsColour(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 400, 400)) // its transparent pixels are black, too
	draw.Draw(m, image.Rect(0, 0, 199, 400), image.NewUniform(white), image.Point{}, draw.Src)
	d := disk(t)
	out := developed(t, d, kept(t, d, "a.png", pngOf(t, m)), Use{Widths: []int{100}})
	_, got := printOf(t, d, out, "100", pngType)
	for x := range 100 {
		if c := color.NRGBAModel.Convert(got.At(x, 50)).(color.NRGBA); c.A > 0 && c.R < 250 {
			t.Errorf("at %d there is a dark fringe: %v", x, c)
		}
	}
}

func TestOrientationIsAppliedAndTheTagDropped(t *testing.T) {
	for orientation := 1; orientation <= 8; orientation++ {
		t.Run(fmt.Sprint(orientation), func(t *testing.T) {
			seen := quarters(240, 120)
			w, h := 240, 120
			if orientation >= 5 {
				w, h = h, w
			}
			stored := image.NewRGBA(image.Rect(0, 0, w, h))
			for y := range 120 {
				for x := range 240 {
					sx, sy := turnedFrom(x, y, w, h, orientation)
					stored.Set(sx, sy, seen.At(x, y))
				}
			}
			b := jpegOf(t, stored, 95)
			exif := tiff(binary.BigEndian, []ifdEntry{{0x0112, uint16(orientation)}}, nil)
			file := slices.Concat(b[:2], jpegSegment(app1, exifHeader, exif), b[2:])
			d := disk(t)
			p := kept(t, d, "a.jpg", file)
			p.Focus = news.Focus{X: 1, Y: 1}
			out := developed(t, d, p, Use{Widths: []int{80, 240}}, Use{Shape: Shape{1, 1}, Widths: []int{40}})
			for _, name := range []string{"80", "240"} {
				b, m := printOf(t, d, out, name, jpegType)
				hasQuarters(t, m)
				if o := readEXIF(tagged(t, b)).orientation; o != 1 && orientation != 1 {
					t.Errorf("%s is said to be turned by %d", name, o)
				}
			}
			_, m := printOf(t, d, out, "1x1-40", jpegType)
			near(t, m, 20, 10, white)
			near(t, m, 20, 30, red)
		})
	}
}

// tagged is the EXIF block of a JPEG.
func tagged(t testing.TB, b []byte) []byte {
	t.Helper()
	p, err := readJPEG(b)
	if err != nil {
		t.Fatal(err)
	}
	return p.told.exif
}

// profile looks like a colour profile and is large enough to need two segments.
var profile = func() []byte {
	b := make([]byte, 70_000)
	for i := range b {
		b[i] = byte(i * 7 / 3)
	}
	copy(b[36:], "acsp")
	return b
}()

func TestCreditStaysAndPlaceIsGoneInEachRendition(t *testing.T) {
	large := func(small, b []byte, at int) []byte { return slices.Concat(b[:2], small[2:at], b[2:]) }
	camera := cameraJPEG(t, 1)
	b := jpegOf(t, scenery(300, 200), 90)
	end := bytes.Index(camera, []byte{0xff, 0xdb}) // its tables begin
	jpeg := large(camera, b, end)
	pngFile := pngOf(t, quarters(300, 200))
	cameraP := cameraPNG(t)
	const header = 8 + 25
	pngFile = slices.Concat(pngFile[:header], cameraP[header:bytes.Index(cameraP, []byte("IDAT"))-4], pngFile[header:])
	for name, file := range map[string][]byte{"a.jpg": jpeg, "a.png": pngFile} {
		d := disk(t)
		p := kept(t, d, name, file)
		if name == "a.png" {
			p.Width, p.Height = 200, 300 // its EXIF says that it lies on its side
		}
		out := developed(t, d, p, Use{Widths: []int{60, 120}}, Use{Shape: Shape{1, 1}, Widths: []int{50}})
		if len(out.Prints) < 3 {
			t.Fatalf("%s: %v", name, out.Prints)
		}
		for _, x := range out.Prints {
			b := content(t, d, x.Blob)
			if m := markers(b); m != nil {
				t.Errorf("%s as %s holds %v", x.Name, x.Type, m)
			}
			for _, tag := range read(t, x.Type, b) {
				if secret(tag) {
					t.Errorf("%s as %s tells %s %s", x.Name, x.Type, tag.Namespace, tag.Tag)
				}
			}
			i, err := Inspect("", b)
			if err != nil || i.Credit != "Berg & Sons/Agency" || i.Caption != "The harbour at dawn." || i.Copyright != "© 2026 Anna Berg" {
				t.Errorf("%s as %s tells %+v, %v", x.Name, x.Type, i, err)
			}
			p, err := takeApart(x.Type, b)
			if err != nil {
				t.Fatal(err)
			}
			if e := readEXIF(p.told.exif); e.artist != "Anna Berg" || e.copyright != "2026 Anna Berg" || e.orientation != 1 {
				t.Errorf("%s as %s has the EXIF %+v", x.Name, x.Type, e)
			}
		}
	}
}

func TestWhatOnlyAnAgencysFieldsSayIsToldInEveryFormat(t *testing.T) {
	b := jpegOf(t, quarters(300, 200), 90)
	file := slices.Concat(b[:2], jpegSegment(app13, psHeader, resource(0x0404, agencyIIM())), b[2:])
	r, err := readRaster(jpegType, file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.decode()
	if err != nil {
		t.Fatal(err)
	}
	f := finishOf(r, c)
	out, err := f.tellWebP(losslessOf(t, quarters(30, 20)), quarters(30, 20))
	if err != nil {
		t.Fatal(err)
	}
	if i, err := Inspect("", out); err != nil || i.Credit != "Berg/Agency" || i.Caption != "Kräne im Hafen" || i.Copyright != "© Berg" {
		t.Errorf("WebP: %+v, %v", i, err)
	}
	out, err = f.tellJPEG(jpegOf(t, quarters(30, 20), 90))
	if err != nil {
		t.Fatal(err)
	}
	if i, err := Inspect("", out); err != nil || i.Credit != "Berg/Agency" || i.Caption != "Kräne im Hafen" {
		t.Errorf("JPEG: %+v, %v", i, err)
	}
}

func TestTheColourProfileIsKept(t *testing.T) {
	b := jpegOf(t, quarters(300, 200), 90)
	jpeg := slices.Concat(b[:2], bytes.Join(iccSegments(profile), nil), b[2:])
	p := pngOf(t, quarters(300, 200))
	pngFile := slices.Concat(p[:33], iccChunk(profile), p[33:])
	w := losslessOf(t, quarters(300, 200))
	webp := riffFile(riffChunk("VP8X", []byte{webpICC, 0, 0, 0, 43, 1, 0, 199, 0, 0}), riffChunk("ICCP", profile), w[12:])
	for name, file := range map[string][]byte{"a.jpg": jpeg, "a.png": pngFile, "a.webp": webp} {
		d := disk(t)
		for _, x := range developed(t, d, kept(t, d, name, file), Use{Widths: []int{250}}).Prints {
			b := content(t, d, x.Blob)
			p, err := takeApart(x.Type, b)
			if err != nil || !bytes.Equal(p.icc(), profile) {
				t.Errorf("%s: %s has a profile of %d bytes, %v", name, x.Type, len(p.icc()), err)
			}
			if _, _, err := image.Decode(bytes.NewReader(b)); err != nil {
				t.Errorf("%s as %s can't be read: %v", name, x.Type, err)
			}
		}
	}
}

func TestAProfileThatUnfoldsIntoTooMuchIsLeftAway(t *testing.T) {
	p := pngOf(t, quarters(300, 200))
	file := slices.Concat(p[:33], iccChunk(make([]byte, 50<<20)), p[33:])
	r, err := readRaster(pngType, file)
	if err != nil || r.icc() != nil {
		t.Errorf("%d bytes, %v", len(r.icc()), err)
	}
}

// inkJPEG is a picture of 80 × 40 in an even colour, in the inks of a press as
// Adobe writes them. Each block says "the same as before" in six bits.
func inkJPEG(t testing.TB) []byte {
	t.Helper()
	b := jpegOf(t, image.NewGray(image.Rect(0, 0, 8, 8)), 90)
	tables := func(marker byte) (out []byte) {
		for at := 2; at+4 <= len(b) && b[at+1] != sos; at += 2 + int(binary.BigEndian.Uint16(b[at+2:])) {
			if b[at+1] == marker {
				out = append(out, b[at:at+2+int(binary.BigEndian.Uint16(b[at+2:]))]...)
			}
		}
		return out
	}
	frame := []byte{8, 0, 40, 0, 80, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0}
	scan := []byte{4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0}
	return slices.Concat(b[:2], jpegSegment(app14, nil, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00")), bytes.Join(iccSegments(profile), nil),
		tables(0xdb), jpegSegment(0xc0, nil, frame), tables(0xc4), jpegSegment(sos, nil, scan),
		bytes.Repeat([]byte{0x28, 0xa2, 0x8a}, 50), []byte{0xff, eoi})
}

func TestInksBecomeColoursOfAScreen(t *testing.T) {
	d := disk(t)
	out := developed(t, d, kept(t, d, "a.jpg", inkJPEG(t)), Use{Widths: []int{40}})
	b, m := printOf(t, d, out, "40", jpegType)
	if _, ok := m.(*image.YCbCr); !ok {
		t.Errorf("it is %T", m)
	}
	near(t, m, 20, 10, color.RGBA{64, 64, 64, 255})
	if p, err := readJPEG(b); err != nil || p.icc() != nil {
		t.Errorf("the press's profile is still there: %v", err)
	}
}

func TestAnAnimationMovesUncutAndIsStillWhereItIsCut(t *testing.T) {
	for name, file := range map[string][]byte{"a.gif": gifOf(t, 3), "a.webp": movingWebP(t)} {
		d := disk(t)
		p := kept(t, d, name, file)
		if !p.Moving {
			t.Errorf("%s does not move", name)
		}
		out := developed(t, d, p, Use{Widths: []int{60}}, Use{Shape: Shape{3, 2}, Widths: []int{60}})
		for _, x := range out.Prints {
			if x.Name != "3x2-60" {
				t.Errorf("%s: there is %s", name, x.Name)
			}
		}
		_, m := printOf(t, d, out, "3x2-60", pngType)
		if name == "a.gif" {
			hasQuarters(t, m)
			continue
		}
		near(t, m, 10, 10, color.RGBA{}) // outside of its first picture
		near(t, m, 37, 25, white)
		near(t, m, 52, 35, blue)
	}
}

func TestNoUncutRenditionIsLargerThanTheFileItself(t *testing.T) {
	// A chart: few colours, which scaling gives many.
	m := image.NewPaletted(image.Rect(0, 0, 900, 600), color.Palette{white, black, red})
	for i := range m.Pix {
		m.Pix[i] = uint8(i % 900 * (i / 900) / 700 % 3)
	}
	d := disk(t)
	p := kept(t, d, "chart.png", pngOf(t, m))
	out := developed(t, d, p, Use{Widths: []int{800}})
	if len(out.Prints) == 0 {
		t.Fatal("nothing was made")
	}
	for _, x := range out.Prints {
		if x.Size > p.Size {
			t.Errorf("%s as %s has %d bytes, the file itself %d", x.Name, x.Type, x.Size, p.Size)
		}
	}
}

func TestTheSameShapeIsTheSameFile(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.jpg", jpegOf(t, scenery(300, 200), 90))
	before := len(blobs(t, d))
	out := developed(t, d, p, Use{Widths: []int{100}}, Use{Shape: Shape{3, 2}, Widths: []int{100}}, Use{Shape: Shape{1, 1}, Widths: []int{100}})
	if n := len(blobs(t, d)) - before; n != 4 || len(out.Prints) != 6 {
		t.Errorf("%d files for %d renditions", n, len(out.Prints))
	}
}

func TestOnlyWhatIsMissingIsMade(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.jpg", jpegOf(t, scenery(300, 200), 90))
	uses := []Use{{Widths: []int{100, 200}}, {Shape: Shape{1, 1}, Widths: []int{50}}}
	out := developed(t, d, p, uses...)
	p.Focus, p.Colour = out.Focus, out.Colour
	there := map[string]bool{}
	for _, x := range out.Prints {
		there[x.Name+x.Stamp] = true
	}
	room := NewDarkroom(d, append(uses, Use{Widths: []int{150}}))
	again, err := room.Develop(context.Background(), p, func(name, stamp string) bool { return there[name+stamp] })
	if err != nil || len(again.Prints) != 2 || again.Prints[0].Name != "150" {
		t.Errorf("%v, %v", again.Prints, err)
	}
	p.Focus = news.Focus{X: 10, Y: 10}
	again, err = NewDarkroom(d, uses).Develop(context.Background(), p, func(name, stamp string) bool { return there[name+stamp] })
	if err != nil || len(again.Prints) != 2 || again.Prints[0].Name != "1x1-50" || again.Focus != p.Focus {
		t.Errorf("after another focus: %v, %v", again, err)
	}
	// With nothing missing no file is opened.
	if err := os.RemoveAll(d.root); err != nil {
		t.Fatal(err)
	}
	if _, err := room.Develop(context.Background(), p, func(string, string) bool { return true }); err != nil {
		t.Error(err)
	}
}

func TestTheFocusIsWhereTheDetailIs(t *testing.T) {
	for _, want := range []news.Focus{{X: 250, Y: 300}, {X: 750, Y: 300}, {X: 500, Y: 450}, {X: 200, Y: 750}, {X: 800, Y: 700}} {
		m := image.NewGray(image.Rect(0, 0, 600, 400))
		for i := range m.Pix {
			m.Pix[i] = 120
		}
		cx, cy := want.X*600/1000, want.Y*400/1000
		for y := cy - 40; y < cy+40; y++ {
			for x := cx - 40; x < cx+40; x++ {
				m.SetGray(x, y, color.Gray{uint8((x/12 + y/12) % 2 * 255)})
			}
		}
		d := disk(t)
		p := kept(t, d, "a.jpg", jpegOf(t, m, 95))
		out := developed(t, d, p, Use{Shape: Shape{1, 2}, Widths: []int{100}})
		if math.Abs(float64(out.Focus.X-want.X)) > 40 || math.Abs(float64(out.Focus.Y-want.Y)) > 40 {
			t.Errorf("the detail is at %v, the focus at %v", want, out.Focus)
		}
		_, cut := printOf(t, d, out, "1x2-100", jpegType)
		if c := glaring(cut); c < 500 {
			t.Errorf("at %v the detail was cut away: %d", want, c)
		}
	}
	even := image.NewGray(image.Rect(0, 0, 60, 40))
	if f := findFocus(even); f != (news.Focus{X: 500, Y: 500}) {
		t.Errorf("an even surface has the focus %v", f)
	}
}

// glaring counts pixels that are nearly black or white.
func glaring(m image.Image) (n int) {
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if v := color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y; v < 40 || v > 215 {
				n++
			}
		}
	}
	return n
}

func TestTheColourIsThatOfWhatIsLively(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 90, 60))
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{128, 128, 128, 255}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, 45, 60), image.NewUniform(color.RGBA{200, 40, 40, 255}), image.Point{}, draw.Src)
	if c := findColour(m); !strings.HasPrefix(c, "#b") {
		t.Errorf("red beside grey is %s", c)
	}
	if c := findColour(image.NewNRGBA(m.Rect)); c != "#ffffff" {
		t.Errorf("nothing is %s", c)
	}
}

func TestADamagedFileGetsNoRenditions(t *testing.T) {
	files := map[string][]byte{
		jpegType: jpegOf(t, scenery(300, 200), 90), pngType: pngOf(t, scenery(300, 200)), webpType: losslessOf(t, scenery(300, 200)),
		gifType: gifOf(t, 1), "lossy": lossyWebP(t),
	}
	for kind, b := range files {
		d := disk(t)
		p := kept(t, d, "a", b)
		for _, share := range []int{1, 10, 50, 90} {
			key, _, err := d.Put(context.Background(), bytes.NewReader(b[:len(b)*share/100]))
			if err != nil {
				t.Fatal(err)
			}
			cut := *p
			cut.Served = key
			out, err := NewDarkroom(d, theme).Develop(context.Background(), &cut, nothing)
			if !fault.Is(err, fault.Invalid) || len(out.Prints) > 0 {
				t.Errorf("%s cut off at %d %%: %v, %v", kind, share, out.Prints, err)
			}
		}
		// One that lies about its size.
		lying := *p
		lying.Width += 100
		if _, err := NewDarkroom(d, theme).Develop(context.Background(), &lying, nothing); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s of another size than its row says: %v", kind, err)
		}
	}
}

// FuzzDevelop: whatever a stranger's file holds, it is a picture or an Invalid
// fault.
func FuzzDevelop(f *testing.F) {
	for _, b := range [][]byte{jpegOf(f, quarters(60, 40), 80), pngOf(f, quarters(60, 40)), losslessOf(f, quarters(60, 40)), gifOf(f, 2),
		lossyWebP(f), clearWebP(f), movingWebP(f), inkJPEG(f), cameraPNG(f)} {
		f.Add(b)
	}
	d, err := OpenDisk(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := d.Keep(context.Background(), "", bytes.NewReader(b), 1<<20)
		if err != nil || p.Width*p.Height > 1_000_000 {
			return
		}
		_, err = NewDarkroom(d, []Use{{Widths: []int{20}}, {Shape: Shape{1, 1}, Widths: []int{20}}}).Develop(context.Background(), &p, nothing)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}
