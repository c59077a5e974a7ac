package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	correctionsOf    = `select id, article_id, made_at, body from correction where article_id = $1 order by made_at, id`
	insertCorrection = `insert into correction (id, article_id, made_at, body) values ($1, $2, $3, $4)`
)

func correctionFields(c *news.Correction) []any {
	return []any{&c.ID, &c.Article, (*db.Millis)(&c.Made), &c.Text}
}

// Corrections returns an article's corrections, oldest first.
func (r Reader) Corrections(ctx context.Context, of news.ArticleID) ([]news.Correction, error) {
	r.note(news.ArticleBodyRef(of))
	return db.All(ctx, r.s, correctionFields, correctionsOf, of)
}

// InsertCorrection stores a correction and gives it its id.
func (tx *Tx) InsertCorrection(ctx context.Context, c *news.Correction) error {
	id, err := tx.newIDs(ctx, "correction", 1)
	if err != nil {
		return err
	}
	c.ID = news.CorrectionID(id)
	tx.change(news.ArticleBodyRef(c.Article))
	_, err = db.Exec(ctx, tx.s, insertCorrection, c.ID, c.Article, db.Time(c.Made), c.Text)
	return err
}
