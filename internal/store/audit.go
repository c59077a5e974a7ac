package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	insertAudit = `insert into audit (id, at, who, verb, noun, target, detail) values ($1, $2, $3, $4, $5, $6, $7)`
	auditBefore = `
select id, at, who, verb, noun, target, detail from audit
where id < $1 order by id desc limit $2`
	auditSince = `
select id, at, who, verb, noun, target, detail from audit
where id >= $1 order by id limit $2`
)

// AuditLine is one line of the log of who did what.
type AuditLine struct {
	ID     int64
	At     time.Time
	Who    string
	Verb   string
	Target news.Target
	Detail string // from which state to which, or what tells most
}

func auditFields(l *AuditLine) []any {
	return []any{&l.ID, (*db.Millis)(&l.At), &l.Who, &l.Verb, &l.Target.Noun, &l.Target.ID, &l.Detail}
}

// AuditBefore returns up to n lines older than the one with that id, the newest
// first.
func (r Reader) AuditBefore(ctx context.Context, id int64, n int) ([]AuditLine, error) {
	return db.All(ctx, r.s, auditFields, auditBefore, id, n)
}

// AuditSince returns up to n lines from the one with that id on, the oldest
// first.
func (r Reader) AuditSince(ctx context.Context, id int64, n int) ([]AuditLine, error) {
	return db.All(ctx, r.s, auditFields, auditSince, id, n)
}

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
