package demo

import (
	"image"
	"math"
)

// drawHills is a night train on a viaduct among hills of cut paper.
func drawHills() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 620, mix(inkSand, inkPaper, 0.5), mix(inkCoral, inkSand, 0.55)))
	c.light(inkPaper, 560, 300, 360, 0.8)
	c.fill(new(shape).circle(560, 300, 96), flat(inkPaper))
	layers := []rgb{mix(inkMist, inkSand, 0.35), mix(inkMist, inkSea, 0.35), inkSea, mix(inkSea, inkDeep, 0.55), inkDeep}
	for i, k := range layers {
		top, span := 400+95*float64(i), 560-60*float64(i)
		c.cut(new(shape).below(0, 1600, min(1000, top+390), func(x float64) float64 {
			dale := 0.0
			if i > 2 { // the dale that the viaduct crosses
				dale = 150 * math.Exp(-math.Pow((x-820)/430, 2))
			}
			return top - (105-9*float64(i))*ridge(31+7*i, x/span) + dale
		}), k, mix(k, inkNight, 0.35), 0.16)
		if i == 2 {
			c.viaduct(612)
		}
	}
	c.cut(new(shape).below(0, 1600, 1000, func(x float64) float64 { return 905 - 40*ridge(77, x/300) }), inkNight, inkNight, 0.2)
	firs := new(shape)
	for i := range 34 {
		x := 20 + float64(i)*48 + 30*hash(i, 12)
		y, h := 925-40*ridge(77, x/300), 60+75*hash(i, 13)
		firs.poly(x-h*0.2, y, x, y-h, x+h*0.2, y).poly(x-h*0.27, y+14, x, y-h*0.6, x+h*0.27, y+14)
	}
	c.fill(firs, flat(inkNight))
	return c.finish()
}

// viaduct crosses the picture at height y with a train on it.
func (c *canvas) viaduct(y float64) {
	stone := mix(inkSand, inkBrick, 0.25)
	piers := new(shape).rect(0, y, 1600, 34)
	for i := range 11 {
		x := float64(i) * 160
		piers.rect(x-17, y+30, 34, 300)
		for j := range 12 { // the arch, as steps between two piers
			a, b := float64(j)/12, float64(j+1)/12
			rise := func(t float64) float64 { return 66 * (1 - math.Sqrt(1-math.Pow(2*t-1, 2)*0.98)) }
			piers.poly(x+160*a, y+30, x+160*b, y+30, x+160*b, y+34+rise(b), x+160*a, y+34+rise(a))
		}
	}
	c.fill(piers.moved(10, 8), thin(inkNight, 0.25))
	c.fill(piers, flat(stone))
	c.fill(new(shape).rect(0, y-6, 1600, 8), flat(mix(stone, inkNight, 0.35)))
	coaches, lit := new(shape), new(shape)
	for i := range 5 {
		x := 300 + float64(i)*178
		coaches.rect(x, y-62, 168, 52).rect(x+8, y-68, 152, 8)
		for j := range 7 {
			lit.rect(x+12+float64(j)*21.4, y-50, 14, 18)
		}
	}
	coaches.rect(1190, y-62, 104, 52).poly(1290, y-62, 1330, y-34, 1336, y-10, 1290, y-10)
	c.fill(coaches, flat(inkBrick))
	c.fill(lit.rect(1262, y-52, 24, 18), flat(mix(inkOchre, inkPaper, 0.45)))
	c.fill(new(shape).rect(300, y-24, 1034, 4), flat(inkSand))
	c.light(inkPaper, 1338, y-22, 90, 0.7)
}

// drawDryValley is a well in a dry valley.
func drawDryValley() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 560, mix(inkOchre, inkSand, 0.4), inkPaper))
	c.fill(new(shape).circle(1130, 250, 120), flat(mix(inkCoral, inkOchre, 0.25)))
	c.wash(0, 600, halftone(inkCoral, 14, func(x, y float64) float64 { return 0.42 * smooth(330, -80, y) }))
	layers := []rgb{mix(inkCoral, inkSand, 0.6), mix(inkCoral, inkSand, 0.3), mix(inkCoral, inkBrick, 0.35), inkBrick}
	for i, k := range layers {
		top, span := 430+90*float64(i), 470-40*float64(i)
		c.cut(new(shape).below(0, 1600, top+330, func(x float64) float64 {
			dale := 70 * math.Exp(-math.Pow((x-780)/330, 2))
			return top - 85*ridge(101+9*i, x/span) + dale
		}), k, mix(k, inkBrick, 0.6), 0.13)
	}
	c.cut(new(shape).below(0, 1600, 1000, func(x float64) float64 { return 800 - 14*ridge(140, x/400) }), inkSand, mix(inkSand, inkCoral, 0.5), 0.2)
	c.acacia(1290, 812, 1.2)
	c.acacia(240, 806, 0.8)
	c.panels(330, 850)
	c.well(800, 862)
	return c.finish()
}

