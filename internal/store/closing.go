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

// closedBeforeSetting is the row of the mark: the comments of stories are closed
// that were published before it. It is written by time, and no page compares with
// the present time.
const closedBeforeSetting = "comments closed before"

const (
	closingStories = `
select id, published_at from article
where state = 'published' and kind = 'story' and comments <> 'closed' and published_at >= $1 and published_at < $2
order by published_at, id
limit $3`

	stopArticles = `lock table article in share mode -- postgres`

	moveSetting = `
insert into setting (name, value) values ($1, $2)
on conflict (name) do update set value = excluded.value where setting.value = $3`
)

// ClosedBefore returns the moment before which a story must have been published to
// take no comments any more, zero for none, as what a page shows of article id.
func (r Reader) ClosedBefore(ctx context.Context, id news.ArticleID) (time.Time, error) {
	r.note(news.ArticleClosingRef(id))
	return r.ClosedMark(ctx)
}

// ClosedMark is ClosedBefore for whoever moves it.
func (r Reader) ClosedMark(ctx context.Context) (t time.Time, err error) {
	value, err := db.Value[string](ctx, r.s, settingByName, closedBeforeSetting)
	if fault.Is(err, fault.NotFound) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	if err := json.Unmarshal([]byte(value), &t); err != nil {
		return t, fmt.Errorf("when comments close, %q, can't be read: %w", value, err)
	}
	return t, nil
}

// Closing returns up to n public stories that were published from one moment until
// before another, oldest first, each with no more than its id and that time. Those
// that take no comments anyway are left out.
func (r Reader) Closing(ctx context.Context, from, until time.Time, n int) ([]news.Teaser, error) {
	fields := func(t *news.Teaser) []any { return []any{&t.ID, (*db.Millis)(&t.Published)} }
	return db.All(ctx, r.s, fields, closingStories, from.UnixMilli(), until.UnixMilli(), n)
}

// StopArticles has other transactions write no article until this one ends, and
// waits for those that do: what is then read of articles is all of them.
func (tx *Tx) StopArticles(ctx context.Context) error {
	if tx.s.Engine != db.Postgres {
		return nil // one transaction writes at a time
	}
	_, err := db.Exec(ctx, tx.s, stopArticles)
	return err
}

// MoveClosed moves the mark from where it was read, and closes the comments of these
// stories by that; false when somebody else has moved it meanwhile.
func (tx *Tx) MoveClosed(ctx context.Context, from, to time.Time, closed []news.Teaser) (bool, error) {
	n, err := db.Exec(ctx, tx.s, moveSetting, closedBeforeSetting, closedValue(to), closedValue(from))
	if err != nil || n == 0 {
		return false, err
	}
	for _, t := range closed {
		tx.change(news.ArticleClosingRef(t.ID))
	}
	return true, nil
}

// PutClosed stores the mark wherever it was: with the settings, of which every page
// shows something.
func (tx *Tx) PutClosed(ctx context.Context, to time.Time) error {
	tx.change(news.SettingsRef)
	_, err := db.Exec(ctx, tx.s, putSetting, closedBeforeSetting, closedValue(to))
	return err
}

// closedValue is a moment as it is stored: equal ones are equal texts.
func closedValue(t time.Time) string {
	b, _ := json.Marshal(t.UTC().Truncate(time.Millisecond)) // of a year with four digits: can't fail
	return string(b)
}
