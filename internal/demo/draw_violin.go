package demo

import (
	"image"
	"math"
)

// drawViolin is a violin maker’s bench from above.
func drawViolin() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.bench()
	c.workingDrawing(spot{x: 820, y: 610, size: 1.45, turn: 0.34})
	c.shavings()
	c.tools()
	c.plate(spot{x: 388, y: 560, size: 1.62, turn: -0.2})
	c.violin(spot{x: 1010, y: 452, size: 1.36, turn: 1.0}, mix(inkBrick, inkCoral, 0.35))
	c.wash(0, 1000, halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.42 * smooth(700, 1400, math.Hypot(x-640, (y-420)*1.15))
	}))
	return c.finish()
}

// workingDrawing is the sheet from which the maker works: the outline, its axis
// and the circles from which it is found.
func (c *canvas) workingDrawing(at spot) {
	sheet := new(shape).poly(at.at(-190, -250, 190, -250, 190, 250, -190, 250)...)
	c.fill(sheet.moved(10, 14), thin(inkNight, 0.35))
	c.fill(sheet, flat(mix(inkPaper, inkMist, 0.25)))
	lines := outlineOf(violinBody(at, 0), 2)
	lines.path(1.6, at.at(0, -240, 0, 240)...).path(1.6, at.at(-180, -108, 180, -108)...).path(1.6, at.at(-180, 116, 180, 116)...).path(1.6, at.at(-180, -18, 180, -18)...)
	for _, q := range [][3]float64{{0, -100, 84}, {0, 92, 104}, {140, -18, 86}, {-140, -18, 86}} {
		x, y := at.point(q[0], q[1])
		lines.circle(x, y, q[2]*at.size).hole(x, y, q[2]*at.size-1.6)
	}
	c.inside(sheet, lines, thin(inkSea, 0.8))
	for _, q := range [][2]float64{{-178, -238}, {178, -238}, {178, 238}, {-178, 238}} {
		x, y := at.point(q[0], q[1])
		c.fill(new(shape).circle(x+2, y+3, 7), thin(inkNight, 0.5))
		c.fill(new(shape).circle(x, y, 6), flat(inkCoral))
	}
}

// bench is the worn table top: boards and their grain.
func (c *canvas) bench() {
	wood := mix(inkSand, inkBrick, 0.32)
	c.ground(flat(wood))
	for i := range 5 {
		y := float64(i) * 212
		c.fill(new(shape).rect(0, y, 1600, 208), flat(mix(wood, inkNight, 0.06+0.12*hash(i, 950))))
		c.fill(new(shape).rect(0, y+206, 1600, 5), thin(inkNight, 0.55))
	}
	c.wash(0, 1000, engrave(mix(inkBrick, inkNight, 0.35), 13, func(x, y float64) float64 {
		knot := 42 * math.Exp(-(math.Pow((x-1180)/150, 2) + math.Pow((y-840)/52, 2)))
		return y + 10*wave(int(y/212)+960, x/260) + knot
	}, func(x, y float64) float64 { return 0.1 + 0.13*wave(971, x/340+math.Floor(y/212)*3.3) }))
}

// violinHalf are the points of the right half of a violin’s outline, from the
// neck to the end button; the body is 356 long around the origin.
func violinHalf() []float64 {
	return []float64{0, -178, 30, -177, 62, -166, 82, -140, 84, -108, 70, -78, 66, -70, 74, -66, 60, -52, 54, -20, 60, 14, 78, 36, 70, 40, 84, 52, 100, 84, 104, 116, 94, 148, 66, 170, 30, 177, 0, 178}
}

// violinBody is the outline of the body, swollen by some of its own units.
func violinBody(at spot, more float64) *shape {
	half := violinHalf()
	var xy []float64
	for i := 0; i < len(half); i += 2 {
		xy = append(xy, half[i]*(1+more/100), half[i+1]*(1+more/178))
	}
	for i := len(half) - 4; i >= 2; i -= 2 {
		xy = append(xy, -half[i]*(1+more/100), half[i+1]*(1+more/178))
	}
	return new(shape).curve(at.at(xy...)...)
}

// fHoles are the two sound holes.
func fHoles(at spot) *shape {
	s := new(shape)
	for _, side := range []float64{-1, 1} {
		p := func(x, y float64) (float64, float64) { return at.point(side*x, y) }
		var line []float64
		for _, q := range [][2]float64{{26, -32}, {31, -37}, {37, -30}, {36, -14}, {41, 8}, {44, 26}, {42, 38}, {36, 40}} {
			x, y := p(q[0], q[1])
			line = append(line, x, y)
		}
		s.bent(6*at.size, line...)
		x, y := p(27, -29)
		s.circle(x, y, 5*at.size)
		x, y = p(37, 36)
		s.circle(x, y, 6.5*at.size)
		s.poly(at.at(side*34, 2, side*45, -1, side*45, 1, side*34, 4)...)
	}
	return s
}

