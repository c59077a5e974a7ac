package demo

import (
	"image"
)

// The classroom in metres: the eye at its back, windows on the left.
const (
	roomLeft, roomRight = -3.6, 3.6
	roomHigh            = 3.5
	roomDeep            = 9.6
)

// drawClassroom is a classroom with nobody in it, at four in the afternoon.
func drawClassroom() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	v := view{x: 1.1, y: 1.75, z: 0, down: 0.05, focus: 940, mx: 840, my: 470}
	wall := mix(inkSand, inkPaper, 0.35)
	c.ground(flat(mix(inkMist, inkDeep, 0.35)))
	c.fill(v.face(roomLeft, roomHigh, 0.1, roomRight, roomHigh, 0.1, roomRight, roomHigh, roomDeep, roomLeft, roomHigh, roomDeep), flat(mix(inkSky, inkSea, 0.25)))
	c.fill(v.face(roomRight, 0, 0.1, roomRight, 0, roomDeep, roomRight, roomHigh, roomDeep, roomRight, roomHigh, 0.1), flat(mix(wall, inkOchre, 0.25)))
	c.fill(v.face(roomRight, 0, 0.1, roomRight, 0, roomDeep, roomRight, 1.2, roomDeep, roomRight, 1.2, 0.1), flat(mix(inkMoss, inkSea, 0.5)))
	c.fill(v.face(roomLeft, 0, roomDeep, roomRight, 0, roomDeep, roomRight, roomHigh, roomDeep, roomLeft, roomHigh, roomDeep), flat(mix(wall, inkMist, 0.4)))
	c.fill(v.face(roomLeft, 0, roomDeep, roomRight, 0, roomDeep, roomRight, 1.0, roomDeep, roomLeft, 1.0, roomDeep), flat(mix(mix(inkMoss, inkSea, 0.5), inkNight, 0.2)))
	c.schoolFloor(v)
	c.schoolWindows(v)
	c.blackboard(v)
	for row := range 4 {
		for i := range 3 {
			c.desk(v, -2.2+2.05*float64(i), 7.6-1.55*float64(row), row == 1 && i == 1)
		}
	}
	c.wash(0, 1000, halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.24*smooth(1150, 2000, x+0.4*(1000-y)) + 0.22*smooth(820, 1100, y)
	}))
	return c.finish()
}

// schoolFloor is boards with the light of the windows lying across them.
func (c *canvas) schoolFloor(v view) {
	floor := v.face(roomLeft, 0, 0.1, roomRight, 0, 0.1, roomRight, 0, roomDeep, roomLeft, 0, roomDeep)
	c.fill(floor, flat(mix(inkBrick, inkSand, 0.4)))
	joints := new(shape)
	for i := range 36 {
		x := roomLeft + 0.2*float64(i)
		v.bar(joints, x, 0, 0.5, x, 0, roomDeep, 0.012)
	}
	c.fill(joints, thin(inkNight, 0.35))
	c.fill(floor, halftone(mix(inkBrick, inkNight, 0.6), 11, func(x, y float64) float64 { return 0.2 + 0.2*smooth(640, 1000, y) }))
	for i := range 4 { // the sun comes from the left and a little from ahead
		for j := range 2 {
			z, x := 1.0+2.15*float64(i), -2.9+1.9*float64(j)
			c.fill(v.face(x, 0, z-0.8*float64(j), x+1.6, 0, z-0.65-0.8*float64(j), x+1.6, 0, z+0.7-0.8*float64(j), x, 0, z+1.35-0.8*float64(j)), thin(mix(inkPaper, inkOchre, 0.35), 0.6))
		}
	}
}

// schoolWindows are four tall ones in the left wall, and the air lit by them.
func (c *canvas) schoolWindows(v view) {
	left := v.face(roomLeft, 0, 0.1, roomLeft, 0, roomDeep, roomLeft, roomHigh, roomDeep, roomLeft, roomHigh, 0.1)
	c.fill(left, flat(mix(inkDeep, inkSea, 0.55)))
	c.fill(v.face(roomLeft, 0, 0.1, roomLeft, 0, roomDeep, roomLeft, 0.95, roomDeep, roomLeft, 0.95, 0.1), flat(mix(inkDeep, inkNight, 0.2)))
	bars := new(shape)
	for i := range 4 {
		z := 0.75 + 2.2*float64(i)
		pane := v.face(roomLeft, 1.0, z, roomLeft, 1.0, z+1.65, roomLeft, 3.2, z+1.65, roomLeft, 3.2, z)
		c.fill(pane, fade(150, 620, inkPaper, mix(inkPaper, inkOchre, 0.5)))
		tree := new(shape)
		for j := range 7 {
			x, y, m := v.at(roomLeft, 1.25+0.5*hash(i*7+j, 831), z+1.65*hash(i*7+j, 830))
			tree.circle(x, y, (0.12+0.18*hash(i*7+j, 832))*m)
		}
		c.fill(tree, func(x, y int) (rgb, float64) { return mix(inkMoss, inkOchre, 0.4), 0.45 })
		c.fill(v.face(roomLeft, 0.2, z, roomLeft, 0.2, z+1.65, roomLeft, 1.0, z+1.65, roomLeft, 1.0, z), flat(mix(inkDeep, inkNight, 0.2)))
		for j := range 4 {
			v.bar(bars, roomLeft, 1.0, z+0.55*float64(j), roomLeft, 3.2, z+0.55*float64(j), 0.06)
		}
		for j := range 4 {
			v.bar(bars, roomLeft, 1.0+0.73*float64(j), z, roomLeft, 1.0+0.73*float64(j), z+1.65, 0.06)
		}
	}
	c.fill(bars, flat(mix(inkDeep, inkNight, 0.3)))
	for i := range 4 { // beams of dust
		z := 0.75 + 2.2*float64(i)
		x0, y0, _ := v.at(roomLeft, 3.2, z+0.9)
		x1, y1, _ := v.at(roomLeft, 1.0, z+0.9)
		x2, y2, _ := v.at(-1.3, 0, z+0.1)
		x3, y3, _ := v.at(0.5, 0, z-0.4)
		c.fill(new(shape).poly(clockwise([]float64{x0, y0, x3, y3, x2, y2, x1, y1})...), thin(inkPaper, 0.13))
	}
}

