package demo

import (
	"image"
	"math"
)

// inkDusk is the violet of a winter's evening.
var inkDusk = rgb{104, 98, 132}

// drawSnowRoofs is the first snow on the roofs of the Old Glebe.
func drawSnowRoofs() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(rows(func(y float64) (rgb, float64) {
		if y < 380 {
			return mix(mix(inkDusk, inkNight, 0.45), mix(inkDusk, inkMist, 0.3), y/380), 1
		}
		return mix(mix(inkDusk, inkMist, 0.3), mix(inkCoral, inkSand, 0.5), (y-380)/200), 1
	}))
	c.wash(0, 520, halftone(mix(inkNight, inkDusk, 0.3), 13, func(_, y float64) float64 { return 0.55 * smooth(380, -80, y) }))
	c.spire(1130, 620)
	layers := []struct{ base, size float64 }{{620, 0.5}, {720, 0.72}, {860, 1.02}, {1090, 1.5}}
	for row, l := range layers {
		haze := 1 - float64(row)/3
		for x, i := -120.0*l.size-40*float64(row), 0; x < 1640; i++ {
			n := row*53 + i
			w := (210 + 130*hash(n, 620)) * l.size
			c.snowHouse(x, l.base+46*l.size*(hash(n, 621)-0.5), w, l.size, n, haze)
			x += w * 0.94
		}
	}
	flakes := new(shape)
	for i := range 420 {
		flakes.circle(hash(i, 630)*1600, hash(i, 631)*1000, 1.4+4.4*math.Pow(hash(i, 632), 4))
	}
	c.fill(flakes, thin(inkPaper, 0.85))
	return c.finish()
}

// snowHouse shows its gable, or its long side with the roof, in turn; x is its
// left edge, base the height of its eaves and haze how far off it is.
func (c *canvas) snowHouse(x, base, w, size float64, n int, haze float64) {
	far := func(k rgb) rgb { return mix(k, mix(inkDusk, inkMist, 0.35), 0.62*haze) }
	wall := far([]rgb{mix(inkDusk, inkNight, 0.55), mix(inkBrick, inkNight, 0.5), mix(inkDeep, inkNight, 0.2), mix(inkDusk, inkBrick, 0.4)}[int(hash(n, 640)*4)])
	snow, shade := far(mix(inkPaper, inkSky, 0.4)), far(mix(inkDusk, inkMist, 0.55))
	rise := w * (0.42 + 0.12*hash(n, 641))
	if hash(n, 642) > 0.45 { // gable to the front
		c.fill(new(shape).poly(x, base, x+w/2, base-rise, x+w, base, x+w, 1000, x, 1000), flat(wall))
		t := 17 * size
		c.fill(new(shape).poly(x-12*size, base+4*size, x+w/2, base-rise-t, x+w/2, base-rise+t*0.5, x-4*size, base+t), flat(snow))
		c.fill(new(shape).poly(x+w/2, base-rise-t, x+w+12*size, base+4*size, x+w+4*size, base+t, x+w/2, base-rise+t*0.5), flat(shade))
		c.snowWindows(x+w/2-34*size, base-rise*0.36, 2, 1, size, n)
		c.snowWindows(x+w*0.14, base+34*size, 3, 4, size, n+7)
		c.chimney(x+w*0.78, base-rise*0.44, size, n, far)
		return
	}
	roof := new(shape).poly(x-8*size, base, x+22*size, base-rise*0.9, x+w-22*size, base-rise*0.9, x+w+8*size, base)
	c.chimney(x+w*0.3, base-rise*0.7, size, n, far)
	c.chimney(x+w*0.72, base-rise*0.7, size, n+11, far)
	c.fill(new(shape).rect(x, base-2, w, 1002-base), flat(wall))
	c.fill(roof, flat(snow))
	c.fill(roof, halftone(shade, 9, func(px, py float64) float64 {
		return 0.15 + 0.75*smooth(base-rise, base+20, py)*smooth(x-w*0.2, x+w, px)
	}))
	c.fill(new(shape).curve(x-10*size, base-5*size, x+w/2, base-8*size, x+w+10*size, base-5*size, x+w+8*size, base+8*size, x+w*0.66, base+5*size, x+w*0.33, base+9*size, x-8*size, base+8*size), flat(snow))
	c.fill(new(shape).rect(x, base+8*size, w, 10*size), thin(inkNight, 0.35))
	for i := range 2 { // dormers
		dx, dy := x+w*(0.22+0.42*float64(i)), base-rise*0.26
		c.fill(new(shape).rect(dx, dy-30*size, 38*size, 36*size), flat(wall))
		c.snowWindows(dx+10*size, dy-22*size, 1, 1, size*0.9, n+20+i)
		c.fill(new(shape).poly(dx-7*size, dy-27*size, dx+19*size, dy-50*size, dx+45*size, dy-27*size), flat(mix(snow, inkPaper, 0.4)))
	}
	c.snowWindows(x+w*0.1, base+36*size, 4, 4, size, n+31)
}

