package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Follower is told of what is committed to a database, by whatever process. On
// SQLite it is given a connection of its own, for which it need not wait however
// many read; on PostgreSQL it needs none.
type Follower interface {
	// Up tells that from now on nothing goes unnoticed; what was committed before
	// may have.
	Up(ctx context.Context, s Session) error
	// Told gives what a writer said with [Tell], on PostgreSQL; on SQLite it tells
	// that something was committed, with "".
	Told(ctx context.Context, s Session, text string) error
	// Down tells that commits may go unnoticed, and why.
	Down(err error)
}

// How soon a commit is noticed on SQLite, and a lost connection on PostgreSQL.
const (
	pollEvery   = 50 * time.Millisecond
	heartbeat   = 500 * time.Millisecond
	beatTimeout = time.Second
	retryEvery  = 250 * time.Millisecond
)

// Follow tells f of what is committed until ctx is done. It has a connection of
// its own, on PostgreSQL one straight to the server: a pooler that hands
// connections on between transactions loses what LISTEN is told. That the
// connection is dead is noticed within two seconds; it is then opened anew for as
// long as that takes.
func (d *DB) Follow(ctx context.Context, f Follower) {
	for {
		var err error
		if d.Engine == Postgres {
			err = d.listen(ctx, f)
		} else {
			err = d.poll(ctx, f)
		}
		if ctx.Err() != nil {
			return
		}
		f.Down(err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(retryEvery):
		}
	}
}

const channelName = `select 'broadsheet.' || current_schema()`

// Tell has a commit on PostgreSQL told to all followers, text of up to 7,999
// bytes with it.
func Tell(ctx context.Context, s Session, text string) error {
	_, err := s.in.ExecContext(ctx, `select pg_notify('broadsheet.' || current_schema(), $1)`, text)
	return wrap(err)
}

// listen follows on one connection until that is lost.
func (d *DB) listen(ctx context.Context, f Follower) error {
	opening, stop := context.WithTimeout(ctx, 2*time.Second)
	defer stop()
	c, err := pgx.ConnectConfig(opening, d.postgres)
	if err != nil {
		return err
	}
	defer func() {
		closing, stop := context.WithTimeout(context.WithoutCancel(ctx), beatTimeout)
		defer stop()
		c.Close(closing)
	}()
	var channel string
	if err := c.QueryRow(opening, channelName).Scan(&channel); err != nil {
		return err
	}
	if _, err := c.Exec(opening, "listen "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	if err := f.Up(ctx, d.Reads()); err != nil {
		return err
	}
	for {
		waiting, stop := context.WithTimeout(ctx, heartbeat)
		n, err := c.WaitForNotification(waiting)
		stop()
		switch {
		case err == nil:
			if err := f.Told(ctx, d.Reads(), n.Payload); err != nil {
				return err
			}
		case ctx.Err() != nil:
			return ctx.Err()
		case !errors.Is(err, context.DeadlineExceeded):
			return err
		default: // nothing was told; is anybody there?
			asking, stop := context.WithTimeout(ctx, beatTimeout)
			_, err := c.Exec(asking, "select 1")
			stop()
			if err != nil {
				return err
			}
		}
	}
}

// poll looks every few milliseconds whether anybody has committed to the file. It
// reads nothing but a counter in shared memory.
func (d *DB) poll(ctx context.Context, f Follower) error {
	c, err := d.readers.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	own := Session{d.Engine, d, &conn{c, map[string]*sql.Stmt{}}}
	version := func() (v int64, err error) {
		err = c.QueryRowContext(ctx, "pragma data_version").Scan(&v)
		return v, err
	}
	before, err := version()
	if err != nil {
		return err
	}
	if err := f.Up(ctx, own); err != nil {
		return err
	}
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		now, err := version()
		if err != nil {
			return fmt.Errorf("looking for commits: %w", err)
		}
		if now != before {
			before = now
			if err := f.Told(ctx, own, ""); err != nil {
				return err
			}
		}
	}
}
