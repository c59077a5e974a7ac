package richtext

// Link is a place in the tree that leads to an article or shows a picture, by id
// or, after an import, still by address.
type Link struct {
	Kind    LinkKind
	Article int64
	Href    string // "" once Article is known
	Picture int64
	Src     string // "" once Picture is known
	Ref     string // the picture's id in the old system
	Text    string // a related block's words
}

// LinkKind says what a link stands in.
type LinkKind string

// The kinds of link.
const (
	InText      LinkKind = "link"
	InRelated   LinkKind = "related"
	InPicture   LinkKind = "picture"
	PictureLink LinkKind = "picture link" // where a click on a picture leads
	InMedia     LinkKind = "media"        // the file of a sound or a film
	InPoster    LinkKind = "poster"       // the picture that stands for a film
)

// Links calls f with each link of the body, in order, and stores what f changes
// in it. It reports whether anything was changed.
func (d *Doc) Links(f func(*Link)) (changed bool) {
	for _, n := range d.Blocks {
		if n.links(f) {
			changed = true
		}
	}
	return changed
}

func (n *Node) links(f func(*Link)) (changed bool) {
	visit := func(l Link) Link {
		before := l
		f(&l)
		changed = changed || l != before
		return l
	}
	if a := n.Attrs; a != nil {
		switch n.Type {
		case Related:
			l := visit(Link{Kind: InRelated, Article: a.Article, Href: a.Href, Text: a.Text})
			a.Article, a.Href, a.Text = l.Article, l.Href, l.Text
		case Picture:
			l := visit(Link{Kind: InPicture, Picture: a.Picture, Src: a.Src, Ref: a.Ref})
			a.Picture, a.Src, a.Ref = l.Picture, l.Src, l.Ref
			if a.Href != "" || a.Article != 0 {
				l := visit(Link{Kind: PictureLink, Article: a.Article, Href: a.Href})
				a.Article, a.Href = l.Article, l.Href
			}
		case Media:
			l := visit(Link{Kind: InMedia, Picture: a.Picture, Src: a.Src})
			a.Picture, a.Src = l.Picture, l.Src
			if a.Poster != 0 {
				a.Poster = visit(Link{Kind: InPoster, Picture: a.Poster}).Picture
			}
		}
	}
	for i := range n.Marks {
		if m := &n.Marks[i]; m.Type == LinkStyle && m.Attrs != nil {
			l := visit(Link{Kind: InText, Article: m.Attrs.Article, Href: m.Attrs.Href})
			m.Attrs.Article, m.Attrs.Href = l.Article, l.Href
		}
	}
	for _, c := range n.Content {
		if c.links(f) {
			changed = true
		}
	}
	return changed
}

// Articles are the ids of the articles that the body names, in order, once each.
func (d *Doc) Articles() []int64 {
	return d.ids(func(l *Link) int64 { return l.Article })
}

// Pictures are the ids of the pictures and other files that the body shows, in
// order, once each.
func (d *Doc) Pictures() []int64 {
	return d.ids(func(l *Link) int64 { return l.Picture })
}

func (d *Doc) ids(id func(*Link) int64) []int64 {
	var all []int64
	seen := map[int64]bool{}
	d.Links(func(l *Link) {
		if v := id(l); v != 0 && !seen[v] {
			seen[v] = true
			all = append(all, v)
		}
	})
	return all
}
