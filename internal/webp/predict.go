package webp

// Modes of prediction: RFC 6386, section 12. The first four are for whole
// macroblocks, brightness and colours, and for 4×4 blocks; the rest are for 4×4
// blocks only. They are in the order of the tree of 4×4 modes.
const (
	fromMean       = iota // DC: the mean of what is above and to the left
	fromBoth              // TM: above and left added, less the corner
	fromAbove             // V
	fromLeft              // H
	downRight             // RD
	verticalRight         // VR
	downLeft              // LD
	verticalLeft          // VL
	horizontalDown        // HD
	horizontalUp          // HU

	subModes   = iota
	wholeModes = fromLeft + 1

	// subMode says that a macroblock's 4×4 blocks have a mode each.
	subMode = wholeModes
)

// predictWhole predicts a block of n×n samples, 16 or 8, that begins at pix[at] of a
// plane; dst has lines of n. At the picture's edges the mean is of what there is.
func predictWhole(dst []uint8, n int, mode uint8, p *plane, at int, hasAbove, hasLeft bool) {
	above := p.pix[at-p.stride:][:n]
	switch mode {
	case fromMean:
		fill(dst[:n*n], meanAround(n, p, at, hasAbove, hasLeft))
	case fromAbove:
		for y := range n {
			copy(dst[y*n:][:n], above)
		}
	case fromLeft:
		for y := range n {
			fill(dst[y*n:][:n], p.pix[at+y*p.stride-1])
		}
	case fromBoth:
		corner := int32(p.pix[at-p.stride-1])
		for y := range n {
			add := int32(p.pix[at+y*p.stride-1]) - corner
			line := dst[y*n:][:n]
			for x, v := range above {
				line[x] = clip(int32(v) + add)
			}
		}
	}
}

func fill(s []uint8, v uint8) {
	for i := range s {
		s[i] = v
	}
}

func meanAround(n int, p *plane, at int, hasAbove, hasLeft bool) uint8 {
	sum, count := 0, 0
	if hasAbove {
		for _, v := range p.pix[at-p.stride:][:n] {
			sum += int(v)
		}
		count += n
	}
	if hasLeft {
		for y := range n {
			sum += int(p.pix[at+y*p.stride-1])
		}
		count += n
	}
	if count == 0 {
		return 128
	}
	return uint8((sum + count/2) / count)
}
