package backup

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/store"
)

// Bounds on what is read into memory, so that a small file can't unfold into
// more than there is. The longest article with its original HTML stays far below.
const (
	largestManifest = 1 << 20
	longestRow      = 128 << 20
)

// Backup is a backup that was found whole.
type Backup struct {
	Manifest Manifest
	zip      *zip.Reader
}

// Open reads the size bytes in r through, which must stay there until
// [Backup.Restore] has returned. Anything that is not as the manifest says, or
// that this program can't read, is an Invalid fault.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*Backup, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "this is no backup of Broadsheet, or its end is missing")
	}
	b := &Backup{zip: z}
	if err := b.readManifest(); err != nil {
		return nil, err
	}
	for _, t := range store.Tables {
		if err := b.checkTable(ctx, t.Name); err != nil {
			return nil, err
		}
	}
	pictures := b.pictures()
	if len(pictures) != b.Manifest.Pictures {
		return nil, fault.New(fault.Invalid, "the backup holds %d pictures where its manifest names %d", len(pictures), b.Manifest.Pictures)
	}
	for _, f := range pictures {
		if err := checkPicture(ctx, f); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Restore brings the backup into an empty store and its pictures onto the disk.
// After an error the store is as empty as before; a store that was not is a
// Conflict fault, and stays as it is. The search index is queued, not built.
func (b *Backup) Restore(ctx context.Context, s *store.Store, disk *media.Disk, now time.Time) error {
	_, err := s.Update(ctx, now, func(tx *store.Tx) error {
		unused, err := tx.Unused(ctx)
		if err != nil {
			return err
		}
		if !unused {
			return fault.New(fault.Conflict, "the store is not empty; a backup is restored into a new one")
		}
		for _, t := range store.Tables {
			if err := b.loadTable(ctx, tx, t); err != nil {
				return err
			}
		}
		if err := tx.QueueEverything(ctx); err != nil {
			return err
		}
		// Before the commit: no row names a picture that is not there.
		return b.putPictures(ctx, disk)
	})
	return err
}

func (b *Backup) readManifest() error {
	in, err := b.zip.Open(manifestName)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "this is no backup of Broadsheet: it has no manifest")
	}
	defer in.Close()
	m := &b.Manifest
	if err := json.NewDecoder(io.LimitReader(in, largestManifest)).Decode(m); err != nil {
		return fault.Wrap(fault.Invalid, err, "the backup's manifest can't be read")
	}
	schema, err := store.SchemaVersion()
	if err != nil {
		return err
	}
	if m.Format != format || m.Schema != schema {
		return fault.New(fault.Invalid, "the backup has format %d and schema %d (written by version %s); this program reads format %d and schema %d",
			m.Format, m.Schema, m.Version, format, schema)
	}
	return nil
}

func (b *Backup) checkTable(ctx context.Context, name string) error {
	in, err := b.zip.Open(tablePrefix + name + tableSuffix)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the table %s is not in the backup", name)
	}
	defer in.Close()
	h, rows := sha256.New(), &rowCounter{}
	if err := copyAll(ctx, io.MultiWriter(h, rows), in); err != nil {
		return fault.Wrap(fault.Invalid, err, "the table %s can't be read", name)
	}
	want := b.Manifest.Tables[name]
	if got := hex.EncodeToString(h.Sum(nil)); rows.ended != want.Rows || got != want.SHA256 {
		return fault.New(fault.Invalid, "the table %s is damaged in the backup: %d rows where the manifest names %d, or other ones", name, rows.ended, want.Rows)
	}
	return nil
}

// pictures are the pictures in the archive, as they stand there.
func (b *Backup) pictures() (all []*zip.File) {
	for _, f := range b.zip.File {
		if strings.HasPrefix(f.Name, picturePrefix) {
			all = append(all, f)
		}
	}
	return all
}

func checkPicture(ctx context.Context, f *zip.File) error {
	if f.Method != zip.Store {
		return fault.New(fault.Invalid, "the picture %s is compressed, as no backup has it", f.Name)
	}
	in, err := f.Open()
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the picture %s can't be read", f.Name)
	}
	defer in.Close()
	h := sha256.New()
	if err := copyAll(ctx, h, in); err != nil {
		return fault.Wrap(fault.Invalid, err, "the picture %s can't be read", f.Name)
	}
	if f.Name != picturePrefix+hex.EncodeToString(h.Sum(nil)) {
		return fault.New(fault.Invalid, "the picture %s is damaged in the backup", f.Name)
	}
	return nil
}

func (b *Backup) loadTable(ctx context.Context, tx *store.Tx, t store.Table) error {
	in, err := b.zip.Open(tablePrefix + t.Name + tableSuffix)
	if err != nil {
		return err
	}
	defer in.Close()
	rows, err := tx.Load(ctx, t, in)
	if err != nil {
		return fmt.Errorf("restoring the table %s: %w", t.Name, err)
	}
	if want := b.Manifest.Tables[t.Name].Rows; rows != want {
		return fault.New(fault.Invalid, "the table %s has %d rows where the manifest names %d", t.Name, rows, want)
	}
	return nil
}

func (b *Backup) putPictures(ctx context.Context, disk *media.Disk) error {
	for _, f := range b.pictures() {
		in, err := f.Open()
		if err != nil {
			return err
		}
		_, _, err = disk.Put(ctx, in)
		if err := errors.Join(err, in.Close()); err != nil {
			return fmt.Errorf("restoring %s: %w", f.Name, err)
		}
	}
	return nil
}

// copyAll is io.Copy that ends with ctx.
func copyAll(ctx context.Context, to io.Writer, from io.Reader) error {
	for ctx.Err() == nil {
		if _, err := io.CopyN(to, from, 1<<20); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// rowCounter counts lines, and refuses one that is too long.
type rowCounter struct {
	ended int // lines
	open  int // bytes of the line after them
}

// Write counts on.
func (c *rowCounter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte{'\n'})
		if c.open += len(line); c.open > longestRow {
			return 0, fault.New(fault.Invalid, "row %d is longer than %d bytes", c.ended+1, longestRow)
		}
		if ended {
			c.ended, c.open = c.ended+1, 0
		}
		rest = after
	}
	return len(p), nil
}
