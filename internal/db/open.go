package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// OpenSQLite opens the database in the file at path and makes the file, but not
// its folder, where there is none. Readers see snapshots (WAL); what was
// committed survives a power cut (synchronous=FULL).
func OpenSQLite(ctx context.Context, path string) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Dir(abs)); err != nil {
		return nil, fmt.Errorf("the folder of the database is not there: %w", err)
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	d := &DB{Engine: SQLite, Name: abs, write: make(chan *conn, 1), read: make(chan *conn, readers)}
	// Writing connections: the one of Update, and one more for migrations.
	d.pool, err = sqlitePool(abs, 2, "cache_size(-32000)", "journal_size_limit(67108864)", "wal_autocheckpoint(4000)")
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, d.pool, d.write, 1); err != nil {
		d.pool.Close()
		return nil, fmt.Errorf("opening %s: %w", abs, err)
	}
	d.readers, err = sqlitePool(abs, readers+1, "query_only(1)", "cache_size(-4000)")
	if err == nil {
		err = fill(ctx, d.readers, d.read, readers)
	}
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("opening %s: %w", abs, err)
	}
	return d, nil
}

func sqlitePool(path string, size int, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_pragma": append([]string{
		"busy_timeout(2000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)", "temp_store(memory)",
	}, pragmas...)}
	p, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	p.SetMaxOpenConns(size)
	p.SetMaxIdleConns(size)
	return p, nil
}

// fill opens n connections. Their wait for other processes is short, since
// [conn.within] does the waiting.
func fill(ctx context.Context, p *sql.DB, into chan *conn, n int) error {
	for range n {
		c, err := p.Conn(ctx)
		if err != nil {
			return err
		}
		if _, err := c.ExecContext(ctx, "pragma busy_timeout = 5"); err != nil {
			return err
		}
		into <- &conn{c, map[string]*sql.Stmt{}}
	}
	return nil
}

// connections is how many a process has to PostgreSQL, besides the one that
// follows.
const connections = 16

// OpenPostgres opens the database that dsn names, a postgres:// address, and
// asks it one question to see that it is there.
func OpenPostgres(ctx context.Context, dsn string) (*DB, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("the database address can't be read: %w", err)
	}
	d := &DB{Engine: Postgres, Name: fmt.Sprintf("postgres://%s:%d/%s", c.Host, c.Port, c.Database)}
	d.postgres = c
	d.pool = stdlib.OpenDB(*c)
	d.pool.SetMaxOpenConns(connections)
	d.pool.SetMaxIdleConns(connections)
	d.places = make(chan struct{}, connections)
	for range connections {
		d.places <- struct{}{}
	}
	d.pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := d.pool.PingContext(ctx); err != nil {
		d.pool.Close()
		return nil, fmt.Errorf("PostgreSQL at %s does not answer: %w", d.Name, err)
	}
	return d, nil
}
