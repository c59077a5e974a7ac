package richtext

import (
	"encoding/json"
	"errors"
	"fmt"
)

// maxDepth is how deep a tree may nest; deeper HTML is flattened to its text.
// maxSize is how many bytes of JSON a tree may have, maxMarks how many marks a
// run of text.
const (
	maxDepth = 64
	maxSize  = 64 << 20
	maxMarks = 16
)

// Decode reads a body as it is stored. What no editor and no import can have
// written is an error that says where: an unknown kind of node, a block where
// none may stand, nesting beyond 64 levels, more than 16 marks on a run of text,
// more than 64 MB. No bytes are an empty body. What means the same is read as the
// same tree: marks come in one order, runs of text that differ in nothing as one.
func Decode(b []byte) (*Doc, error) {
	if len(b) == 0 {
		return &Doc{}, nil
	}
	if len(b) > maxSize {
		return nil, fmt.Errorf("the body has %d bytes, more than %d", len(b), maxSize)
	}
	var root Node
	if err := json.Unmarshal(b, &root); err != nil {
		return nil, fmt.Errorf("the body is not the JSON of a document: %w", err)
	}
	if root.Type != Root {
		return nil, errors.New("the body does not begin with a document")
	}
	for i, n := range root.Content {
		if err := check(n, blocks, 1); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	settle(root.Content)
	return &Doc{root.Content}, nil
}

// Encode is the body as it is stored: compact, and the same bytes for the same
// tree.
func (d *Doc) Encode() []byte {
	b, err := json.Marshal(Node{Type: Root, Content: d.Blocks})
	if err != nil {
		panic("richtext: a tree of strings and numbers can't be written: " + err.Error())
	}
	return b
}

// content says what a kind of node may hold.
type content int

const (
	nothing content = iota
	inline
	plain // text without marks
	blocks
	items
	rows
	cells
	pictures
)

var holds = map[Type]content{
	Paragraph: inline, Heading: inline, Bullets: items, Numbers: items, Item: blocks, Quote: blocks, PullQuote: blocks, Picture: inline,
	Gallery: pictures, Embed: inline, Media: inline, Table: rows, Row: cells, Cell: inline, Code: plain, Rule: nothing, Raw: nothing,
	FactBox: blocks, Related: nothing, AdBreak: nothing, HardBreak: nothing, Text: nothing,
}

// allowed reports whether a node of kind t may stand in content c.
func (c content) allows(t Type) bool {
	switch c {
	case inline:
		return t == Text || t == HardBreak
	case plain:
		return t == Text
	case items:
		return t == Item
	case rows:
		return t == Row || t == Paragraph
	case cells:
		return t == Cell
	case pictures:
		return t == Picture || t == Paragraph
	case blocks:
		switch t {
		case Text, HardBreak, Item, Row, Cell, Root:
			return false
		}
		_, known := holds[t]
		return known
	}
	return false
}

func check(n *Node, in content, depth int) error {
	switch {
	case n == nil:
		return errors.New("a node is missing")
	case !in.allows(n.Type):
		return fmt.Errorf("%q can't stand there", n.Type)
	case depth > maxDepth:
		return fmt.Errorf("it nests deeper than %d levels", maxDepth)
	case len(n.Marks) > maxMarks:
		return fmt.Errorf("a run of text has more than %d marks", maxMarks)
	}
	for _, m := range n.Marks {
		if _, known := styleTags[m.Type]; !known && m.Type != LinkStyle && m.Type != Span {
			return fmt.Errorf("the mark %q is not known", m.Type)
		}
	}
	for _, child := range n.Content {
		if err := check(child, holds[n.Type], depth+1); err != nil {
			return err
		}
	}
	return nil
}
