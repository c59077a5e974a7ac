package demo

import (
	"image"
	"math"
)

// drawNightPress is the printing house in its yard: the press behind tall
// windows, and the van that takes the first copies.
func drawNightPress() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 700, inkNight, mix(inkDeep, inkNight, 0.3)))
	c.stars(220)
	const top, base = 176.0, 800.0
	house := new(shape).rect(90, top, 1180, base-top)
	for i := range 4 { // saw-tooth roof
		x := 90 + 295*float64(i)
		house.poly(x, top, x, top-96, x+295, top)
	}
	c.fill(house, flat(mix(inkBrick, inkNight, 0.62)))
	joints := new(shape)
	for row := range 28 {
		y := top + 8 + float64(row)*22
		joints.rect(90, y, 1180, 1.6)
		for i := range 24 {
			joints.rect(96+float64(i)*50+25*float64(row%2), y, 1.6, 22)
		}
	}
	c.fill(joints, thin(inkNight, 0.4))
	for i := range 4 {
		x := 90 + 295*float64(i)
		c.fill(new(shape).poly(x, top, x, top-96, x+22, top-88, x+22, top), flat(mix(inkOchre, inkNight, 0.35)))
		c.fill(new(shape).line(x-6, top-100, x+299, top-1, 9), flat(inkNight))
	}
	c.fill(house, halftone(inkNight, 11, func(x, y float64) float64 { return 0.55 * smooth(480, 60, y) }))
	c.fill(new(shape).rect(0, base, 1600, 200), fade(base, 1000, mix(inkDeep, inkNight, 0.5), inkNight))
	for i := range 3 {
		c.pressWindow(140+322*float64(i), 284, 276, 430, i)
	}
	c.label(upright(44).spaced(14), "THE LANTERN", 600, 246, centred, lamplight())
	c.loadingBay(1110, base)
	for i := range 3 { // light on the yard
		x := 140 + 322*float64(i)
		c.fill(new(shape).poly(x, base+4, x+276, base+4, x+190, 1000, x-190, 1000), func(_, y int) (rgb, float64) {
			return inkOchre, 0.42 * smooth(1000, base, float64(y))
		})
	}
	c.van(1128, 944)
	c.light(inkOchre, 590, 520, 780, 0.26)
	return c.finish()
}

// pressWindow is one tall window with a length of the press behind it; x, y is
// its upper left corner.
func (c *canvas) pressWindow(x, y, w, h float64, n int) {
	window := new(shape).rect(x, y+40, w, h-40).arc(x+w/2, y+41, w/2, 56, math.Pi, 2*math.Pi)
	c.fill(window.moved(0, 0), fade(y, y+h, mix(inkPaper, inkOchre, 0.35), mix(inkOchre, inkCoral, 0.3)))
	dark, paper := mix(inkBrick, inkNight, 0.5), mix(inkPaper, inkSand, 0.2)
	s, web := new(shape), new(shape)
	cx, cy := x+w*0.5, y+h*0.55
	s.rect(x+w*0.16, cy-96, 26, 300).rect(x+w*0.74, cy-96, 26, 300)
	for _, q := range [][3]float64{{-52, -40, 46}, {52, -40, 46}, {-52, 60, 46}, {52, 60, 46}, {0, -128, 20}, {-116, -100, 16}, {116, -100, 16}} {
		s.circle(cx+q[0], cy+q[1], q[2])
	}
	web.path(6, x-10, cy-60+20*float64(n%2), cx-116, cy-116, cx, cy-148, cx+116, cy-116, x+w+10, cy-60+20*float64((n+1)%2))
	web.path(6, cx, cy-148, cx, cy+150, cx+60, cy+196, x+w+10, cy+196)
	c.inside(window, s, flat(dark))
	rims := new(shape)
	for _, q := range [][3]float64{{-52, -40, 46}, {52, -40, 46}, {-52, 60, 46}, {52, 60, 46}} {
		rims.circle(cx+q[0], cy+q[1], q[2]-7).hole(cx+q[0], cy+q[1], q[2]-11).circle(cx+q[0], cy+q[1], 8)
	}
	c.fill(rims, thin(inkOchre, 0.6))
	c.inside(window, web, flat(paper))
	bed := new(shape).rect(x, y+h-74, w, 74)
	c.inside(window, bed, flat(mix(inkNight, inkBrick, 0.3)))
	if n == 1 {
		c.fill(standing(new(shape), spot{x: x + 70, y: y + h + 6, size: 2.1}, 2), flat(inkNight))
	}
	bars := new(shape)
	for i := range 4 {
		bars.rect(x+w*float64(i+1)/5-2.5, y-14, 5, h+14)
	}
	for i := range 6 {
		bars.rect(x, y+56+62*float64(i), w, 5)
	}
	c.inside(window, bars, flat(mix(inkNight, inkDeep, 0.2)))
	c.fill(new(shape).rect(x-14, y+h-2, w+28, 16), flat(mix(inkSand, inkNight, 0.6)))
}

