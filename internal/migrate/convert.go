package migrate

import (
	"crypto/sha256"
	"encoding/binary"
	"net/url"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/wordpress"
)

// converter turns what a post holds into ours, as far as that needs no store. It
// may be used by many goroutines at once.
type converter struct {
	readMore []string
	ahead    *ahead
}

// converted is a post's content in our form.
type converted struct {
	body     []byte
	open     bool // it names things of the old site, perhaps
	excerpt  string
	summary  string
	words    string // the beginning of its text
	comments []desk.ImportComment
	notes    []note
}

type note struct{ what, why string }

func (c *converter) convert(p *wordpress.Post, at *site) *converted {
	out := &converted{}
	r := wordpress.Content(p.Content, c.ahead.options(p))
	for _, n := range r.Notes {
		out.notes = append(out.notes, note{n.Kind, n.Text})
	}
	doc, notes := richtext.FromHTML(r.HTML)
	for _, n := range notes {
		out.notes = append(out.notes, note{string(n.Kind), n.Text})
	}
	c.relate(doc, at)
	doc.Links(func(l *richtext.Link) { out.open = true })
	const longest = 32 << 20 // bytes: half of what a stored body may have
	if out.body = doc.Encode(); len(out.body) > longest {
		doc = &richtext.Doc{Blocks: []*richtext.Node{{Type: richtext.Paragraph, Content: []*richtext.Node{{Type: richtext.Text, Text: doc.Text()}}}}}
		out.body, out.open = doc.Encode(), false
		out.notes = append(out.notes, note{"body too long", "its text has so many parts that only the words were kept; the old HTML stands beside them"})
	}
	out.excerpt = plain(p.Excerpt)
	if out.excerpt == "" && r.Before != "" {
		before, _ := richtext.FromHTML(r.Before)
		out.excerpt = before.Excerpt(400)
	}
	out.words = words(p, doc)
	out.summary = desk.Summary(&news.Article{Excerpt: out.excerpt}, doc)
	for i := range p.Comments {
		c := convertComment(&p.Comments[i])
		if c.Posted.IsZero() { // as old as what it is about
			c.Posted = firstTime(p.DateGMT, p.Date, p.Published, time.Unix(0, 0).UTC())
		}
		out.comments = append(out.comments, c)
	}
	return out
}

