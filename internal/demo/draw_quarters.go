package demo

import (
	"fmt"
	"image"
)

// quarter is a part of Kelmouth on the map of rents.
type quarter struct {
	name   string
	rent   float64 // crowns a square metre and month, old and new leases
	x, y   float64 // where its name stands
	border []float64
}

// quarters are the ten of the map; the article's table has the same figures. The
// river runs from the right to the left, the sea is on the left.
func quarters() []quarter {
	return []quarter{
		{"North Mole", 12.70, 470, 300, []float64{296, 128, 470, 100, 640, 130, 660, 250, 628, 372, 500, 402, 372, 386, 330, 300}},
		{"Tarrow Hill", 16.40, 800, 232, []float64{640, 130, 790, 84, 960, 100, 1010, 210, 972, 340, 800, 366, 628, 372, 660, 250}},
		{"Pettrick", 9.80, 1180, 210, []float64{960, 100, 1140, 70, 1330, 120, 1370, 260, 1230, 356, 1060, 372, 972, 340, 1010, 210}},
		{"Saltmarket", 13.90, 520, 452, []float64{372, 386, 500, 402, 628, 372, 690, 420, 668, 506, 520, 528, 388, 506}},
		{"Old Glebe", 15.20, 806, 446, []float64{628, 372, 800, 366, 972, 340, 990, 430, 940, 506, 800, 528, 668, 506, 690, 420}},
		{"Kelbridge", 13.10, 1128, 452, []float64{972, 340, 1060, 372, 1230, 356, 1330, 430, 1290, 540, 1120, 540, 940, 506, 990, 430}},
		{"Gannet Dock", 11.20, 470, 664, []float64{366, 572, 520, 594, 620, 580, 606, 690, 560, 780, 420, 770, 372, 690}},
		{"Ropewalk", 14.80, 858, 690, []float64{718, 582, 800, 592, 950, 574, 1010, 640, 990, 770, 830, 800, 700, 780, 726, 690}},
		{"Eastfield", 8.90, 1190, 716, []float64{950, 574, 1120, 606, 1290, 606, 1400, 690, 1370, 820, 1190, 852, 990, 770, 1010, 640}},
		{"Lower Kel", 10.40, 640, 868, []float64{420, 770, 560, 780, 700, 780, 830, 800, 990, 770, 960, 880, 800, 936, 600, 940, 450, 890}},
	}
}

// rentInk is darker where rents are higher; there are five steps.
func rentInk(rent float64) rgb {
	steps := []rgb{mix(inkPaper, inkSand, 0.55), mix(inkSand, inkOchre, 0.6), mix(inkOchre, inkCoral, 0.65), mix(inkCoral, inkBrick, 0.6), mix(inkBrick, inkNight, 0.4)}
	return steps[min(max(int((rent-8)/2), 0), len(steps)-1)]
}

// drawRentMap is the map of rents by quarter.
func drawRentMap() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	water := mix(inkSea, inkMist, 0.62)
	land := mix(inkPaper, inkSky, 0.55)
	c.ground(flat(water))
	c.wash(0, 1000, hatch(inkSea, 14, 0, func(x, _ float64) float64 { return 0.16 * smooth(520, 0, x) }))
	shore := new(shape).curve(420, -200, 250, 60, 300, 200, 330, 330, 372, 470, 350, 552, 372, 640, 352, 740, 420, 840, 380, 980, 420, 1200, 1900, 1300, 1900, -300)
	for i := 3; i > 0; i-- { // lines along the coast, as on old charts
		c.fill(outlineOf(shore.moved(-13*float64(i), 0), 2), thin(inkDeep, 0.4/float64(i)))
	}
	c.fill(shore, flat(land))
	c.fill(outlineOf(shore, 3), thin(inkNight, 0.6))
	c.fill(new(shape).bent(52, 300, 546, 430, 548, 600, 552, 800, 560, 940, 540, 1120, 574, 1290, 574, 1420, 500, 1700, 470), flat(water))
	bridges := new(shape)
	for _, x := range []float64{560, 846, 1128} {
		bridges.line(x-6, 508, x+6, 596, 9)
	}
	c.fill(bridges.line(308, 236, 196, 196, 11).line(196, 196, 176, 232, 11), flat(inkNight)) // and the mole
	for _, q := range quarters() {
		c.quarter(q)
	}
	c.gasworks()
	for _, q := range quarters() {
		ink := inkNight
		if q.rent >= 14 {
			ink = inkPaper
		}
		c.label(upright(27), q.name, q.x, q.y, centred, ink)
		c.label(slanted(27), fmt.Sprintf("%.2f", q.rent), q.x, q.y+34, centred, ink)
	}
	c.label(slanted(26).spaced(2), "River Kel", 1460, 482, centred, inkDeep)
	c.label(slanted(38).spaced(6), "Orlan Bay", 128, 430, centred, inkDeep)
	c.rentLegend(1250, 800)
	return c.finish()
}

