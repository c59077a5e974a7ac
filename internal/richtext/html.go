package richtext

import (
	"html/template"
	"strconv"
	"strings"
)

// Options say what the tree itself does not know when it is rendered. Each func
// may be nil.
type Options struct {
	// Article tells where an article stands and what it is called; not ok: it is
	// not public, and a link to it becomes plain text, a related block nothing.
	Article func(id int64) (Target, bool)
	// Picture tells about a picture or another file; not ok: the body stands
	// without it.
	Picture func(id int64) (Image, bool)
	// ReadMore is the label of a related block, LoadFrom the words of a click
	// that loads from another host ("" for the host's name alone).
	ReadMore string
	LoadFrom func(host string) string
	// CreditLabel goes before a picture's credit.
	CreditLabel string
	// Lightbox are the words around a gallery's picture that fills the window;
	// nil: pictures are not enlarged.
	Lightbox *Lightbox
	// InArticle is put once behind the second paragraph of text, or where an ad
	// break stands; see [Doc.HTML].
	InArticle template.HTML
}

// Target is an article that a body leads to. Lang and Dir are those of its
// headline, "" where they are the body's own.
type Target struct {
	URL, Headline string
	Lang, Dir     string
}

// Image is what is told about a picture.
type Image struct {
	URL           string
	Width, Height int
	Type          string
	Alt           string
	Caption       string
	Credit        string
	Colour        string // stands for it until it has come, as "#4a5b6c"; "" for none

	// Cut tells in which sizes it comes for a place in the body; nil: as it is,
	// everywhere.
	Cut func(Place) Cut
}

// Place is where a picture stands in a body, which decides how wide it is shown.
type Place string

// The places of pictures.
const (
	InColumn  Place = "body"    // as wide as the text
	InHalf    Place = "half"    // text runs around it
	InWide    Place = "wide"    // wider than the text
	InGallery Place = "gallery" // beside others
	InWindow  Place = "window"  // enlarged
)

// Cut is the address of a picture in one size, with those of others and how wide
// it is shown, both as HTML's attributes srcset and sizes have them.
type Cut struct {
	Src, Srcset, Sizes string
	Width, Height      int
}

// Lightbox are the words around an enlarged picture. Enlarge and Count tell the
// number of a picture and how many there are.
type Lightbox struct {
	Enlarge, Count        func(n, of int) string
	Previous, Next, Close string
}

// HTML renders the body. Whatever is in the tree, the result is well formed and
// holds nothing but the elements and attributes written here: it is safe by
// construction, except HTML blocks, which are sanitised when they are read and
// once more now.
//
// Options.InArticle stands behind the second top-level paragraph with text,
// never in a body of fewer than four such paragraphs, and never last; an ad
// break takes its place to itself.
func (d *Doc) HTML(o Options) template.HTML {
	r := &renderer{b: new(strings.Builder), o: o, anchors: map[string]bool{}, level: 1}
	slot := d.slot()
	for i, n := range d.Blocks {
		r.block(n, 0)
		if i == slot {
			r.b.WriteString(string(o.InArticle))
		}
	}
	return template.HTML(r.b.String())
}

// slot is the index of the block behind which the in-article slot stands, -1
// for none.
func (d *Doc) slot() int {
	paragraphs, second, broken := 0, -1, -1
	for i, n := range d.Blocks {
		switch {
		case n.Type == Paragraph && strings.TrimSpace(nodeWords(n)) != "":
			paragraphs++
			if paragraphs == 2 {
				second = i
			}
		case n.Type == AdBreak && broken < 0:
			broken = i
		}
	}
	if broken >= 0 {
		second = broken
	}
	if paragraphs < 4 || second < 0 || !d.wordsAfter(second) {
		return -1
	}
	return second
}

func (d *Doc) wordsAfter(i int) bool {
	for _, n := range d.Blocks[i+1:] {
		if n.Type == Paragraph || n.Type == Heading {
			return true
		}
	}
	return false
}

func nodeWords(n *Node) string {
	var b strings.Builder
	n.text(&b)
	return b.String()
}

type renderer struct {
	b       *strings.Builder
	o       Options
	anchors map[string]bool
	level   int // of the last heading; the page's own has 1
	shows   int // galleries so far
}

// deeper is the level of a heading that asks for one: at most one below the last,
// since a reader who hears the page takes a gap for something missed (WCAG 1.3.1).
func (r *renderer) deeper(level int) int {
	r.level = min(max(level, 2), 6, r.level+1)
	return r.level
}

func (r *renderer) blocks(list []*Node, depth int) {
	for _, n := range list {
		r.block(n, depth)
	}
}

// attrs are the node's attributes, to read; empty ones for a node that has none.
func (n *Node) attrs() *Attrs {
	if n.Attrs == nil {
		return &Attrs{}
	}
	return n.Attrs
}

