package demo

import (
	"image"
	"math"
)

// drawShipyard is a hull on the slip, from before her bow.
func drawShipyard() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 900, mix(inkSea, inkMist, 0.35), mix(inkSand, inkPaper, 0.4)))
	c.wash(0, 900, halftone(inkDeep, 13, func(_, y float64) float64 { return 0.6 * smooth(620, -60, y) }))
	far := gantry(gantry(new(shape), 300, 868, 1.3), 1560, 868, 1.15)
	c.fill(far, flat(mix(inkSea, inkMist, 0.2)))
	sheds := new(shape)
	for i := range 9 {
		x := float64(i)*190 - 40
		sheds.poly(x, 870, x, 760, x+130, 700, x+130, 760, x+190, 760, x+190, 870)
	}
	c.fill(sheds, flat(mix(inkSea, inkDeep, 0.6)))
	c.fill(new(shape).rect(0, 862, 1600, 138), fade(862, 1000, mix(inkNight, inkBrick, 0.2), inkNight))
	c.scaffold(250, 420, -1)
	c.scaffold(1180, 1350, 1)
	c.hull(800)
	c.slip()
	for i, at := range [][3]float64{{566, 872, 1}, {1046, 690, 0.8}, {930, 402, 0.66}} {
		c.sparks(at[0], at[1], at[2], i)
	}
	s := standing(new(shape), spot{x: 330, y: 946, size: 1.3}, 14)
	standing(s, spot{x: 1186, y: 940, size: 1.2, flip: true}, 17)
	c.fill(standing(s, spot{x: 1246, y: 944, size: 1.2}, 12), flat(inkNight))
	return c.finish()
}

// hullHalf is half the width of the hull from before, at a height of the
// picture.
func hullHalf(y float64) float64 {
	t := min(max((y-96)/(836-96), 0), 1) // from the rail to the keel
	return 405*math.Pow(1-t, 0.62) + 30
}

// hull is the bow from before: plates, draught marks, hawse holes, the red of
// the bottom; the light comes from the left.
func (c *canvas) hull(x float64) {
	const rail, keel, water = 96.0, 836.0, 560.0
	side := func(sign float64) *shape {
		s := new(shape).poly(x, rail-34, x, keel)
		var xy []float64
		xy = append(xy, x, rail-34, x, keel)
		for y := keel; y >= rail; y -= 10 {
			xy = append(xy, x+sign*hullHalf(y), y)
		}
		s.points = nil
		return s.poly(clockwise(xy)...)
	}
	left, right := side(-1), side(1)
	paint := func(dark float64) ink {
		return func(_, y int) (rgb, float64) {
			switch {
			case float64(y) > water:
				return mix(mix(inkCoral, inkBrick, 0.4), inkNight, dark), 1
			case float64(y) > water-14:
				return mix(inkPaper, inkNight, dark), 1
			}
			return mix(mix(inkDeep, inkSea, 0.55), inkNight, dark), 1
		}
	}
	c.fill(left, paint(0))
	c.fill(right, paint(0.5))
	seams := new(shape)
	for i := range 15 {
		y := rail + 20 + float64(i)*51
		for _, sign := range []float64{-1, 1} {
			seams.bent(2.4, x, y+26, x+sign*hullHalf(y)*0.5, y+8, x+sign*hullHalf(y), y-6)
			for j := range 4 {
				t := (float64(j) + 0.5*float64(i%2) + 0.3) / 4.3
				seams.line(x+sign*hullHalf(y)*t, y+22*(1-t)-2, x+sign*hullHalf(y+51)*t, y+73-22*t-4, 2.4)
			}
		}
	}
	c.fill(seams, thin(inkNight, 0.4))
	for _, s := range []*shape{left, right} {
		c.fill(s, halftone(inkNight, 10, func(px, py float64) float64 {
			return 0.75*smooth(0.45, 1.05, math.Abs(px-x)/hullHalf(py))*smooth(rail-200, keel, py) + 0.25*smooth(0.2, 0, math.Abs(px-x)/hullHalf(py))
		}))
	}
	c.fill(new(shape).poly(x-6, rail-34, x+6, rail-34, x+5, keel, x-5, keel), flat(mix(inkMist, inkDeep, 0.4)))
	c.fill(new(shape).poly(x-hullHalf(rail)-6, rail-10, x, rail-46, x+hullHalf(rail)+6, rail-10, x+hullHalf(rail)+2, rail+8, x, rail-26, x-hullHalf(rail)-2, rail+8), flat(mix(inkSand, inkPaper, 0.4)))
	for _, sign := range []float64{-1, 1} {
		hx := x + sign*180
		c.fill(new(shape).ellipse(hx, rail+130, 34, 40), flat(mix(inkDeep, inkMist, 0.25)))
		c.fill(new(shape).ellipse(hx+3, rail+133, 23, 29), flat(inkNight))
		for i := range 6 {
			c.label(upright(26), string(rune('8'-i)), x+sign*(46-float64(i)*2.6), 610+float64(i)*34, centred, inkPaper)
		}
	}
	c.label(upright(58).spaced(10), "214", x-212, rail+258, centred, inkPaper)
}