// violin is a finished one with its neck, strings and bridge.
func (c *canvas) violin(at spot, varnish rgb) {
	body := violinBody(at, 0)
	c.fill(body.moved(22, 28), thin(inkNight, 0.45))
	neck := new(shape).poly(at.at(-12, -170, -9, -330, 9, -330, 12, -170)...)
	c.fill(neck.moved(16, 20), thin(inkNight, 0.4))
	c.scroll(at, varnish)
	c.fill(body, flat(mix(varnish, inkNight, 0.45)))
	inner := violinBody(at, -5)
	c.fill(inner, flat(varnish))
	lx, ly := at.point(-40, 60)
	c.shine(inner, mix(inkOchre, inkSand, 0.35), lx, ly, 230*at.size, 0.85)
	c.fill(inner, hatch(mix(inkBrick, inkNight, 0.6), 6, at.turn+math.Pi/2, func(x, y float64) float64 {
		return 0.12 + 0.5*smooth(90, 250, math.Hypot(x-lx, y-ly)/at.size)
	}))
	ring := violinBody(at, -12)
	c.fill(outlineOf(ring, 2.4), thin(inkNight, 0.75))
	c.fill(fHoles(at), flat(inkNight))
	c.fill(new(shape).curve(at.at(-12, 178, -26, 108, -20, 78, 20, 78, 26, 108, 12, 178)...), flat(inkNight)) // tailpiece
	c.fill(new(shape).curve(at.at(-38, 130, -60, 124, -84, 140, -78, 164, -56, 168, -38, 160)...), flat(mix(inkNight, inkDeep, 0.4)))
	c.fill(new(shape).poly(at.at(-12, -340, 12, -340, 21, -66, -21, -66)...), flat(inkNight))
	c.fill(new(shape).poly(at.at(-12, -340, -6, -340, -12, -66, -21, -66)...), thin(inkMist, 0.25))
	bridge := new(shape).curve(at.at(-22, 12, -18, 4, 0, 1, 18, 4, 22, 12, 12, 10, 0, 14, -12, 10)...)
	c.fill(bridge.moved(4, 6), thin(inkNight, 0.5))
	c.fill(bridge, flat(mix(inkSand, inkPaper, 0.3)))
	strings := new(shape)
	for i := range 4 {
		d := float64(i) - 1.5
		strings.path(1.7, at.at(d*5, -338, d*9, 5)...)
		strings.path(1.7, at.at(d*9, 5, d*7, 84)...)
	}
	c.fill(strings, flat(inkPaper))
}

// scroll is the head with its pegs.
func (c *canvas) scroll(at spot, varnish rgb) {
	pegs := new(shape)
	for i := range 4 {
		side, y := float64(1-2*(i%2)), -352-float64(i)*19
		pegs.poly(at.at(0, y-3, side*34, y-4, side*34, y+4, 0, y+3)...)
		x, py := at.point(side*38, y)
		pegs.circle(x, py, 8*at.size)
	}
	c.fill(pegs.moved(8, 10), thin(inkNight, 0.4))
	c.fill(pegs, flat(inkNight))
	box := new(shape).curve(at.at(-13, -338, -13, -400, -16, -432, 0, -446, 16, -432, 13, -400, 13, -338)...)
	c.fill(box, flat(mix(varnish, inkNight, 0.2)))
	c.fill(new(shape).poly(at.at(-6, -342, -6, -408, 6, -408, 6, -342)...), flat(mix(inkNight, varnish, 0.2)))
	x, y := at.point(0, -428)
	c.fill(new(shape).circle(x, y, 15*at.size).hole(x, y, 11*at.size).circle(x, y, 7*at.size), flat(mix(varnish, inkNight, 0.5)))
	c.fill(new(shape).poly(at.at(-12, -170, -9, -340, 9, -340, 12, -170)...), flat(mix(varnish, inkNight, 0.3)))
}

// shine lays a glow on a shape alone.
func (c *canvas) shine(s *shape, k rgb, x, y, r, strength float64) {
	c.fill(s, glow(k, x, y, r, strength))
}

// outlineOf is a stroke along a shape’s first outline.
func outlineOf(s *shape, width float64) *shape {
	line := new(shape)
	for i := range s.points {
		a, b := s.points[i], s.points[(i+1)%len(s.points)]
		line.line(a.x, a.y, b.x, b.y, width)
	}
	return line
}

// plate is the belly of a second one, still white, in its ring of clamps.
func (c *canvas) plate(at spot) {
	body := violinBody(at, 4)
	c.fill(body.moved(16, 22), thin(inkNight, 0.45))
	white := mix(inkPaper, inkSand, 0.45)
	c.fill(body, flat(mix(white, inkBrick, 0.3)))
	inner := violinBody(at, 0)
	c.fill(inner, flat(white))
	lx, ly := at.point(-30, -60)
	c.fill(inner, hatch(mix(inkSand, inkBrick, 0.5), 7, at.turn+math.Pi/2, func(x, y float64) float64 {
		return 0.14 + 0.42*smooth(70, 260, math.Hypot(x-lx, y-ly)/at.size)
	}))
	c.fill(outlineOf(violinBody(at, -9), 2.4), thin(inkBrick, 0.6))
	c.fill(fHoles(at), thin(mix(inkBrick, inkNight, 0.3), 0.75))
	axis := new(shape).path(1.6, at.at(0, -196, 0, 196)...)
	for i := -4; i <= 4; i++ {
		axis.path(1.4, at.at(-7, float64(i)*38, 7, float64(i)*38)...)
	}
	c.fill(axis, thin(inkSea, 0.8))
	for _, p := range [][3]float64{{0, -178, 0}, {74, -148, 0.7}, {-74, -148, -0.7}, {56, -20, math.Pi / 2}, {-56, -20, -math.Pi / 2}, {100, 110, 1.7}, {-100, 110, -1.7}, {48, 174, 2.8}, {-48, 174, -2.8}} {
		c.clamp(at.inner(p[0], p[1], 1, p[2]))
	}
}

