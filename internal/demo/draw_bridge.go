package demo

import (
	"image"
	"math"
)

// The footbridge at Gannet Dock, in metres, as the article tells it.
const (
	footbridgeLong  = 168.0
	footbridgeMoves = 26.0
	footbridgeClear = 5.5 // above high water, closed
	footbridgeWide  = 4.2
)

// The places of the blueprint: pixels of a metre, the left abutment, the height
// of the deck in the elevation and its axis in the plan.
const (
	blueScale = 7.9
	blueLeft  = 136.0
	blueDeck  = 470.0
	bluePlan  = 742.0
)

// blueX is where a point of the bridge lies, in metres from its left end.
func blueX(metres float64) float64 { return blueLeft + metres*blueScale }

// drawBridgePlan is a blueprint of the footbridge: elevation above, plan below.
func drawBridgePlan() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	paper := mix(inkDeep, inkSea, 0.35)
	c.ground(func(x, y int) (rgb, float64) { // the sheet was folded and has bleached
		fold := math.Min(math.Abs(float64(x)-533), math.Min(math.Abs(float64(x)-1066), math.Abs(float64(y)-500)))
		bleach := 0.5 + 0.5*field(270, float64(x)/310, float64(y)/260)
		return mix(mix(paper, inkMist, 0.12*bleach), inkMist, 0.16*smooth(7, 0, fold)), 1
	})
	grid := new(shape)
	for x := 40.0; x < 1600; x += 40 {
		grid.rect(x, 0, 1, 1000)
	}
	for y := 20.0; y < 1000; y += 40 {
		grid.rect(0, y, 1600, 1)
	}
	c.fill(grid, thin(inkMist, 0.16))
	c.blueElevation()
	c.bluePlanView()
	c.blueFrame()
	return c.finish()
}

// blue is the white of the lines.
func (c *canvas) blue(s *shape, cover float64) { c.fill(s, thin(inkPaper, cover)) }

// blueElevation is the bridge from the side: deck, mast, cables, water.
func (c *canvas) blueElevation() {
	const mast, top = 62.0, 150.0
	c.label(upright(24).spaced(4), "ELEVATION", 70, 100, fromLeft, inkPaper)
	deck := new(shape).rect(blueX(0), blueDeck, footbridgeLong*blueScale, 4).rect(blueX(0), blueDeck+9, footbridgeLong*blueScale, 2)
	deck.line(blueX(mast)-15, blueDeck+120, blueX(mast)+34, top, 9)
	for i := range 85 { // the railing
		x := blueX(2 * float64(i))
		deck.rect(x, blueDeck-11, 1.4, 11)
	}
	deck.rect(blueX(0), blueDeck-12, footbridgeLong*blueScale, 2)
	joint := blueX(footbridgeLong - footbridgeMoves - 24)
	for _, x := range []float64{joint, joint + footbridgeMoves*blueScale} {
		deck.rect(x-2, blueDeck-18, 4, 34)
	}
	c.blue(deck, 0.95)
	cables := new(shape)
	for i := range 13 {
		t := float64(i) / 12
		y := top + 8 + 56*t
		head := blueX(mast) + 34 - 49*(y-top)/(blueDeck+120-top)
		cables.line(head, y, blueX(mast+6+70*(1-t)), blueDeck, 1.5)
		cables.line(head, y, blueX(mast-6-52*(1-t)), blueDeck, 1.5)
	}
	c.blue(cables, 0.75)
	water, ground := new(shape), new(shape)
	level := blueDeck + 12 + footbridgeClear*blueScale
	for i := range 31 {
		water.bent(1.6, blueX(8)+float64(i)*39, level, blueX(8)+float64(i)*39+10, level-4, blueX(8)+float64(i)*39+20, level, blueX(8)+float64(i)*39+30, level+3)
	}
	c.blue(water, 0.8)
	bed := []float64{40, blueDeck + 8, blueX(0) + 16, blueDeck + 8, blueX(3), level + 30, blueX(20), level + 76, blueX(70), level + 92, blueX(120), level + 84, blueX(150), level + 60, blueX(166), level + 10, blueX(168) - 10, blueDeck + 8, 1560, blueDeck + 8}
	ground.path(3, bed...)
	c.blue(ground, 0.95)
	under := new(shape).poly(clockwise(append(append([]float64{}, bed...), 1560, level+130, 40, level+130))...)
	c.fill(under, hatch(inkPaper, 13, -0.8, func(_, y float64) float64 { return 0.22 * smooth(level+130, level+20, y) }))
	c.blue(new(shape).rect(blueX(mast)-26, blueDeck+120, 44, 34).rect(joint-12, blueDeck+14, 6, 116).rect(joint+footbridgeMoves*blueScale+6, blueDeck+14, 6, 100), 0.9)
	c.measure(blueX(0), blueX(footbridgeLong), blueDeck-300, "168.00")
	c.measure(joint, joint+footbridgeMoves*blueScale, blueDeck-58, "26.00")
	c.label(slanted(24), "H.W.", blueX(158), level-12, centred, inkPaper)
	c.label(slanted(24), "5.50", blueX(88), blueDeck+44, centred, inkPaper)
	c.blue(new(shape).line(blueX(84), blueDeck+14, blueX(84), level-3, 2).poly(blueX(84), blueDeck+13, blueX(84)+6, blueDeck+25, blueX(84)-6, blueDeck+25).poly(blueX(84), level-2, blueX(84)-6, level-14, blueX(84)+6, level-14), 0.9)
	c.mast(blueX(118), level-2)
}

