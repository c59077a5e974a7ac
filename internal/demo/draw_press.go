package demo

import (
	"image"
	"math"
	"sort"
)

// The press is drawn aslant: what goes back goes up and to the right.
const (
	pressBackX, pressBackY = 330.0, -150.0 // the far end of a roller, from the near one
)

// pressPart is a part of the press in the order of painting: what lies left and
// low comes first, for the rest stands before it.
type pressPart struct {
	rank  float64
	paint func()
}

// drawPress is the rotary press with the web running through it, in two inks and
// the paper’s own.
func drawPress() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, mix(inkDeep, inkSea, 0.25), mix(inkNight, inkDeep, 0.3)))
	c.wash(0, 1000, halftone(inkNight, 14, func(x, y float64) float64 {
		return 0.75*smooth(240, 1250, math.Hypot(x-760, (y-380)*1.2)) + 0.1
	}))
	c.pressHall()
	web := newWeb()
	var parts []pressPart
	for _, r := range pressRollers() {
		parts = append(parts, pressPart{(r.x - r.y) - r.r*0.6, func() { c.roller(r) }})
	}
	for i := range len(web.points) - 1 {
		a, b := web.points[i], web.points[i+1]
		parts = append(parts, pressPart{(a.x+b.x)/2 - (a.y+b.y)/2, func() { c.webPiece(web, i) }})
	}
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].rank < parts[j].rank })
	for _, p := range parts {
		p.paint()
	}
	c.pressFrame()
	for _, r := range pressRollers() {
		c.rollerEnd(r)
	}
	c.folder()
	c.printer(1500, 966)
	return c.finish()
}

// roller is one cylinder of the press: the middle of its near end and its
// radius. Plates are the large ones that print.
type roller struct {
	x, y, r float64
	plate   bool
}

func pressRollers() []roller {
	return []roller{
		{190, 730, 118, false}, // the reel of paper
		{330, 452, 30, false},
		{470, 560, 92, true}, {470, 376, 92, true},
		{640, 250, 30, false}, {720, 640, 30, false},
		{850, 540, 92, true}, {850, 356, 92, true},
		{1010, 232, 34, false},
		{1120, 700, 40, false},
	}
}

// roller draws one cylinder with light from above.
func (c *canvas) roller(r roller) {
	const bx, by = pressBackX, pressBackY
	d := math.Hypot(bx, by)
	nx, ny := -by/d*r.r, bx/d*r.r // across the axis
	steel := mix(inkMist, inkSea, 0.35)
	if r.plate {
		steel = mix(inkSea, inkDeep, 0.3)
	}
	body := new(shape).poly(clockwise([]float64{r.x + nx, r.y + ny, r.x + nx + bx, r.y + ny + by, r.x - nx + bx, r.y - ny + by, r.x - nx, r.y - ny})...).circle(r.x+bx, r.y+by, r.r)
	if r.r > 110 {
		steel = mix(inkPaper, inkSand, 0.4)
	}
	c.fill(body, flat(steel))
	c.fill(body, engrave(inkNight, 9, func(x, y float64) float64 { return (x-r.x)*-by/d + (y-r.y)*bx/d }, func(x, y float64) float64 {
		across := ((x-r.x)*-by/d + (y-r.y)*bx/d) / r.r // -1 above, 1 below
		return 0.12 + 0.75*smooth(-0.35, 1, across) + 0.3*smooth(-0.75, -1, across)
	}))
}

// rollerEnd is the near end of a cylinder.
func (c *canvas) rollerEnd(r roller) {
	steel := mix(inkSea, inkMist, 0.25)
	if r.r > 110 {
		steel = mix(inkPaper, inkSand, 0.4)
	}
	c.fill(new(shape).circle(r.x, r.y, r.r), flat(mix(steel, inkNight, 0.25)))
	ring := new(shape).circle(r.x, r.y, r.r*0.94).hole(r.x, r.y, r.r*0.87)
	c.fill(ring, thin(inkPaper, 0.35))
	if r.r > 110 { // the reel shows its layers
		layers := new(shape)
		for q := 0.3; q < 0.95; q += 0.08 {
			layers.circle(r.x, r.y, r.r*q).hole(r.x, r.y, r.r*q-2)
		}
		c.fill(layers, thin(inkBrick, 0.4))
	}
	c.fill(new(shape).circle(r.x, r.y, r.r*0.28), flat(inkNight))
	if r.plate {
		bolts := new(shape)
		for i := range 8 {
			a := float64(i) * math.Pi / 4
			bolts.circle(r.x+r.r*0.62*math.Cos(a), r.y+r.r*0.62*math.Sin(a), 8)
		}
		c.fill(bolts, flat(inkNight))
		c.fill(new(shape).circle(r.x, r.y, r.r*0.16), flat(inkCoral))
	}
}

// web is the run of the paper in the near plane, as short pieces.
type web struct{ points []point }