// loadingBay is the open gate with the ramp, and bundles on it; x is its left
// side.
func (c *canvas) loadingBay(x, base float64) {
	c.fill(new(shape).rect(x, base-330, 150, 330), fade(base-330, base, lamplight(), mix(inkOchre, inkBrick, 0.35)))
	c.fill(new(shape).rect(x-10, base-346, 170, 22), flat(inkNight))
	slats := new(shape)
	for i := range 5 {
		slats.rect(x, base-324+float64(i)*12, 150, 4)
	}
	c.fill(slats, flat(mix(inkNight, inkBrick, 0.3)))
	c.fill(new(shape).rect(x-26, base-66, 230, 66), flat(mix(inkNight, inkDeep, 0.4)))
	c.fill(new(shape).rect(x-26, base-66, 230, 7), flat(inkOchre))
	c.fill(walking(new(shape), spot{x: x + 60, y: base - 66, size: 1.8}, 12, 0.12), flat(inkNight))
	c.bundle(x+74, base-178, 1)
	for i := range 5 {
		c.bundle(x-6+52*float64(i%3)*0.9, base-88-28*float64(i/3), 1)
	}
}

// bundle is a stack of papers with a string round it, its left lower corner at
// x, y.
func (c *canvas) bundle(x, y, size float64) {
	c.fill(new(shape).rect(x, y-4, 44*size, 26*size), flat(inkPaper))
	edges := new(shape)
	for i := range 6 {
		edges.rect(x, y-2+float64(i)*4*size, 44*size, 1.3)
	}
	c.fill(edges, thin(inkNight, 0.5))
	c.fill(new(shape).rect(x+19*size, y-4, 4*size, 26*size), flat(inkCoral))
}

// van waits with its doors open to the left; x is its left end, y the ground.
func (c *canvas) van(x, y float64) {
	c.fill(new(shape).ellipse(x+210, y+6, 280, 16), thin(inkNight, 0.7))
	body := new(shape).curve(x, y-34, x-4, y-150, x+4, y-246, x+40, y-262, x+240, y-262, x+288, y-244, x+344, y-160, x+420, y-136, x+436, y-110, x+440, y-40, x+420, y-28, x+20, y-26)
	c.fill(body, flat(mix(inkSea, inkDeep, 0.5)))
	c.fill(body, halftone(inkNight, 10, func(px, py float64) float64 { return 0.65*smooth(x+80, x+480, px) + 0.25*smooth(y-120, y, py) }))
	c.fill(new(shape).poly(x+286, y-232, x+336, y-158, x+250, y-158, x+250, y-232), flat(mix(inkNight, inkDeep, 0.3)))
	c.fill(new(shape).poly(x+292, y-228, x+306, y-206, x+270, y-158, x+256, y-158), thin(inkMist, 0.3))
	c.fill(new(shape).poly(x+4, y-240, x-86, y-216, x-86, y-62, x+2, y-42), flat(mix(inkSea, inkNight, 0.5)))
	c.fill(new(shape).poly(x-76, y-196, x-14, y-210, x-14, y-150, x-76, y-140), flat(mix(inkOchre, inkNight, 0.3)))
	for _, wx := range []float64{x + 84, x + 352} {
		c.fill(new(shape).circle(wx, y-32, 42), flat(inkNight))
		c.fill(new(shape).circle(wx, y-32, 20), flat(mix(inkMist, inkDeep, 0.4)))
	}
	c.label(slanted(40), "The Lantern", x+132, y-176, centred, mix(inkPaper, inkMist, 0.3))
	c.fill(new(shape).rect(x+426, y-96, 12, 22), flat(inkOchre))
	c.light(mix(inkOchre, inkPaper, 0.4), x+440, y-86, 150, 0.75)
	c.fill(new(shape).rect(x+2, y-92, 9, 20), flat(inkCoral))
}
