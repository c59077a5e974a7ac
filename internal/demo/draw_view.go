package demo

import "math"

// spot is where a part of a drawing stands: the origin of its own coordinates,
// how large it is and how far it is turned, clockwise in radians. A flipped one
// looks the other way.
type spot struct {
	x, y, size, turn float64
	flip             bool
}

// at carries a part's own coordinates to the picture: x, y, x, y and so on.
// Outlines turn clockwise afterwards, so that parts which overlap add up.
func (p spot) at(xy ...float64) []float64 {
	out := make([]float64, 0, len(xy))
	sin, cos := math.Sincos(p.turn)
	for i := 0; i+1 < len(xy); i += 2 {
		x, y := xy[i]*p.size, xy[i+1]*p.size
		if p.flip {
			x = -x
		}
		out = append(out, p.x+x*cos-y*sin, p.y+x*sin+y*cos)
	}
	return clockwise(out)
}

// point is one place of the part on the picture.
func (p spot) point(x, y float64) (float64, float64) {
	q := p.at(x, y)
	return q[0], q[1]
}

// inner is a part of the part.
func (p spot) inner(x, y, size, turn float64) spot {
	in := spot{size: p.size * size, turn: p.turn + turn, flip: p.flip}
	in.x, in.y = p.point(x, y)
	return in
}

// clockwise turns an outline round if it runs the other way.
func clockwise(xy []float64) []float64 {
	area, n := 0.0, len(xy)
	for i := 0; i+1 < n; i += 2 {
		area += xy[i]*xy[(i+3)%n] - xy[(i+2)%n]*xy[i+1]
	}
	if area < 0 {
		for i, j := 0, n-2; i < j; i, j = i+2, j-2 {
			xy[i], xy[i+1], xy[j], xy[j+1] = xy[j], xy[j+1], xy[i], xy[i+1]
		}
	}
	return xy
}

// bent adds a stroke along a smooth open line through points.
func (s *shape) bent(width float64, xy ...float64) *shape {
	n := len(xy) / 2
	at := func(i int) (float64, float64) { i = min(max(i, 0), n-1); return xy[2*i], xy[2*i+1] }
	line := make([]float64, 0, n*16+2)
	for i := range n - 1 {
		x0, y0 := at(i - 1)
		x1, y1 := at(i)
		x2, y2 := at(i + 1)
		x3, y3 := at(i + 2)
		steps := 3 + int(math.Hypot(x2-x1, y2-y1)/14)
		for j := range steps {
			t := float64(j) / float64(steps)
			line = append(line, spline(x0, x1, x2, x3, t), spline(y0, y1, y2, y3, t))
		}
	}
	return s.path(width, append(line, xy[2*n-2], xy[2*n-1])...)
}

// view is how an eye sees a room: x to the right, y upwards, z away from the
// eye, in metres.
type view struct {
	x, y, z    float64 // where the eye is
	turn, down float64 // radians that it looks to the right, and below the horizon
	focus      float64 // pixels of a metre that is one metre away
	mx, my     float64 // the place of the picture that it looks at
	mirrored   bool    // what it sees is the reflection in the floor, at y 0
}

// nearest is how close to the eye things are still drawn, in metres.
const nearest = 0.05

// before is a place as the eye has it before itself.
func (v view) before(x, y, z float64) [3]float64 {
	if v.mirrored {
		y = -y
	}
	x, y, z = x-v.x, y-v.y, z-v.z
	sin, cos := math.Sincos(v.turn)
	x, z = x*cos-z*sin, x*sin+z*cos
	sin, cos = math.Sincos(v.down)
	y, z = y*cos+z*sin, z*cos-y*sin
	return [3]float64{x, y, z}
}

// at is where a place of the room lies on the picture, and how many pixels a
// metre has there.
func (v view) at(x, y, z float64) (px, py, scale float64) {
	p := v.before(x, y, z)
	scale = v.focus / max(p[2], nearest)
	return v.mx + p[0]*scale, v.my - p[1]*scale, scale
}

// add draws a flat face of the room, x, y, z, x, y, z and so on, into a shape;
// what lies behind the eye is cut off.
func (v view) add(s *shape, xyz ...float64) *shape {
	var corners [][3]float64
	for i := 0; i+2 < len(xyz); i += 3 {
		corners = append(corners, v.before(xyz[i], xyz[i+1], xyz[i+2]))
	}
	var out []float64
	for i, b := range corners {
		a := corners[(i+len(corners)-1)%len(corners)]
		if (a[2] < nearest) != (b[2] < nearest) {
			t := (nearest - a[2]) / (b[2] - a[2])
			out = append(out, v.mx+(a[0]+(b[0]-a[0])*t)*v.focus/nearest, v.my-(a[1]+(b[1]-a[1])*t)*v.focus/nearest)
		}
		if b[2] >= nearest {
			out = append(out, v.mx+b[0]*v.focus/b[2], v.my-b[1]*v.focus/b[2])
		}
	}
	if len(out) < 6 {
		return s
	}
	return s.poly(clockwise(out)...)
}

// face is one flat face of the room.
func (v view) face(xyz ...float64) *shape { return v.add(new(shape), xyz...) }

// bar adds a thin straight thing between two places, width in metres.
func (v view) bar(s *shape, x0, y0, z0, x1, y1, z1, width float64) *shape {
	ax, ay, a := v.at(x0, y0, z0)
	bx, by, b := v.at(x1, y1, z1)
	d := math.Hypot(bx-ax, by-ay)
	if d == 0 {
		return s
	}
	nx, ny := (by-ay)/d*width/2, -(bx-ax)/d*width/2
	return s.poly(clockwise([]float64{ax + nx*a, ay + ny*a, bx + nx*b, by + ny*b, bx - nx*b, by - ny*b, ax - nx*a, ay - ny*a})...)
}

// block is a box of the room between two corners, the first one left, below and
// near.
type block struct{ x0, y0, z0, x1, y1, z1 float64 }

// box draws the faces of a block that the eye sees: its top (or underside), its
// side and its front.
func (c *canvas) box(v view, b block, top, side, front ink) {
	switch {
	case v.y > b.y1:
		c.fill(v.face(b.x0, b.y1, b.z0, b.x1, b.y1, b.z0, b.x1, b.y1, b.z1, b.x0, b.y1, b.z1), top)
	case v.y < b.y0:
		c.fill(v.face(b.x0, b.y0, b.z0, b.x1, b.y0, b.z0, b.x1, b.y0, b.z1, b.x0, b.y0, b.z1), top)
	}
	if x := b.x0; v.x < x || v.x > b.x1 {
		if v.x > b.x1 {
			x = b.x1
		}
		c.fill(v.face(x, b.y0, b.z0, x, b.y0, b.z1, x, b.y1, b.z1, x, b.y1, b.z0), side)
	}
	c.fill(v.face(b.x0, b.y0, b.z0, b.x1, b.y0, b.z0, b.x1, b.y1, b.z0, b.x0, b.y1, b.z0), front)
}
