package webp

// tries is how many modes of a 4×4 block go the whole way to a score.
const tries = 2

// subTry is one mode of one 4×4 block.
type subTry struct {
	levels [16]int16
	seen   [16]uint8
	any    bool
	score  int
}

// chooseSub finds the best mode of each 4×4 block, one after the other, each
// predicted from what a decoder will see of those before. It reports whether that
// is better than the macroblock as a whole, and leaves its work in the picture as
// seen; where it reports false, that is unfinished.
func (e *encoder) chooseSub(b *macroblock, x, y int) bool {
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
		if w.sub.score >= w.whole.score {
			return false
		}
		b.sub[i] = mode
		w.sub.luma[i] = best.levels
		w.sub.any = w.sub.any || best.any
		for k := range 4 {
			copy(rec.pix[block+k*rec.stride:][:4], best.seen[4*k:])
		}
		above.modes[col], left.modes[row] = mode, mode
		n := uint8(0)
		if best.any {
			n = 1
		}
		above.luma[col], left.luma[row] = n, n
	}
	return true
}

// chooseOne finds the mode of one 4×4 block.
func (e *encoder) chooseOne(x, y int, from *border, costs *[subModes]uint16, context uint8) (uint8, *subTry) {
	src, w := &e.src.y, &e.work
	pix := src.pix[src.at+y*src.stride+x:]
	block := textureOf(pix, src.stride)
	var guesses [subModes]int
	for mode := range guesses {
		pred := &w.preds[mode]
		predictSub(pred, uint8(mode), from)
		guesses[mode] = e.guess(block.roughness(pred[:], 4), int(costs[mode]))
	}
	best, other := &w.subBest, &w.subTry
	chosen := uint8(0)
	for n := range tries {
		mode := 0
		for i, g := range guesses {
			if g < guesses[mode] {
				mode = i
			}
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
	pred, stride := &e.work.preds[mode], e.src.y.stride
	var c [16]int32
	forward(pix, stride, pred[:], 4, &c)
	t.any = e.luma.quantise(&c, &t.levels, 0)
	if t.any {
		inverse(&c, pred[:], 4, t.seen[:], 4)
	} else {
		t.seen = *pred
	}
	t.score = e.score(squares(pix, stride, t.seen[:], 4, 4, 4), cost+e.costs.block(&t.levels, planeLuma, 0, context))
}
