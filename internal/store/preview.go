package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	previewColumns = `select hash, article_id, staff_id, made_by, made_at, ends_at, change_id from preview`
	previewByHash  = previewColumns + ` where hash = $1`
	previewsOf     = previewColumns + ` where article_id = $1 order by made_at desc, hash limit $2`
	insertPreview  = `insert into preview (hash, article_id, staff_id, made_by, made_at, ends_at, change_id) values ($1, $2, $3, $4, $5, $6, $7)`
	endPreview     = `delete from preview where hash = $1 and article_id = $2`
	endPreviews    = `delete from preview where ends_at <= $1`
	renamePreviews = `update preview set made_by = $2 where made_by = $1`
	endPreviewsBy  = `delete from preview where made_by = $1 or staff_id = $2`
	endLinks       = `delete from preview where article_id = $1 and staff_id is null`
)

func previewFields(p *news.Preview) []any {
	return []any{&p.Hash, &p.Article, db.ID(&p.CopyOf), &p.By, (*db.Millis)(&p.Made), (*db.Millis)(&p.Ends), db.ID(&p.Change)}
}

// Preview returns the preview of a token's hash, also one that has ended, or a
// fault of kind NotFound.
func (r Reader) Preview(ctx context.Context, hash string) (news.Preview, error) {
	return db.One(ctx, r.s, previewFields, previewByHash, hash)
}

// PreviewsOf returns up to n previews of an article, the newest first, also those
// that have ended and were not cleared away yet.
func (r Reader) PreviewsOf(ctx context.Context, article news.ArticleID, n int) ([]news.Preview, error) {
	return db.All(ctx, r.s, previewFields, previewsOf, article, n)
}

// InsertPreview stores a preview.
func (tx *Tx) InsertPreview(ctx context.Context, p news.Preview) error {
	_, err := db.Exec(ctx, tx.s, insertPreview, p.Hash, p.Article, db.Ref(p.CopyOf), p.By, p.Made.UnixMilli(), p.Ends.UnixMilli(), db.Ref(p.Change))
	return err
}

// EndPreview forgets a preview of an article, and reports whether there was one.
func (tx *Tx) EndPreview(ctx context.Context, article news.ArticleID, hash string) (bool, error) {
	n, err := db.Exec(ctx, tx.s, endPreview, hash, article)
	return n > 0, err
}

// EndPreviews forgets the previews that have ended at a moment, and returns how
// many.
func (tx *Tx) EndPreviews(ctx context.Context, at time.Time) (int64, error) {
	return db.Exec(ctx, tx.s, endPreviews, at.UnixMilli())
}

// EndLinks forgets the previews of an article that show no working copy: the links
// that were handed to others.
func (tx *Tx) EndLinks(ctx context.Context, article news.ArticleID) error {
	_, err := db.Exec(ctx, tx.s, endLinks, article)
	return err
}

// RenamePreviews has the previews that somebody has made go by what they are called
// now, so that they are still known to be theirs.
func (tx *Tx) RenamePreviews(ctx context.Context, from, to string) error {
	_, err := db.Exec(ctx, tx.s, renamePreviews, from, to)
	return err
}

// EndPreviewsBy forgets the previews that somebody has made, and those of their
// working copies.
func (tx *Tx) EndPreviewsBy(ctx context.Context, by string, id news.StaffID) error {
	_, err := db.Exec(ctx, tx.s, endPreviewsBy, by, id)
	return err
}
