package webp

// workspace is what choosing needs again for each macroblock.
type workspace struct {
	pred   [256]uint8
	chroma [2][64]uint8
	second [16]int16     // levels of Y2
	luma   [16][16]int16 // levels of brightness
	colour [2][4][16]int16
}

// choose decides how a macroblock is described, sets what a decoder will see of it,
// and writes its levels.
func (e *encoder) choose(x, y int) {
	b := &e.blocks[y*e.across+x]
	any := e.chooseWhole(b, x, y)
	any = e.chooseChroma(b, x, y) || any
	b.skip = !any
	above, left := &e.above[x], &e.left
	fill(above.modes[:], b.mode)
	fill(left.modes[:], b.mode)
	if b.skip {
		above.second, left.second = 0, 0
		above.luma, left.luma = [4]uint8{}, [4]uint8{}
		above.chroma, left.chroma = [2][2]uint8{}, [2][2]uint8{}
		return
	}
	e.writeLevels(above, left)
}

func (e *encoder) chooseWhole(b *macroblock, x, y int) bool {
	src, rec, w := &e.src.y, &e.rec.y, &e.work
	from := src.at + 16*y*src.stride + 16*x
	at := rec.at + 16*y*rec.stride + 16*x
	best := -1
	for mode := uint8(0); mode < wholeModes; mode++ {
		predictWhole(w.pred[:], 16, mode, rec, at, y > 0, x > 0)
		sum := 0
		for i := range 16 {
			sum += roughness(src.pix[from+i>>2*4*src.stride+i&3*4:], src.stride, w.pred[i>>2*64+i&3*4:], 16)
		}
		if best < 0 || sum < best {
			best, b.mode = sum, mode
		}
	}
	predictWhole(w.pred[:], 16, b.mode, rec, at, y > 0, x > 0)
	var c [16][16]int32
	var dc, second [16]int32
	for i := range 16 {
		forward(src.pix[from+i>>2*4*src.stride+i&3*4:], src.stride, w.pred[i>>2*64+i&3*4:], 16, &c[i])
		dc[i] = c[i][0]
	}
	forwardSecond(&dc, &second)
	any := e.second.quantise(&second, &w.second, 0)
	inverseSecond(&second, &dc)
	for i := range 16 {
		any = e.luma.quantise(&c[i], &w.luma[i], 1) || any
		c[i][0] = dc[i]
		inverse(&c[i], w.pred[i>>2*64+i&3*4:], 16, rec.pix[at+i>>2*4*rec.stride+i&3*4:], rec.stride)
	}
	return any
}

func (e *encoder) chooseChroma(b *macroblock, x, y int) bool {
	w := &e.work
	best := -1
	for mode := uint8(0); mode < wholeModes; mode++ {
		sum := 0
		for i := range 2 {
			src, rec := &e.src.uv[i], &e.rec.uv[i]
			predictWhole(w.chroma[i][:], 8, mode, rec, rec.at+8*y*rec.stride+8*x, y > 0, x > 0)
			for k := range 4 {
				sum += roughness(src.pix[src.at+(8*y+k>>1*4)*src.stride+8*x+k&1*4:], src.stride, w.chroma[i][k>>1*32+k&1*4:], 8)
			}
		}
		if best < 0 || sum < best {
			best, b.chroma = sum, mode
		}
	}
	any := false
	for i := range 2 {
		src, rec := &e.src.uv[i], &e.rec.uv[i]
		predictWhole(w.chroma[i][:], 8, b.chroma, rec, rec.at+8*y*rec.stride+8*x, y > 0, x > 0)
		for k := range 4 {
			var c [16]int32
			forward(src.pix[src.at+(8*y+k>>1*4)*src.stride+8*x+k&1*4:], src.stride, w.chroma[i][k>>1*32+k&1*4:], 8, &c)
			any = e.chroma.quantise(&c, &w.colour[i][k], 0) || any
			inverse(&c, w.chroma[i][k>>1*32+k&1*4:], 8, rec.pix[rec.at+(8*y+k>>1*4)*rec.stride+8*x+k&1*4:], rec.stride)
		}
	}
	return any
}

func (e *encoder) writeLevels(above, left *edge) {
	w := &e.work
	n := e.tokens.block(&w.second, planeSecond, 0, above.second+left.second)
	above.second, left.second = n, n
	for i := range 16 {
		a, l := &above.luma[i&3], &left.luma[i>>2]
		n := e.tokens.block(&w.luma[i], planeRest, 1, *a+*l)
		*a, *l = n, n
	}
	for i := range 2 {
		for k := range 4 {
			a, l := &above.chroma[i][k&1], &left.chroma[i][k>>1]
			n := e.tokens.block(&w.colour[i][k], planeChroma, 0, *a+*l)
			*a, *l = n, n
		}
	}
}
