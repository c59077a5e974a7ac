package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const translationsOf = `select id, language, state from article where translation_group = $1 order by language, id`

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
