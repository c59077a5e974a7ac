package demo

import (
	"image"
	"math"
)

// drawBakery is the oven of the bakery in Cable Street, with the first loaves
// before it.
func drawBakery() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.bricks()
	c.oven(800, 520)
	c.wash(0, 720, halftone(inkNight, 13, func(x, y float64) float64 { // the light of the fire does not reach far
		return 0.85 * smooth(380, 900, math.Hypot((x-800)*0.9, (y-520)*1.15))
	}))
	c.peel()
	c.fill(new(shape).rect(0, 716, 1600, 284), fade(716, 1000, mix(inkSand, inkBrick, 0.35), mix(inkBrick, inkNight, 0.5)))
	c.fill(new(shape).rect(0, 716, 1600, 9), flat(mix(inkSand, inkPaper, 0.3)))
	grain := new(shape)
	for i := range 60 {
		y := 735 + 260*hash(i, 800)
		x := hash(i, 801)*1700 - 100
		grain.bent(1.6, x, y, x+110, y+3*wave(i, 1), x+230, y)
	}
	c.fill(grain, thin(inkNight, 0.3))
	c.light(mix(inkOchre, inkSand, 0.4), 800, 720, 520, 0.45)
	c.loaf(spot{x: 250, y: 800, size: 1.12}, 0)
	c.loaf(spot{x: 650, y: 776, size: 0.86}, 1)
	c.loaf(spot{x: 1010, y: 792, size: 0.92}, 0)
	c.loaf(spot{x: 1390, y: 806, size: 1.15}, 1)
	c.loaf(spot{x: 470, y: 890, size: 1.2}, 2)
	c.loaf(spot{x: 1130, y: 898, size: 1.25}, 2)
	c.loaf(spot{x: 800, y: 960, size: 1.3}, 1)
	flour := new(shape)
	for i := range 500 {
		flour.circle(hash(i, 802)*1600, 725+270*hash(i, 803), 0.8+2.2*math.Pow(hash(i, 804), 3))
	}
	c.fill(flour, thin(inkPaper, 0.6))
	return c.finish()
}

// bricks are the wall around the oven, lit by its mouth.
func (c *canvas) bricks() {
	c.ground(flat(mix(inkNight, inkBrick, 0.15)))
	near, far := mix(inkBrick, inkCoral, 0.35), mix(inkBrick, inkNight, 0.6)
	for row := range 19 {
		for i := -1; i < 16; i++ {
			x, y := float64(i)*108+54*float64(row%2), float64(row)*40
			d := math.Hypot(x+50-800, y+20-520) / 800
			k := mix(mix(near, far, smooth(0.25, 1, d)), inkNight, 0.18*hash(i, row+810))
			c.fill(new(shape).rect(x+2, y+2, 104, 36), flat(k))
		}
	}
}

// oven is the vault with its arch of stones and the fire in it.
func (c *canvas) oven(x, y float64) {
	arch := func(r, h float64) *shape {
		return new(shape).arc(x, y, r, r*h, math.Pi, 2*math.Pi).rect(x-r, y-1, 2*r, 200)
	}
	stones, joints := arch(470, 0.86), new(shape)
	c.fill(stones, flat(mix(inkSand, inkBrick, 0.45)))
	for i := range 16 {
		a := math.Pi + math.Pi*float64(i)/15
		joints.line(x+350*math.Cos(a), y+350*0.86*math.Sin(a), x+472*math.Cos(a), y+472*0.86*math.Sin(a), 5)
	}
	for i := range 3 {
		joints.rect(x-470, y+60+float64(i)*66, 940, 5)
	}
	c.fill(joints, thin(inkNight, 0.5))
	c.fill(stones, halftone(inkNight, 10, func(px, py float64) float64 {
		return 0.5 * smooth(350, 520, math.Hypot(px-x, (py-y)/0.86))
	}))
	mouth := arch(350, 0.86)
	c.fill(mouth, func(px, py int) (rgb, float64) {
		d := math.Hypot((float64(px)-x-20)*0.8, float64(py)-y-150) / 370
		if d < 0.45 {
			return mix(mix(inkPaper, inkOchre, 0.3), inkOchre, d/0.45), 1
		}
		return mix(mix(inkOchre, inkCoral, 2*(d-0.45)), inkBrick, smooth(0.7, 1.05, d)), 1
	})
	vault := new(shape)
	for i := range 6 { // courses of the vault, running back
		r := 330 - 46*float64(i)
		vault.arc(x, y+150-25*float64(i), r, r*0.92, math.Pi, 2*math.Pi).arc(x, y+150-25*float64(i), r-4, (r-4)*0.92, 2*math.Pi, math.Pi)
	}
	c.fill(vault, thin(inkBrick, 0.5))
	c.fill(new(shape).rect(x-350, y+128, 700, 72), fade(y+128, y+200, mix(inkOchre, inkPaper, 0.5), mix(inkCoral, inkOchre, 0.5)))
	inside := new(shape)
	for i := range 5 {
		bx := x - 250 + float64(i)*125
		inside.curve(bx-50, y+140, bx-42, y+108, bx, y+94, bx+42, y+108, bx+50, y+140)
	}
	c.fill(inside, flat(mix(inkBrick, inkNight, 0.35)))
	c.fill(inside.moved(0, -4), func(_, py int) (rgb, float64) { return inkOchre, 0.6 * smooth(y+114, y+92, float64(py)) })
	flames := new(shape)
	for i := range 9 {
		fx, h := x-290+float64(i)*28, 40+56*hash(i, 820)
		if i > 4 {
			fx += 330
		}
		flames.curve(fx-15, y+134, fx-11, y+134-h*0.5, fx+5*wave(i, 3), y+134-h, fx+10, y+134-h*0.45, fx+15, y+134)
	}
	c.fill(flames, thin(inkPaper, 0.75))
	c.light(inkOchre, x, y+60, 620, 0.4)
}

