package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// JoinTranslation says that an article, as of the version that the caller has seen,
// is the text of another one in another language. Both are then of one group, with
// all that the other one was joined with before; two in one language are an Invalid
// fault. The other one is written, too, when it had no group yet.
func (d *Desk) JoinTranslation(ctx context.Context, who Who, id news.ArticleID, version int, of news.ArticleID) error {
	return d.write(ctx, who, "join", id, version, func(ctx context.Context, tx *store.Tx, a *news.Article, now time.Time) error {
		return joinGroup(ctx, tx, who, a, of, now)
	})
}

// joinGroup makes an article one of the group of another one.
func joinGroup(ctx context.Context, tx *store.Tx, who Who, a *news.Article, of news.ArticleID, now time.Time) error {
	original, err := tx.Article(ctx, of)
	if err != nil {
		return err
	}
	if of == a.ID {
		return fault.New(fault.Invalid, "an article is no translation of itself")
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
	a.TranslationGroup = group
	if original.TranslationGroup == group {
		return nil
	}
	return beginGroup(ctx, tx, who, original, now)
}

// beginGroup makes an article the first of a group of translations.
func beginGroup(ctx context.Context, tx *store.Tx, who Who, before news.Article, now time.Time) error {
	all, err := tx.Sections(ctx)
	if err != nil {
		return err
	}
	a := before
	a.TranslationGroup, a.Changed = a.ID, now
	if err := tx.UpdateArticle(ctx, &before, &a, all, string(who), "join"); err != nil {
		return err
	}
	return tx.Audit(ctx, now, string(who), "join", target(&a), "the first of a group of translations")
}
