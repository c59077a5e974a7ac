package wordpress

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// readTerm reads an author, a category, a tag or another term.
func (x *reader) readTerm(t token, kind string) error {
	fields := map[string]string{}
	err := x.children(t, func(in token, name string) error {
		v, err := x.leaf(in)
		if old, ok := fields[name]; err == nil && (!ok || old == "") {
			fields[name] = strings.TrimSpace(v)
		}
		return err
	})
	if err != nil {
		return err
	}
	f := func(name string) string { return fields["wp:"+name] }
	var it Item
	switch kind {
	case "wp:author":
		it.Author = &Author{ID: integer(f("author_id")), Login: f("author_login"), Email: f("author_email"), DisplayName: f("author_display_name"),
			First: f("author_first_name"), Last: f("author_last_name")}
	case "wp:category":
		it.Category = &Term{ID: integer(f("term_id")), Taxonomy: "category", Slug: slug(f("category_nicename")), Parent: slug(f("category_parent")),
			Name: f("cat_name"), Description: f("category_description")}
	case "wp:tag":
		it.Tag = &Term{ID: integer(f("term_id")), Taxonomy: "post_tag", Slug: slug(f("tag_slug")), Name: f("tag_name"), Description: f("tag_description")}
	case "wp:term":
		it.Term = &Term{ID: integer(f("term_id")), Taxonomy: f("term_taxonomy"), Slug: slug(f("term_slug")), Parent: slug(f("term_parent")),
			Name: f("term_name"), Description: f("term_description")}
	}
	if err := x.flush(); err != nil {
		return err
	}
	return x.yield(it)
}

// readItem reads one <item>.
func (x *reader) readItem(t token, begin int64) error {
	p := &Post{Offset: begin}
	x.item = 0
	content, comments := sha256.New(), sha256.New()
	err := x.children(t, func(in token, name string) error { return x.itemField(p, in, name, content, comments) })
	if err != nil {
		return err
	}
	p.Hash, p.CommentsHash = sum(content), sum(comments)
	x.item = p.ID
	if err := x.flush(); err != nil {
		return err
	}
	x.items++
	return x.yield(Item{Post: p})
}

// addTerm adds a term. WXR 1.0 names each twice, first without its slug.
func (p *Post) addTerm(t PostTerm) {
	if last := len(p.Terms) - 1; last >= 0 && p.Terms[last] == (PostTerm{Taxonomy: t.Taxonomy, Name: t.Name}) {
		p.Terms[last] = t
		return
	}
	p.Terms = append(p.Terms, t)
}

func sum(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)[:12]) }

// itemField reads one child of an item. What a field says goes into the item's
// hash, so that layout between fields does not count.
func (x *reader) itemField(p *Post, in token, name string, content, comments hash.Hash) error {
	switch name {
	case "wp:comment":
		return x.readComment(p, in, comments)
	case "wp:postmeta":
		m, err := x.readMeta(in)
		if err == nil && m.Key != "" {
			p.Meta = append(p.Meta, m)
			fmt.Fprintf(content, "m\x00%s\x00%s\x00", m.Key, m.Value)
		}
		return err
	case "category":
		attrs := attributes(in.attrs)
		v, err := x.leaf(in)
		if err == nil && attrs["domain"] != "" {
			taxonomy := attrs["domain"]
			if taxonomy == "tag" { // as WXR 1.0 calls it
				taxonomy = "post_tag"
			}
			p.addTerm(PostTerm{Taxonomy: taxonomy, Slug: slug(attrs["nicename"]), Name: strings.TrimSpace(v)})
			fmt.Fprintf(content, "t\x00%s\x00%s\x00", attrs["domain"], attrs["nicename"])
		}
		return err
	}
	v, err := x.leaf(in)
	if err != nil {
		return err
	}
	fmt.Fprintf(content, "%s\x00", name)
	content.Write([]byte(v))
	p.set(name, v)
	if name == "wp:post_id" {
		x.item = p.ID
	}
	return nil
}

// set stores one field.
func (p *Post) set(name, v string) {
	if name == "content:encoded" {
		p.Content = v
		return
	}
	v = strings.TrimSpace(v)
	switch name {
	case "title":
		p.Title = v
	case "link":
		p.Link = v
	case "guid":
		p.GUID = v
	case "dc:creator":
		p.Creator = v
	case "pubDate":
		if t, err := time.Parse(time.RFC1123Z, v); err == nil && t.Year() > 1 {
			p.Published = t.UTC()
		}
	case "excerpt:encoded":
		p.Excerpt = v
	case "wp:post_id":
		p.ID = integer(v)
	case "wp:post_type":
		p.Type = v
	case "wp:status":
		p.Status = v
	case "wp:post_name":
		p.Slug = slug(v)
	case "wp:post_date":
		p.Date = date(v)
	case "wp:post_date_gmt":
		p.DateGMT = date(v)
	case "wp:post_modified":
		p.Modified = date(v)
	case "wp:post_modified_gmt":
		p.ModifiedGMT = date(v)
	case "wp:post_parent":
		p.Parent = integer(v)
	case "wp:menu_order":
		p.MenuOrder = int(integer(v))
	case "wp:post_password":
		p.Password = v
	case "wp:is_sticky":
		p.Sticky = v == "1"
	case "wp:comment_status":
		p.CommentStatus = v
	case "wp:attachment_url":
		p.AttachmentURL = v
	}
}

func (x *reader) readMeta(t token) (m Meta, err error) {
	err = x.children(t, func(in token, name string) error {
		v, err := x.leaf(in)
		switch name {
		case "wp:meta_key":
			m.Key = strings.TrimSpace(v)
		case "wp:meta_value":
			m.Value = v
		}
		return err
	})
	return m, err
}

func (x *reader) readComment(p *Post, t token, h hash.Hash) error {
	var c Comment
	err := x.children(t, func(in token, name string) error {
		if name == "wp:commentmeta" {
			return x.skip(in)
		}
		v, err := x.leaf(in)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s\x00%s\x00", name, v)
		trimmed := strings.TrimSpace(v)
		switch name {
		case "wp:comment_id":
			c.ID = integer(v)
		case "wp:comment_parent":
			c.Parent = integer(v)
		case "wp:comment_user_id":
			c.UserID = integer(v)
		case "wp:comment_author":
			c.Author = trimmed
		case "wp:comment_author_email":
			c.Email = trimmed
		case "wp:comment_author_url":
			c.URL = trimmed
		case "wp:comment_author_IP":
			c.IP = trimmed
		case "wp:comment_date":
			c.Date = date(trimmed)
		case "wp:comment_date_gmt":
			c.DateGMT = date(trimmed)
		case "wp:comment_content":
			c.Content = v
		case "wp:comment_approved":
			c.Approved = trimmed
		case "wp:comment_type":
			c.Type = trimmed
		}
		return nil
	})
	if err == nil {
		p.Comments = append(p.Comments, c)
	}
	return err
}

// integer is a decimal number, 0 for anything else.
func integer(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// date reads MySQL's form. 0000-00-00 and nonsense are the zero time.
func date(s string) time.Time {
	t, err := time.Parse(time.DateTime, strings.TrimSpace(s))
	if err != nil || t.Year() < 1 {
		return time.Time{}
	}
	return t
}

// slug decodes what WordPress percent-encodes in names of other scripts.
func slug(s string) string {
	s = strings.TrimSpace(s)
	if decoded, err := url.PathUnescape(s); err == nil {
		s = decoded
	}
	s = strings.Map(func(r rune) rune { // what was written as %00 comes to light only now
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return norm.NFC.String(s)
}
