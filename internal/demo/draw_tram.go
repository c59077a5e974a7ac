package demo

import (
	"image"
	"math"
)

// The tram at night: metres from the middle of the track, the front at z 12.
const (
	tramFront = 13.0
	tramRear  = 40.0
	tramHalf  = 1.3
)

// drawTramNight is the last tram at a stop, on a wet street.
func drawTramNight() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	v := view{x: 2.1, y: 1.75, z: 0, focus: 1330, mx: 930, my: 520}
	c.ground(fade(0, 540, inkNight, mix(inkDeep, inkNight, 0.35)))
	wet := v
	wet.mirrored = true
	c.streetHouses(wet)
	c.tramBody(wet)
	c.tramStop(wet)
	x, y, _ := v.at(0, -0.92, tramFront)
	c.fill(new(shape).rect(x-210, y-20, 90, 380).rect(x+120, y-20, 90, 380), func(px, py int) (rgb, float64) { // the lamps, drawn out
		d := min(math.Abs(float64(px)-x+97), math.Abs(float64(px)-x-97))
		return inkPaper, 0.8 * smooth(30, 4, d) * smooth(y+360, y, float64(py))
	})
	c.wash(520, 1000, rows(func(y float64) (rgb, float64) { return mix(inkNight, inkDeep, 0.4), 0.5 + 0.25*smooth(560, 1000, y) }))
	c.shiver(530, 26)
	c.wetStreet(v)
	c.streetHouses(v)
	c.light(mix(inkOchre, inkSand, 0.5), 760, 470, 620, 0.42)
	c.tramBody(v)
	c.tramFace(v)
	c.tramStop(v)
	c.waiting(v)
	wires := new(shape)
	v.bar(wires, 0.1, 5.6, 1, 0.1, 5.6, 80, 0.04)
	v.bar(wires, -3.6, 5.6, 1, -3.6, 5.6, 80, 0.04)
	for i := range 4 {
		z := 7 + 11*float64(i)
		v.bar(wires, -9, 6.4, z, 7.4, 6.4, z, 0.03)
	}
	c.fill(wires, flat(mix(inkNight, inkMist, 0.18)))
	streaks := new(shape)
	for i := range 150 {
		x, y := hash(i, 700)*1640-20, hash(i, 701)*1000
		streaks.line(x, y, x-9, y+34+30*hash(i, 702), 1.5)
	}
	c.fill(streaks, thin(inkMist, 0.3))
	return c.finish()
}

// streetHouses are the dark fronts on both sides of the street.
func (c *canvas) streetHouses(v view) {
	for side, x := range []float64{-10, 8.4} {
		for i := 9; i >= 0; i-- {
			z, h := 4+float64(i)*8, 12+5*hash(i, side+710)
			k := mix(mix(inkDeep, inkSea, 0.3), inkNight, 0.35+0.35*hash(i, side+712)-0.03*float64(i))
			front := v.face(x, 0, z, x, 0, z+8, x, h, z+8, x, h, z)
			c.fill(front, flat(k))
			c.fill(front, halftone(inkNight, 10, func(_, y float64) float64 { return 0.6 * smooth(420, -100, y) }))
			dark, lit := new(shape), new(shape)
			for f := range 4 {
				for w := range 3 {
					wz, wy := z+1+float64(w)*2.5, 4+float64(f)*3
					s := dark
					if hash(i*7+w, f*3+side+714) > 0.74 {
						s = lit
					}
					v.add(s, x, wy, wz, x, wy, wz+1.2, x, wy+1.8, wz+1.2, x, wy+1.8, wz)
				}
			}
			v.add(lit, x, 0.6, z+0.8, x, 0.6, z+7.2, x, 2.9, z+7.2, x, 2.9, z+0.8)
			c.fill(dark, thin(inkNight, 0.55))
			c.fill(lit, flat(mix(mix(inkOchre, inkNight, 0.25), inkSand, 0.2*hash(i, side+716))))
		}
	}
}

