package richtext

var styleTags = map[Style]string{Strong: "strong", Emphasis: "em", Underline: "u", Strike: "s", CodeStyle: "code", Sub: "sub", Sup: "sup"}

// inline renders a line. Marks that neighbours share stay open between them.
func (r *renderer) inline(list []*Node) {
	var open []Mark
	for _, n := range list {
		if n.Type == HardBreak {
			r.close(open)
			open = nil
			r.b.WriteString("<br>")
			continue
		}
		marks := r.usable(n.Marks)
		shared := 0
		for shared < len(open) && shared < len(marks) && equalMarks(open[shared:shared+1], marks[shared:shared+1]) {
			shared++
		}
		r.close(open[shared:])
		for _, m := range marks[shared:] {
			r.open(m)
		}
		open = marks
		r.esc(n.Text)
	}
	r.close(open)
}

// usable are the marks that are rendered: a link to what is not public is plain
// text. A link is put outermost, so that what it holds is one link.
func (r *renderer) usable(marks []Mark) []Mark {
	var links, others []Mark
	for _, m := range marks {
		switch {
		case m.Type == LinkStyle:
			if m, ok := r.target(m); ok && len(links) == 0 {
				links = append(links, m)
			}
		case m.Type == Span && m.Attrs != nil, styleTags[m.Type] != "":
			others = append(others, m)
		}
	}
	return append(links, others...)
}

// target finds where a link leads now.
func (r *renderer) target(m Mark) (Mark, bool) {
	if m.Attrs == nil {
		return m, false
	}
	if m.Attrs.Article == 0 {
		return Mark{Type: LinkStyle, Attrs: &MarkAttrs{Href: link(m.Attrs.Href), Title: m.Attrs.Title}}, m.Attrs.Href != ""
	}
	to, ok := r.article(m.Attrs.Article)
	return Mark{Type: LinkStyle, Attrs: &MarkAttrs{Href: link(to.URL), Title: m.Attrs.Title}}, ok
}

func (r *renderer) open(m Mark) {
	switch m.Type {
	case LinkStyle:
		r.b.WriteString("<a")
		r.attr("href", m.Attrs.Href)
		if m.Attrs.Title != "" {
			r.attr("title", m.Attrs.Title)
		}
		r.b.WriteByte('>')
	case Span:
		r.b.WriteString("<span")
		r.language(m.Attrs.Lang, m.Attrs.Dir)
		r.b.WriteByte('>')
	default:
		r.b.WriteString("<" + styleTags[m.Type] + ">")
	}
}

func (r *renderer) close(marks []Mark) {
	for i := len(marks) - 1; i >= 0; i-- {
		switch marks[i].Type {
		case LinkStyle:
			r.b.WriteString("</a>")
		case Span:
			r.b.WriteString("</span>")
		default:
			r.b.WriteString("</" + styleTags[marks[i].Type] + ">")
		}
	}
}
