package webp

// chromaSpace is what choosing the colours' mode needs: a prediction for each mode,
// and two modes to compare.
type chromaSpace struct {
	pred [wholeModes][2][64]uint8
	try  [2]chromaTry
}

// chromaTry is one mode of both colours.
type chromaTry struct {
	levels       [2][4][16]int16
	coefficients [2][4][16]int32
	any          bool
	score        int
}

// chooseChroma finds the mode of both colours, and sets what a decoder will see of
// them.
func (e *encoder) chooseChroma(b *macroblock, x, y int) *chromaTry {
	w := &e.work.chroma
	var textures [2][4]texture
	for i := range textures {
		src := &e.src.uv[i]
		from := src.at + 8*(y*src.stride+x)
		for k := range 4 {
			textures[i][k] = textureOf(src.pix[from+k>>1*4*src.stride+k&1*4:], src.stride)
		}
	}
	var guesses [wholeModes]int
	for mode := range guesses {
		sum := 0
		for i := range 2 {
			rec := &e.rec.uv[i]
			pred := &w.pred[mode][i]
			predictWhole(pred[:], 8, uint8(mode), rec, rec.at+8*(y*rec.stride+x), y > 0, x > 0)
			for k := range textures[i] {
				sum += textures[i][k].roughness(pred[k>>1*32+k&1*4:], 8)
			}
		}
		guesses[mode] = e.guess(sum, int(chromaCost[mode]))
	}
	first, second := bestTwo(guesses[:])
	b.chroma = uint8(first)
	best, other := &w.try[0], &w.try[1]
	e.tryChroma(best, first, x, y)
	if near(guesses[second], guesses[first], 8) {
		if e.tryChroma(other, second, x, y); other.score < best.score {
			b.chroma, best = uint8(second), other
		}
	}
	for i := range 2 {
		rec, pred := &e.rec.uv[i], &w.pred[b.chroma][i]
		at := rec.at + 8*(y*rec.stride+x)
		for k := range 4 {
			inverse(&best.coefficients[i][k], pred[k>>1*32+k&1*4:], 8, rec.pix[at+k>>1*4*rec.stride+k&1*4:], rec.stride)
		}
	}
	return best
}

// tryChroma finds levels and score of one mode.
func (e *encoder) tryChroma(t *chromaTry, mode, x, y int) {
	squared, cost := 0, int(chromaCost[mode])
	above, left := e.above[x].chroma, e.left.chroma
	t.any = false
	for i := range 2 {
		src, pred := &e.src.uv[i], &e.work.chroma.pred[mode][i]
		from := src.at + 8*(y*src.stride+x)
		for k := range 4 {
			c := &t.coefficients[i][k]
			forward(src.pix[from+k>>1*4*src.stride+k&1*4:], src.stride, pred[k>>1*32+k&1*4:], 8, c)
			n, more := e.chroma.quantise(c, &t.levels[i][k], 0)
			squared += more
			a, l := &above[i][k&1], &left[i][k>>1]
			cost += e.costs.block(&t.levels[i][k], n, planeChroma, 0, *a+*l)
			*a, *l = one(n > 0), one(n > 0)
			t.any = t.any || n > 0
		}
	}
	t.score = e.score(squared, cost)
}