// scaffold stands beside the hull between x0 and x1; side is -1 left of it.
func (c *canvas) scaffold(x0, x1, side float64) {
	s, boards := new(shape), new(shape)
	for i := range 4 {
		x := x0 + (x1-x0)*float64(i)/3
		s.line(x, 150, x, 880, 7)
	}
	for j := range 7 {
		y := 200 + float64(j)*102
		inner := 800 + side*(hullHalf(y)+16)
		boards.poly(clockwise([]float64{min(x0, inner), y, max(x1, inner), y, max(x1, inner), y + 9, min(x0, inner), y + 9})...)
		s.line(x0, y-44, x1, y-44, 3)
		for i := range 3 {
			xa, xb := x0+(x1-x0)*float64(i)/3, x0+(x1-x0)*float64(i+1)/3
			if (i+j)%2 == 0 {
				xa, xb = xb, xa
			}
			s.line(xa, y, xb, y+102, 3)
		}
	}
	c.fill(s, flat(mix(inkNight, inkDeep, 0.3)))
	c.fill(boards, flat(mix(inkOchre, inkNight, 0.3)))
	people := walking(new(shape), spot{x: (x0 + x1) / 2, y: 404, size: 0.84, flip: side > 0}, 3, 0.1)
	c.fill(standing(people, spot{x: x0 + 46, y: 608, size: 0.84}, 8), flat(inkNight))
}

// slip is the bed of timber under the keel.
func (c *canvas) slip() {
	timber := mix(inkSand, inkBrick, 0.5)
	for i := range 5 {
		w, y := 120+float64(i)*46, 834+float64(i)*24
		c.fill(new(shape).rect(800-w, y, 2*w, 22), flat(mix(timber, inkNight, 0.18*float64(i%2)+0.12)))
		c.fill(new(shape).rect(800-w, y, 2*w, 4), thin(inkPaper, 0.4))
		ends := new(shape)
		for j := range 4 {
			ends.circle(800-w+20+float64(j)*(2*w-40)/3, y+12, 4)
		}
		c.fill(ends, flat(inkNight))
	}
	props := new(shape)
	for _, side := range []float64{-1, 1} {
		for i := range 4 {
			y := 600 + 62*float64(i)
			props.line(800+side*(hullHalf(y)-6), y, 800+side*(330+50*float64(3-i)), 950, 15)
		}
	}
	c.fill(props, flat(mix(timber, inkNight, 0.45)))
	c.fill(new(shape).rect(0, 944, 1600, 56), flat(inkNight))
	rails := new(shape).poly(640, 1000, 700, 944, 712, 944, 664, 1000).poly(936, 1000, 888, 944, 900, 944, 960, 1000)
	c.fill(rails, thin(inkMist, 0.6))
}

// sparks fly from a welder’s arc at x, y and fall.
func (c *canvas) sparks(x, y, size float64, n int) {
	c.light(inkPaper, x, y, 240*size, 0.95)
	c.light(inkOchre, x, y, 420*size, 0.5)
	hot, cool := new(shape), new(shape)
	for i := range 90 {
		a, speed := -math.Pi*hash(i, 910+n)*1.15+0.2, (60+190*hash(i, 920+n))*size
		t := 0.35 + 0.75*hash(i, 930+n)
		at := func(t float64) (float64, float64) {
			return x + speed*math.Cos(a)*t, y + speed*math.Sin(a)*t + 170*size*t*t
		}
		ax, ay := at(t)
		bx, by := at(t + 0.09)
		s := hot
		if t > 0.75 {
			s = cool
		}
		s.line(ax, ay, bx, by, (1.2+2.6*hash(i, 940+n))*size+0.5)
	}
	c.fill(cool, flat(inkOchre))
	c.fill(hot, flat(inkPaper))
	c.fill(new(shape).circle(x, y, 13*size), flat(inkPaper))
	if y < 800 { // on a plank that hangs from the rail
		foot := y + 64*size
		c.fill(new(shape).line(x-86*size, 100, x-86*size, foot, 2.4).line(x+30*size, 100, x+30*size, foot, 2.4).rect(x-100*size, foot, 146*size, 8*size), flat(inkNight))
	}
	welder := spot{x: x - 46*size, y: y + 62*size, size: 1.15 * size}
	s := new(shape).curve(welder.at(-22, 2, -28, -34, -14, -66, 8, -72, 20, -60, 16, -30, 24, 2)...)
	s.curve(welder.at(2, -92, 16, -96, 24, -84, 20, -68, 6, -66, -2, -78)...)
	s.poly(welder.at(6, -62, 14, -66, 38, -50, 34, -44)...)
	c.fill(s, flat(inkNight))
}
