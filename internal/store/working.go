package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	workingColumns = `
select staff_id, article_id, based_on, counter, fields, body, saved_at, change_id, change_version, names from working_copy`

	workingCopy         = workingColumns + ` where staff_id = $1 and article_id = $2 and fields is not null`
	workingCopiesOf     = `select staff_id, saved_at from working_copy where article_id = $1 and fields is not null order by saved_at desc, staff_id`
	workingCopiesBefore = `
select article_id, saved_at from working_copy
where staff_id = $1 and fields is not null order by saved_at desc, article_id desc limit $2`

	workingCounter = `select counter from working_copy where staff_id = $1 and article_id = $2`

	putWorkingCopy = `
insert into working_copy (staff_id, article_id, based_on, counter, fields, body, saved_at, change_id, change_version, names)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (staff_id, article_id) do update set based_on = excluded.based_on, counter = excluded.counter, fields = excluded.fields,
	body = excluded.body, saved_at = excluded.saved_at, change_id = excluded.change_id, change_version = excluded.change_version, names = excluded.names`

	dropWorkingCopy = `
insert into working_copy (staff_id, article_id, based_on, counter, fields, body, saved_at) values ($1, $2, 0, $3, null, '', $4)
on conflict (staff_id, article_id) do update set fields = null, body = '', names = '{}', change_id = null, saved_at = excluded.saved_at,
	counter = case when excluded.counter > working_copy.counter then excluded.counter else working_copy.counter end`
)

// WorkingCopy returns what somebody has typed into an article and not saved, or a
// fault of kind NotFound.
func (r Reader) WorkingCopy(ctx context.Context, staff news.StaffID, article news.ArticleID) (news.WorkingCopy, error) {
	type row struct {
		news.WorkingCopy
		fields, body, names string
	}
	got, err := db.One(ctx, r.s, func(c *row) []any {
		return []any{&c.Staff, &c.Article, &c.BasedOn, &c.Counter, db.Null(&c.fields), &c.body, (*db.Millis)(&c.Saved), db.ID(&c.Change), &c.ChangeVersion, &c.names}
	}, workingCopy, staff, article)
	if err != nil {
		return got.WorkingCopy, err
	}
	if err := cmp.Or(json.Unmarshal([]byte(got.fields), &got.Fields), json.Unmarshal([]byte(got.names), &got.Names)); err != nil {
		return got.WorkingCopy, fmt.Errorf("the working copy of article %d can't be read: %w", article, err)
	}
	got.Fields.ID, got.Fields.Body = article, []byte(got.body)
	return got.WorkingCopy, nil
}

// WorkingCounter is the counter of what was kept last of somebody's working copy
// of an article, also when that was dropped since; 0 for none.
func (r Reader) WorkingCounter(ctx context.Context, staff news.StaffID, article news.ArticleID) (int64, error) {
	all, err := db.Values[int64](ctx, r.s, workingCounter, staff, article)
	return sum(all), err
}

// Kept says of a working copy whose and when, without what stands in it.
type Kept struct {
	Staff   news.StaffID
	Article news.ArticleID
	Saved   time.Time
}

// WorkingCopiesOf returns who has a working copy of an article, the newest first.
func (r Reader) WorkingCopiesOf(ctx context.Context, article news.ArticleID) ([]Kept, error) {
	return db.All(ctx, r.s, func(k *Kept) []any {
		k.Article = article
		return []any{&k.Staff, (*db.Millis)(&k.Saved)}
	}, workingCopiesOf, article)
}

// WorkingCopiesBy returns up to n articles of which somebody has a working copy,
// the newest first.
func (r Reader) WorkingCopiesBy(ctx context.Context, staff news.StaffID, n int) ([]Kept, error) {
	return db.All(ctx, r.s, func(k *Kept) []any {
		k.Staff = staff
		return []any{&k.Article, (*db.Millis)(&k.Saved)}
	}, workingCopiesBefore, staff, n)
}

// PutWorkingCopy stores a working copy over the one before. The caller has looked
// at its counter.
func (tx *Tx) PutWorkingCopy(ctx context.Context, c *news.WorkingCopy) error {
	fields, err := revisionFields(&c.Fields)
	if err != nil {
		return err
	}
	names, err := json.Marshal(&c.Names)
	if err != nil {
		return err
	}
	if _, err = db.Exec(ctx, tx.s, putWorkingCopy, c.Staff, c.Article, c.BasedOn, c.Counter, fields, string(c.Fields.Body), c.Saved.UnixMilli(), db.Ref(c.Change), c.ChangeVersion, string(names)); err != nil {
		return err
	}
	typed := c.Fields
	typed.ID = c.Article
	return tx.useInArticle(ctx, &typed, c.Staff)
}

// DropWorkingCopy forgets what a working copy holds. Its counter stays, and is
// counter at least, so that one that was sent before does not come back after.
func (tx *Tx) DropWorkingCopy(ctx context.Context, staff news.StaffID, article news.ArticleID, counter int64, at time.Time) error {
	if _, err := db.Exec(ctx, tx.s, dropWorkingCopy, staff, article, counter, at.UnixMilli()); err != nil {
		return err
	}
	return tx.usePictures(ctx, news.Target{Noun: news.ArticleNoun, ID: int64(article)}, staff, nil)
}
