package media

import "math"

// plane is one channel of a picture: samples of 0 to 255 in rows. Samples of a
// row lie step bytes apart, rows stride bytes.
type plane struct {
	pix          []byte
	stride, step int
	w, h         int
}

func newPlane(w, h int) plane { return plane{make([]byte, w*h), w, 1, w, h} }

// scale fills to with the part of p that begins at x, y and in which every sample
// of to covers rx × ry samples of p: Catmull-Rom, by way of an average over whole
// samples where more than four come to one. It holds a few rows of memory,
// however large p is; x/image/draw would hold 32 bytes for each row and column.
func (p plane) scale(to plane, x, y, rx, ry float64) {
	if rx == 1 && ry == 1 && x == math.Trunc(x) && y == math.Trunc(y) {
		p.copy(to, int(x), int(y))
		return
	}
	s := scaler{from: p, fx: shrink(rx), fy: shrink(ry)}
	s.across = newTaps(to.w, x/float64(s.fx), rx/float64(s.fx), (p.w+s.fx-1)/s.fx)
	s.down = newTaps(to.h, y/float64(s.fy), ry/float64(s.fy), (p.h+s.fy-1)/s.fy)
	s.lo, s.hi = s.across.span()
	s.shrunk, s.sums = make([]byte, s.hi-s.lo), make([]uint32, s.hi-s.lo)
	s.ring = make([][]int32, s.down.n)
	for i := range s.ring {
		s.ring[i] = make([]int32, to.w)
	}
	s.run(to)
}

// copy fills to with the part of p that begins at x, y.
func (p plane) copy(to plane, x, y int) {
	for row := range to.h {
		from, out := p.pix[(y+row)*p.stride+x*p.step:], to.pix[row*to.stride:]
		if p.step == 1 && to.step == 1 {
			copy(out[:to.w], from)
			continue
		}
		for i := range to.w {
			out[i*to.step] = from[i*p.step]
		}
	}
}

// shrink is the whole number of samples that are averaged first.
func shrink(r float64) int {
	if r < 4 {
		return 1
	}
	return int(r / 2)
}

// taps say how much of which source samples goes into each sample: n weights
// from start on, in 1/16384.
type taps struct {
	n      int
	start  []int
	weight []int32
}

const one = 1 << 14

// newTaps makes Catmull-Rom's weights for count samples, each r source samples
// wide, that begin at x among size source samples.
func newTaps(count int, x, r float64, size int) taps {
	wide := max(1, r)
	t := taps{n: int(math.Ceil(4*wide)) + 1, start: make([]int, count)}
	t.n = min(size, (t.n+3)&^3) // four at a time
	t.weight = make([]int32, t.n*count)
	exact := make([]float64, t.n)
	for i := range count {
		centre := x + (float64(i)+0.5)*r
		first := int(math.Ceil(centre - 2*wide - 0.5))
		first = min(max(first, 0), size-t.n)
		sum := 0.0
		for k := range exact {
			exact[k] = catmullRom((float64(first+k) + 0.5 - centre) / wide)
			sum += exact[k]
		}
		t.start[i] = first
		weights, left, most := t.weight[i*t.n:(i+1)*t.n], int32(one), 0
		for k := range exact {
			weights[k] = int32(math.Round(exact[k] / sum * one))
			left -= weights[k]
			if weights[k] > weights[most] {
				most = k
			}
		}
		weights[most] += left // an even surface stays exactly as it is
	}
	return t
}

func catmullRom(x float64) float64 {
	switch x = math.Abs(x); {
	case x < 1:
		return (1.5*x-2.5)*x*x + 1
	case x < 2:
		return ((-0.5*x+2.5)*x-4)*x + 2
	}
	return 0
}

// span is from where to where source samples are needed.
func (t taps) span() (lo, hi int) {
	lo = t.start[0]
	return lo, t.start[len(t.start)-1] + t.n
}

// scaler is one run of plane.scale. Rows come in order: each is averaged, then
// scaled across into a ring, from which the rows of the result are summed up.
type scaler struct {
	from         plane
	fx, fy       int // samples that are averaged into one
	across, down taps
	lo, hi       int // the averaged samples of a row that are needed

	shrunk []byte
	sums   []uint32
	ring   [][]int32
}

