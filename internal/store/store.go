package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// Store is a newspaper's database. Its embedded [Reader] sees the newest
// committed state with each query.
type Store struct {
	Reader
	db      *db.DB
	purges  bool   // whether changes are written down for a CDN
	process string // tells what it writes from what other processes write

	// doubt is whether the outcome of a commit was ever unknown. What this process
	// writes is then heard of like what others write: it may be stored after Update
	// has returned.
	doubt atomic.Bool
}

// Reader reads. Whatever it reads for a page it also notes, as the refs of what
// was shown, where somebody asked for them with [Reader.Noting].
type Reader struct {
	s    db.Session
	note func(...news.Ref)
}

// Tx reads and writes in one transaction, and gathers the refs of what its
// writes change for readers.
type Tx struct {
	Reader
	changed []news.Ref
}

// New makes a Store of an open and migrated database. The caller closes d.
func New(d *db.DB) *Store {
	return &Store{Reader: Reader{s: d.Reads(), note: func(...news.Ref) {}}, db: d, process: rand.Text()}
}

// Engine names the engine below, for messages.
func (s *Store) Engine() db.Engine { return s.db.Engine }

// Noting returns a reader that tells note the refs of what it reads.
func (r Reader) Noting(note func(...news.Ref)) Reader {
	r.note = note
	return r
}

// View calls f with a reader on one snapshot: all that it reads is of one
// moment.
func (s *Store) View(ctx context.Context, f func(Reader) error) error {
	return s.db.View(ctx, func(in db.Session) error { return f(Reader{in, s.note}) })
}

// Update calls f in one writing transaction. When f returns nil and the commit
// has succeeded, the change that f's writes made is returned; its Refs may be
// empty, when readers see nothing of it. With an error it is returned, too, where
// nobody knows whether the commit has succeeded: it must be announced.
func (s *Store) Update(ctx context.Context, now time.Time, f func(*Tx) error) (news.Change, error) {
	tx := &Tx{}
	committing := false
	err := s.db.Update(ctx, func(in db.Session) error {
		tx = &Tx{Reader: Reader{in, s.note}}
		if err := f(tx); err != nil {
			return err
		}
		err := tx.tell(ctx, s, now)
		committing = err == nil
		return err
	})
	if err != nil && !committing {
		return news.Change{}, err
	}
	if err != nil {
		s.doubt.Store(true)
	}
	return news.NewChange(now, tx.changed), err
}

func (tx *Tx) change(refs ...news.Ref) { tx.changed = append(tx.changed, refs...) }

const (
	takeIDs  = `update sequence set next = next + $2 where name = $1 returning next - $2`
	startIDs = `insert into sequence (name, next) values ($1, 1) on conflict (name) do nothing`
)

// newIDs takes n ids for rows of table and returns the first; the others
// follow. On PostgreSQL other transactions that want ids of the same table wait
// until this one ends.
func (tx *Tx) newIDs(ctx context.Context, table string, n int) (int64, error) {
	first, err := db.Values[int64](ctx, tx.s, takeIDs, table, n)
	if err != nil || len(first) == 1 {
		return sum(first), err
	}
	if _, err := db.Exec(ctx, tx.s, startIDs, table); err != nil {
		return 0, err
	}
	return db.Value[int64](ctx, tx.s, takeIDs, table, n)
}

func sum(all []int64) (s int64) {
	for _, v := range all {
		s += v
	}
	return s
}

// idList is ids as one JSON argument, so that a query's text does not depend on
// how many there are.
func idList[T ~int64](ids []T) string {
	b, _ := json.Marshal(ids) // of numbers: can't fail
	if ids == nil {
		return "[]"
	}
	return string(b)
}

func textList(all []string) string {
	b, _ := json.Marshal(all)
	if all == nil {
		return "[]"
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