// mast is a fishing boat that waits, for the scale; x, y is her water line.
func (c *canvas) mast(x, y float64) {
	s := new(shape)
	hull := []float64{x - 62, y - 16, x + 66, y - 20, x + 48, y + 8, x - 50, y + 8, x - 62, y - 16}
	s.path(2, hull...).path(2, x-40, y-17, x-40, y-40, x-10, y-40, x-4, y-18).line(x+12, y-18, x+12, y-30, 2)
	c.blue(s, 0.9)
}

// bluePlanView is the bridge from above, with the moving part twice: closed, and
// drawn aside as a drawer is when a boat wants to pass.
func (c *canvas) bluePlanView() {
	c.label(upright(24).spaced(4), "PLAN", 70, 664, fromLeft, inkPaper)
	const half = footbridgeWide / 2 * blueScale
	joint := blueX(footbridgeLong - footbridgeMoves - 24)
	end := joint + footbridgeMoves*blueScale
	s := new(shape)
	for _, y := range []float64{bluePlan - half, bluePlan + half} {
		s.rect(blueX(0), y-1.5, footbridgeLong*blueScale, 3)
	}
	s.rect(joint-2, bluePlan-half-8, 4, 2*half+16).rect(end-2, bluePlan-half-8, 4, 2*half+16)
	c.blue(s, 0.95)
	planks := new(shape)
	for i := range 168 {
		planks.rect(blueX(float64(i)), bluePlan-half, 1, 2*half)
	}
	c.blue(planks, 0.4)
	open := new(shape) // where it stands when it is open
	dashed := func(x0, y0, x1, y1 float64) {
		n := int(math.Hypot(x1-x0, y1-y0) / 16)
		for i := range n {
			a, b := float64(i)/float64(n), (float64(i)+0.6)/float64(n)
			open.line(x0+(x1-x0)*a, y0+(y1-y0)*a, x0+(x1-x0)*b, y0+(y1-y0)*b, 2.6)
		}
	}
	aside := bluePlan + 86
	dashed(joint, aside-half, end, aside-half)
	dashed(end, aside-half, end, aside+half)
	dashed(end, aside+half, joint, aside+half)
	dashed(joint, aside+half, joint, aside-half)
	for _, x := range []float64{joint + 22, end - 22} {
		open.rect(x-5, bluePlan+half, 2.4, 108).rect(x+4, bluePlan+half, 2.4, 108)
	}
	open.line((joint+end)/2, bluePlan+half+8, (joint+end)/2, aside-half-8, 3)
	open.poly((joint+end)/2, aside-half-2, (joint+end)/2-9, aside-half-18, (joint+end)/2+9, aside-half-18)
	c.fill(open, flat(mix(inkOchre, inkPaper, 0.35)))
	c.label(slanted(24), "open for masts, in 90 seconds", joint-22, aside+8, fromRight, mix(inkOchre, inkPaper, 0.35))
	mastAt := blueX(62)
	rings := new(shape).circle(mastAt, bluePlan-half-16, 13).hole(mastAt, bluePlan-half-16, 10.5).circle(mastAt, bluePlan-half-16, 3)
	for i := range 13 {
		t := float64(i) / 12
		rings.line(mastAt, bluePlan-half-16, blueX(62+6+70*(1-t)), bluePlan-half, 1.3).line(mastAt, bluePlan-half-16, blueX(62-6-52*(1-t)), bluePlan-half, 1.3)
	}
	c.blue(rings, 0.85)
	shore := new(shape).bent(3, 168, 668, 140, 712, 146, 760, 172, 830, 150, 910).bent(3, 1490, 640, 1462, 700, 1470, 760, 1446, 820, 1470, 880)
	c.blue(shore, 0.9)
	c.label(slanted(26), "Gannet Dock", 196, 852, fromLeft, inkPaper)
	c.label(slanted(26), "Ropewalk", 1430, 692, fromRight, inkPaper)
	c.measureUp(blueX(26), bluePlan-half, bluePlan+half, "4.20")
}

// measure is a dimension line with its figure, in metres.
func (c *canvas) measure(x0, x1, y float64, figure string) {
	s := new(shape).rect(x0, y-1, x1-x0, 2).rect(x0-1, y-14, 2, 40).rect(x1-1, y-14, 2, 40)
	s.line(x0-8, y+8, x0+8, y-8, 3).line(x1-8, y+8, x1+8, y-8, 3)
	c.blue(s, 0.8)
	c.label(slanted(26), figure, (x0+x1)/2, y-12, centred, inkPaper)
}

func (c *canvas) measureUp(x, y0, y1 float64, figure string) {
	s := new(shape).rect(x-1, y0-18, 2, y1-y0+36).line(x-8, y0+8, x+8, y0-8, 3).line(x-8, y1+8, x+8, y1-8, 3)
	c.blue(s, 0.8)
	c.label(slanted(24), figure, x+14, y1+30, fromLeft, inkPaper)
}

// blueFrame is the border and the title block.
func (c *canvas) blueFrame() {
	s := new(shape).path(3, 40, 40, 1560, 40, 1560, 960, 40, 960, 40, 40)
	s.path(2, 1090, 960, 1090, 884, 1560, 884).path(2, 1090, 922, 1560, 922).line(1400, 922, 1400, 960, 2)
	c.blue(s, 0.9)
	c.label(upright(23).spaced(2), "FOOTBRIDGE AT GANNET DOCK", 1106, 912, fromLeft, inkPaper)
	c.label(slanted(22), "measures in metres", 1106, 949, fromLeft, inkPaper)
	c.label(slanted(22), "sheet 1 of 3", 1416, 949, fromLeft, inkPaper)
}
