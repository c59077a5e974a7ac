package demo

import (
	"image"
	"math"
)

// lamplight is the colour of a lit window.
func lamplight() rgb { return mix(inkOchre, inkPaper, 0.35) }

// drawNightBakery is a shop front in a dark street, with somebody at work.
func drawNightBakery() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	wall := mix(inkNight, inkDeep, 0.5)
	c.ground(fade(0, 1000, mix(inkNight, inkDeep, 0.2), wall))
	joints := new(shape)
	for row := range 26 {
		y := float64(row) * 31
		joints.rect(0, y, 1600, 2)
		for i := range 22 {
			joints.rect(float64(i)*76+38*float64(row%2), y, 2, 31)
		}
	}
	c.fill(joints, thin(inkNight, 0.45))
	c.upperWindows()
	const left, right, top, sill = 380.0, 1230.0, 350.0, 744.0
	c.fill(new(shape).rect(left-50, top-116, right-left+100, 700), flat(mix(inkSea, inkNight, 0.45)))
	c.fill(new(shape).rect(left-60, top-120, right-left+120, 16).rect(left-60, sill+10, right-left+120, 18), flat(mix(inkSea, inkDeep, 0.3)))
	c.label(upright(62).spaced(18), "BAKERY", 720, top-38, centred, lamplight())
	c.bakeryInside(left, right-210, top, sill)
	door := new(shape).rect(right-180, top, 160, 520)
	c.fill(door, flat(mix(inkSea, inkNight, 0.62)))
	c.fill(new(shape).rect(right-160, top+22, 120, 300), fade(top, top+330, lamplight(), mix(inkOchre, inkBrick, 0.3)))
	c.fill(new(shape).rect(right-103, top+22, 6, 300).rect(right-160, top+170, 120, 6), flat(mix(inkSea, inkNight, 0.62)))
	c.fill(new(shape).poly(right-132, top+60, right-70, top+54, right-66, top+92, right-128, top+98), flat(inkPaper))
	c.label(slanted(22), "closed", right-99, top+84, centred, inkBrick)
	c.fill(new(shape).rect(0, 876, 1600, 124), fade(876, 1000, mix(inkNight, inkDeep, 0.65), inkNight))
	c.fill(new(shape).rect(0, 872, 1600, 8), flat(mix(inkDeep, inkSea, 0.4)))
	c.fill(new(shape).poly(left, 880, right-210, 880, right+40, 1000, left-250, 1000), func(_, y int) (rgb, float64) {
		return inkOchre, 0.62 * smooth(1040, 876, float64(y))
	})
	c.light(inkOchre, 720, 600, 820, 0.3)
	c.bicycle(250, 884)
	c.wash(0, 1000, halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.8 * smooth(420, 1000, math.Hypot((x-720)*0.85, (y-600)*1.15))
	}))
	return c.finish()
}

// upperWindows are those of people who sleep.
func (c *canvas) upperWindows() {
	frames, panes := new(shape), new(shape)
	for i := range 5 {
		x := 110 + 330*float64(i)
		frames.rect(x-8, -20, 126, 178).rect(x-16, 158, 142, 14)
		panes.rect(x, -20, 51, 170).rect(x+59, -20, 51, 170)
	}
	c.fill(frames, flat(mix(inkDeep, inkSea, 0.35)))
	c.fill(panes, flat(mix(inkNight, inkDeep, 0.25)))
	curtains := new(shape)
	for i := range 5 {
		x := 110 + 330*float64(i)
		curtains.poly(x, -20, x+32, -20, x+8, 150, x, 150).poly(x+110, -20, x+78, -20, x+102, 150, x+110, 150)
	}
	c.fill(curtains, thin(inkSea, 0.4))
}

