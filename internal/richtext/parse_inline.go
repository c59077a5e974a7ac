package richtext

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inlineElements are those that stand in a line of text.
var inlineElements = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Big: true, atom.Br: true, atom.Cite: true, atom.Code: true,
	atom.Data: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Img: true, atom.Ins: true, atom.Kbd: true,
	atom.Label: true, atom.Mark: true, atom.Nobr: true, atom.Q: true, atom.Rp: true, atom.Rt: true, atom.Ruby: true, atom.S: true, atom.Samp: true,
	atom.Small: true, atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true,
	atom.U: true, atom.Var: true, atom.Wbr: true, atom.Acronym: true,
}

// isInline reports whether n stands in a line of text, with all in it.
func isInline(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return true
	}
	if !inlineElements[n.DataAtom] {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !isInline(c) {
			return false
		}
	}
	return true
}

var styles = map[atom.Atom]Style{
	atom.B: Strong, atom.Strong: Strong, atom.I: Emphasis, atom.Em: Emphasis, atom.Cite: Emphasis, atom.Dfn: Emphasis, atom.Var: Emphasis,
	atom.U: Underline, atom.Ins: Underline, atom.S: Strike, atom.Strike: Strike, atom.Del: Strike,
	atom.Code: CodeStyle, atom.Kbd: CodeStyle, atom.Samp: CodeStyle, atom.Tt: CodeStyle, atom.Sub: Sub, atom.Sup: Sup,
}

// inline reads n as part of a line. Pictures and what else is a block come out
// between the text, for the caller to part.
func (p *parser) inline(n *html.Node, marks []Mark, depth int) []*Node {
	switch n.Type {
	case html.TextNode:
		return []*Node{{Type: Text, Text: n.Data, Marks: marks}}
	case html.ElementNode:
	default:
		return nil
	}
	switch n.DataAtom {
	case atom.Br:
		return []*Node{{Type: HardBreak}}
	case atom.Wbr:
		return nil
	case atom.Img:
		return p.image(n, marks)
	}
	if !inlineElements[n.DataAtom] {
		return p.within(marks, func() []*Node { return p.block(n, depth) })
	}
	marks = p.marks(n, marks)
	var out []*Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, p.inline(c, marks, depth)...)
	}
	return out
}

// marks are those of the text in n, whose surroundings have the given ones: one
// of a kind at most, a link outermost, as it is rendered, and the language and
// direction that stand nearest to the text.
func (p *parser) marks(n *html.Node, outer []Mark) []Mark {
	marks := slices.Clone(outer)
	if style, ok := styles[n.DataAtom]; ok && !marked(marks, style) {
		marks = append(marks, Mark{Type: style})
	}
	if href := strings.TrimSpace(attr(n, "href")); n.DataAtom == atom.A && href != "" && !marked(marks, LinkStyle) {
		if safe, ok := target(href); ok {
			marks = slices.Insert(marks, 0, Mark{Type: LinkStyle, Attrs: &MarkAttrs{Href: safe, Title: fold(attr(n, "title"))}})
		} else {
			p.note(Removed, "a link to an address that can't be used")
		}
	}
	if l, d := lang(n), dir(n); l != "" || d != "" {
		if i := slices.IndexFunc(marks, func(m Mark) bool { return m.Type == Span }); i >= 0 {
			l, d = cmp.Or(l, marks[i].Attrs.Lang), cmp.Or(d, marks[i].Attrs.Dir)
			marks = slices.Delete(marks, i, i+1)
		}
		marks = append(marks, Mark{Type: Span, Attrs: &MarkAttrs{Lang: l, Dir: d}})
	}
	return marks
}

func marked(marks []Mark, style Style) bool {
	return slices.ContainsFunc(marks, func(m Mark) bool { return m.Type == style })
}

// image reads a picture; one without any address is its alternative text.
func (p *parser) image(n *html.Node, marks []Mark) []*Node {
	alt := fold(attr(n, "alt"))
	src, ok := safeURL(attr(n, "src"))
	ref := attr(n, "data-picture-ref")
	if (!ok || src == "") && ref == "" {
		p.note(Removed, "a picture without an address that can be used")
		if alt == "" {
			return nil
		}
		return []*Node{{Type: Text, Text: alt, Marks: marks}}
	}
	a := &Attrs{Src: src, Ref: ref, Alt: alt}
	for _, m := range marks {
		if m.Type == LinkStyle {
			a.Href = m.Attrs.Href
		}
	}
	return []*Node{{Type: Picture, Attrs: a}}
}

// inlineOnly reads the children of n as one line; what can't stand in it comes
// out separately, for the caller to put behind. Blocks of words are parted from
// what stands beside them by a line break.
func (p *parser) inlineOnly(n *html.Node, depth int) (text, rest []*Node) {
	var run []*Node
	afterBlock := false
	add := func(list []*Node, block bool) {
		if block || afterBlock {
			run = append(run, &Node{Type: HardBreak}) // at an end, tidy drops it
		}
		run, afterBlock = append(run, list...), block
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		for _, got := range p.inline(c, p.outer, depth) {
			switch {
			case afterBlock && (got.Type == HardBreak || got.Type == Text && collapse(got.Text, true) == ""):
			case inline.allows(got.Type):
				add([]*Node{got}, false)
			case got.Type == Paragraph, got.Type == Heading:
				add(got.Content, true)
			default:
				rest = append(rest, got)
			}
		}
	}
	return tidy(run), rest
}

// tidy collapses white space as a browser does, drops it at the ends and beside
// line breaks, and joins runs of text with the same marks.
func tidy(run []*Node) []*Node {
	var out []*Node
	space := true // whether white space at this point would be invisible
	for _, n := range run {
		if n.Type == HardBreak {
			if len(out) == 0 {
				continue
			}
			trimEnd(out)
			out = append(out, &Node{Type: HardBreak})
			space = true
			continue
		}
		text := collapse(n.Text, space)
		if text == "" {
			continue
		}
		space = text[len(text)-1] == ' '
		if last := len(out) - 1; last >= 0 && out[last].Type == Text && equalMarks(out[last].Marks, n.Marks) {
			out[last].Text += text
			continue
		}
		out = append(out, &Node{Type: Text, Text: text, Marks: n.Marks})
	}
	trimEnd(out)
	for len(out) > 0 {
		last := out[len(out)-1]
		if last.Type == Text && last.Text != "" {
			break
		}
		out = out[:len(out)-1]
		trimEnd(out)
	}
	kept := out[:0]
	for _, n := range out {
		if n.Type != Text || n.Text != "" {
			kept = append(kept, n)
		}
	}
	return kept
}

// trimEnd drops the space at the end of a line.
func trimEnd(out []*Node) {
	for i := len(out) - 1; i >= 0 && out[i].Type == Text; i-- {
		out[i].Text = strings.TrimRight(out[i].Text, " ")
		if out[i].Text != "" {
			return
		}
	}
}

// collapse makes one space of each run of white space (of ASCII only: a
// no-break space is none), and none at the start after another space.
func collapse(s string, space bool) string {
	if !strings.ContainsAny(s, " \t\n\r\f") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r', '\f':
			if !space {
				b.WriteByte(' ')
			}
			space = true
		default:
			b.WriteByte(c)
			space = false
		}
	}
	return b.String()
}

func equalMarks(a, b []Mark) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		if x.Type != y.Type || (x.Attrs == nil) != (y.Attrs == nil) || x.Attrs != nil && *x.Attrs != *y.Attrs {
			return false
		}
	}
	return true
}
