package demo

import (
	"image"
	"math"
)

// drawPanorama is the whole harbour in the evening, from the water: the sea on
// the left, the mouth of the Kel on the right.
func drawPanorama() *image.RGBA {
	c := newCanvas(wideWidth, wideHeight)
	const shore, sunX = 520.0, 760.0
	c.ground(fade(0, shore, mix(inkSea, inkMist, 0.35), mix(inkSand, inkCoral, 0.3)))
	c.light(inkPaper, sunX, shore-60, 560, 0.85)
	c.fill(new(shape).circle(sunX, shore-66, 92), fade(shore-158, shore, mix(inkOchre, inkPaper, 0.2), inkCoral))
	c.wash(0, int(shore), engrave(mix(inkDeep, inkSea, 0.35), 12, func(x, y float64) float64 {
		return y + 22*ridge(201, x/520) - 46*math.Exp(-math.Pow((x-sunX)/420, 2))*smooth(shore, 60, y)
	}, func(x, y float64) float64 {
		return (0.75*smooth(240, 1500, math.Hypot((x-sunX)*0.8, (y-shore)*1.9)) + 0.1) * (0.75 + 0.5*ridge(207, x/240+y/90))
	}))
	c.fill(new(shape).below(900, 2400, shore, func(x float64) float64 {
		return shore - 120*smooth(900, 2050, x) - 34*ridge(211, x/240)*smooth(900, 1300, x)
	}), flat(mix(inkSea, inkMist, 0.25)))
	c.fill(new(shape).below(1250, 2400, shore, func(x float64) float64 {
		return shore - 60*smooth(1250, 2300, x) - 22*ridge(215, x/130)*smooth(1250, 1500, x)
	}), flat(mix(inkSea, inkDeep, 0.35)))
	c.moleWithLight(shore)
	c.panoramaQuays(shore)
	c.panoramaTown(shore)
	c.panoramaRiver(shore)
	c.mirror(int(shore), 1.15, 22, mix(inkDeep, inkSea, 0.35), func(d float64) float64 { return 0.35 + 0.45*smooth(0, 280, d) })
	c.ripples(11, shore+5, 800, thin(inkNight, 0.32), func(_, _ float64) float64 { return 0.75 })
	c.ripples(61, shore+4, 800, thin(mix(inkOchre, inkPaper, 0.4), 0.9), func(x, y float64) float64 {
		return smooth(70+(y-shore)*0.5, 0, math.Abs(x-sunX))
	})
	c.smallFerry(566, shore+56, 0.42)
	c.fill(mooredBoat(1130, 640, 1.0), flat(inkNight))
	c.fill(mooredBoat(1960, 690, 1.35), flat(inkNight))
	c.sailing(960, 575, 0.36)
	c.sailing(250, 610, 0.42)
	for i := range 11 {
		c.farGull(spot{x: 1180 + 70*float64(i) + 60*hash(i, 220), y: 120 + 90*hash(i, 221), size: 0.1 + 0.08*hash(i, 222), turn: 0.5 * (hash(i, 223) - 0.5)}, hash(i, 224)*2-1)
	}
	return c.finish()
}

// moleWithLight runs out from the left edge with the lighthouse at its head.
func (c *canvas) moleWithLight(shore float64) {
	stone := mix(inkDeep, inkNight, 0.35)
	c.fill(new(shape).poly(0, shore, 0, shore-20, 300, shore-18, 318, shore-30, 372, shore-30, 392, shore), flat(stone))
	tower := new(shape).poly(328, shore-28, 336, shore-178, 358, shore-178, 366, shore-28)
	c.fill(tower, flat(mix(inkPaper, inkSand, 0.3)))
	bands := new(shape)
	for i := range 3 {
		y, in := shore-150+float64(i)*46, 10+float64(i)*2.4
		bands.poly(347-in, y, 347+in, y, 347+in+1, y+22, 347-in-1, y+22)
	}
	c.fill(bands, flat(inkCoral))
	c.fill(new(shape).poly(348, shore-178, 358, shore-178, 366, shore-28, 350, shore-28), thin(inkNight, 0.3))
	c.fill(new(shape).rect(330, shore-184, 34, 6).poly(335, shore-206, 347, shore-222, 359, shore-206), flat(inkNight))
	c.fill(new(shape).rect(338, shore-206, 18, 22), flat(mix(inkOchre, inkPaper, 0.6)))
	c.light(inkPaper, 347, shore-195, 90, 0.8)
	posts := new(shape)
	for i := range 12 {
		posts.rect(14+float64(i)*24, shore-30, 3, 12)
	}
	c.fill(posts.line(10, shore-29, 300, shore-27, 2), flat(stone))
}

