package demo

import (
	"image"
	"math"
)

// drawObservatory is the dome on Tarrow Hill, with an hour of the sky's turning.
func drawObservatory() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(rows(func(y float64) (rgb, float64) {
		if y < 620 {
			return mix(inkNight, inkDeep, y/620), 1
		}
		return mix(inkDeep, mix(inkCoral, inkDeep, 0.35), (y-620)/260), 1
	}))
	c.starTrails(560, 330)
	c.wash(500, 1000, halftone(mix(inkCoral, inkOchre, 0.4), 12, func(_, y float64) float64 { return 0.4 * smooth(560, 880, y) }))
	c.fill(new(shape).below(0, 1600, 1000, func(x float64) float64 { return 846 - 22*ridge(171, x/260) }), flat(mix(inkDeep, inkNight, 0.3)))
	hill := func(x float64) float64 {
		return 930 - 160*smooth(380, 1020, x)*smooth(1990, 1180, x) - 8*ridge(175, x/120)
	}
	c.dome(1090, hill(1090)+26)
	c.fill(new(shape).below(0, 1600, 1000, hill), flat(inkNight))
	grass := new(shape)
	for i := range 300 {
		x := hash(i, 500) * 1600
		y, h := hill(x)+3, 6+13*hash(i, 501)
		grass.poly(clockwise([]float64{x - 2, y, x + 6*(hash(i, 502)-0.5), y - h, x + 2, y})...)
	}
	c.fill(grass, flat(inkNight))
	pines := new(shape)
	for i := range 9 {
		x := 40 + 46*float64(i) + 26*hash(i, 503)
		h := 90 + 120*hash(i, 504)
		for j := range 5 {
			y, w := hill(x)-h*float64(j)*0.19, h*(0.2-0.033*float64(j))
			pines.poly(x-w, y, x, y-h*0.34, x+w, y)
		}
	}
	c.fill(pines, flat(inkNight))
	c.stargazers(700, hill(700)+4)
	return c.finish()
}

// starTrails are arcs around the pole at x, y.
func (c *canvas) starTrails(x, y float64) {
	colours := []rgb{inkPaper, inkMist, mix(inkOchre, inkPaper, 0.5), inkSky}
	trails := make([]*shape, len(colours))
	for i := range trails {
		trails[i] = new(shape)
	}
	for i := range 620 {
		r := 8 + 1180*math.Sqrt(hash(i, 510))
		from, width := hash(i, 511)*2*math.Pi, 0.8+2.6*math.Pow(hash(i, 512), 3)
		s := trails[i%len(trails)]
		steps := 3 + int(r*0.5/26)
		for j := range steps {
			a, b := from+0.5*float64(j)/float64(steps), from+0.5*float64(j+1)/float64(steps)
			if y+r*math.Sin(a) > 870 || y+r*math.Sin(a) < -20 {
				continue
			}
			s.line(x+r*math.Cos(a), y+r*math.Sin(a), x+r*math.Cos(b), y+r*math.Sin(b), width)
		}
	}
	for i, s := range trails {
		c.fill(s, rows(func(y float64) (rgb, float64) { return colours[i], 0.95 - 0.8*smooth(480, 860, y) }))
	}
	c.fill(new(shape).circle(x+3, y-2, 3.4), flat(inkPaper))
}

// dome stands with its foot at x, y, its slit open towards the pole.
func (c *canvas) dome(x, y float64) {
	const r = 236.0
	wall := y - 190
	shade := func(s *shape, strength float64) {
		c.fill(s, halftone(inkNight, 10, func(px, _ float64) float64 { return strength * smooth(-150, 230, px-x) }))
	}
	drum := new(shape).rect(x-r+14, wall, 2*r-28, 200)
	c.fill(drum, flat(mix(inkMist, inkDeep, 0.45)))
	shade(drum, 0.7)
	ball := new(shape).arc(x, wall-20, r, r*1.02, math.Pi, 2*math.Pi)
	c.fill(ball, flat(mix(inkMist, inkSea, 0.25)))
	seams := new(shape)
	for i := -3; i <= 3; i++ {
		w := math.Sin(float64(i) * 0.42)
		for j := range 20 {
			a, b := float64(j)*math.Pi/40, float64(j+1)*math.Pi/40
			seams.line(x+r*w*math.Cos(a), wall-20-r*math.Sin(a), x+r*w*math.Cos(b), wall-20-r*math.Sin(b), 2.5)
		}
	}
	c.fill(seams, thin(inkNight, 0.35))
	shade(ball, 0.75)
	slit := new(shape)
	const lower, upper = -0.50, -0.16 // how far the slit lies to the left, of the radius
	for j := range 31 {
		a := 0.16 + float64(j)*1.36/30
		slit.add(x+r*lower*math.Cos(a), wall-20-r*math.Sin(a), j == 0)
	}
	for j := 30; j >= 0; j-- {
		a := 0.16 + float64(j)*1.36/30
		slit.add(x+r*upper*math.Cos(a), wall-20-r*math.Sin(a), false)
	}
	c.fill(slit, fade(wall-r, wall-20, mix(inkBrick, inkNight, 0.4), mix(inkOchre, inkCoral, 0.35)))
	tube := spot{x: x - 84, y: wall - 96, size: 1, turn: -0.42}
	c.fill(new(shape).poly(tube.at(-20, 60, -26, -120, 26, -120, 20, 60)...), flat(inkNight))
	c.fill(new(shape).poly(tube.at(-30, -120, 30, -120, 30, -104, -30, -104)...), flat(mix(inkOchre, inkPaper, 0.3)))
	c.fill(new(shape).rect(x-r-8, wall-26, 2*r+16, 26), flat(mix(inkNight, inkDeep, 0.5)))
	c.fill(new(shape).rect(x-r-8, wall-26, 2*r+16, 5), flat(mix(inkMist, inkDeep, 0.3)))
	door := new(shape).rect(x-150, y-96, 54, 96).arc(x-123, y-96, 27, 22, math.Pi, 2*math.Pi)
	c.fill(door, flat(mix(inkOchre, inkPaper, 0.3)))
	c.light(inkOchre, x-123, y-60, 170, 0.5)
}

// stargazers are two people who wait their turn, feet at x, y.
func (c *canvas) stargazers(x, y float64) {
	s := standing(new(shape), spot{x: x, y: y, size: 1.25}, 3)
	standing(s, spot{x: x + 62, y: y + 2, size: 0.9}, 5)
	c.fill(s, flat(inkNight))
}
