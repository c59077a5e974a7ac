package demo

import "math"

func sitterFeldkirch() sitter {
	return sitter{ground: mix(inkSand, inkMist, 0.5), skin: mix(inkSand, inkCoral, 0.34), hair: mix(inkPaper, inkMist, 0.4), coat: mix(inkNight, inkDeep, 0.3), cut: thinning, glasses: squareGlasses, lined: true}
}

func sitterKoval() sitter {
	return sitter{ground: mix(inkMoss, inkMist, 0.45), skin: mix(inkPaper, inkCoral, 0.34), hair: mix(inkBrick, inkNight, 0.6), coat: inkCoral, cut: tied, collar: roll}
}

func sitterRostami() sitter {
	return sitter{ground: mix(inkSea, inkSky, 0.35), skin: mix(inkSand, inkBrick, 0.4), hair: mix(inkNight, inkBrick, 0.12), coat: mix(inkOchre, inkBrick, 0.45), cut: waves, beard: full}
}

func sitterOskarne() sitter {
	return sitter{ground: mix(inkCoral, inkSand, 0.62), skin: mix(inkSand, inkCoral, 0.3), hair: mix(inkMist, inkPaper, 0.45), coat: inkNight, cut: bob, cap: pilotCap, collar: shirt, lined: true}
}

func sitterMossby() sitter {
	return sitter{ground: mix(inkOchre, inkPaper, 0.3), skin: mix(inkSand, inkCoral, 0.26), hair: mix(mix(inkBrick, inkNight, 0.45), inkMist, 0.3), coat: mix(inkMoss, inkDeep, 0.3), cut: ringlets, collar: scarf}
}

func sitterKeeper() sitter {
	return sitter{ground: mix(inkDeep, inkSea, 0.5), skin: mix(inkCoral, inkSand, 0.5), hair: mix(inkPaper, inkMist, 0.25), coat: mix(inkDeep, inkNight, 0.4), cut: thinning, cap: knitCap, collar: roll, beard: full, lined: true}
}

// faceHair is a beard, close or grown, with its moustache.
func (c *canvas) faceHair(p sitter) {
	s := new(shape)
	switch p.beard {
	case cropped:
		s.curve(284, 350, 304, 396, 350, 420, 400, 414, 450, 420, 496, 396, 516, 350, 512, 430, 458, 506, 400, 528, 342, 506, 288, 430)
	case full:
		s.curve(282, 340, 300, 400, 344, 424, 400, 408, 456, 424, 500, 400, 518, 340, 524, 440, 492, 532, 440, 584, 400, 596, 360, 584, 308, 532, 276, 440)
	}
	c.fill(s, flat(p.hair))
	if p.beard != full {
		return
	}
	strands := new(shape)
	for i := range 17 {
		t := float64(i)/8 - 1
		strands.bent(2.4, 400+104*t, 436+14*math.Abs(t), 400+92*t, 500, 400+58*t, 572-22*t*t)
	}
	c.inside(s, strands, thin(inkNight, 0.2))
	c.shadeRight(s)
	c.fill(new(shape).curve(372, 450, 400, 444, 428, 450, 400, 464), thin(mix(inkBrick, inkNight, 0.4), 0.7)) // the mouth
}

// wrinkles are the lines of a weathered face: on the brow, beside the eyes and
// from the nose to the mouth.
func (c *canvas) wrinkles(p sitter) {
	s := new(shape)
	for i := range 3 {
		y := 250 + 17*float64(i)
		s.bent(2.6, 344+6*float64(i), y+3, 386, y-2, 424, y+1, 458-5*float64(i), y+5)
	}
	for _, side := range []float64{-1, 1} {
		for i := range 3 {
			s.line(400+side*92, 344+6*float64(i), 400+side*112, 334+13*float64(i), 2.4)
		}
		s.bent(2.8, 400+side*32, 400, 400+side*48, 424, 400+side*50, 448)
	}
	c.fill(s, thin(mix(p.skin, inkNight, 0.75), 0.6))
}

// spectacles are round or square ones, with the light in them.
func (c *canvas) spectacles(p sitter) {
	rims, glass := new(shape), new(shape)
	switch p.glasses {
	case roundGlasses:
		rims.circle(344, 344, 44).hole(344, 344, 37).circle(456, 344, 44).hole(456, 344, 37)
		glass.circle(344, 344, 37).circle(456, 344, 37)
	case squareGlasses:
		for _, x := range []float64{298, 414} {
			rims.path(8, x, 314, x+88, 314, x+82, 376, x+8, 376, x, 314)
			glass.poly(x, 314, x+88, 314, x+82, 376, x+8, 376)
		}
	default:
		return
	}
	c.fill(rims.path(7, 386, 338, 400, 330, 414, 338).line(302, 336, 280, 328, 7).line(498, 336, 520, 328, 7), flat(inkNight))
	c.fill(glass, thin(inkPaper, 0.3))
}

// headdress is a cap over the hair.
func (c *canvas) headdress(p sitter) {
	switch p.cap {
	case pilotCap:
		crown := new(shape).curve(400, 116, 500, 126, 572, 176, 568, 214, 516, 262, 400, 250, 284, 262, 232, 214, 228, 176, 300, 126)
		c.fill(crown, flat(inkPaper))
		c.shadeRight(crown)
		band := new(shape).poly(282, 230, 340, 222, 400, 219, 460, 222, 518, 230, 522, 284, 400, 272, 278, 284)
		c.fill(band, flat(inkNight))
		visor := new(shape).curve(280, 280, 400, 264, 520, 280, 506, 322, 400, 316, 294, 322)
		c.fill(visor.moved(0, 14), thin(inkNight, 0.3))
		c.fill(visor, flat(mix(inkNight, inkDeep, 0.35)))
		c.fill(new(shape).curve(300, 292, 360, 280, 400, 279, 400, 288, 350, 294, 306, 306), thin(inkMist, 0.5))
		c.fill(new(shape).rect(284, 270, 232, 5), flat(inkOchre))
		badge := new(shape).circle(400, 238, 17).curve(372, 232, 386, 246, 386, 226, 374, 222).curve(428, 232, 426, 222, 414, 226, 414, 246)
		c.fill(badge, flat(inkOchre))
		c.fill(new(shape).line(400, 228, 400, 249, 3).line(393, 233, 407, 233, 3).arc(400, 242, 8, 7, 0, math.Pi), flat(inkNight))
	case knitCap:
		k := mix(inkCoral, inkBrick, 0.25)
		dome := new(shape).curve(270, 300, 268, 214, 316, 142, 400, 118, 484, 142, 532, 214, 530, 300, 400, 262)
		c.fill(dome, flat(k))
		c.fill(dome, engrave(mix(k, inkNight, 0.6), 15, func(x, y float64) float64 { return (x-400)*(1+0.0016*(300-y)) + 7 }, func(x, y float64) float64 {
			return 0.18 + 0.4*smooth(380, 540, x)
		}))
		fold := new(shape).curve(262, 318, 258, 268, 330, 244, 400, 238, 470, 244, 542, 268, 538, 318, 470, 294, 400, 288, 330, 294)
		c.fill(fold.moved(0, 12), thin(inkNight, 0.3))
		c.fill(fold, flat(mix(k, inkPaper, 0.12)))
		ribs := new(shape)
		for i := range 23 {
			x := 264 + float64(i)*12.4
			ribs.line(x, 236, 400+(x-400)*1.03, 322, 3)
		}
		c.inside(fold, ribs, thin(inkNight, 0.3))
		c.shadeRight(fold)
	}
}
