package demo

import (
	"image"
	"math"
)

// bridgeTurn is how far the swing bridge stands out of the road, in radians, and
// bridgeArm the length of each of its arms, in metres.
const (
	bridgeTurn = 0.62
	bridgeArm  = 19.0
)

// drawNightBridge is the swing bridge, open, with a coaster passing.
func drawNightBridge() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const water = 640
	c.ground(rows(func(y float64) (rgb, float64) {
		if y < 330 {
			return mix(inkNight, mix(inkDeep, inkSea, 0.25), y/330), 1
		}
		return mix(mix(inkDeep, inkSea, 0.25), mix(inkMist, inkSea, 0.25), (y-330)/280), 1
	}))
	c.stars(330)
	c.light(inkPaper, 590, 170, 420, 0.5)
	c.fill(new(shape).circle(590, 170, 78), flat(mix(inkPaper, inkSand, 0.25)))
	c.fill(new(shape).circle(568, 156, 15).circle(616, 196, 10).circle(610, 144, 7), thin(inkSand, 0.6))
	c.wash(0, water, halftone(inkNight, 13, func(x, y float64) float64 { return 0.62 * smooth(330, 1350, math.Hypot(x-590, (y-300)*1.3)) }))
	c.riverTown(610)
	c.coaster(150, water, 0.62)
	c.mirror(water, 1.05, 24, mix(inkNight, inkDeep, 0.5), func(d float64) float64 { return 0.25 + 0.5*smooth(0, 360, d) })
	v := view{y: 4, z: -40, focus: 1250, mx: 1000, my: 596}
	wet := v
	wet.mirrored = true
	c.swingBridge(wet)
	c.wash(water, 1000, thin(mix(inkNight, inkDeep, 0.5), 0.5))
	c.shiver(water, 16)
	c.ripples(21, water+6, 1000, thin(inkNight, 0.4), func(_, _ float64) float64 { return 0.6 })
	c.ripples(81, water+6, 1000, thin(inkSky, 0.55), func(x, y float64) float64 { return 0.8 * smooth(60+(y-water)*0.35, 0, math.Abs(x-590)) })
	c.swingBridge(v)
	c.bridgeLamps(v)
	return c.finish()
}

// riverTown is the far bank, asleep but for a few.
func (c *canvas) riverTown(base float64) {
	s, lit := new(shape), new(shape)
	for x, i := 0.0, 0; x < 1600; i++ {
		w, h := 34+40*hash(i, 360), 56+74*hash(i, 361)
		s.rect(x, base-h, w+1, h+36)
		if hash(i, 362) > 0.4 {
			s.poly(x, base-h, x+w/2, base-h-w*0.6, x+w, base-h)
		}
		if hash(i, 363) > 0.76 {
			lit.rect(x+w*0.3, base-h*0.62, 7, 10)
		}
		x += w
	}
	s.rect(620, base-210, 30, 210).poly(612, base-210, 635, base-300, 658, base-210)
	c.fill(s, flat(mix(inkNight, inkDeep, 0.42)))
	c.fill(lit, flat(inkOchre))
	c.fill(new(shape).rect(0, base+14, 1600, 22), flat(inkNight))
}

// swingBridge stands along the river on its pier: metres, the pier at the origin.
func (c *canvas) swingBridge(v view) {
	steel, back := mix(inkNight, inkDeep, 0.05), mix(inkDeep, inkNight, 0.25)
	const long, deck = bridgeArm, 6.0
	sin, cos := math.Sincos(bridgeTurn)
	bar := func(s *shape, a, y0, b, y1, side, width float64) {
		v.bar(s, a*cos-side*sin, y0, a*sin+side*cos, b*cos-side*sin, y1, b*sin+side*cos, width)
	}
	arch := func(a float64) float64 { return deck + 1.2 + 4.6*math.Pow(1-math.Abs(a)/long, 1.3) }
	pier := v.face(-3.4, -0.4, -3.2, 3.4, -0.4, -3.2, 3, 5.6, -3.2, -3, 5.6, -3.2)
	c.fill(pier, flat(mix(inkDeep, inkSea, 0.25)))
	c.fill(pier, hatch(inkNight, 10, 0, func(x, _ float64) float64 { return 0.25 + 0.5*smooth(pier.minX, pier.maxX, x) }))
	for _, side := range []float64{2.4, -2.4} {
		s := new(shape)
		for i := -8; i < 8; i++ {
			a, b := long*float64(i)/8, long*float64(i+1)/8
			bar(s, a, arch(a), b, arch(b), side, 0.42)
			bar(s, a, deck, a, arch(a), side, 0.24)
			if i < 0 {
				bar(s, a, deck, b, arch(b), side, 0.2)
			} else {
				bar(s, a, arch(a), b, deck, side, 0.2)
			}
		}
		bar(s, -long, deck, long, deck, side, 0.6)
		bar(s, long, deck, long, arch(long), side, 0.24)
		k := steel
		if side > 0 {
			k = back
		}
		if !v.mirrored {
			c.fill(s.moved(-1.6, -2.6), thin(inkMist, 0.55)) // the moon on the steel
		}
		c.fill(s, flat(k))
		if side > 0 {
			c.fill(v.face(-long*cos-2.4*sin, deck, -long*sin+2.4*cos, long*cos-2.4*sin, deck, long*sin+2.4*cos, long*cos+2.4*sin, deck, long*sin-2.4*cos, -long*cos+2.4*sin, deck, -long*sin-2.4*cos), flat(inkNight))
		}
	}
	x, y, m := v.at(0, 13.2, 0)
	if v.mirrored {
		return
	}
	c.fill(new(shape).rect(x-1.7*m, y-1*m, 3.4*m, 2.4*m).poly(x-2.1*m, y-1*m, x, y-2.2*m, x+2.1*m, y-1*m).rect(x-1.2*m, y+1.4*m, 2.4*m, 1.6*m), flat(steel))
	c.fill(new(shape).rect(x-1.3*m, y-0.5*m, 1.1*m, 1.1*m).rect(x+0.2*m, y-0.5*m, 1.1*m, 1.1*m), flat(lamplight()))
	c.light(inkOchre, x, y, 4.6*m, 0.45)
}

