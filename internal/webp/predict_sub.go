package webp

// predictSub predicts a 4×4 block from its border, in lines of four. The diagonal
// modes let each sample take the mean of two or three neighbours on the border, at
// the place that the mode's direction leads back to.
func predictSub(d *[16]uint8, mode uint8, b *border) {
	switch mode {
	case fromMean:
		sum := 4
		for i := range 4 {
			sum += int(b[i]) + int(b[5+i])
		}
		fill(d[:], uint8(sum>>3))
	case fromBoth:
		for y := range 4 {
			add := int32(b[3-y]) - int32(b[4])
			for x := range 4 {
				d[4*y+x] = clip(int32(b[5+x]) + add)
			}
		}
	case fromAbove:
		for x := range 4 {
			v := b.three(5 + x)
			d[x], d[4+x], d[8+x], d[12+x] = v, v, v, v
		}
	case fromLeft:
		fill(d[0:4], b.three(3))
		fill(d[4:8], b.three(2))
		fill(d[8:12], b.three(1))
		fill(d[12:16], mean3(b[1], b[0], b[0]))
	case downRight:
		for i := range 7 { // diagonals, from the lower left
			diagonal(d, i, b.three(1+i))
		}
	case downLeft:
		for i := range 6 {
			antidiagonal(d, i, b.three(6+i))
		}
		d[15] = mean3(b[11], b[12], b[12])
	case verticalRight:
		b.verticalRight(d)
	case verticalLeft:
		b.verticalLeft(d)
	case horizontalDown:
		b.horizontalDown(d)
	case horizontalUp:
		b.horizontalUp(d)
	}
}

// diagonal sets the samples of one diagonal: 0 is the lower left corner, 3 the main
// diagonal, 6 the upper right corner.
func diagonal(d *[16]uint8, i int, v uint8) {
	for y := range 4 {
		if x := i - 3 + y; x >= 0 && x < 4 {
			d[4*y+x] = v
		}
	}
}

// antidiagonal sets the samples whose column and line add up to i.
func antidiagonal(d *[16]uint8, i int, v uint8) {
	for y := range 4 {
		if x := i - y; x >= 0 && x < 4 {
			d[4*y+x] = v
		}
	}
}

func mean3(a, b, c uint8) uint8 { return uint8((int(a) + 2*int(b) + int(c) + 2) >> 2) }

// three is the mean around place i of the border, which counts twice.
func (b *border) three(i int) uint8 { return mean3(b[i-1], b[i], b[i+1]) }

// two is the mean of places i and i+1.
func (b *border) two(i int) uint8 { return uint8((int(b[i]) + int(b[i+1]) + 1) >> 1) }

func (b *border) verticalRight(d *[16]uint8) {
	d[12] = b.three(2)
	d[8] = b.three(3)
	d[4], d[13] = b.three(4), b.three(4)
	d[0], d[9] = b.two(4), b.two(4)
	d[5], d[14] = b.three(5), b.three(5)
	d[1], d[10] = b.two(5), b.two(5)
	d[6], d[15] = b.three(6), b.three(6)
	d[2], d[11] = b.two(6), b.two(6)
	d[7] = b.three(7)
	d[3] = b.two(7)
}

func (b *border) verticalLeft(d *[16]uint8) {
	d[0] = b.two(5)
	d[4] = b.three(6)
	d[1], d[8] = b.two(6), b.two(6)
	d[5], d[12] = b.three(7), b.three(7)
	d[2], d[9] = b.two(7), b.two(7)
	d[6], d[13] = b.three(8), b.three(8)
	d[3], d[10] = b.two(8), b.two(8)
	d[7], d[14] = b.three(9), b.three(9)
	// The last two break the pattern, in the standard.
	d[11] = b.three(10)
	d[15] = b.three(11)
}

func (b *border) horizontalDown(d *[16]uint8) {
	d[12] = b.two(0)
	d[13] = b.three(1)
	d[8], d[14] = b.two(1), b.two(1)
	d[9], d[15] = b.three(2), b.three(2)
	d[4], d[10] = b.two(2), b.two(2)
	d[5], d[11] = b.three(3), b.three(3)
	d[0], d[6] = b.two(3), b.two(3)
	d[1], d[7] = b.three(4), b.three(4)
	d[2] = b.three(5)
	d[3] = b.three(6)
}

func (b *border) horizontalUp(d *[16]uint8) {
	d[0] = b.two(2)
	d[1] = b.three(2)
	d[2], d[4] = b.two(1), b.two(1)
	d[3], d[5] = b.three(1), b.three(1)
	d[6], d[8] = b.two(0), b.two(0)
	d[7], d[9] = mean3(b[1], b[0], b[0]), mean3(b[1], b[0], b[0])
	d[10], d[11], d[12], d[13], d[14], d[15] = b[0], b[0], b[0], b[0], b[0], b[0]
}
