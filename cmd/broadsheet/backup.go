package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/internal/app"
	"broadsheet/internal/backup"
	"broadsheet/internal/config"
	"broadsheet/internal/fault"
)

func backUp(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("backup")
	flags := config.AddFlags(fs, storeFlags...)
	words, err := t.parse(fs, args, 1, 1)
	if err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	m, err := writeBackup(ctx, a, words[0])
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s holds %d articles, %d comments and %d pictures\n", words[0],
		m.Tables["article"].Rows, m.Tables["comment"].Rows, m.Pictures)
	if len(m.Damaged) > 0 {
		return fault.New(fault.Unavailable, "these pictures are damaged on the disk and are not in the backup: %s", strings.Join(m.Damaged, ", "))
	}
	return nil
}

// writeBackup writes to a file beside the one that is wanted and renames it when
// it is whole, so that a backup that fails never takes the place of a good one.
func writeBackup(ctx context.Context, a *app.App, path string) (m backup.Manifest, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".broadsheet-backup-*")
	if err != nil {
		return m, fault.Wrap(fault.Invalid, err, "the backup can't be written there")
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	if m, err = backup.Write(ctx, a.Store, a.Disk, versionName(), time.Now(), f); err != nil {
		return m, err
	}
	if err = f.Sync(); err != nil {
		return m, err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return m, err
	}
	return m, f.Close()
}

func restore(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("restore")
	flags := config.AddFlags(fs, storeFlags...)
	words, err := t.parse(fs, args, 1, 1)
	if err != nil {
		return err
	}
	f, err := os.Open(words[0])
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the backup can't be read")
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	b, err := backup.Open(ctx, f, info.Size())
	if err != nil {
		return err
	}
	// Only now: a file that is no backup leaves no folder behind.
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := b.Restore(ctx, a.Store, a.Disk, time.Now()); err != nil {
		return err
	}
	m := b.Manifest
	fmt.Fprintf(t.out, "restored %d articles, %d comments and %d pictures of %s\n",
		m.Tables["article"].Rows, m.Tables["comment"].Rows, m.Pictures, m.Created.Format("2006-01-02 15:04 MST"))
	return index(ctx, t, a)
}
