package webp

import "encoding/binary"

// Four samples, or differences, of a line are handled as one number with 16 bits for
// each; a negative one borrows from the next, as sums and differences of
// the whole number need it.
const (
	evenLanes = 0x0000ffff0000ffff
	lowLanes  = 0x00000000ffffffff
	ones      = 0x0001000100010001
	bias      = 0x8000800080008000 // makes all lanes positive
)

// spread gives the four bytes of a line 16 bits each.
func spread(line []uint8) uint64 {
	v := uint64(binary.LittleEndian.Uint32(line))
	v = (v | v<<16) & evenLanes
	return (v | v<<8) & 0x00ff00ff00ff00ff
}

// butterflies is a Hadamard transform across four numbers.
func butterflies(a, b, c, d uint64) (uint64, uint64, uint64, uint64) {
	a, b, c, d = a+b, a-b, c+d, c-d
	return a + c, a - c, b + d, b - d
}

// absolute makes the lanes of a biased number their absolute values.
func absolute(v uint64) uint64 {
	v ^= bias
	sign := v >> 15 & ones
	return (v ^ (sign<<16 - sign)) + sign
}

// texture is a 4×4 block, ready to be compared.
type texture [4]uint64

func textureOf(pix []uint8, stride int) texture {
	return texture{spread(pix), spread(pix[stride:]), spread(pix[2*stride:]), spread(pix[3*stride:])}
}

// roughness is the sum of the absolute values of the Hadamard transform of what a
// block differs from a prediction, which begins with pred: about what the difference
// costs to write.
func (t *texture) roughness(pred []uint8, stride int) int {
	a, b, c, d := butterflies(t[0]-spread(pred), t[1]-spread(pred[stride:]), t[2]-spread(pred[2*stride:]), t[3]-spread(pred[3*stride:]))
	// Turn lines into columns, for the other direction.
	a, b, c, d = a+bias, b+bias, c+bias, d+bias
	a, b = a&evenLanes|b&evenLanes<<16, a>>16&evenLanes|b&^evenLanes
	c, d = c&evenLanes|d&evenLanes<<16, c>>16&evenLanes|d&^evenLanes
	a, c = a&lowLanes|c<<32, a>>32|c&^lowLanes
	b, d = b&lowLanes|d<<32, b>>32|d&^lowLanes
	a, b, c, d = butterflies(a-bias, b-bias, c-bias, d-bias)
	sum := absolute(a+bias) + absolute(b+bias) + absolute(c+bias) + absolute(d+bias)
	return int(sum * ones >> 48)
}
