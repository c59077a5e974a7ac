package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"github.com/HugoSmits86/nativewebp"

	"broadsheet/internal/webp"
)

// quality is that of renditions with losses, of 100: below it edges begin to show
// on a good screen, above it files grow faster than pictures better.
const quality = 80

// maxLossless is the largest rendition that is also tried as lossless WebP, in
// pixels: its encoder takes losslessBytes of memory for each.
const (
	maxLossless   = 1_000_000
	losslessBytes = 48
)

// encoded is a rendition's file.
type encoded struct {
	kind string
	b    []byte
}

// finish are what all renditions of a picture have in common: what is told in
// them, and how they are written.
type finish struct {
	lossy bool
	told  told     // as it stands in a JPEG
	xmp   []byte   // with what JPEG tells elsewhere
	icc   []byte   // nil for none, and where it does not fit the renditions' colours
	look  [][]byte // of PNG
	web   bool     // its colours mean in a WebP what they mean in the original
}

// finishOf reads from a file what its renditions tell, and how they are written.
func finishOf(r *raster, c *canvas) finish {
	e := readEXIF(r.told.exif)
	e.orientation = 1 // the pixels are turned
	x := readXMP(r.told.xmp)
	f := finish{lossy: r.photograph(), told: told{exif: e.write(), iim: r.told.iim}, look: r.look()}
	if packet := x.write(); packet != nil {
		f.told.xmp = [][]byte{packet}
	}
	x.fill(readIIM(r.told.iim))
	f.xmp = x.write()
	// A profile for printing inks says nothing of red, green and blue.
	if !r.inks {
		f.icc = r.icc()
	}
	// WebP is never grey, so a grey profile has no place in it.
	f.web = ordinary(f.look) && !(c.colours == grey && f.icc != nil)
	return f
}

// fill adds what only IPTC-IIM says, for formats that have no place for that.
func (x xmp) fill(iim map[string]string) {
	for _, t := range []struct{ space, local, dataset string }{
		{nsDC, "creator", "By-line"}, {nsDC, "description", "Caption-Abstract"}, {nsDC, "rights", "CopyrightNotice"},
		{nsDC, "title", "ObjectName"}, {nsPS, "Credit", "Credit"}, {nsPS, "Headline", "Headline"}, {nsPS, "Source", "Source"},
	} {
		name := xml.Name{Space: t.space, Local: t.local}
		if v := iim[t.dataset]; v != "" && len(x.values[name]) == 0 {
			x.values[name] = []string{v}
		}
	}
}

// files writes a rendition: first in the format of the original's family, then as
// WebP where that is smaller.
func (f finish) files(c *canvas) ([]encoded, error) {
	m := c.image()
	if !f.lossy {
		return f.lossless(m)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	out, err := f.tellJPEG(b.Bytes())
	if err != nil {
		return nil, err
	}
	list := []encoded{{jpegType, out}}
	if !f.web {
		return list, nil
	}
	b.Reset()
	if err := webp.Encode(&b, m, quality); errors.Is(err, webp.ErrSize) {
		return list, nil
	} else if err != nil {
		return nil, err
	}
	return f.addWebP(list, b.Bytes(), m)
}

// lossless writes a drawing, or anything with transparency.
func (f finish) lossless(m image.Image) ([]encoded, error) {
	if p := paletted(m); p != nil {
		m = p
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, m); err != nil {
		return nil, err
	}
	out, err := f.tellPNG(b.Bytes())
	if err != nil {
		return nil, err
	}
	list := []encoded{{pngType, out}}
	if size := m.Bounds().Size(); !f.web || size.X*size.Y > maxLossless {
		return list, nil
	}
	smaller, err := asLosslessWebP(m)
	if err != nil {
		return list, nil // the PNG says the same
	}
	return f.addWebP(list, smaller, m)
}

// asLosslessWebP writes a picture as lossless WebP. Its encoder panics at some that
// have hardly any colours.
func asLosslessWebP(m image.Image) (file []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, fmt.Errorf("lossless WebP: %v", r)
		}
	}()
	var b bytes.Buffer
	err = nativewebp.Encode(&b, m, nil)
	return b.Bytes(), err
}

// addWebP adds a WebP file to the list where it is smaller.
func (f finish) addWebP(list []encoded, b []byte, m image.Image) ([]encoded, error) {
	out, err := f.tellWebP(b, m)
	if err == nil && len(out) < len(list[0].b) {
		list = append(list, encoded{webpType, out})
	}
	return list, err
}

// tellJPEG adds what is told to an encoded JPEG.
func (f finish) tellJPEG(b []byte) ([]byte, error) {
	p, err := readJPEG(b)
	if err != nil {
		return nil, err
	}
	p.rest = append(iccSegments(f.icc), p.rest...)
	return join(writeJPEG(p, f.told)), nil
}

func (f finish) tellPNG(b []byte) ([]byte, error) {
	p, err := readPNG(b)
	if err != nil {
		return nil, err
	}
	var first [][]byte
	if f.icc != nil {
		first = append(first, iccChunk(f.icc))
	}
	p.rest = append(append(first, f.look...), p.rest...)
	return join(writePNG(p, f.packed())), nil
}

func (f finish) tellWebP(b []byte, m image.Image) ([]byte, error) {
	p, err := readWebP(b)
	t := f.packed()
	if err != nil || f.icc == nil && t.exif == nil && t.xmp == nil {
		return b, err
	}
	header := make([]byte, 10)
	if o, ok := m.(interface{ Opaque() bool }); ok && !o.Opaque() {
		header[0] |= webpAlpha
	}
	if f.icc != nil {
		header[0] |= webpICC
		p.rest = append([][]byte{riffChunk("ICCP", f.icc)}, p.rest...)
	}
	size := m.Bounds().Size()
	for i, n := range []int{size.X - 1, size.Y - 1} {
		header[4+3*i], header[5+3*i], header[6+3*i] = byte(n), byte(n>>8), byte(n>>16)
	}
	p.head = [][]byte{riffChunk("VP8X", header)}
	return join(writeWebP(p, t)), nil
}

// packed is what is told in formats without a place for IPTC-IIM.
func (f finish) packed() told {
	t := told{exif: f.told.exif}
	if f.xmp != nil {
		t.xmp = [][]byte{f.xmp}
	}
	return t
}

// paletted is m with a palette where it has at most 256 colours; else nil.
func paletted(m image.Image) *image.Paletted {
	var pix []byte
	switch m := m.(type) {
	case *image.RGBA: // opaque, where it comes here
		pix = m.Pix
	case *image.NRGBA:
		pix = m.Pix
	default:
		return nil
	}
	index := make(map[[4]byte]byte, 256)
	out := image.NewPaletted(m.Bounds(), nil)
	for i := range out.Pix {
		c := [4]byte(pix[4*i:])
		n, known := index[c]
		if !known {
			if len(index) == 256 {
				return nil
			}
			n = byte(len(index))
			index[c] = n
			out.Palette = append(out.Palette, color.NRGBA{c[0], c[1], c[2], c[3]})
		}
		out.Pix[i] = n
	}
	return out
}
