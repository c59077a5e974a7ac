package demo

import (
	"image"
	"math"
)

// drawGables is a row of houses in Ropewalk with the tram before them.
func drawGables() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 800, inkMist, inkPaper))
	c.wash(0, 500, halftone(inkSea, 13, func(_, y float64) float64 { return 0.45 * smooth(360, -60, y) }))
	const street = 800.0
	walls := []rgb{inkBrick, inkOchre, mix(inkSea, inkMist, 0.3), mix(inkCoral, inkSand, 0.35), inkMoss, mix(inkDeep, inkSea, 0.5), inkSand}
	for x, i := -30.0, 0; x < 1600; i++ {
		w := 150 + 60*hash(i, 50)
		c.house(i, x, street, w, 370+150*hash(i, 51), walls[i*3%len(walls)])
		x += w
	}
	c.wash(int(street)-16, 1000, fade(street-16, 1000, mix(inkNight, inkMist, 0.35), mix(inkNight, inkDeep, 0.5)))
	c.fill(new(shape).rect(0, street-16, 1600, 12), flat(mix(inkSand, inkNight, 0.2)))
	c.fill(new(shape).rect(0, 906, 1600, 5).rect(0, 944, 1600, 6), flat(inkMist))
	c.tram(420, 916)
	c.fill(new(shape).line(0, 548, 1600, 536, 3).rect(1420, 300, 12, 620).line(1426, 330, 1330, 540, 4), flat(inkNight))
	return c.finish()
}

// house is one narrow house; each number gives another gable and other windows.
func (c *canvas) house(n int, x, base, w, h float64, wall rgb) {
	top := base - h
	s := new(shape).rect(x, top, w+1, h)
	switch n % 3 {
	case 0: // a plain gable
		s.poly(x, top, x+w/2, top-w*0.62, x+w, top)
	case 1: // steps
		for i := range 5 {
			d := float64(i) * w / 10
			s.rect(x+d, top-float64(i+1)*22, w-2*d, 23)
		}
	default: // a bell
		s.curve(x+w*0.02, top+4, x+w*0.2, top-40, x+w*0.32, top-96, x+w/2, top-122, x+w*0.68, top-96, x+w*0.8, top-40, x+w*0.98, top+4)
	}
	c.fill(s.moved(14, 0), thin(inkNight, 0.25))
	c.fill(s, flat(wall))
	c.fill(s, stipple(func(px, _ int) (rgb, float64) { return inkNight, 0.5 * smooth(0.35, 1, (float64(px)-x)/w) }))
	frames, panes, lit := new(shape), new(shape), new(shape)
	floors := int(h / 105)
	for f := range floors {
		for i := range 3 {
			wx, wy := x+w*(0.14+0.27*float64(i)), top+24+float64(f)*104
			frames.rect(wx-4, wy-4, w*0.18+8, 66)
			pane := panes
			if hash(n*31+f, i+70) > 0.72 {
				pane = lit
			}
			pane.rect(wx, wy, w*0.18, 27).rect(wx, wy+31, w*0.18, 27)
		}
	}
	frames.circle(x+w/2, top-34, 17)
	panes.circle(x+w/2, top-34, 13)
	c.fill(frames, flat(inkPaper))
	c.fill(panes, flat(inkDeep))
	c.fill(lit, flat(mix(inkOchre, inkPaper, 0.4)))
}

