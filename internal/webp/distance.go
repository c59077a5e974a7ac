package webp

// squares is the sum of the squared differences of two blocks.
func squares(a []uint8, aStride int, b []uint8, bStride int, width, height int) int {
	sum := 0
	for y := range height {
		p, q := a[y*aStride:][:width], b[y*bStride:][:width]
		for x, v := range p {
			d := int(v) - int(q[x])
			sum += d * d
		}
	}
	return sum
}

// roughness is the sum of the absolute values of the Hadamard transform of the
// difference of two 4×4 blocks: about what the difference costs to write.
func roughness(a []uint8, aStride int, b []uint8, bStride int) int {
	var t [16]int32
	for y := range 4 {
		p, q := a[y*aStride:][:4], b[y*bStride:][:4]
		d0, d1 := int32(p[0])-int32(q[0]), int32(p[1])-int32(q[1])
		d2, d3 := int32(p[2])-int32(q[2]), int32(p[3])-int32(q[3])
		s, u, v, w := d0+d3, d1+d2, d1-d2, d0-d3
		t[4*y], t[4*y+1], t[4*y+2], t[4*y+3] = s+u, w+v, s-u, w-v
	}
	sum := int32(0)
	for x := range 4 {
		s, u := t[x]+t[12+x], t[4+x]+t[8+x]
		v, w := t[4+x]-t[8+x], t[x]-t[12+x]
		sum += size(s+u) + size(w+v) + size(s-u) + size(w-v)
	}
	return int(sum)
}

func size(v int32) int32 {
	sign := v >> 31
	return (v ^ sign) - sign
}
