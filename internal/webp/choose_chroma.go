package webp

// chromaSpace is what choosing the colours' mode needs.
type chromaSpace struct {
	pred [wholeModes][2][64]uint8
	seen [2][2][64]uint8
	best [2][4][16]int16 // the levels of the chosen mode
	try  [2][4][16]int16
}

// chooseChroma finds the mode of both colours, sets what a decoder will see of
// them, leaves the levels in the workspace, and reports whether any is not 0.
func (e *encoder) chooseChroma(b *macroblock, x, y int) bool {
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
	any, score := e.tryChroma(&w.best, &w.seen[0], first, x, y)
	seen := &w.seen[0]
	if other, less := e.tryChroma(&w.try, &w.seen[1], second, x, y); less < score {
		b.chroma, any, seen = uint8(second), other, &w.seen[1]
		w.best = w.try
	}
	for i := range seen {
		rec := &e.rec.uv[i]
		for k := range 8 {
			copy(rec.pix[rec.at+(8*y+k)*rec.stride+8*x:][:8], seen[i][8*k:])
		}
	}
	return any
}

// tryChroma goes the whole way with one mode.
func (e *encoder) tryChroma(levels *[2][4][16]int16, seen *[2][64]uint8, mode, x, y int) (any bool, score int) {
	squared, cost := 0, int(chromaCost[mode])
	above, left := e.above[x].chroma, e.left.chroma
	for i := range 2 {
		src, pred := &e.src.uv[i], &e.work.chroma.pred[mode][i]
		from := src.at + 8*(y*src.stride+x)
		for k := range 4 {
			var c [16]int32
			at := k>>1*32 + k&1*4
			forward(src.pix[from+k>>1*4*src.stride+k&1*4:], src.stride, pred[at:], 8, &c)
			n := uint8(0)
			if e.chroma.quantise(&c, &levels[i][k], 0) {
				n, any = 1, true
			}
			inverse(&c, pred[at:], 8, seen[i][at:], 8)
			a, l := &above[i][k&1], &left[i][k>>1]
			cost += e.costs.block(&levels[i][k], planeChroma, 0, *a+*l)
			*a, *l = n, n
		}
		squared += squares(src.pix[from:], src.stride, seen[i][:], 8, 8, 8)
	}
	return any, e.score(squared, cost)
}