// tram stands on rails at height y.
func (c *canvas) tram(x, y float64) {
	c.fill(new(shape).ellipse(x+330, y+8, 360, 12), thin(inkNight, 0.5))
	c.fill(new(shape).rect(x+90, y-24, 120, 28).rect(x+450, y-24, 120, 28), flat(inkNight))
	c.fill(new(shape).poly(x+4, y-10, x-5, y-80, x+2, y-150, x+10, y-178, x+30, y-192, x+630, y-192, x+650, y-178, x+658, y-150, x+665, y-80, x+656, y-10), flat(inkPaper))
	c.fill(new(shape).poly(x-2, y-76, x+662, y-76, x+655, y-12, x+5, y-12), flat(inkCoral))
	c.fill(new(shape).rect(x, y-84, 660, 7), flat(inkNight))
	glass, people := new(shape).rect(x+10, y-166, 72, 74).rect(x+578, y-166, 72, 74), new(shape)
	for i := range 5 {
		glass.rect(x+100+float64(i)*94, y-166, 80, 74)
		people.circle(x+126+float64(i)*94, y-128, 12).rect(x+112+float64(i)*94, y-116, 28, 24)
	}
	c.fill(glass, flat(inkDeep))
	c.fill(people, thin(inkMist, 0.55))
	c.fill(new(shape).line(x+300, y-192, x+350, y-262, 5).line(x+350, y-262, x+300, y-370, 5).line(x+268, y-372, x+332, y-372, 6), flat(inkNight))
	c.fill(new(shape).circle(x+640, y-46, 11), flat(inkPaper))
	c.label(upright(40), "6", x+46, y-32, centred, inkPaper)
}

// drawLanterns is the river on the night of the Lantern Walk.
func drawLanterns() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const bank = 430.0
	c.ground(fade(0, bank, inkNight, mix(inkDeep, inkSea, 0.25)))
	c.stars(260)
	c.fill(harbourSkyline(bank).moved(0, 6), flat(mix(inkNight, inkDeep, 0.15)))
	town := new(shape)
	for i := range 70 {
		town.rect(hash(i, 80)*600, bank-6-hash(i, 81)*38, 4, 5)
	}
	c.fill(town, thin(inkOchre, 0.8))
	c.wash(int(bank), 1000, fade(bank, 1000, inkDeep, inkNight))
	c.ripples(5, bank+2, 1000, thin(inkSea, 0.35), func(_, _ float64) float64 { return 0.4 })
	for i := range 46 { // far ones first
		t := (float64(i) + 0.6*hash(i, 90)) / 46
		y := bank + 14 + 500*t*t
		x := 70 + 1460*math.Mod(float64(i)*0.618034+0.07*hash(i, 91), 1) // the golden ratio spreads evenly
		c.lantern(x, y, 0.16+1.05*t*t, i)
	}
	return c.finish()
}

// lantern floats on the water at x, y and is mirrored in it.
func (c *canvas) lantern(x, y, size float64, n int) {
	k := mix(inkOchre, inkCoral, 0.75*hash(n, 92))
	c.light(k, x, y-50*size, 150*size, 0.45)
	mirror := new(shape)
	for i := range 7 {
		w := (46 - 5*float64(i)) * size
		mirror.ellipse(x+5*size*wave(n, float64(i)), y+(12+15*float64(i))*size, w, 4*size)
	}
	c.fill(mirror, thin(mix(k, inkPaper, 0.2), 0.6))
	body := new(shape).poly(x-40*size, y, x-48*size, y-96*size, x+48*size, y-96*size, x+40*size, y)
	c.fill(body, func(px, py int) (rgb, float64) {
		d := math.Hypot(float64(px)-x, (float64(py)-(y-36*size))*0.8) / (58 * size)
		return mix(mix(inkPaper, inkOchre, 0.15), k, d), 1
	})
	ribs := new(shape)
	for _, t := range []float64{-1, -0.36, 0.36, 1} {
		ribs.line(x+t*40*size, y, x+t*48*size, y-96*size, 2.6*size)
	}
	ribs.line(x-48*size, y-96*size, x+48*size, y-96*size, 4*size).line(x-44*size, y-48*size, x+44*size, y-48*size, 1.6*size)
	c.fill(ribs, thin(inkBrick, 0.75))
	c.fill(new(shape).rect(x-52*size, y-4*size, 104*size, 9*size), flat(inkNight))
}
