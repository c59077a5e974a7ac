package migrate

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// resolve looks for everything that imported articles name and that was not
// there when they came, also at earlier imports.
func (w *WordPress) resolve(ctx context.Context) error {
	const step = 200
	for after := news.ArticleID(0); ; {
		c, err := w.desk.CompleteImport(ctx, w.source, after, step, w.find, w.findOld)
		if err != nil {
			return fmt.Errorf("resolving references: %w", err)
		}
		w.report.Count("references resolved", c.Resolved)
		for _, u := range c.Rest {
			w.report.Add(Entry{What: "not found: " + string(u.Kind), Why: unresolvedWords(u.Kind, u.What), Item: fmt.Sprintf("article %d here", u.Article)})
		}
		if c.Next == 0 {
			return nil
		}
		after = c.Next
		time.Sleep(pause)
	}
}

func unresolvedWords(k store.OpenKind, what string) string {
	switch k {
	case store.OpenLead:
		return "its lead picture, item " + what + ", is not here"
	case store.OpenSocial:
		return "its picture for social networks, item " + what + ", is not here"
	case store.OpenParent:
		return "the page above it, item " + what + ", is not here, or stands below it"
	}
	return what + " is not here; what names it stays as it is"
}

func (w *WordPress) findOld(ctx context.Context, r store.Reader, noun news.Noun, oldID string) (news.Target, bool, error) {
	known, err := r.Imported(ctx, w.source, noun, []string{oldID})
	m, ok := known[oldID]
	return news.Target{Noun: noun, ID: m.NewID}, ok, err
}

// find tells what a link or picture of a body leads to here.
func (w *WordPress) find(ctx context.Context, r store.Reader, l richtext.Link) (t news.Target, ok, own bool, err error) {
	switch l.Kind {
	case richtext.InPicture, richtext.InMedia:
		return w.findPicture(ctx, r, l)
	}
	u, own := w.site.own(l.Href)
	if !own || u.Path == "" && u.RawQuery == "" {
		return t, false, false, nil
	}
	q := u.Query()
	for _, name := range []string{"p", "page_id"} {
		if id := q.Get(name); id != "" {
			t, ok, err = w.findOld(ctx, r, news.ArticleNoun, id)
			return t, ok, true, err
		}
	}
	t, ok, err = w.findPath(ctx, r, u)
	// The front page, feeds and the like are no article, and nothing to look for.
	wanted := strings.Count(u.Path, "/") > 1 && u.RawQuery == "" && !strings.Contains(u.Path, "/wp-")
	return t, ok, wanted, err
}

// findPath finds what stands at the path of u, or at a moved one.
func (w *WordPress) findPath(ctx context.Context, r store.Reader, u *url.URL) (t news.Target, ok bool, err error) {
	p := cleanPath(u.Path)
	other := p + "/"
	if bare, slash := strings.CutSuffix(p, "/"); slash {
		other = bare
	}
	for _, try := range []string{p, other} {
		a, err := r.Address(ctx, try)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return t, false, err
		}
		if a.Target.ID != 0 {
			return a.Target, true, nil
		}
		if a.To != "" && a.To != try {
			if next, err := r.Address(ctx, a.To); err == nil && next.Target.ID != 0 {
				return next.Target, true, nil
			}
		}
	}
	return t, false, nil
}

// findPicture finds a picture by its old id, or by its address, also that of one
// of the sizes that WordPress made of it.
func (w *WordPress) findPicture(ctx context.Context, r store.Reader, l richtext.Link) (t news.Target, ok, own bool, err error) {
	if l.Ref != "" {
		if t, ok, err = w.findOld(ctx, r, news.PictureNoun, l.Ref); ok || err != nil {
			return t, ok, true, err
		}
	}
	u, own := w.site.own(l.Src)
	if l.Src == "" || !own {
		// The file may stand on another host of the old site, as WordPress.com has it.
		if u, err = url.Parse(l.Src); err != nil || !strings.Contains(u.Path, "/uploads/") && l.Ref == "" {
			return t, false, l.Ref != "", nil
		}
	}
	p := cleanPath(u.Path)
	for _, try := range []string{p, withoutSize(p)} {
		if try == "" {
			continue
		}
		a, err := r.Address(ctx, try)
		if err == nil && a.Target.Noun == news.PictureNoun {
			return a.Target, true, true, nil
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return t, false, true, err
		}
	}
	return t, false, own || l.Ref != "", nil
}

// withoutSize is the original's path for a rendition's, as
// harbour-300x200.jpg -> harbour.jpg; "" for any other.
func withoutSize(p string) string {
	dot := strings.LastIndexByte(p, '.')
	dash := strings.LastIndexByte(p, '-')
	if dash < 0 || dot < dash {
		return ""
	}
	width, height, ok := strings.Cut(p[dash+1:dot], "x")
	if !ok || number(width) <= 0 || number(height) <= 0 {
		return ""
	}
	return p[:dash] + p[dot:]
}
