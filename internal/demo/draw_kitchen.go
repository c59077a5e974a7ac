package demo

import (
	"image"
	"math"
)

// drawKitchen is a range at noon: four pots, steam, and what hangs above them.
func drawKitchen() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.tiles()
	c.hanging()
	c.rangeTop(744)
	c.pot(250, 744, 158, 250, inkCoral, true)
	c.pot(620, 744, 196, 330, mix(inkMist, inkSea, 0.25), false)
	c.pot(1006, 744, 150, 190, mix(inkSea, inkDeep, 0.4), false)
	c.pan(1360, 744)
	for i, x := range []float64{620, 1006, 300} {
		c.steam(x, 744-[]float64{330, 190, 262}[i], i, []float64{0.95, 0.72, 0.3}[i])
	}
	c.wash(0, 1000, halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.5 * smooth(820, 1500, math.Hypot(x-640, (y-360)*1.1))
	}))
	return c.finish()
}

// tiles are the wall, white with a blue one here and there.
func (c *canvas) tiles() {
	c.ground(flat(mix(inkMist, inkSea, 0.35)))
	const side = 92.0
	for row := range 9 {
		for i := range 19 {
			x, y := float64(i)*side-46*float64(row%2)-20, float64(row)*side-20
			k := mix(mix(inkSky, inkPaper, 0.3), inkMist, 0.35*hash(i, row+280))
			if hash(i, row+281) > 0.93 {
				k = mix(inkSea, inkMist, 0.2)
			}
			c.fill(new(shape).rect(x+2, y+2, side-4, side-4), flat(k))
			c.fill(new(shape).poly(x+6, y+6, x+side-8, y+6, x+side-20, y+14, x+14, y+14, x+14, y+side-22, x+6, y+side-8), thin(inkPaper, 0.5))
		}
	}
}

// hanging are ladles, a whisk, sieves and pans on a rail.
func (c *canvas) hanging() {
	rail := new(shape).rect(-10, 92, 1620, 12).rect(200, 0, 8, 96).rect(1390, 0, 8, 96)
	c.fill(rail.moved(10, 16), thin(inkNight, 0.3))
	dark := mix(inkNight, inkDeep, 0.3)
	c.fill(rail, flat(dark))
	tools := new(shape)
	hook := func(x float64) { tools.bent(5, x, 88, x+10, 96, x+8, 116, x, 122, x-6, 114) }
	for _, x := range []float64{96, 190, 284} { // ladles and a skimmer
		hook(x)
		tools.poly(x-4, 118, x+4, 118, x+5, 300, x-5, 300)
	}
	tools.arc(96, 300, 42, 44, 0, math.Pi).ellipse(190, 322, 44, 26).arc(284, 298, 32, 52, 0, math.Pi)
	hook(400)
	tools.poly(394, 118, 406, 118, 408, 220, 392, 220) // whisk
	for i := range 5 {
		d := (float64(i) - 2) * 15
		tools.bent(3, 400, 220, 400+d, 262, 400+d*1.1, 310, 400, 350)
	}
	for i, x := range []float64{1090, 1262, 1450} { // pans, by their handles
		hook(x)
		r := 62 + 12*float64(i)
		tools.poly(x-8, 118, x+8, 118, x+10, 236, x-10, 236).circle(x, 236+r*0.86, r)
	}
	c.fill(tools.moved(14, 22), thin(inkNight, 0.3))
	c.fill(tools, flat(dark))
	for i, x := range []float64{1090, 1262, 1450} {
		r := 62 + 12*float64(i)
		pan := new(shape).circle(x, 236+r*0.86, r-9)
		c.fill(pan, flat([]rgb{inkBrick, mix(inkOchre, inkBrick, 0.35), mix(inkBrick, inkNight, 0.2)}[i]))
		c.fill(pan, halftone(inkNight, 9, func(px, py float64) float64 { return 0.7 * smooth(-40, 90, (px-x)+(py-300)) }))
		c.fill(new(shape).circle(x, 236+r*0.86, r-16).hole(x, 236+r*0.86, r-20), thin(inkPaper, 0.4))
	}
	holes := new(shape)
	for i := range 4 {
		for j := range 3 {
			holes.circle(166+16*float64(i), 310+12*float64(j), 3)
		}
	}
	c.fill(holes, flat(inkMist))
}

// rangeTop is the range with its rail, its doors and the flames of the rings.
func (c *canvas) rangeTop(y float64) {
	steel := mix(inkNight, inkDeep, 0.35)
	c.fill(new(shape).rect(0, y, 1600, 256), fade(y, 1000, mix(inkDeep, inkSea, 0.15), inkNight))
	c.fill(new(shape).rect(0, y-12, 1600, 26), flat(steel))
	c.fill(new(shape).rect(0, y-12, 1600, 5), thin(inkMist, 0.7))
	c.fill(new(shape).rect(0, y+56, 1600, 14), flat(mix(inkOchre, inkSand, 0.3)))
	c.fill(new(shape).rect(0, y+64, 1600, 6), thin(inkBrick, 0.5))
	for i := range 4 {
		x := 40 + 390*float64(i)
		door := new(shape).rect(x, y+96, 350, 190)
		c.fill(door, flat(mix(inkDeep, inkSea, 0.25)))
		c.fill(door, halftone(inkNight, 10, func(px, py float64) float64 { return 0.25 + 0.4*smooth(x, x+420, px) }))
		c.fill(new(shape).rect(x+60, y+122, 230, 12), flat(mix(inkOchre, inkSand, 0.4)))
		c.fill(new(shape).circle(x+60, y+36, 17).circle(x+130, y+36, 17), flat(inkNight))
		c.fill(new(shape).line(x+60, y+36, x+60+9, y+24, 4).line(x+130, y+36, x+130, y+21, 4), flat(inkPaper))
	}
	flames := new(shape)
	for _, at := range [][2]float64{{250, 130}, {620, 160}, {1006, 120}, {1360, 130}} {
		for i := range 15 {
			x := at[0] - at[1] + 2*at[1]*float64(i)/14
			h := 20 + 16*hash(i, int(at[0]))
			flames.curve(x-8, y-8, x-5, y-14, x+3, y-8-h, x+6, y-14, x+8, y-8)
		}
	}
	c.fill(flames, flat(mix(inkCoral, inkOchre, 0.5)))
	for _, x := range []float64{250, 620, 1006, 1360} {
		c.light(inkOchre, x, y-10, 230, 0.5)
	}
}

