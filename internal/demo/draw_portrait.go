package demo

import (
	"image"
	"math"
)

// sitter is how somebody looks on the drawn portrait beside a byline.
type sitter struct {
	ground, skin, hair, coat rgb
	cut                      haircut
	glasses, beard, scarf    bool
}

// haircut is a shape of hair.
type haircut int

const (
	short haircut = iota
	bob
	curls
	bun
	long
)

func sitterHallward() sitter {
	return sitter{ground: inkMist, skin: mix(inkSand, inkCoral, 0.3), hair: inkBrick, coat: inkDeep, cut: bob, scarf: true}
}

func sitterRenmark() sitter {
	return sitter{ground: inkSand, skin: mix(inkSand, inkCoral, 0.38), hair: mix(inkNight, inkMist, 0.55), coat: inkNight, cut: short, glasses: true}
}

func sitterVastrel() sitter {
	return sitter{ground: mix(inkCoral, inkSand, 0.4), skin: mix(inkBrick, inkNight, 0.35), hair: inkNight, coat: inkOchre, cut: curls}
}

func sitterPellaway() sitter {
	return sitter{ground: mix(inkSea, inkMist, 0.3), skin: mix(inkSand, inkBrick, 0.45), hair: inkNight, coat: inkBrick, cut: bun, glasses: true}
}

func sitterHaddane() sitter {
	return sitter{ground: inkOchre, skin: mix(inkSand, inkBrick, 0.5), hair: inkNight, coat: inkMoss, cut: short, beard: true}
}

func sitterLomantseva() sitter {
	return sitter{ground: inkSky, skin: mix(inkPaper, inkCoral, 0.3), hair: mix(inkOchre, inkSand, 0.3), coat: inkCoral, cut: long, scarf: true}
}

// drawPortrait is a head and shoulders without a face: the light from the left
// tells enough.
func drawPortrait(p sitter) *image.RGBA {
	c := newCanvas(portraitSize, portraitSize)
	c.ground(flat(p.ground))
	c.wash(0, portraitSize, halftone(mix(p.ground, inkNight, 0.5), 13, func(x, y float64) float64 {
		return 0.55 * smooth(250, 900, x*0.7+y*0.5)
	}))
	c.hairBehind(p)
	neck := new(shape).poly(338, 430, 462, 430, 470, 600, 330, 600)
	c.fill(neck, flat(mix(p.skin, inkNight, 0.22)))
	coat := new(shape).curve(96, 900, 108, 730, 166, 640, 320, 562, 400, 590, 480, 562, 634, 640, 692, 730, 704, 900)
	c.fill(coat, flat(p.coat))
	c.shadeRight(coat)
	if p.scarf {
		scarf := new(shape).curve(296, 552, 330, 520, 400, 560, 470, 520, 504, 552, 500, 600, 400, 640, 300, 600)
		c.fill(scarf, flat(mix(inkPaper, inkOchre, 0.35)))
		c.shadeRight(scarf)
	} else {
		c.fill(new(shape).poly(322, 556, 400, 690, 352, 640, 296, 572), flat(inkPaper))
		c.fill(new(shape).poly(478, 556, 400, 690, 448, 640, 504, 572), flat(mix(inkPaper, inkMist, 0.5)))
	}
	head := new(shape).curve(400, 196, 488, 226, 520, 316, 506, 408, 454, 484, 400, 506, 346, 484, 294, 408, 280, 316, 312, 226)
	c.fill(new(shape).ellipse(284, 350, 20, 36).ellipse(516, 350, 20, 36), flat(mix(p.skin, inkNight, 0.12)))
	c.fill(head, flat(p.skin))
	c.shadeRight(head)
	c.fill(new(shape).curve(398, 330, 426, 396, 414, 410, 390, 408), thin(inkNight, 0.16)) // the nose's shadow
	if p.beard {
		c.fill(new(shape).curve(284, 350, 304, 396, 350, 420, 400, 414, 450, 420, 496, 396, 516, 350, 512, 430, 458, 506, 400, 528, 342, 506, 288, 430), flat(p.hair))
	}
	c.hairBefore(p)
	if p.glasses {
		g := new(shape).circle(344, 344, 44).hole(344, 344, 37).circle(456, 344, 44).hole(456, 344, 37)
		c.fill(g.path(7, 386, 338, 400, 330, 414, 338).line(302, 336, 280, 328, 7).line(498, 336, 520, 328, 7), flat(inkNight))
		c.fill(new(shape).circle(344, 344, 37).circle(456, 344, 37), thin(inkPaper, 0.3))
	}
	return c.finish()
}

// shadeRight darkens the side of a shape that is away from the light.
func (c *canvas) shadeRight(s *shape) {
	c.fill(s, halftone(inkNight, 9, func(x, y float64) float64 { return 0.42 * smooth(400, 560, x+0.1*y) }))
}

// hairBehind is what of the hair falls behind the neck.
func (c *canvas) hairBehind(p sitter) {
	switch p.cut {
	case bob:
		c.fill(new(shape).curve(400, 158, 520, 200, 562, 330, 548, 486, 400, 520, 252, 486, 238, 330, 280, 200), flat(p.hair))
	case long:
		c.fill(new(shape).curve(400, 158, 520, 200, 556, 340, 570, 560, 540, 700, 400, 640, 260, 700, 230, 560, 244, 340, 280, 200), flat(p.hair))
	case bun:
		c.fill(new(shape).circle(400, 140, 70), flat(p.hair))
	case curls:
		s := new(shape)
		for i := range 15 {
			a := float64(i)*0.3 - 0.55
			s.circle(400-168*math.Cos(a), 322-160*math.Sin(a), 62+14*hash(i, 400))
		}
		c.fill(s.circle(400, 260, 150), flat(p.hair))
	}
}

// hairBefore is what of the hair lies over the brow.
func (c *canvas) hairBefore(p sitter) {
	s := new(shape)
	switch p.cut {
	case short:
		s.curve(276, 330, 268, 240, 310, 176, 400, 154, 490, 176, 532, 240, 524, 330, 506, 270, 470, 236, 380, 246, 320, 230, 296, 270)
	case bob, long:
		s.curve(268, 400, 252, 280, 300, 184, 400, 160, 500, 184, 548, 280, 532, 400, 508, 300, 440, 240, 372, 220, 330, 262, 292, 310)
	case bun:
		s.curve(278, 320, 276, 230, 330, 170, 400, 160, 470, 170, 524, 230, 522, 320, 500, 262, 450, 222, 400, 214, 350, 222, 300, 262)
	case curls:
		for i := range 7 {
			s.circle(286+float64(i)*38, 216-22*math.Sin(float64(i)*0.52), 38)
		}
	}
	c.fill(s, flat(p.hair))
	c.fill(s, halftone(mix(p.hair, inkPaper, 0.4), 9, func(x, y float64) float64 { return 0.3 * smooth(420, 260, x+0.3*(y-200)) }))
}
