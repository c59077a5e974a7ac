package richtext

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// figure reads a picture, a gallery, an embed, a sound or film, or a table with
// its caption; anything else in a figure stands by itself.
func (p *parser) figure(n *html.Node, depth int) []*Node {
	var caption, rest []*Node
	if c := child(n, atom.Figcaption); c != nil {
		caption, rest = p.inlineOnly(c, depth)
		n.RemoveChild(c)
	}
	switch {
	case hasClass(n, "embed"):
		if a := find(n, atom.A); a != nil {
			if href, ok := safeURL(attr(a, "href")); ok && href != "" {
				return append([]*Node{{Type: Embed, Attrs: &Attrs{Href: href}, Content: caption}}, rest...)
			}
		}
	case hasClass(n, "gallery"), count(n, atom.Img) > 1:
		if g := p.gallery(n, caption, depth); g != nil {
			return append(g, rest...)
		}
	}
	out := p.blocks(n, depth+1)
	if len(out) == 1 && len(caption) > 0 {
		switch out[0].Type {
		case Picture, Media, Embed:
			if out[0].Type == Picture {
				out[0].Attrs.Align = align(n)
			}
			out[0].Content = caption
			return append(out, rest...)
		case Table:
			out[0].Content = append(out[0].Content, &Node{Type: Paragraph, Content: caption})
			return append(out, rest...)
		}
	}
	if len(out) == 1 && out[0].Type == Picture {
		out[0].Attrs.Align = align(n)
	}
	if len(caption) > 0 {
		out = append(out, &Node{Type: Paragraph, Content: caption})
	}
	return append(out, rest...)
}

func (p *parser) gallery(n *html.Node, caption []*Node, depth int) []*Node {
	g := &Node{Type: Gallery}
	var others []*Node
	for _, b := range p.blocks(n, depth+1) {
		if b.Type == Picture {
			g.Content = append(g.Content, b)
		} else {
			others = append(others, b)
		}
	}
	if len(g.Content) == 0 {
		return nil
	}
	if len(caption) > 0 {
		g.Content = append(g.Content, &Node{Type: Paragraph, Content: caption})
	}
	return append([]*Node{g}, others...)
}

func align(n *html.Node) string {
	for _, a := range []string{"left", "right", "center", "wide", "full"} {
		if hasClass(n, "align-"+a) {
			return a
		}
	}
	return ""
}

// table reads rows and cells. A cell that holds more than lines of text makes
// the whole table an HTML block.
func (p *parser) table(n *html.Node, depth int) []*Node {
	if tooRich(n) {
		return p.raw(n, "a table with more than text in its cells")
	}
	t := &Node{Type: Table}
	var caption []*Node
	walk(n, func(e *html.Node) bool {
		switch e.DataAtom {
		case atom.Caption:
			caption, _ = p.inlineOnly(e, depth)
			return false
		case atom.Tr:
			if row := p.row(e, depth); len(row.Content) > 0 {
				t.Content = append(t.Content, row)
			}
			return false
		}
		return true
	})
	if len(t.Content) == 0 {
		return p.blocks(n, depth+1)
	}
	if len(caption) > 0 {
		t.Content = append(t.Content, &Node{Type: Paragraph, Content: caption})
	}
	return []*Node{t}
}

func (p *parser) row(n *html.Node, depth int) *Node {
	row := &Node{Type: Row}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		cell := &Node{Type: Cell}
		cell.Content, _ = p.inlineOnly(c, depth)
		a := Attrs{Header: c.DataAtom == atom.Th, Colspan: span(c, "colspan"), Rowspan: span(c, "rowspan")}
		if a != (Attrs{}) {
			cell.Attrs = &a
		}
		row.Content = append(row.Content, cell)
	}
	return row
}

// span is a cell's colspan or rowspan; 0 for the usual one.
func span(n *html.Node, name string) int {
	v, err := strconv.Atoi(attr(n, name))
	if err != nil || v < 2 || v > 1000 {
		return 0
	}
	return v
}

// tooRich reports whether a table's cells hold what a line of text can't.
func tooRich(n *html.Node) bool {
	rich := false
	walk(n, func(e *html.Node) bool {
		if e != n {
			switch e.DataAtom {
			case atom.Table, atom.Ul, atom.Ol, atom.Img, atom.Iframe, atom.Blockquote, atom.Pre, atom.Figure, atom.Video, atom.Audio, atom.Dl, atom.Hr:
				rich = true
			}
		}
		return !rich
	})
	return rich
}
