package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	withdrawalOf = `select article_id, reason, note, withdrawn_by, withdrawn_at from withdrawal where article_id = $1`

	putWithdrawal = `
insert into withdrawal (article_id, reason, note, withdrawn_by, withdrawn_at) values ($1, $2, $3, $4, $5)
on conflict (article_id) do update set reason = excluded.reason, note = excluded.note,
	withdrawn_by = excluded.withdrawn_by, withdrawn_at = excluded.withdrawn_at`
)

// Withdrawal returns why an article was withdrawn the last time, or a fault of kind
// NotFound. Whether it still is, the article says.
func (r Reader) Withdrawal(ctx context.Context, article news.ArticleID) (news.Withdrawal, error) {
	r.note(news.ArticleRef(article))
	return db.One(ctx, r.s, func(w *news.Withdrawal) []any {
		return []any{&w.Article, &w.Reason, &w.Note, &w.By, (*db.Millis)(&w.At)}
	}, withdrawalOf, article)
}

// PutWithdrawal stores why an article is withdrawn, over what was said before.
func (tx *Tx) PutWithdrawal(ctx context.Context, w *news.Withdrawal) error {
	tx.change(news.ArticleRef(w.Article))
	_, err := db.Exec(ctx, tx.s, putWithdrawal, w.Article, w.Reason, w.Note, w.By, w.At.UnixMilli())
	return err
}
