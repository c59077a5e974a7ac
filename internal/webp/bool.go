package webp

import "math/bits"

// boolWriter is the arithmetic coder of RFC 6386, section 7: it writes decisions,
// each with the chance, of 256, that it is false.
//
// The interval that the decisions so far leave is [low, low+width), in units that
// shrink as it does; the last eight bits of low are in the interval's own unit.
type boolWriter struct {
	out   []byte
	low   uint64
	width uint32 // 128 to 255
	ready uint   // bits of low above its last eight that are not in out yet
}

func newBoolWriter(room int) *boolWriter {
	return &boolWriter{out: make([]byte, 0, room), width: 255}
}

// put writes a decision.
func (b *boolWriter) put(yes bool, chance uint8) {
	split := 1 + (b.width-1)*uint32(chance)>>8
	if yes {
		b.low += uint64(split)
		b.width -= split
	} else {
		b.width = split
	}
	grow := uint(bits.LeadingZeros8(uint8(b.width)))
	b.width <<= grow
	b.low <<= grow
	b.ready += grow
	if b.ready >= 40 {
		b.flush()
	}
}

// flush moves whole bytes out. A carry out of low goes into the bytes before it; it
// can't pass the first, for the interval never leaves [0, 1).
func (b *boolWriter) flush() {
	for b.ready >= 8 {
		next := b.low >> b.ready
		if next > 255 {
			i := len(b.out) - 1
			for ; b.out[i] == 255; i-- {
				b.out[i] = 0
			}
			b.out[i]++
		}
		b.out = append(b.out, uint8(next))
		b.low &= 1<<b.ready - 1
		b.ready -= 8
	}
}

// bits writes the last n bits of v, the highest first, each as likely as not.
func (b *boolWriter) bits(v, n int) {
	for n--; n >= 0; n-- {
		b.put(v>>n&1 == 1, 128)
	}
}

// signed writes a number that is most often 0: whether it is not, n bits, a sign.
func (b *boolWriter) signed(v, n int) {
	b.put(v != 0, 128)
	if v != 0 {
		b.bits(max(v, -v), n)
		b.put(v < 0, 128)
	}
}

// finish returns all that was written, as far as a decoder looks into it.
func (b *boolWriter) finish() []byte {
	pad := 8 + (8-b.ready%8)%8
	b.low <<= pad
	b.ready += pad
	b.flush()
	return b.out
}
