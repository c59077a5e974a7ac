package demo

import (
	"image"
	"math"
)

// drawChess is a game near its end, at the height of the pieces. Distances are
// squares of the board; the eye sits at White’s side.
func drawChess() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 520, mix(inkSea, inkDeep, 0.35), mix(inkSand, inkOchre, 0.35)))
	c.wash(0, 520, halftone(inkNight, 14, func(x, y float64) float64 {
		return 0.62 * smooth(300, 1150, math.Hypot(x-960, (y-480)*1.3))
	}))
	c.dockBehind()
	v := view{x: 4.35, y: 1.75, z: -3.1, down: 0.16, focus: 1130, mx: 800, my: 470}
	c.board(v)
	black := mix(inkNight, inkDeep, 0.3)
	white := mix(inkPaper, inkSand, 0.35)
	for _, p := range []struct {
		x, z float64
		k    rgb
		kind piece
	}{
		{6.5, 7.5, black, rook}, {2.5, 7.5, black, king}, {1.5, 6.5, black, pawn}, {2.5, 6.5, black, pawn}, {7.5, 6.5, black, pawn},
		{4.5, 4.5, black, queen}, {5.5, 4.5, white, pawn}, {0.5, 5.5, white, rook}, {1.5, 3.5, black, knight}, {6.5, 2.5, white, king}, {7.5, 1.5, white, pawn}, {2.6, 1.5, white, pawn},
	} {
		c.man(v, p.x, p.z, p.k, p.kind)
	}
	c.corners(inkNight, 0.5)
	return c.finish()
}

// dockBehind is the harbour out of focus: masts, a crane, the water’s edge.
func (c *canvas) dockBehind() {
	s := gantry(new(shape), 1330, 512, 0.9)
	for i := range 7 {
		x := 90 + 118*float64(i) + 40*hash(i, 250)
		h := 190 + 130*hash(i, 251)
		s.line(x, 520, x, 520-h, 7).line(x, 520-h*0.8, x-46, 500, 2.4).line(x, 520-h*0.8, x+52, 500, 2.4)
		s.curve(x-70, 486, x+70, 480, 58+x, 516, x-58, 516)
	}
	c.fill(s, thin(mix(inkDeep, inkNight, 0.4), 0.8))
}

// board is the chequered plane with its frame and edge.
func (c *canvas) board(v view) {
	c.fill(v.face(-5, -0.25, -3, 13, -0.25, -3, 13, -0.25, 9.6, -5, -0.25, 9.6), flat(mix(inkBrick, inkNight, 0.5)))
	c.fill(v.face(-5, -0.25, -3, 13, -0.25, -3, 13, -0.25, 9.6, -5, -0.25, 9.6), halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.3 + 0.4*smooth(300, 1000, math.Abs(x-800))
	}))
	c.fill(v.face(-0.6, -0.24, -0.2, 9.2, -0.24, -0.4, 9.6, -0.24, 8.6, -0.2, -0.24, 8.9), thin(inkNight, 0.45))
	frame := mix(inkBrick, inkNight, 0.3)
	c.box(v, block{-0.4, -0.22, -0.4, 8.4, 0, 8.4}, flat(frame), flat(mix(frame, inkNight, 0.5)), flat(mix(frame, inkNight, 0.35)))
	light, dark := new(shape), new(shape)
	for i := range 8 {
		for j := range 8 {
			s := light
			if (i+j)%2 == 0 {
				s = dark
			}
			x, z := float64(i), float64(j)
			v.add(s, x, 0, z, x+1, 0, z, x+1, 0, z+1, x, 0, z+1)
		}
	}
	c.fill(light, flat(mix(inkSand, inkPaper, 0.45)))
	c.fill(dark, flat(mix(inkSea, inkDeep, 0.55)))
	whole := v.face(0, 0, 0, 8, 0, 0, 8, 0, 8, 0, 0, 8)
	c.fill(whole, halftone(inkNight, 10, func(x, y float64) float64 { return 0.5 * smooth(1000, 150, x+0.35*(1000-y)) }))
	c.shine(whole, mix(inkOchre, inkPaper, 0.4), 1100, 600, 620, 0.4)
}

// piece is a kind of chessman.
type piece int

const (
	pawn piece = iota
	rook
	knight
	queen
	king
)

