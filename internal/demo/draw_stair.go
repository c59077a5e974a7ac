package demo

import (
	"image"
	"math"
)

// The stair of the lighthouse, seen from its head: metres from the eye downwards
// and around the tower's axis.
const (
	stairSteps = 26   // in one turn
	stairRise  = 0.17 // metres
	stairTurns = 7
	stairWall  = 2.3  // from the axis
	stairWell  = 0.66 // likewise
	stairFirst = 1.9  // below the eye
)

// stairPoint is where a place of the tower lies on the picture: an angle, a
// distance from the axis, and metres below the eye, which is not above the axis
// quite.
func stairPoint(angle, r, depth float64) (x, y float64) {
	const focus = 940.0
	return 520 + focus*(r*math.Cos(angle)-0.10)/depth, 800 + focus*(r*math.Sin(angle)-0.16)/depth
}

// drawLighthouseStair looks down the spiral stair.
func drawLighthouseStair() *image.RGBA {
	c := newCanvas(tallWidth, tallHeight)
	c.ground(flat(inkNight))
	const last = stairSteps * stairTurns
	x, y := stairPoint(0, 0, stairFirst+last*stairRise)
	c.fill(new(shape).circle(x, y, 90), flat(inkOchre))
	c.light(inkPaper, x, y, 80, 1)
	c.towerWall()
	for i := last; i >= -stairSteps; i-- {
		c.tread(i)
	}
	c.stairKeeper(19)
	for i := last; i >= -stairSteps; i-- {
		c.baluster(i)
	}
	c.light(inkOchre, x, y, 420, 0.5)
	c.wash(0, tallHeight, halftone(inkNight, 11, func(x, y float64) float64 {
		return 0.6*smooth(380, 980, math.Hypot(x-420, (y-640)*0.8)) + 0.12*smooth(900, 1500, y)
	}))
	return c.finish()
}

// towerWall is what of the wall is seen above the highest steps: its courses of
// stone and a window with the evening in it.
func (c *canvas) towerWall() {
	joints := new(shape)
	for course := range 9 {
		depth := 1.6 + 0.26*float64(course)
		for i := range 72 {
			a := float64(i) * 2 * math.Pi / 72
			x0, y0 := stairPoint(a, stairWall, depth)
			x1, y1 := stairPoint(a+2*math.Pi/72, stairWall, depth)
			joints.line(x0, y0, x1, y1, 5/depth)
			if (i+course*3)%6 == 0 {
				x1, y1 = stairPoint(a, stairWall, depth+0.26)
				joints.line(x0, y0, x1, y1, 5/depth)
			}
		}
	}
	c.fill(joints, thin(inkSea, 0.5))
	window := stairRing(new(shape), 4.98, 5.14, stairWall, 3.3, stairWall, 2.66)
	c.fill(stairRing(new(shape), 4.95, 5.17, stairWall, 3.4, stairWall, 2.58), flat(mix(inkDeep, inkSea, 0.4)))
	c.fill(window, flat(mix(inkCoral, inkOchre, 0.5)))
	c.fill(stairRing(new(shape), 4.98, 5.14, stairWall, 2.99, stairWall, 2.94), flat(inkNight))
	c.fill(stairRing(new(shape), 5.052, 5.068, stairWall, 3.3, stairWall, 2.66), flat(inkNight))
}

// stairTone is how much light falls on a tread: from the windows at the head,
// and from the lamp at the foot.
func stairTone(i int) (k rgb) {
	angle := stairAngle(float64(i))
	deep := smooth(0, stairSteps*4.5, float64(i))
	light := 0.5 + 0.5*math.Cos(angle-3.9)
	k = mix(mix(inkSea, inkDeep, 0.3), mix(inkPaper, inkSand, 0.35), 0.2+0.8*light)
	k = mix(k, mix(inkDeep, inkNight, 0.2+0.5*(1-light)), deep)
	return mix(k, inkOchre, 0.85*smooth(stairSteps*4, stairSteps*stairTurns, float64(i)))
}

func stairAngle(i float64) float64 { return 2.3 + i*2*math.Pi/stairSteps }

