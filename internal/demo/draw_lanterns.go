package demo

import (
	"image"
	"math"
)

// paperLight is the ink of lit paper: brightest around a place, darker at r.
func paperLight(k rgb, x, y, r float64) ink {
	return func(px, py int) (rgb, float64) {
		d := math.Hypot(float64(px)-x, float64(py)-y) / r
		return mix(mix(inkPaper, inkOchre, 0.12), k, d), 1
	}
}

// nightRiver is the Kel on the night of the walk: sky, the far bank, water from
// the height given.
func (c *canvas) nightRiver(bank float64) {
	c.ground(fade(0, bank, inkNight, mix(inkDeep, inkSea, 0.25)))
	c.stars(bank - 170)
	c.riverTown(bank - 30)
	c.wash(int(bank), c.h, fade(bank, float64(c.h), inkDeep, inkNight))
	c.ripples(5, bank+2, float64(c.h), thin(inkSea, 0.3), func(_, _ float64) float64 { return 0.4 })
}

// drawLanternsWhale is a whale of paper on the river, its eye a ship’s lamp.
func drawLanternsWhale() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const bank, line = 400.0, 700.0
	c.nightRiver(bank)
	at := spot{x: 820, y: line - 150, size: 1.16}
	c.light(inkOchre, at.x, at.y+40, 860, 0.4)
	c.whale(at)
	c.mirror(int(line), 1.3, 34, mix(inkNight, inkDeep, 0.4), func(d float64) float64 { return 0.3 + 0.5*smooth(0, 300, d) })
	c.ripples(33, line+6, 1000, thin(inkNight, 0.45), func(_, _ float64) float64 { return 0.7 })
	c.ripples(133, line+6, 1000, thin(mix(inkOchre, inkPaper, 0.3), 0.5), func(x, y float64) float64 {
		return 0.7 * smooth(620, 120, math.Abs(x-at.x)) * smooth(1000, line, y)
	})
	for i := range 9 { // small ones that follow
		x, y := 90+1460*math.Mod(float64(i)*0.618034+0.3, 1), line+60+210*hash(i, 400)
		c.lantern(x, y, 0.34+0.5*(y-line)/300, i)
	}
	return c.finish()
}

// whale swims to the right: a skin of paper over ribs of cane.
func (c *canvas) whale(at spot) {
	skin := new(shape).curve(at.at(-470, -66, -350, -40, -230, -84, -80, -150, 120, -176, 300, -150, 420, -80, 452, 0, 420, 70, 330, 118, 140, 130, -60, 118, -240, 60, -370, 12, -456, -16)...)
	tail := new(shape).curve(at.at(-440, -36, -490, -70, -560, -150, -622, -176, -600, -110, -560, -56, -600, -10, -640, 40, -560, 34, -490, 4)...)
	fin := new(shape).curve(at.at(170, 34, 130, 70, 40, 92, -60, 84, 0, 56, 70, 26)...)
	x, y := at.point(150, -10)
	k := mix(inkOchre, inkCoral, 0.55)
	c.fill(tail, paperLight(mix(k, inkBrick, 0.35), x, y, 640*at.size))
	c.fill(outlineOf(tail, 4), thin(inkBrick, 0.75))
	c.fill(skin, paperLight(k, x, y, 520*at.size))
	belly := new(shape).curve(at.at(440, 44, 330, 64, 120, 76, -120, 60, -260, 30, -370, 6, -240, 60, -60, 118, 140, 130, 330, 118, 420, 72)...)
	c.fill(belly, thin(inkPaper, 0.55))
	ribs := new(shape)
	for i := range 15 { // the canes
		d := -330 + float64(i)*52
		top := skinEdge(skin, at, d, -1)
		bottom := skinEdge(skin, at, d, 1)
		ax, ay := at.point(d, top)
		bx, by := at.point(d+22, (top+bottom)/2)
		ex, ey := at.point(d, bottom)
		ribs.bent(3, ax, ay, bx, by, ex, ey)
	}
	for i := range 5 {
		d := -90 + 46*float64(i)
		ribs.bent(2, at.at(-380, -18+0.12*d, -120, d*0.8-4, 160, d-10, 420, d*0.55)...)
	}
	c.inside(skin, ribs, thin(inkBrick, 0.6))
	c.fill(outlineOf(skin, 4), thin(inkBrick, 0.75))
	grooves := new(shape)
	for i := range 5 {
		d := 84 + 11*float64(i)
		grooves.bent(2.6, at.at(420-22*float64(i), d*0.9, 250, d+6, 60, d+8)...)
	}
	c.inside(skin, grooves, thin(inkBrick, 0.5))
	c.fill(fin, paperLight(mix(k, inkBrick, 0.2), x, y, 420*at.size))
	c.fill(outlineOf(fin, 3), thin(inkBrick, 0.75))
	c.fill(new(shape).bent(5, at.at(452, 10, 380, 36, 300, 38, 250, 26)...), thin(mix(inkBrick, inkNight, 0.3), 0.8))
	ex, ey := at.point(268, -16)
	c.fill(new(shape).circle(ex, ey, 20*at.size), flat(mix(inkBrick, inkNight, 0.5)))
	c.fill(new(shape).circle(ex, ey, 12*at.size), flat(inkPaper))
	c.light(inkPaper, ex, ey, 120, 0.95)
	c.whaleBarge(at)
}

