package demo

import (
	"image"
	"math"
)

// The lens of the North Mole light on its picture, in pixels: the middle of the
// drum, the half height of the drum, and the half widths of the panel that looks
// at the reader and of the whole lens.
const (
	lensX, lensY = 800.0, 504.0
	lensDrum     = 232.0
	lensPanel    = 178.0
	lensHalf     = 372.0
)

// drawLighthouseLamp is the great lens, lit.
func drawLighthouseLamp() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, inkNight, mix(inkDeep, inkNight, 0.25)))
	c.stars(900)
	c.light(mix(inkOchre, inkSand, 0.4), lensX, lensY, 900, 0.75)
	c.wash(0, 1000, halftone(mix(inkOchre, inkSand, 0.5), 13, func(x, y float64) float64 {
		dx, dy := x-lensX, (y-lensY)*1.25
		d, a := math.Sqrt(dx*dx+dy*dy), math.Atan2(dy, dx)
		ray := 0.5 + 0.5*math.Cos(a*24)
		return smooth(930, 250, d) * (0.25 + 0.6*ray*ray)
	}))
	c.lanternBars()
	outline := lensOutline()
	c.fill(outline, func(x, y int) (rgb, float64) { return lensGlass(float64(x), float64(y)), 1 })
	c.lensFrame()
	c.light(inkPaper, lensX, lensY, 270, 0.85)
	c.fill(new(shape).rect(lensX-430, lensY-7, 860, 14), func(x, _ int) (rgb, float64) { // the flash
		return inkPaper, 0.7 * smooth(430, 0, math.Abs(float64(x)-lensX))
	})
	c.corners(inkNight, 0.6)
	return c.finish()
}

// lanternBars are the panes of the lantern room behind the lens, and its sill.
func (c *canvas) lanternBars() {
	bars := new(shape)
	for i := -5; i < 9; i++ {
		x := float64(i) * 266
		bars.line(x-64, -20, x+602, 920, 9).line(x+602, -20, x-64, 920, 9)
	}
	c.fill(bars, flat(mix(inkNight, inkDeep, 0.35)))
	c.fill(new(shape).rect(0, 905, 1600, 95), fade(905, 1000, mix(inkDeep, inkNight, 0.4), inkNight))
	c.fill(new(shape).rect(0, 905, 1600, 6), flat(mix(inkOchre, inkDeep, 0.5)))
}

// lensWidth is half the width of the lens at a height: a drum with a crown of
// prisms above and a shorter one below.
func lensWidth(y float64) float64 {
	d := y - lensY
	switch {
	case d < -lensDrum:
		t := (-lensDrum - d) / 190
		return lensHalf * math.Sqrt(max(1-0.86*t*t, 0))
	case d > lensDrum:
		t := (d - lensDrum) / 150
		return lensHalf * math.Sqrt(max(1-0.5*t*t, 0))
	}
	return lensHalf
}

func lensOutline() *shape {
	s := new(shape)
	const top, bottom = lensY - lensDrum - 190, lensY + lensDrum + 150
	for y := top; y <= bottom; y += 4 {
		s.add(lensX+lensWidth(y), y, y == top)
	}
	for y := bottom; y >= top; y -= 4 {
		s.add(lensX-lensWidth(y), y, false)
	}
	return s
}

// lensGlass is the colour of the glass at a place. Each prism goes from light to
// dark; in the drum prisms are rings around a bull’s eye, in the crowns they
// are belts.
func lensGlass(x, y float64) rgb {
	dx, dy := x-lensX, y-lensY
	far := math.Sqrt(dx*dx+dy*dy) / 480
	bright, dark := mix(inkPaper, inkOchre, 0.15+0.5*far), mix(mix(inkOchre, inkSea, 0.3+0.5*far), inkDeep, 0.75*far)
	if math.Abs(dy) > lensDrum {
		bow := (math.Abs(dy) - lensDrum) + 24*(1-(dx*dx)/(lensHalf*lensHalf))
		t := bow / 26
		f := t - math.Floor(t)
		return mix(bright, mix(dark, inkDeep, 0.25), smooth(0.05, 0.85, f)+0.5*smooth(0.9, 1, f))
	}
	u := dx
	if math.Abs(dx) > lensPanel { // a panel that turns away: its rings are narrow
		u = (math.Abs(dx) - (lensPanel+lensHalf)/2) / ((lensHalf - lensPanel) / 2 / lensPanel)
		dark = mix(dark, inkDeep, 0.35)
	}
	r := math.Sqrt(u*u + dy*dy)
	if r < 62 {
		return mix(inkPaper, bright, r/62)
	}
	t := (r - 62) / (34 - 0.03*r)
	f := t - math.Floor(t)
	return mix(bright, dark, smooth(0.1, 0.9, f)+0.35*smooth(0.9, 1, f))
}

// lensFrame is the brass that holds the panels, and the turning table below.
func (c *canvas) lensFrame() {
	brass, s := mix(inkBrick, inkNight, 0.45), new(shape)
	const top, bottom = lensY - lensDrum - 190, lensY + lensDrum + 150
	for _, y := range []float64{lensY - lensDrum, lensY + lensDrum} {
		s.rect(lensX-lensHalf, y-6, 2*lensHalf, 12)
	}
	for y := top; y < bottom; y += 10 {
		for _, part := range []float64{-1, -lensPanel / lensHalf, lensPanel / lensHalf, 1} {
			s.line(lensX+part*lensWidth(y), y, lensX+part*lensWidth(y+10), y+10.5, 11)
		}
	}
	c.fill(s, flat(brass))
	const foot = bottom - 4
	w := lensWidth(bottom)
	c.fill(new(shape).rect(lensX-w-34, foot, 2*w+68, 26), fade(foot, foot+26, inkOchre, mix(inkBrick, inkNight, 0.4)))
	c.fill(new(shape).poly(lensX-w+30, foot+26, lensX+w-30, foot+26, lensX+w-70, 1000, lensX-w+70, 1000), flat(mix(inkNight, inkBrick, 0.25)))
	rivets := new(shape)
	for i := range 17 {
		rivets.circle(lensX-w-14+float64(i)*(2*w+28)/16, foot+13, 4)
	}
	c.fill(rivets, flat(mix(inkSand, inkOchre, 0.5)))
	cap := lensWidth(top) + 24
	c.fill(new(shape).curve(lensX-cap, top+4, lensX-cap*0.7, top-30, lensX, top-46, lensX+cap*0.7, top-30, lensX+cap, top+4, lensX, top+14), flat(brass))
}
