package wordpress

import (
	"encoding/json"
	"html"
	"slices"
	"strconv"
	"strings"
)

// blocks removes the comments that mark blocks. What a block holds is HTML
// already; only what the server would have made of it is missing, and noted.
// Text outside of all blocks is classic content.
func (c *content) blocks(s string) string {
	var b strings.Builder
	depth := 0
	for s != "" {
		i := strings.Index(s, "<!--")
		if i < 0 {
			i = len(s)
		}
		c.between(&b, s[:i], depth)
		if s = s[i:]; s == "" {
			break
		}
		words, rest, ended := cutComment(s)
		if !ended {
			break // a comment that never ends hides the rest, as in a browser
		}
		mark := strings.TrimSpace(words)
		s = rest
		switch {
		case strings.HasPrefix(mark, "wp:"):
			name, attrs, alone := blockMark(mark[3:])
			if !alone {
				depth++
			}
			if name == "shortcode" || name == "freeform" || name == "core/shortcode" {
				inner, rest := cutBlockEnd(s, name)
				b.WriteString(autop(c.shortcodes(inner)))
				s, depth = rest, depth-1
				continue
			}
			b.WriteString(c.opened(name, attrs, alone))
		case strings.HasPrefix(mark, "/wp:"):
			depth = max(0, depth-1)
		}
	}
	return b.String()
}

// cutComment returns what is in the comment that s begins with, and what is behind
// it. "<!-->" and "<!--->" are empty comments (HTML, 13.2.5.43 and 13.2.5.44).
func cutComment(s string) (words, rest string, ended bool) {
	s = s[len("<!--"):]
	for _, empty := range []string{">", "->"} {
		if rest, ok := strings.CutPrefix(s, empty); ok {
			return "", rest, true
		}
	}
	return strings.Cut(s, "-->")
}

// between is text between two marks.
func (c *content) between(b *strings.Builder, s string, depth int) {
	if depth == 0 && strings.TrimSpace(s) != "" {
		b.WriteString(autop(c.shortcodes(s)))
		return
	}
	if address := bareParagraph(s); address != "" {
		s = embedFigure(address, "")
	}
	b.WriteString(c.shortcodes(s))
}

// cutBlockEnd returns what stands before a block's closing mark, and what
// behind it.
func cutBlockEnd(s, name string) (inner, rest string) {
	end := strings.Index(s, "<!-- /wp:"+name)
	if end < 0 {
		return s, ""
	}
	inner = s[:end]
	if close := strings.Index(s[end:], "-->"); close >= 0 {
		return inner, s[end+close+3:]
	}
	return inner, ""
}

// blockMark reads "name {json} /".
func blockMark(s string) (name string, attrs map[string]any, alone bool) {
	if s, alone = strings.CutSuffix(s, "/"); alone {
		s = strings.TrimSpace(s)
	}
	name, rest, _ := strings.Cut(s, " ")
	if rest = strings.TrimSpace(rest); strings.HasPrefix(rest, "{") {
		_ = json.Unmarshal([]byte(rest), &attrs) // damaged ones count as none
	}
	return strings.TrimPrefix(name, "core/"), attrs, alone
}

// known are the blocks whose HTML stands in the content.
var known = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(`paragraph heading list list-item quote pullquote verse preformatted code image gallery cover media-text columns column group row
		stack grid buttons button separator spacer more nextpage table embed audio video file html shortcode freeform details footnotes missing text-columns subhead
		accordion accordion-item accordion-heading accordion-panel math classic`) {
		m[name] = true
	}
	return m
}()

// opened is what stands for a block's opening mark.
func (c *content) opened(name string, attrs map[string]any, alone bool) string {
	switch {
	case name == "block":
		return c.reusable(attrs)
	case name == "footnotes":
		return c.footnotes()
	case name == "nextpage", name == "more", strings.HasPrefix(name, "core-embed/"):
		return ""
	case name == "separator" && alone:
		return "<hr>"
	case name == "image" && alone, known[name] && !alone:
		return ""
	case alone && known[name]:
		return ""
	case alone:
		c.note(DynamicBlock, "the block "+name+" is made by the server for each view and was left out")
	default:
		c.note(UnknownBlock, "of the block "+name+" only what stands in it was kept")
	}
	return ""
}

// footnotes are the notes of the post, each with the name that the text's links
// lead to.
func (c *content) footnotes() string {
	var notes []struct{ ID, Content string }
	if err := json.Unmarshal([]byte(c.o.Footnotes), &notes); err != nil || len(notes) == 0 {
		c.note(MissingBlock, "the footnotes are not in the export")
		return ""
	}
	var b strings.Builder
	b.WriteString("<ol>")
	for _, n := range notes {
		b.WriteString(`<li><p id="` + html.EscapeString(n.ID) + `">` + n.Content + "</p></li>")
	}
	b.WriteString("</ol>")
	return b.String()
}

// reusable puts in the content of a block that many posts share. One that holds
// itself, or that would make a small content huge, is left out with a note.
func (c *content) reusable(attrs map[string]any) string {
	const most = 4 << 20 // bytes that all of them may put in
	ref, _ := attrs["ref"].(float64)
	id := int64(ref)
	if c.o.Reusable == nil || id <= 0 {
		return c.missing(id, "is not in the export")
	}
	inner, ok := c.o.Reusable(id)
	switch {
	case !ok:
		return c.missing(id, "is not in the export")
	case slices.Contains(c.inside, id):
		return c.missing(id, "holds itself")
	case c.putIn+len(inner) > most:
		return c.missing(id, "would make the text too long")
	}
	c.putIn += len(inner)
	c.inside = append(c.inside, id)
	defer func() { c.inside = c.inside[:len(c.inside)-1] }()
	if strings.Contains(inner, "<!-- wp:") {
		return c.blocks(inner)
	}
	return autop(c.shortcodes(inner))
}

func (c *content) missing(id int64, why string) string {
	c.note(MissingBlock, "the reusable block "+strconv.FormatInt(id, 10)+" "+why+"; its place is empty")
	return ""
}