// bakeryInside is what the shop window shows: the baker at the trough, shelves
// with loaves, the oven’s door.
func (c *canvas) bakeryInside(left, right, top, sill float64) {
	c.fill(new(shape).rect(left, top, right-left, sill-top), func(x, y int) (rgb, float64) {
		d := math.Hypot(float64(x)-660, float64(y)-440) / 420
		return mix(mix(inkPaper, inkOchre, 0.25), mix(inkOchre, inkCoral, 0.35), d), 1
	})
	shade := mix(inkBrick, inkNight, 0.35)
	shelves, loaves := new(shape), new(shape)
	for j := range 3 {
		y := top + 96 + 92*float64(j)
		shelves.rect(left, y, 196, 9)
		for i := range 4 {
			x := left + 8 + 47*float64(i)
			loaves.curve(x, y+1, x+2, y-24, x+20, y-36, x+38, y-24, x+42, y+1)
		}
	}
	c.fill(shelves, flat(shade))
	c.fill(loaves, flat(mix(inkBrick, inkOchre, 0.25)))
	c.fill(loaves, halftone(shade, 8, func(_, y float64) float64 { return 0.55 * smooth(0, 30, math.Mod(y-top-62, 92)) }))
	c.fill(new(shape).rect(right-150, top+120, 150, sill-top-120), flat(mix(inkBrick, inkNight, 0.2)))
	c.fill(new(shape).rect(right-122, top+168, 96, 64).arc(right-74, top+169, 48, 34, math.Pi, 2*math.Pi), flat(inkNight))
	c.fill(new(shape).rect(right-112, top+186, 76, 44), fade(top+180, top+232, inkOchre, inkCoral))
	lamps := new(shape)
	for _, x := range []float64{620, 830} {
		lamps.line(x, top, x, top+54, 3).poly(x-40, top+84, x-13, top+52, x+13, top+52, x+40, top+84)
	}
	c.fill(lamps, flat(shade))
	for _, x := range []float64{620, 830} {
		c.light(inkPaper, x, top+90, 150, 0.85)
	}
	at := spot{x: 724, y: sill + 74, size: 3.3}
	c.bakerAtWork(at)
	c.fill(new(shape).rect(left+210, sill-92, 400, 92), flat(mix(inkBrick, inkNight, 0.3)))
	c.fill(new(shape).rect(left+200, sill-104, 420, 18), flat(mix(inkSand, inkBrick, 0.35)))
	dough := new(shape).curve(640, sill-100, 652, sill-128, 694, sill-138, 726, sill-124, 740, sill-100)
	for i := range 3 {
		x := 790 + 62*float64(i)
		dough.curve(x, sill-100, x+4, sill-122, x+24, sill-130, x+44, sill-120, x+48, sill-100)
	}
	c.fill(dough, flat(inkPaper))
	c.fill(dough, halftone(inkOchre, 7, func(_, y float64) float64 { return 0.5 * smooth(sill-130, sill-96, y) }))
	frame := new(shape).rect(left-12, top-12, right-left+24, 14).rect(left-12, sill-2, right-left+24, 14).rect(left-12, top, 14, sill-top).rect(right-2, top, 14, sill-top)
	c.fill(frame.rect((left+right)/2-4, top, 8, sill-top).rect(left, top+62, right-left, 6), flat(mix(inkSea, inkNight, 0.62)))
}

// bakerAtWork leans into the dough, from the side; feet at the origin.
func (c *canvas) bakerAtWork(at spot) {
	dark := mix(inkNight, inkBrick, 0.25)
	c.fill(new(shape).curve(at.at(2, -40, 0, -62, 6, -80, 16, -87, 25, -82, 26, -66, 22, -40)...), flat(inkPaper))
	c.fill(new(shape).curve(at.at(14, -40, 17, -62, 22, -84, 26, -80, 27, -66, 24, -40)...), thin(inkBrick, 0.3))
	c.fill(new(shape).curve(at.at(8, -78, 15, -80, 12, -66, 2, -55, -12, -49, -16, -52, -12, -56, 0, -62)...), flat(mix(inkSand, inkBrick, 0.4)))
	c.fill(new(shape).curve(at.at(2, -92, 4, -100, 12, -102, 17, -96, 16, -88, 9, -85, 3, -87)...), flat(mix(inkSand, inkBrick, 0.4)))
	c.fill(new(shape).curve(at.at(2, -97, 6, -108, 18, -108, 20, -97, 18, -92, 12, -97)...), flat(inkPaper))
	c.fill(new(shape).poly(at.at(20, -76, 24, -76, 13, -40, 9, -40)...), flat(dark))
}

