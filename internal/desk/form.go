package desk

import (
	"cmp"
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Form is an article as somebody sends it: its fields, over the version that stands
// in them, and what no Save changes. All of it is stored, or nothing.
type Form struct {
	Article *news.Article
	Changed bool           // whether its fields are others than those in the store
	Updated bool           // readers are told that it was updated, see [Desk.Update]
	Slug    string         // the last part of its address; "" for the one it has
	Of      news.ArticleID // the article that it translates, see [Desk.JoinTranslation]; 0 for none
	Staff   news.StaffID   // whose working copy is over then
	Counter int64          // of what they have typed, see [Desk.DropWorkingCopy]
}

// SaveForm stores what a form holds in one transaction and as one version, so that
// who is refused goes on from the version that their form began with.
func (d *Desk) SaveForm(ctx context.Context, who Who, f Form) error {
	body, err := readBody(f.Article)
	if err != nil {
		return err
	}
	made := slug(f.Slug)
	if f.Slug != "" && made == "" {
		return fault.New(fault.Invalid, "a slug needs a letter or a digit")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := tx.Article(ctx, f.Article.ID)
		if err != nil {
			return err
		}
		if before.Version != f.Article.Version {
			return fault.New(fault.Conflict, "somebody else has changed this article meanwhile")
		}
		verb := "" // of the version; "" while there is nothing to be stored
		a := before
		if f.Changed || f.Updated {
			verb = "save"
			if err := saved(ctx, tx, &a, &before, f.Article, body); err != nil {
				return err
			}
		}
		if f.Updated {
			verb = "update"
			if err := a.Update(now); err != nil {
				return fault.Wrap(fault.Invalid, err, "it can't be done (%s)", verb)
			}
		}
		if made != "" && made != before.Slug {
			verb = cmp.Or(verb, "slug")
			if err := reslug(ctx, tx, &a, made); err != nil {
				return err
			}
		}
		if f.Of != 0 {
			verb = cmp.Or(verb, "join")
			if err := joinGroup(ctx, tx, who, &a, f.Of, now); err != nil {
				return err
			}
		}
		if verb != "" {
			if err := rewrite(ctx, tx, who, verb, &before, &a, now); err != nil {
				return err
			}
		}
		if verb != "slug" && a.Slug != before.Slug {
			if err := tx.Audit(ctx, now, string(who), "slug", target(&a), before.Slug+" -> "+a.Slug); err != nil {
				return err
			}
		}
		if verb != "join" && a.TranslationGroup != before.TranslationGroup {
			if err := tx.Audit(ctx, now, string(who), "join", target(&a), "a translation"); err != nil {
				return err
			}
		}
		return tx.DropWorkingCopy(ctx, f.Staff, a.ID, max(f.Counter, 0), now)
	})
}