// panoramaQuays are the container quays with a ship and the yard.
func (c *canvas) panoramaQuays(shore float64) {
	far := new(shape)
	for i := range 3 {
		gantry(far, 1010+float64(i)*140, shore-6, 0.74)
	}
	c.fill(far, flat(mix(inkSea, inkDeep, 0.3)))
	c.fill(new(shape).poly(880, shore, 886, shore-16, 1420, shore-16, 1420, shore), flat(mix(inkNight, inkDeep, 0.3)))
	near := new(shape)
	gantry(near, 1180, shore-14, 1.0)
	gantry(near, 1350, shore-14, 1.0)
	colours := []rgb{inkBrick, inkOchre, inkSea, inkCoral, inkMoss, inkSand}
	for i := range 17 {
		for j := range 4 - int(hash(i, 230)*2.4) {
			c.fill(new(shape).rect(912+float64(i)*15, shore-48-float64(j+1)*10, 14, 9), flat(mix(colours[int(hash(i, j+231)*6)], inkNight, 0.25)))
		}
	}
	c.fill(near, flat(inkNight))
	c.fill(new(shape).rect(874, shore-98, 26, 56).rect(868, shore-90, 38, 4), flat(inkPaper))
	c.fill(new(shape).poly(862, shore-46, 1176, shore-46, 1194, shore-58, 1176, shore, 868, shore), flat(inkBrick))
	c.fill(new(shape).poly(866, shore-12, 1180, shore-12, 1176, shore, 868, shore), flat(mix(inkBrick, inkNight, 0.5)))
}

// panoramaTown is Kelmouth itself: gables, two churches, the customs house.
func (c *canvas) panoramaTown(shore float64) {
	walls := []rgb{inkBrick, mix(inkCoral, inkSand, 0.3), inkOchre, mix(inkSea, inkMist, 0.3), inkSand, mix(inkBrick, inkNight, 0.35), mix(inkMist, inkPaper, 0.4)}
	for row := range 3 {
		lift := float64(2-row) * 38
		for x, i := 1400.0+20*float64(row), 0; x < 2010-30*float64(2-row); i++ {
			n := row*67 + i
			w, h := 24+20*hash(n, 240), 52+36*hash(n, 241)
			k := mix(walls[int(hash(n, 242)*7)], mix(inkDeep, inkNight, 0.3), 0.62-0.2*float64(row))
			base := shore - lift
			s := new(shape).rect(x, base-h, w+1, h+lift)
			if hash(n, 243) > 0.35 {
				s.poly(x, base-h, x+w/2, base-h-w*0.7, x+w, base-h)
			}
			c.fill(s, flat(k))
			c.fill(new(shape).rect(x+w*0.62, base-h, w*0.38, h+lift), thin(inkNight, 0.22))
			lit, dark := new(shape), new(shape)
			for f := range 4 {
				for q := range 2 {
					pane := dark
					if hash(n*5+f, q+244) > 0.66 {
						pane = lit
					}
					pane.rect(x+w*(0.2+0.4*float64(q)), base-h+9+float64(f)*16, w*0.18, 8)
				}
			}
			c.fill(dark, thin(inkNight, 0.45))
			c.fill(lit, flat(mix(inkOchre, inkPaper, 0.5)))
			x += w
		}
		if row == 0 {
			c.churches(shore)
		}
	}
	c.fill(new(shape).rect(1400, shore-10, 620, 10), flat(mix(inkNight, inkDeep, 0.3)))
}

// churches stand among the houses: a spire, a dome and the customs house clock.
func (c *canvas) churches(shore float64) {
	k := mix(inkDeep, inkNight, 0.25)
	s := new(shape).rect(1520, shore-240, 34, 240).poly(1514, shore-240, 1537, shore-372, 1560, shore-240)
	s.rect(1730, shore-170, 90, 170).arc(1775, shore-170, 45, 58, math.Pi, 2*math.Pi).rect(1768, shore-252, 14, 30).poly(1764, shore-252, 1775, shore-276, 1786, shore-252)
	s.rect(1918, shore-196, 40, 196).poly(1912, shore-196, 1938, shore-226, 1964, shore-196)
	c.fill(s, flat(k))
	c.fill(new(shape).poly(1514, shore-240, 1537, shore-372, 1532, shore-240), thin(inkSand, 0.7))
	c.fill(new(shape).arc(1775, shore-170, 45, 58, math.Pi, 1.5*math.Pi).poly(1730, shore-170, 1775, shore-228, 1775, shore-170), thin(inkSand, 0.28))
	c.fill(new(shape).circle(1938, shore-172, 13), flat(mix(inkOchre, inkPaper, 0.5)))
	c.fill(new(shape).line(1938, shore-172, 1938, shore-181, 2).line(1938, shore-172, 1944, shore-169, 2), flat(inkNight))
}