// profile is the right half of a turned piece: distance from the axis and
// height, from the foot upwards.
func (p piece) profile() []float64 {
	switch p {
	case pawn:
		return []float64{0.3, 0, 0.3, 0.08, 0.25, 0.13, 0.2, 0.2, 0.13, 0.34, 0.1, 0.52, 0.18, 0.56, 0.18, 0.6, 0.1, 0.63, 0.16, 0.7, 0.18, 0.78, 0.15, 0.88, 0.06, 0.94, 0, 0.95}
	case rook:
		return []float64{0.34, 0, 0.34, 0.1, 0.28, 0.15, 0.22, 0.26, 0.18, 0.5, 0.18, 0.78, 0.26, 0.84, 0.28, 0.9, 0.28, 1.12, 0, 1.12}
	case queen:
		return []float64{0.36, 0, 0.36, 0.1, 0.3, 0.16, 0.22, 0.3, 0.14, 0.6, 0.11, 1.05, 0.22, 1.1, 0.22, 1.16, 0.12, 1.2, 0.16, 1.32, 0.27, 1.6, 0.2, 1.56, 0.1, 1.58, 0, 1.6}
	case king:
		return []float64{0.38, 0, 0.38, 0.1, 0.31, 0.16, 0.24, 0.3, 0.16, 0.62, 0.13, 1.16, 0.24, 1.22, 0.24, 1.28, 0.14, 1.32, 0.17, 1.44, 0.25, 1.68, 0.2, 1.76, 0.06, 1.82, 0, 1.82}
	}
	return []float64{0.34, 0, 0.34, 0.1, 0.28, 0.15, 0.22, 0.26, 0.2, 0.36, 0, 0.36}
}

// man stands in the middle of a square, lit from the right.
func (c *canvas) man(v view, x, z float64, k rgb, kind piece) {
	px, py, m := v.at(x, 0, z)
	at := spot{x: px, y: py, size: m}
	shadow := v.face(x-0.28, 0.004, z-0.1, x-0.2, 0.004, z-0.3, x-1.5, 0.004, z-0.75, x-1.7, 0.004, z-0.5, x-0.3, 0.004, z+0.2)
	c.fill(shadow, thin(inkNight, 0.42))
	c.fill(new(shape).ellipse(px, py, 0.36*m, 0.13*m), thin(inkNight, 0.5))
	half := kind.profile()
	var xy []float64
	for i := 0; i < len(half); i += 2 {
		xy = append(xy, half[i], -half[i+1])
	}
	for i := len(half) - 2; i >= 0; i -= 2 {
		xy = append(xy, -half[i], -half[i+1])
	}
	body := new(shape).poly(at.at(xy...)...).arc(px, py, half[0]*m, half[0]*0.3*m, 0, math.Pi)
	switch kind {
	case king:
		body.poly(at.at(-0.035, -1.78, 0.035, -1.78, 0.045, -2.12, -0.045, -2.12)...).poly(at.at(-0.13, -1.99, 0.13, -1.99, 0.13, -1.92, -0.13, -1.92)...)
	case queen:
		body.circle(px, py-1.67*m, 0.07*m)
		for i := range 5 {
			body.circle(px+(float64(i)-2)*0.13*m, py-(1.62-0.02*math.Abs(float64(i)-2))*m, 0.05*m)
		}
	case knight:
		body.curve(at.at(-0.2, -0.34, -0.25, -0.7, -0.16, -1.0, 0.02, -1.22, 0.08, -1.32, 0.12, -1.2, 0.22, -1.08, 0.36, -0.84, 0.34, -0.74, 0.24, -0.74, 0.12, -0.8, 0.06, -0.76, 0.16, -0.6, 0.2, -0.34)...)
	}
	c.fill(body, flat(k))
	c.manShade(at, body, k, kind)
}

// manShade gives a piece its round form: strokes on the side away from the
// light, an edge of light, and what is carved into it.
func (c *canvas) manShade(at spot, body *shape, k rgb, kind piece) {
	dark, edge := inkNight, mix(k, inkPaper, 0.8)
	if k.r > 128 {
		dark = mix(inkBrick, inkNight, 0.4)
	}
	c.fill(body, engrave(dark, max(at.size*0.045, 5), func(x, y float64) float64 {
		d := (x - at.x) / at.size
		return y - 0.28*at.size*math.Sqrt(max(0.16-d*d, 0))
	}, func(x, _ float64) float64 { return 0.15 + 0.75*smooth(0.12, -0.3, (x-at.x)/at.size) }))
	c.fill(body, func(x, _ int) (rgb, float64) {
		d := (float64(x) - at.x) / at.size
		return edge, 0.75 * smooth(0.03, 0.07, d) * smooth(0.15, 0.11, d)
	})
	cuts := new(shape)
	switch kind {
	case rook:
		cuts.poly(at.at(-0.13, -1.13, -0.05, -1.13, -0.05, -1.02, -0.13, -1.02)...).poly(at.at(0.07, -1.13, 0.15, -1.13, 0.15, -1.02, 0.07, -1.02)...)
		cuts.poly(at.at(-0.28, -0.93, 0.28, -0.93, 0.28, -0.9, -0.28, -0.9)...)
	case knight:
		x, y := at.point(0.1, -1.02)
		cuts.circle(x, y, 0.035*at.size)
		for i := range 5 {
			t := float64(i)
			cuts.path(0.025*at.size, at.at(-0.2+0.035*t, -0.5-0.15*t, -0.06+0.03*t, -0.5-0.13*t)...)
		}
		x, y = at.point(0.31, -0.82)
		cuts.circle(x, y, 0.018*at.size)
	}
	c.fill(cuts, thin(dark, 0.85))
}
