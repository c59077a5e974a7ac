package demo

import "math"

// halftone is a screen of dots at 45 degrees, as in a printed photograph. Tone
// says how dark each place is, from 0 to 1; pitch is the distance of two dots.
func halftone(k rgb, pitch float64, tone func(x, y float64) float64) ink {
	return func(px, py int) (rgb, float64) {
		x, y := float64(px), float64(py)
		t := tone(x, y)
		if t <= 0.01 {
			return k, 0
		}
		u, v := (x+y)*math.Sqrt2/2/pitch, (x-y)*math.Sqrt2/2/pitch
		du, dv := u-math.Floor(u)-0.5, v-math.Floor(v)-0.5
		r := math.Sqrt(t/math.Pi) * 1.08
		return k, min(max((r-math.Sqrt(du*du+dv*dv))*pitch+0.5, 0), 1)
	}
}

// glow is light around a point, gone at the distance r.
func glow(k rgb, x, y, r, strength float64) ink {
	return func(px, py int) (rgb, float64) {
		dx, dy := float64(px)-x, float64(py)-y
		d := (dx*dx + dy*dy) / (r * r)
		if d >= 1 {
			return k, 0
		}
		return k, strength * (1 - d) * (1 - d)
	}
}

// light lays a glow where it reaches.
func (c *canvas) light(k rgb, x, y, r, strength float64) {
	c.fill(new(shape).rect(x-r, y-r, 2*r, 2*r), glow(k, x, y, r, strength))
}

// ripples lays short level strokes of a colour over water, thicker towards the
// eye. Chance says, for a place, how likely a stroke is.
func (c *canvas) ripples(seed int, y0, y1 float64, k ink, chance func(x, y float64) float64) {
	s := new(shape)
	row := 0
	for y := y0; y < y1; row++ {
		near := (y - y0) / (y1 - y0)
		thick := 1.6 + 6*near
		for i := range 90 {
			x := hash(i, seed+row*3) * float64(c.w)
			if hash(i, seed+row*3+1) > chance(x, y) {
				continue
			}
			half := (10 + 55*hash(i, seed+row*3+2)) * (0.35 + near)
			s.ellipse(x, y, half, thick/2)
		}
		y += 5 + 13*near
	}
	c.fill(s, k)
}

// cut lays a shape made by below down like a sheet of cut paper: with a soft shadow above its
// edge, and darker, stippled, towards the foot.
func (c *canvas) cut(s *shape, k rgb, foot rgb, shadow float64) {
	edge := s.upperEdge(30)
	for i := range 4 {
		c.fill(edge.moved(0, -float64(3+i*5)), thin(inkNight, shadow/float64(i+2)))
	}
	top, depth := s.minY, s.maxY-s.minY
	dotted := mix(k, foot, 0.55)
	row, dots := -1, 0.0
	c.fill(s, func(x, y int) (rgb, float64) {
		if y != row { // every row has one tone
			row, dots = y, 0.85*smooth(0.1, 1, (float64(y)-top)/depth)
		}
		if dots > 0 && dots > hash(x, y) {
			return dotted, 1
		}
		return k, 1
	})
}
