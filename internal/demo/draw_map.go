package demo

import (
	"image"
	"math"
)

// mapCell is the distance of two points of a chart's grid of heights, in pixels.
const mapCell = 8

// heights is a grid of heights over a picture: land above 0, sea below.
type heights struct {
	w, h int
	z    []float64
}

// at is the height between grid points, and how steeply it changes per pixel.
func (g *heights) at(x, y int) (z, slope float64) {
	i, j := x/mapCell, y/mapCell
	u, v := float64(x%mapCell)/mapCell, float64(y%mapCell)/mapCell
	row := g.z[j*g.w+i:]
	a, b, c, d := row[0], row[1], row[g.w], row[g.w+1]
	dx, dy := (b-a)*(1-v)+(d-c)*v, (c-a)*(1-u)+(d-b)*u
	return (a*(1-u)+b*u)*(1-v) + (c*(1-u)+d*u)*v, math.Sqrt(dx*dx+dy*dy) / mapCell
}

// bayLand is the coast of Orlan Bay: the mainland in the north, east and south,
// and two islands.
func bayLand() []*shape {
	return []*shape{
		new(shape).poly(-300, -300, 300, -300, 330, 40, 300, 120, 380, 190, 470, 200, 560, 160, 640, 180, 720, 250, 820, 280,
			930, 260, 1040, 300, 1110, 380, 1150, 450, 1210, 470, 1290, 452, 1296, 476, 1220, 500, 1160, 520, 1120, 590,
			1050, 640, 960, 650, 900, 710, 820, 730, 760, 800, 640, 830, 560, 900, 470, 920, 420, 1010, 300, 1300, 1900, 1300, 1900, -300),
		new(shape).poly(452, 480, 490, 432, 540, 412, 600, 420, 650, 460, 668, 510, 640, 566, 580, 590, 510, 580, 464, 540),
		new(shape).poly(738, 566, 762, 536, 796, 526, 824, 550, 820, 590, 786, 612, 752, 606),
	}
}

// bayHeights measures the way to the coast for each point of the grid; land
// rises with it and the sea bed falls.
func bayHeights(w, h int) *heights {
	land := bayLand()
	channel := []point{{x: 180, y: 640}, {x: 400, y: 690}, {x: 620, y: 660}, {x: 860, y: 560}, {x: 1010, y: 490}, {x: 1160, y: 486}}
	g := &heights{w: w/mapCell + 2, h: h/mapCell + 2}
	for j := range g.h {
		for i := range g.w {
			x := float64(i*mapCell) + 16*field(1, float64(i)/4, float64(j)/4)
			y := float64(j*mapCell) + 16*field(2, float64(i)/4, float64(j)/4)
			coast := math.Inf(1)
			inside := false
			for _, s := range land {
				coast = min(coast, wayTo(s.points, x, y, true))
				inside = inside || holds(s.points, x, y)
			}
			z := -coast
			if inside {
				z = coast
			} else {
				z -= 95 * math.Exp(-math.Pow(wayTo(channel, x, y, false)/46, 2)) * smooth(4, 40, coast)
			}
			g.z = append(g.z, z+34*field(3, float64(i)/11, float64(j)/11)*smooth(10, 120, coast))
		}
	}
	return g
}

// field is a smooth plane of hills and dales between -1 and 1.
func field(seed int, x, y float64) float64 {
	j := math.Floor(y)
	t := y - j
	t = t * t * (3 - 2*t)
	a, b := wave(seed*131+int(j)*17, x), wave(seed*131+int(j)*17+17, x)
	return a + (b-a)*t
}

// wayTo is the distance from a place to a line through points.
func wayTo(line []point, x, y float64, closed bool) float64 {
	best := math.Inf(1)
	for i := range line {
		if i == 0 && !closed {
			continue
		}
		a, b := line[(i+len(line)-1)%len(line)], line[i]
		dx, dy := b.x-a.x, b.y-a.y
		t := min(max(((x-a.x)*dx+(y-a.y)*dy)/(dx*dx+dy*dy+1e-9), 0), 1)
		ex, ey := a.x+t*dx-x, a.y+t*dy-y
		best = min(best, ex*ex+ey*ey)
	}
	return math.Sqrt(best)
}

// holds reports whether a place lies within an outline.
func holds(line []point, x, y float64) bool {
	in := false
	for i := range line {
		a, b := line[(i+len(line)-1)%len(line)], line[i]
		if (a.y > y) != (b.y > y) && x < a.x+(y-a.y)*(b.x-a.x)/(b.y-a.y) {
			in = !in
		}
	}
	return in
}

