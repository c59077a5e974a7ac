package webp

// workspace is what choosing needs again for each macroblock.
type workspace struct {
	textures [16]texture // of the macroblock as it is
	whole    [2]attempt  // the macroblock predicted as a whole: two modes to compare
	sub      attempt     // each 4×4 block predicted for itself
	pred     [wholeModes][256]uint8
	subPred  [subModes][16]uint8
	subTry   [2]subTry
	chroma   chromaSpace
}

// attempt is one way to describe a macroblock's brightness.
type attempt struct {
	second       [16]int16     // levels of Y2, if the macroblock is predicted as a whole
	luma         [16][16]int16 // levels of the 4×4 blocks
	coefficients [16][16]int32 // what a decoder makes of them
	any          bool          // whether any level is not 0
	score        int           // error and price of all bits: less is better
}

// score weighs the squared error of coefficients and a cost in 256ths of a bit.
func (s *settings) score(squared, cost int) int { return squared<<14 + s.price*cost }

// guess weighs a prediction's roughness and its mode's cost, in place of a score
// that would take the whole way through quantiser and back.
func (s *settings) guess(roughness, cost int) int { return roughness<<15 + s.hint*cost }

// choose decides how a macroblock is described, sets what a decoder will see of it,
// and writes its levels.
func (e *encoder) choose(x, y int) {
	b := &e.blocks[y*e.across+x]
	w := &e.work
	above, left := &e.above[x], &e.left
	luma := e.chooseWhole(b, x, y)
	if e.chooseSub(b, x, y, luma.score) {
		b.mode = subMode
		luma = &w.sub
		for i := range 4 {
			above.modes[i], left.modes[i] = b.sub[12+i], b.sub[4*i+3]
		}
	} else {
		e.showWhole(luma, b.mode, x, y)
		fill(above.modes[:], b.mode)
		fill(left.modes[:], b.mode)
	}
	colour := e.chooseChroma(b, x, y)
	b.skip = !luma.any && !colour.any
	if b.skip {
		above.skip(b.mode)
		left.skip(b.mode)
		return
	}
	e.writeLevels(b, luma, colour, above, left)
}

// skip notes a macroblock without coefficients. What is known of the last Y2 block
// stays if this macroblock has none.
func (e *edge) skip(mode uint8) {
	e.luma, e.chroma = [4]uint8{}, [2][2]uint8{}
	if mode != subMode {
		e.second = 0
	}
}

func (e *encoder) writeLevels(b *macroblock, luma *attempt, colour *chromaTry, above, left *edge) {
	plane, first := planeLuma, 0
	if b.mode != subMode {
		plane, first = planeRest, 1
		n := e.tokens.block(&luma.second, planeSecond, 0, above.second+left.second)
		above.second, left.second = n, n
	}
	for i := range luma.luma {
		a, l := &above.luma[i&3], &left.luma[i>>2]
		n := e.tokens.block(&luma.luma[i], plane, first, *a+*l)
		*a, *l = n, n
	}
	for i := range 2 {
		for k := range 4 {
			a, l := &above.chroma[i][k&1], &left.chroma[i][k>>1]
			n := e.tokens.block(&colour.levels[i][k], planeChroma, 0, *a+*l)
			*a, *l = n, n
		}
	}
}

// one is 1 where there is something, else 0.
func one(there bool) uint8 {
	if there {
		return 1
	}
	return 0
}