// peel is the baker’s long shovel, leaning with a loaf on it.
func (c *canvas) peel() {
	at := spot{x: 1372, y: 300, size: 1, turn: 0.13}
	wood := mix(inkSand, inkBrick, 0.4)
	whole := new(shape).curve(at.at(-78, -150, 78, -150, 92, -20, 70, 100, 16, 138, -16, 138, -70, 100, -92, -20)...).poly(at.at(-13, 120, 13, 120, 13, 520, -13, 520)...)
	c.fill(whole.moved(18, 10), thin(inkNight, 0.5))
	c.fill(whole, flat(wood))
	c.fill(whole, hatch(mix(inkBrick, inkNight, 0.4), 9, at.turn+math.Pi/2, func(x, _ float64) float64 { return 0.2 + 0.5*smooth(1330, 1470, x) }))
}

// loaf lies on the table: a round one with a cross, a long one with slashes, or
// a plaited one.
func (c *canvas) loaf(at spot, kind int) {
	crust, deep, crumb := mix(inkOchre, inkBrick, 0.4), mix(inkBrick, inkNight, 0.45), mix(inkSand, inkPaper, 0.45)
	long := []float64{0.74, 1.25, 1.3}[kind]
	body := new(shape).curve(at.at(-150*long, 42, -158*long, 4, -120*long, -58, -50*long, -86, 40*long, -88, 118*long, -60, 158*long, 4, 150*long, 42, 80*long, 58, -80*long, 58)...)
	x, y := at.point(0, 52)
	c.fill(new(shape).ellipse(x+12, y+6, 172*long*at.size, 22*at.size), thin(inkNight, 0.5))
	c.fill(body, flat(crust))
	cuts := new(shape)
	switch kind {
	case 0:
		cuts.curve(at.at(-74, -34, -20, -52, 60, -50, 88, -30, 20, -34, -40, -24)...)
		cuts.curve(at.at(-6, -84, 14, -82, 28, -40, 22, 10, 6, 14, 4, -36)...)
	case 1:
		for i := range 5 {
			d := -130 + float64(i)*58
			cuts.curve(at.at(d, 4, d+14, -42, d+56, -72, d+66, -64, d+40, -34, d+22, 8)...)
		}
	default:
		for i := range 6 {
			d := -150 + float64(i)*50
			up, down := -70.0, 20.0
			if i == 0 || i == 5 {
				up, down = -48, 8
			}
			lobe := new(shape).curve(at.at(d-16, down, d+6, up+20, d+44, up, d+68, up+24, d+58, down+10, d+20, down+26)...)
			c.fill(lobe.moved(-5*at.size, 3*at.size), thin(deep, 0.7))
			c.fill(lobe, flat(mix(crust, inkOchre, 0.3)))
			c.fill(lobe, halftone(deep, 8, func(_, py float64) float64 { return 0.6 * smooth(at.y-30*at.size, at.y+50*at.size, py) }))
		}
	}
	c.fill(cuts.moved(0, 4*at.size), thin(deep, 0.8))
	c.fill(cuts, flat(crumb))
	c.fill(body, halftone(deep, 9, func(px, py float64) float64 {
		return 0.85*smooth(at.y-40*at.size, at.y+60*at.size, py) + 0.3*smooth(60, 190, math.Abs(px-at.x)/at.size/long)
	}))
	c.fill(new(shape).curve(at.at(-104*long, -46, -50*long, -78, 40*long, -80, 104*long, -54, 40*long, -68, -50*long, -66)...), thin(mix(inkOchre, inkPaper, 0.6), 0.7))
}