// clamp is one spool clamp, its screw away from the origin, upwards.
func (c *canvas) clamp(at spot) {
	x, y := at.point(0, -16)
	c.fill(new(shape).circle(x+8, y+10, 15*at.size), thin(inkNight, 0.45))
	c.fill(new(shape).circle(x, y, 15*at.size), flat(mix(inkOchre, inkBrick, 0.4)))
	c.fill(new(shape).circle(x, y, 11*at.size).hole(x, y, 9*at.size), thin(inkNight, 0.5))
	c.fill(new(shape).circle(x, y, 5*at.size), flat(inkNight))
	c.fill(new(shape).poly(at.at(-13, -19, 13, -19, 13, -13, -13, -13)...), flat(mix(inkMist, inkDeep, 0.35)))
}

// tools lie along the lower edge: gouges, a small plane, a knife.
func (c *canvas) tools() {
	for i := range 4 {
		at := spot{x: 1130 + 100*float64(i), y: 830 + 10*float64(i%2), size: 1.12, turn: 0.2 - 0.09*float64(i)}
		handle := new(shape).curve(at.at(-14, 10, -17, 60, -12, 120, 12, 120, 17, 60, 14, 10, 0, 4)...)
		blade := new(shape).poly(at.at(-8, 6, -9, -90, -12, -118, 12, -118, 9, -90, 8, 6)...)
		c.fill(handle.moved(10, 12), thin(inkNight, 0.45))
		c.fill(blade.moved(10, 12), thin(inkNight, 0.45))
		c.fill(blade, flat(mix(inkMist, inkSea, 0.25)))
		c.fill(new(shape).poly(at.at(0, 6, 0, -118, 12, -118, 9, -90, 8, 6)...), thin(inkNight, 0.35))
		c.fill(new(shape).arc(at.x+118*math.Sin(at.turn), at.y-118*math.Cos(at.turn), 12, 7, at.turn, at.turn+math.Pi), flat(inkPaper))
		c.fill(handle, flat([]rgb{inkOchre, inkBrick, inkSea, inkOchre}[i]))
		c.fill(new(shape).poly(at.at(-14, 8, 14, 8, 14, 22, -14, 22)...), flat(inkNight))
		c.fill(new(shape).curve(at.at(-8, 30, -10, 62, -7, 108, -3, 108, -4, 62, -3, 30)...), thin(inkPaper, 0.5))
	}
	at := spot{x: 132, y: 128, size: 1.15, turn: 0.5}
	plane := new(shape).curve(at.at(-92, -30, 60, -36, 96, -22, 104, 0, 96, 22, 60, 36, -92, 30)...)
	c.fill(plane.moved(14, 18), thin(inkNight, 0.45))
	c.fill(plane, flat(mix(inkDeep, inkNight, 0.4)))
	c.fill(new(shape).poly(at.at(-8, -22, 22, -22, 22, 22, -8, 22)...), flat(mix(inkBrick, inkNight, 0.5)))
	c.fill(new(shape).poly(at.at(-64, -20, 0, -20, 0, 20, -64, 20)...), flat(mix(inkMist, inkDeep, 0.2)))
	x, y := at.point(-40, 0)
	c.fill(new(shape).circle(x, y, 20), flat(inkOchre))
	c.fill(new(shape).circle(x, y, 12).hole(x, y, 9), thin(inkNight, 0.6))
}

// shavings are curls of wood where somebody has planed.
func (c *canvas) shavings() {
	for i := range 34 {
		x, y := 560+820*hash(i, 980), 60+900*hash(i, 981)
		if i > 16 {
			x, y = 130+320*hash(i, 980), 120+240*hash(i, 981)
		}
		s, from, r := new(shape), 6.3*hash(i, 982), 10+16*hash(i, 983)
		var line []float64
		for j := range 9 {
			a, q := from+float64(j)*0.72, r*(0.4+0.1*float64(j))
			line = append(line, x+q*math.Cos(a), y+q*math.Sin(a)*0.8)
		}
		s.bent(8, line...)
		c.fill(s.moved(5, 7), thin(inkNight, 0.4))
		c.fill(s, flat(mix(inkPaper, inkSand, 0.5*hash(i, 984))))
		c.fill(s.moved(1.5, 2.5), thin(inkBrick, 0.14))
	}
}
