package media

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"broadsheet/internal/news"
)

// lookSize is the longer side, in pixels, of the small picture in which focus and
// colour are looked for.
const lookSize = 64

// small is a part of a canvas as a viewer sees it, for looking at.
func (c *canvas) small(win window, orientation int) image.Image {
	w, h := int(win.w), int(win.h)
	if side := max(w, h); side > lookSize {
		w, h = max(1, w*lookSize/side), max(1, h*lookSize/side)
	}
	return c.scaled(win, w, h).upright(orientation).image()
}

// findFocus says where in a small picture the detail is: where brightness changes
// most, with a preference for the middle and the upper third, where photographers
// put what matters. Faces are not looked for.
func findFocus(m image.Image) news.Focus {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	detail := gradients(m)
	for y := range h {
		for x := range w {
			dx := (float64(x)+0.5)/float64(w) - 0.5
			dy := (float64(y)+0.5)/float64(h) - 0.42
			detail[y*w+x] *= math.Exp(-2 * (dx*dx + dy*dy))
		}
	}
	// The half-sized window that holds most of it, and in it the centre of
	// gravity: two things far apart must not make their empty middle the focus.
	ww, wh := (w+1)/2, (h+1)/2
	sum := integral(detail, w, h)
	bestX, bestY, best := 0, 0, -1.0
	for y := 0; y+wh <= h; y++ {
		for x := 0; x+ww <= w; x++ {
			s := sum[(y+wh)*(w+1)+x+ww] - sum[y*(w+1)+x+ww] - sum[(y+wh)*(w+1)+x] + sum[y*(w+1)+x]
			if s > best*1.001 {
				bestX, bestY, best = x, y, s
			}
		}
	}
	if best < 1 { // an even surface has no detail
		return news.Focus{X: 500, Y: 500}
	}
	var mass, mx, my float64
	for y := bestY; y < bestY+wh; y++ {
		for x := bestX; x < bestX+ww; x++ {
			v := detail[y*w+x] * detail[y*w+x]
			mass, mx, my = mass+v, mx+v*(float64(x)+0.5), my+v*(float64(y)+0.5)
		}
	}
	thousandths := func(at, of float64) int { return min(1000, max(1, int(math.Round(1000*at/of)))) }
	return news.Focus{X: thousandths(mx/mass, float64(w)), Y: thousandths(my/mass, float64(h))}
}

// gradients is by how much brightness changes at each pixel.
func gradients(m image.Image) []float64 {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	bright := make([]float64, w*h)
	for y := range h {
		for x := range w {
			bright[y*w+x] = float64(color.GrayModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y)
		}
	}
	at := func(x, y int) float64 { return bright[min(max(y, 0), h-1)*w+min(max(x, 0), w-1)] }
	out := make([]float64, w*h)
	for y := range h {
		for x := range w {
			out[y*w+x] = math.Hypot(at(x+1, y)-at(x-1, y), at(x, y+1)-at(x, y-1))
		}
	}
	return out
}

// integral holds the sums of all values above and to the left.
func integral(v []float64, w, h int) []float64 {
	sum := make([]float64, (w+1)*(h+1))
	for y := range h {
		row := 0.0
		for x := range w {
			row += v[y*w+x]
			sum[(y+1)*(w+1)+x+1] = sum[y*(w+1)+x+1] + row
		}
	}
	return sum
}

// findColour is the colour that stands for a small picture, as "#4a5b6c": the
// mean, in which lively pixels count for more than grey ones.
func findColour(m image.Image) string {
	var weight float64
	var sum [3]float64
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			lively := float64(max(c.R, c.G, c.B)-min(c.R, c.G, c.B)) / 255
			w := (0.1 + lively) * float64(c.A) / 255
			weight += w
			for i, v := range [3]byte{c.R, c.G, c.B} {
				sum[i] += w * float64(v)
			}
		}
	}
	if weight == 0 { // nothing but transparency
		return "#ffffff"
	}
	return fmt.Sprintf("#%02x%02x%02x", int(sum[0]/weight+0.5), int(sum[1]/weight+0.5), int(sum[2]/weight+0.5))
}
