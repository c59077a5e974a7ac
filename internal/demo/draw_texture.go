package demo

import "math"

// lattice is the distance of two places at which a smooth function is reckoned,
// in pixels.
const lattice = 8

// sampled reckons a smooth function at the points of a lattice, as they are asked
// for, and goes straight from one to the next. Like rows it serves one canvas at
// a time, from above to below.
func sampled(f func(x, y float64) float64) func(px, py int) float64 {
	var upper, lower [wideWidth/lattice + 2]float64
	row, empty := -1, math.NaN()
	at := func(line *[len(upper)]float64, i, j int) float64 {
		if line[i] != line[i] { // not reckoned yet
			line[i] = f(float64(i*lattice), float64(j*lattice))
		}
		return line[i]
	}
	cell, y, left, rise := -1, -1, 0.0, 0.0
	return func(px, py int) float64 {
		i := px / lattice
		if i == cell && py == y {
			return left + rise*float64(px%lattice)
		}
		if j := py / lattice; j != row {
			if upper = lower; j != row+1 || row < 0 {
				fillWith(upper[:], empty)
			}
			fillWith(lower[:], empty)
			row = j
		}
		cell, y = i, py
		v := float64(py%lattice) / lattice
		left = at(&upper, i, row)*(1-v) + at(&lower, i, row+1)*v
		rise = (at(&upper, i+1, row)*(1-v) + at(&lower, i+1, row+1)*v - left) / lattice
		return left + rise*float64(px%lattice)
	}
}

func fillWith(line []float64, v float64) {
	for i := range line {
		line[i] = v
	}
}

// halftone is a screen of dots at 45 degrees, as in a printed photograph. Tone
// says how dark each place is, from 0 to 1; pitch is the distance of two dots.
func halftone(k rgb, pitch float64, tone func(x, y float64) float64) ink {
	radius := sampled(func(x, y float64) float64 { // of a dot, in pitches
		return 1.08 * math.Sqrt(max(tone(x, y), 0)/math.Pi)
	})
	const faint = 0.061 // no dot below a tone of a hundredth
	step, edge := math.Sqrt2/2/pitch, 0.5/pitch
	return func(px, py int) (rgb, float64) {
		r := radius(px, py)
		if r <= faint {
			return k, 0
		}
		u, v := float64(px+py)*step, float64(px-py+8*wideWidth)*step // both above 0, so that int rounds down
		du, dv := u-float64(int(u))-0.5, v-float64(int(v))-0.5
		switch d := du*du + dv*dv; {
		case d >= (r+edge)*(r+edge):
			return k, 0
		case r > edge && d <= (r-edge)*(r-edge):
			return k, 1
		default:
			return k, (r-math.Sqrt(d))*pitch + 0.5
		}
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
	shining := glow(k, x, y, r, strength)
	for py := max(int(y-r), 0); py < min(int(y+r)+1, c.h); py++ {
		half := math.Sqrt(max(r*r-(float64(py)-y)*(float64(py)-y), 0))
		line := c.img.Pix[py*c.img.Stride:]
		for px := max(int(x-half), 0); px < min(int(x+half)+1, c.w); px++ {
			colour, cover := shining(px, py)
			lay(line[4*px:], colour, cover)
		}
	}
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

// hatch is an engraver's tone: parallel strokes that swell where it is darker.
// The angle is that of the strokes, clockwise from the level, in radians.
func hatch(k rgb, pitch, angle float64, tone func(x, y float64) float64) ink {
	sin, cos := math.Sincos(angle)
	dark := sampled(tone)
	return func(px, py int) (rgb, float64) {
		return k, engraved(pitch, float64(py)*cos-float64(px)*sin, dark(px, py))
	}
}

// engrave is hatch with strokes that follow a form: they run where across is
// the same, one stroke for each pitch of it.
func engrave(k rgb, pitch float64, across, tone func(x, y float64) float64) ink {
	form, dark := sampled(across), sampled(tone)
	return func(px, py int) (rgb, float64) {
		return k, engraved(pitch, form(px, py), dark(px, py))
	}
}

// engraved is how much of a pixel a stroke covers.
func engraved(pitch, across, tone float64) float64 {
	if tone <= 0.02 {
		return 0
	}
	u := across / pitch
	d := math.Abs(u-math.Floor(u)-0.5) * pitch
	// A stroke thinner than a pixel is paler instead.
	return min(max(tone*pitch/2-d+0.5, 0), 1) * min(tone*pitch, 1)
}

// mirror lays what stands above y0 upside down on the water below it, drawn out
// by stretch, broken by waves, and dimmed towards k by the cover that dim gives
// for the distance from y0.
func (c *canvas) mirror(y0 int, stretch, swell float64, k rgb, dim func(d float64) float64) {
	for y := y0; y < c.h; y++ {
		d := float64(y - y0)
		from := min(max(y0-1-int(d/stretch+2*wave(y0+5, d/9)), 0), y0-1)
		copy(c.img.Pix[y*c.img.Stride:][:4*c.w], c.img.Pix[from*c.img.Stride:])
	}
	c.shiver(y0, swell)
	c.wash(y0, c.h, rows(func(y float64) (rgb, float64) { return k, dim(y - float64(y0)) }))
}

// shiver shifts the rows below y0 to and fro, as waves do with a reflection;
// swell is by how many pixels at the lower edge.
func (c *canvas) shiver(y0 int, swell float64) {
	row := make([]uint8, 4*c.w)
	for y := y0; y < c.h; y++ {
		d := float64(y - y0)
		line := c.img.Pix[y*c.img.Stride:][:4*c.w]
		shift := int(swell * (0.2 + 0.8*d/float64(c.h-y0)) * wave(y0, d/(3+d*0.025)))
		copy(row, line)
		for x := range c.w {
			from := min(max(x+shift, 0), c.w-1)
			copy(line[4*x:4*x+4], row[4*from:])
		}
	}
}

// corners darkens the edges of a picture, as a lens does.
func (c *canvas) corners(k rgb, strength float64) {
	w, h := float64(c.w)/2, float64(c.h)/2
	dark := sampled(func(x, y float64) float64 {
		dx, dy := (x-w)/w, (y-h)/h
		return strength * smooth(0.45, 1.9, dx*dx+dy*dy)
	})
	c.wash(0, c.h, func(x, y int) (rgb, float64) { return k, dark(x, y) })
}
