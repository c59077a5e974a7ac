package media

import (
	"image"

	"golang.org/x/image/draw"

	"broadsheet/internal/news"
)

// base makes the picture from which all cuts are taken: upright, and no larger
// than the widest of them needs.
func base(img image.Image, orientation int, cuts []Cut) *image.RGBA {
	size := img.Bounds().Size()
	w, h := size.X, size.Y
	if orientation >= 5 {
		w, h = h, w
	}
	scale := 0.0
	for _, c := range cuts {
		cw, _ := c.Shape.within(w, h)
		scale = max(scale, float64(c.Width)/float64(cw))
	}
	to := image.Rect(0, 0, size.X, size.Y)
	if scale < 1 {
		to = image.Rect(0, 0, max(1, int(float64(size.X)*scale+.5)), max(1, int(float64(size.Y)*scale+.5)))
	}
	return upright(scaled(img, img.Bounds(), to), orientation)
}

// scaled draws a part of a picture into a new one of that size.
func scaled(img image.Image, part, to image.Rectangle) *image.RGBA {
	out := image.NewRGBA(to)
	if part.Size() == to.Size() {
		draw.Draw(out, to, img, part.Min, draw.Src)
		return out
	}
	draw.CatmullRom.Scale(out, to, img, part, draw.Src, nil)
	return out
}

// upright turns a picture as its EXIF orientation asks (TIFF 6.0: 1 is upright,
// 3 upside down, 6 and 8 on a side, even ones and 5 and 7 mirrored).
func upright(m *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return out
}

// window is the part of a picture that a cut shows: the largest of its shape, with
// the focus at its own relative place as near as the picture allows.
func window(m *image.RGBA, shape Shape, focus news.Focus) image.Rectangle {
	size := m.Rect.Size()
	w, h := shape.within(size.X, size.Y)
	place := func(whole, part, at int) int {
		if at == 0 {
			at = 500
		}
		return min(max(whole*at/1000-part*at/1000, 0), whole-part)
	}
	x, y := place(size.X, w, focus.X), place(size.Y, h, focus.Y)
	return image.Rect(x, y, x+w, y+h)
}
