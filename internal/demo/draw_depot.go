package demo

import (
	"image"
	"math"
	"strconv"
)

// drawNightDepot is the hall in which the trams stand at night, fronts to us.
func drawNightDepot() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, inkNight, mix(inkDeep, inkNight, 0.3)))
	v := view{x: 0.6, y: 1.7, z: -3, focus: 900, mx: 830, my: 560}
	c.depotHall(v)
	wet := v
	wet.mirrored = true
	for _, mirrored := range []bool{true, false} {
		eye := v
		if mirrored {
			eye = wet
		}
		for i, x := range []float64{-11.4, 11.4, -7.6, 7.6, -3.8, 3.8, 0} {
			c.sleepingTram(eye, x, 6.2+0.3*math.Abs(x), i == 6, []int{17, 31, 4, 23, 9, 12, 6}[i])
		}
		if mirrored {
			c.wash(560, 1000, rows(func(y float64) (rgb, float64) { return mix(inkNight, inkDeep, 0.25), 0.5 + 0.3*smooth(600, 1000, y) }))
			c.shiver(570, 9)
			c.depotFloor(v)
		}
	}
	c.depotLamps(v)
	x, y, m := v.at(2.25, 0, 4.4)
	c.sweeper(spot{x: x, y: y, size: 0.0178 * m, flip: true})
	c.corners(inkNight, 0.55)
	return c.finish()
}

// depotHall is the shed: the far wall, its roof lights with the moon in them,
// and the trusses.
func (c *canvas) depotHall(v view) {
	for bay := 6; bay >= 0; bay-- {
		z := 2.5 + 4.5*float64(bay)
		haze := float64(bay) / 6
		dark := mix(mix(inkNight, inkDeep, 0.25), inkDeep, 0.7*haze)
		c.fill(v.face(-19, 7.8, z, 19, 7.8, z, 19, 7.8, z+4.5, -19, 7.8, z+4.5), flat(mix(dark, inkNight, 0.3)))
		for _, x := range []float64{-12, -4, 4} { // glass in the roof
			c.fill(v.face(x, 7.78, z+0.6, x+8, 7.78, z+0.6, x+6.6, 7.78, z+3.9, x+1.4, 7.78, z+3.9), thin(mix(inkMist, inkSea, 0.35), 0.5-0.3*haze))
		}
		truss := v.bar(new(shape), -19, 7.6, z, 19, 7.6, z, 0.22)
		v.bar(truss, -19, 6.6, z, 19, 6.6, z, 0.16)
		for i := range 19 {
			x := -19 + 2*float64(i)
			v.bar(truss, x, 6.6, z, x+1, 7.6, z, 0.09)
			v.bar(truss, x+1, 7.6, z, x+2, 6.6, z, 0.09)
		}
		for _, x := range []float64{-13.3, -9.5, -5.7, -1.9, 1.9, 5.7, 9.5, 13.3} {
			v.bar(truss, x, 0, z, x, 7, z, 0.2)
		}
		c.fill(truss, flat(dark))
	}
	c.wash(0, 560, halftone(inkNight, 12, func(x, y float64) float64 { return 0.55 * smooth(260, 900, math.Hypot(x-800, (y-330)*1.4)) }))
}

