package webp

import "encoding/binary"

// frame puts together the frame: RFC 6386, section 9. A first partition holds
// the header and the modes, a second one all coefficients.
func (e *encoder) frame() ([]byte, error) {
	var probs probabilities
	first := newBoolWriter(64 + 4*len(e.blocks))
	e.writeHeader(first)
	e.writeProbabilities(first, &probs)
	e.writeModes(first)
	modes := first.finish()
	if len(modes) >= 1<<19 {
		return nil, ErrSize
	}
	second := newBoolWriter(len(e.tokens.list) / 8)
	e.tokens.write(second, &probs)
	levels := second.finish()

	// A key frame, to be shown, of version 0; then the mark and the size, unscaled.
	tag := uint32(1<<4) | uint32(len(modes))<<5
	out := make([]byte, 0, 10+len(modes)+len(levels))
	out = append(out, uint8(tag), uint8(tag>>8), uint8(tag>>16), 0x9d, 0x01, 0x2a)
	out = binary.LittleEndian.AppendUint16(out, uint16(e.size.X))
	out = binary.LittleEndian.AppendUint16(out, uint16(e.size.Y))
	out = append(out, modes...)
	return append(out, levels...), nil
}

// writeHeader writes what stands before the probabilities.
func (e *encoder) writeHeader(w *boolWriter) {
	w.bits(0, 1) // colours are BT.601's
	w.bits(0, 1) // decoders must clip
	w.bits(0, 1) // no segments
	w.bits(0, 1) // the normal loop filter
	w.bits(e.filter, 6)
	w.bits(0, 3) // and not weakened where it is sharp: that gained nothing
	w.bits(0, 1) // the filter's level is the same for all macroblocks
	w.bits(0, 2) // one partition of coefficients
	w.bits(e.index, 7)
	for range 5 {
		w.signed(0, 4) // all steps go by the same index
	}
	w.bits(0, 1) // probabilities are for this frame only
}

// writeProbabilities writes those probabilities whose change pays, and sets p to
// what then holds.
func (e *encoder) writeProbabilities(w *boolWriter, p *probabilities) {
	*p = defaultProbs
	for i, n := range e.tokens.count {
		old, now := p[i], p[i]
		if seen := uint64(n[0]) + uint64(n[1]); seen > 0 {
			now = chance(256*uint64(n[0]), seen)
		}
		spend := 8*256 + costOf(true, updateChance[i]) - costOf(false, updateChance[i])
		change := now != old && forkCost(n, old)-forkCost(n, now) > spend
		w.put(change, updateChance[i])
		if change {
			w.bits(int(now), 8)
			p[i] = now
		}
	}
}

// forkCost is what the decisions at one fork cost together.
func forkCost(n [2]uint32, chance uint8) int {
	return int(n[0])*costOf(false, chance) + int(n[1])*costOf(true, chance)
}

// writeModes writes what was chosen for each macroblock.
func (e *encoder) writeModes(w *boolWriter) {
	skipped := uint64(0)
	for i := range e.blocks {
		if e.blocks[i].skip {
			skipped++
		}
	}
	all := uint64(len(e.blocks))
	coded := chance(256*(all-skipped), all)
	w.put(skipped > 0, 128)
	if skipped > 0 {
		w.bits(int(coded), 8)
	}
	above := make([][4]uint8, e.across)
	for y := range e.down {
		var left [4]uint8
		for x := range e.across {
			b := &e.blocks[y*e.across+x]
			if skipped > 0 {
				w.put(b.skip, coded)
			}
			wholeWays[b.mode].write(w, wholeChances[:])
			b.writeSub(w, &above[x], &left)
			chromaWays[b.chroma].write(w, chromaChances[:])
		}
	}
}

// writeSub writes the modes of 4×4 blocks, which lean on those above and to the left,
// and leaves those at the macroblock's own edges. A whole macroblock's mode counts as
// each of its blocks'.
func (b *macroblock) writeSub(w *boolWriter, above, left *[4]uint8) {
	if b.mode != subMode {
		fill(above[:], b.mode)
		fill(left[:], b.mode)
		return
	}
	for i, mode := range b.sub {
		x, y := i&3, i>>2
		subWays[mode].write(w, subModeProbs[above[x]][left[y]][:])
		above[x], left[y] = mode, mode
	}
}
