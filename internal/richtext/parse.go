package richtext

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Note says what FromHTML could not take as it was.
type Note struct {
	Kind NoteKind
	Text string // in words
}

// NoteKind sorts notes for counting.
type NoteKind string

// The kinds of note.
const (
	KeptAsHTML NoteKind = "kept as HTML" // in a sanitised block
	Removed    NoteKind = "removed"      // it can't stand in an article
	Flattened  NoteKind = "flattened"    // its words stay, its form does not
)

// FromHTML reads HTML from anywhere into the tree. It never fails: what the tree
// can't hold becomes a sanitised HTML block or its plain words, and notes say
// so. Scripts, styles and forms go, with a note.
func FromHTML(s string) (*Doc, []Note) {
	p := &parser{}
	s = clean(strings.ToValidUTF8(s, "\uFFFD"))
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil { // nested deeper than the parser goes
		p.note(Flattened, "it nests too deep; only its words were kept")
		return &Doc{textBlocks(clean(htmlText(s)))}, p.notes
	}
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	scrub(root)
	blocks := p.blocks(root, 1)
	settle(blocks)
	return &Doc{blocks}, p.notes
}

// textBlocks makes a paragraph of each line.
func textBlocks(s string) []*Node {
	var out []*Node
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, &Node{Type: Paragraph, Content: []*Node{{Type: Text, Text: line}}})
		}
	}
	return out
}

type parser struct {
	notes []Note
	outer []Mark // of the inline elements around the block that is read
}

func (p *parser) note(kind NoteKind, text string) {
	for _, n := range p.notes {
		if n.Kind == kind && n.Text == text {
			return // the same thing many times is one line of the report
		}
	}
	p.notes = append(p.notes, Note{kind, text})
}

// blocks reads the children of parent as blocks; runs of inline content become
// paragraphs.
func (p *parser) blocks(parent *html.Node, depth int) []*Node {
	if depth > maxDepth-8 {
		p.note(Flattened, "it nests too deep; from there on only its words were kept")
		return textBlocks(nodeText(parent))
	}
	var out, run []*Node
	flush := func() {
		out = append(out, paragraphs(run, nil)...)
		run = nil
	}
	for c := parent.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode, c.Type == html.ElementNode && isInline(c):
			run = append(run, p.inline(c, p.outer, depth)...)
		case c.Type == html.ElementNode:
			flush()
			out = append(out, p.block(c, depth)...)
		}
	}
	flush()
	return out
}

// paragraphs makes paragraphs of a run of inline content, and blocks of the
// pictures and embeds in it.
func paragraphs(run []*Node, attrs *Attrs) []*Node {
	var out []*Node
	start := 0
	for i := 0; i <= len(run); i++ {
		if i < len(run) && inline.allows(run[i].Type) {
			continue
		}
		if text := tidy(run[start:i]); len(text) > 0 {
			out = append(out, &Node{Type: Paragraph, Attrs: attrs, Content: text})
			attrs = nil
		}
		if i < len(run) {
			out = append(out, run[i])
		}
		start = i + 1
	}
	return out
}

// block reads one block element. What is not known is looked through.
func (p *parser) block(n *html.Node, depth int) []*Node {
	switch n.DataAtom {
	case atom.P:
		return p.paragraph(n, depth)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		text, rest := p.inlineOnly(n, depth)
		if len(text) == 0 {
			return rest
		}
		level := max(2, int(n.Data[1]-'0'))
		a := p.common(n)
		a.Level = level
		return append([]*Node{{Type: Heading, Attrs: a, Content: text}}, rest...)
	case atom.Ul, atom.Menu, atom.Dir:
		return p.list(n, Bullets, depth)
	case atom.Ol:
		return p.list(n, Numbers, depth)
	case atom.Blockquote:
		if hasClass(n, "pullquote") {
			return p.quote(n, PullQuote, depth)
		}
		return p.quote(n, Quote, depth)
	case atom.Pre:
		text := strings.Trim(nodeText(n), "\n")
		if strings.TrimSpace(text) == "" {
			return nil
		}
		node := &Node{Type: Code, Content: []*Node{{Type: Text, Text: text}}}
		if code := find(n, atom.Code); code != nil {
			if lang, ok := strings.CutPrefix(attr(code, "class"), "language-"); ok && codeLanguage(lang) {
				node.Attrs = &Attrs{Language: lang}
			}
		}
		return []*Node{node}
	case atom.Hr:
		if hasClass(n, "ad-break") {
			return []*Node{{Type: AdBreak}}
		}
		return []*Node{{Type: Rule}}
	case atom.Figure:
		return p.figure(n, depth)
	case atom.Table:
		return p.table(n, depth)
	case atom.Audio, atom.Video:
		return p.media(n, depth)
	case atom.Iframe:
		return p.iframe(n)
	case atom.Aside:
		return p.aside(n, depth)
	case atom.Details:
		return p.details(n, depth)
	case atom.Dl:
		return p.raw(n, "a list of terms")
	case atom.Script, atom.Style, atom.Form, atom.Object, atom.Embed, atom.Template, atom.Svg, atom.Math, atom.Link, atom.Meta, atom.Base, atom.Noscript, atom.Applet, atom.Canvas:
		p.note(Removed, "<"+n.Data+"> can't stand in an article")
		return nil
	}
	if inlineElements[n.DataAtom] { // a link around a whole block
		return p.within(p.marks(n, p.outer), func() []*Node { return p.blocks(n, depth+1) })
	}
	return p.blocks(n, depth+1)
}

