package demo

import (
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// anchor says which end of a label stands at its point.
type anchor float64

const (
	fromLeft  anchor = 0
	centred   anchor = 0.5
	fromRight anchor = 1
)

// lettering writes labels of one face and size.
type lettering struct {
	face  font.Face
	space fixed.Int26_6 // between letters
}

// upright and slanted are the faces of charts and maps; water and captions are
// slanted, as on sea charts. The size is in pixels.
func upright(size float64) lettering { return newLettering(gomedium.TTF, size) }

func slanted(size float64) lettering { return newLettering(goitalic.TTF, size) }

func newLettering(ttf []byte, size float64) lettering {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(err) // the font is a constant of the library; a test draws with both
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // likewise
	}
	return lettering{face: face}
}

// spaced is the same lettering with pixels between the letters.
func (l lettering) spaced(pixels float64) lettering {
	l.space = fixed.Int26_6(pixels * 64)
	return l
}

// label writes text with its base line at y.
func (c *canvas) label(l lettering, text string, x, y float64, a anchor, k rgb) {
	width := font.MeasureString(l.face, text) + l.space*fixed.Int26_6(len([]rune(text))-1)
	d := font.Drawer{
		Dst: c.img, Face: l.face, Src: image.NewUniform(color.RGBA{k.r, k.g, k.b, 255}),
		Dot: fixed.Point26_6{X: fixed.Int26_6(x*64) - fixed.Int26_6(float64(width)*float64(a)), Y: fixed.Int26_6(y * 64)},
	}
	for _, r := range text {
		d.DrawString(string(r))
		d.Dot.X += l.space
	}
}
