package compare

import (
	"encoding/json"
	"slices"
	"strconv"

	"broadsheet/internal/diff"
	"broadsheet/internal/richtext"
)

// text is a body as a list of blocks, and what one side has changed in it.
type text struct {
	blocks []*richtext.Node
	lines  []string // each block as JSON
	hunks  []hunk   // that are still to be read; nil for the base
	shift  int      // by how much a place here is further on than in the base
}

// hunk is a stretch base[lo:hi] for which one side has other blocks, more of them
// by grown.
type hunk struct{ lo, hi, grown int }

func readText(body []byte) (*text, error) {
	doc, err := richtext.Decode(body)
	if err != nil {
		return nil, err
	}
	return &text{blocks: doc.Blocks, lines: encoded(doc.Blocks)}, nil
}

func encoded(blocks []*richtext.Node) []string {
	lines := make([]string, len(blocks))
	for i, n := range blocks {
		b, _ := json.Marshal(n) // of strings and numbers: can't fail
		lines[i] = string(b)
	}
	return lines
}

// changed finds what t has changed of base.
func (t *text) changed(base *text) {
	spans := diff.Spans(base.lines, t.lines)
	for i := 0; i < len(spans); i++ {
		s := spans[i]
		if s.Op == diff.Equal {
			continue
		}
		if i+1 < len(spans) && spans[i+1].Op == diff.Insert { // taken away and put in at one place
			i++
			s.B0, s.B1 = spans[i].B0, spans[i].B1
		}
		t.cut(base, s)
	}
}

// cut makes hunks of a stretch that differs, as small as one can tell which block
// became which: of two people who have changed neighbours, neither is asked.
func (t *text) cut(base *text, s diff.Span) {
	gone, came := base.blocks[s.A0:s.A1], t.blocks[s.B0:s.B1]
	if len(gone) == len(came) {
		for i := range gone {
			t.hunks = append(t.hunks, hunk{s.A0 + i, s.A0 + i + 1, 0})
		}
		return
	}
	open := hunk{lo: s.A0, hi: s.A0} // blocks of either side without a like
	flush := func() {
		if open.hi > open.lo || open.grown != 0 {
			t.hunks = append(t.hunks, open)
		}
	}
	for _, p := range pairs(gone, came) {
		switch {
		case p[0] != nil && p[1] != nil:
			flush()
			t.hunks = append(t.hunks, hunk{open.hi, open.hi + 1, 0})
			open = hunk{lo: open.hi + 1, hi: open.hi + 1}
		case p[0] != nil:
			open.hi, open.grown = open.hi+1, open.grown-1
		default:
			open.grown++
		}
	}
	flush()
}

// stretch is a stretch base[lo:hi] that grows while a hunk belongs to it.
type stretch struct {
	lo, hi int
	open   bool // something was put in at its end
}

// takes reports whether a hunk belongs to the stretch: it overlaps it, or something
// was put in at the place where they meet, so that nobody could say in which order.
func (s *stretch) takes(h hunk) bool {
	return h.lo < s.hi || h.lo == s.hi && (s.open || h.lo == h.hi)
}

// read takes those of t's next hunks that belong to the stretch, and reports
// whether there were any.
func (t *text) read(s *stretch) (any bool) {
	for len(t.hunks) > 0 && s.takes(t.hunks[0]) {
		h := t.hunks[0]
		t.hunks, any = t.hunks[1:], true
		if h.hi >= s.hi {
			s.hi, s.open = h.hi, h.lo == h.hi
		}
		t.shift += h.grown
	}
	return any
}

// first is where the next hunk of t begins, n for none.
func (t *text) first(n int) int {
	if len(t.hunks) == 0 {
		return n
	}
	return t.hunks[0].lo
}

// mergeBodies fills in the parts of the body, and the conflicts among them.
func (m *Merged) mergeBodies(base, mine, theirs []byte) error {
	var texts [3]*text
	for i, b := range [][]byte{base, mine, theirs} {
		var err error
		if texts[i], err = readText(b); err != nil {
			return err
		}
	}
	was, a, b := texts[0], texts[1], texts[2]
	a.changed(was)
	b.changed(was)
	m.parts = []part{}
	at, n := 0, len(was.blocks)
	for len(a.hunks) > 0 || len(b.hunks) > 0 {
		s := stretch{lo: min(a.first(n), b.first(n))}
		s.hi, s.open = s.lo, true // what begins here belongs to it
		m.parts = append(m.parts, part{mine: was.blocks[at:s.lo]})
		fromA, fromB := s.lo+a.shift, s.lo+b.shift
		for first := true; ; first = false {
			one, two := a.read(&s), b.read(&s)
			if !one && !two && !first {
				break
			}
		}
		m.decide(was, a, b, s, fromA, fromB)
		at = s.hi
	}
	m.parts = append(m.parts, part{mine: was.blocks[at:]})
	return nil
}

// decide adds the part for a stretch of the base, of which the sides have what
// begins at fromA and fromB.
func (m *Merged) decide(was, a, b *text, s stretch, fromA, fromB int) {
	toA, toB := s.hi+a.shift, s.hi+b.shift
	old, mine, theirs := was.lines[s.lo:s.hi], a.lines[fromA:toA], b.lines[fromB:toB]
	switch {
	case slices.Equal(mine, theirs), slices.Equal(old, theirs):
		m.parts = append(m.parts, part{mine: a.blocks[fromA:toA]})
	case slices.Equal(old, mine):
		m.parts = append(m.parts, part{mine: b.blocks[fromB:toB]})
		if !slices.Contains(m.Taken, "body") {
			m.Taken = append(m.Taken, "body")
		}
	default:
		m.bodyConflicts++
		c := Conflict{Name: bodyPrefix + strconv.Itoa(m.bodyConflicts), Base: plain(was.blocks[s.lo:s.hi]),
			MineBlocks: a.blocks[fromA:toA], TheirBlocks: b.blocks[fromB:toB]}
		c.Mine, c.Theirs = plain(c.MineBlocks), plain(c.TheirBlocks)
		m.Conflicts = append(m.Conflicts, c)
		m.parts = append(m.parts, part{conflict: c.Name, mine: c.MineBlocks, theirs: c.TheirBlocks})
	}
}

// plain is the words of blocks, one below the other.
func plain(blocks []*richtext.Node) string {
	var all string
	for i, n := range blocks {
		if i > 0 {
			all += "\n"
		}
		all += words(n)
	}
	return all
}
