package richtext

import (
	"net/url"
	"strings"
	"sync"
	"unicode"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"
)

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// lang is the element's language when it is a sound BCP 47 tag, else "".
func lang(n *html.Node) string {
	v := attr(n, "lang")
	if v == "" {
		return ""
	}
	t, err := language.Parse(v)
	if err != nil {
		return ""
	}
	return t.String()
}

func dir(n *html.Node) string {
	switch d := strings.ToLower(attr(n, "dir")); d {
	case "ltr", "rtl", "auto":
		return d
	}
	return ""
}

// codeLanguage reports whether s can name the language of code.
func codeLanguage(s string) bool {
	for _, r := range s {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_+#.", r) {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

// anchorPrefix goes before the ids of a body where it is rendered, so that they
// meet no other id of the page, and goes away where it is read again.
const anchorPrefix = "a-"

// anchor keeps what can be a fragment: letters, digits, "-", "_", ".", ":".
func anchor(id string) string {
	id = strings.TrimPrefix(id, anchorPrefix)
	if len(id) > 100 {
		return ""
	}
	for _, r := range id {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.:", r) {
			return ""
		}
	}
	return id
}

// walk visits the elements below and at n, outer ones first; visit says whether
// to go into one.
func walk(n *html.Node, visit func(*html.Node) bool) {
	if n.Type == html.ElementNode && !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func find(n *html.Node, a atom.Atom) (found *html.Node) {
	walk(n, func(e *html.Node) bool {
		if found == nil && e != n && e.DataAtom == a {
			found = e
		}
		return found == nil
	})
	return found
}

func child(n *html.Node, a atom.Atom) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == a {
			return c
		}
	}
	return nil
}

// unwrap puts what n holds in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

func count(n *html.Node, a atom.Atom) (k int) {
	walk(n, func(e *html.Node) bool {
		if e.DataAtom == a {
			k++
		}
		return true
	})
	return k
}

// nodeText is the words in n, with line breaks where br and blocks make them.
func nodeText(n *html.Node) string {
	var b strings.Builder
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Br:
			b.WriteByte('\n')
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
		if n.Type == html.ElementNode && !inlineElements[n.DataAtom] {
			b.WriteByte('\n')
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		visit(c)
	}
	return b.String()
}

// htmlText is the words of HTML that need not be well formed, without building
// a tree.
func htmlText(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	skip := 0
	for {
		switch token := z.Next(); token {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); {
			case (a == atom.Script || a == atom.Style) && token == html.StartTagToken:
				skip++
			case !inlineElements[a] || a == atom.Br:
				newline(&b)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); (a == atom.Script || a == atom.Style) && skip > 0 {
				skip--
			} else if !inlineElements[a] {
				newline(&b)
			}
		}
	}
}

// scrub cleans the texts and attributes of n and of all in it: a number such as
// &#1; brings in what was cleaned from the source.
func scrub(n *html.Node) {
	if n.Type == html.TextNode {
		n.Data = clean(n.Data)
	}
	for i := range n.Attr {
		n.Attr[i].Val = clean(n.Attr[i].Val)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		scrub(c)
	}
}

// clean drops control characters, which neither XML nor a page may hold, and
// ends lines with \n.
func clean(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// remote reports whether an address is one on another host.
func remote(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != ""
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// safeURL returns an address that may stand in a link: http, https, mailto, tel,
// or relative. The others (javascript, data, file, …) are not ok, nor is one of
// more than 4096 bytes, which every run of text in the link would repeat.
func safeURL(s string) (string, bool) {
	const longest = 4096
	if len(s) > longest {
		return "", false
	}
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s))
	u, err := url.Parse(s)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return s, u.Host != ""
	case "mailto", "tel":
		return s, true
	case "":
		// A browser takes \ for /, so /\host would leave this site.
		return strings.ReplaceAll(s, "\\", "%5C"), true
	}
	return "", false
}

// target is where a link leads that may; a place in the body itself as the body
// calls it.
func target(href string) (string, bool) {
	safe, ok := safeURL(href)
	if id, here := strings.CutPrefix(safe, "#"+anchorPrefix); here {
		safe = "#" + id
	}
	return safe, ok
}

// policy is what may stand in an HTML block. It is built when it is first asked
// for, since that costs more than using it, and many goroutines may use it.
var policy = sync.OnceValue(newPolicy)

// newPolicy allows text, tables and lists, without classes, ids, styles, frames,
// forms, pictures and scripts.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "b", "strong", "i", "em", "u", "s", "del", "ins", "code", "kbd", "samp", "sub", "sup", "small", "mark", "abbr", "q", "cite",
		"h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "div", "span")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}

func sanitise(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return html.EscapeString(nodeText(n))
	}
	return policy().Sanitize(b.String())
}
