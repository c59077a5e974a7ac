package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	putPresence = `
insert into presence (article_id, staff_id, seen_at, typing) values ($1, $2, $3, $4)
on conflict (article_id, staff_id) do update set seen_at = excluded.seen_at, typing = excluded.typing`
	dropPresence  = `delete from presence where article_id = $1 and staff_id = $2`
	dropPresences = `delete from presence where seen_at < $1`
	presentSince  = `select staff_id, seen_at, typing from presence where article_id = $1 and seen_at >= $2 order by staff_id`
)

// PresentSince returns who has had an article open at or after a moment.
func (r Reader) PresentSince(ctx context.Context, article news.ArticleID, since time.Time) ([]news.Presence, error) {
	return db.All(ctx, r.s, func(p *news.Presence) []any { return []any{&p.Staff, (*db.Millis)(&p.Seen), &p.Typing} },
		presentSince, article, since.UnixMilli())
}

// PutPresence writes down that somebody has an article open.
func (tx *Tx) PutPresence(ctx context.Context, article news.ArticleID, p news.Presence) error {
	_, err := db.Exec(ctx, tx.s, putPresence, article, p.Staff, p.Seen.UnixMilli(), db.Flag(p.Typing))
	return err
}

// DropPresence writes down that somebody has closed an article.
func (tx *Tx) DropPresence(ctx context.Context, article news.ArticleID, staff news.StaffID) error {
	_, err := db.Exec(ctx, tx.s, dropPresence, article, staff)
	return err
}

// DropPresences forgets who was last heard of before a moment, and returns how
// many.
func (tx *Tx) DropPresences(ctx context.Context, before time.Time) (int64, error) {
	return db.Exec(ctx, tx.s, dropPresences, before.UnixMilli())
}