// within reads blocks that stand within inline elements.
func (p *parser) within(marks []Mark, read func() []*Node) []*Node {
	before := p.outer
	p.outer = marks
	defer func() { p.outer = before }()
	return read()
}

func (p *parser) paragraph(n *html.Node, depth int) []*Node {
	if hasClass(n, "related") {
		if a := find(n, atom.A); a != nil {
			if href, ok := target(attr(a, "href")); ok && href != "" {
				return []*Node{{Type: Related, Attrs: &Attrs{Href: href, Text: fold(nodeText(a))}}}
			}
		}
	}
	var run []*Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		run = append(run, p.inline(c, p.outer, depth)...)
	}
	a := p.common(n)
	if *a == (Attrs{}) {
		a = nil
	}
	return paragraphs(run, a)
}

// common are the attributes that any block of text may have.
func (p *parser) common(n *html.Node) *Attrs {
	a := &Attrs{Lang: lang(n), Dir: dir(n), Anchor: anchor(attr(n, "id"))}
	return a
}

func (p *parser) list(n *html.Node, t Type, depth int) []*Node {
	list := &Node{Type: t}
	if start, err := strconv.Atoi(attr(n, "start")); err == nil && t == Numbers && start != 0 && start != 1 {
		list.Attrs = &Attrs{Start: start}
	}
	var loose []*Node // what stands in the list outside of items
	add := func() {
		if blocks := paragraphs(loose, nil); len(blocks) > 0 {
			list.Content = append(list.Content, &Node{Type: Item, Content: blocks})
		}
		loose = nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Li:
			add()
			if content := p.blocks(c, depth+2); len(content) > 0 {
				list.Content = append(list.Content, &Node{Type: Item, Content: content})
			}
		case c.Type == html.TextNode, c.Type == html.ElementNode && isInline(c):
			loose = append(loose, p.inline(c, p.outer, depth)...)
		case c.Type == html.ElementNode:
			add()
			if content := p.block(c, depth+2); len(content) > 0 {
				list.Content = append(list.Content, &Node{Type: Item, Content: content})
			}
		}
	}
	add()
	if len(list.Content) == 0 {
		return nil
	}
	return []*Node{list}
}

func (p *parser) quote(n *html.Node, t Type, depth int) []*Node {
	q := &Node{Type: t}
	a := p.common(n)
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.DataAtom == atom.Cite || c.DataAtom == atom.Footer {
			a.Cite = fold(nodeText(c))
			n.RemoveChild(c)
		}
		c = next
	}
	a.Anchor = ""
	if *a != (Attrs{}) {
		q.Attrs = a
	}
	q.Content = p.blocks(n, depth+1)
	if len(q.Content) == 0 {
		if a.Cite == "" {
			return nil
		}
		return textBlocks(a.Cite)
	}
	return []*Node{q}
}

func (p *parser) aside(n *html.Node, depth int) []*Node {
	switch {
	case hasClass(n, "pullquote"):
		if q := child(n, atom.Blockquote); q != nil {
			unwrap(q)
		}
		return p.quote(n, PullQuote, depth)
	case hasClass(n, "factbox"):
		return p.box(n, firstHeading(n), depth)
	}
	return p.blocks(n, depth+1)
}

func (p *parser) details(n *html.Node, depth int) []*Node {
	return p.box(n, child(n, atom.Summary), depth)
}

// firstHeading is the heading that n begins with; nil for none.
func firstHeading(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return c
		}
		if c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return nil
		}
	}
	return nil
}

// box reads a fact box whose title is one of its children; nil for none.
func (p *parser) box(n, title *html.Node, depth int) []*Node {
	box := &Node{Type: FactBox, Attrs: &Attrs{}}
	if title != nil {
		box.Attrs.Title = fold(nodeText(title))
		n.RemoveChild(title)
	}
	box.Content = p.blocks(n, depth+1)
	if box.Attrs.Title == "" && len(box.Content) > 0 && box.Content[0].Type == Heading {
		box.Attrs.Title = fold(nodeWords(box.Content[0])) // it stood deeper
		box.Content = box.Content[1:]
	}
	if len(box.Content) == 0 {
		return textBlocks(box.Attrs.Title)
	}
	return []*Node{box}
}

func (p *parser) iframe(n *html.Node) []*Node {
	src, ok := safeURL(attr(n, "src"))
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	if !ok || !remote(src) {
		p.note(Removed, "a frame without an address on another host")
		return nil
	}
	return []*Node{{Type: Embed, Attrs: &Attrs{Href: src, Title: fold(attr(n, "title"))}}}
}

func (p *parser) media(n *html.Node, depth int) []*Node {
	src := attr(n, "src")
	if s := find(n, atom.Source); src == "" && s != nil {
		src = attr(s, "src")
	}
	src, ok := safeURL(src)
	if !ok || src == "" {
		return p.blocks(n, depth+1)
	}
	return []*Node{{Type: Media, Attrs: &Attrs{Media: n.Data, Src: src}}}
}

// raw keeps an element that the tree has no node for.
func (p *parser) raw(n *html.Node, what string) []*Node {
	if n.DataAtom == atom.Dl && find(n, atom.Dd) == nil { // terms without a word about them
		return p.blocks(n, 1)
	}
	clean := sanitise(n)
	if strings.TrimSpace(clean) == "" {
		return nil
	}
	p.note(KeptAsHTML, what+" was kept as HTML")
	return []*Node{{Type: Raw, Attrs: &Attrs{HTML: clean}}}
}
