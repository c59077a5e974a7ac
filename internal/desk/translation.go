package desk

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// JoinTranslation says that an article is the text of another one in another
// language. Both are then of one group, with all that the other one was joined
// with before; two in one language are an Invalid fault.
func (d *Desk) JoinTranslation(ctx context.Context, who Who, id, of news.ArticleID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		a, err := tx.Article(ctx, id)
		if err != nil {
			return err
		}
		original, err := tx.Article(ctx, of)
		if err != nil {
			return err
		}
		group := original.TranslationGroup
		if group == 0 {
			group = original.ID
		}
		others, err := tx.Translations(ctx, group)
		if err != nil {
			return err
		}
		for _, o := range append(others, original) {
			if o.ID != a.ID && o.Language == a.Language {
				return fault.New(fault.Invalid, "there is a text in the language %s already: article %d", a.Language, o.ID)
			}
		}
		if err := tx.SetTranslationGroup(ctx, group, original.ID, a.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "join", target(&a), fmt.Sprintf("translation of %d", of))
	})
}
