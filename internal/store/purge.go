package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	insertPurge = `insert into purge (id, refs, due_at) values ($1, $2, $3)`
	duePurges   = `select id, refs, round, attempts from purge where due_at <= $1 order by due_at, id limit $2`
	delayPurge  = `update purge set round = $2, attempts = $3, due_at = $4 where id = $1`
	dropPurge   = `delete from purge where id = $1`
	purgeCount  = `select count(*) from purge`
)

// Purge is a change that a CDN is to be told of. Refs is nil where everything may
// have changed.
type Purge struct {
	ID       int64
	Refs     []news.Ref
	Round    int // how often it was told already
	Attempts int // that have failed since
}

// WritePurges has every change written down for a CDN, in its transaction, from
// now on: before the store is used.
func (s *Store) WritePurges() { s.purges = true }

// queuePurge writes down what the transaction has changed.
func (tx *Tx) queuePurge(ctx context.Context, refs []news.Ref, at time.Time) error {
	all := make([]string, len(refs))
	for i, r := range refs {
		all[i] = string(r)
	}
	b, _ := json.Marshal(all) // of texts: can't fail
	if len(b) > mostTold {
		b = []byte("[]")
	}
	id, err := tx.newIDs(ctx, "purge", 1)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, insertPurge, id, string(b), at.UnixMilli())
	return err
}

// PurgeEverything has the CDN told that everything may have changed.
func (tx *Tx) PurgeEverything(ctx context.Context, at time.Time) error {
	return tx.queuePurge(ctx, nil, at)
}

// DuePurges returns up to n changes of which a CDN is to be told at t, those due
// earliest first.
func (r Reader) DuePurges(ctx context.Context, t time.Time, n int) ([]Purge, error) {
	type row struct {
		Purge
		refs string
	}
	rows, err := db.All(ctx, r.s, func(r *row) []any { return []any{&r.ID, &r.refs, &r.Round, &r.Attempts} }, duePurges, t.UnixMilli(), n)
	if err != nil {
		return nil, err
	}
	list := make([]Purge, len(rows))
	for i, row := range rows {
		list[i] = row.Purge
		if err := json.Unmarshal([]byte(row.refs), &list[i].Refs); err != nil {
			return nil, fmt.Errorf("the change %d for the CDN can't be read: %w", row.ID, err)
		}
	}
	return list, nil
}

// DelayPurge has a CDN told at t, for that round and after so many attempts.
func (tx *Tx) DelayPurge(ctx context.Context, p Purge, at time.Time) error {
	_, err := db.Exec(ctx, tx.s, delayPurge, p.ID, p.Round, p.Attempts, at.UnixMilli())
	return err
}

// DropPurge forgets a change of which the CDN was told.
func (tx *Tx) DropPurge(ctx context.Context, id int64) error {
	_, err := db.Exec(ctx, tx.s, dropPurge, id)
	return err
}

// PurgeCount is how many changes wait for a CDN.
func (r Reader) PurgeCount(ctx context.Context) (int, error) {
	return db.Value[int](ctx, r.s, purgeCount)
}
