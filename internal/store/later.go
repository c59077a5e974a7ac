package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	laterColumns = `
select id, article_id, based_on, fields, body, due_at, says_updated, state, reason, made_by, made_at, failed_at, version from later_change`

	laterByID = laterColumns + ` where id = $1`
	// What waits for a person stands last, of the hours the next one first.
	latersOfArticle = laterColumns + ` where article_id = $1 order by due_at nulls last, id limit $2`
	latersAfter     = laterColumns + `
where state = 'waiting' and due_at is not null and (due_at, id) > ($1, $2) order by due_at, id limit $3`
	latersKept   = laterColumns + ` where state = 'waiting' and due_at is null and id < $1 order by id desc limit $2`
	latersFailed = laterColumns + ` where state = 'failed' and id < $1 order by id desc limit $2`

	latersDue = `
select id, article_id from later_change where state = 'waiting' and due_at is not null and due_at <= $1 order by due_at, id limit $2`

	insertLater = `
insert into later_change (id, article_id, based_on, fields, body, due_at, says_updated, state, reason, made_by, made_at, failed_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	updateLater = `
update later_change set article_id = $2, based_on = $3, fields = $4, body = $5, due_at = $6, says_updated = $7, state = $8, reason = $9,
	made_by = $10, made_at = $11, failed_at = $12, version = version + 1
where id = $1 and version = $13`
	deleteLater = `delete from later_change where id = $1 and version = $2`
)

// laterRow is a change as it is scanned.
type laterRow struct {
	news.LaterChange
	fields, body string
	updated      bool
}

func laterFields(c *laterRow) []any {
	return []any{&c.ID, &c.Article, &c.BasedOn, &c.fields, &c.body, (*db.Millis)(&c.Due), &c.updated, &c.State, &c.Reason, &c.By,
		(*db.Millis)(&c.Made), (*db.Millis)(&c.Failed), &c.Version}
}

func (r Reader) laters(ctx context.Context, q string, args ...any) ([]news.LaterChange, error) {
	var list []news.LaterChange
	return list, db.Each(ctx, r.s, laterFields, func(row *laterRow) error {
		c := row.LaterChange
		if err := json.Unmarshal([]byte(row.fields), &c.Fields); err != nil {
			return fmt.Errorf("the change %d of article %d can't be read: %w", c.ID, c.Article, err)
		}
		c.Fields.ID, c.Fields.Body, c.Updated = c.Article, []byte(row.body), row.updated
		list = append(list, c)
		return nil
	}, q, args...)
}

// LaterChange returns a change of a live article that is yet to be put in, or a
// fault of kind NotFound.
func (r Reader) LaterChange(ctx context.Context, id news.LaterID) (news.LaterChange, error) {
	list, err := r.laters(ctx, laterByID, id)
	if err != nil || len(list) == 0 {
		if err == nil {
			err = fault.New(fault.NotFound, "this change is not there (any more)")
		}
		return news.LaterChange{}, err
	}
	return list[0], nil
}

// LaterChangesOf returns up to n changes that wait for an article or could not be
// put in: by their hours, those without one last.
func (r Reader) LaterChangesOf(ctx context.Context, article news.ArticleID, n int) ([]news.LaterChange, error) {
	return r.laters(ctx, latersOfArticle, article, n)
}

// LaterChangesFrom returns up to n changes with an hour, the next one first: those
// after an hour and id, which are zero for the first ones.
func (r Reader) LaterChangesFrom(ctx context.Context, due time.Time, id news.LaterID, n int) ([]news.LaterChange, error) {
	after := int64(0)
	if !due.IsZero() {
		after = due.UnixMilli()
	}
	return r.laters(ctx, latersAfter, after, id, n)
}

// LaterChangesKept returns up to n changes that wait for a person, before an id, the
// newest first.
func (r Reader) LaterChangesKept(ctx context.Context, before news.LaterID, n int) ([]news.LaterChange, error) {
	return r.laters(ctx, latersKept, before, n)
}

// LaterChangesFailed returns up to n changes that could not be put in, likewise.
func (r Reader) LaterChangesFailed(ctx context.Context, before news.LaterID, n int) ([]news.LaterChange, error) {
	return r.laters(ctx, latersFailed, before, n)
}

// LaterChangesDue returns up to n changes whose hour has come at t, in the order in
// which they are put in, each with no more than its id and article.
func (r Reader) LaterChangesDue(ctx context.Context, t time.Time, n int) ([]news.LaterChange, error) {
	return db.All(ctx, r.s, func(c *news.LaterChange) []any { return []any{&c.ID, &c.Article} }, latersDue, db.Time(t), n)
}

func laterValues(c *news.LaterChange) ([]any, error) {
	fields, err := revisionFields(&c.Fields)
	return []any{c.ID, c.Article, c.BasedOn, fields, string(c.Fields.Body), db.Time(c.Due), db.Flag(c.Updated), c.State, c.Reason, c.By,
		c.Made.UnixMilli(), db.Time(c.Failed), c.Version}, err
}

// InsertLaterChange stores a new change and gives it its id; its Version becomes 1.
func (tx *Tx) InsertLaterChange(ctx context.Context, c *news.LaterChange) error {
	id, err := tx.newIDs(ctx, "later_change", 1)
	if err != nil {
		return err
	}
	c.ID, c.Version = news.LaterID(id), 1
	row, err := laterValues(c)
	if err != nil {
		return err
	}
	if _, err = db.Exec(ctx, tx.s, insertLater, row...); err != nil {
		return err
	}
	return tx.useInChange(ctx, c)
}

// useInChange stores which pictures stand in a change, so that none of them is
// deleted while it waits.
func (tx *Tx) useInChange(ctx context.Context, c *news.LaterChange) error {
	now, err := tx.standingIn(ctx, &c.Fields)
	if err != nil {
		return err
	}
	return tx.usePictures(ctx, laterTarget(c.ID), 0, now)
}

func laterTarget(id news.LaterID) news.Target {
	return news.Target{Noun: news.LaterNoun, ID: int64(id)}
}

// UpdateLaterChange stores a change over the version that it was read at, and
// reports whether that was still there. c.Version becomes the new one.
func (tx *Tx) UpdateLaterChange(ctx context.Context, c *news.LaterChange) (bool, error) {
	row, err := laterValues(c)
	if err != nil {
		return false, err
	}
	n, err := db.Exec(ctx, tx.s, updateLater, row...)
	if err != nil || n == 0 {
		return false, err
	}
	c.Version++
	return true, tx.useInChange(ctx, c)
}

// DeleteLaterChange takes away a change as of the version that it was read at, and
// reports whether that was still there: of several who ask, one is told so.
func (tx *Tx) DeleteLaterChange(ctx context.Context, id news.LaterID, version int) (bool, error) {
	n, err := db.Exec(ctx, tx.s, deleteLater, id, version)
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.usePictures(ctx, laterTarget(id), 0, nil)
}
