package demo

import (
	"image"
	"math"
)

// drawGulls is a flock over the fish quay: a pattern of wings, in two inks and
// one spot of red.
func drawGulls() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(flat(inkPaper))
	c.wash(0, 1000, halftone(inkSea, 22, func(x, y float64) float64 {
		d := math.Hypot(x-430, (y-640)*1.1)
		return 0.1 + 0.66*smooth(120, 1250, d)
	}))
	c.fill(new(shape).circle(430, 640, 150), flat(mix(inkCoral, inkOchre, 0.15)))
	for i := range 74 { // far ones first
		t := (float64(i) + 0.5) / 74
		// Multiples of these two fractions fill a plane evenly.
		x, y := -40+1680*math.Mod(float64(i)*0.7548777, 1), 30+930*math.Mod(float64(i)*0.5698403+0.3, 1)
		if t > 0.45 && (math.Hypot(x-430, y-640) < 260 || math.Hypot(x-1130, y-300) < 330 || math.Hypot(x-650, y-740) < 240 || math.Hypot(x-330, y-300) < 210) {
			continue // the sun and the near ones stay clear
		}
		at := spot{x: x, y: y, size: 0.14 + 0.62*t*t, turn: 0.5 * (hash(i, 482) - 0.5), flip: hash(i, 484) > 0.72}
		if t < 0.5 {
			c.farGull(at, hash(i, 483)*2-1)
			continue
		}
		c.gull(at, hash(i, 483)*2-1)
	}
	c.gull(spot{x: 1180, y: 420, size: 2.1, turn: -0.16}, 0.75)
	c.gull(spot{x: 330, y: 300, size: 1.35, turn: 0.14, flip: true}, -0.4)
	c.gull(spot{x: 690, y: 810, size: 1.6, turn: -0.3}, 0.1)
	return c.finish()
}

// farGull is one against the light: two wings and a speck.
func (c *canvas) farGull(at spot, beat float64) {
	up := 40 * beat
	s := new(shape).curve(at.at(0, -6, 40, -44-up, 92, -30-up*0.3, 160, 4+up*0.6, 94, -12-up*0.2, 46, -20-up*0.7, 8, 12, -8, 12, -46, -20-up*0.7, -94, -12-up*0.2, -160, 4+up*0.6, -92, -30-up*0.3, -40, -44-up)...)
	c.fill(s.ellipse(at.x, at.y+4*at.size, 12*at.size, 16*at.size), flat(inkNight))
}

// gull flies to the right. Beat is where its wings are, from -1, down, to 1, up.
func (c *canvas) gull(at spot, beat float64) {
	up := 26 * beat
	wing := func(dx, dy, k float64) []float64 { // root, wrist, tip and back along the trailing edge
		return at.at(24+dx, -6+dy, 34+dx, -40*k-up*0.4+dy, 26+dx, -76*k-up+dy, 4+dx, -108*k-up*1.1+dy, -42+dx, -142*k-up*0.8+dy, -84+dx, -168*k-up*0.4+dy,
			-60+dx, -132*k-up*0.7+dy, -40+dx, -100*k-up*0.9+dy, -30+dx, -70*k-up*0.8+dy, -34+dx, -34*k-up*0.3+dy, -40+dx, 2+dy)
	}
	tip := func(dx, dy, k float64) []float64 {
		return at.at(-22+dx, -128*k-up+dy, -42+dx, -142*k-up*0.8+dy, -84+dx, -168*k-up*0.4+dy, -60+dx, -132*k-up*0.7+dy, -46+dx, -110*k-up*0.84+dy)
	}
	far, close := new(shape).curve(wing(22, 0, 0.78)...), new(shape).curve(wing(0, 0, 1)...)
	if beat < 0 { // the far wing is hidden, the near one hangs before the body
		far, close = new(shape).curve(wing(6, 0, 0.7)...), new(shape).curve(wing(-6, 0, -0.62)...)
	}
	body := new(shape).curve(at.at(66, -3, 57, -12, 42, -14, 20, -11, -22, -6, -66, 2, -96, 0, -92, 9, -76, 12, -40, 17, 8, 17, 38, 11, 57, 5)...)
	shift := 5 * at.size
	for _, s := range []*shape{far, body, close} {
		c.fill(s.moved(shift, shift*1.6), thin(inkNight, 0.25))
	}
	c.fill(far, flat(mix(inkMist, inkSea, 0.45)))
	k, dx := 0.78, 22.0
	if beat < 0 {
		k, dx = 0.7, 6
	}
	c.fill(new(shape).curve(tip(dx, 0, k)...), flat(inkNight))
	c.fill(body, flat(mix(inkPaper, inkSky, 0.2)))
	c.fill(new(shape).curve(at.at(40, 10, 8, 16, -40, 16, -76, 11, -40, 9, 8, 8)...), thin(inkSea, 0.4))
	c.fill(close, flat(mix(inkPaper, inkMist, 0.3)))
	c.fill(close, hatch(inkDeep, 8*at.size, at.turn+0.95, func(x, y float64) float64 {
		return 0.14 + 0.4*smooth(20*at.size, 140*at.size, math.Abs(y-at.y))
	}))
	k, dx = 1, 0
	if beat < 0 {
		k, dx = -0.62, -6
	}
	c.fill(new(shape).curve(tip(dx, 0, k)...), flat(inkNight))
	c.fill(new(shape).poly(at.at(60, -9, 84, 1, 81, 6, 60, 3)...), flat(inkOchre))
	x, y := at.point(53, -6)
	c.fill(new(shape).circle(x, y, 2.6*at.size), flat(inkNight))
}
