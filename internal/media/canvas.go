package media

import (
	"image"
	"image/color"
	"image/draw"
)

// colours is how a canvas's planes make colours.
type colours int

const (
	grey colours = iota // one plane
	ycc                 // brightness and two of colour, as JFIF has them; the latter may be smaller
	rgb                 // red, green, blue
	rgba                // and how opaque; the colours are multiplied by that
)

// canvas is a picture on its way from a file to its renditions, as stored: not
// yet turned upright.
type canvas struct {
	colours colours
	w, h    int
	planes  []plane
}

// newCanvas is an empty one; its colour planes are half as wide and high, as
// image/jpeg writes them.
func newCanvas(c colours, w, h int) *canvas {
	out := &canvas{colours: c, w: w, h: h}
	switch c {
	case grey:
		out.planes = []plane{newPlane(w, h)}
	case ycc:
		out.planes = []plane{newPlane(w, h), newPlane((w+1)/2, (h+1)/2), newPlane((w+1)/2, (h+1)/2)}
	default:
		out.planes = interleaved(make([]byte, 4*w*h), 4*w, w, h, c)
	}
	return out
}

// interleaved are the planes of pixels that are stored as red, green, blue and
// opacity.
func interleaved(pix []byte, stride, w, h int, c colours) []plane {
	n := 3
	if c == rgba {
		n = 4
	}
	var planes []plane
	for i := range n {
		planes = append(planes, plane{pix[i:], stride, 4, w, h})
	}
	return planes
}

// bytes is what a canvas of that size takes of memory.
func (c colours) bytes(w, h int) int64 {
	n := int64(w) * int64(h)
	switch c {
	case grey:
		return n
	case ycc:
		return n + n/2
	}
	return 4 * n
}

// canvasOf takes over m's memory as far as it can.
func canvasOf(m image.Image) *canvas {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	switch m := m.(type) {
	case *image.Gray:
		return &canvas{grey, w, h, []plane{{m.Pix, m.Stride, 1, w, h}}}
	case *image.Gray16:
		to := image.NewGray(image.Rect(0, 0, w, h))
		draw.Draw(to, to.Rect, m, m.Rect.Min, draw.Src)
		return canvasOf(to)
	case *image.YCbCr:
		cw, ch := chromaSize(m, w, h)
		return &canvas{ycc, w, h, []plane{{m.Y, m.YStride, 1, w, h}, {m.Cb, m.CStride, 1, cw, ch}, {m.Cr, m.CStride, 1, cw, ch}}}
	case *image.CMYK:
		plain(m)
		return &canvas{rgb, w, h, interleaved(m.Pix, m.Stride, w, h, rgb)}
	case *image.RGBA:
		return canvasRGBA(m)
	case *image.NRGBA:
		return canvasRGBA(multiplied(m))
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Rect, m, m.Bounds().Min, draw.Src)
	return canvasRGBA(to)
}

func canvasRGBA(m *image.RGBA) *canvas {
	c := rgba
	if m.Opaque() {
		c = rgb
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	return &canvas{c, w, h, interleaved(m.Pix, m.Stride, w, h, c)}
}

// chromaSize is the size of the colour planes.
func chromaSize(m *image.YCbCr, w, h int) (int, int) {
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		return (w + 1) / 2, h
	case image.YCbCrSubsampleRatio420:
		return (w + 1) / 2, (h + 1) / 2
	case image.YCbCrSubsampleRatio440:
		return w, (h + 1) / 2
	case image.YCbCrSubsampleRatio411:
		return (w + 3) / 4, h
	case image.YCbCrSubsampleRatio410:
		return (w + 3) / 4, (h + 1) / 2
	}
	return w, h
}

// plain makes red, green and blue of printing inks, in place.
func plain(m *image.CMYK) {
	for i := 0; i+3 < len(m.Pix); i += 4 {
		p := m.Pix[i : i+4 : i+4]
		p[0], p[1], p[2] = color.CMYKToRGB(p[0], p[1], p[2], p[3])
		p[3] = 255
	}
}

