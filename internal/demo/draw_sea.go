package demo

import (
	"image"
	"math"
)

// drawNightFerry is the night boat between two islands.
func drawNightFerry() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const horizon = 600.0
	c.wash(0, int(horizon), fade(0, horizon, inkNight, mix(inkSea, inkDeep, 0.35)))
	c.stars(horizon - 120)
	c.light(inkSky, 1240, 210, 330, 0.42)
	c.fill(new(shape).circle(1240, 210, 74), flat(mix(inkPaper, inkSand, 0.25)))
	c.fill(new(shape).circle(1216, 196, 16).circle(1262, 236, 11).circle(1258, 182, 7), thin(inkSand, 0.6))
	c.fill(new(shape).below(0, 700, horizon, func(x float64) float64 {
		return horizon - 150*smooth(700, 120, x) - 22*ridge(3, x/120)*smooth(700, 400, x)
	}), fade(430, horizon, inkDeep, mix(inkDeep, inkNight, 0.5)))
	c.fill(new(shape).below(1080, 1600, horizon, func(x float64) float64 {
		return horizon - 96*smooth(1080, 1420, x) - 18*ridge(8, x/90)*smooth(1100, 1300, x)
	}), flat(mix(inkDeep, inkNight, 0.35)))
	lamps := new(shape)
	for i := range 16 {
		lamps.circle(60+hash(i, 3)*420, horizon-10-hash(i, 4)*46, 3)
	}
	c.fill(lamps, flat(inkOchre))
	c.wash(int(horizon), 1000, fade(horizon, 1000, mix(inkSea, inkNight, 0.4), inkNight))
	c.ripples(3, horizon+4, 1000, thin(inkSky, 0.75), func(x, y float64) float64 {
		return 0.8 * smooth(50+(y-horizon)*0.4, 0, math.Abs(x-1240))
	})
	c.ripples(90, horizon+4, 1000, thin(inkNight, 0.5), func(_, _ float64) float64 { return 0.4 })
	c.ferry(730, 690)
	return c.finish()
}

func (c *canvas) stars(below float64) {
	s := new(shape)
	for i := range 130 {
		s.circle(hash(i, 1)*float64(c.w), hash(i, 2)*below, 0.8+2.2*hash(i, 9)*hash(i, 9))
	}
	c.fill(s, thin(inkPaper, 0.8))
}

// ferry is the boat at night, seen from the side; x, y is the middle of her
// water line.
func (c *canvas) ferry(x, y float64) {
	c.ripples(200, y+8, 985, thin(mix(inkOchre, inkPaper, 0.25), 0.8), func(px, py float64) float64 {
		return 0.75 * smooth(320, 90, math.Abs(px-x)) * smooth(980, y, py)
	})
	c.light(inkOchre, x-20, y-110, 380, 0.34)
	c.fill(new(shape).rect(x-250, y-196, 470, 76).rect(x-205, y-256, 345, 62), flat(inkPaper))
	c.fill(new(shape).rect(x+60, y-300, 120, 46).poly(x-140, y-256, x-120, y-340, x-52, y-340, x-48, y-256), flat(inkPaper))
	c.fill(new(shape).poly(x-135.2, y-276, x-124.3, y-322, x-51, y-322, x-49, y-276), flat(inkCoral))
	c.fill(new(shape).poly(x-330, y-124, x+372, y-132, x+300, y+14, x-290, y+14), flat(inkDeep))
	c.fill(new(shape).poly(x-330, y-124, x+372, y-132, x+366, y-118, x-325, y-110), flat(inkCoral))
	c.fill(new(shape).poly(x-303, y-18, x+316, y-18, x+300, y+14, x-290, y+14), flat(inkBrick))
	lit, panes := new(shape), new(shape)
	for i := range 14 {
		lit.rect(x-236+float64(i)*32.4, y-178, 21, 30)
	}
	for i := range 10 {
		lit.rect(x-192+float64(i)*32.6, y-240, 21, 26)
	}
	for i := range 12 {
		lit.circle(x-262+float64(i)*48, y-68, 8)
	}
	panes.rect(x+70, y-290, 102, 20)
	c.fill(lit, flat(mix(inkOchre, inkPaper, 0.25)))
	c.fill(panes, flat(inkSea))
	mast := new(shape).line(x+110, y-300, x+110, y-392, 5).line(x+88, y-360, x+132, y-360, 3)
	mast.line(x+330, y-130, x+330, y-190, 4).line(x-312, y-124, x-312, y-180, 4)
	c.fill(mast, flat(inkPaper))
	c.light(inkPaper, x+110, y-392, 46, 0.9)
	c.fill(new(shape).circle(x+110, y-392, 5), flat(inkPaper))
	c.fill(new(shape).ellipse(x+330, y+16, 60, 6).ellipse(x-320, y+16, 84, 5), thin(inkSky, 0.8))
}

