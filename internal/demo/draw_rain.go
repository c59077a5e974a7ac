package demo

import (
	"image"
	"math"
)

// drawRainStreet is a crossing in the rain, from a third floor.
func drawRainStreet() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	road := spot{x: 800, y: 500, size: 1, turn: 0.42}
	c.ground(flat(mix(inkNight, inkDeep, 0.55)))
	c.wash(0, 1000, halftone(mix(inkSea, inkDeep, 0.3), 12, func(x, y float64) float64 {
		return 0.62 * smooth(0.05, 0.75, 0.5+0.5*field(90, x/330+1.3, (y+x*0.45)/150))
	}))
	bars := new(shape)
	for i := -5; i <= 5; i++ {
		y := float64(i)*68 - 18
		bars.poly(road.at(-330, y, 330, y, 330, y+36, -330, y+36)...)
	}
	c.fill(bars, func(x, y int) (rgb, float64) { // paint that is worn and wet
		worn := field(91, float64(x)/46, float64(y)/38)
		return mix(inkPaper, inkMist, 0.4+0.3*worn), 0.86 - 0.3*smooth(0.2, 0.7, worn)
	})
	c.kerb(road)
	c.puddles()
	for i := range 30 {
		// Three files cross the road; the others keep to the pavements.
		x, y := float64(i%3)*190-180+66*(hash(i, 450)-0.5), -400+float64(i/3)*150+70*hash(i, 451)
		if i >= 18 {
			x, y = -860+float64(i-18)*152+80*hash(i, 450), 470+110*hash(i, 451)
			if i%2 == 0 {
				y = -y
			}
		}
		k := []rgb{inkNight, inkDeep, mix(inkNight, inkBrick, 0.6), inkSea, mix(inkNight, inkDeep, 0.4)}[int(5*hash(i, 454))]
		switch i {
		case 10:
			k = inkOchre
		case 5, 21:
			k = inkCoral
		}
		px, py := road.point(x, y)
		c.umbrella(px, py, 66+14*hash(i, 452), hash(i, 453), k)
	}
	c.rain()
	c.corners(inkNight, 0.45)
	return c.finish()
}

// kerb divides the road from the pavement, which is laid with slabs.
func (c *canvas) kerb(road spot) {
	for _, side := range []float64{-1, 1} {
		y := side * 380
		far := side * 900
		slabs := new(shape).poly(road.at(-1400, y, 1400, y, 1400, far, -1400, far)...)
		c.fill(slabs, thin(mix(inkSea, inkMist, 0.25), 0.55))
		joints := new(shape)
		for row := range 6 {
			d := y + side*float64(row)*96
			joints.poly(road.at(-1400, d-1.5, 1400, d-1.5, 1400, d+1.5, -1400, d+1.5)...)
			for i := range 24 {
				x := -1400 + float64(i)*124 + 62*float64(row%2)
				joints.poly(road.at(x-1.5, d, x+1.5, d, x+1.5, d+side*96, x-1.5, d+side*96)...)
			}
		}
		c.fill(joints, thin(inkNight, 0.45))
		c.fill(new(shape).poly(road.at(-1400, y-9, 1400, y-9, 1400, y+9, -1400, y+9)...), flat(mix(inkMist, inkDeep, 0.35)))
		c.fill(new(shape).poly(road.at(-1400, y-side*9, 1400, y-side*9, 1400, y-side*30, -1400, y-side*30)...), thin(inkNight, 0.5))
	}
}

// puddles have rings where drops fall.
func (c *canvas) puddles() {
	rings := new(shape)
	for i := range 90 {
		x, y, r := hash(i, 460)*1600, hash(i, 461)*1000, 6+16*hash(i, 462)
		rings.ellipse(x, y, r, r*0.8)
		rings.arc(x, y, r-2, r*0.8-2, 2*math.Pi, 0)
	}
	c.fill(rings, thin(inkMist, 0.6))
}

// umbrella is one from above, with the feet of whoever walks below it and a
// shadow in the wet.
func (c *canvas) umbrella(x, y, r, turn float64, k rgb) {
	shade := new(shape).ellipse(x+26, y+52, r*0.95, r*0.8)
	c.fill(shade, thin(inkNight, 0.45))
	c.fill(new(shape).ellipse(x+20, y+r*0.9, 9, 17).ellipse(x+42, y+r*0.75, 9, 17), flat(mix(inkNight, k, 0.25)))
	const ribs = 8
	point := func(i int, part float64) (float64, float64) {
		a := (float64(i) + turn) * 2 * math.Pi / ribs
		return x + r*part*math.Cos(a), y + r*part*math.Sin(a)
	}
	lines := new(shape)
	for i := range ribs {
		ax, ay := point(i, 1)
		bx, by := point(i+1, 1)
		mx, my := (ax+bx)/2*0.93+x*0.07, (ay+by)/2*0.93+y*0.07 // the cloth is drawn in between two ribs
		light := 0.5 + 0.5*math.Cos((float64(i)+0.5+turn)*2*math.Pi/ribs-3.9)
		c.fill(new(shape).poly(clockwise([]float64{x, y, ax, ay, (ax + 2*mx) / 3, (ay + 2*my) / 3, mx, my, (bx + 2*mx) / 3, (by + 2*my) / 3, bx, by})...),
			flat(mix(mix(k, inkNight, 0.45), mix(k, inkPaper, 0.32), light)))
		lines.line(x, y, ax, ay, 2)
	}
	c.fill(lines, thin(inkNight, 0.55))
	c.fill(new(shape).circle(x, y, r), halftone(inkNight, 8, func(px, py float64) float64 {
		return 0.3 * smooth(-0.2, 1, ((px-x)*0.6+(py-y)*0.8)/r)
	}))
	c.fill(new(shape).circle(x-1, y-1, 4.5), flat(mix(k, inkPaper, 0.75)))
	drops := new(shape)
	for i := range ribs {
		px, py := point(i, 1.03)
		drops.circle(px, py, 3)
	}
	c.fill(drops, thin(inkPaper, 0.8))
}

// rain falls away from the eye, towards the middle of the picture.
func (c *canvas) rain() {
	s := new(shape)
	for i := range 240 {
		x, y := hash(i, 470)*1700-50, hash(i, 471)*1100-50
		dx, dy := (780-x)*0.045, (560-y)*0.045
		n := 0.5 + hash(i, 472)
		s.line(x, y, x+dx*n+3, y+dy*n+5, 1.4+1.2*hash(i, 473))
	}
	c.fill(s, thin(inkPaper, 0.5))
}
