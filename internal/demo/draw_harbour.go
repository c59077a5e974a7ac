package demo

import (
	"image"
	"math"
)

// drawHarbourDawn is the harbour seen from the North Mole as the sun comes up.
func drawHarbourDawn() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const horizon, sunX = 590.0, 1080.0
	c.wash(0, int(horizon), rows(func(y float64) (rgb, float64) {
		t := y / horizon
		if t < 0.6 {
			return mix(inkMist, inkPaper, t/0.6), 1
		}
		return mix(inkPaper, mix(inkCoral, inkSand, 0.45), (t-0.6)/0.4), 1
	}))
	c.light(inkPaper, sunX, horizon-40, 460, 0.75)
	c.fill(new(shape).circle(sunX, horizon-30, 118), fade(horizon-150, horizon, inkOchre, inkCoral))
	c.wash(0, int(horizon), halftone(inkDeep, 13, func(x, y float64) float64 {
		d := math.Sqrt((x-sunX)*(x-sunX)+1.69*(y-horizon)*(y-horizon)) / 1150
		return 0.78*smooth(0.3, 1.05, d) - 0.05
	}))
	c.fill(new(shape).below(0, 1600, horizon, func(x float64) float64 {
		return horizon - 34 - 26*ridge(11, x/260) - 40*smooth(700, 0, x)
	}), flat(mix(inkSea, inkMist, 0.35)))
	c.fill(harbourSkyline(horizon), flat(inkDeep))

	c.wash(int(horizon), 1000, fade(horizon, 1000, mix(inkSea, inkSand, 0.35), inkDeep))
	c.ripples(1, horizon+4, 1000, thin(inkNight, 0.35), func(x, y float64) float64 { return 0.5 })
	c.ripples(40, horizon+3, 1000, flat(mix(inkOchre, inkPaper, 0.35)), func(x, y float64) float64 {
		return 0.95 * smooth(60+(y-horizon)*0.62, 0, math.Abs(x-sunX))
	})
	c.fill(mooredBoat(420, 780, 1.5), flat(inkNight))
	c.fill(mooredBoat(780, 690, 0.8), flat(mix(inkNight, inkDeep, 0.4)))
	c.fill(mooredBoat(1370, 850, 2), flat(inkNight))
	return c.finish()
}

// harbourSkyline is a town, a mole with its light, and cranes far off.
func harbourSkyline(base float64) *shape {
	s := new(shape)
	for x, i := 0.0, 0; x < 620; i++ {
		w, h := 22+30*hash(i, 5), 30+50*hash(i, 6)
		s.rect(x, base-h, w, h)
		if hash(i, 7) > 0.5 {
			s.poly(x, base-h, x+w/2, base-h-w*0.6, x+w, base-h)
		}
		x += w
	}
	s.rect(210, base-170, 26, 170).poly(204, base-170, 223, base-240, 242, base-170)
	s.poly(600, base, 620, base-14, 880, base-12, 900, base)
	s.poly(852, base, 858, base-96, 874, base-96, 880, base).rect(855, base-112, 22, 18)
	s.poly(853, base-112, 866, base-128, 879, base-112)
	for i := range 3 {
		gantry(s, 1290+float64(i)*105, base, 0.62-float64(i)*0.04)
	}
	return s.rect(1240, base-10, 360, 10)
}

// mooredBoat is a fishing boat with its wheelhouse and mast; x, y is the middle
// of its water line.
func mooredBoat(x, y, size float64) *shape {
	s := new(shape)
	at := func(xy ...float64) *shape {
		for i := range xy {
			if i%2 == 0 {
				xy[i] = x + xy[i]*size
			} else {
				xy[i] = y + xy[i]*size
			}
		}
		return s.poly(xy...)
	}
	at(-74, -26, 84, -34, 62, 4, -64, 4)
	at(-52, -28, -52, -62, -12, -62, -6, -28)
	at(-58, -62, -58, -67, -6, -67, -6, -62)
	s.line(x+22*size, y-30*size, x+22*size, y-128*size, 4*size)
	s.line(x+22*size, y-118*size, x-30*size, y-66*size, 1.6*size)
	s.line(x+22*size, y-124*size, x+82*size, y-34*size, 1.4*size)
	s.line(x+22*size, y-48*size, x+64*size, y-86*size, 3*size)
	return s.ellipse(x, y+4*size, 76*size, 5*size)
}

