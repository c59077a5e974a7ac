package store

import (
	"context"
	"math"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	correctionColumns = `
select c.id, c.article_id, c.made_at, c.body, c.amended_at, c.removed_at, c.version from correction c`

	correctionByID = correctionColumns + ` where c.id = $1`
	correctionsOf  = correctionColumns + ` where c.article_id = $1 and c.removed_at is null order by c.made_at, c.id`
	correctionsAll = correctionColumns + ` where c.article_id = $1 order by c.made_at desc, c.id desc limit $2`

	correctionsBefore = correctionColumns + ` join article a on a.id = c.article_id and a.state = 'published'
where c.removed_at is null and (c.made_at, c.id) < ($1, $2) order by c.made_at desc, c.id desc limit $3`
	correctionStands = `
select exists (select 1 from correction c join article a on a.id = c.article_id and a.state = 'published'
where c.removed_at is null and c.made_at = $1 and c.id = $2)`
	hasCorrections = `select exists (select 1 from correction where article_id = $1 and removed_at is null)`

	correctionHistory = `
select correction_id, version, ended_at, ended_by, body from correction_before
where correction_id in (select value from json_each($1)) -- sqlite
where correction_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
order by correction_id, version desc`

	insertCorrection = `insert into correction (id, article_id, made_at, body) values ($1, $2, $3, $4)`
	updateCorrection = `
update correction set body = $3, amended_at = $4, removed_at = $5, version = version + 1 where id = $1 and version = $2`
	insertCorrectionBefore = `
insert into correction_before (correction_id, version, ended_at, ended_by, body) values ($1, $2, $3, $4, $5)`
)

func correctionFields(c *news.Correction) []any {
	return []any{&c.ID, &c.Article, (*db.Millis)(&c.Made), &c.Text, (*db.Millis)(&c.Amended), (*db.Millis)(&c.Removed), &c.Version}
}

// Correction returns a correction, also one that was removed, or a fault of kind
// NotFound.
func (r Reader) Correction(ctx context.Context, id news.CorrectionID) (news.Correction, error) {
	return db.One(ctx, r.s, correctionFields, correctionByID, id)
}

// Corrections returns an article's corrections, oldest first.
func (r Reader) Corrections(ctx context.Context, of news.ArticleID) ([]news.Correction, error) {
	r.note(news.ArticleCorrectionsRef(of))
	return db.All(ctx, r.s, correctionFields, correctionsOf, of)
}

// AllCorrections returns up to n corrections of an article, those that were removed
// among them, the newest first. It is for no page of readers.
func (r Reader) AllCorrections(ctx context.Context, of news.ArticleID, n int) ([]news.Correction, error) {
	return db.All(ctx, r.s, correctionFields, correctionsAll, of, n)
}

// LatestCorrections returns up to n corrections of public articles, newest first,
// beginning after a place.
func (r Reader) LatestCorrections(ctx context.Context, after news.CorrectionPlace, n int) ([]news.Correction, error) {
	r.note(news.CorrectionsRef)
	at, id := int64(math.MaxInt64), int64(math.MaxInt64)
	if !after.IsZero() {
		at, id = after.Made.UnixMilli(), int64(after.ID)
	}
	return db.All(ctx, r.s, correctionFields, correctionsBefore, at, id, n)
}

// StandsCorrected reports whether a correction that readers see stands at a place.
func (r Reader) StandsCorrected(ctx context.Context, p news.CorrectionPlace) (bool, error) {
	r.note(news.CorrectionsRef)
	return db.Value[bool](ctx, r.s, correctionStands, p.Made.UnixMilli(), p.ID)
}

// CorrectionsBefore returns what corrections said before they were amended or
// removed, the newest first, by correction. It is for no page of readers.
func (r Reader) CorrectionsBefore(ctx context.Context, ids []news.CorrectionID) (map[news.CorrectionID][]news.CorrectionBefore, error) {
	all := map[news.CorrectionID][]news.CorrectionBefore{}
	fields := func(c *news.CorrectionBefore) []any {
		return []any{&c.Correction, &c.Version, (*db.Millis)(&c.Until), &c.By, &c.Text}
	}
	return all, db.Each(ctx, r.s, fields, func(c *news.CorrectionBefore) error {
		all[c.Correction] = append(all[c.Correction], *c)
		return nil
	}, correctionHistory, idList(ids))
}

// InsertCorrection stores a correction and gives it its id.
func (tx *Tx) InsertCorrection(ctx context.Context, c *news.Correction) error {
	id, err := tx.newIDs(ctx, "correction", 1)
	if err != nil {
		return err
	}
	c.ID, c.Version = news.CorrectionID(id), 1
	tx.change(news.ArticleCorrectionsRef(c.Article), news.CorrectionsRef)
	_, err = db.Exec(ctx, tx.s, insertCorrection, c.ID, c.Article, db.Time(c.Made), c.Text)
	return err
}

// UpdateCorrection stores a correction over the version that it was read at, with
// what it said before, and reports whether that was still there; c.Version becomes
// the new one.
func (tx *Tx) UpdateCorrection(ctx context.Context, before, c *news.Correction, at time.Time, by string) (bool, error) {
	n, err := db.Exec(ctx, tx.s, updateCorrection, c.ID, c.Version, c.Text, db.Time(c.Amended), db.Time(c.Removed))
	if err != nil || n == 0 {
		return false, err
	}
	tx.change(news.ArticleCorrectionsRef(c.Article), news.CorrectionsRef)
	_, err = db.Exec(ctx, tx.s, insertCorrectionBefore, c.ID, c.Version, at.UnixMilli(), by, before.Text)
	c.Version++
	return true, err
}

// correctionsAppear gathers that an article's corrections come into their list, or
// leave it, with the article.
func (tx *Tx) correctionsAppear(ctx context.Context, before, a *news.Article) error {
	if before.Public() == a.Public() {
		return nil
	}
	some, err := db.Value[bool](ctx, tx.s, hasCorrections, a.ID)
	if err == nil && some {
		tx.change(news.CorrectionsRef)
	}
	return err
}