func (r *renderer) block(n *Node, depth int) {
	if depth > maxDepth {
		return
	}
	a := n.attrs()
	switch n.Type {
	case Paragraph:
		r.text("p", n)
	case Heading:
		r.text("h"+strconv.Itoa(r.deeper(a.Level)), n)
	case Bullets:
		r.wrap("ul", "", n, depth)
	case Numbers:
		extra := ""
		if a.Start != 0 {
			extra = ` start="` + strconv.Itoa(a.Start) + `"`
		}
		r.wrap("ol", extra, n, depth)
	case Item:
		if len(n.Content) > 0 && n.Content[0].Type == Paragraph && n.Content[0].Attrs == nil && (len(n.Content) == 1 || n.Content[1].Type == Bullets || n.Content[1].Type == Numbers) {
			r.b.WriteString("<li>") // a line, perhaps with a list below it
			r.inline(n.Content[0].Content)
			r.blocks(n.Content[1:], depth+1)
			r.b.WriteString("</li>\n")
			return
		}
		r.wrap("li", "", n, depth)
	case Quote:
		r.quote("", n, depth)
	case PullQuote:
		r.quote(` class="pullquote"`, n, depth)
	case Picture:
		r.picture(n, placeOf(a))
	case Gallery:
		r.gallery(n)
	case Embed:
		r.embed(n)
	case Media:
		r.media(n)
	case Table:
		r.table(n)
	case Code:
		r.b.WriteString("<pre><code")
		if codeLanguage(a.Language) {
			r.attr("class", "language-"+a.Language)
		}
		r.b.WriteByte('>')
		r.esc(strings.TrimSuffix(nodeWords(n), "\n"))
		r.b.WriteString("</code></pre>\n")
	case Rule:
		r.b.WriteString("<hr>\n")
	case Raw:
		r.b.WriteString(`<div class="html">`)
		r.b.WriteString(policy().Sanitize(a.HTML))
		r.b.WriteString("</div>\n")
	case FactBox:
		r.b.WriteString(`<aside class="factbox">`)
		if a.Title != "" {
			tag := "h" + strconv.Itoa(min(3, r.level+1))
			r.b.WriteString("<" + tag + ">")
			r.esc(a.Title)
			r.b.WriteString("</" + tag + ">\n")
		}
		outside := r.level
		if a.Title != "" {
			r.level = min(3, r.level+1)
		}
		r.blocks(n.Content, depth+1)
		r.level = outside
		r.b.WriteString("</aside>\n")
	case Related:
		r.related(a)
	}
}

// wrap renders a block that holds blocks.
func (r *renderer) wrap(tag, extra string, n *Node, depth int) {
	r.b.WriteString("<" + tag + extra + ">")
	r.blocks(n.Content, depth+1)
	r.b.WriteString("</" + tag + ">\n")
}

// text renders a block that holds a line.
func (r *renderer) text(tag string, n *Node) {
	a := n.attrs()
	r.b.WriteString("<" + tag)
	if id := anchorPrefix + a.Anchor; a.Anchor != "" && !r.anchors[id] {
		r.anchors[id] = true
		r.attr("id", id)
	}
	r.language(a.Lang, a.Dir)
	r.b.WriteByte('>')
	r.inline(n.Content)
	r.b.WriteString("</" + tag + ">\n")
}

func (r *renderer) quote(class string, n *Node, depth int) {
	a := n.attrs()
	r.b.WriteString("<blockquote" + class)
	r.language(a.Lang, a.Dir)
	r.b.WriteString(">\n")
	r.blocks(n.Content, depth+1)
	if a.Cite != "" {
		r.b.WriteString("<footer><cite><bdi>") // a name may run against the text
		r.esc(a.Cite)
		r.b.WriteString("</bdi></cite></footer>\n")
	}
	r.b.WriteString("</blockquote>\n")
}

func (r *renderer) related(a *Attrs) {
	to := Target{URL: a.Href, Headline: a.Text}
	if a.Article != 0 {
		ok := false
		if to, ok = r.article(a.Article); !ok {
			return
		}
	}
	r.b.WriteString(`<p class="related">`)
	if r.o.ReadMore != "" {
		r.b.WriteString(`<span class="related-label">`)
		r.esc(r.o.ReadMore)
		r.b.WriteString(`</span> `)
	}
	r.b.WriteString("<a")
	r.attr("href", link(to.URL))
	r.language(to.Lang, to.Dir)
	r.b.WriteByte('>')
	r.esc(first(to.Headline, to.URL))
	r.b.WriteString("</a></p>\n")
}

// article is what an article's id leads to; not ok where that is not public.
func (r *renderer) article(id int64) (Target, bool) {
	if r.o.Article == nil {
		return Target{}, false
	}
	return r.o.Article(id)
}

func (r *renderer) language(lang, dir string) {
	if lang != "" {
		r.attr("lang", lang)
	}
	if dir == "ltr" || dir == "rtl" || dir == "auto" {
		r.attr("dir", dir)
	}
}

func (r *renderer) attr(name, value string) {
	r.b.WriteString(" " + name + `="`)
	r.esc(value)
	r.b.WriteByte('"')
}

func (r *renderer) esc(s string) { r.b.WriteString(template.HTMLEscapeString(s)) }

// link is an address for an href: one that is not safe leads nowhere.
func link(s string) string {
	safe, ok := safeURL(s)
	if !ok {
		return "#"
	}
	if id, ok := strings.CutPrefix(safe, "#"); ok && id != "" {
		return "#" + anchorPrefix + id
	}
	return safe
}
