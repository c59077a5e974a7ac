package theme

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"golang.org/x/net/html"
)

// html/template knows where text, attributes and scripts are, but not whether an
// element that is opened is closed. That is found here, by reading the HTML of a
// page along several ways through its branches: all taken, none taken, and all
// but one. The same condition is answered in the same way wherever it stands.

// checkBalance reads each page along these ways.
func (r *reading) checkBalance() {
	for _, name := range r.names() {
		if r.tree(name) == nil {
			continue
		}
		all := r.way(name, func(string) bool { return true })
		none := r.way(name, func(string) bool { return false })
		for _, w := range []*way{all, none} {
			for _, p := range w.unbalanced(Broken) {
				r.found.addPlaced(p)
			}
		}
		for _, odd := range all.conditions {
			// Conditions that mean the same may be written differently: this one
			// alone may never come true.
			for _, p := range r.way(name, func(c string) bool { return c != odd }).unbalanced(Warning) {
				r.found.addPlaced(p)
			}
		}
	}
}

// way is one way through a page: its HTML, with an x for what actions write.
type way struct {
	reading    *reading
	holds      func(condition string) bool
	conditions []string // that were met
	open       []string // the templates that we are in
	html       []byte
	texts      []textAt
}

// textAt says that a text of a template stands at an offset of the HTML.
type textAt struct {
	offset int
	node   *parse.TextNode
}

func (r *reading) way(name string, holds func(string) bool) *way {
	w := &way{reading: r, holds: holds}
	w.include(name)
	return w
}

func (w *way) include(name string) {
	tree := w.reading.tree(name)
	if tree == nil || slices.Contains(w.open, name) { // one that includes itself is read once
		return
	}
	w.open = append(w.open, name)
	w.list(tree.Root)
	w.open = w.open[:len(w.open)-1]
}

func (w *way) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			w.texts = append(w.texts, textAt{len(w.html), n})
			w.html = append(w.html, n.Text...)
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 {
				w.html = append(w.html, 'x')
			}
		case *parse.TemplateNode:
			w.include(n.Name)
		case *parse.IfNode:
			w.branch(&n.BranchNode)
		case *parse.WithNode:
			w.branch(&n.BranchNode)
		case *parse.RangeNode:
			w.branch(&n.BranchNode)
		}
	}
}

func (w *way) branch(b *parse.BranchNode) {
	if w.decide(b.Pipe.Cmds) {
		w.list(b.List)
	} else {
		w.list(b.ElseList)
	}
}

// decide answers a condition; "not" turns that of its argument round.
func (w *way) decide(cmds []*parse.CommandNode) bool {
	if len(cmds) == 1 && len(cmds[0].Args) == 2 && cmds[0].Args[0].String() == "not" {
		if inner, ok := cmds[0].Args[1].(*parse.PipeNode); ok {
			return !w.decide(inner.Cmds)
		}
		return !w.condition(cmds[0].Args[1].String())
	}
	var words []string
	for _, c := range cmds {
		words = append(words, c.String())
	}
	return w.condition(strings.Join(words, " | "))
}

func (w *way) condition(text string) bool {
	text = strings.ReplaceAll(text, "$.", ".")
	if !slices.Contains(w.conditions, text) {
		w.conditions = append(w.conditions, text)
	}
	return w.holds(text)
}

// at is where a tag stands that begins at an offset.
func (w *way) at(offset int) spot {
	i, found := slices.BinarySearchFunc(w.texts, offset, func(t textAt, o int) int { return t.offset - o })
	if !found {
		i--
	}
	if i < 0 {
		return spot{}
	}
	s := nodePlace(w.texts[i].node)
	inside := min(offset-w.texts[i].offset, len(w.texts[i].node.Text))
	s.line += bytes.Count(w.texts[i].node.Text[:inside], []byte("\n"))
	return s
}

// Elements that have no end tag, those whose end tag may be left out, and those
// that end an open paragraph (HTML Living Standard, 13.1.2 and 13.1.2.4).
const (
	voidElements   = " area base br col embed hr img input link meta source track wbr "
	looseElements  = " html head body p li dt dd rt rp optgroup option thead tbody tfoot tr td th colgroup caption "
	paragraphEnder = " address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul "
)

func among(list, name string) bool { return strings.Contains(list, " "+name+" ") }

// element is one that is open.
type element struct {
	name   string
	offset int // of its tag
}

// unbalanced finds elements that are not closed, and end tags that close nothing.
func (w *way) unbalanced(level Level) Problems {
	var found Problems
	wrong := func(offset int, format string, args ...any) {
		at := w.at(offset) // takes long, and mostly nothing is wrong
		found.add(Problem{level, at.file, at.line, fmt.Sprintf(format, args...)})
	}
	var open []element
	offset := 0
	for z := html.NewTokenizer(bytes.NewReader(w.html)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		begin := offset
		offset += len(z.Raw())
		raw, _ := z.TagName()
		name := string(raw)
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			foreign := slices.ContainsFunc(open, func(e element) bool { return e.name == "svg" || e.name == "math" })
			if among(voidElements, name) || kind == html.SelfClosingTagToken && (foreign || name == "svg") {
				continue
			}
			if n := len(open); n > 0 && open[n-1].name == "p" && among(paragraphEnder, name) {
				open = open[:n-1]
			}
			open = append(open, element{name, begin})
		case html.EndTagToken:
			i := len(open) - 1
			for i >= 0 && open[i].name != name {
				i--
			}
			if i < 0 {
				wrong(begin, "</%s> closes nothing that is open", name)
				continue
			}
			for _, e := range open[i+1:] {
				if !among(looseElements, e.name) {
					wrong(e.offset, "<%s> is still open where </%s> comes in %s", e.name, name, w.at(begin))
				}
			}
			open = open[:i]
		}
	}
	for _, e := range open {
		if !among(looseElements, e.name) {
			wrong(e.offset, "<%s> is never closed", e.name)
		}
	}
	return found
}
