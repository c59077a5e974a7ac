package webp

// chooseWhole finds the best mode for the whole macroblock, and leaves its
// levels and what they look like in the workspace.
func (e *encoder) chooseWhole(b *macroblock, x, y int) {
	src, rec, w := &e.src.y, &e.rec.y, &e.work
	from, at := src.at+16*(y*src.stride+x), rec.at+16*(y*rec.stride+x)
	for i := range w.textures {
		w.textures[i] = textureOf(src.pix[from+i>>2*4*src.stride+i&3*4:], src.stride)
	}
	var guesses [wholeModes]int
	for mode := range guesses {
		pred := &w.pred[mode]
		predictWhole(pred[:], 16, uint8(mode), rec, at, y > 0, x > 0)
		sum := 0
		for i := range w.textures {
			sum += w.textures[i].roughness(pred[i>>2*64+i&3*4:], 16)
		}
		guesses[mode] = e.guess(sum, int(wholeCost[mode]))
	}
	first, second := bestTwo(guesses[:])
	b.mode = uint8(first)
	e.tryWhole(&w.whole, &w.seen, first, x, from)
	e.tryWhole(&w.try, &w.seenTry, second, x, from)
	if w.try.score < w.whole.score {
		b.mode = uint8(second)
		w.whole, w.try = w.try, w.whole
		w.seen, w.seenTry = w.seenTry, w.seen
	}
}

// bestTwo are the places of the lowest and the second lowest number.
func bestTwo(of []int) (first, second int) {
	first, second = 0, 1
	if of[1] < of[0] {
		first, second = 1, 0
	}
	for i := 2; i < len(of); i++ {
		switch {
		case of[i] < of[first]:
			first, second = i, first
		case of[i] < of[second]:
			second = i
		}
	}
	return first, second
}

// tryWhole goes the whole way with one mode: levels, what a decoder will see, score.
func (e *encoder) tryWhole(a *attempt, seen *[256]uint8, mode, x, from int) {
	src, pred := &e.src.y, &e.work.pred[mode]
	var c [16][16]int32
	var dc, second [16]int32
	for i := range 16 {
		forward(src.pix[from+i>>2*4*src.stride+i&3*4:], src.stride, pred[i>>2*64+i&3*4:], 16, &c[i])
		dc[i] = c[i][0]
	}
	forwardSecond(&dc, &second)
	a.any = e.second.quantise(&second, &a.second, 0)
	inverseSecond(&second, &dc)
	for i := range 16 {
		a.any = e.luma.quantise(&c[i], &a.luma[i], 1) || a.any
		c[i][0] = dc[i]
		at := i>>2*64 + i&3*4
		inverse(&c[i], pred[at:], 16, seen[at:], 16)
	}
	squared := squares(src.pix[from:], src.stride, seen[:], 16, 16, 16)
	a.score = e.score(squared, int(wholeCost[mode])+e.costWhole(a, x))
}

// costWhole is what the levels of a macroblock predicted as a whole cost.
func (e *encoder) costWhole(a *attempt, x int) int {
	above, left := &e.above[x], &e.left
	cost := e.costs.block(&a.second, planeSecond, 0, above.second+left.second)
	up, side := above.luma, left.luma
	for i := range 16 {
		cost += e.costs.block(&a.luma[i], planeRest, 1, up[i&3]+side[i>>2])
		n := coded(&a.luma[i], 1)
		up[i&3], side[i>>2] = n, n
	}
	return cost
}
