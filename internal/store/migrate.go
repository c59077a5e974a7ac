package store

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"

	"broadsheet/internal/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings d's schema to this program's version, each step in one
// transaction, and returns how many steps it took. On PostgreSQL other processes
// that do the same wait; for SQLite see [db.LockFolder]. A database that a newer
// program has written is refused: its schema is not known here.
func Migrate(ctx context.Context, d *db.DB) (int, error) {
	p, err := steps(d)
	if err != nil {
		return 0, fmt.Errorf("reading the migrations: %w", err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return 0, fmt.Errorf("reading the schema's version: %w", err)
	}
	if have > want {
		return 0, fmt.Errorf("the store has schema %d, written by a newer Broadsheet; this one knows schemas up to %d", have, want)
	}
	done, err := p.Up(ctx)
	if err != nil {
		return len(done), fmt.Errorf("migrating the store: %w", err)
	}
	if len(done) > 0 {
		if err := readHeadlines(ctx, d); err != nil {
			return len(done), fmt.Errorf("reading the headlines that are there: %w", err)
		}
	}
	if err := readLibrary(ctx, d); err != nil {
		return len(done), fmt.Errorf("reading which pictures are used where: %w", err)
	}
	return len(done), nil
}

// steps are the migrations for d.
func steps(d *db.DB) (*goose.Provider, error) {
	dialect, options := database.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if d.Engine == db.Postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		dialect, options = database.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, d.SQL(), forEngine{d.Engine}, options...)
}

// forEngine shows the migrations as one engine reads them: without the lines
// tagged for the other.
type forEngine struct{ engine db.Engine }

// Open gives folders as they are and files as the engine's text.
func (f forEngine) Open(name string) (fs.File, error) {
	file, err := migrations.Open(path.Join("migrations", name))
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.IsDir() {
		return file, err
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return &script{name: path.Base(name), rest: []byte(f.engine.Script(string(b)))}, nil
}

// script is one migration as a file.
type script struct {
	name string
	rest []byte
}

func (s *script) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func (s *script) Stat() (fs.FileInfo, error) { return s, nil }
func (s *script) Close() error               { return nil }
func (s *script) Name() string               { return s.name }
func (s *script) Size() int64                { return int64(len(s.rest)) }
func (s *script) Mode() fs.FileMode          { return 0o444 }
func (s *script) ModTime() time.Time         { return time.Time{} }
func (s *script) IsDir() bool                { return false }
func (s *script) Sys() any                   { return nil }