// quarter lays the sheet of one quarter down, a little within its border.
func (c *canvas) quarter(q quarter) {
	var xy []float64
	for i := 0; i < len(q.border); i += 2 {
		xy = append(xy, q.x+(q.border[i]-q.x)*0.975, q.y+(q.border[i+1]-q.y)*0.965)
	}
	s := new(shape).poly(clockwise(xy)...)
	k := rentInk(q.rent)
	c.fill(s.moved(5, 7), thin(inkNight, 0.28))
	c.fill(s, flat(k))
	c.fill(s, halftone(mix(k, inkNight, 0.5), 10, func(x, y float64) float64 {
		return 0.3 * smooth(-120, 220, (x-q.x)+(y-q.y))
	}))
	streets := new(shape)
	n := int(q.x)
	for i := range 7 {
		d := -240 + 80*float64(i) + 30*hash(i, n)
		streets.line(q.x+d-160, q.y-200, q.x+d+100, q.y+200, 2).line(q.x-300, q.y+d*0.7+60, q.x+300, q.y+d*0.7-40, 2)
	}
	c.inside(s, streets, thin(mix(k, inkPaper, 0.7), 0.35))
}

// gasworks is the site between Ropewalk and Gannet Dock where nobody lives.
func (c *canvas) gasworks() {
	site := new(shape).poly(632, 588, 706, 588, 714, 690, 690, 772, 580, 772, 618, 692)
	c.fill(site, flat(inkPaper))
	c.fill(outlineOf(site, 2.5), thin(inkNight, 0.6))
	c.fill(site, hatch(inkMist, 12, 0.8, func(float64, float64) float64 { return 0.14 }))
	c.fill(new(shape).circle(662, 640, 19).hole(662, 640, 16).circle(650, 690, 14).hole(650, 690, 11), flat(inkDeep))
	c.label(slanted(21), "gasworks", 662, 736, centred, inkDeep)
}

// rentLegend tells the five inks, its upper left corner at x, y.
func (c *canvas) rentLegend(x, y float64) {
	c.fill(new(shape).rect(x+6, y+8, 330, 180), thin(inkNight, 0.25))
	c.fill(new(shape).rect(x, y, 330, 180), flat(inkPaper))
	c.label(upright(24), "Crowns a square metre", x+20, y+38, fromLeft, inkNight)
	for i := range 5 {
		from := 8 + 2*float64(i)
		left := x + 20 + 58*float64(i)
		c.fill(new(shape).rect(left, y+58, 54, 44), flat(rentInk(from+1)))
		c.label(upright(22), fmt.Sprintf("%.0f", from), left, y+130, centred, inkNight)
	}
	c.label(upright(22), "18", x+20+58*5-4, y+130, centred, inkNight)
	c.label(slanted(20), "Source: housing office", x+20, y+164, fromLeft, inkSea)
}