// bicycle leans at the wall, its hind wheel at x and the ground at y.
func (c *canvas) bicycle(x, y float64) {
	s := new(shape)
	for _, w := range []float64{x - 110, x + 70} {
		s.circle(w, y-54, 54).hole(w, y-54, 49).circle(w, y-54, 5)
		for i := range 8 {
			a := float64(i) * math.Pi / 8
			s.line(w-50*math.Cos(a), y-54-50*math.Sin(a), w+50*math.Cos(a), y-54+50*math.Sin(a), 1.2)
		}
	}
	s.path(6, x-110, y-54, x-62, y-132, x+46, y-134, x-30, y-50, x-110, y-54).path(6, x-62, y-132, x-30, y-50)
	s.path(6, x+70, y-54, x+40, y-152, x+14, y-160).line(x-66, y-132, x-72, y-152, 6).ellipse(x-74, y-156, 24, 7)
	s.rect(x+56, y-176, 62, 44).line(x-30, y-50, x-16, y-28, 5)
	c.fill(s, flat(mix(inkNight, inkDeep, 0.15)))
	c.fill(new(shape).rect(x+58, y-174, 58, 5), thin(inkOchre, 0.6))
}

// drawNightWard is the front of the hospital with one window lit.
func drawNightWard() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, inkNight, mix(inkDeep, inkNight, 0.25)))
	c.stars(300)
	v := view{x: -9, y: 4, z: -25, turn: 0.32, down: -0.12, focus: 1330, mx: 400, my: 590}
	wall, side := mix(inkDeep, inkSea, 0.32), mix(inkNight, inkDeep, 0.45)
	const wide, high, floors, across = 34.0, 21.0, 6, 14
	c.fill(v.face(0, 0, 0, 0, 0, 30, 0, high, 30, 0, high, 0), flat(side))
	front := v.face(0, 0, 0, wide, 0, 0, wide, high, 0, 0, high, 0)
	c.fill(front, flat(wall))
	c.fill(front, halftone(inkNight, 11, func(x, y float64) float64 { return 0.2 + 0.5*smooth(700, 1650, x) + 0.25*smooth(500, 0, y) }))
	panes, frames, sills := new(shape), new(shape), new(shape)
	for f := range floors {
		for i := range across {
			x, y := 1.1+2.34*float64(i), 1.5+3.3*float64(f)
			v.add(frames, x-0.12, y-0.12, -0.02, x+1.42, y-0.12, -0.02, x+1.42, y+1.92, -0.02, x-0.12, y+1.92, -0.02)
			v.add(panes, x, y, -0.03, x+0.6, y, -0.03, x+0.6, y+1.8, -0.03, x, y+1.8, -0.03)
			v.add(panes, x+0.7, y, -0.03, x+1.3, y, -0.03, x+1.3, y+1.8, -0.03, x+0.7, y+1.8, -0.03)
			v.add(sills, x-0.2, y-0.24, -0.1, x+1.5, y-0.24, -0.1, x+1.5, y-0.1, -0.1, x-0.2, y-0.1, -0.1)
		}
	}
	c.fill(frames, flat(mix(inkSea, inkDeep, 0.35)))
	c.fill(panes, flat(mix(inkNight, inkDeep, 0.18)))
	c.fill(sills, flat(mix(inkSea, inkMist, 0.25)))
	for i := range 5 { // windows at the side
		for f := range floors {
			z, y := 3+5.2*float64(i), 1.5+3.3*float64(f)
			c.fill(v.face(0, y, z, 0, y, z+1.3, 0, y+1.8, z+1.3, 0, y+1.8, z), flat(inkNight))
		}
	}
	c.fill(v.face(-0.4, high, -0.4, wide, high, -0.4, wide, high+0.6, -0.4, -0.4, high+0.6, -0.4), flat(mix(inkSea, inkDeep, 0.2)))
	c.fill(v.face(-0.4, high, -0.4, -0.4, high, 30, -0.4, high+0.6, 30, -0.4, high+0.6, -0.4), flat(inkDeep))
	c.wardWindow(v, 1.1+2.34*3, 1.5+3.3*3)
	c.wardEntrance(v)
	return c.finish()
}

