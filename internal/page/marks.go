package page

import (
	"bytes"
	"crypto/rand"
	"html/template"
)

// Marks are how templates say where a piece or a slot stands: HTML comments that
// begin with a secret word of this process. What strangers send can't forge
// one: it is escaped, and HTML that is not is made of elements only and knows no
// comments.
type Marks struct {
	piece, slot string
}

// NewMarks makes marks with a secret of their own.
func NewMarks() Marks {
	secret := rand.Text()
	return Marks{"<!--" + secret + " piece ", "<!--" + secret + " slot "}
}

const markEnd = "-->"

// Funcs are the functions "piece" and "slot" for templates. Called anywhere but
// between elements, html/template destroys what they write, and the page is
// refused.
func (m Marks) Funcs() template.FuncMap {
	return template.FuncMap{
		"piece": func(name string) template.HTML { return template.HTML(m.piece + name + markEnd) },
		"slot":  m.Slot,
	}
}

// Slot is the mark of a slot, for HTML that is made outside of a template.
func (m Marks) Slot(name string) template.HTML { return template.HTML(m.slot + name + markEnd) }

// Part is a stretch of a piece's own HTML, or the name of a piece or slot that
// stands there. Exactly one field is set.
type Part struct {
	HTML  []byte
	Piece string
	Slot  string
}

// split cuts html at its marks.
func (m Marks) split(html []byte) []Part {
	var parts []Part
	lead := []byte(m.piece[:len(m.piece)-len("piece ")])
	for len(html) > 0 {
		i := bytes.Index(html, lead)
		if i < 0 {
			return append(parts, Part{HTML: html})
		}
		end := bytes.Index(html[i:], []byte(markEnd))
		if end < 0 {
			return append(parts, Part{HTML: html})
		}
		if i > 0 {
			parts = append(parts, Part{HTML: html[:i]})
		}
		mark := html[i : i+end]
		if name, ok := bytes.CutPrefix(mark, []byte(m.piece)); ok {
			parts = append(parts, Part{Piece: string(name)})
		} else if name, ok := bytes.CutPrefix(mark, []byte(m.slot)); ok {
			parts = append(parts, Part{Slot: string(name)})
		}
		html = html[i+end+len(markEnd):]
	}
	return parts
}
