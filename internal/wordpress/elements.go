package wordpress

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements puts WordPress's own classes into plain HTML: the ids of pictures,
// alignment, galleries, pull quotes, embeds. A content without any of that is
// left as it is.
func (c *content) elements(s string) string {
	if !strings.Contains(s, "<img") && !strings.Contains(s, "wp-block-") && !strings.Contains(s, "wp-caption") && !strings.Contains(s, "gallery") {
		return s
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(s), body)
	if err != nil {
		return s // nested too deep; whoever reads it next says so
	}
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	plain(root)
	var b strings.Builder
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&b, n); err != nil {
			return s
		}
	}
	return b.String()
}

// plain changes n and everything in it.
func plain(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode {
			element(c)
			plain(c)
		}
		c = next
	}
}

func element(n *html.Node) {
	classes := strings.Fields(get(n, "class"))
	has := func(class string) bool { return slices.Contains(classes, class) }
	switch {
	case n.DataAtom == atom.Img:
		image(n, classes)
		return
	case has("wp-block-spacer"):
		n.Data, n.DataAtom = "div", atom.Div
		clear(n)
		n.Attr = nil
	case has("wp-block-pullquote") && n.DataAtom == atom.Figure:
		n.Data, n.DataAtom = "aside", atom.Aside
		set(n, "class", "pullquote")
		return
	case has("wp-block-embed") && n.DataAtom == atom.Figure:
		embed(n)
		return
	case n.DataAtom == atom.Figure && (has("wp-block-gallery") || has("blocks-gallery-grid")), n.DataAtom == atom.Ul && (has("wp-block-gallery") || has("blocks-gallery-grid")),
		n.DataAtom == atom.Div && has("gallery"):
		n.Data, n.DataAtom = "figure", atom.Figure
		set(n, "class", "gallery")
		return
	}
	if n.DataAtom == atom.Figure {
		class := ""
		for _, a := range []string{"left", "right", "center", "wide", "full"} {
			if has("align" + a) {
				class = "align-" + a
			}
		}
		for _, keep := range []string{"embed", "gallery", "align-left", "align-right", "align-center"} {
			if has(keep) {
				class = keep
			}
		}
		set(n, "class", class)
	}
}

// image keeps a picture's address, words and old id. A picture of WordPress's
// own smileys is its word.
func image(n *html.Node, classes []string) {
	if slices.Contains(classes, "emoji") || slices.Contains(classes, "wp-smiley") {
		n.Type, n.Data, n.Attr = html.TextNode, get(n, "alt"), nil
		return
	}
	ref := get(n, "data-picture-ref")
	for _, class := range classes {
		if id, ok := strings.CutPrefix(class, "wp-image-"); ok && ref == "" {
			ref = id
		}
	}
	if ref == "" {
		ref = get(n, "data-id")
	}
	kept := []html.Attribute{{Key: "src", Val: get(n, "src")}, {Key: "alt", Val: get(n, "alt")}}
	if ref != "" {
		kept = append(kept, html.Attribute{Key: "data-picture-ref", Val: ref})
	}
	n.Attr = kept
}

// embed makes a figure with a link of WordPress's wrapped address.
func embed(n *html.Node) {
	var url string
	var caption *html.Node
	var visit func(*html.Node)
	visit = func(m *html.Node) {
		for c := m.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.DataAtom == atom.Figcaption:
				caption = c
			case c.Type == html.TextNode && url == "" && strings.HasPrefix(strings.TrimSpace(c.Data), "http"):
				url = strings.TrimSpace(c.Data)
			case c.DataAtom == atom.Iframe && url == "":
				url = get(c, "src")
			default:
				visit(c)
			}
		}
	}
	visit(n)
	if url == "" {
		set(n, "class", "")
		return
	}
	if caption != nil {
		caption.Parent.RemoveChild(caption)
	}
	clear(n)
	set(n, "class", "embed")
	a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: url}}}
	a.AppendChild(&html.Node{Type: html.TextNode, Data: url})
	n.AppendChild(a)
	if caption != nil {
		n.AppendChild(caption)
	}
}

func get(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// set replaces all attributes but language and direction by one; "" for none.
func set(n *html.Node, name, value string) {
	var kept []html.Attribute
	for _, a := range n.Attr {
		if a.Key == "lang" || a.Key == "dir" || a.Key == "id" {
			kept = append(kept, a)
		}
	}
	if value != "" {
		kept = append(kept, html.Attribute{Key: name, Val: value})
	}
	n.Attr = kept
}

func clear(n *html.Node) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
}
