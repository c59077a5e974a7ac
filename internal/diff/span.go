package diff

// Op says what becomes of a stretch.
type Op int

// What becomes of a stretch of the one side in the other.
const (
	Equal  Op = iota // it is in both
	Delete           // it is in the first only
	Insert           // it is in the second only
)

// Span is a stretch: a[A0:A1] of the first sequence and b[B0:B1] of the second.
// For Delete the second is empty, for Insert the first.
type Span struct {
	Op             Op
	A0, A1, B0, B1 int
}

// budget is how many steps a comparison may take: a fifth of a second's work at
// most. With more elements, each part of a search ends the sooner.
const budget = 20_000_000

// Spans compares two sequences. The spans follow each other and hold all of both;
// no two neighbours have the same Op, and a Delete comes before an Insert at the
// same place. The same input gives the same spans.
//
// It is Myers' algorithm in linear room ("An O(ND) difference algorithm and its
// variations", 1986), on what both sides have at all. A search that goes on for
// too long is cut at the best place that it has found.
func Spans[T comparable](a, b []T) []Span {
	x, y := numbers(a, b)
	s := &search{a: x, b: y, gone: make([]bool, len(x)), came: make([]bool, len(y))}
	s.run()
	return s.spans()
}

// numbers gives equal elements equal numbers.
func numbers[T comparable](a, b []T) (x, y []int) {
	known := make(map[T]int, len(a))
	number := func(list []T) []int {
		out := make([]int, len(list))
		for i, v := range list {
			n, ok := known[v]
			if !ok {
				n = len(known)
				known[v] = n
			}
			out[i] = n
		}
		return out
	}
	return number(a), number(b)
}

// search is one comparison.
type search struct {
	a, b       []int  // the two sequences
	gone, came []bool // what of them the other does not have

	x, y              []int // those elements that both have, as places in a and b
	deepest           int   // how far one part of the search may go
	forward, backward []int // of the middle snake: the furthest place on each diagonal
}

func (s *search) run() {
	s.x = shared(s.a, s.b, s.gone)
	s.y = shared(s.b, s.a, s.came)
	n := len(s.x) + len(s.y)
	s.deepest = max(32, budget/max(n, 1)/2)
	s.forward, s.backward = make([]int, n+3), make([]int, n+3)
	s.compare(0, len(s.x), 0, len(s.y))
}

// shared are the places in a of what b has, too; the others are marked.
func shared(a, b []int, only []bool) []int {
	in := make(map[int]bool, len(b))
	for _, v := range b {
		in[v] = true
	}
	places := make([]int, 0, len(a))
	for i, v := range a {
		if only[i] = !in[v]; !only[i] {
			places = append(places, i)
		}
	}
	return places
}

func (s *search) same(i, j int) bool { return s.a[s.x[i]] == s.b[s.y[j]] }

// compare marks what differs between x[x0:x1] and y[y0:y1].
func (s *search) compare(x0, x1, y0, y1 int) {
	for {
		for x0 < x1 && y0 < y1 && s.same(x0, y0) {
			x0, y0 = x0+1, y0+1
		}
		for x0 < x1 && y0 < y1 && s.same(x1-1, y1-1) {
			x1, y1 = x1-1, y1-1
		}
		if x0 == x1 || y0 == y1 {
			for i := x0; i < x1; i++ {
				s.gone[s.x[i]] = true
			}
			for j := y0; j < y1; j++ {
				s.came[s.y[j]] = true
			}
			return
		}
		x, y := s.middle(x0, x1, y0, y1)
		// The smaller half goes by a call, so that these never stand deep.
		if (x-x0)+(y-y0) < (x1-x)+(y1-y) {
			s.compare(x0, x, y0, y)
			x0, y0 = x, y
		} else {
			s.compare(x, x1, y, y1)
			x1, y1 = x, y
		}
	}
}

// middle is a place through which a shortest way goes from one corner to the
// other, or, where that is far to seek, a good way: neither corner itself. Both
// begin with different elements.
func (s *search) middle(x0, x1, y0, y1 int) (int, int) {
	n, m := x1-x0, y1-y0
	delta, odd := n-m, (n-m)%2 != 0
	most := (n + m + 1) / 2
	// On diagonal k = x-y, seen from the corner of each; index k+zero.
	zero := most + 1
	f, r := s.forward, s.backward
	f[zero+1], r[zero+1] = 0, 0
	for d := 0; d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			x := step(f, zero, k, d, n, m)
			for y := x - k; x >= 0 && x < n && y < m && s.same(x0+x, y0+y); x, y = x+1, y+1 {
			}
			f[zero+k] = x
			if back := delta - k; odd && back >= -(d-1) && back <= d-1 && x+r[zero+back] >= n {
				return s.inside(x0, x1, y0, y1, x, x-k)
			}
		}
		for k := -d; k <= d; k += 2 {
			x := step(r, zero, k, d, n, m)
			for y := x - k; x >= 0 && x < n && y < m && s.same(x1-1-x, y1-1-y); x, y = x+1, y+1 {
			}
			r[zero+k] = x
			if ahead := delta - k; !odd && ahead >= -d && ahead <= d && x+f[zero+ahead] >= n {
				return s.inside(x0, x1, y0, y1, n-x, m-(x-k))
			}
		}
		if d >= s.deepest {
			x, y := furthest(f, zero, d)
			return s.inside(x0, x1, y0, y1, x, y)
		}
	}
	return s.inside(x0, x1, y0, y1, n/2, m/2)
}

// nowhere is less than any place on a diagonal.
const nowhere = -1 << 40

// step is how far one more edit leads on diagonal k, before what is equal there;
// nowhere where that is outside of the sequences.
func step(v []int, zero, k, d, n, m int) int {
	x := 0
	switch {
	case d == 0:
	case k == -d || k != d && v[zero+k-1] < v[zero+k+1]:
		x = v[zero+k+1]
	default:
		x = v[zero+k-1] + 1
	}
	if x < 0 || x > n || x-k < 0 || x-k > m {
		return nowhere
	}
	return x
}

// furthest is the place after d edits that is furthest from the corner.
func furthest(v []int, zero, d int) (x, y int) {
	best := -1
	for k := -d; k <= d; k += 2 {
		if at := v[zero+k]; at >= 0 && at+at-k > best {
			best, x, y = at+at-k, at, at-k
		}
	}
	return x, y
}

// inside is a place within the bounds that parts them into two smaller ones.
func (s *search) inside(x0, x1, y0, y1, x, y int) (int, int) {
	x, y = x0+min(max(x, 0), x1-x0), y0+min(max(y, 0), y1-y0)
	switch {
	case x == x0 && y == y0:
		return x0 + 1, y0
	case x == x1 && y == y1:
		return x1 - 1, y1
	}
	return x, y
}

// spans puts together what was marked.
func (s *search) spans() []Span {
	var out []Span
	add := func(op Op, a0, a1, b0, b1 int) {
		if a0 == a1 && b0 == b1 {
			return
		}
		out = append(out, Span{op, a0, a1, b0, b1})
	}
	i, j := 0, 0
	for i < len(s.a) || j < len(s.b) {
		a0, b0 := i, j
		for i < len(s.a) && s.gone[i] {
			i++
		}
		for j < len(s.b) && s.came[j] {
			j++
		}
		add(Delete, a0, i, b0, b0)
		add(Insert, i, i, b0, j)
		a0, b0 = i, j
		for i < len(s.a) && j < len(s.b) && !s.gone[i] && !s.came[j] {
			i, j = i+1, j+1
		}
		add(Equal, a0, i, b0, j)
	}
	return out
}