// pot stands on the range with its foot at x, y: r half its width.
func (c *canvas) pot(x, y, r, h float64, k rgb, lid bool) {
	y -= 22
	body := new(shape).rect(x-r, y-h, 2*r, h).arc(x, y-1, r, 16, 0, math.Pi)
	handles := new(shape)
	for _, side := range []float64{-1, 1} {
		hx := x + side*r
		handles.path(15, hx, y-h*0.72, hx+side*42, y-h*0.72, hx+side*42, y-h*0.56, hx, y-h*0.56)
	}
	c.fill(handles, flat(mix(inkNight, k, 0.25)))
	c.fill(body, flat(k))
	c.fill(body, engrave(inkNight, 11, func(_, py float64) float64 { return py }, func(px, _ float64) float64 {
		d := (px - x) / r
		return 0.08 + 0.62*smooth(-0.05, 1, d) + 0.34*smooth(-0.72, -1, d)
	}))
	c.fill(new(shape).rect(x-r*0.74, y-h, r*0.16, h), thin(inkPaper, 0.6))
	c.fill(new(shape).rect(x-r*0.52, y-h, r*0.05, h), thin(inkPaper, 0.4))
	c.fill(new(shape).rect(x-r-7, y-h-10, 2*r+14, 18), flat(mix(k, inkPaper, 0.45)))
	c.fill(new(shape).rect(x-r-7, y-h+2, 2*r+14, 6), thin(inkNight, 0.35))
	if lid {
		at := spot{x: x + 6, y: y - h - 16, size: 1, turn: -0.09}
		top := new(shape).curve(at.at(-r-4, 0, -r*0.7, -34, 0, -52, r*0.7, -34, r+4, 0, 0, 6)...)
		c.fill(top, flat(mix(k, inkPaper, 0.2)))
		c.fill(top, halftone(inkNight, 9, func(px, _ float64) float64 { return 0.6 * smooth(-20, r, px-x) }))
		c.fill(new(shape).curve(at.at(-26, -48, -20, -76, 20, -76, 26, -48)...), flat(inkNight))
		return
	}
	c.fill(new(shape).ellipse(x, y-h-8, r, 15), flat(mix(inkNight, k, 0.35)))
	c.fill(new(shape).ellipse(x, y-h-5, r-14, 9), flat(mix(inkOchre, inkCoral, 0.35)))
	c.fill(new(shape).poly(x+r*0.3, y-h-6, x+r*0.42, y-h-6, x+r*0.74, y-h-176, x+r*0.66, y-h-180), flat(mix(inkSand, inkBrick, 0.45)))
}

// pan is a flat one with a long handle.
func (c *canvas) pan(x, y float64) {
	y -= 22
	c.fill(new(shape).poly(x+120, y-52, x+300, y-104, x+304, y-84, x+128, y-30), flat(inkNight))
	body := new(shape).curve(x-160, y-58, x+160, y-58, x+128, y+2, x-128, y+2)
	c.fill(new(shape).poly(x-158, y-58, x+158, y-58, x+126, y, x-126, y), flat(mix(inkNight, inkDeep, 0.5)))
	c.fill(body, engrave(inkNight, 9, func(_, py float64) float64 { return py }, func(px, _ float64) float64 { return 0.2 + 0.5*smooth(x-40, x+160, px) }))
	food := new(shape)
	for i := range 16 {
		food.circle(x-128+17*float64(i), y-60-9*hash(i, 290), 12+6*hash(i, 291))
	}
	c.fill(food, flat(mix(inkMoss, inkOchre, 0.35)))
	tops := new(shape)
	for i := range 9 {
		tops.circle(x-116+29*float64(i), y-70-7*hash(i, 292), 8)
	}
	c.fill(tops, flat(inkCoral))
	c.fill(new(shape).rect(x-164, y-62, 328, 9), flat(mix(inkMist, inkDeep, 0.3)))
}

// steam rises from x, y: a cloud that leans, opens and is lost.
func (c *canvas) steam(x, y float64, n int, size float64) {
	top := y - 470*size
	for layer := range 3 {
		puffs := new(shape)
		for i := range 26 {
			t := float64(i) / 25
			px := x + (150*t*t+70*wave(n+300, t*2.3+0.7*float64(layer))+(hash(i, n+layer*9+301)-0.5)*(110+90*t))*size
			py := y - (8+430*math.Pow(t, 0.85))*size
			puffs.circle(px, py, (26+64*t*(0.6+0.6*hash(i, n+layer*9+302)))*size*(1-0.16*float64(layer)))
		}
		k := []rgb{mix(inkMist, inkSky, 0.4), inkSky, inkPaper}[layer]
		c.fill(puffs.moved(-9*float64(layer)*size, -7*float64(layer)*size), rows(func(py float64) (rgb, float64) {
			return k, 0.72 * smooth(top-40*size, y-210*size, py) * (0.55 + 0.45*smooth(y, y-60*size, py))
		}))
	}
}
