package webp

// A level is written as a way down a tree of tokens: RFC 6386, section 13. The
// probability at each fork depends on the place: which plane the block is of, which
// band the coefficient is in, and whether the level before it (or, for a block's
// first, how many of the blocks above and left of it) was 0, 1 or more.

// Planes, as probabilities tell them apart.
const (
	planeRest   = iota // brightness without its DC, which is in Y2
	planeSecond        // Y2
	planeChroma
	planeLuma
	planes
)

const (
	bandCount = 8
	contexts  = 3
	forks     = 11
)

// bands are the bands of the coefficients in zigzag order; one more ends the list.
var bands = [17]uint8{0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0}

// place is where the probabilities of a coefficient begin.
func place(plane, coefficient int, context uint8) int {
	return ((plane*bandCount+int(bands[coefficient&15]))*contexts + int(context)) * forks
}

// probabilities are the chances of all places, of 256, that a fork goes its
// first way.
type probabilities = [planes * bandCount * contexts * forks]uint8

// category is a range of levels that share a token; what the level is above the
// lowest is written in bits of their own fixed chances, the highest bit first.
type category struct {
	lowest  int16
	chances []uint8
}

var categories = [6]category{
	{5, []uint8{159}},
	{7, []uint8{165, 145}},
	{11, []uint8{173, 148, 140}},
	{19, []uint8{176, 155, 140, 135}},
	{35, []uint8{180, 157, 141, 134, 130}},
	{67, []uint8{254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}},
}

// tokens are the decisions of all coefficients in order, kept until their
// probabilities are known. One decision is a uint16: its answer in the highest bit,
// then whether its chance is fixed, then that chance or the fork's number.
type tokens struct {
	list  []uint16
	count [planes * bandCount * contexts * forks][2]uint32
}

const (
	answer = 1 << 15
	fixed  = 1 << 14
)

func (t *tokens) fork(at int, yes bool) {
	if yes {
		t.count[at][1]++
		t.list = append(t.list, answer|uint16(at))
	} else {
		t.count[at][0]++
		t.list = append(t.list, uint16(at))
	}
}

func (t *tokens) fixed(chance uint8, yes bool) {
	v := fixed | uint16(chance)
	if yes {
		v |= answer
	}
	t.list = append(t.list, v)
}

// block writes a block's levels, in zigzag order from the first on, and returns 1 if
// there are any but zeros.
func (t *tokens) block(levels *[16]int16, plane, first int, context uint8) uint8 {
	last := 15
	for last >= first && levels[last] == 0 {
		last--
	}
	at := place(plane, first, context)
	if last < first {
		t.fork(at, false)
		return 0
	}
	t.fork(at, true)
	for i := first; i <= last; i++ {
		v := levels[i]
		if v == 0 {
			// After a zero there is no end, so nothing asks whether there is more.
			t.fork(at+1, false)
			at = place(plane, i+1, 0)
			continue
		}
		t.fork(at+1, true)
		t.level(at, v)
		if i == 15 {
			break
		}
		context = 1
		if v > 1 || v < -1 {
			context = 2
		}
		at = place(plane, i+1, context)
		t.fork(at, i < last)
	}
	return 1
}

// level writes a level that is not 0.
func (t *tokens) level(at int, v int16) {
	negative := v < 0
	if negative {
		v = -v
	}
	t.fork(at+2, v > 1)
	switch {
	case v == 1:
	case v < 5:
		t.fork(at+3, false)
		t.fork(at+4, v > 2)
		if v > 2 {
			t.fork(at+5, v > 3)
		}
	case v < 11:
		t.fork(at+3, true)
		t.fork(at+6, false)
		t.fork(at+7, v > 6)
		t.rest(categoryOf(v), v)
	default:
		t.fork(at+3, true)
		t.fork(at+6, true)
		t.fork(at+8, v >= 35)
		switch {
		case v < 35:
			t.fork(at+9, v >= 19)
		default:
			t.fork(at+10, v >= 67)
		}
		t.rest(categoryOf(v), v)
	}
	t.fixed(128, negative)
}

func categoryOf(v int16) *category {
	i := len(categories) - 1
	for categories[i].lowest > v {
		i--
	}
	return &categories[i]
}

// rest writes what a level is above the lowest of its category.
func (t *tokens) rest(c *category, v int16) {
	v -= c.lowest
	for i, chance := range c.chances {
		t.fixed(chance, v>>(len(c.chances)-1-i)&1 == 1)
	}
}

// likely are the probabilities that what was seen so far makes likely for the rest
// of the picture, leaning on the default ones while little was seen.
func (t *tokens) likely() probabilities {
	const lean = 16
	var p probabilities
	for i, n := range t.count {
		seen := uint64(n[0]) + uint64(n[1])
		p[i] = chance(256*uint64(n[0])+lean*uint64(defaultProbs[i]), seen+lean)
	}
	return p
}

// chance is part/whole as a probability that can be written.
func chance(part256, whole uint64) uint8 {
	return uint8(min(max((part256+whole/2)/whole, 1), 255))
}

// write writes all decisions.
func (t *tokens) write(w *boolWriter, p *probabilities) {
	for _, d := range t.list {
		chance := uint8(d)
		if d&fixed == 0 {
			chance = p[d&(fixed-1)]
		}
		w.put(d&answer != 0, chance)
	}
}
