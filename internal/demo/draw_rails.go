package demo

import "image"

// station is a stop of the night train.
type station struct {
	x, y  float64
	name  string
	hour  string
	above bool // the name stands above the line
	large bool
}

// nightStations are the stops from Kelmouth to Vessen, and the one beyond it.
func nightStations() []station {
	return []station{
		{170, 470, "Kelmouth", "21:18", true, true},
		{420, 470, "Brandrey", "22:35", false, false},
		{690, 610, "Orrin", "1:10", false, false},
		{940, 610, "Aldra", "5:52", false, true},
		{1230, 400, "Vessen", "8:40", true, true},
		{1450, 620, "Sorvik", "12:15", false, false},
	}
}

// drawRailMap is the line of the night train, as a diagram in the night.
func drawRailMap() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(240, 1000, inkNight, mix(inkDeep, inkNight, 0.2)))
	c.stars(360)
	c.light(inkSky, 1360, 150, 240, 0.3)
	c.fill(new(shape).circle(1360, 150, 58), flat(mix(inkPaper, inkSand, 0.25)))
	c.fill(new(shape).circle(1386, 138, 54), flat(mix(inkNight, inkDeep, 0.2)))
	c.railLand()
	lines := new(shape).bent(20, 170, 470, 420, 470, 500, 500, 610, 590, 690, 610, 940, 610, 1030, 590, 1150, 430, 1230, 400)
	c.fill(lines.moved(4, 8), thin(inkNight, 0.6))
	c.fill(lines, flat(inkCoral))
	beyond := []float64{1230, 400, 1330, 430, 1390, 560, 1450, 620}
	dashes := new(shape)
	for i := range 11 {
		t := float64(i) / 11
		ax, ay := alongRail(beyond, t)
		bx, by := alongRail(beyond, t+0.055)
		dashes.line(ax, ay, bx, by, 13)
	}
	c.fill(dashes, flat(inkOchre))
	for _, s := range nightStations() {
		c.railStop(s)
	}
	c.sleepingCar(726, 592)
	c.fill(new(shape).rect(70, 90, 930, 120), flat(inkNight)) // no stars behind the title
	c.label(upright(52), "Asleep in Kelmouth, awake in Vessen", 90, 140, fromLeft, inkPaper)
	c.label(slanted(32), "The night train to Lorvia, with the hours of its stops", 90, 192, fromLeft, inkMist)
	c.fill(new(shape).rect(90, 70, 70, 10), flat(inkCoral))
	c.fill(new(shape).rect(90, 896, 64, 14), flat(inkCoral))
	c.label(slanted(27), "daily", 170, 912, fromLeft, inkPaper)
	c.fill(new(shape).rect(290, 896, 26, 14).rect(328, 896, 26, 14), flat(inkOchre))
	c.label(slanted(27), "on some nights, to the lakes", 370, 912, fromLeft, inkPaper)
	return c.finish()
}

// alongRail is a place on a smooth line through four points, from 0 to 1.
func alongRail(xy []float64, t float64) (x, y float64) {
	n := len(xy)/2 - 1
	i := min(int(t*float64(n)), n-1)
	f := t*float64(n) - float64(i)
	at := func(j, axis int) float64 { return xy[2*min(max(j, 0), n)+axis] }
	return spline(at(i-1, 0), at(i, 0), at(i+1, 0), at(i+2, 0), f), spline(at(i-1, 1), at(i, 1), at(i+1, 1), at(i+2, 1), f)
}