// tramBody stands at the stop: its side in the light of its windows, and its
// front.
func (c *canvas) tramBody(v view) {
	side := func(y0, y1, z0, z1 float64, k ink) {
		c.fill(v.face(tramHalf, y0, z0, tramHalf, y0, z1, tramHalf, y1, z1, tramHalf, y1, z0), k)
	}
	front := func(x0, y0, x1, y1 float64, k ink) {
		c.fill(v.face(x0, y0, tramFront, x1, y0, tramFront, x1, y1, tramFront, x0, y1, tramFront), k)
	}
	glass := flat(mix(inkPaper, inkOchre, 0.28))
	side(0.35, 3.5, tramFront, tramRear, flat(mix(inkPaper, inkNight, 0.35)))
	side(0.35, 1.5, tramFront, tramRear, flat(mix(inkCoral, inkNight, 0.4)))
	for i := range 11 {
		z := tramFront + 0.7 + float64(i)*2.4
		if i%4 == 1 {
			side(0.5, 3.0, z, z+1.9, glass) // a door
			side(0.5, 3.0, z+0.9, z+1.0, flat(inkNight))
			continue
		}
		side(1.75, 3.0, z, z+1.9, glass)
	}
	front(-tramHalf, 0.35, tramHalf, 3.5, flat(inkPaper))
	front(-tramHalf, 0.35, tramHalf, 1.35, flat(inkCoral))
	front(-tramHalf, 0.2, tramHalf, 0.42, flat(inkNight))
	c.fill(v.face(-1.2, 1.55, tramFront, 1.2, 1.55, tramFront, 1.1, 2.85, tramFront, -1.1, 2.85, tramFront), flat(mix(inkOchre, inkPaper, 0.62)))
	front(-0.9, 2.95, 0.9, 3.36, flat(inkNight))
}

// tramFace is what the front has more: the driver, the number, the lamps and the
// bow that takes the current.
func (c *canvas) tramFace(v view) {
	s := new(shape)
	x, y, m := v.at(-0.3, 1.62, tramFront)
	s.curve(x-0.42*m, y+0.05*m, x-0.36*m, y-0.42*m, x, y-0.5*m, x+0.36*m, y-0.42*m, x+0.42*m, y+0.05*m).ellipse(x, y-0.68*m, 0.17*m, 0.21*m)
	s.rect(x-0.2*m, y-0.87*m, 0.4*m, 0.1*m)
	v.bar(s, 0, 1.55, tramFront, 0, 2.85, tramFront, 0.05)
	v.bar(s, -0.8, 1.56, tramFront, 0.25, 1.9, tramFront, 0.04)
	c.fill(s, thin(inkNight, 0.86))
	x, y, m = v.at(0, 3.05, tramFront)
	c.label(upright(0.27*m), "6 Ropewalk", x, y, centred, inkOchre)
	for _, lx := range []float64{-0.95, 0.95} {
		x, y, m = v.at(lx, 0.92, tramFront)
		c.fill(new(shape).circle(x, y, 0.16*m), flat(inkPaper))
		c.light(inkPaper, x, y, 1.5*m, 0.85)
	}
	pole := v.bar(new(shape), -0.4, 3.5, tramFront+3, -0.2, 4.5, tramFront+4.6, 0.06)
	v.bar(pole, -0.2, 4.5, tramFront+4.6, 0.1, 5.55, tramFront+3, 0.06)
	c.fill(v.bar(pole, -0.7, 5.55, tramFront+3, 0.9, 5.55, tramFront+3, 0.08), flat(inkNight))
	x, y, _ = v.at(0.1, 5.6, tramFront+3)
	c.light(inkSky, x, y, 90, 0.9) // a spark at the wire
	c.fill(new(shape).circle(x, y, 4), flat(inkPaper))
}