// skinEdge is the upper (-1) or lower (1) edge of the whale at a place along it,
// in the whale’s own measure.
func skinEdge(skin *shape, at spot, d, side float64) float64 {
	x, _ := at.point(d, 0)
	best := 0.0
	for _, p := range skin.points {
		if math.Abs(p.x-x) < 9*at.size {
			if y := (p.y - at.y) / at.size; y*side > best*side {
				best = y
			}
		}
	}
	return best
}

// whaleBarge carries the whale, with the four who push it along.
func (c *canvas) whaleBarge(at spot) {
	deck := new(shape).poly(at.at(-420, 102, 440, 102, 400, 132, -380, 132)...)
	s := new(shape)
	for i, d := range []float64{-400, -330, 404} {
		px, py := at.point(d, 104)
		standing(s, spot{x: px, y: py, size: 1.5, flip: i == 2}, i+30)
		s.line(px+16, py-96, px+60, py+60, 4)
	}
	for _, d := range []float64{-200, 0, 200} {
		s.poly(at.at(d-6, 60, d+6, 60, d+9, 104, d-9, 104)...)
	}
	c.fill(s, flat(inkNight))
	c.fill(deck, flat(mix(inkNight, inkBrick, 0.2)))
	c.fill(new(shape).poly(at.at(-420, 102, 440, 102, 438, 107, -418, 107)...), flat(inkOchre))
}

// drawLanternsShips is a fleet of paper ships, no two of them alike.
func drawLanternsShips() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const bank = 380.0
	c.nightRiver(bank)
	for i, p := range []struct{ x, y, size float64 }{
		{760, 424, 0.22}, {1010, 440, 0.27}, {560, 462, 0.33}, {1270, 484, 0.4}, {330, 520, 0.5}, {930, 556, 0.62}, {1420, 640, 0.78}, {520, 690, 0.95}, {1090, 836, 1.35},
	} {
		c.paperShip(spot{x: p.x, y: p.y, size: p.size, turn: 0.05 * math.Sin(float64(i)*2.1)}, i)
	}
	return c.finish()
}

// paperShip floats with its keel at the origin; each number rigs it otherwise.
func (c *canvas) paperShip(at spot, n int) {
	k := mix(inkOchre, inkCoral, 0.25+0.6*hash(n, 410))
	x, y := at.point(0, -120)
	c.light(inkOchre, x, y, 330*at.size, 0.5)
	mirror := new(shape)
	for i := range 16 {
		w := 150 - 8*float64(i)
		mirror.ellipse(at.x+9*wave(n+420, float64(i)*0.8)*at.size, at.y+(10+15*float64(i))*at.size, w*at.size, 4.6*at.size)
	}
	c.fill(mirror, func(_, py int) (rgb, float64) {
		return mix(k, inkPaper, 0.25), 0.62 * smooth(at.y+260*at.size, at.y, float64(py))
	})
	glow := func(s *shape, k rgb, ox, oy, r float64) {
		gx, gy := at.point(ox, oy)
		c.fill(s, paperLight(k, gx, gy, r*at.size))
		seams := new(shape)
		for i := range 6 {
			t := (float64(i) + 0.5) / 6
			y, x := s.minY+(s.maxY-s.minY)*t, s.minX+(s.maxX-s.minX)*t
			seams.bent(1.8*at.size, s.minX, y, (s.minX+s.maxX)/2, y+9*at.size, s.maxX, y)
			seams.bent(1.4*at.size, x, s.minY, x+(x-(s.minX+s.maxX)/2)*0.12, (s.minY+s.maxY)/2, x, s.maxY)
		}
		c.inside(s, seams, thin(inkBrick, 0.32))
		c.fill(outlineOf(s, max(3.2*at.size, 1)), thin(inkBrick, 0.65))
	}
	c.fill(new(shape).path(6*at.size, at.at(0, -40, 0, -330)...), flat(inkBrick))
	switch n % 4 {
	case 0: // two square sails
		glow(new(shape).curve(at.at(-86, -300, 0, -310, 86, -300, 100, -220, 92, -190, 0, -178, -92, -190, -100, -220)...), k, 0, -220, 170)
		glow(new(shape).curve(at.at(-108, -170, 0, -176, 108, -170, 124, -96, 112, -62, 0, -50, -112, -62, -124, -96)...), k, 0, -100, 190)
	case 1: // a lateen sail
		glow(new(shape).curve(at.at(-120, -90, -40, -220, 60, -350, 84, -366, 90, -240, 70, -120, 40, -58, -60, -56)...), k, 10, -150, 250)
	case 2: // gaff and jib
		glow(new(shape).curve(at.at(-4, -60, -6, -240, -20, -300, -110, -270, -126, -160, -120, -66)...), k, -50, -140, 210)
		glow(new(shape).poly(at.at(10, -60, 8, -310, 134, -66)...), k, 40, -120, 210)
	default: // a junk
		for i := range 3 {
			t := float64(i)
			glow(new(shape).curve(at.at(-94+10*t, -70-86*t, 70-8*t, -60-88*t, 84-12*t, -132-80*t, -80+14*t, -146-84*t)...), k, 0, -110-80*t, 150)
		}
	}
	hull := new(shape).poly(at.at(-190, -70, -96, -46, 96, -46, 190, -76, 118, 6, -118, 6)...)
	glow(hull, mix(k, inkBrick, 0.25), 0, -30, 210)
	c.fill(new(shape).poly(at.at(-190, -70, -96, -46, -60, -46, -118, 6)...), thin(inkBrick, 0.22))
	folds := new(shape).path(2.4*at.size, at.at(-96, -46, 0, 6, 96, -46)...)
	c.fill(folds, thin(inkBrick, 0.6))
	c.fill(new(shape).poly(at.at(0, -330, 0, -362, 56, -346)...), flat(mix(inkCoral, inkPaper, 0.2)))
}

