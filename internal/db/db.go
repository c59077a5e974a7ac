package db

import (
	"context"
	"database/sql"
	"time"

	"github.com/jackc/pgx/v5"

	"broadsheet/internal/fault"
)

// DB is an open database. It is safe for use by many goroutines; Close it when
// none is left.
type DB struct {
	Engine Engine
	Name   string // what was opened, without a password

	postgres *pgx.ConnConfig // nil on SQLite

	pool    *sql.DB       // PostgreSQL: all connections; SQLite: the one that writes
	places  chan struct{} // PostgreSQL only: one for each connection that may be open and nobody uses
	readers *sql.DB       // SQLite only
	write   chan *conn    // SQLite only: holds the one writer while nobody uses it
	read    chan *conn    // SQLite only: the readers that nobody uses
	texts   texts
}

// longestWait is how long a reader waits for a connection. Who would wait longer is
// told so: there is more to read than the machine can.
const longestWait = 5 * time.Second

var errNoConnection = fault.New(fault.Unavailable, "too much is read at once")

// Session is where queries run: inside one transaction, or, for the Session of
// [DB.Reads], each query by itself.
type Session struct {
	Engine Engine
	db     *DB
	in     runner // nil outside of a transaction
}

// runner is what a transaction and a pool of connections have in common.
type runner interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
}

// Reads is a session whose queries each see the newest committed state.
func (d *DB) Reads() Session { return Session{Engine: d.Engine, db: d} }

// View runs f on one snapshot: all its queries see the same state. Where no
// connection is free for five seconds, it is a fault of kind Unavailable.
func (d *DB) View(ctx context.Context, f func(Session) error) error {
	if d.Engine == Postgres {
		place, err := borrow(ctx, d.places, longestWait)
		if err != nil {
			return err
		}
		defer func() { d.places <- place }()
		tx, err := d.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead})
		if err != nil {
			return wrap(err)
		}
		defer tx.Rollback()
		return f(Session{d.Engine, d, tx})
	}
	c, err := borrow(ctx, d.read, longestWait)
	if err != nil {
		return err
	}
	defer func() { d.read <- c }()
	return c.within(ctx, "begin", func() error { return f(Session{d.Engine, d, c}) })
}

// writerLock names the advisory lock that a writer holds on PostgreSQL: any
// number that nobody else uses in this database.
const writerLock = 0x62726f6164 // "broad"

// Update runs f in one writing transaction, commits it when f returns nil and
// rolls it back otherwise. There is one writer at a time in all processes
// together: Update waits for its turn, on SQLite and in this process in the
// order of the calls.
func (d *DB) Update(ctx context.Context, f func(Session) error) error {
	if d.Engine == Postgres {
		place, err := borrow(ctx, d.places, forever)
		if err != nil {
			return err
		}
		defer func() { d.places <- place }()
		tx, err := d.pool.BeginTx(ctx, nil)
		if err != nil {
			return wrap(err)
		}
		defer tx.Rollback()
		// One writer at a time, as on SQLite: rules that look before they write (is
		// this path free?) hold on both.
		if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock($1)", writerLock); err != nil {
			return wrap(err)
		}
		if err := f(Session{d.Engine, d, tx}); err != nil {
			return err
		}
		return wrap(tx.Commit())
	}
	c, err := borrow(ctx, d.write, forever)
	if err != nil {
		return err
	}
	defer func() { d.write <- c }()
	return c.within(ctx, "begin immediate", func() error { return f(Session{d.Engine, d, c}) })
}

// Close closes every connection that nobody uses. Sessions must not be used any
// more: they fail.
func (d *DB) Close() error {
	for _, free := range []chan *conn{d.write, d.read} {
		for range len(free) {
			c := <-free
			c.Close() // what it says, the pool says too
			free <- c
		}
	}
	err := d.pool.Close()
	if d.readers != nil {
		if e := d.readers.Close(); err == nil {
			err = e
		}
	}
	return err
}

// SQL returns the connections that may write, for migrations; on SQLite it has
// a connection of its own besides the one that Update uses.
func (d *DB) SQL() *sql.DB { return d.pool }

// Prepare has the engine read q and forgets it again: for the test that every
// query is understood by both engines.
func (d *DB) Prepare(ctx context.Context, q string) error {
	st, err := d.pool.PrepareContext(ctx, d.Engine.Text(q))
	if err != nil {
		return err
	}
	return st.Close()
}

// runner returns where one query of s runs, and how to give it back.
func (s Session) runner(ctx context.Context) (runner, func(), error) {
	switch {
	case s.in != nil:
		return s.in, func() {}, nil
	case s.Engine == Postgres:
		place, err := borrow(ctx, s.db.places, longestWait)
		return s.db.pool, func() { s.db.places <- place }, err
	}
	c, err := borrow(ctx, s.db.read, longestWait)
	if err != nil {
		return nil, nil, err
	}
	return c, func() { s.db.read <- c }, nil
}

// forever is how long a writer waits for its turn: until its context is done.
const forever time.Duration = 0

// borrow takes what is free, or becomes free before ctx is done and within most.
func borrow[T any](ctx context.Context, from chan T, most time.Duration) (it T, err error) {
	select {
	case it = <-from:
		return it, nil
	default:
	}
	var late <-chan time.Time // never, for a nil channel
	if most != forever {
		late = time.After(most)
	}
	select {
	case it = <-from:
		return it, nil
	case <-late:
		return it, errNoConnection
	case <-ctx.Done():
		return it, ctx.Err()
	}
}

// conn is one SQLite connection and the statements prepared on it, which last
// as long as it does. The texts in use are few: constants, and the
// combinations that lists are put together from.
type conn struct {
	*sql.Conn
	stmts map[string]*sql.Stmt
}

// QueryContext runs a statement that was prepared once.
func (c *conn) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	st, err := c.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// ExecContext is QueryContext for a statement that returns no rows.
func (c *conn) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	st, err := c.stmt(ctx, q)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args...)
}

func (c *conn) stmt(ctx context.Context, q string) (*sql.Stmt, error) {
	if st := c.stmts[q]; st != nil {
		return st, nil
	}
	st, err := c.PrepareContext(ctx, q)
	if err == nil {
		c.stmts[q] = st
	}
	return st, err
}

// within runs f between begin and commit. Another process may be writing:
// SQLite's own wait sleeps up to 100 ms between two looks and so would miss the
// short gaps that an import leaves for others, so begin is tried every
// millisecond instead.
func (c *conn) within(ctx context.Context, begin string, f func() error) (err error) {
	const patience, pause = 30 * time.Second, time.Millisecond
	for start := time.Now(); ; {
		_, err := c.ExecContext(ctx, begin)
		if err == nil {
			break
		}
		if !busy(err) || time.Since(start) > patience {
			return wrap(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	done := false
	defer func() {
		if !done { // f failed or panicked; the caller's context may be over, the rollback still has to happen
			c.ExecContext(context.WithoutCancel(ctx), "rollback")
		}
	}()
	if err := f(); err != nil {
		return err
	}
	// A commit that was broken off may have been stored all the same, and nobody
	// would know.
	if _, err := c.ExecContext(context.WithoutCancel(ctx), "commit"); err != nil {
		return wrap(err)
	}
	done = true
	return nil
}
