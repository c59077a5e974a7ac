package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"broadsheet/internal/config"
	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
)

// App is a newspaper's parts, put together. Close it when it is done with.
type App struct {
	Config *config.Config
	Log    *slog.Logger
	DB     *db.DB
	Store  *store.Store
	Disk   *media.Disk
	Desk   *desk.Desk

	changes *page.Changes

	words  string                         // the folder of the newsroom's own words files
	room   atomic.Pointer[media.Darkroom] // for the theme that serves; nil before
	reread chan struct{}                  // that the theme is to be read again
}

// Open opens the paper that c describes: it makes its folder where there is
// none, and brings the schema to this program's version.
func Open(ctx context.Context, c *config.Config, log *slog.Logger) (*App, error) {
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	d, err := openStore(ctx, c, log)
	if err != nil {
		return nil, err
	}
	disk, err := media.OpenDisk(c.PictureDir())
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a := &App{Config: c, Log: log, DB: d, Store: store.New(d), Disk: disk, changes: page.NewChanges(changesRemembered), words: c.WordsDir(), reread: make(chan struct{}, 1)}
	if c.CDN.PurgeURL != "" {
		a.Store.WritePurges()
	}
	a.Desk = desk.New(a.Store, time.Now, a.announce)
	if c.SMTP.On() {
		a.Desk.WriteLetters()
	}
	return a, nil
}

// openStore opens the database and brings its schema to this version; others
// that open it at the same time wait.
func openStore(ctx context.Context, c *config.Config, log *slog.Logger) (*db.DB, error) {
	unlock, err := db.LockFolder(ctx, c.Data)
	if err != nil {
		return nil, err
	}
	defer unlock()
	d, err := openDB(ctx, c)
	if err != nil {
		return nil, err
	}
	steps, err := store.Migrate(ctx, d)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if steps > 0 {
		log.Info("the store was brought to this version", "steps", steps, "store", d.Name)
	}
	return d, nil
}

func openDB(ctx context.Context, c *config.Config) (*db.DB, error) {
	if c.Database != "" {
		return db.OpenPostgres(ctx, string(c.Database))
	}
	return db.OpenSQLite(ctx, c.SQLiteFile())
}

// changesRemembered is how many things may change before older pieces count as
// changed, all of them: some 10 MB.
const changesRemembered = 100_000

// announce is told of each change once, after its commit. When it returns, nobody
// is answered with what was before.
func (a *App) announce(c news.Change) {
	a.changes.Announce(c.Refs)
	a.Log.Debug("changed", "refs", c.Refs)
}

// Close closes the store.
func (a *App) Close() error { return a.DB.Close() }
