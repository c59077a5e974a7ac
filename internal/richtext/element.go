package richtext

import (
	"net/url"
	"strings"
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

// anchor keeps what can be a fragment: letters, digits, "-", "_", ".", ":".
func anchor(id string) string {
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
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); {
			case a == atom.Script, a == atom.Style:
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

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// safeURL returns an address that may stand in a link: http, https, mailto, tel,
// or relative. The others (javascript, data, file, …) are not ok.
func safeURL(s string) (string, bool) {
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

// policy is what may stand in an HTML block: text, tables and lists, without
// classes, ids, styles, frames, forms, pictures and scripts.
func policy() *bluemonday.Policy {
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
