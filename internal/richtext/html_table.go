package richtext

import (
	"strconv"
	"strings"
)

// table renders a table in a box that scrolls where it is wider than the page.
// Only a table that may well be is a stop for the keyboard, and only one with a
// caption, which names it, is a region (WAI-ARIA 1.2 wants a name for each).
func (r *renderer) table(n *Node) {
	const fits = 3 // columns, on a phone
	var caption *Node
	columns := 0
	for _, c := range n.Content {
		if c.Type == Paragraph && caption == nil {
			caption = c
		}
		columns = max(columns, width(c))
	}
	r.b.WriteString(`<div class="table"`)
	if columns > fits {
		if caption != nil {
			r.b.WriteString(` role="region"`)
			r.attr("aria-label", fold(nodeWords(caption)))
		}
		r.b.WriteString(` tabindex="0"`)
	}
	r.b.WriteString("><table>")
	if caption != nil {
		r.b.WriteString("<caption>")
		r.inline(caption.Content)
		r.b.WriteString("</caption>")
	}
	r.b.WriteString("\n<tbody>")
	for i, row := range n.Content {
		if row.Type != Row {
			continue
		}
		r.b.WriteString("<tr>")
		for _, cell := range row.Content {
			r.cell(cell, i == 0)
		}
		r.b.WriteString("</tr>\n")
	}
	r.b.WriteString("</tbody></table></div>\n")
}

func (r *renderer) cell(n *Node, first bool) {
	a, tag := n.attrs(), "td"
	heads := a.Header && strings.TrimSpace(nodeWords(n)) != "" // an empty one heads nothing
	if heads {
		tag = "th"
	}
	r.b.WriteString("<" + tag)
	if heads {
		if first {
			r.b.WriteString(` scope="col"`)
		} else {
			r.b.WriteString(` scope="row"`)
		}
	}
	if a.Colspan > 1 {
		r.attr("colspan", strconv.Itoa(a.Colspan))
	}
	if a.Rowspan > 1 {
		r.attr("rowspan", strconv.Itoa(a.Rowspan))
	}
	r.b.WriteByte('>')
	r.inline(n.Content)
	r.b.WriteString("</" + tag + ">")
}

// width is how many columns a row fills.
func width(row *Node) (columns int) {
	if row.Type != Row {
		return 0
	}
	for _, cell := range row.Content {
		columns += max(1, cell.attrs().Colspan)
	}
	return columns
}