// blackboard hangs on the front wall, with what was left on it, a map and a
// clock.
func (c *canvas) blackboard(v view) {
	const z = roomDeep - 0.02
	plate := func(x0, y0, x1, y1 float64, k rgb) {
		c.fill(v.face(x0, y0, z, x1, y0, z, x1, y1, z, x0, y1, z), flat(k))
	}
	plate(-2.0, 1.05, 1.6, 2.55, mix(inkSand, inkBrick, 0.5))
	plate(-1.92, 1.13, 1.52, 2.47, mix(inkMoss, inkNight, 0.6))
	x, y, m := v.at(-1.7, 2.15, z)
	chalk := mix(inkPaper, inkMist, 0.2)
	c.label(slanted(0.36*m), "Ще раз!", x, y+0.05*m, fromLeft, chalk)
	c.fill(new(shape).rect(x, y+0.3*m, 2.2*m, 3).rect(x, y+0.46*m, 2.5*m, 3).rect(x, y+0.62*m, 1.6*m, 3), thin(chalk, 0.6))
	plate(2.05, 1.1, 3.2, 2.6, inkSky)
	x, y, m = v.at(2.62, 1.85, z)
	c.fill(new(shape).curve(x-0.4*m, y-0.5*m, x+0.1*m, y-0.6*m, x+0.42*m, y-0.2*m, x+0.1*m, y+0.1*m, x+0.3*m, y+0.5*m, x-0.2*m, y+0.6*m, x-0.1*m, y), flat(mix(inkMoss, inkSand, 0.4)))
	x, y, m = v.at(-0.2, 3.0, z)
	c.fill(new(shape).circle(x, y, 0.24*m), flat(inkNight))
	c.fill(new(shape).circle(x, y, 0.2*m), flat(inkPaper))
	c.fill(new(shape).line(x, y, x, y-0.16*m, 3).line(x, y, x+0.08*m, y+0.07*m, 4), flat(inkNight))
}

// desk is a table with its chair; at one the chair is drawn back, and a satchel is
// forgotten on it.
func (c *canvas) desk(v view, x, z float64, forgotten bool) {
	const w, deep, high = 1.25, 0.6, 0.74
	c.fill(v.face(x+0.15, 0.005, z-0.1, x+w+0.75, 0.005, z-0.35, x+w+0.75, 0.005, z+deep-0.35, x+0.15, 0.005, z+deep), thin(inkNight, 0.4))
	legs := new(shape)
	for _, at := range [][2]float64{{0.06, deep - 0.05}, {w - 0.06, deep - 0.05}, {0.06, 0.05}, {w - 0.06, 0.05}} {
		v.bar(legs, x+at[0], 0, z+at[1], x+at[0], high, z+at[1], 0.05)
	}
	c.fill(legs, flat(inkNight))
	wood := mix(inkOchre, inkSand, 0.45)
	c.box(v, block{x, high - 0.05, z, x + w, high, z + deep}, flat(mix(wood, inkPaper, 0.35)), flat(mix(wood, inkNight, 0.4)), flat(mix(wood, inkBrick, 0.45)))
	back := 0.28 - 0.2*(hash(int(x*10), int(z*10))-0.5)
	if forgotten {
		c.box(v, block{x + 0.08, high, z + 0.1, x + 0.5, high + 0.3, z + 0.32}, flat(mix(inkCoral, inkPaper, 0.2)), flat(inkBrick), flat(inkCoral))
		c.fill(v.face(x+0.2, high+0.02, z+0.1, x+0.38, high+0.02, z+0.1, x+0.38, high+0.17, z+0.1, x+0.2, high+0.17, z+0.1), thin(inkNight, 0.3))
		back = 0.7
	}
	c.chair(v, x+0.4, z-back)
}

// chair stands with its back towards the eye, its left hind leg at x, z.
func (c *canvas) chair(v view, x, z float64) {
	const w, seat = 0.42, 0.45
	shell := mix(inkSea, inkDeep, 0.35)
	legs := new(shape)
	for _, at := range [][2]float64{{0, 0.38}, {w, 0.38}, {0, 0}, {w, 0}} {
		v.bar(legs, x+at[0], 0, z+at[1], x+at[0], seat, z+at[1], 0.035)
	}
	v.bar(legs, x, seat, z, x, 0.85, z, 0.035)
	v.bar(legs, x+w, seat, z, x+w, 0.85, z, 0.035)
	c.fill(legs, flat(inkNight))
	c.box(v, block{x, seat, z, x + w, seat + 0.04, z + 0.4}, flat(mix(shell, inkMist, 0.4)), flat(inkDeep), flat(shell))
	rest := v.face(x-0.01, 0.6, z, x+w+0.01, 0.6, z, x+w+0.01, 0.88, z, x-0.01, 0.88, z)
	c.fill(rest, flat(shell))
	c.fill(rest, halftone(inkNight, 7, func(px, _ float64) float64 { return 0.5 * smooth(rest.minX, rest.maxX+20, px) }))
}
