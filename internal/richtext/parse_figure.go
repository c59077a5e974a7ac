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
	if hasClass(n, "embed") {
		if a := find(n, atom.A); a != nil {
			if href, ok := safeURL(attr(a, "href")); ok && remote(href) {
				return append([]*Node{{Type: Embed, Attrs: &Attrs{Href: href}, Content: caption}}, rest...)
			}
		}
	}
	many := hasClass(n, "gallery") || count(n, atom.Img) > 1
	out := p.blocks(n, depth+1)
	if many {
		if g, others := gallery(out, caption); g != nil {
			return append(append([]*Node{g}, others...), rest...)
		}
	}
	if len(out) == 1 && out[0].Type == Picture {
		if a := align(n); a != "" {
			out[0].Attrs.Align = a
		}
	}
	if len(caption) > 0 && (len(out) != 1 || !putCaption(out[0], caption)) {
		out = append(out, &Node{Type: Paragraph, Content: caption})
	}
	return append(out, rest...)
}

// putCaption gives a node its caption, unless it can have none or has one.
func putCaption(n *Node, caption []*Node) bool {
	switch n.Type {
	case Picture, Media, Embed:
		if len(n.Content) == 0 {
			n.Content = caption
			return true
		}
	case Table:
		if n.Content[len(n.Content)-1].Type == Row {
			n.Content = append(n.Content, &Node{Type: Paragraph, Content: caption})
			return true
		}
	}
	return false
}

// gallery makes one of the pictures among blocks; nil when there are none.
func gallery(blocks, caption []*Node) (g *Node, others []*Node) {
	var pictures []*Node
	for _, b := range blocks {
		if b.Type == Picture {
			pictures = append(pictures, b)
		} else {
			others = append(others, b)
		}
	}
	if len(pictures) == 0 {
		return nil, others
	}
	if len(caption) > 0 {
		pictures = append(pictures, &Node{Type: Paragraph, Content: caption})
	}
	return &Node{Type: Gallery, Content: pictures}, others
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
	var caption, outside []*Node
	walk(n, func(e *html.Node) bool {
		switch e.DataAtom {
		case atom.Caption:
			words, rest := p.inlineOnly(e, depth)
			if outside = append(outside, rest...); len(caption) == 0 {
				caption = words
			}
			return false
		case atom.Tr:
			row, rest := p.row(e, depth)
			if outside = append(outside, rest...); len(row.Content) > 0 {
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
	return append([]*Node{t}, outside...)
}

// row reads a row; rest is what no cell can hold.
func (p *parser) row(n *html.Node, depth int) (row *Node, rest []*Node) {
	row = &Node{Type: Row}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		cell := &Node{Type: Cell}
		words, others := p.inlineOnly(c, depth)
		cell.Content, rest = words, append(rest, others...)
		a := Attrs{Header: c.DataAtom == atom.Th, Colspan: span(c, "colspan"), Rowspan: span(c, "rowspan")}
		if a != (Attrs{}) {
			cell.Attrs = &a
		}
		row.Content = append(row.Content, cell)
	}
	return row, rest
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
			case atom.Table, atom.Ul, atom.Ol, atom.Img, atom.Iframe, atom.Blockquote, atom.Pre, atom.Figure, atom.Video, atom.Audio, atom.Dl, atom.Hr, atom.Aside, atom.Details:
				rich = true
			}
		}
		return !rich
	})
	return rich
}
