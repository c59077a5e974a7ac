package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const insertAudit = `insert into audit (id, at, who, verb, noun, target, detail) values ($1, $2, $3, $4, $5, $6, $7)`

// Audit writes down who did what to which thing. There is no way to change or
// remove such a line.
func (tx *Tx) Audit(ctx context.Context, at time.Time, who, verb string, t news.Target, detail string) error {
	id, err := tx.newIDs(ctx, "audit", 1)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, insertAudit, id, at.UnixMilli(), who, verb, t.Noun, t.ID, detail)
	return err
}