// drawLanternsCrowd is the crowd on the Ropewalk steps, from behind.
func drawLanternsCrowd() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const bank = 330.0
	c.nightRiver(bank)
	for i := range 70 { // lights on the river
		t := (float64(i) + 0.5) / 70
		c.lantern(40+1540*math.Mod(float64(i)*0.618034, 1), bank+10+260*t*t, 0.07+0.3*t*t, i)
	}
	c.light(inkOchre, 800, 640, 900, 0.3)
	for row := range 4 {
		c.crowdRow(row)
	}
	return c.finish()
}

// crowdRow is one row of people, the first the farthest; some hold a lantern on
// a stick above the heads before them.
func (c *canvas) crowdRow(row int) {
	size := 1.5 + 0.78*float64(row)
	feet := 700 + 150*float64(row) + 26*float64(row*row)
	k := mix(mix(inkDeep, inkBrick, 0.3), inkNight, 0.5+0.17*float64(row))
	step := 30 * size
	for x, i := -20-14*float64(row), 0; x < 1640; i++ {
		n := row*91 + i*7
		tall := size * (0.86 + 0.22*hash(n, 430))
		at := spot{x: x, y: feet + 14*size*hash(n, 431), size: tall, flip: hash(n, 432) > 0.5}
		switch {
		case hash(n, 433) > 0.66:
			c.stickLantern(at, n, k)
		case hash(n, 434) > 0.86: // a child on the shoulders
			child := standing(new(shape), spot{x: x, y: at.y - 66*tall, size: tall * 0.55}, n+3)
			c.fill(child, flat(k))
		}
		s := standing(new(shape), at, n)
		c.fill(s.moved(-2.4, -2.4), thin(mix(inkOchre, inkCoral, 0.4), 0.75)) // the edge that the lights give
		c.fill(s, flat(k))
		x += step * (0.78 + 0.4*hash(n, 435))
	}
}

// stickLantern is held up by somebody who stands at the spot.
func (c *canvas) stickLantern(at spot, n int, arm rgb) {
	x, y := at.point(9+26*(hash(n, 440)-0.3), -150-34*hash(n, 441))
	hx, hy := at.point(15, -88)
	c.fill(new(shape).line(hx, hy+20*at.size, x, y-24*at.size, 2.2*at.size), flat(arm))
	ax, ay := at.point(10, -70)
	c.fill(new(shape).line(ax, ay, hx, hy, 7*at.size), flat(arm))
	r := (11 + 5*hash(n, 442)) * at.size
	k := mix(inkOchre, inkCoral, 0.9*hash(n, 443))
	c.light(k, x, y, 4.6*r, 0.42)
	body := new(shape)
	switch int(hash(n, 444) * 3) {
	case 0:
		body.ellipse(x, y, r, r*1.05)
	case 1:
		body.poly(x-r*0.7, y-r*1.1, x+r*0.7, y-r*1.1, x+r*0.85, y+r*1.1, x-r*0.85, y+r*1.1)
	default: // a star
		var xy []float64
		for i := range 10 {
			q := r * 1.3
			if i%2 == 1 {
				q = r * 0.62
			}
			a := float64(i)*math.Pi/5 - math.Pi/2
			xy = append(xy, x+q*math.Cos(a), y+q*math.Sin(a))
		}
		body.poly(clockwise(xy)...)
	}
	c.fill(body, paperLight(k, x, y, r*1.25))
	ribs := new(shape)
	for i := range 4 {
		t := float64(i)/1.5 - 1
		ribs.rect(x-r, y+t*r*0.8-0.8, 2*r, 1.6)
	}
	c.inside(body, ribs, thin(inkBrick, 0.5))
}
