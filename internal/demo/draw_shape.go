package demo

import "math"

// shape is one or more closed outlines. Where outlines of the same turning lie
// over each other they add up; a circle added with hole cuts one out.
type shape struct {
	points                 []point
	minX, minY, maxX, maxY float64
}

type point struct {
	x, y  float64
	start bool // begins an outline
}

func (s *shape) add(x, y float64, start bool) {
	if len(s.points) == 0 {
		s.minX, s.minY, s.maxX, s.maxY = x, y, x, y
	}
	s.minX, s.maxX = min(s.minX, x), max(s.maxX, x)
	s.minY, s.maxY = min(s.minY, y), max(s.maxY, y)
	s.points = append(s.points, point{x, y, start})
}

// poly adds a polygon: x, y, x, y and so on.
func (s *shape) poly(xy ...float64) *shape {
	for i := 0; i+1 < len(xy); i += 2 {
		s.add(xy[i], xy[i+1], i == 0)
	}
	return s
}

func (s *shape) rect(x, y, w, h float64) *shape {
	return s.poly(x, y, x+w, y, x+w, y+h, x, y+h)
}

// ellipse adds an ellipse around x, y.
func (s *shape) ellipse(x, y, rx, ry float64) *shape { return s.arc(x, y, rx, ry, 0, 2*math.Pi) }

func (s *shape) circle(x, y, r float64) *shape { return s.arc(x, y, r, r, 0, 2*math.Pi) }

// hole adds a circle that turns the other way, and so cuts out.
func (s *shape) hole(x, y, r float64) *shape { return s.arc(x, y, r, r, 2*math.Pi, 0) }

// arc adds the part of an ellipse from one angle to another, closed by its
// chord. Angles are radians, clockwise from the right.
func (s *shape) arc(x, y, rx, ry, from, to float64) *shape {
	steps := 12 + int(math.Max(rx, ry)/3)
	for i := range steps + 1 {
		a := from + (to-from)*float64(i)/float64(steps)
		s.add(x+rx*math.Cos(a), y+ry*math.Sin(a), i == 0)
	}
	return s
}

// line adds a straight stroke. All strokes turn the same way, so that crossing
// ones add up.
func (s *shape) line(x0, y0, x1, y1, width float64) *shape {
	d := math.Hypot(x1-x0, y1-y0)
	if d == 0 {
		return s
	}
	nx, ny := (y1-y0)/d*width/2, -(x1-x0)/d*width/2
	return s.poly(x0+nx, y0+ny, x1+nx, y1+ny, x1-nx, y1-ny, x0-nx, y0-ny)
}

// path adds a stroke along points: x, y, x, y and so on.
func (s *shape) path(width float64, xy ...float64) *shape {
	for i := 0; i+3 < len(xy); i += 2 {
		s.line(xy[i], xy[i+1], xy[i+2], xy[i+3], width)
		if i > 0 && width > 2 {
			s.circle(xy[i], xy[i+1], width/2)
		}
	}
	return s
}

// below adds what lies under a line, f(x), down to the bottom.
func (s *shape) below(x0, x1, bottom float64, f func(x float64) float64) *shape {
	s.add(x0, bottom, true)
	for x := x0; x < x1; x += 4 {
		s.add(x, f(x), false)
	}
	s.add(x1, f(x1), false)
	s.add(x1, bottom, false)
	return s
}

// upperEdge is a band along the line of a shape made by below: enough to lay
// down a shadow without painting all that the shape itself will cover.
func (s *shape) upperEdge(thick float64) *shape {
	line := s.points[1 : len(s.points)-1]
	e := new(shape)
	for i, p := range line {
		e.add(p.x, p.y, i == 0)
	}
	for i := len(line) - 1; i >= 0; i-- {
		e.add(line[i].x, line[i].y+thick, false)
	}
	return e
}

// curve adds a closed outline through control points, rounded by Catmull and
// Rom's spline ("A class of local interpolating splines", 1974).
func (s *shape) curve(xy ...float64) *shape {
	n := len(xy) / 2
	at := func(i int) (float64, float64) { i = (i + n) % n; return xy[2*i], xy[2*i+1] }
	for i := range n {
		x0, y0 := at(i - 1)
		x1, y1 := at(i)
		x2, y2 := at(i + 1)
		x3, y3 := at(i + 2)
		for j := range 16 {
			t := float64(j) / 16
			s.add(spline(x0, x1, x2, x3, t), spline(y0, y1, y2, y3, t), i == 0 && j == 0)
		}
	}
	return s
}

func spline(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// moved is a copy of the shape, shifted.
func (s *shape) moved(dx, dy float64) *shape {
	m := &shape{minX: s.minX + dx, maxX: s.maxX + dx, minY: s.minY + dy, maxY: s.maxY + dy}
	for _, p := range s.points {
		m.points = append(m.points, point{p.x + dx, p.y + dy, p.start})
	}
	return m
}

// within is the shape cut to a rectangle, by Sutherland and Hodgman's method
// ("Reentrant polygon clipping", 1974).
func (s *shape) within(minX, minY, maxX, maxY float64) *shape {
	sides := []func(p point) float64{ // how far inside each side a point lies
		func(p point) float64 { return p.x - minX },
		func(p point) float64 { return maxX - p.x },
		func(p point) float64 { return p.y - minY },
		func(p point) float64 { return maxY - p.y },
	}
	cut := new(shape)
	var line, kept []point
	for from := 0; from < len(s.points); {
		to := from + 1
		for to < len(s.points) && !s.points[to].start {
			to++
		}
		line = append(line[:0], s.points[from:to]...)
		for _, inside := range sides {
			kept = kept[:0]
			for i, b := range line {
				a := line[(i+len(line)-1)%len(line)]
				in, out := inside(b), inside(a)
				if (in < 0) != (out < 0) {
					t := out / (out - in)
					kept = append(kept, point{x: a.x + (b.x-a.x)*t, y: a.y + (b.y-a.y)*t})
				}
				if in >= 0 {
					kept = append(kept, b)
				}
			}
			line, kept = kept, line
		}
		for i, p := range line {
			cut.add(p.x, p.y, i == 0)
		}
		from = to
	}
	return cut
}
