package compare

import (
	"fmt"
	"strings"

	"broadsheet/internal/diff"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// Comparison is what differs between two states of an article.
type Comparison struct {
	Fields []Field
	Blocks []Block // of the whole body, those that are equal among them
}

// Same reports whether nothing differs.
func (c *Comparison) Same() bool {
	for _, b := range c.Blocks {
		if b.Op != Unchanged {
			return false
		}
	}
	return len(c.Fields) == 0
}

// Field is a field that differs. Words is nil where its words are not worth being
// compared one by one, as a list of ids.
type Field struct {
	Name     string
	Old, New string
	Words    []diff.Run
}

// BlockOp says what became of a block.
type BlockOp string

// What becomes of a block.
const (
	Unchanged BlockOp = "unchanged"
	Changed   BlockOp = "changed"  // in its words
	Restyled  BlockOp = "restyled" // in all but its words: bold, a link, how a picture stands
	Added     BlockOp = "added"
	Removed   BlockOp = "removed"
)

// Block is a block of the body in both states, or in one.
type Block struct {
	Op       BlockOp
	Old, New *richtext.Node // nil where it is not
	Words    []diff.Run     // of what can be read of it, both states together
}

// Articles compares two states of an article: all fields of its form, and the body
// block by block. A block that stands in both, but not word for word, is one that
// has changed; which is which is decided by the words that they have in common.
func Articles(old, new *news.Article) (*Comparison, error) {
	c := &Comparison{}
	for _, f := range fields {
		if f.equal(old, new) {
			continue
		}
		d := Field{Name: f.name, Old: f.text(old), New: f.text(new)}
		if f.prose {
			d.Words = diff.Words(d.Old, d.New)
		}
		c.Fields = append(c.Fields, d)
	}
	a, err := readText(old.Body)
	if err != nil {
		return nil, err
	}
	b, err := readText(new.Body)
	if err != nil {
		return nil, err
	}
	spans := diff.Spans(a.lines, b.lines)
	for i := 0; i < len(spans); i++ {
		s := spans[i]
		if s.Op == diff.Equal {
			for j := range s.A1 - s.A0 {
				c.Blocks = append(c.Blocks, block(a.blocks[s.A0+j], b.blocks[s.B0+j], true))
			}
			continue
		}
		gone, came := a.blocks[s.A0:s.A1], b.blocks[s.B0:s.B1]
		if i+1 < len(spans) && spans[i+1].Op == diff.Insert {
			i++
			came = b.blocks[spans[i].B0:spans[i].B1]
		}
		for _, p := range pairs(gone, came) {
			c.Blocks = append(c.Blocks, block(p[0], p[1], false))
		}
	}
	return c, nil
}

func block(old, new *richtext.Node, same bool) Block {
	b := Block{Old: old, New: new}
	switch {
	case old == nil:
		b.Op, b.Words = Added, []diff.Run{{Op: diff.Insert, Text: words(new)}}
	case new == nil:
		b.Op, b.Words = Removed, []diff.Run{{Op: diff.Delete, Text: words(old)}}
	default:
		x, y := words(old), words(new)
		b.Op = Changed
		if same {
			b.Op = Unchanged
		} else if x == y {
			b.Op = Restyled
		}
		b.Words = diff.Words(x, y)
	}
	return b
}

// pairs says which block became which, in their order: each pair is of one old and
// one new block, or of one and nil.
func pairs(gone, came []*richtext.Node) [][2]*richtext.Node {
	if len(gone)*len(came) > mostPairs {
		return inOrder(gone, came)
	}
	like := likeness(gone, came)
	// best[i][j] is the most likeness that gone[i:] and came[j:] can have.
	best := make([][]float64, len(gone)+1)
	for i := range best {
		best[i] = make([]float64, len(came)+1)
	}
	for i := len(gone) - 1; i >= 0; i-- {
		for j := len(came) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], like(i, j)+best[i+1][j+1])
		}
	}
	var all [][2]*richtext.Node
	i, j := 0, 0
	for i < len(gone) || j < len(came) {
		switch {
		case i < len(gone) && j < len(came) && like(i, j) > 0 && best[i][j] == like(i, j)+best[i+1][j+1]:
			all = append(all, [2]*richtext.Node{gone[i], came[j]})
			i, j = i+1, j+1
		case i < len(gone) && (j == len(came) || best[i][j] == best[i+1][j]):
			all = append(all, [2]*richtext.Node{gone[i], nil})
			i++
		default:
			all = append(all, [2]*richtext.Node{nil, came[j]})
			j++
		}
	}
	return all
}

// mostPairs is how many pairs of blocks are looked at for their likeness: a text
// of 150 paragraphs that was written anew. Beyond, blocks are paired in order.
const mostPairs = 150 * 150

func inOrder(gone, came []*richtext.Node) [][2]*richtext.Node {
	all := make([][2]*richtext.Node, 0, len(gone)+len(came))
	both := 0
	for both < min(len(gone), len(came)) && gone[both].Type == came[both].Type {
		all = append(all, [2]*richtext.Node{gone[both], came[both]})
		both++
	}
	for _, n := range gone[both:] {
		all = append(all, [2]*richtext.Node{n, nil})
	}
	for _, n := range came[both:] {
		all = append(all, [2]*richtext.Node{nil, n})
	}
	return all
}

// likeness tells how much of their words two blocks share, 0 where that is less
// than a third or they are of different kinds.
func likeness(gone, came []*richtext.Node) func(i, j int) float64 {
	bags := func(list []*richtext.Node) (all []map[string]int, sizes []int) {
		for _, n := range list {
			bag, size := map[string]int{}, 0
			for _, w := range diff.Split(words(n)) {
				if strings.TrimSpace(w) != "" {
					bag[w]++
					size++
				}
			}
			all, sizes = append(all, bag), append(sizes, size)
		}
		return all, sizes
	}
	a, sizeA := bags(gone)
	b, sizeB := bags(came)
	known := make([][]float64, len(gone))
	for i := range gone {
		known[i] = make([]float64, len(came))
		for j := range came {
			known[i][j] = alike(gone[i], came[j], a[i], b[j], sizeA[i]+sizeB[j])
		}
	}
	return func(i, j int) float64 { return known[i][j] }
}

func alike(x, y *richtext.Node, a, b map[string]int, size int) float64 {
	if x.Type != y.Type {
		return 0
	}
	if size == 0 {
		return 1
	}
	common := 0
	for w, n := range a {
		common += min(n, b[w])
	}
	if d := 2 * float64(common) / float64(size); d >= 1.0/3 {
		return d
	}
	return 0
}

// words is what can be read of a block: its text, and below that whatever of its
// attributes a person has written or chosen.
func words(n *richtext.Node) string {
	var lines []string
	if s := (&richtext.Doc{Blocks: []*richtext.Node{n}}).Text(); s != "" {
		lines = append(lines, s)
	}
	walk(n, func(n *richtext.Node) {
		a := n.Attrs
		if a == nil {
			return
		}
		if a.Picture != 0 {
			lines = append(lines, fmt.Sprint("[", a.Picture, "]"))
		}
		for _, s := range []string{a.Alt, a.Credit, a.Cite, a.Href, a.Src} {
			if s != "" {
				lines = append(lines, s)
			}
		}
		if n.Type == richtext.Related && a.Article != 0 {
			lines = append(lines, fmt.Sprint("[", a.Article, "]"))
		}
	})
	return strings.Join(lines, "\n")
}

func walk(n *richtext.Node, f func(*richtext.Node)) {
	f(n)
	for _, c := range n.Content {
		walk(c, f)
	}
}
