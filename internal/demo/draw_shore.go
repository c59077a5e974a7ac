package demo

import (
	"image"
	"math"
)

// drawMusselFlats is the shore off Sandwade at low water.
func drawMusselFlats() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const horizon = 400.0
	c.ground(fade(0, horizon, mix(inkSand, inkOchre, 0.25), inkPaper))
	c.light(inkPaper, 1120, 300, 520, 0.8)
	c.fill(new(shape).circle(1120, 262, 58), flat(inkPaper))
	// The sky is engraved: long strokes that bend around the sun.
	c.wash(0, int(horizon), engrave(mix(inkSea, inkMist, 0.3), 11, func(x, y float64) float64 {
		return y + 16*ridge(181, x/420) - 60*math.Exp(-math.Pow((x-1120)/330, 2))*smooth(horizon, 0, y)
	}, func(x, y float64) float64 {
		return 0.55 * smooth(160, 900, math.Hypot(x-1120, (y-262)*1.4)) * (0.65 + 0.5*ridge(185, x/300+y/150))
	}))
	c.fill(new(shape).below(0, 760, horizon+4, func(x float64) float64 { return horizon - 44*smooth(760, 60, x) - 9*ridge(188, x/70) }), flat(mix(inkSea, inkMist, 0.25)))
	c.fill(new(shape).rect(0, horizon, 1600, 40), fade(horizon, horizon+40, inkSea, mix(inkMist, inkPaper, 0.3)))
	c.fill(new(shape).rect(0, horizon+36, 1600, 4), thin(inkPaper, 0.8))
	c.wetSand(horizon + 38)
	v := view{y: 2.6, focus: 900, mx: 760, my: horizon}
	for row := 9; row >= 0; row-- {
		c.stakes(v, -19+4.4*float64(row))
	}
	c.gatherer(560, 790, 2.15, false)
	c.gatherer(1090, 652, 1.2, true)
	c.gatherer(960, 560, 0.66, false)
	return c.finish()
}

// wetSand is the flat with its pools, which hold the sky.
func (c *canvas) wetSand(top float64) {
	dry, wet := mix(inkSand, inkDeep, 0.42), mix(inkPaper, inkSand, 0.3)
	const cell = 8 // pixels; along a row the pools are smooth
	var pools, bends [pictureWidth/cell + 2]float64
	row := -1
	c.wash(int(top), 1000, func(px, py int) (rgb, float64) {
		y := float64(py)
		near := 30 + (y-top)*0.55 // ripples are drawn out less the nearer they are
		if py != row {
			row = py
			for i := range pools {
				x := float64(i * cell)
				pools[i] = field(190, (x-760)/near/4.4+40, 260/(y-top+26)*3) + 0.25*math.Exp(-math.Pow((x-1120)/260, 2))
				bends[i] = wave(193, (x-760)/near/1.8+9)
			}
		}
		i, t := px/cell, float64(px%cell)/cell
		pool, bend := pools[i]+(pools[i+1]-pools[i])*t, bends[i]+(bends[i+1]-bends[i])*t
		shine := smooth(0.1, 0.1+9/near/4, pool)
		if shine >= 1 {
			return mix(mix(wet, inkMist, 0.6*smooth(520, 1000, y)), dry, 0.08), 1
		}
		ripple := smooth(0.2, 0.5, math.Sin((y-top)*60/near+5*bend))
		k := mix(dry, mix(inkDeep, inkNight, 0.3), 0.5*smooth(480, 1000, y)+0.28*ripple*smooth(430, 620, y))
		return mix(k, mix(wet, inkMist, 0.6*smooth(520, 1000, y)), 0.92*shine), 1
	})
}

