package demo

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// canvas is a picture in the making. Coordinates are pixels, y downwards.
type canvas struct {
	img  *image.RGBA
	w, h int
	ras  vector.Rasterizer
	mask image.Alpha // reused from shape to shape
}

func newCanvas(w, h int) *canvas {
	return &canvas{img: image.NewRGBA(image.Rect(0, 0, w, h)), w: w, h: h}
}

// ink gives the colour of a pixel of a shape and how much of it covers what was
// there, from 0 to 1.
type ink func(x, y int) (rgb, float64)

func flat(c rgb) ink { return func(int, int) (rgb, float64) { return c, 1 } }

// thin is a colour that lets some of the ground through.
func thin(c rgb, cover float64) ink { return func(int, int) (rgb, float64) { return c, cover } }

// fade goes from one colour at height y0 to another at y1.
func fade(y0, y1 float64, a, b rgb) ink {
	return rows(func(y float64) (rgb, float64) { return mix(a, b, (y-y0)/(y1-y0)), 1 })
}

// rows is an ink that is the same along each row, and reckoned once for it. It
// serves one canvas at a time.
func rows(of func(y float64) (rgb, float64)) ink {
	row, colour, cover := -1, rgb{}, 0.0
	return func(_, y int) (rgb, float64) {
		if y != row {
			row = y
			colour, cover = of(float64(y))
		}
		return colour, cover
	}
}

// stipple turns an ink's cover into dots, the way a print fakes a half tone.
func stipple(k ink) ink {
	return func(x, y int) (rgb, float64) {
		c, cover := k(x, y)
		if cover > hash(x, y) {
			return c, 0.55
		}
		return c, 0
	}
}

// lay puts a colour over the pixel that p begins with.
func lay(p []uint8, k rgb, cover float64) {
	if cover <= 0 {
		return
	}
	p = p[:4]
	if cover >= 1 {
		p[0], p[1], p[2], p[3] = k.r, k.g, k.b, 255
		return
	}
	t := int(cover*256 + 0.5)
	p[0] = uint8(int(p[0]) + (int(k.r)-int(p[0]))*t>>8)
	p[1] = uint8(int(p[1]) + (int(k.g)-int(p[1]))*t>>8)
	p[2] = uint8(int(p[2]) + (int(k.b)-int(p[2]))*t>>8)
	p[3] = 255
}

// ground fills the whole canvas.
func (c *canvas) ground(k ink) { c.wash(0, c.h, k) }

// wash lays an ink over the rows from y0 up to y1.
func (c *canvas) wash(y0, y1 int, k ink) {
	for y := max(y0, 0); y < min(y1, c.h); y++ {
		line := c.img.Pix[y*c.img.Stride:]
		for x := range c.w {
			colour, cover := k(x, y)
			lay(line[x*4:], colour, cover)
		}
	}
}

// fill lays an ink over a shape, with smooth edges.
func (c *canvas) fill(s *shape, k ink) {
	const edge = 4 // pixels beyond the picture that are still drawn
	if s.minX < -edge || s.minY < -edge || s.maxX > float64(c.w+edge) || s.maxY > float64(c.h+edge) {
		s = s.within(-edge, -edge, float64(c.w+edge), float64(c.h+edge))
	}
	if len(s.points) == 0 {
		return
	}
	box := c.cover(s, &c.mask)
	seen := box.Intersect(c.img.Rect)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		row, line := c.mask.Pix[(y-box.Min.Y)*c.mask.Stride:], c.img.Pix[y*c.img.Stride:]
		for x := seen.Min.X; x < seen.Max.X; x++ {
			m := row[x-box.Min.X]
			if m == 0 {
				continue
			}
			colour, cover := k(x, y)
			if m < 255 {
				cover *= float64(m) / 255
			}
			lay(line[x*4:], colour, cover)
		}
	}
}

// cover draws how far a shape covers each pixel into a mask; its origin is the
// upper left corner of the box that is given back.
func (c *canvas) cover(s *shape, mask *image.Alpha) image.Rectangle {
	box := image.Rect(int(math.Floor(s.minX)), int(math.Floor(s.minY)), int(math.Ceil(s.maxX))+1, int(math.Ceil(s.maxY))+1)
	c.ras.Reset(box.Dx(), box.Dy())
	c.ras.DrawOp = draw.Src
	for _, p := range s.points {
		x, y := float32(p.x-float64(box.Min.X)), float32(p.y-float64(box.Min.Y))
		if p.start {
			c.ras.ClosePath()
			c.ras.MoveTo(x, y)
		} else {
			c.ras.LineTo(x, y)
		}
	}
	c.ras.ClosePath()
	if n := box.Dx() * box.Dy(); len(mask.Pix) < n {
		mask.Pix = make([]uint8, n)
	}
	mask.Stride, mask.Rect = box.Dx(), image.Rect(0, 0, box.Dx(), box.Dy())
	c.ras.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	return box
}

// inside lays an ink over that part of a shape which lies within a border.
func (c *canvas) inside(border, s *shape, k ink) {
	border = border.within(0, 0, float64(c.w), float64(c.h))
	if len(border.points) == 0 {
		return
	}
	var mask image.Alpha
	box := c.cover(border, &mask)
	c.fill(s.within(border.minX, border.minY, border.maxX, border.maxY), func(x, y int) (rgb, float64) {
		if !image.Pt(x, y).In(box) {
			return rgb{}, 0
		}
		m := mask.Pix[(y-box.Min.Y)*mask.Stride+x-box.Min.X]
		if m == 0 {
			return rgb{}, 0
		}
		colour, cover := k(x, y)
		return colour, cover * float64(m) / 255
	})
}

// finish lays the paper's grain over everything and gives the picture away.
// Two pixels share a grain each way, or JPEG would spend its bytes on noise.
func (c *canvas) finish() *image.RGBA {
	var clamped [256 + 2*8]uint8
	for i := range clamped {
		clamped[i] = uint8(min(max(i-8, 0), 255))
	}
	grain := make([]int, (c.w+1)/2)
	for y := range c.h {
		if y%2 == 0 {
			for x := range grain {
				grain[x] = 8 + (int(hash32(x, y)>>16&15)-int(hash32(x+7919, y)>>16&15))*2/5
			}
		}
		row := c.img.Pix[y*c.img.Stride:][:c.w*4]
		for x := range c.w {
			g, p := grain[x/2], row[x*4:][:4]
			p[0], p[1], p[2] = clamped[int(p[0])+g], clamped[int(p[1])+g], clamped[int(p[2])+g]
		}
	}
	return c.img
}