func (c *canvas) acacia(x, y, size float64) {
	s := new(shape).line(x, y, x+10*size, y-110*size, 14*size)
	s.line(x+8*size, y-90*size, x-70*size, y-170*size, 8*size).line(x+10*size, y-100*size, x+90*size, y-180*size, 8*size)
	s.line(x+10*size, y-108*size, x+14*size, y-180*size, 7*size)
	c.fill(s, flat(inkNight))
	crown := new(shape).ellipse(x+10*size, y-190*size, 160*size, 26*size).ellipse(x-70*size, y-176*size, 88*size, 18*size)
	crown.ellipse(x+90*size, y-184*size, 96*size, 20*size).ellipse(x+20*size, y-210*size, 96*size, 20*size)
	c.fill(crown, flat(mix(inkMoss, inkNight, 0.35)))
	c.fill(new(shape).ellipse(x+60*size, y+4*size, 170*size, 9*size), thin(inkNight, 0.28))
}

// well is a ring of stones with its winch, and the woman who keeps it.
func (c *canvas) well(x, y float64) {
	c.fill(new(shape).ellipse(x+90, y+44, 250, 20), thin(inkNight, 0.25))
	c.fill(new(shape).rect(x-130, y-50, 260, 92).ellipse(x, y+42, 130, 26), flat(mix(inkSand, inkNight, 0.3)))
	stones := new(shape)
	for j := range 3 {
		for i := range 7 {
			left := x - 124 + float64(i)*37 - float64(j%2)*16 + 8
			stones.rect(left, y-38+float64(j)*30, min(31, x+126-left), 24)
		}
	}
	c.fill(stones, thin(inkPaper, 0.35))
	c.fill(new(shape).ellipse(x, y-50, 130, 26), flat(inkSand))
	c.fill(new(shape).ellipse(x, y-49, 104, 18), flat(inkDeep))
	c.fill(new(shape).ellipse(x+14, y-45, 66, 8), flat(inkMist))
	winch := new(shape).line(x-112, y-46, x-104, y-230, 12).line(x+112, y-46, x+104, y-230, 12)
	winch.line(x-118, y-206, x+134, y-206, 10).rect(x-42, y-220, 84, 28).line(x+134, y-206, x+134, y-172, 7)
	winch.line(x, y-206, x, y-74, 3).poly(x-18, y-96, x+18, y-96, x+13, y-62, x-13, y-62)
	c.fill(winch, flat(inkNight))
	c.keeper(x+230, y+40)
}

// keeper is a woman in working clothes with a bucket, feet at x, y.
func (c *canvas) keeper(x, y float64) {
	c.fill(new(shape).ellipse(x+56, y+2, 96, 8), thin(inkNight, 0.28))
	dark := mix(inkBrick, inkNight, 0.55)
	c.fill(new(shape).line(x-10, y-70, x-16, y, 17).line(x+10, y-70, x+18, y, 17), flat(inkNight))
	c.fill(new(shape).line(x+20, y-132, x+44, y-84, 12).line(x-20, y-132, x-34, y-80, 12), flat(inkSea))
	c.fill(new(shape).curve(x-24, y-62, x-27, y-130, x-12, y-150, x+12, y-150, x+27, y-130, x+24, y-62), flat(inkSea))
	c.fill(new(shape).circle(x, y-172, 17).circle(x+46, y-80, 7).circle(x-35, y-76, 7).rect(x-6, y-158, 12, 14), flat(dark))
	c.fill(new(shape).arc(x, y-176, 22, 24, math.Pi, 2*math.Pi).ellipse(x, y-177, 36, 5), flat(inkOchre))
	c.fill(new(shape).line(x+46, y-80, x+46, y-50, 2).poly(x+28, y-52, x+64, y-52, x+58, y-10, x+34, y-10), flat(inkCoral))
}

// panels are sun collectors that drive the pump; x, y is the foot of the first.
func (c *canvas) panels(x, y float64) {
	for i := range 3 {
		px := x - 150 + float64(i)*150
		c.fill(new(shape).ellipse(px+50, y+4, 90, 9), thin(inkNight, 0.28))
		c.fill(new(shape).rect(px-4, y-110, 8, 114).line(px, y-40, px+34, y-96, 5), flat(inkNight))
		sheet := new(shape).poly(px-74, y-84, px-44, y-176, px+84, y-176, px+54, y-84)
		c.fill(sheet, fade(y-176, y-84, mix(inkDeep, inkMist, 0.35), inkDeep))
		cells := new(shape)
		for n := range 5 {
			d := float64(n) * 32
			cells.line(px-74+d, y-84, px-44+d, y-176, 3)
		}
		for n := range 4 {
			t := float64(n) / 3
			cells.line(px-74+30*t, y-84-92*t, px+54+30*t, y-84-92*t, 3)
		}
		c.fill(cells, flat(inkMist))
	}
}