// wardWindow is the lit one, its lower left corner at x, y of the front.
func (c *canvas) wardWindow(v view, x, y float64) {
	whole := v.face(x, y, -0.04, x+1.3, y, -0.04, x+1.3, y+1.8, -0.04, x, y+1.8, -0.04)
	px, py, m := v.at(x+0.65, y+0.9, 0)
	c.light(inkOchre, px, py, 340, 0.62)
	c.fill(whole, fade(whole.minY, whole.maxY, mix(inkPaper, inkOchre, 0.2), mix(inkOchre, inkPaper, 0.2)))
	lamp := new(shape).line(px-0.34*m, py-0.9*m, px-0.34*m, py-0.48*m, 2).poly(px-0.54*m, py-0.3*m, px-0.42*m, py-0.5*m, px-0.26*m, py-0.5*m, px-0.14*m, py-0.3*m)
	c.fill(lamp, flat(mix(inkBrick, inkNight, 0.3)))
	c.light(inkPaper, px-0.34*m, py-0.26*m, 0.6*m, 0.9)
	at := spot{x: px + 0.2*m, y: py + 1.72*m, size: 0.0205 * m}
	nurse := standing(new(shape), at, 6)
	c.inside(whole, nurse, flat(mix(inkNight, inkBrick, 0.2)))
	c.fill(v.face(x+0.6, y, -0.05, x+0.7, y, -0.05, x+0.7, y+1.8, -0.05, x+0.6, y+1.8, -0.05), flat(mix(inkSea, inkDeep, 0.35)))
}

// wardEntrance is the ground before the hospital: the porch with its lamp, trees,
// and a bicycle’s way home.
func (c *canvas) wardEntrance(v view) {
	c.fill(v.face(-40, 0, -24, 60, 0, -24, 60, 0, 0, -40, 0, 0), fade(680, 1000, mix(inkDeep, inkNight, 0.35), inkNight))
	c.fill(v.face(-40, 0, 60, 0, 0, 60, 0, 0, 0, -40, 0, 0), flat(mix(inkDeep, inkNight, 0.5)))
	c.box(v, block{12.5, 0, -2.6, 18.5, 3, 0}, flat(mix(inkSea, inkMist, 0.2)), flat(mix(inkNight, inkDeep, 0.3)), flat(mix(inkNight, inkDeep, 0.6)))
	c.fill(v.face(13.4, 0, -2.62, 17.6, 0, -2.62, 17.6, 2.4, -2.62, 13.4, 2.4, -2.62), flat(mix(inkSea, inkMist, 0.25)))
	c.fill(v.face(15.4, 0, -2.64, 15.6, 0, -2.64, 15.6, 2.4, -2.64, 15.4, 2.4, -2.64), flat(inkNight))
	x, y, m := v.at(15.5, 2.7, -2.64)
	c.label(upright(0.34*m), "HOSPITAL", x, y+0.12*m, centred, inkPaper)
	c.light(inkMist, x, y+60, 260, 0.45)
	pool := v.face(13.4, 0.01, -2.7, 17.6, 0.01, -2.7, 19.5, 0.01, -9, 10, 0.01, -9)
	c.fill(pool, func(_, py int) (rgb, float64) { return inkMist, 0.4 * smooth(pool.maxY, pool.minY, float64(py)) })
	trees := new(shape)
	for i, at := range [][2]float64{{-3, -6}, {5.2, -8}, {24, -6}} {
		x, y, m := v.at(at[0], 0, at[1])
		trees.line(x, y, x, y-3.2*m, 0.3*m)
		for j := range 40 {
			a, r := hash(i*50+j, 310)*6.3, 1.9*math.Sqrt(hash(i*50+j, 311))
			trees.circle(x+r*m*math.Cos(a), y-4.6*m+r*m*1.1*math.Sin(a), (0.6+0.4*hash(j, 312))*m)
		}
	}
	c.fill(trees, flat(mix(inkNight, inkDeep, 0.12)))
	c.fill(trees, halftone(mix(inkMoss, inkDeep, 0.4), 10, func(x, y float64) float64 { return 0.4 * smooth(900, 300, y) * smooth(900, 200, x) }))
	x, y, m = v.at(11.4, 0, -8)
	c.fill(walking(new(shape), spot{x: x, y: y, size: 0.0172 * m, flip: true}, 7, 0.06), flat(inkNight))
}
