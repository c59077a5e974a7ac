package webp

import "encoding/binary"

// The transforms of RFC 6386, section 14. VP8's coefficients are twice those of an
// orthonormal transform; multiplying by cosine and sine is done as decoders do it.
const (
	cosine = 85627 // √2·cos(π/8), times 1<<16
	sine   = 35468 // √2·sin(π/8), times 1<<16
)

// forward makes coefficients of the difference between a 4×4 block and its
// prediction. Both slices begin at the block's first sample.
func forward(src []uint8, stride int, pred []uint8, predStride int, c *[16]int32) {
	var t [16]int
	for y := range 4 {
		s, p := binary.LittleEndian.Uint32(src[y*stride:]), binary.LittleEndian.Uint32(pred[y*predStride:])
		d0, d1 := int(s&255)-int(p&255), int(s>>8&255)-int(p>>8&255)
		d2, d3 := int(s>>16&255)-int(p>>16&255), int(s>>24)-int(p>>24)
		a, b, f, g := d0+d3, d1+d2, d1-d2, d0-d3
		t[4*y] = (a + b) << 16
		t[4*y+1] = cosine*g + sine*f
		t[4*y+2] = (a - b) << 16
		t[4*y+3] = sine*g - cosine*f
	}
	const half = 1 << 16
	for x := range 4 {
		a, b := t[x]+t[12+x], t[4+x]+t[8+x]
		f, g := (t[4+x]-t[8+x])>>8, (t[x]-t[12+x])>>8
		c[x] = int32((a + b + half) >> 17)
		c[4+x] = int32((cosine*g + sine*f + half<<8) >> 25)
		c[8+x] = int32((a - b + half) >> 17)
		c[12+x] = int32((sine*g - cosine*f + half<<8) >> 25)
	}
}

// inverse adds what coefficients stand for to a prediction, exactly as decoders do.
func inverse(c *[16]int32, pred []uint8, predStride int, dst []uint8, stride int) {
	rest := int32(0)
	for _, v := range c[1:] {
		rest |= v
	}
	if rest == 0 {
		inverseDC((c[0]+4)>>3, pred, predStride, dst, stride)
		return
	}
	var t [16]int32
	for x := range 4 {
		a, b := c[x]+c[8+x], c[x]-c[8+x]
		f := c[4+x]*sine>>16 - int32(int64(c[12+x])*cosine>>16)
		g := int32(int64(c[4+x])*cosine>>16) + c[12+x]*sine>>16
		t[x], t[4+x], t[8+x], t[12+x] = a+g, b+f, b-f, a-g
	}
	for y := range 4 {
		t0, t1, t2, t3 := t[4*y]+4, t[4*y+1], t[4*y+2], t[4*y+3]
		a, b := t0+t2, t0-t2
		f := int32(int64(t1)*sine>>16) - int32(int64(t3)*cosine>>16)
		g := int32(int64(t1)*cosine>>16) + int32(int64(t3)*sine>>16)
		p, d := pred[y*predStride:][:4], dst[y*stride:][:4]
		d[0] = clip(int32(p[0]) + (a+g)>>3)
		d[1] = clip(int32(p[1]) + (b+f)>>3)
		d[2] = clip(int32(p[2]) + (b-f)>>3)
		d[3] = clip(int32(p[3]) + (a-g)>>3)
	}
}

// inverseDC is inverse for a block that has but its DC: it adds the same to all.
func inverseDC(add int32, pred []uint8, predStride int, dst []uint8, stride int) {
	for y := range 4 {
		p, d := pred[y*predStride:][:4], dst[y*stride:][:4]
		if add == 0 {
			copy(d, p)
			continue
		}
		for x, v := range p {
			d[x] = clip(int32(v) + add)
		}
	}
}

func clip(v int32) uint8 {
	if uint32(v) > 255 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
}

// forwardSecond makes Y2's coefficients of the DCs of sixteen blocks.
func forwardSecond(dc *[16]int32, c *[16]int32) {
	var t [16]int32
	hadamard(dc, &t)
	for i, v := range t {
		c[i] = (v + 1) >> 1
	}
}

// inverseSecond makes DCs of Y2's coefficients, exactly as decoders do.
func inverseSecond(c *[16]int32, dc *[16]int32) {
	hadamard(c, dc)
	for i, v := range dc {
		dc[i] = (v + 3) >> 3
	}
}

// hadamard is the Walsh-Hadamard transform in the order of VP8. It is its own
// inverse, but for a factor of 16.
func hadamard(in, out *[16]int32) {
	var t [16]int32
	for x := range 4 {
		a, b := in[x]+in[12+x], in[4+x]+in[8+x]
		f, g := in[4+x]-in[8+x], in[x]-in[12+x]
		t[x], t[4+x], t[8+x], t[12+x] = a+b, g+f, a-b, g-f
	}
	for y := 0; y < 16; y += 4 {
		a, b := t[y]+t[y+3], t[y+1]+t[y+2]
		f, g := t[y+1]-t[y+2], t[y]-t[y+3]
		out[y], out[y+1], out[y+2], out[y+3] = a+b, g+f, a-b, g-f
	}
}