// panoramaRiver is the mouth of the Kel with the swing bridge and the hills.
func (c *canvas) panoramaRiver(shore float64) {
	dark := mix(inkNight, inkDeep, 0.25)
	s := new(shape).rect(2010, shore-34, 390, 8).rect(2186, shore-34, 34, 34).rect(2010, shore-34, 16, 34).rect(2380, shore-34, 20, 34)
	s.line(2030, shore-36, 2203, shore-96, 5).line(2203, shore-96, 2376, shore-36, 5)
	for i := range 9 {
		x := 2040 + float64(i)*41
		top := shore - 36 - 60*(1-math.Abs(x-2203)/173)
		s.line(x, shore-34, x, top, 3)
	}
	s.rect(2188, shore-122, 30, 28).poly(2182, shore-122, 2203, shore-140, 2224, shore-122)
	c.fill(s, flat(dark))
	c.fill(new(shape).rect(2194, shore-115, 7, 9).rect(2206, shore-115, 7, 9), flat(inkOchre))
	tram := new(shape).rect(2064, shore-52, 66, 17)
	c.fill(tram, flat(inkCoral))
	panes := new(shape)
	for i := range 6 {
		panes.rect(2068+float64(i)*10.4, shore-49, 7, 6)
	}
	c.fill(panes, flat(inkPaper))
}

// smallFerry is the boat to the Skells by day, seen from the side; x, y is the
// middle of her water line.
func (c *canvas) smallFerry(x, y, size float64) {
	at := spot{x: x, y: y, size: size}
	c.fill(new(shape).poly(at.at(-250, -196, 220, -196, 220, -120, -250, -120)...).poly(at.at(-205, -256, 140, -256, 140, -194, -205, -194)...), flat(inkPaper))
	c.fill(new(shape).poly(at.at(60, -300, 180, -300, 180, -254, 60, -254)...).poly(at.at(-120, -340, -52, -340, -48, -256, -140, -256)...), flat(mix(inkPaper, inkSand, 0.4)))
	c.fill(new(shape).poly(at.at(-124, -322, -51, -322, -49, -280, -134, -280)...), flat(inkCoral))
	c.fill(new(shape).poly(at.at(-330, -124, 372, -132, 300, 14, -290, 14)...), flat(inkDeep))
	c.fill(new(shape).poly(at.at(-303, -18, 316, -18, 300, 14, -290, 14)...), flat(inkBrick))
	panes := new(shape)
	for i := range 14 {
		panes.poly(at.at(-236+float64(i)*32.4, -178, -215+float64(i)*32.4, -178, -215+float64(i)*32.4, -148, -236+float64(i)*32.4, -148)...)
	}
	c.fill(panes, flat(inkDeep))
	mirror := new(shape)
	for i := range 9 {
		mirror.ellipse(x+10*wave(i, 0.5), y+float64(i)*8, (260-20*float64(i))*size, 3.4)
	}
	c.fill(mirror, thin(inkDeep, 0.6))
	c.fill(new(shape).ellipse(x+130, y+5, 34, 3).ellipse(x-130, y+6, 50, 4), thin(inkPaper, 0.8))
}

// sailing is a small yacht, far off.
func (c *canvas) sailing(x, y, size float64) {
	at := spot{x: x, y: y, size: size, turn: 0.08}
	c.fill(new(shape).poly(at.at(-70, -16, 84, -22, 58, 8, -56, 8)...), flat(inkNight))
	c.fill(new(shape).curve(at.at(-4, -26, -4, -240, -34, -160, -84, -34)...), flat(inkPaper))
	c.fill(new(shape).curve(at.at(6, -26, 4, -216, 40, -120, 76, -28)...), flat(mix(inkPaper, inkSand, 0.5)))
	c.fill(new(shape).ellipse(x, y+10*size, 70*size, 5*size), thin(inkPaper, 0.4))
}
