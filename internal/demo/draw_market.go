package demo

import (
	"image"
	"math"
)

// drawMarket is the market in Saltmarket, seen from the church tower.
func drawMarket() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	square := spot{x: 800, y: 500, size: 1, turn: -0.3}
	c.cobbles(square)
	cloths := []rgb{inkCoral, inkSea, inkOchre, inkBrick, inkMoss, inkDeep}
	for lane := -3; lane <= 3; lane++ {
		c.shoppers(square, lane)
	}
	for row := -3; row <= 3; row++ {
		for i := -4; i <= 4; i++ {
			n := (row+9)*31 + i
			if row == 0 && i == 0 {
				continue // the place of the musician
			}
			at := square.inner(float64(i)*268+110*float64(row&1)+22*hash(n, 400), float64(row)*282+16*hash(n, 401), 1, 0.07*(hash(n, 402)-0.5))
			c.stall(at, n, cloths[int(hash(n, 403)*6)])
		}
	}
	c.busker(square.inner(6, -14, 1.15, 0.3))
	c.wash(0, 1000, halftone(inkNight, 15, func(x, y float64) float64 {
		return 0.3 * smooth(900, 1650, math.Hypot(x-260, (y-120)*1.2))
	}))
	return c.finish()
}

// cobbles pave the whole picture, in rows that follow the square.
func (c *canvas) cobbles(square spot) {
	light, dark := mix(inkPaper, inkSand, 0.45), mix(inkSand, inkMist, 0.35)
	sin, cos := math.Sincos(-square.turn)
	stone, course, k := 0, 0, light // the one of the pixel before
	c.ground(func(px, py int) (rgb, float64) {
		x, y := float64(px), float64(py)
		u, v := (x*cos-y*sin)/26, (x*sin+y*cos)/17
		row := math.Floor(v)
		u += 0.5 * float64(int(row)&1)
		col := math.Floor(u)
		if u-col < 0.1 || v-row < 0.14 {
			return dark, 1
		}
		if int(col) != stone || int(row) != course {
			stone, course = int(col), int(row)
			k = mix(light, dark, 0.55*hash(stone, course))
		}
		return k, 1
	})
}

// stall is an awning with its counter before it, from above; the sun stands low
// in the upper left.
func (c *canvas) stall(at spot, n int, cloth rgb) {
	const w, d = 108.0, 66.0
	if at.x < -w*2 || at.x > pictureWidth+w || at.y < -w*2 || at.y > pictureHeight+w {
		return
	}
	c.fill(new(shape).poly(at.at(-w, -d, w, -d, w+46, -d+58, w+46, d+90, -w+46, d+90, -w, d+30)...), thin(inkNight, 0.34))
	c.fill(new(shape).poly(at.at(-w+8, d-6, w-8, d-6, w-8, d+40, -w+8, d+40)...), flat(mix(inkBrick, inkSand, 0.35)))
	c.produce(at, n, w, d)
	c.fill(new(shape).poly(at.at(-w, -d, w, -d, w, d, -w, d)...), flat(inkPaper))
	stripes := new(shape)
	const count = 7
	for i := range count {
		x := -w + 2*w*float64(i)/count
		stripes.poly(at.at(x, -d, x+w/count, -d, x+w/count, d, x, d)...)
	}
	c.fill(stripes, flat(cloth))
	valance, tips := new(shape), new(shape)
	for i := range 2 * count { // scallops over the counter
		x := -w + w*(float64(i)+0.5)/count
		px, py := at.point(x, d)
		if i%2 == 0 {
			tips.arc(px, py, w/count/2, 15, at.turn, at.turn+math.Pi)
		} else {
			valance.arc(px, py, w/count/2, 15, at.turn, at.turn+math.Pi)
		}
	}
	c.fill(valance, flat(mix(inkPaper, inkNight, 0.12)))
	c.fill(tips, flat(mix(cloth, inkNight, 0.12)))
	c.fill(new(shape).poly(at.at(-w, 2, w, 2, w, d, -w, d)...), thin(inkNight, 0.17)) // the slope away from the sun
	c.fill(new(shape).poly(at.at(-w, -1, w, -1, w, 3, -w, 3)...), thin(inkPaper, 0.5))
}