// drawFog is the light on the mole in fog.
func drawFog() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, mix(inkMist, inkSea, 0.25), inkSky))
	const x, lamp = 1120.0, 300.0
	c.light(inkPaper, x, lamp, 420, 0.9)
	c.fill(new(shape).poly(x, lamp-6, -40, lamp-190, -40, lamp+70, x, lamp+6), func(px, _ int) (rgb, float64) {
		return inkPaper, 0.62 * smooth(-200, x, float64(px))
	})
	c.fill(new(shape).poly(x, lamp-5, 1640, lamp-70, 1640, lamp+110, x, lamp+5), thin(inkPaper, 0.4))
	banks := []rgb{mix(inkMist, inkSky, 0.2), mix(inkMist, inkSea, 0.3), mix(inkSea, inkMist, 0.35)}
	for i, k := range banks {
		top := 560 + 90*float64(i)
		c.cut(new(shape).below(0, 1600, top+300, func(px float64) float64 { return top - 30*wave(20+i, px/(420-60*float64(i))) }), k, inkSky, 0.10)
		if i == 1 {
			c.tower(x, lamp)
		}
	}
	c.wash(420, 900, rows(func(y float64) (rgb, float64) { // fog is thickest half-way down
		return inkSky, 0.6 * smooth(420, 660, y) * smooth(900, 680, y)
	}))
	c.fill(new(shape).poly(1600, 846, 0, 912, 0, 1000, 1600, 1000), flat(inkDeep))
	c.fill(new(shape).poly(1600, 846, 0, 912, 0, 924, 1600, 862), flat(mix(inkDeep, inkMist, 0.5)))
	posts := new(shape)
	for i := range 9 {
		px := 60 + float64(i)*185
		py := 912 - px*66/1600
		posts.poly(px-15, py+8, px-10, py-52, px+10, py-52, px+15, py+8).ellipse(px, py-52, 15, 8)
	}
	c.fill(posts, flat(inkNight))
	c.walker(520, 892)
	return c.finish()
}

// tower is the lighthouse, its lamp at the height given.
func (c *canvas) tower(x, lamp float64) {
	body := new(shape).poly(x-46, lamp+48, x+46, lamp+48, x+82, 760, x-82, 760)
	c.fill(body, flat(mix(inkPaper, inkMist, 0.25)))
	for i := range 3 {
		y := lamp + 110 + float64(i)*130
		in := func(y float64) float64 { return 46 + (y-lamp-48)*36/(760-lamp-48) }
		c.fill(new(shape).poly(x-in(y), y, x+in(y), y, x+in(y+62), y+62, x-in(y+62), y+62), flat(mix(inkCoral, inkMist, 0.25)))
	}
	c.fill(new(shape).poly(x+6, lamp+48, x+46, lamp+48, x+82, 760, x+20, 760), thin(inkDeep, 0.25))
	c.fill(new(shape).rect(x-60, lamp+38, 120, 12).poly(x-40, lamp-32, x, lamp-72, x+40, lamp-32), flat(inkDeep))
	c.fill(new(shape).rect(x-34, lamp-32, 68, 70), flat(mix(inkOchre, inkPaper, 0.55)))
	c.fill(new(shape).rect(x-36, lamp-32, 5, 70).rect(x-3, lamp-32, 5, 70).rect(x+31, lamp-32, 5, 70), flat(inkDeep))
	c.light(inkPaper, x, lamp, 120, 0.8)
}

// walker is somebody in a long coat with a dog, feet at x, y.
func (c *canvas) walker(x, y float64) {
	s := new(shape).circle(x, y-118, 13)
	s.poly(x-12, y-104, x+14, y-104, x+27, y-26, x-24, y-26)
	s.line(x-8, y-28, x-15, y+2, 9).line(x+10, y-28, x+18, y, 9)
	s.line(x+14, y-92, x+36, y-52, 7).line(x+36, y-54, x+84, y-30, 1.6)
	s.ellipse(x+106, y-24, 25, 9).circle(x+132, y-36, 9).poly(x+136, y-42, x+150, y-35, x+138, y-30)
	s.line(x+88, y-20, x+85, y+1, 4).line(x+96, y-20, x+98, y+1, 4).line(x+118, y-20, x+115, y, 4).line(x+124, y-20, x+127, y, 4)
	s.line(x+84, y-28, x+68, y-46, 4)
	c.fill(s, flat(inkNight))
}