// newWeb leads the paper from the reel over the rollers to the folder.
func newWeb() web {
	var w web
	turn := func(x, y, r, from, to float64) {
		steps := 2 + int(math.Abs(to-from)*r/14)
		for i := range steps + 1 {
			a := from + (to-from)*float64(i)/float64(steps)
			w.to(x+r*math.Cos(a), y+r*math.Sin(a))
		}
	}
	const pi = math.Pi
	turn(190, 730, 122, 1.05*pi, 1.2*pi)
	turn(330, 452, 33, 1.12*pi, 1.75*pi)
	turn(470, 468, 3, 0.75*pi, 0.7*pi)
	turn(640, 250, 33, 1.2*pi, 1.96*pi)
	turn(720, 640, 33, 0.96*pi, 0.3*pi)
	turn(850, 448, 3, 1.2*pi, 1.3*pi)
	turn(1010, 232, 37, 1.2*pi, 1.9*pi)
	turn(1120, 700, 43, 1.0*pi, 0.5*pi)
	w.to(1330, 743)
	return w
}

// to leads the web on to a place, in pieces of at most 26 pixels.
func (w *web) to(x, y float64) {
	if n := len(w.points); n > 0 {
		from := w.points[n-1]
		d := math.Hypot(x-from.x, y-from.y)
		for i := 1; float64(i)*26 < d; i++ {
			t := float64(i) * 26 / d
			w.points = append(w.points, point{x: from.x + (x-from.x)*t, y: from.y + (y-from.y)*t})
		}
	}
	w.points = append(w.points, point{x: x, y: y})
}

// webPiece is the paper between two points of its run, across the whole press:
// shaded by its slope, and printed once it has passed the first plates.
func (c *canvas) webPiece(w web, i int) {
	a, b := w.points[i], w.points[i+1]
	quad := func(s *shape, t0, t1 float64) *shape {
		return s.poly(clockwise([]float64{a.x + t0*pressBackX, a.y + t0*pressBackY, b.x + t0*pressBackX, b.y + t0*pressBackY,
			b.x + t1*pressBackX, b.y + t1*pressBackY, a.x + t1*pressBackX, a.y + t1*pressBackY})...)
	}
	slope := math.Atan2(b.y-a.y, b.x-a.x)
	light := 0.5 + 0.5*math.Cos(slope+0.5)
	k := mix(mix(inkSand, inkMist, 0.5), inkPaper, light)
	sheet := quad(new(shape), 0.04, 0.96)
	c.fill(sheet, flat(mix(k, inkNight, 0.18*(1-light))))
	if a.x < 500 {
		return
	}
	print := new(shape)
	for col := range 8 { // two pages of four columns
		from := 0.075 + 0.108*float64(col)
		if col > 3 {
			from += 0.022
		}
		if (i/3+col)%9 != 4 {
			quad(print, from, from+0.086)
		}
	}
	c.fill(print, hatch(inkNight, 6.5, math.Atan2(pressBackY, pressBackX), func(float64, float64) float64 { return 0.52 }))
	switch i % 22 {
	case 3, 4:
		c.fill(quad(new(shape), 0.075, 0.49), flat(inkCoral))
	case 13, 14, 15, 16:
		c.fill(quad(new(shape), 0.53, 0.72), flat(mix(inkSea, inkDeep, 0.4)))
	}
}

// pressHall is the frame of the press, the floor and the lamps.
func (c *canvas) pressHall() {
	c.fill(new(shape).poly(0, 860, 1600, 790, 1600, 1000, 0, 1000), fade(800, 1000, mix(inkDeep, inkNight, 0.35), inkNight))
	frame := new(shape)
	for _, x := range []float64{372, 752} {
		frame.rect(x, 236, 200, 700)
	}
	back := frame.moved(pressBackX, pressBackY)
	c.fill(back, flat(mix(inkNight, inkDeep, 0.35)))
	c.fill(new(shape).rect(690, 96, 720, 26), flat(mix(inkNight, inkDeep, 0.35)))
	for i := range 3 {
		x := 260 + 520*float64(i)
		c.fill(new(shape).line(x, 0, x, 40, 4).poly(x-60, 70, x-24, 38, x+24, 38, x+60, 70), flat(inkNight))
		c.fill(new(shape).ellipse(x, 70, 58, 8), flat(mix(inkOchre, inkPaper, 0.5)))
		c.light(mix(inkOchre, inkPaper, 0.5), x, 80, 300, 0.5)
	}
	c.fill(new(shape).rect(100, 790, 1180, 160).rect(60, 930, 1300, 24), flat(mix(inkNight, inkBrick, 0.1)))
	c.fill(new(shape).rect(60, 930, 1300, 5).rect(100, 790, 1180, 4), thin(inkMist, 0.4))
}