func (s *scaler) run(to plane) {
	next := 0 // the averaged row that is not in the ring yet
	acc := make([]int32, to.w)
	for y := range to.h {
		first := s.down.start[y]
		for next = max(next, first); next < first+s.down.n; next++ {
			s.acrossRow(s.ring[next%len(s.ring)], s.row(next))
		}
		clear(acc)
		for k, w := range s.down.weight[y*s.down.n : (y+1)*s.down.n] {
			if w == 0 {
				continue
			}
			row := s.ring[(first+k)%len(s.ring)][:len(acc)]
			for x, v := range row {
				acc[x] += w * v
			}
		}
		out := to.pix[y*to.stride:]
		for x, v := range acc {
			v = (v + 1<<20) >> 21
			if v&^255 != 0 {
				v = ^(v >> 31) & 255 // below 0 is 0, above 255 is 255
			}
			out[x*to.step] = byte(v)
		}
	}
}

// acrossRow scales a row, in 1/128 of a sample.
func (s *scaler) acrossRow(to []int32, row []byte) {
	n := s.across.n
	for i, start := range s.across.start {
		weights := s.across.weight[i*n : (i+1)*n]
		samples := row[start-s.lo:][:n]
		sum := int32(1 << 6)
		for len(weights) >= 4 && len(samples) >= 4 { // a loop of one takes half as long again
			sum += weights[0]*int32(samples[0]) + weights[1]*int32(samples[1]) + weights[2]*int32(samples[2]) + weights[3]*int32(samples[3])
			weights, samples = weights[4:], samples[4:]
		}
		for k, w := range weights {
			sum += w * int32(samples[k])
		}
		to[i] = sum >> 7
	}
}

// row is an averaged row, from sample lo to hi.
func (s *scaler) row(y int) []byte {
	p := s.from
	if s.fx == 1 && s.fy == 1 {
		row := p.pix[y*p.stride+s.lo*p.step:]
		if p.step == 1 {
			return row[:s.hi-s.lo]
		}
		for i := range s.shrunk {
			s.shrunk[i] = row[i*p.step]
		}
		return s.shrunk
	}
	clear(s.sums)
	rows := min(s.fy, p.h-y*s.fy)
	for k := range rows {
		s.sum(p.pix[(y*s.fy+k)*p.stride:])
	}
	// A fixed-point reciprocal: a division for each sample would cost more than
	// all the sums.
	inverse := uint64(1<<32)/uint64(rows*s.fx) + 1
	half := uint32(rows * s.fx / 2)
	for i, v := range s.sums {
		s.shrunk[i] = byte(uint64(v+half) * inverse >> 32)
	}
	if rest := p.w % s.fx; rest != 0 && s.hi == (p.w+s.fx-1)/s.fx { // the last one is narrower
		n := uint32(rows * rest)
		s.shrunk[len(s.shrunk)-1] = byte((s.sums[len(s.sums)-1] + n/2) / n)
	}
	return s.shrunk
}

// sum adds a source row to the sums.
func (s *scaler) sum(row []byte) {
	p := s.from
	at := s.lo * s.fx
	for i := range s.sums {
		end := min(at+s.fx, p.w)
		v := uint32(0)
		if p.step == 1 {
			for _, b := range row[at:end] {
				v += uint32(b)
			}
		} else {
			for k := at; k < end; k++ {
				v += uint32(row[k*p.step])
			}
		}
		s.sums[i] += v
		at = end
	}
}

// turned is p in the orientation that a viewer sees, as TIFF 6.0 numbers it.
func (p plane) turned(orientation int) plane {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.w, p.h
	if orientation >= 5 {
		w, h = h, w
	}
	out := newPlane(w, h)
	for y := range h {
		for x := range w {
			sx, sy := turnedFrom(x, y, p.w, p.h, orientation)
			out.pix[y*w+x] = p.pix[sy*p.stride+sx*p.step]
		}
	}
	return out
}

// turnedFrom is the sample of a stored picture of w × h that a viewer sees at
// x, y.
func turnedFrom(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}
