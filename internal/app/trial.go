package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"broadsheet/internal/backup"
	"broadsheet/internal/config"
)

// Trial opens a copy of the paper in a temporary folder, on SQLite whatever the
// engine of the original is: what is done to it is real and leaves no trace.
// Pictures are not copied. end closes the copy and removes it; a is left open.
func (a *App) Trial(ctx context.Context) (trial *App, end func() error, err error) {
	dir, err := os.MkdirTemp("", "broadsheet-trial-*")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder for the trial: %w", err)
	}
	c := *a.Config
	c.Data, c.Database = dir, ""
	trial, err = a.copyInto(ctx, &c)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return trial, func() error { return errors.Join(trial.Close(), os.RemoveAll(dir)) }, nil
}

// copyInto opens the empty paper of c and fills it with a's tables.
func (a *App) copyInto(ctx context.Context, c *config.Config) (*App, error) {
	f, err := os.CreateTemp(c.Data, "copy-*")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := backup.Write(ctx, a.Store, nil, "", time.Now(), f); err != nil {
		return nil, fmt.Errorf("copying the store: %w", err)
	}
	size, err := f.Seek(0, 1)
	if err != nil {
		return nil, err
	}
	to, err := Open(ctx, c, a.Log)
	if err != nil {
		return nil, err
	}
	if _, err := backup.Restore(ctx, to.Store, to.Disk, time.Now(), f, size); err != nil {
		return nil, errors.Join(fmt.Errorf("copying the store: %w", err), to.Close())
	}
	return to, nil
}
