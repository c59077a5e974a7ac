package store

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// CheckFacts gathers what [news.Check] must know of an article that may not be
// stored as it is: its body, and what its pictures and links lead to. A body that
// can't be read is an error.
func (r Reader) CheckFacts(ctx context.Context, a *news.Article) (news.Facts, error) {
	var f news.Facts
	doc, err := richtext.Decode(a.Body)
	if err != nil {
		return f, err
	}
	f.Words, f.Blocks = len(strings.Fields(doc.Text())), len(doc.Blocks)
	if n := len(doc.Blocks); n > 0 {
		f.AdFirst, f.AdLast = doc.Blocks[0].Type == richtext.AdBreak, doc.Blocks[n-1].Type == richtext.AdBreak
	}
	if err := r.checkPictures(ctx, a, doc, &f); err != nil {
		return f, err
	}
	return f, r.checkLinks(ctx, doc, &f)
}

// checkPictures looks at the lead picture, and at pictures and headings of the
// body.
func (r Reader) checkPictures(ctx context.Context, a *news.Article, doc *richtext.Doc, f *news.Facts) error {
	ids := []news.PictureID{a.LeadPicture, a.SocialPicture}
	for _, id := range doc.Pictures() {
		ids = append(ids, news.PictureID(id))
	}
	known, err := r.Pictures(ctx, ids)
	if err != nil {
		return err
	}
	if p, ok := known[a.LeadPicture]; ok && !p.Ended && p.Image() {
		f.LeadThere, f.LeadAlt, f.LeadCredit = true, p.Alt != "", p.Credit != ""
	}
	if p, ok := known[a.SocialPicture]; ok && !p.Ended && p.Image() {
		f.SocialThere = true
	}
	for i, block := range doc.Blocks {
		within(block, func(n *richtext.Node) {
			switch {
			case n.Type == richtext.Heading && strings.TrimSpace((&richtext.Doc{Blocks: []*richtext.Node{n}}).Text()) == "":
				f.EmptyHeads = append(f.EmptyHeads, i+1)
			case n.Type == richtext.Picture && n.Attrs != nil && n.Attrs.Picture != 0:
				p, ok := known[news.PictureID(n.Attrs.Picture)]
				if !ok || p.Ended {
					f.MissingMedia = append(f.MissingMedia, i+1)
				} else if p.Alt == "" && n.Attrs.Alt == "" && !slices.Contains(f.NoAlt, i+1) {
					f.NoAlt, f.NoAltOf = append(f.NoAlt, i+1), append(f.NoAltOf, p.ID)
				}
			}
		})
	}
	f.EmptyHeads, f.MissingMedia = slices.Compact(f.EmptyHeads), slices.Compact(f.MissingMedia)
	return nil
}

func within(n *richtext.Node, f func(*richtext.Node)) {
	f(n)
	for _, c := range n.Content {
		within(c, f)
	}
}

// checkLinks looks where the body leads to: to articles by their ids, and to
// addresses of the paper's own.
func (r Reader) checkLinks(ctx context.Context, doc *richtext.Doc, f *news.Facts) error {
	settings, err := r.Settings(ctx)
	if err != nil {
		return err
	}
	var ids []news.ArticleID
	for _, id := range doc.Articles() {
		ids = append(ids, news.ArticleID(id))
	}
	public, err := r.Teasers(ctx, ids)
	if err != nil {
		return err
	}
	var paths []string
	doc.Links(func(l *richtext.Link) {
		if id := news.ArticleID(l.Article); id != 0 {
			if slices.ContainsFunc(public, func(t news.Teaser) bool { return t.ID == id }) {
				return
			}
			to := &f.BrokenIDs
			if l.Kind == richtext.InRelated {
				to = &f.Hidden
			}
			if t := (news.Target{Noun: news.ArticleNoun, ID: l.Article}); !slices.Contains(*to, t) {
				*to = append(*to, t)
			}
			return
		}
		if path := ownPath(l.Href, settings.Address); path != "" && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	})
	known, err := r.Addresses(ctx, paths)
	for _, path := range paths {
		if a, ok := known[path]; ok && (a.State == news.GoneAway || a.State == news.Reserved) {
			f.Broken = append(f.Broken, path)
		}
	}
	return err
}

// ownPath is the path of a link that leads to the paper's own pages; "" for
// others. What has no row, as a day's archive, may be worked out by the site, and
// is nothing to complain about.
func ownPath(href, origin string) string {
	if href == "" {
		return ""
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	own, err := url.Parse(origin)
	if err != nil || u.Host != "" && !strings.EqualFold(u.Host, own.Host) || u.Host == "" && u.Scheme != "" {
		return ""
	}
	if !strings.HasPrefix(u.Path, "/") || news.ReservedPath(u.Path) {
		return ""
	}
	return norm.NFC.String(u.Path)
}