// gantry adds a quay crane that stands on base, its boom to the left of x.
func gantry(s *shape, x, base, size float64) *shape {
	l := func(x0, y0, x1, y1, w float64) { s.line(x+x0*size, base-y0*size, x+x1*size, base-y1*size, w*size) }
	l(-52, 0, -44, 250, 13) // legs
	l(60, 0, 52, 250, 13)
	l(-50, 92, 58, 92, 11)
	l(-46, 92, 54, 168, 5)
	l(54, 92, -46, 168, 5)
	l(-46, 168, 54, 168, 9)
	l(-330, 246, 150, 246, 15) // boom
	l(-330, 232, 150, 232, 4)
	l(-44, 250, -8, 372, 11) // tower
	l(52, 250, 4, 372, 11)
	l(-4, 368, -310, 252, 4) // stays
	l(-4, 368, -180, 252, 4)
	l(2, 368, 140, 252, 4)
	s.rect(x+78*size, base-286*size, 62*size, 34*size)
	s.rect(x-150*size, base-230*size, 34*size, 20*size)
	l(-140, 226, -140, 150, 2)
	l(-126, 226, -126, 150, 2)
	return s.rect(x-160*size, base-150*size, 56*size, 22*size)
}

// drawCranes is the container quay at dusk.
func drawCranes() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const quay = 830.0
	c.ground(rows(func(y float64) (rgb, float64) {
		t := y / quay
		if t < 0.55 {
			return mix(mix(inkDeep, inkSea, 0.5), inkMist, t/0.55), 1
		}
		return mix(inkMist, mix(inkSand, inkCoral, 0.25), (t-0.55)/0.45), 1
	}))
	c.light(inkPaper, 420, 560, 430, 0.6)
	c.fill(new(shape).circle(420, 560, 150), flat(mix(inkCoral, inkOchre, 0.3)))
	c.wash(0, int(quay), halftone(inkNight, 12, func(_, y float64) float64 { return 0.62 * smooth(430, -120, y) }))
	for i := range 5 { // bars of cloud over the sun
		y := 470 + float64(i)*44
		c.fill(new(shape).ellipse(300+float64(i%3)*130, y, 250-20*float64(i), 9), thin(mix(inkSand, inkPaper, 0.3), 0.85))
	}
	far := new(shape)
	for i := range 4 {
		gantry(far, 330+float64(i)*190, quay-20, 1.15)
	}
	c.fill(far, flat(mix(inkSea, inkMist, 0.3)))
	near := new(shape)
	gantry(near, 860, quay, 1.75)
	gantry(near, 1340, quay, 1.9)
	c.fill(near, flat(inkNight))
	c.stacks(1060, quay, 9, 3)
	c.containerShip(quay)
	return c.finish()
}

// stacks piles containers on the quay, from x to the right.
func (c *canvas) stacks(x, base float64, columns, rows int) {
	colours := []rgb{inkBrick, inkOchre, inkSea, inkCoral, inkMoss, inkSand}
	const w, h = 58.0, 40.0
	for i := range columns {
		for j := range rows - int(hash(i, 21)*2.2) {
			k := mix(colours[int(hash(i, j+30)*6)], inkNight, 0.18)
			left, top := x+float64(i)*(w+4), base-float64(j+1)*(h+2)
			c.fill(new(shape).rect(left, top, w, h), flat(k))
			ribs := new(shape)
			for n := range 8 {
				ribs.rect(left+5+float64(n)*6.6, top+4, 2.4, h-8)
			}
			c.fill(ribs, thin(inkNight, 0.3))
		}
	}
}

// containerShip lies at the quay with her bow to the right, over dark water.
func (c *canvas) containerShip(quay float64) {
	c.wash(int(quay), 1000, fade(quay, 1000, mix(inkDeep, inkNight, 0.3), inkNight))
	c.fill(new(shape).rect(600, quay-4, 1000, 70), fade(quay, quay+70, mix(inkDeep, inkNight, 0.6), inkNight))
	c.stacks(190, quay-38, 9, 5)
	c.fill(new(shape).rect(52, quay-260, 96, 226).rect(30, quay-236, 140, 12).rect(92, quay-300, 8, 44), flat(inkPaper))
	windows := new(shape)
	for i := range 5 {
		for j := range 4 {
			windows.rect(64+float64(i)*16, quay-214+float64(j)*38, 9, 12)
		}
	}
	c.fill(windows, flat(inkDeep))
	c.fill(new(shape).poly(10, quay-42, 800, quay-42, 850, quay-72, 800, quay+70, 40, quay+70), flat(inkBrick))
	c.fill(new(shape).poly(24, quay+20, 818, quay+20, 800, quay+70, 40, quay+70), flat(mix(inkBrick, inkNight, 0.55)))
	c.ripples(7, quay+60, 1000, thin(mix(inkCoral, inkSand, 0.4), 0.5), func(x, _ float64) float64 {
		return 0.7 * smooth(330, 0, math.Abs(x-430))
	})
	c.ripples(70, quay+60, 1000, thin(inkSea, 0.5), func(_, _ float64) float64 { return 0.25 })
}
