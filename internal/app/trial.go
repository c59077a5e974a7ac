package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"broadsheet/internal/backup"
	"broadsheet/internal/config"
)

// OpenTrial opens a copy of the paper that c describes in a temporary folder, on
// SQLite whatever the engine of the original is: what is done to it is real and
// leaves no trace. Pictures are not copied. Where there is no paper yet, the copy
// is an empty one, and none is made. end closes the copy and removes it.
func OpenTrial(ctx context.Context, c *config.Config, log *slog.Logger) (trial *App, end func() error, err error) {
	dir, err := os.MkdirTemp("", "broadsheet-trial-*")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder for the trial: %w", err)
	}
	own := *c
	own.Data, own.Database = dir, ""
	if trial, err = Open(ctx, &own, slog.New(slog.DiscardHandler)); err == nil {
		trial.Log, trial.words = log, c.WordsDir()
		err = trial.copyFrom(ctx, c)
	}
	if err != nil {
		if trial != nil {
			err = errors.Join(err, trial.Close())
		}
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return trial, func() error { return errors.Join(trial.Close(), os.RemoveAll(dir)) }, nil
}

// copyFrom fills the empty paper a with the tables of the one that c describes.
func (a *App) copyFrom(ctx context.Context, c *config.Config) error {
	if c.Database == "" {
		if _, err := os.Stat(c.SQLiteFile()); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	from, err := Open(ctx, c, a.Log)
	if err != nil {
		return err
	}
	defer from.Close()
	if unused, err := from.Store.Unused(ctx); err != nil || unused {
		return err
	}
	f, err := os.CreateTemp(a.Config.Data, "copy-*")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := backup.Write(ctx, from.Store, nil, "", time.Now(), f); err != nil {
		return fmt.Errorf("copying the store: %w", err)
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	b, err := backup.Open(ctx, f, size)
	if err != nil {
		return fmt.Errorf("copying the store: %w", err)
	}
	return b.Restore(ctx, a.Store, a.Disk, time.Now())
}
