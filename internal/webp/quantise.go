package webp

// settings is what a quality means: the quantiser, what a bit may cost, the loop
// filter.
type settings struct {
	index  int       // of the quantiser, 0 (finest) to 127
	luma   quantiser // 4×4 blocks of brightness
	second quantiser // Y2, the DCs of a macroblock that is predicted as a whole
	chroma quantiser

	// price is the squared error of coefficients that one 256th of a bit is worth,
	// times 1<<14.
	price int
	hint  int // the same for roughness, times 1<<15

	filter int // level of the loop filter, 0 (none) to 63
}

// quantiser turns coefficients into levels: a coefficient's size, plus what it
// is rounded up by, in steps. Index 0 is for the DC, 1 for all others.
type quantiser struct {
	step  [2]int32
	round [2]int32
	per   [2]uint32 // 1/step, times 1<<20
}

// highest is the largest level that is written; the format's would be 2114.
const highest = 2047

// zigzag is the order in which coefficients are written.
var zigzag = [16]uint8{0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15}

// newQuantiser takes how far up to round in 256ths of a step, for DC and others: 128
// is to the nearest; less makes fewer bits.
func newQuantiser(dc, ac int32, roundDC, roundAC int32) quantiser {
	q := quantiser{step: [2]int32{dc, ac}, round: [2]int32{dc * roundDC / 256, ac * roundAC / 256}}
	for i, s := range q.step {
		q.per[i] = uint32((1<<20 + s - 1) / s)
	}
	return q
}

// settingsFor is what a quality of 1 to 100 means.
func settingsFor(quality int) settings {
	quality = min(max(quality, 1), 100)
	s := settings{index: indexFor(quality)}
	dc, ac := int32(stepDC[s.index]), int32(stepAC[s.index])
	s.luma = newQuantiser(dc, ac, 112, 96)
	s.second = newQuantiser(2*dc, max(ac*155/100, 8), 112, 112)
	s.chroma = newQuantiser(min(dc, 132), ac, 112, 96)
	s.price = int(ac*ac) * 6
	s.hint = int(ac) * 47
	s.filter = min(int(ac)/4, 63)
	return s
}

// indexFor is the quantiser's index for a quality of 1 to 100. It was measured on
// photographs and drawings against image/jpeg: hardly one has a lower ratio of signal
// to noise than its JPEG of the same quality, and half have a higher structural
// similarity (SSIM). Beyond 97 VP8 has nothing as fine as JPEG.
func indexFor(quality int) int {
	knots := [...]struct{ quality, index int }{
		{1, 127}, {10, 99}, {20, 72}, {30, 57}, {40, 48}, {50, 40}, {60, 33},
		{70, 25}, {80, 17}, {90, 8}, {95, 3}, {100, 0},
	}
	i := 1
	for knots[i].quality < quality {
		i++
	}
	from, to := knots[i-1], knots[i]
	return from.index - (from.index-to.index)*(quality-from.quality)/(to.quality-from.quality)
}

// quantise turns the coefficients from the first on into levels in zigzag order,
// and the coefficients into what a decoder will make of them. It returns how many
// levels there are up to the last that is not 0, and the sum of the squared
// differences that it makes to the coefficients.
func (q *quantiser) quantise(c *[16]int32, levels *[16]int16, first int) (n, squared int) {
	kind := first
	step, round, per := q.step[kind&1], q.round[kind&1], q.per[kind&1]
	for i := first; i < 16; i++ {
		j := zigzag[i&15] & 15
		v := c[j]
		if size := max(v, -v); size+round < step {
			c[j], levels[i&15] = 0, 0
		} else {
			level := min(int32(uint64(size+round)*uint64(per)>>20), highest)
			if v < 0 {
				level = -level
			}
			levels[i&15] = int16(level)
			c[j] = level * step
			v -= c[j]
			n = i + 1
		}
		squared += int(v) * int(v)
		step, round, per = q.step[1], q.round[1], q.per[1]
	}
	return n, squared
}
