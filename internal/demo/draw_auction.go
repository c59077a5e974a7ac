package demo

import (
	"image"
	"math"
)

// drawNightAuction is the hall on Gannet Dock: rows of crates under lamps.
func drawNightAuction() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, inkNight, mix(inkDeep, inkNight, 0.35)))
	v := view{x: 0.4, y: 2.35, z: -2.4, down: 0.12, focus: 1010, mx: 800, my: 430}
	c.auctionHall(v)
	for row := 8; row >= 0; row-- {
		z := 1.2 + 1.5*float64(row)
		if row == 4 || row == 6 || row == 8 {
			c.buyers(v, z+1.0, row)
		}
		for i := -5; i < 5; i++ {
			if i == -1 && row < 7 {
				continue // a way between them
			}
			c.crate(v, 0.16+1.24*float64(i), z, row*13+i)
		}
	}
	c.auctionLamps(v)
	x, y, m := v.at(-0.45, 0, 3.1)
	c.auctioneer(spot{x: x, y: y, size: 0.0178 * m})
	c.wash(0, 1000, halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.55 * smooth(560, 1200, math.Hypot((x-780)*0.9, (y-560)*1.2))
	}))
	return c.finish()
}

// auctionHall is the roof on its posts, the clock on the end wall, and the wet
// floor.
func (c *canvas) auctionHall(v view) {
	c.fill(v.face(-9, 0, 15.5, 9, 0, 15.5, 9, 6.4, 15.5, -9, 6.4, 15.5), flat(mix(inkDeep, inkSea, 0.3)))
	c.fill(v.face(-9, 0, -2, -9, 0, 15.5, -9, 6.4, 15.5, -9, 6.4, -2), flat(mix(inkDeep, inkNight, 0.4)))
	c.fill(v.face(9, 0, -2, 9, 0, 15.5, 9, 6.4, 15.5, 9, 6.4, -2), flat(mix(inkDeep, inkNight, 0.5)))
	c.fill(v.face(-9, 0, -2, 9, 0, -2, 9, 0, 15.5, -9, 0, 15.5), fade(430, 1000, mix(inkSea, inkDeep, 0.5), mix(inkDeep, inkNight, 0.4)))
	beams := new(shape)
	for i := range 8 {
		z := 1 + 2.1*float64(i)
		v.bar(beams, -9, 6.2, z, 9, 6.2, z, 0.28)
		v.bar(beams, -9, 4.6, z, -7, 6.2, z, 0.16)
		v.bar(beams, 9, 4.6, z, 7, 6.2, z, 0.16)
		v.bar(beams, -9, 0, z, -9, 6.2, z, 0.3)
		v.bar(beams, 9, 0, z, 9, 6.2, z, 0.3)
	}
	c.fill(beams, flat(mix(inkNight, inkDeep, 0.3)))
	x, y, m := v.at(0, 4.3, 15.4)
	c.fill(new(shape).circle(x, y, 1.28*m), flat(inkNight))
	c.fill(new(shape).circle(x, y, 1.12*m), flat(mix(inkPaper, inkOchre, 0.15)))
	marks := new(shape)
	for i := range 20 {
		a := float64(i) * math.Pi / 10
		marks.line(x+0.92*m*math.Cos(a), y+0.92*m*math.Sin(a), x+1.06*m*math.Cos(a), y+1.06*m*math.Sin(a), 2.5)
	}
	c.fill(marks.line(x, y, x+0.34*m, y-0.78*m, 4).circle(x, y, 5), flat(inkNight))
	c.light(inkPaper, x, y, 2.6*m, 0.3)
}

