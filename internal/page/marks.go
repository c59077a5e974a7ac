package page

import (
	"bytes"
	"crypto/rand"
	"errors"
	"html/template"
)

// Marks are how templates say where a piece or a slot stands: HTML comments that
// begin with a secret word of this process. What strangers send can't forge
// one: it is escaped, and HTML that is not is made of elements only and knows no
// comments. Made by NewMarks.
type Marks struct {
	secret string
}

// NewMarks makes marks with a secret of their own.
func NewMarks() Marks { return Marks{rand.Text()} }

// A mark is "<!--SECRET piece header-->".
const (
	markBegin = "<!--"
	pieceWord = " piece "
	slotWord  = " slot "
	markEnd   = "-->"
)

// Funcs are the functions "piece" and "slot" for templates. Called anywhere but
// between elements, html/template takes what they write apart: a piece is then
// missing, and the page is refused; a slot is gone, or the page is refused for
// what is left of it.
func (m Marks) Funcs() template.FuncMap {
	return template.FuncMap{
		"piece": func(name string) template.HTML { return m.mark(pieceWord, name) },
		"slot":  m.Slot,
	}
}

// Slot is the mark of a slot, for HTML that is made outside of a template.
func (m Marks) Slot(name string) template.HTML { return m.mark(slotWord, name) }

// mark escapes the name, so that none, wherever it comes from, can end the mark
// and go on as HTML.
func (m Marks) mark(word, name string) template.HTML {
	return template.HTML(markBegin + m.secret + word + template.HTMLEscapeString(name) + markEnd)
}

// Part is a stretch of a piece's own HTML, or the name of a piece or slot that
// stands there. Exactly one field is set.
type Part struct {
	Block *Block
	Piece string
	Slot  string
}

// split cuts html at its marks. The secret anywhere else is what html/template
// has left of a mark where none may stand, and must not reach a reader.
func (m Marks) split(html []byte) ([]Part, error) {
	var parts []Part
	begin, end := []byte(markBegin+m.secret), []byte(markEnd)
	for {
		before, after, found := bytes.Cut(html, begin)
		if bytes.Contains(before, []byte(m.secret)) {
			return nil, errors.New("a piece or slot is marked where no element may stand")
		}
		if len(before) > 0 {
			parts = append(parts, Part{Block: NewBlock(before)})
		}
		if !found {
			return parts, nil
		}
		mark, rest, whole := bytes.Cut(after, end)
		piece, isPiece := bytes.CutPrefix(mark, []byte(pieceWord))
		slot, isSlot := bytes.CutPrefix(mark, []byte(slotWord))
		switch {
		case whole && isPiece:
			parts = append(parts, Part{Piece: string(piece)})
		case whole && isSlot:
			parts = append(parts, Part{Slot: string(slot)})
		default:
			return nil, errors.New("a mark of a piece or slot is broken")
		}
		html = rest
	}
}