// drawBayMap is a chart of Orlan Bay with lines of equal depth.
func drawBayMap() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	g := bayHeights(c.w, c.h)
	const step = 30.0
	line, inland := mix(inkDeep, inkSea, 0.4), mix(inkSand, inkOchre, 0.12)
	var depths [10]rgb
	for band := range depths {
		depths[band] = mix(inkSky, mix(inkSea, inkMist, 0.25), float64(band)/9)
	}
	coast := func(k rgb, pixels float64) rgb {
		if pixels > 2.6 {
			return k
		}
		return mix(inkNight, k, smooth(1.2, 2.6, pixels))
	}
	c.ground(func(x, y int) (rgb, float64) {
		z, slope := g.at(x, y)
		near := func(level float64) float64 { return math.Abs(z-level) / (slope + 1e-6) } // pixels
		if z > 0 {
			k := mix(inkPaper, inland, z/300)
			if z > step && near(math.Round(z/(step*2))*step*2) < 0.9 {
				k = mix(k, inkOchre, 0.5)
			}
			return coast(k, near(0)), 1
		}
		k := depths[min(int(-z/step), len(depths)-1)]
		if d := near(math.Round(z/step) * step); d < 1.6 {
			k = mix(line, k, 0.45+0.55*smooth(0.5, 1.6, d))
		}
		return coast(k, near(0)), 1
	})
	c.graticule()
	c.bayNames()
	return c.finish()
}

// graticule draws the chart's net, its frame and its rose.
func (c *canvas) graticule() {
	net := new(shape)
	for x := 200.0; x < 1600; x += 200 {
		net.line(x, 0, x, 1000, 1)
	}
	for y := 100.0; y < 1000; y += 200 {
		net.line(0, y, 1600, y, 1)
	}
	c.fill(net, thin(inkDeep, 0.25))
	frame := new(shape)
	for i := range 40 {
		if i%2 == 0 {
			frame.rect(float64(i)*40, 0, 40, 12).rect(float64(i)*40, 988, 40, 12)
		}
		if i%2 == 0 && i < 25 {
			frame.rect(0, float64(i)*40, 12, 40).rect(1588, float64(i)*40, 12, 40)
		}
	}
	c.fill(frame, flat(inkNight))
	const x, y = 190.0, 830.0
	c.fill(new(shape).circle(x, y, 84).hole(x, y, 80).circle(x, y, 64).hole(x, y, 62), flat(inkDeep))
	for i := range 8 {
		a, r := float64(i)*math.Pi/4, 78.0
		if i%2 == 1 {
			r = 48
		}
		tipX, tipY := x+r*math.Sin(a), y-r*math.Cos(a)
		for side, k := range []rgb{inkNight, inkPaper} {
			b := a + math.Pi/8*float64(1-2*side)
			c.fill(new(shape).poly(x, y, tipX, tipY, x+18*math.Sin(b), y-18*math.Cos(b)), flat(k))
		}
	}
	c.label(upright(30), "N", x, y-94, centred, inkNight)
}

// bayNames letters the chart: places upright, water slanted.
func (c *canvas) bayNames() {
	c.label(slanted(54).spaced(10), "Orlan Bay", 96, 330, fromLeft, inkDeep)
	c.label(slanted(28).spaced(2), "Deep Channel", 420, 706, centred, inkPaper)
	c.label(slanted(26).spaced(2), "River Kel", 1400, 452, centred, inkDeep)
	c.label(upright(26), "Great Skell", 562, 524, centred, inkNight)
	c.label(upright(23).spaced(1), "Little Skell", 780, 656, centred, inkNight)
	c.label(upright(30), "Cape Morrow", 372, 150, fromLeft, inkNight)
	c.label(upright(30), "Pellan", 852, 232, centred, inkNight)
	c.label(upright(30), "Sandwade", 720, 900, centred, inkNight)
	c.label(upright(44).spaced(5), "KELMOUTH", 1370, 560, centred, inkNight)
	dots := new(shape)
	for _, at := range [][2]float64{{352, 160}, {838, 256}, {640, 852}, {562, 484}} {
		dots.circle(at[0], at[1], 7)
	}
	dots.circle(1236, 512, 11)
	c.fill(dots, flat(inkBrick))
	c.fill(new(shape).rect(1210, 900, 300, 6).rect(1210, 900, 6, 20).rect(1357, 900, 6, 14).rect(1504, 900, 6, 20), flat(inkNight))
	c.label(upright(24), "0", 1213, 948, centred, inkNight)
	c.label(upright(24), "5", 1360, 948, centred, inkNight)
	c.label(upright(24), "10 km", 1507, 948, centred, inkNight)
}