// sleepingTram is a tram’s front with something of its side; the floor of the
// hall mirrors it. One of them is lit.
func (c *canvas) sleepingTram(v view, x, z float64, lit bool, number int) {
	const half, high = 1.3, 3.4
	cream, red, glass := mix(inkMist, inkDeep, 0.48), mix(inkBrick, inkNight, 0.42), mix(inkNight, inkDeep, 0.45)
	if lit {
		cream, red, glass = mix(inkPaper, inkOchre, 0.2), inkCoral, lamplight()
	}
	b := block{x - half, 0.35, z, x + half, high, z + 15}
	c.box(v, b, flat(inkNight), flat(mix(cream, inkNight, 0.45)), flat(cream))
	side := x - half
	if v.x > x+half {
		side = x + half
	}
	for i := range 6 {
		wz := z + 0.8 + 2.3*float64(i)
		c.fill(v.face(side, 1.7, wz, side, 1.7, wz+1.8, side, 2.9, wz+1.8, side, 2.9, wz), flat(mix(glass, inkNight, 0.25)))
	}
	front := func(x0, y0, x1, y1 float64, k rgb) {
		c.fill(v.face(x+x0, y0, z, x+x1, y0, z, x+x1, y1, z, x+x0, y1, z), flat(k))
	}
	front(-half, 0.35, half, 1.35, red)
	front(-half, 0.2, half, 0.46, inkNight)
	front(-1.2, 1.5, 1.2, 2.82, glass)
	front(-0.04, 1.5, 0.04, 2.82, inkNight)
	front(-0.62, 2.95, 0.62, 3.28, inkNight)
	for _, lx := range []float64{-0.92, 0.92} {
		px, py, m := v.at(x+lx, 0.9, z)
		c.fill(new(shape).circle(px, py, 0.15*m), flat(mix(cream, inkNight, 0.3)))
		c.fill(new(shape).circle(px-0.03*m, py-0.03*m, 0.07*m), thin(inkPaper, 0.5))
	}
	if v.mirrored {
		return
	}
	if !lit { // the glass shows the roof lights
		c.fill(v.face(x-1.1, 2.3, z-0.01, x-0.2, 2.7, z-0.01, x-0.2, 2.8, z-0.01, x-1.1, 2.6, z-0.01), thin(inkMist, 0.35))
	}
	px, py, m := v.at(x, 3.04, z)
	ink := mix(inkOchre, inkNight, 0.45)
	if lit {
		ink = inkOchre
		gx, gy, _ := v.at(x, 2.1, z)
		c.light(inkOchre, gx, gy, 330, 0.5)
		seats := new(shape)
		for i := range 4 {
			sx, sy, sm := v.at(x-0.9+0.6*float64(i), 1.5, z)
			seats.curve(sx-0.2*sm, sy, sx-0.18*sm, sy-0.42*sm, sx+0.18*sm, sy-0.42*sm, sx+0.2*sm, sy)
		}
		c.fill(seats, thin(inkBrick, 0.55))
	}
	c.label(upright(0.26*m), strconv.Itoa(number), px, py, centred, ink)
}

// depotFloor is wet concrete with the rails let into it.
func (c *canvas) depotFloor(v view) {
	rails := new(shape)
	for _, x := range []float64{-11.4, -7.6, -3.8, 0, 3.8, 7.6, 11.4} {
		v.bar(rails, x-0.72, 0, -2, x-0.72, 0, 6+0.3*math.Abs(x), 0.07)
		v.bar(rails, x+0.72, 0, -2, x+0.72, 0, 6+0.3*math.Abs(x), 0.07)
	}
	c.fill(rails, thin(mix(inkMist, inkOchre, 0.3), 0.7))
	c.wash(700, 1000, halftone(inkNight, 11, func(x, y float64) float64 { return 0.35 * smooth(700, 1000, y) * smooth(60, 700, math.Abs(x-800)) }))
}

// depotLamps hang over the middle track; two of three are off.
func (c *canvas) depotLamps(v view) {
	for i := range 3 {
		x, y, m := v.at(1.9, 5.1, 3.4+3*float64(2-i))
		s := new(shape).line(x, y-2.6*m, x, y-0.1*m, 3).poly(x-0.34*m, y+0.14*m, x-0.1*m, y-0.14*m, x+0.1*m, y-0.14*m, x+0.34*m, y+0.14*m)
		c.fill(s, flat(inkNight))
		if i != 2 {
			continue
		}
		fx, fy, _ := v.at(1.9, 0, 3.6)
		c.fill(new(shape).poly(x-0.3*m, y+0.14*m, x+0.3*m, y+0.14*m, fx+330, fy, fx-330, fy), func(_, py int) (rgb, float64) {
			return lamplight(), 0.3 * smooth(fy+60, y, float64(py))
		})
		c.fill(new(shape).ellipse(fx, fy, 330, 52), glowEllipse(fx, fy, 330, 52))
		c.fill(new(shape).ellipse(x, y+0.14*m, 0.32*m, 0.06*m), flat(inkPaper))
		c.light(inkPaper, x, y+0.14*m, 110, 0.8)
	}
}

// glowEllipse is a pool of lamplight on a floor.
func glowEllipse(x, y, rx, ry float64) ink {
	return func(px, py int) (rgb, float64) {
		dx, dy := (float64(px)-x)/rx, (float64(py)-y)/ry
		return lamplight(), 0.5 * smooth(1, 0.2, math.Sqrt(dx*dx+dy*dy))
	}
}

// sweeper has a long broom, feet at the origin.
func (c *canvas) sweeper(at spot) {
	c.fill(new(shape).ellipse(at.x, at.y+2, 46*at.size, 6*at.size), thin(inkNight, 0.6))
	s := walking(new(shape), at, 21, 0.16)
	s.poly(at.at(12, -60, 14, -62, 52, -3, 49, -2)...).poly(at.at(42, -4, 60, -4, 63, 2, 40, 2)...)
	s.poly(at.at(5, -76, 10, -78, 22, -50, 18, -47)...)
	c.fill(s, flat(inkNight))
	c.fill(new(shape).poly(at.at(-7, -82, 8, -84, 10, -80, -8, -77)...), thin(inkOchre, 0.75))
}