// produce lies in crates on a counter: fruit, greens or fish.
func (c *canvas) produce(at spot, n int, w, d float64) {
	colours := []rgb{inkCoral, inkOchre, inkMoss, inkBrick, mix(inkMoss, inkSand, 0.5), inkMist}
	for crate := range 5 {
		k := colours[int(hash(n, crate+410)*6)]
		x := -w + 14 + float64(crate)*(2*w-22)/5
		c.fill(new(shape).poly(at.at(x, d+6, x+35, d+6, x+35, d+36, x, d+36)...), flat(mix(inkNight, inkBrick, 0.4)))
		dark, light := new(shape), new(shape)
		for j := range 9 {
			px, py := at.point(x+7+float64(j%3)*10.5+2*hash(n*9+j, crate), d+12+float64(j/3)*9)
			dark.circle(px, py, 6)
			light.circle(px-1.5, py-1.5, 2.6)
		}
		c.fill(dark, flat(k))
		c.fill(light, thin(inkPaper, 0.5))
	}
}

// shoppers walk along one lane between the stalls.
func (c *canvas) shoppers(square spot, lane int) {
	coats := []rgb{inkDeep, inkBrick, inkNight, inkSea, inkMoss, inkOchre, mix(inkCoral, inkSand, 0.3)}
	for i := range 15 {
		n := lane*41 + i
		if hash(n, 420) > 0.72 {
			continue
		}
		x := -1150 + float64(i)*158 + 90*hash(n, 421)
		at := square.inner(x, float64(lane)*282+152+34*hash(n, 422), 1, 6.3*hash(n, 423))
		c.walkerAbove(at, coats[int(hash(n, 424)*7)], n)
	}
}

// walkerAbove is somebody from above: shoulders, a head, perhaps a basket, and a
// long shadow.
func (c *canvas) walkerAbove(at spot, coat rgb, n int) {
	c.fill(new(shape).line(at.x, at.y, at.x+52, at.y+40, 26).circle(at.x+52, at.y+40, 11), thin(inkNight, 0.36))
	if hash(n, 430) > 0.55 {
		x, y := at.point(27, -6)
		c.fill(new(shape).circle(x, y, 10), flat(mix(inkSand, inkBrick, 0.4)))
		c.fill(new(shape).circle(x, y, 6), flat(mix(inkMoss, inkSand, 0.3)))
	}
	c.fill(new(shape).curve(at.at(-24, 2, -14, -10, 14, -10, 24, 2, 12, 11, -12, 11)...), flat(coat))
	c.fill(new(shape).curve(at.at(2, -9, 14, -10, 24, 2, 12, 11, 2, 10)...), thin(inkNight, 0.25))
	hair := []rgb{inkNight, mix(inkBrick, inkNight, 0.5), inkOchre, inkMist, inkPaper}[int(hash(n, 431)*5)]
	c.fill(new(shape).circle(at.x, at.y-1, 10.5), flat(hair))
	c.fill(new(shape).circle(at.x-3, at.y-4, 4), thin(inkPaper, 0.3))
}

// busker plays the accordion in the gap between the stalls, for a ring of
// listeners.
func (c *canvas) busker(at spot) {
	for i := range 9 {
		a := 0.35 + float64(i)*0.6
		r := 104 + 16*hash(i, 440)
		listener := at.inner(r*math.Cos(a), r*math.Sin(a), 0.9, a+math.Pi/2)
		c.walkerAbove(listener, []rgb{inkDeep, inkSea, inkNight, inkBrick}[i%4], i+900)
	}
	c.fill(new(shape).line(at.x, at.y, at.x+66, at.y+50, 40).circle(at.x+66, at.y+50, 15), thin(inkNight, 0.36))
	c.fill(new(shape).curve(at.at(-32, 2, -18, -14, 18, -14, 32, 2, 16, 14, -16, 14)...), flat(inkNight))
	bellows := new(shape).poly(at.at(-34, 12, 34, 12, 38, 38, -38, 38)...)
	c.fill(bellows, flat(inkBrick))
	folds := new(shape)
	for i := range 7 {
		x := -24 + float64(i)*8
		folds.poly(at.at(x, 12, x+3, 12, x+3, 38, x, 38)...)
	}
	c.fill(folds, flat(inkSand))
	c.fill(new(shape).circle(at.x, at.y-2, 20), flat(inkCoral))
	c.fill(new(shape).circle(at.x, at.y-2, 12).hole(at.x, at.y-2, 9), thin(inkNight, 0.4))
	x, y := at.point(6, 66)
	c.fill(new(shape).ellipse(x, y, 15, 12), flat(inkNight))
	c.fill(new(shape).ellipse(x, y, 10, 7).circle(x-3, y, 2), flat(mix(inkOchre, inkSand, 0.4)))
}
