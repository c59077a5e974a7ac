package richtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is the body's words: blocks parted by a newline, without what only a
// picture file or an address says.
func (d *Doc) Text() string {
	var b strings.Builder
	for _, n := range d.Blocks {
		n.text(&b)
	}
	return strings.TrimRight(b.String(), "\n")
}

func (n *Node) text(b *strings.Builder) {
	switch n.Type {
	case Text:
		b.WriteString(n.Text)
		return
	case HardBreak:
		b.WriteByte('\n')
		return
	case Raw:
		b.WriteString(htmlText(n.attrs().HTML))
	case FactBox:
		if title := n.attrs().Title; title != "" {
			b.WriteString(title)
			b.WriteByte('\n')
		}
	case Related:
		b.WriteString(n.attrs().Text)
	}
	for _, c := range n.Content {
		c.text(b)
	}
	if holds[n.Type] == inline || holds[n.Type] == plain || holds[n.Type] == nothing {
		newline(b)
	}
}

func newline(b *strings.Builder) {
	if s := b.String(); s != "" && s[len(s)-1] != '\n' {
		b.WriteByte('\n')
	}
}

// Excerpt is the beginning of the text in one line: at most n characters, cut at
// a word's end with "…" where something is left out. A script without spaces is
// cut between any two characters.
func (d *Doc) Excerpt(n int) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Type == Paragraph || block.Type == Quote || block.Type == Bullets || block.Type == Numbers {
			block.text(&b)
		}
		if utf8.RuneCountInString(b.String()) > 2*n { // white space that will be folded counts here
			break
		}
	}
	return Shorten(b.String(), n)
}

// Shorten folds the white space of s and cuts it as [Doc.Excerpt] does.
func Shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut, space, count := 0, 0, 0
	for i, r := range s {
		if count == n-1 {
			cut = i
			if r == ' ' {
				space = i
			}
			break
		}
		if r == ' ' {
			space = i
		}
		count++
	}
	if space > cut/2 { // a word's end is near; in a script without spaces there is none
		cut = space
	}
	return strings.TrimRightFunc(s[:cut], func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune(",;:.", r)
	}) + "…"
}