// crate is an open box of fish on ice, its left near corner at x, z.
func (c *canvas) crate(v view, x, z float64, n int) {
	const w, deep, high = 1.08, 0.72, 0.3
	k := mix([]rgb{inkSea, inkCoral, inkOchre, mix(inkSea, inkMist, 0.4)}[int(hash(n, 320)*4)], inkNight, 0.18)
	c.fill(v.face(x-0.05, 0, z-0.14, x+w+0.05, 0, z-0.14, x+w+0.1, 0, z+deep, x-0.1, 0, z+deep), thin(inkNight, 0.4))
	c.box(v, block{x, 0, z, x + w, high, z + deep}, flat(mix(k, inkPaper, 0.25)), flat(mix(k, inkNight, 0.45)), flat(mix(k, inkNight, 0.2)))
	c.fill(v.face(x+0.05, high, z+0.05, x+w-0.05, high, z+0.05, x+w-0.05, high, z+deep-0.05, x+0.05, high, z+deep-0.05), flat(mix(inkSky, inkMist, 0.4)))
	fish, bellies, eyes := new(shape), new(shape), new(shape)
	for i := range 8 { // two abreast, the far ones first
		px, py, m := v.at(x+0.3+0.47*float64(i%2)+0.06*(hash(n, i+321)-0.5), high, z+deep-0.12-0.15*float64(i/2))
		at := spot{x: px, y: py, size: m * 0.01, turn: 0.25 * (hash(n, i+341) - 0.5), flip: hash(n, i+351) > 0.5}
		fish.curve(at.at(25, -2, 16, -9, -2, -11, -16, -5, -26, -11, -24, -3, -26, 4, -14, 1, 2, 3, 18, 2)...)
		bellies.curve(at.at(22, -1, 10, -3, -6, -3, -14, -1, 0, 2, 14, 1)...)
		ex, ey := at.point(19, -4)
		eyes.circle(ex, ey, 1.5*at.size)
	}
	c.fill(fish.moved(0, 3), thin(inkNight, 0.4))
	c.fill(fish, flat(mix(inkDeep, inkSea, 0.3)))
	c.fill(bellies, thin(inkPaper, 0.85))
	c.fill(eyes, flat(inkOchre))
	c.fill(v.face(x+0.32, high*0.55, z-0.005, x+w-0.32, high*0.55, z-0.005, x+w-0.32, high*0.8, z-0.005, x+0.32, high*0.8, z-0.005), thin(inkNight, 0.6))
	c.fill(v.face(x+w-0.26, high*0.2, z-0.006, x+w-0.08, high*0.2, z-0.006, x+w-0.08, high*0.65, z-0.006, x+w-0.26, high*0.65, z-0.006), flat(inkPaper))
}

// buyers stand in a row behind the crates.
func (c *canvas) buyers(v view, z float64, row int) {
	s := new(shape)
	for i := range 6 {
		n := row*17 + i
		if hash(n, 350) > 0.8 {
			continue
		}
		x, y, m := v.at(-5.6+2.1*float64(i)+0.9*hash(n, 351), 0, z)
		standing(s, spot{x: x, y: y, size: 0.0176 * m, flip: hash(n, 352) > 0.5}, n)
	}
	c.fill(s, flat(mix(inkNight, inkDeep, 0.2)))
}

// auctionLamps hang in two rows and throw cones of light.
func (c *canvas) auctionLamps(v view) {
	for i := 4; i >= 0; i-- {
		for _, lx := range []float64{-3.1, 2.9} {
			z := 1.9 + 2.7*float64(i)
			x, y, m := v.at(lx, 3.7, z)
			_, fy, fm := v.at(lx, 0.3, z)
			cone := new(shape).poly(x-0.3*m, y, x+0.3*m, y, x+1.9*fm, fy, x-1.9*fm, fy)
			c.fill(cone, func(_, py int) (rgb, float64) { return lamplight(), 0.26 * smooth(fy+40, y, float64(py)) })
			c.fill(new(shape).ellipse(x, fy, 1.9*fm, 0.5*fm), glowEllipse(x, fy, 1.9*fm, 0.5*fm))
			c.fill(new(shape).line(x, y-3*m, x, y-0.2*m, 2.5).poly(x-0.36*m, y+0.04*m, x-0.1*m, y-0.26*m, x+0.1*m, y-0.26*m, x+0.36*m, y+0.04*m), flat(inkNight))
			c.fill(new(shape).ellipse(x, y+0.04*m, 0.33*m, 0.07*m), flat(inkPaper))
			c.light(inkPaper, x, y+0.05*m, 0.9*m, 0.7)
		}
	}
}

// auctioneer walks the way between the crates with a board, feet at the origin.
func (c *canvas) auctioneer(at spot) {
	c.fill(new(shape).ellipse(at.x, at.y, 30*at.size, 5*at.size), thin(inkNight, 0.5))
	s := standing(new(shape), at, 25)
	c.fill(s, flat(inkNight))
	c.fill(s, rows(func(y float64) (rgb, float64) { // an oilskin
		if h := (at.y - y) / at.size; h < 36 || h > 86 {
			return rgb{}, 0
		}
		return mix(inkOchre, inkBrick, 0.2), 1
	}))
	c.fill(s, halftone(inkNight, 8, func(x, y float64) float64 { return 0.65 * smooth(-2, 15, (x-at.x)/at.size) }))
	c.fill(new(shape).poly(at.at(8, -62, 26, -66, 28, -50, 10, -46)...), flat(inkPaper))
}
