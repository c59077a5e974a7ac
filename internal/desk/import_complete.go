package desk

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// Find tells what an address or an old id, as an imported body or item names it,
// is here. ok is false for what is not here (yet); own says whether the address
// is one of the old site's at all, and so whether somebody should look for it.
type Find func(ctx context.Context, r store.Reader, l richtext.Link) (t news.Target, ok, own bool, err error)

// FindOld tells what the item with an old id is here.
type FindOld func(ctx context.Context, r store.Reader, noun news.Noun, oldID string) (news.Target, bool, error)

// Unresolved is something that an imported article names and that is not here.
type Unresolved struct {
	Article news.ArticleID
	Kind    store.OpenKind
	What    string // the old id, or the address
}

// Completion is what one step of CompleteImport has done.
type Completion struct {
	Next     news.ArticleID // where the next step begins; 0 when all was looked at
	Resolved int
	Rest     []Unresolved
}

// CompleteImport looks for what n open references of a source name, beginning
// after an article, and puts it into the articles: lead pictures, parents, and
// the links and pictures of bodies. What is found is not asked for again; the
// rest stays open for the next import. It may be stopped at any step.
func (d *Desk) CompleteImport(ctx context.Context, source store.SourceID, after news.ArticleID, n int, find Find, findOld FindOld) (Completion, error) {
	var c Completion
	open, err := d.store.OpenReferences(ctx, source, after, n)
	if err != nil || len(open) == 0 {
		return c, err
	}
	if len(open) == n { // the last article may have more than were read; they come again
		open = wholeArticles(open)
		c.Next = open[len(open)-1].Article
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		step := completion{tx: tx, find: find, findOld: findOld, Completion: &c}
		for _, o := range open {
			if err := step.complete(ctx, o); err != nil {
				return err
			}
		}
		if c.Resolved == 0 {
			return nil
		}
		return tx.Audit(ctx, now, string(Importer), "complete", news.Target{Noun: news.ArticleNoun}, fmt.Sprintf("%d references were found", c.Resolved))
	})
	return c, err
}

// wholeArticles leaves out the last article's references, unless it is the only
// one.
func wholeArticles(open []store.OpenReference) []store.OpenReference {
	last := open[len(open)-1].Article
	for i := range open {
		if open[i].Article == last && i > 0 {
			return open[:i]
		}
	}
	return open
}

type completion struct {
	tx      *store.Tx
	find    Find
	findOld FindOld
	*Completion
}

func (c completion) complete(ctx context.Context, o store.OpenReference) error {
	var done bool
	var err error
	switch o.Kind {
	case store.OpenBody:
		done, err = c.body(ctx, o)
	case store.OpenLead:
		done, err = c.picture(ctx, o, c.tx.CompleteLead)
	case store.OpenSocial:
		done, err = c.picture(ctx, o, c.tx.CompleteSocial)
	case store.OpenParent:
		done, err = c.parent(ctx, o)
	}
	if err != nil || !done {
		return err
	}
	c.Resolved++
	return c.tx.CloseReference(ctx, o)
}

// picture finds the picture that an article was to have, and gives it that.
func (c completion) picture(ctx context.Context, o store.OpenReference, give func(context.Context, news.ArticleID, news.PictureID) error) (bool, error) {
	t, ok, err := c.findOld(ctx, c.tx.Reader, news.PictureNoun, o.OldID)
	if err != nil {
		return false, err
	}
	if !ok {
		c.Rest = append(c.Rest, Unresolved{o.Article, o.Kind, o.OldID})
		return false, nil
	}
	return true, give(ctx, o.Article, news.PictureID(t.ID))
}

func (c completion) parent(ctx context.Context, o store.OpenReference) (bool, error) {
	t, ok, err := c.findOld(ctx, c.tx.Reader, news.ArticleNoun, o.OldID)
	if err != nil {
		return false, err
	}
	if ok {
		ok, err = c.tx.CompleteParent(ctx, o.Article, news.ArticleID(t.ID))
	}
	if !ok && err == nil {
		c.Rest = append(c.Rest, Unresolved{o.Article, o.Kind, o.OldID})
	}
	return ok, err
}

// body resolves what it can of a body. It is done when nothing of the old site
// is left in it.
func (c completion) body(ctx context.Context, o store.OpenReference) (bool, error) {
	body, err := c.tx.Body(ctx, o.Article)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	doc, err := richtext.Decode(body.Doc)
	if err != nil {
		return false, err
	}
	left := 0
	changed := doc.Links(func(l *richtext.Link) {
		if err != nil || l.Article != 0 || l.Picture != 0 {
			return
		}
		t, ok, own, e := c.find(ctx, c.tx.Reader, *l)
		switch {
		case e != nil:
			err = e
		case ok:
			point(l, t)
		case own:
			left++
			c.Rest = append(c.Rest, Unresolved{o.Article, o.Kind, named(l)})
		}
	})
	if err != nil {
		return false, err
	}
	if changed {
		body.Doc = doc.Encode()
		if err := c.tx.CompleteBody(ctx, body); err != nil {
			return false, err
		}
	}
	return left == 0, nil
}

// point makes a link lead to what was found. A link to a thing that is no
// article keeps its address.
func point(l *richtext.Link, t news.Target) {
	switch {
	case t.Noun == news.ArticleNoun && (l.Kind == richtext.InText || l.Kind == richtext.InRelated || l.Kind == richtext.PictureLink):
		l.Article, l.Href, l.Text = t.ID, "", ""
	case t.Noun == news.PictureNoun && (l.Kind == richtext.InPicture || l.Kind == richtext.InMedia):
		l.Picture, l.Src, l.Ref = t.ID, "", ""
	}
}

// named is what a link says of its target.
func named(l *richtext.Link) string {
	switch {
	case l.Href != "":
		return l.Href
	case l.Src != "":
		return l.Src
	}
	return "picture " + l.Ref
}