// firstTime is the first that is not zero.
func firstTime(all ...time.Time) time.Time {
	for _, t := range all {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// relate makes a related block of each paragraph that only says "Read more:" and
// leads somewhere, or is nothing but a link that repeats these words; and of one
// that is nothing but an address of the old site, which WordPress showed as a
// card.
func (c *converter) relate(doc *richtext.Doc, at *site) {
	for i, n := range doc.Blocks {
		if n.Type != richtext.Paragraph {
			continue
		}
		if href, ok := bareAddress(n, at); ok {
			doc.Blocks[i] = &richtext.Node{Type: richtext.Related, Attrs: &richtext.Attrs{Href: href, Text: href}}
			continue
		}
		before, href, words, ok := onlyLink(n)
		if !ok {
			continue
		}
		before = strings.TrimSpace(before)
		if before == "" {
			rest, marked := c.cutMark(words)
			if !marked {
				continue
			}
			words = rest
		} else if rest, marked := c.cutMark(before); !marked || rest != "" {
			continue
		}
		if words != "" {
			doc.Blocks[i] = &richtext.Node{Type: richtext.Related, Attrs: &richtext.Attrs{Href: href, Text: words}}
		}
	}
}

// bareAddress is the address of the old site that a paragraph consists of.
func bareAddress(n *richtext.Node, at *site) (string, bool) {
	if len(n.Content) != 1 || n.Content[0].Type != richtext.Text {
		return "", false
	}
	text := strings.TrimSpace(n.Content[0].Text)
	if !strings.HasPrefix(text, "http") || strings.ContainsAny(text, " \n") {
		return "", false
	}
	u, own := at.own(text)
	return text, own && strings.Count(u.Path, "/") > 1
}

// onlyLink tells what stands in a paragraph that holds one link, at its end.
func onlyLink(n *richtext.Node) (before, href, words string, ok bool) {
	var b, w strings.Builder
	for _, t := range n.Content {
		to := ""
		for _, m := range t.Marks {
			if m.Type == richtext.LinkStyle && m.Attrs != nil {
				to = m.Attrs.Href
			}
		}
		switch {
		case to == "" && href == "":
			b.WriteString(t.Text)
		case to == "" && strings.Trim(t.Text, " .»›→") == "":
		case to == "" || href != "" && to != href:
			return "", "", "", false
		default:
			href = to
			w.WriteString(t.Text)
		}
	}
	return b.String(), href, strings.TrimSpace(w.String()), href != ""
}

// cutMark cuts words such as "READ MORE:" from the beginning of s.
func (c *converter) cutMark(s string) (rest string, ok bool) {
	s = strings.TrimLeft(s, " »›→▶►•*-–—>[(")
	folded := strings.ToLower(s)
	for _, mark := range c.readMore {
		m := strings.ToLower(mark)
		if !strings.HasPrefix(folded, m) || len(folded) != len(s) {
			continue
		}
		rest := s[len(m):]
		trimmed := strings.TrimLeft(rest, " :：-–—|»›→.])>")
		if trimmed == "" || trimmed != rest && strings.ContainsAny(rest[:len(rest)-len(trimmed)], ":-|»›.–—：→") {
			return strings.TrimSpace(trimmed), true
		}
	}
	return "", false
}

// commentStates maps WordPress's.
var commentStates = map[string]news.CommentState{"1": news.Approved, "approve": news.Approved, "0": news.Held, "hold": news.Held,
	"spam": news.Spam, "trash": news.Removed, "post-trashed": news.Removed}

func convertComment(c *wordpress.Comment) desk.ImportComment {
	state, ok := commentStates[c.Approved]
	if !ok {
		state = news.Held
	}
	kind := news.ReaderComment
	if c.Type == "pingback" || c.Type == "trackback" {
		kind = news.Ping
	}
	posted := c.DateGMT
	if posted.IsZero() {
		posted = c.Date
	}
	website := c.URL
	if u, err := url.Parse(website); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		website = ""
	}
	name := strings.Join(strings.Fields(plain(c.Author)), " ")
	if name == "" {
		name = "?"
	}
	id := c.ID
	if id <= 0 { // known by what it says, so that it does not come twice
		sum := sha256.Sum256([]byte(c.Author + "\x00" + c.Email + "\x00" + c.Content + posted.String()))
		id = 1<<62 | int64(binary.BigEndian.Uint64(sum[:])>>2)
	}
	return desk.ImportComment{OldID: id, OldParent: c.Parent, Comment: news.Comment{Kind: kind, State: state, Name: name, Email: c.Email,
		Website: website, Text: commentText(c.Content), Address: "", Posted: posted}}
}

// commentText is a comment's words; the address of a link stands behind its
// words in brackets, since comments are plain text here.
func commentText(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	doc, _ := richtext.FromHTML("<p>" + strings.ReplaceAll(strings.ReplaceAll(s, "\n\n", "</p><p>"), "\n", "<br>") + "</p>")
	for _, n := range doc.Blocks {
		spellOut(n)
	}
	return strings.ReplaceAll(doc.Text(), "\n", "\n\n")
}

// spellOut puts the address of each link behind its words.
func spellOut(n *richtext.Node) {
	for i, t := range n.Content {
		spellOut(t)
		for _, m := range t.Marks {
			last := i == len(n.Content)-1 || len(n.Content[i+1].Marks) == 0
			if m.Type == richtext.LinkStyle && m.Attrs != nil && last && !strings.Contains(t.Text, strings.TrimSuffix(m.Attrs.Href, "/")) {
				t.Text += " (" + m.Attrs.Href + ")"
			}
		}
	}
}

// plain is the words of a short text that may hold HTML.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&[") {
		return strings.TrimSpace(s)
	}
	doc, _ := richtext.FromHTML(s)
	return strings.TrimSpace(strings.ReplaceAll(doc.Text(), "\n", " "))
}
