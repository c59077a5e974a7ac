package richtext

import (
	"cmp"
	"slices"
)

// styleOrder is how the marks of a run stand, from the outermost in: a link is
// one link, and a language is nearest to its words. The editor's schema has them
// in the same order.
var styleOrder = []Style{LinkStyle, Strong, Emphasis, Underline, Strike, CodeStyle, Sub, Sup, Span}

// settle gives blocks the one form that their tree has, whichever way it came:
// marks in one order and once each, runs with the same marks joined, and nothing
// kept that says nothing. So what the editor hands back untouched is equal, byte
// for byte, to what it was given.
func settle(blocks []*Node) {
	for _, n := range blocks {
		if n.Attrs != nil && *n.Attrs == (Attrs{}) {
			n.Attrs = nil
		}
		n.Text, n.Marks = "", nil
		switch holds[n.Type] {
		case nothing:
			n.Content = nil
		case inline, plain:
			n.Content = settleLine(n.Content, holds[n.Type] == inline)
		default:
			settle(n.Content)
		}
	}
}

// settleLine does so for a line; only the text of inline content has marks.
func settleLine(line []*Node, marks bool) []*Node {
	kept := line[:0]
	for _, n := range line {
		n.Attrs, n.Content = nil, nil
		if n.Type != Text {
			n.Text, n.Marks = "", nil
			kept = append(kept, n)
			continue
		}
		if n.Marks = settleMarks(n.Marks); !marks {
			n.Marks = nil
		}
		if n.Text == "" {
			continue
		}
		if last := len(kept) - 1; last >= 0 && kept[last].Type == Text && equalMarks(kept[last].Marks, n.Marks) {
			kept[last].Text += n.Text
			continue
		}
		kept = append(kept, n)
	}
	return kept
}

func settleMarks(marks []Mark) []Mark {
	var kept []Mark
	for _, m := range marks {
		if m.Type != LinkStyle && m.Type != Span {
			m.Attrs = nil
		} else if m.Attrs == nil || *m.Attrs == (MarkAttrs{}) {
			continue // a link to nowhere, or no language
		}
		if !marked(kept, m.Type) {
			kept = append(kept, m)
		}
	}
	slices.SortStableFunc(kept, func(a, b Mark) int {
		return cmp.Compare(slices.Index(styleOrder, a.Type), slices.Index(styleOrder, b.Type))
	})
	return kept
}
