package webp

// chooseWhole finds the best mode for the whole macroblock.
func (e *encoder) chooseWhole(b *macroblock, x, y int) *attempt {
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
	best, other := &w.whole[0], &w.whole[1]
	e.tryWhole(best, first, x, from)
	if near(guesses[second], guesses[first], 8) {
		if e.tryWhole(other, second, x, from); other.score < best.score {
			b.mode, best = uint8(second), other
		}
	}
	return best
}

// near tells whether a guess is worse than the best by no more than one part of so
// many, and deserves to be tried.
func near(guess, best, part int) bool { return guess <= best+best/part }

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

// tryWhole finds levels and score of one mode.
func (e *encoder) tryWhole(a *attempt, mode, x, from int) {
	src, pred := &e.src.y, &e.work.pred[mode]
	var dc, second [16]int32
	for i := range a.coefficients {
		c := &a.coefficients[i]
		forward(src.pix[from+i>>2*4*src.stride+i&3*4:], src.stride, pred[i>>2*64+i&3*4:], 16, c)
		dc[i] = c[0]
	}
	forwardSecond(&dc, &second)
	above, left := &e.above[x], &e.left
	n, _ := e.second.quantise(&second, &a.second, 0)
	inverseSecond(&second, &second)
	a.any = n > 0
	squared := 0
	cost := int(wholeCost[mode]) + e.costs.block(&a.second, n, planeSecond, 0, above.second+left.second)
	up, side := above.luma, left.luma
	for i := range a.coefficients {
		c := &a.coefficients[i]
		n, more := e.luma.quantise(c, &a.luma[i], 1)
		d := dc[i] - second[i]
		squared += more + int(d*d)
		c[0] = second[i]
		cost += e.costs.block(&a.luma[i], n, planeRest, 1, up[i&3]+side[i>>2])
		a.any = a.any || n > 0
		up[i&3], side[i>>2] = one(n > 0), one(n > 0)
	}
	a.score = e.score(squared, cost)
}

// showWhole sets what a decoder will see of a macroblock predicted as a whole.
func (e *encoder) showWhole(a *attempt, mode uint8, x, y int) {
	rec, pred := &e.rec.y, &e.work.pred[mode]
	at := rec.at + 16*(y*rec.stride+x)
	for i := range a.coefficients {
		inverse(&a.coefficients[i], pred[i>>2*64+i&3*4:], 16, rec.pix[at+i>>2*4*rec.stride+i&3*4:], rec.stride)
	}
}