// snowWindows are rows of windows with snow on their sills; some are lit.
func (c *canvas) snowWindows(x, y float64, across, down int, size float64, n int) {
	dark, lit, sills := new(shape), new(shape), new(shape)
	for j := range down {
		for i := range across {
			wx, wy := x+float64(i)*54*size, y+float64(j)*66*size
			if hash(n*17+i, j+650) > 0.52 {
				lit.rect(wx, wy, 20*size, 30*size)
			} else {
				dark.rect(wx, wy, 20*size, 30*size)
			}
			sills.rect(wx-4*size, wy+30*size, 28*size, 5*size)
		}
	}
	c.fill(dark, thin(inkNight, 0.6))
	c.fill(lit, flat(mix(inkOchre, inkPaper, 0.3)))
	c.fill(sills, thin(inkPaper, 0.65))
	bars := new(shape)
	for j := range down {
		for i := range across {
			wx, wy := x+float64(i)*54*size, y+float64(j)*66*size
			bars.rect(wx+9*size, wy, 2.4*size, 30*size).rect(wx, wy+12*size, 20*size, 2.4*size)
		}
	}
	c.fill(bars, thin(inkNight, 0.7))
}

// chimney smokes, or not; x, y is its foot on the roof.
func (c *canvas) chimney(x, y, size float64, n int, far func(rgb) rgb) {
	w, h := 30*size, 84*size
	if hash(n, 660) > 0.5 {
		smoke := new(shape)
		for i := range 9 {
			t := float64(i) / 8
			smoke.circle(x+w/2+(t*90+18*wave(n, t*4))*size, y-h-t*150*size, (9+24*t)*size)
		}
		c.fill(smoke, rows(func(py float64) (rgb, float64) {
			return far(inkPaper), 0.5 * smooth(y-h-190*size, y-h, py)
		}))
	}
	c.fill(new(shape).rect(x, y-h, w, h+20*size), flat(far(mix(inkBrick, inkNight, 0.35))))
	c.fill(new(shape).rect(x+w*0.6, y-h, w*0.4, h+20*size), thin(inkNight, 0.3))
	c.fill(new(shape).rect(x-4*size, y-h-4*size, w+8*size, 9*size), flat(far(inkNight)))
	c.fill(new(shape).rect(x+4*size, y-h-18*size, 8*size, 15*size).rect(x+18*size, y-h-18*size, 8*size, 15*size), flat(far(inkBrick)))
	c.fill(new(shape).curve(x-5*size, y-h-3*size, x+w/2, y-h-12*size, x+w+5*size, y-h-3*size, x+w/2, y-h-1*size), flat(far(inkPaper)))
}

// spire is the church behind the roofs.
func (c *canvas) spire(x, base float64) {
	k := mix(inkDusk, inkDeep, 0.45)
	s := new(shape).rect(x-46, base-330, 92, 330)
	s.poly(x-56, base-330, x, base-590, x+56, base-330)
	s.rect(x-3, base-640, 6, 60).rect(x-14, base-624, 28, 5)
	c.fill(s, flat(k))
	c.fill(new(shape).poly(x-56, base-330, x, base-590, x-14, base-330), thin(inkPaper, 0.7))
	c.fill(new(shape).rect(x+10, base-330, 36, 330).poly(x+12, base-330, x, base-590, x+56, base-330), thin(inkNight, 0.25))
	c.fill(new(shape).circle(x, base-270, 27), flat(mix(inkOchre, inkPaper, 0.45)))
	c.fill(new(shape).line(x, base-270, x, base-291, 4).line(x, base-270, x+13, base-262, 4), flat(inkNight))
	c.fill(new(shape).rect(x-24, base-220, 12, 46).rect(x+12, base-220, 12, 46).rect(x-6, base-220, 12, 46), flat(inkNight))
}