// stakes are one row that runs out to sea, with mussels around their feet and
// their reflections in the wet.
func (c *canvas) stakes(v view, x float64) {
	wood, mussels, wet := new(shape), new(shape), new(shape)
	for i := 42; i >= 0; i-- {
		z := 4.9 + 1.35*float64(i) + 0.02*float64(i*i)
		n := int(x*10) + i*77
		if hash(n, 900) > 0.9 {
			continue
		}
		sx := x + 0.16*(hash(n, 901)-0.5)
		lean, high := 0.16*(hash(n, 902)-0.5), 1.35+0.45*hash(n, 903)
		v.bar(wood, sx, 0, z, sx+lean, high, z, 0.09)
		for j := range 9 { // a sleeve of mussels, in lumps
			h := float64(j) * 0.085
			px, py, m := v.at(sx+lean*h/high+0.07*(hash(n, j+910)-0.5), h, z)
			mussels.circle(px, py, (0.1+0.06*hash(n, j+920)-0.05*h)*m)
		}
		v.bar(wet, sx, 0, z, sx+lean, -high*0.8, z, 0.13)
	}
	c.fill(wet, thin(inkNight, 0.26))
	c.fill(wood, flat(mix(inkNight, inkBrick, 0.22)))
	c.fill(mussels, flat(inkNight))
}

// gatherer bends over a basket, feet at x, y, a hundred high if they stood.
func (c *canvas) gatherer(x, y, size float64, flip bool) {
	at := spot{x: x, y: y, size: size, flip: flip}
	c.fill(new(shape).ellipse(x+8*size, y+3*size, 60*size, 5*size), thin(inkNight, 0.35))
	c.fill(new(shape).curve(at.at(-14, 2, -10, 46, 20, 52, 30, 30, 44, 6)...), thin(inkNight, 0.22))
	legs := new(shape).poly(at.at(-14, 0, -14, -26, -10, -50, 8, -50, 6, -28, -3, 0)...).poly(at.at(4, 0, 2, -28, -6, -50, 10, -50, 14, -28, 15, 0)...)
	legs.curve(at.at(-15, -4, -4, -4, 3, 0, -15, 1)...).curve(at.at(3, -4, 14, -4, 22, 0, 3, 1)...)
	c.fill(legs, flat(inkNight))
	boots := new(shape).poly(at.at(-15, 0, -15, -24, -4, -24, -4, 0)...).poly(at.at(4, 0, 3, -24, 14, -24, 14, 0)...)
	c.fill(boots, flat(mix(inkMoss, inkNight, 0.45)))
	coat := new(shape).curve(at.at(-13, -46, -12, -62, 4, -76, 26, -80, 42, -72, 44, -62, 30, -58, 14, -52, 10, -42, -4, -40)...)
	c.fill(coat, flat(inkOchre))
	c.fill(new(shape).curve(at.at(-12, -46, 4, -54, 24, -62, 42, -64, 30, -57, 14, -50, 10, -42, -4, -40)...), thin(inkBrick, 0.55))
	c.fill(new(shape).poly(at.at(33, -70, 42, -66, 44, -32, 38, -32)...), flat(mix(inkOchre, inkBrick, 0.4)))
	c.fill(new(shape).curve(at.at(42, -76, 50, -82, 58, -74, 56, -64, 48, -62)...), flat(mix(inkSand, inkBrick, 0.4)))
	c.fill(new(shape).curve(at.at(40, -74, 47, -86, 60, -82, 64, -76, 54, -76)...), flat(inkBrick))
	c.fill(new(shape).poly(at.at(28, -26, 60, -26, 55, 1, 33, 1)...), flat(mix(inkSand, inkBrick, 0.45)))
	weave := new(shape)
	for i := range 4 {
		weave.poly(at.at(29, -22+float64(i)*6, 59, -22+float64(i)*6, 59, -20+float64(i)*6, 29, -20+float64(i)*6)...)
	}
	c.fill(weave, thin(inkNight, 0.4))
	c.fill(new(shape).curve(at.at(30, -26, 36, -33, 52, -33, 58, -26)...), flat(inkNight))
}