// railLand is the ground of the diagram: the bay, two countries with the border
// between them, hills and lakes.
func (c *canvas) railLand() {
	land := mix(inkDeep, inkNight, 0.3)
	c.fill(new(shape).below(0, 1600, 1000, func(x float64) float64 { return 330 - 34*ridge(261, x/300) }), flat(land))
	c.fill(new(shape).below(0, 1600, 1000, func(x float64) float64 { return 330 - 34*ridge(261, x/300) }), halftone(inkNight, 11, func(_, y float64) float64 {
		return 0.55 * smooth(480, 1050, y)
	}))
	bay := new(shape).curve(-80, 360, 60, 380, 130, 450, 128, 540, 70, 610, 90, 700, 10, 800, -120, 820)
	c.fill(bay, flat(mix(inkSea, inkDeep, 0.35)))
	c.fill(bay, hatch(inkNight, 11, 0, func(x, _ float64) float64 { return 0.35 * smooth(160, -40, x) }))
	for i := range 13 {
		x, y, h := 660+44*float64(i)+18*hash(i, 262), 800+60*hash(i, 263), 46+44*hash(i, 264)
		c.fill(new(shape).poly(x-h, y, x, y-h, x+h, y), flat(mix(inkSea, inkDeep, 0.55+0.3*hash(i, 265))))
		c.fill(new(shape).poly(x, y-h, x+h, y, x+h*0.25, y), thin(inkNight, 0.4))
	}
	for _, l := range [][3]float64{{1396, 800, 92}, {1512, 764, 54}, {1300, 864, 60}} {
		lake := new(shape).ellipse(l[0], l[1], l[2], l[2]*0.3)
		c.fill(lake, flat(mix(inkSea, inkMist, 0.2)))
		c.fill(lake, hatch(inkDeep, 9, 0, func(_, y float64) float64 { return 0.4 * smooth(l[1]-20, l[1]+40, y) }))
	}
	border := new(shape)
	for i := range 17 {
		y := 330 + 40*float64(i)
		border.line(742+26*wave(266, y/170), y, 742+26*wave(266, (y+22)/170), y+22, 5)
	}
	c.fill(border, thin(inkMist, 0.6))
	c.label(slanted(34).spaced(12), "AVERLAND", 560, 760, centred, mix(inkMist, inkDeep, 0.35))
	c.label(slanted(34).spaced(12), "LORVIA", 1010, 470, centred, mix(inkMist, inkDeep, 0.35))
	c.label(slanted(28).spaced(3), "Orlan Bay", 22, 668, fromLeft, inkMist)
}

// railStop is a ring on the line with the name and the hour.
func (c *canvas) railStop(s station) {
	r, size := 19.0, 32.0
	if s.large {
		r, size = 26, 42
	}
	c.fill(new(shape).circle(s.x+3, s.y+6, r+7), thin(inkNight, 0.5))
	c.fill(new(shape).circle(s.x, s.y, r+7), flat(inkNight))
	c.fill(new(shape).circle(s.x, s.y, r), flat(inkPaper))
	c.fill(new(shape).circle(s.x, s.y, r*0.45), flat(inkNight))
	y := s.y + r + size + 16
	if s.above {
		y = s.y - r - size - 14
	}
	c.label(upright(size), s.name, s.x, y, centred, inkPaper)
	c.label(slanted(size*0.82), s.hour, s.x, y+size*0.95, centred, inkOchre)
}

// sleepingCar is a carriage in the dark with one window lit, its left wheel at
// x, y.
func (c *canvas) sleepingCar(x, y float64) {
	at := spot{x: x, y: y, size: 0.56}
	c.fill(new(shape).curve(at.at(-40, -96, -30, -112, 330, -112, 340, -96)...).poly(at.at(-40, -98, 340, -98, 340, -14, -40, -14)...), flat(mix(inkBrick, inkNight, 0.25)))
	c.fill(new(shape).poly(at.at(-40, -34, 340, -34, 340, -28, -40, -28)...), flat(inkOchre))
	panes := new(shape)
	for i := range 7 {
		d := -18 + 50*float64(i)
		panes.poly(at.at(d, -84, d+30, -84, d+30, -54, d, -54)...)
	}
	c.fill(panes, flat(inkNight))
	c.fill(new(shape).poly(at.at(182, -84, 212, -84, 212, -54, 182, -54)...), flat(mix(inkOchre, inkPaper, 0.4)))
	lx, ly := at.point(197, -69)
	c.light(inkOchre, lx, ly, 70, 0.5)
	wheels := new(shape)
	for _, d := range []float64{0, 52, 248, 300} {
		px, py := at.point(d, -8)
		wheels.circle(px, py, 14)
	}
	c.fill(wheels, flat(mix(inkNight, inkMist, 0.3)))
}
