package store

import (
	"context"
	"encoding/json"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// Every process tells the others what its writes have changed for readers, in the
// transaction of the write: on PostgreSQL by NOTIFY, on SQLite by a row of
// "change", which is read when the file's data version has moved. Its ids are
// SQLite's own, without gaps: the newest row is never deleted.

const (
	insertChange = `insert into change (process, refs) values ($1, $2) returning id`
	pruneChanges = `delete from change where id <= $1`
	changesSince = `select id, process, refs from change where id > $1 order by id`
	lastChange   = `select coalesce(max(id), 0) from change`
)

// mostTold is how long a message to other processes may be, in bytes: NOTIFY
// takes less than 8,000. Longer ones say that everything may have changed.
const mostTold = 7000

// changesKept is how many changes a process on SQLite may be late.
const changesKept = 1000

// everything stands for all refs.
const everything = "*"

// message is what one process tells the others: which it is, then refs.
func message(process string, refs []news.Ref) string {
	all := []string{process}
	for _, r := range refs {
		all = append(all, string(r))
	}
	b, _ := json.Marshal(all) // of texts: can't fail
	if len(b) > mostTold {
		b, _ = json.Marshal([]string{process, everything})
	}
	return string(b)
}

// tell announces to other processes what the transaction has changed.
func (tx *Tx) tell(ctx context.Context, s *Store, now time.Time) error {
	c := news.NewChange(time.Time{}, tx.changed)
	if len(c.Refs) == 0 {
		return nil
	}
	if s.purges {
		if err := tx.queuePurge(ctx, c.Refs, now); err != nil {
			return err
		}
	}
	text := message(s.process, c.Refs)
	if tx.s.Engine == db.Postgres {
		return db.Tell(ctx, tx.s, text)
	}
	id, err := db.Value[int64](ctx, tx.s, insertChange, s.process, text)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, pruneChanges, id-changesKept)
	return err
}

// Changes is told what other processes have changed for readers.
type Changes interface {
	Announce(refs []news.Ref)
	AnnounceAll()
	Pause()  // from now on changes may go untold
	Resume() // no more; what was untold counts as everything
}

// Follow tells c what other processes change, until ctx is done. lost is called
// when that can't be known any more, with the reason.
func (s *Store) Follow(ctx context.Context, c Changes, lost func(error)) {
	s.db.Follow(ctx, &follower{s, c, lost, 0})
}

type follower struct {
	store   *Store
	changes Changes
	lost    func(error)
	last    int64 // change that was read, on SQLite
}

// Up begins to follow.
func (f *follower) Up(ctx context.Context, s db.Session) (err error) {
	if f.store.Engine() == db.SQLite {
		if f.last, err = db.Value[int64](ctx, s, lastChange); err != nil {
			return err
		}
	}
	f.changes.Resume()
	return nil
}

// Down pauses what is kept.
func (f *follower) Down(err error) {
	f.changes.Pause()
	f.lost(err)
}

// Told takes up what was committed.
func (f *follower) Told(ctx context.Context, s db.Session, text string) error {
	if f.store.Engine() == db.Postgres {
		f.take(text)
		return nil
	}
	type row struct {
		id            int64
		process, text string
	}
	rows, err := db.All(ctx, s, func(r *row) []any { return []any{&r.id, &r.process, &r.text} }, changesSince, f.last)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.id != f.last+1 { // older ones were pruned before we came
			f.changes.AnnounceAll()
		}
		f.last = r.id
		f.take(r.text)
	}
	return nil
}

// take announces a message; one that can't be understood is from a newer
// Broadsheet and means everything.
func (f *follower) take(text string) {
	var all []string
	if err := json.Unmarshal([]byte(text), &all); err != nil || len(all) < 2 {
		f.changes.AnnounceAll()
		return
	}
	if all[0] == f.store.process && !f.store.doubt.Load() {
		return
	}
	if all[1] == everything {
		f.changes.AnnounceAll()
		return
	}
	refs := make([]news.Ref, len(all)-1)
	for i, r := range all[1:] {
		refs[i] = news.Ref(r)
	}
	f.changes.Announce(refs)
}
