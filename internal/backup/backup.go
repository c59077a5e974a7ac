// Package backup writes everything that a newspaper is into one file, while it
// goes on serving, and reads such a file into an empty store, on either engine.
//
// The file is a ZIP archive: tables as lines of JSON, pictures under the SHA-256
// of their bytes, and at the end a manifest with the hash and the row count of
// each table. Restoring checks all of them. The search index is not in it; it is
// built anew. Start reading at [Write].
package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/store"
)

// format is the version of the archive's layout.
const format = 1

const (
	manifestName  = "manifest.json"
	tablePrefix   = "tables/"
	tableSuffix   = ".jsonl"
	picturePrefix = "pictures/"
)

// Manifest says what a backup holds. It stands last in the archive: a file that
// was cut off has none.
type Manifest struct {
	Format   int              `json:"format"`
	Schema   int              `json:"schema"`
	Version  string           `json:"version"` // of the program that wrote it
	Created  time.Time        `json:"created"`
	Tables   map[string]Table `json:"tables"`
	Pictures int              `json:"pictures"`
}

// Table is what the manifest says of one table.
type Table struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Write writes a backup to w. All tables are of one moment; pictures that come
// later may be in it, too; without a disk there are none. The paper can be read
// and written meanwhile.
func Write(ctx context.Context, s *store.Store, disk *media.Disk, version string, now time.Time, w io.Writer) (Manifest, error) {
	schema, err := store.SchemaVersion()
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: format, Schema: schema, Version: version, Created: now.UTC(), Tables: map[string]Table{}}
	z := zip.NewWriter(w)
	err = s.View(ctx, func(r store.Reader) error {
		for _, t := range store.Tables {
			if err := writeTable(ctx, z, r, t, &m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return m, fmt.Errorf("writing the tables: %w", err)
	}
	// The rows are read by now: every picture that they name is on the disk.
	if disk != nil {
		err = disk.Walk(ctx, func(key string, _ int64) error {
			m.Pictures++
			return writePicture(z, disk, key)
		})
		if err != nil {
			return m, fmt.Errorf("writing the pictures: %w", err)
		}
	}
	out, err := z.Create(manifestName)
	if err != nil {
		return m, err
	}
	if err := json.NewEncoder(out).Encode(m); err != nil {
		return m, err
	}
	return m, z.Close()
}

func writeTable(ctx context.Context, z *zip.Writer, r store.Reader, t store.Table, m *Manifest) error {
	out, err := z.Create(tablePrefix + t.Name + tableSuffix)
	if err != nil {
		return err
	}
	h := sha256.New()
	rows, err := r.Dump(ctx, t, io.MultiWriter(out, h))
	m.Tables[t.Name] = Table{rows, hex.EncodeToString(h.Sum(nil))}
	return err
}

func writePicture(z *zip.Writer, disk *media.Disk, key string) error {
	in, err := disk.Open(key)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := z.CreateHeader(&zip.FileHeader{Name: picturePrefix + key, Method: zip.Store})
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return err
}

// Restore reads the backup of size bytes in r into an empty store and its
// pictures onto the disk. When anything in it is not as the manifest says, the
// store stays empty and the fault says what is wrong.
func Restore(ctx context.Context, s *store.Store, disk *media.Disk, now time.Time, r io.ReaderAt, size int64) (Manifest, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return Manifest{}, fault.Wrap(fault.Invalid, err, "this is no backup of Broadsheet, or its end is missing")
	}
	m, err := readManifest(z)
	if err != nil {
		return m, err
	}
	unused, err := s.Unused(ctx)
	if err != nil {
		return m, err
	}
	if !unused {
		return m, fault.New(fault.Conflict, "the store is not empty; a backup is restored into a new one")
	}
	if err := readPictures(ctx, z, disk, m); err != nil {
		return m, err
	}
	_, err = s.Update(ctx, now, func(tx *store.Tx) error {
		for _, t := range store.Tables {
			if err := readTable(ctx, z, tx, t, m); err != nil {
				return err
			}
		}
		return tx.QueueEverything(ctx)
	})
	return m, err
}

func readManifest(z *zip.Reader) (m Manifest, err error) {
	in, err := z.Open(manifestName)
	if err != nil {
		return m, fault.Wrap(fault.Invalid, err, "this is no backup of Broadsheet: it has no manifest")
	}
	defer in.Close()
	if err := json.NewDecoder(in).Decode(&m); err != nil {
		return m, fault.Wrap(fault.Invalid, err, "the backup's manifest can't be read")
	}
	schema, err := store.SchemaVersion()
	if err != nil {
		return m, err
	}
	if m.Format != format || m.Schema != schema {
		return m, fault.New(fault.Invalid, "the backup has format %d and schema %d (written by version %s); this program reads format %d and schema %d",
			m.Format, m.Schema, m.Version, format, schema)
	}
	return m, nil
}

func readPictures(ctx context.Context, z *zip.Reader, disk *media.Disk, m Manifest) error {
	count := 0
	for _, f := range z.File {
		key, ok := strings.CutPrefix(f.Name, picturePrefix)
		if !ok {
			continue
		}
		count++
		in, err := f.Open()
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the picture %s can't be read", key)
		}
		got, _, err := disk.Put(ctx, in)
		if err := errors.Join(err, in.Close()); err != nil {
			return fault.Wrap(fault.Invalid, err, "the picture %s can't be restored", key)
		}
		if got != key {
			return fault.New(fault.Invalid, "the picture %s is damaged in the backup", key)
		}
	}
	if count != m.Pictures {
		return fault.New(fault.Invalid, "the backup holds %d pictures where its manifest names %d", count, m.Pictures)
	}
	return nil
}

func readTable(ctx context.Context, z *zip.Reader, tx *store.Tx, t store.Table, m Manifest) error {
	in, err := z.Open(tablePrefix + t.Name + tableSuffix)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the table %s is not in the backup", t.Name)
	}
	defer in.Close()
	h := &hashing{in, sha256.New()}
	rows, err := tx.Load(ctx, t, h)
	if err != nil {
		return err
	}
	want := m.Tables[t.Name]
	if got := hex.EncodeToString(h.Sum(nil)); rows != want.Rows || got != want.SHA256 {
		return fault.New(fault.Invalid, "the table %s is damaged in the backup: %d rows where the manifest names %d, or other ones", t.Name, rows, want.Rows)
	}
	return nil
}

// hashing hashes what is read through it.
type hashing struct {
	r io.Reader
	hash.Hash
}

// Read reads on.
func (h *hashing) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	h.Hash.Write(p[:n])
	return n, err
}
