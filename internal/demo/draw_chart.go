package demo

import (
	"fmt"
	"image"
	"math"
	"strconv"
)

// containerYear is a year of Kelmouth's container quays.
type containerYear struct {
	year     int
	thousand int // standard containers, in thousands
}

// containerYears are the figures of the chart; the article's table has the same.
func containerYears() []containerYear {
	return []containerYear{
		{2016, 212}, {2017, 224}, {2018, 231}, {2019, 238}, {2020, 205},
		{2021, 226}, {2022, 241}, {2023, 236}, {2024, 252}, {2025, 268},
	}
}

// drawContainerYears is a bar chart of ten years.
func drawContainerYears() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(flat(inkPaper))
	const left, base, scale = 150.0, 860.0, 2.05
	c.fill(new(shape).rect(90, 70, 70, 10), flat(inkCoral))
	c.label(upright(52), "Ten years on the container quays", 90, 140, fromLeft, inkNight)
	c.label(slanted(32), "Standard containers handled at Kelmouth, in thousands", 90, 192, fromLeft, inkDeep)
	rules := new(shape)
	for v := 50; v <= 300; v += 50 {
		y := base - float64(v)*scale
		rules.rect(left, y-1, 1370, 2)
		c.label(upright(28), strconv.Itoa(v), left-18, y+10, fromRight, inkSea)
	}
	c.fill(rules, thin(inkDeep, 0.18))
	for i, one := range containerYears() {
		x, h := left+26+float64(i)*136, float64(one.thousand)*scale
		k := inkSea
		if i == len(containerYears())-1 {
			k = inkCoral
		}
		bar := new(shape).rect(x, base-h, 92, h)
		c.fill(bar, flat(k))
		c.fill(bar, halftone(mix(k, inkNight, 0.45), 9, func(px, _ float64) float64 { return 0.5 * smooth(0, 92, px-x) }))
		// Corrugated like the thing it counts.
		ribs := new(shape)
		for n := range 5 {
			ribs.rect(x+9+float64(n)*17, base-h+12, 4, h-12)
		}
		c.fill(ribs, thin(inkNight, 0.14))
		c.label(upright(34), strconv.Itoa(one.thousand), x+46, base-h-16, centred, inkNight)
		c.label(upright(30), strconv.Itoa(one.year), x+46, base+44, centred, inkNight)
	}
	c.fill(new(shape).rect(left, base-2, 1370, 4), flat(inkNight))
	c.label(slanted(27), "Source: Kelmouth Harbour Trust, annual reports", 90, 958, fromLeft, inkSea)
	return c.finish()
}

// The tide of the test day: a half tide of 12 hours 25 minutes around the mean
// level, as the flood barrier's article tells it.
const (
	tideMean, tideRange = 2.5, 2.0 // metres
	tideHigh            = 17 + 35.0/60
	tidePeriod          = 12 + 25.0/60
	gateLevel           = 3.9
)

func tideAt(hour float64) float64 {
	return tideMean + tideRange*math.Cos(2*math.Pi*(hour-tideHigh)/tidePeriod)
}

// gateHours is when the evening tide passes the gates' level, up and down.
func gateHours() (closed, opened float64) {
	half := math.Acos((gateLevel-tideMean)/tideRange) / (2 * math.Pi) * tidePeriod
	return tideHigh - half, tideHigh + half
}

// drawTide is the water's height over one day, with the hours that the gates
// were shut.
func drawTide() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(flat(inkPaper))
	const left, right, base, scale = 150.0, 1530.0, 850.0, 122.0
	at := func(hour float64) float64 { return left + (right-left)*hour/24 }
	level := func(metres float64) float64 { return base - metres*scale }
	c.fill(new(shape).rect(90, 70, 70, 10), flat(inkCoral))
	c.label(upright(52), "A day at the barrier", 90, 140, fromLeft, inkNight)
	c.label(slanted(32), "Height of the water outside the gates, in metres", 90, 192, fromLeft, inkDeep)
	closed, opened := gateHours()
	c.fill(new(shape).rect(at(closed), level(5), at(opened)-at(closed), base-level(5)), thin(inkSand, 0.8))
	water := new(shape).below(left, right, base, func(x float64) float64 { return level(tideAt((x - left) / (right - left) * 24)) })
	c.fill(water, fade(level(4.5), base, mix(inkSea, inkMist, 0.45), inkSea))
	c.fill(water, halftone(inkDeep, 11, func(_, y float64) float64 { return 0.6 * smooth(level(4), base, y) }))
	grid, curve := new(shape), new(shape)
	for m := range 6 {
		grid.rect(left, level(float64(m))-1, right-left, 2)
		c.label(upright(30), strconv.Itoa(m), left-20, level(float64(m))+10, fromRight, inkSea)
	}
	c.fill(grid, thin(inkDeep, 0.18))
	for x := left; x < right; x += 6 {
		h := (x - left) / (right - left) * 24
		curve.line(x, level(tideAt(h)), x+6, level(tideAt(h+24*6/(right-left))), 6)
	}
	c.fill(curve, flat(inkDeep))
	for x := left; x+15 < right; x += 26 {
		c.fill(new(shape).rect(x, level(gateLevel)-2, 15, 4), flat(inkCoral))
	}
	c.fill(new(shape).rect(left, base-2, right-left, 4), flat(inkNight))
	for h := 0; h <= 24; h += 3 {
		c.fill(new(shape).rect(at(float64(h))-1.5, base, 3, 12), flat(inkNight))
		c.label(upright(28), fmt.Sprintf("%02d:00", h%24), at(float64(h)), base+46, centred, inkNight)
	}
	c.label(upright(28), "test level: 3.9 m", at(7.2), level(gateLevel)-16, fromLeft, inkBrick)
	c.label(upright(28), "gates shut", at(tideHigh), level(5)+38, centred, inkBrick)
	for _, high := range []float64{tideHigh - tidePeriod, tideHigh} {
		c.fill(new(shape).circle(at(high), level(4.5), 13), flat(inkPaper))
		c.fill(new(shape).circle(at(high), level(4.5), 9), flat(inkCoral))
	}
	c.label(upright(28), "05:10, 4.5 m", at(tideHigh-tidePeriod), level(4.5)-26, centred, inkNight)
	c.label(upright(28), "17:35, 4.5 m", at(tideHigh), level(gateLevel)+52, centred, inkPaper)
	c.label(slanted(27), "Source: Kel Barrier Office", 90, 958, fromLeft, inkSea)
	return c.finish()
}