// multiplied multiplies m's colours by their opacity, in place.
func multiplied(m *image.NRGBA) *image.RGBA {
	for i := 0; i+3 < len(m.Pix); i += 4 {
		p := m.Pix[i : i+4 : i+4]
		if a := uint32(p[3]); a != 255 {
			p[0], p[1], p[2] = byte((uint32(p[0])*a+127)/255), byte((uint32(p[1])*a+127)/255), byte((uint32(p[2])*a+127)/255)
		}
	}
	return &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
}

// window is a part of a picture, in samples of a canvas of the whole.
type window struct{ x, y, w, h float64 }

// scaled is the part of c that win names, in w × h.
func (c *canvas) scaled(win window, w, h int) *canvas {
	out := newCanvas(c.colours, w, h)
	for i, to := range out.planes {
		from := c.planes[i]
		// How many samples of this plane come to one of the first.
		sx, sy := share(from.w, c.w), share(from.h, c.h)
		ox, oy := share(to.w, w), share(to.h, h)
		from.scale(to, win.x*sx, win.y*sy, win.w/float64(w)*sx/ox, win.h/float64(h)*sy/oy)
	}
	if c.colours == rgb {
		pix := out.planes[0].pix
		for i := 3; i < len(pix); i += 4 {
			pix[i] = 255
		}
	}
	return out
}

// share is 1 or what a smaller plane has been divided by: a half or a quarter.
func share(part, whole int) float64 {
	switch {
	case part == whole:
		return 1
	case part == (whole+1)/2:
		return 0.5
	}
	return 0.25
}

// upright is c as a viewer sees it.
func (c *canvas) upright(orientation int) *canvas {
	if orientation < 2 {
		return c
	}
	out := &canvas{colours: c.colours, w: c.w, h: c.h}
	if orientation >= 5 {
		out.w, out.h = c.h, c.w
	}
	if c.colours == grey || c.colours == ycc {
		for _, p := range c.planes {
			out.planes = append(out.planes, p.turned(orientation))
		}
		return out
	}
	pix := make([]byte, 4*c.w*c.h)
	from := c.planes[0]
	for y := range out.h {
		for x := range out.w {
			sx, sy := turnedFrom(x, y, c.w, c.h, orientation)
			copy(pix[4*(y*out.w+x):][:4], from.pix[sy*from.stride+4*sx:][:4])
		}
	}
	out.planes = interleaved(pix, 4*out.w, out.w, out.h, c.colours)
	return out
}

// image is c for an encoder, most often in c's own memory. Its colours are not
// multiplied by their opacity.
func (c *canvas) image() image.Image {
	r := image.Rect(0, 0, c.w, c.h)
	p := c.planes[0]
	switch c.colours {
	case grey:
		return &image.Gray{Pix: p.pix, Stride: p.stride, Rect: r}
	case ycc:
		return &image.YCbCr{Y: p.pix, Cb: c.planes[1].pix, Cr: c.planes[2].pix, YStride: p.stride, CStride: c.planes[1].stride,
			SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: r}
	case rgb:
		return &image.RGBA{Pix: p.pix, Stride: p.stride, Rect: r}
	}
	return divided(&image.RGBA{Pix: p.pix, Stride: p.stride, Rect: r})
}

// divided is m with colours that are not multiplied by their opacity.
func divided(m *image.RGBA) *image.NRGBA {
	out := image.NewNRGBA(m.Rect)
	for i := 0; i+3 < len(m.Pix); i += 4 {
		p, to := m.Pix[i:i+4:i+4], out.Pix[i:i+4:i+4]
		a := uint32(p[3])
		if a == 0 {
			continue
		}
		for k := range 3 { // scaling may overshoot: no colour is brighter than it is opaque
			to[k] = byte(min(255, (uint32(p[k])*255+a/2)/a))
		}
		to[3] = p[3]
	}
	return out
}
