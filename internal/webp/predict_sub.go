package webp

import "encoding/binary"

// border is what a 4×4 block is predicted from, as one line from the lower left to
// the upper right: four samples to the left, from the lowest up; the corner; four
// above; four above and to the right.
type border [13]uint8

// take reads the border of the block at pix[at]. What is above and to the right of
// it stands elsewhere for blocks below the first of a macroblock's right column.
func (b *border) take(p *plane, at, aboveRight int) {
	b[0], b[1] = p.pix[at+3*p.stride-1], p.pix[at+2*p.stride-1]
	b[2], b[3] = p.pix[at+p.stride-1], p.pix[at-1]
	copy(b[4:9], p.pix[at-p.stride-1:][:5])
	copy(b[9:], p.pix[aboveRight:][:4])
}

// predict predicts a 4×4 block in each mode, in lines of four. The diagonal modes
// let each sample take the mean of two or three neighbours on the border, at the place
// that the mode's direction leads back to.
func (b *border) predict(to *[subModes][16]uint8) {
	var two [12]uint8   // the mean of places i and i+1
	var three [13]uint8 // the mean around place i, which counts twice
	for i := range two {
		two[i] = uint8((int(b[i]) + int(b[i+1]) + 1) >> 1)
	}
	three[0] = mean3(b[1], b[0], b[0])
	for i := 1; i < 12; i++ {
		three[i] = mean3(b[i-1], b[i], b[i+1])
	}
	three[12] = mean3(b[11], b[12], b[12])
	b.predictMean(&to[fromMean])
	b.predictBoth(&to[fromBoth])
	for y := range 4 {
		line := 4 * y
		line4(to[fromAbove][line:], three[5:])
		binary.LittleEndian.PutUint32(to[fromLeft][line:], uint32(three[3-y])*0x01010101)
		line4(to[downRight][line:], three[4-y:])
		line4(to[downLeft][line:], three[6+y:])
	}
	d := &to[verticalRight]
	line4(d[0:], two[4:])
	line4(d[4:], three[4:])
	d[8], d[9], d[10], d[11] = three[3], two[4], two[5], two[6]
	d[12], d[13], d[14], d[15] = three[2], three[4], three[5], three[6]

	d = &to[verticalLeft]
	line4(d[0:], two[5:])
	line4(d[4:], three[6:])
	// The last two leave the pattern, in the standard.
	d[8], d[9], d[10], d[11] = two[6], two[7], two[8], three[10]
	d[12], d[13], d[14], d[15] = three[7], three[8], three[9], three[11]

	down := [10]uint8{two[0], three[1], two[1], three[2], two[2], three[3], two[3], three[4], three[5], three[6]}
	up := [10]uint8{two[2], three[2], two[1], three[1], two[0], three[0], b[0], b[0], b[0], b[0]}
	for y := range 4 {
		line4(to[horizontalDown][4*y:], down[6-2*y:])
		line4(to[horizontalUp][4*y:], up[2*y:])
	}
}

func line4(to, from []uint8) { *(*[4]uint8)(to) = [4]uint8(from) }

func mean3(a, b, c uint8) uint8 { return uint8((int(a) + 2*int(b) + int(c) + 2) >> 2) }

func (b *border) predictMean(d *[16]uint8) {
	sum := uint64(4)
	for i := range 4 {
		sum += uint64(b[i]) + uint64(b[5+i])
	}
	all := sum >> 3 * 0x0101010101010101
	binary.LittleEndian.PutUint64(d[:8], all)
	binary.LittleEndian.PutUint64(d[8:], all)
}

func (b *border) predictBoth(d *[16]uint8) {
	for y := range 4 {
		add := int32(b[3-y]) - int32(b[4])
		for x := range 4 {
			d[4*y+x] = clip(int32(b[5+x]) + add)
		}
	}
}
