package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	translationsOf = `select id, language, state from article where translation_group = $1 order by language, id`

	setTranslationGroup = `update article set translation_group = $2 where id = $1`
)

// Translations returns the id, language and state of every article of a group,
// in any state, by language.
func (r Reader) Translations(ctx context.Context, group news.ArticleID) ([]news.Article, error) {
	if group == 0 {
		return nil, nil
	}
	list, err := db.All(ctx, r.s, func(a *news.Article) []any { return []any{&a.ID, &a.Language, &a.State} }, translationsOf, group)
	r.note(news.TranslationsRef(group))
	return list, err
}

// SetTranslationGroup puts articles into a group of translations. Their versions
// stay: no text has changed.
func (tx *Tx) SetTranslationGroup(ctx context.Context, group news.ArticleID, ids ...news.ArticleID) error {
	tx.change(news.TranslationsRef(group)) // their pages name the new one
	for _, id := range ids {
		if _, err := db.Exec(ctx, tx.s, setTranslationGroup, id, group); err != nil {
			return err
		}
		tx.change(news.ArticleRef(id), news.ArticleBodyRef(id))
	}
	return nil
}