// ring adds the part of the tower between two angles and two distances from the
// axis; the depths are those of the inner and the outer edge.
func stairRing(s *shape, from, to, r0, d0, r1, d1 float64) *shape {
	var xy []float64
	for i := range 5 {
		x, y := stairPoint(from+(to-from)*float64(i)/4, r1, d1)
		xy = append(xy, x, y)
	}
	for i := range 5 {
		x, y := stairPoint(to+(from-to)*float64(i)/4, r0, d0)
		xy = append(xy, x, y)
	}
	return s.poly(clockwise(xy)...)
}

// tread is one step, the edge towards the well below it, and the shadow that the
// next higher one throws.
func (c *canvas) tread(i int) {
	depth := stairFirst + float64(i)*stairRise
	if depth < 0.7 {
		return
	}
	from, to := stairAngle(float64(i)), stairAngle(float64(i+1))
	k := stairTone(i)
	c.fill(stairRing(new(shape), from, to, stairWell, depth+0.42, stairWell, depth), flat(mix(k, inkNight, 0.7)))
	whole := stairRing(new(shape), from, to+0.02, stairWell-0.03, depth, stairWall, depth)
	c.fill(whole, flat(k))
	c.fill(stairRing(new(shape), from, from+(to-from)*0.34, stairWell, depth, stairWall, depth), thin(inkNight, 0.34))
	c.fill(stairRing(new(shape), from, from+(to-from)*0.12, stairWell, depth, stairWall, depth), thin(inkNight, 0.4))
	c.fill(stairRing(new(shape), to-0.022, to, stairWell, depth, stairWall, depth), thin(inkPaper, 0.4))
}

// baluster is the iron of the rail above one step: two bars and a length of the
// handrail.
func (c *canvas) baluster(i int) {
	depth := stairFirst + float64(i)*stairRise
	const r, rail = stairWell + 0.03, 0.9
	if depth < 0.7 {
		return
	}
	iron := mix(inkNight, inkBrick, 0.12)
	s, top := new(shape), new(shape)
	for _, part := range []float64{0.25, 0.75} {
		a := stairAngle(float64(i) + part)
		x0, y0 := stairPoint(a, r, depth)
		x1, y1 := stairPoint(a, r, max(depth-rail+stairRise*part, 0.3))
		s.line(x0, y0, x1, y1, 14/depth)
	}
	for j := range 4 {
		if depth-rail < 0.3 {
			break // the rail passes beside the eye
		}
		part, next := float64(j)/4, float64(j+1)/4+0.03
		x0, y0 := stairPoint(stairAngle(float64(i)+part), r, depth-rail+stairRise*part)
		x1, y1 := stairPoint(stairAngle(float64(i)+next), r, depth-rail+stairRise*next)
		s.line(x0, y0, x1, y1, 62/(depth-rail+0.4))
		top.line(x0-4/depth, y0-4/depth, x1-4/depth, y1-4/depth, 18/(depth-rail+0.4))
	}
	c.fill(s, flat(iron))
	c.fill(top, thin(mix(inkSand, inkCoral, 0.3), 0.55))
}

// stairKeeper climbs with a lamp, on the step given.
func (c *canvas) stairKeeper(i int) {
	depth := stairFirst + float64(i)*stairRise
	a := stairAngle(float64(i) + 0.5)
	x, y := stairPoint(a, 1.2, depth-1.4)
	lx, ly := stairPoint(a-0.5, 1.15, depth-0.8)
	c.light(mix(inkOchre, inkPaper, 0.3), lx, ly, 170, 0.85)
	body := spot{x: x, y: y, size: 1, turn: a}
	fx, fy := stairPoint(a, 1.15, depth)
	c.fill(new(shape).line(fx, fy, x, y, 34), flat(inkNight))
	c.fill(new(shape).curve(body.at(-20, -40, 16, -36, 24, 0, 16, 36, -20, 40, -28, 0)...), flat(mix(inkDeep, inkNight, 0.5)))
	c.fill(new(shape).line(x, y-20, lx, ly, 12), flat(mix(inkDeep, inkNight, 0.5)))
	c.fill(new(shape).circle(x-2, y-2, 19), flat(inkCoral))
	c.fill(new(shape).circle(x-4, y-4, 9), thin(inkNight, 0.3))
	c.fill(new(shape).circle(lx, ly, 11), flat(inkPaper))
}