// tramStop is the shelter on the right, with its lit wall.
func (c *canvas) tramStop(v view) {
	const x0, x1, z0, z1 = 3.5, 5.0, 8.2, 13.5
	c.fill(v.face(x1, 0.15, z0, x1, 0.15, z1, x1, 2.5, z1, x1, 2.5, z0), flat(mix(inkSky, inkSea, 0.35)))
	c.fill(v.face(x1, 0.7, z0+0.4, x1, 0.7, z0+1.9, x1, 2.2, z0+1.9, x1, 2.2, z0+0.4), flat(inkCoral))
	x, y, _ := v.at(x1, 1.45, z0+1.15)
	c.fill(new(shape).circle(x, y, 34), flat(inkPaper))
	c.fill(v.face(x0, 0.15, z1, x1, 0.15, z1, x1, 2.5, z1, x0, 2.5, z1), flat(mix(inkMist, inkSea, 0.35)))
	c.light(inkPaper, x+40, y-60, 330, 0.42)
	c.fill(v.face(x0-0.4, 2.5, z0-0.2, x1+0.1, 2.5, z0-0.2, x1+0.1, 2.5, z1, x0-0.4, 2.5, z1), flat(inkPaper))
	c.fill(v.face(x0-0.4, 2.5, z0-0.2, x1+0.1, 2.5, z0-0.2, x1+0.1, 2.72, z0-0.2, x0-0.4, 2.72, z0-0.2), flat(inkNight))
	c.fill(v.face(x0-0.4, 2.5, z0-0.2, x0-0.4, 2.5, z1, x0-0.4, 2.72, z1, x0-0.4, 2.72, z0-0.2), flat(mix(inkNight, inkDeep, 0.5)))
	posts := v.bar(new(shape), x0, 0, z0, x0, 2.5, z0, 0.1)
	v.bar(posts, x0, 0, z1, x0, 2.5, z1, 0.1)
	c.fill(v.bar(posts, x1, 0, z0, x1, 2.5, z0, 0.1), flat(inkNight))
}

// wetStreet lays the rails and the kerb over the reflections.
func (c *canvas) wetStreet(v view) {
	rails := new(shape)
	for _, x := range []float64{-4.3, -2.9, -0.75, 0.75} {
		v.bar(rails, x, 0, 1, x, 0, 90, 0.07)
	}
	c.fill(rails, func(_, y int) (rgb, float64) {
		return mix(inkSand, inkMist, 0.4), 0.75 - 0.5*smooth(600, 1000, float64(y))
	})
	c.fill(v.face(-8.4, 0, 1, -5, 0, 1, -5, 0, 60, -8.4, 0, 60), halftone(inkNight, 11, func(_, y float64) float64 { return 0.55 * smooth(540, 1000, y) }))
	kerb := v.face(2.6, 0, 1.2, 3, 0, 1.2, 3, 0, 60, 2.6, 0, 60)
	c.fill(kerb, thin(mix(inkMist, inkDeep, 0.3), 0.55))
	platform := v.face(3, 0, 1, 9, 0, 1, 9, 0, 60, 3, 0, 60)
	c.fill(platform, halftone(inkNight, 11, func(_, y float64) float64 { return 0.3 + 0.3*smooth(600, 1000, y) }))
}

// waiting are the people at the stop, and one who runs.
func (c *canvas) waiting(v view) {
	for i, at := range [][3]float64{{4.4, 12.4, 0}, {3.75, 11.4, 0}, {4.5, 9.9, 0}, {3.2, 7.6, 0}} {
		x, y, m := v.at(at[0], 0.12, at[1])
		s := standing(new(shape), spot{x: x, y: y, size: 0.0175 * m, flip: i%2 == 1}, i+4)
		c.fill(new(shape).ellipse(x, y, 0.4*m, 0.06*m), thin(inkNight, 0.5))
		c.fill(s, flat(mix(inkNight, inkDeep, 0.2)))
	}
}