// pressFrame is the near side of the machine: the pillars that carry the
// rollers, and the bed.
func (c *canvas) pressFrame() {
	s := new(shape)
	for _, r := range pressRollers() {
		w := max(r.r*0.9, 44)
		s.rect(r.x-w/2, r.y, w, 806-r.y)
		s.circle(r.x, r.y, r.r+14)
	}
	s.line(330, 452, 470, 500, 40)
	c.fill(s.moved(7, -4), flat(mix(inkSea, inkDeep, 0.35)))
	c.fill(s, flat(mix(inkNight, inkDeep, 0.35)))
	bed := new(shape).poly(90, 800, 1270, 800, 1270, 950, 60, 950)
	c.fill(new(shape).poly(90, 800, 90+pressBackX*0.12, 800+pressBackY*0.12, 1270, 800+pressBackY*0.12, 1270, 800), flat(mix(inkDeep, inkSea, 0.4)))
	c.fill(bed, flat(mix(inkNight, inkDeep, 0.2)))
	c.fill(bed, hatch(inkNight, 12, 0, func(x, _ float64) float64 { return 0.55 - 0.35*smooth(1200, 100, x) }))
	rivets := new(shape)
	for i := range 24 {
		rivets.circle(112+float64(i)*50, 816, 4).circle(98+float64(i)*50, 932, 4)
	}
	c.fill(rivets, thin(inkMist, 0.5))
	c.fill(new(shape).rect(186, 850, 300, 52), flat(inkCoral))
	c.label(upright(34).spaced(4), "THE LANTERN", 336, 888, centred, inkPaper)
}

// folder cuts and folds the web; the copies leave it overlapping, like scales.
func (c *canvas) folder() {
	const x0, x1, top = 1262.0, 1392.0, 640.0
	const bx, by = pressBackX * 0.9, pressBackY * 0.9
	c.fill(new(shape).poly(x0, top, x0+bx, top+by, x1+bx, top+by, x1, top), flat(mix(inkSea, inkMist, 0.3)))
	c.fill(new(shape).poly(x1, top, x1+bx, top+by, x1+bx, 950+by, x1, 950), flat(mix(inkNight, inkDeep, 0.2)))
	front := new(shape).rect(x0, top, x1-x0, 950-top)
	c.fill(front, flat(mix(inkSea, inkDeep, 0.5)))
	c.fill(front, hatch(inkNight, 9, 0.6, func(x, y float64) float64 { return 0.1 + 0.45*smooth(top, 960, y) }))
	c.fill(new(shape).circle(1327, 706, 34).hole(1327, 706, 27).circle(1327, 706, 5).line(1327, 706, 1345, 690, 4), flat(inkPaper))
	c.fill(new(shape).rect(1296, 770, 18, 18).rect(1322, 770, 18, 18), flat(inkOchre))
	c.fill(new(shape).rect(1348, 770, 18, 18), flat(inkCoral))
	belt := new(shape).poly(x1+20, 842, x1+20+bx*0.55, 842+by*0.55, 1640, 842+by*0.55, 1640, 842)
	c.fill(belt, flat(inkNight))
	for i := range 11 { // from the far end of the stream to the near one
		x := 1620 - float64(i)*22
		copyOf := new(shape).poly(x, 838, x+bx*0.5, 838+by*0.5, x+84+bx*0.5, 832+by*0.5, x+84, 832)
		c.fill(copyOf.moved(-3, 3), thin(inkNight, 0.5))
		c.fill(copyOf, flat(mix(inkPaper, inkMist, 0.25*float64(i%2))))
		c.fill(new(shape).poly(x+10+bx*0.08, 836+by*0.08, x+10+bx*0.42, 836+by*0.42, x+20+bx*0.42, 835+by*0.42, x+20+bx*0.08, 835+by*0.08), thin(inkNight, 0.7))
	}
	c.fill(new(shape).rect(x1+14, 838, 220, 16).rect(1420, 850, 16, 100), flat(mix(inkSea, inkDeep, 0.4)))
}

// printer stands at the delivery with her back to us, feet at x, y.
func (c *canvas) printer(x, y float64) {
	at := spot{x: x, y: y, size: 3.7}
	c.fill(new(shape).ellipse(x, y, 70, 10), thin(inkNight, 0.6))
	c.fill(standing(new(shape), at, 20), flat(mix(inkNight, inkDeep, 0.3)))
	c.fill(new(shape).poly(at.at(-11, -62, 11, -62, 12, -34, 9, -3, 1.5, -3, 0, -36, -1.5, -3, -9, -3, -12, -34)...), flat(mix(inkCoral, inkBrick, 0.25)))
	c.fill(new(shape).poly(at.at(-8, -82, -5, -82, 8, -62, 4, -62)...).poly(at.at(8, -82, 5, -82, -8, -62, -4, -62)...), flat(mix(inkCoral, inkBrick, 0.25)))
	c.fill(new(shape).poly(at.at(0, -62, 11, -62, 12, -34, 9, -3, 1.5, -3, 0, -36)...), thin(inkNight, 0.3))
}
