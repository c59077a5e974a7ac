package demo

import (
	"image"
	"math"
)

// sitter is how somebody looks on the drawn portrait beside a byline.
type sitter struct {
	ground, skin, hair, coat rgb
	cut                      haircut
	cap                      headgear
	collar                   collar
	glasses                  eyewear
	beard                    beard
	lined                    bool // by weather and years
}

// haircut is a shape of hair.
type haircut int

const (
	short haircut = iota
	bob
	curls
	bun
	long
	thinning
	waves
	tied
	ringlets
)

// headgear is what somebody wears on the head.
type headgear int

const (
	bareheaded headgear = iota
	pilotCap
	knitCap
)

// collar is what closes a coat at the neck.
type collar int

const (
	shirt collar = iota
	scarf
	roll
)

// eyewear is a pair of glasses, or none.
type eyewear int

const (
	noGlasses eyewear = iota
	roundGlasses
	squareGlasses
)

// beard is how much of one somebody has.
type beard int

const (
	shaven beard = iota
	cropped
	full
)

func sitterHallward() sitter {
	return sitter{ground: inkMist, skin: mix(inkSand, inkCoral, 0.3), hair: inkBrick, coat: inkDeep, cut: bob, collar: scarf}
}

func sitterRenmark() sitter {
	return sitter{ground: inkSand, skin: mix(inkSand, inkCoral, 0.38), hair: mix(inkNight, inkMist, 0.55), coat: inkNight, cut: short, glasses: roundGlasses}
}

func sitterVastrel() sitter {
	return sitter{ground: mix(inkCoral, inkSand, 0.4), skin: mix(inkBrick, inkNight, 0.35), hair: inkNight, coat: inkOchre, cut: curls}
}

func sitterPellaway() sitter {
	return sitter{ground: mix(inkSea, inkMist, 0.3), skin: mix(inkSand, inkBrick, 0.45), hair: inkNight, coat: inkBrick, cut: bun, glasses: roundGlasses}
}

func sitterHaddane() sitter {
	return sitter{ground: inkOchre, skin: mix(inkSand, inkBrick, 0.5), hair: inkNight, coat: inkMoss, cut: short, beard: cropped}
}

func sitterLomantseva() sitter {
	return sitter{ground: inkSky, skin: mix(inkPaper, inkCoral, 0.3), hair: mix(inkOchre, inkSand, 0.3), coat: inkCoral, cut: long, collar: scarf}
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
	c.neckwear(p)
	head := new(shape).curve(400, 196, 488, 226, 520, 316, 506, 408, 454, 484, 400, 506, 346, 484, 294, 408, 280, 316, 312, 226)
	c.fill(new(shape).ellipse(284, 350, 20, 36).ellipse(516, 350, 20, 36), flat(mix(p.skin, inkNight, 0.12)))
	c.fill(head, flat(p.skin))
	c.shadeRight(head)
	c.fill(new(shape).curve(398, 330, 426, 396, 414, 410, 390, 408), thin(inkNight, 0.16)) // the nose's shadow
	if p.lined {
		c.wrinkles(p)
	}
	c.faceHair(p)
	c.hairBefore(p)
	c.spectacles(p)
	c.headdress(p)
	return c.finish()
}

// neckwear is the scarf, the rolled collar, or the two points of a shirt.
func (c *canvas) neckwear(p sitter) {
	switch p.collar {
	case scarf:
		s := new(shape).curve(296, 552, 330, 520, 400, 560, 470, 520, 504, 552, 500, 600, 400, 640, 300, 600)
		c.fill(s, flat(mix(inkPaper, inkOchre, 0.35)))
		c.shadeRight(s)
	case roll:
		s := new(shape).curve(306, 566, 322, 506, 400, 530, 478, 506, 494, 566, 480, 604, 400, 622, 320, 604)
		c.fill(s.moved(0, 8), thin(inkNight, 0.3))
		c.fill(s, flat(mix(p.coat, inkPaper, 0.14)))
		ribs := new(shape)
		for i := range 13 {
			x := 318 + float64(i)*13.7
			ribs.line(x, 520, 400+(x-400)*1.08, 610, 2.4)
		}
		c.inside(s, ribs, thin(inkNight, 0.28))
		c.shadeRight(s)
	default:
		c.fill(new(shape).poly(322, 556, 400, 690, 352, 640, 296, 572), flat(inkPaper))
		c.fill(new(shape).poly(478, 556, 400, 690, 448, 640, 504, 572), flat(mix(inkPaper, inkMist, 0.5)))
	}
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
	case tied:
		c.fill(new(shape).curve(470, 190, 560, 250, 596, 380, 588, 520, 548, 640, 520, 610, 530, 480, 500, 330), flat(p.hair))
	case ringlets:
		s := new(shape)
		for i := range 11 {
			a := float64(i)*0.31 - 0.02
			s.circle(400-150*math.Cos(a), 312-132*math.Sin(a), 54+12*hash(i, 401))
		}
		for i := range 7 {
			y := 320 + 38*float64(i)
			s.circle(258-14*hash(i, 402)-3*float64(i), y, 46+10*hash(i, 403)).circle(542+14*hash(i, 404)+3*float64(i), y, 46+10*hash(i, 405))
		}
		c.fill(s.circle(400, 270, 140), flat(p.hair))
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
	case thinning:
		s.curve(276, 372, 264, 320, 270, 262, 292, 230, 306, 246, 300, 300, 292, 350).curve(524, 372, 508, 350, 500, 300, 494, 246, 508, 230, 530, 262, 536, 320)
	case waves:
		s.curve(272, 344, 262, 240, 300, 168, 400, 140, 500, 168, 538, 240, 528, 344, 508, 286, 468, 250, 420, 262, 370, 238, 320, 256, 294, 290)
		for i := range 8 {
			s.circle(282+float64(i)*34, 200-46*math.Sin(float64(i)*0.45), 32+7*hash(i, 406))
		}
	case tied:
		s.curve(276, 330, 270, 240, 318, 174, 400, 156, 484, 174, 532, 240, 524, 330, 508, 266, 470, 220, 412, 206, 352, 214, 302, 256)
	case ringlets:
		for i := range 8 {
			s.circle(284+float64(i)*33, 232-34*math.Sin(float64(i)*0.45)+10*hash(i, 407), 34+8*hash(i, 408))
		}
	case curls:
		for i := range 7 {
			s.circle(286+float64(i)*38, 216-22*math.Sin(float64(i)*0.52), 38)
		}
	}
	c.fill(s, flat(p.hair))
	c.fill(s, halftone(mix(p.hair, inkPaper, 0.4), 9, func(x, y float64) float64 { return 0.3 * smooth(420, 260, x+0.3*(y-200)) }))
}
