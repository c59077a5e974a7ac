package wordpress

import (
	"strings"
)

// ContentOptions say what a content itself does not know.
type ContentOptions struct {
	// Attached are the ids of the pictures attached to the post, in their order,
	// for a gallery that names none; AttachedTo those of another post, for a
	// gallery that names that. Either may be nil.
	Attached   []int64
	AttachedTo func(post int64) []int64
	// Reusable is the content of a block that many posts share; nil where there
	// are none.
	Reusable func(id int64) (content string, ok bool)
	// Footnotes is the post's custom field of that name, which holds what the
	// block footnotes shows; "" for none.
	Footnotes string
}

// Result is what Content made of a post's content.
type Result struct {
	HTML   string
	Before string // HTML of what stood before the "more" mark; "" without one
	Pages  int    // how many pages were joined; 1 for an undivided one
	Notes  []ContentNote
}

// ContentNote is something that was changed in meaning or left out.
type ContentNote struct {
	Kind string // for counting
	Text string // in words
}

// The kinds of note.
const (
	UnknownShortcode = "unknown shortcode"
	UnknownBlock     = "unknown block"
	EmptyGallery     = "gallery without pictures"
	MissingBlock     = "reusable block missing"
	DynamicBlock     = "dynamic block left out"
	JoinedPages      = "pages joined"
)

// Content turns what stands in a post's content field into plain HTML: without
// block comments and shortcodes, with WordPress's own paragraphs from blank
// lines, figures with captions, and embeds as links in a figure of class
// "embed", among them the addresses of films and posts at known hosts that stand
// alone in a line. A picture that names its attachment has its id in data-picture-ref.
// It takes time in proportion to the length, whatever a content holds.
func Content(s string, o ContentOptions) Result {
	c := &content{o: o}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	r := Result{Pages: 1 + strings.Count(s, "<!--nextpage-->")}
	if r.Pages > 1 {
		c.note(JoinedPages, "several pages were joined to one")
		s = strings.ReplaceAll(s, "<!--nextpage-->", "\n\n")
	}
	before, more := cutMore(s)
	if more {
		r.Before = c.html(before)
		s = s[:len(before)] + "\n\n" + s[strings.Index(s[len(before):], "-->")+len(before)+len("-->"):]
	}
	r.HTML = c.html(s)
	r.Notes = c.notes
	return r
}

// cutMore returns what stands before "<!--more-->" or "<!--more words-->".
func cutMore(s string) (before string, ok bool) {
	i := strings.Index(s, "<!--more")
	if i < 0 || !strings.Contains(s[i:], "-->") {
		return s, false
	}
	return s[:i], true
}

type content struct {
	o        ContentOptions
	noted    map[ContentNote]bool
	notes    []ContentNote
	inside   []int64 // the reusable blocks that are being put in, outer ones first
	putIn    int     // bytes that reusable blocks have put in
	attached int     // pictures that galleries without ids have put in
}

func (c *content) note(kind, text string) {
	n := ContentNote{kind, text}
	if c.noted[n] {
		return
	}
	if c.noted == nil {
		c.noted = map[ContentNote]bool{}
	}
	c.noted[n] = true
	c.notes = append(c.notes, n)
}

func (c *content) html(s string) string {
	if strings.Contains(s, "<!-- wp:") {
		s = c.blocks(s)
	} else {
		s = autop(c.shortcodes(s))
	}
	return c.elements(s)
}