// bridgeLamps are red at both ends of the open bridge and on its pier.
func (c *canvas) bridgeLamps(v view) {
	sin, cos := math.Sincos(bridgeTurn)
	for _, a := range []float64{-bridgeArm, bridgeArm} {
		x, y, m := v.at(a*cos, 7.9, a*sin)
		c.light(inkCoral, x, y, 2.6*m, 0.85)
		c.fill(new(shape).circle(x, y, 0.42*m), flat(mix(inkCoral, inkPaper, 0.55)))
		x, y, m = v.at(a*cos, -7.9, a*sin)
		streak := new(shape)
		for i := range 13 {
			streak.ellipse(x+8*wave(i, 0.4), y-60+float64(i)*13, (0.8-0.05*float64(i))*m, 3.4)
		}
		c.fill(streak, func(_, py int) (rgb, float64) { return inkCoral, 0.8 * smooth(y+110, y-70, float64(py)) })
	}
}

// coaster is a small cargo ship going to the left; x, y is the middle of her
// water line.
func (c *canvas) coaster(x, y, size float64) {
	at := spot{x: x, y: y, size: size}
	c.fill(new(shape).poly(at.at(-330, -84, -300, -76, 300, -76, 306, -92, 320, -92, 300, 6, -276, 6)...), flat(mix(inkBrick, inkNight, 0.5)))
	c.fill(new(shape).poly(at.at(-330, -84, -300, -76, 300, -76, 302, -66, -326, -68)...), flat(mix(inkSand, inkNight, 0.4)))
	c.fill(new(shape).poly(at.at(160, -76, 160, -196, 288, -196, 288, -76)...).poly(at.at(172, -194, 172, -240, 268, -240, 268, -194)...), flat(mix(inkMist, inkDeep, 0.4)))
	c.fill(new(shape).poly(at.at(240, -238, 244, -290, 276, -290, 280, -238)...), flat(mix(inkCoral, inkNight, 0.35)))
	hatches := new(shape).poly(at.at(-240, -76, -240, -102, 120, -102, 120, -76)...)
	c.fill(hatches, flat(mix(inkNight, inkMoss, 0.4)))
	masts := new(shape)
	for _, q := range [][4]float64{{-280, -80, -280, -220}, {20, -100, 20, -250}, {220, -240, 220, -320}} {
		masts.path(5, at.at(q[0], q[1], q[2], q[3])...)
	}
	masts.path(3, at.at(20, -244, -120, -140)...).path(2, at.at(-280, -216, 20, -246)...)
	c.fill(masts, flat(inkNight))
	lit := new(shape)
	for i := range 4 {
		lit.poly(at.at(170+28*float64(i), -174, 186+28*float64(i), -174, 186+28*float64(i), -156, 170+28*float64(i), -156)...)
	}
	c.fill(lit.poly(at.at(178, -230, 262, -230, 262, -212, 178, -212)...), flat(lamplight()))
	for _, q := range [][2]float64{{-280, -220}, {220, -322}} {
		lx, ly := at.point(q[0], q[1])
		c.light(inkPaper, lx, ly, 60, 0.9)
		c.fill(new(shape).circle(lx, ly, 5), flat(inkPaper))
	}
	gx, gy := at.point(180, -206)
	c.fill(new(shape).circle(gx-14, gy, 5), flat(inkCoral))
}
