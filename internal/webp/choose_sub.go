package webp

// tries is how many modes of a 4×4 block are quantised at most.
const tries = 2

// subTry is one mode of one 4×4 block.
type subTry struct {
	levels       [16]int16
	coefficients [16]int32
	any          bool
	score        int
}

// chooseSub finds the best mode of each 4×4 block, one after the other, each
// predicted from what a decoder will see of those before. It reports whether that
// is better than another score, and leaves its work in the picture as seen; where it
// reports false, that is unfinished.
func (e *encoder) chooseSub(b *macroblock, x, y, limit int) bool {
	rec, w := &e.rec.y, &e.work
	at := rec.at + 16*(y*rec.stride+x)
	above, left := e.above[x], e.left
	w.sub.any = false
	w.sub.score = e.score(0, int(wholeCost[subMode]))
	for i := range 16 {
		col, row := i&3, i>>2
		block := at + 4*(row*rec.stride+col)
		// The last column's blocks look to the macroblock above and to the right, all
		// of them to its last line.
		right := block - rec.stride + 4
		if col == 3 {
			right = at - rec.stride + 16
		}
		var from border
		from.take(rec, block, right)
		modes := &subCost[above.modes[col]][left.modes[row]]
		mode, best := e.chooseOne(16*x+4*col, 16*y+4*row, &from, modes, above.luma[col]+left.luma[row])
		w.sub.score += best.score
		if w.sub.score >= limit {
			return false
		}
		b.sub[i] = mode
		w.sub.luma[i] = best.levels
		w.sub.any = w.sub.any || best.any
		inverse(&best.coefficients, w.subPred[mode][:], 4, rec.pix[block:], rec.stride)
		above.modes[col], left.modes[row] = mode, mode
		above.luma[col], left.luma[row] = one(best.any), one(best.any)
	}
	return true
}

// chooseOne finds the mode of one 4×4 block.
func (e *encoder) chooseOne(x, y int, from *border, costs *[subModes]uint16, context uint8) (uint8, *subTry) {
	src, w := &e.src.y, &e.work
	pix := src.pix[src.at+y*src.stride+x:]
	from.predict(&w.subPred)
	block := textureOf(pix, src.stride)
	var guesses [subModes]int
	for mode := range guesses {
		guesses[mode] = e.guess(block.roughness(w.subPred[mode][:], 4), int(costs[mode]))
	}
	best, other := &w.subTry[0], &w.subTry[1]
	chosen := uint8(0)
	least := 0
	for n := range tries {
		mode := 0
		for i, g := range guesses {
			if g < guesses[mode] {
				mode = i
			}
		}
		if n == 0 {
			least = guesses[mode]
		} else if !near(guesses[mode], least, 4) {
			break
		}
		guesses[mode] = 1 << 62
		e.trySub(other, pix, mode, int(costs[mode]), context)
		if n == 0 || other.score < best.score {
			best, other = other, best
			chosen = uint8(mode)
		}
	}
	return chosen, best
}

func (e *encoder) trySub(t *subTry, pix []uint8, mode, cost int, context uint8) {
	forward(pix, e.src.y.stride, e.work.subPred[mode][:], 4, &t.coefficients)
	n, squared := e.luma.quantise(&t.coefficients, &t.levels, 0)
	t.any = n > 0
	t.score = e.score(squared, cost+e.costs.block(&t.levels, n, planeLuma, 0, context))
}
