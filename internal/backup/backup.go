// Package backup writes everything that a newspaper is into one file, while it
// goes on serving, and reads such a file into an empty store, on either engine.
//
// The file is a ZIP archive: tables as lines of JSON, pictures under the SHA-256
// of their bytes, and at the end a manifest with the hash and the row count of
// each table. Reading checks all of them before anything is written. The search
// index is not in it; it is built anew. Start reading at [Write] and [Open].
package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

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

	// Damaged are the keys of pictures whose bytes are not what they were when
	// they were stored. They are not in the backup: one bad block of a disk must
	// not make all the rest worthless.
	Damaged []string `json:"damaged,omitempty"`
}

// Table is what the manifest says of one table.
type Table struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Write writes a backup to w. All tables are of one moment; pictures that come
// later may be in it, too; without a disk there are none. Each picture is read
// twice, the first time to see whether it is damaged. The paper can be read and
// written meanwhile. After an error, what w holds is no backup.
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
		if err := writePictures(ctx, z, disk, &m); err != nil {
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

func writePictures(ctx context.Context, z *zip.Writer, disk *media.Disk, m *Manifest) error {
	return disk.Walk(ctx, func(key string, _ int64) error {
		if err := disk.Verify(ctx, key); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			m.Damaged = append(m.Damaged, key)
			return nil
		}
		m.Pictures++
		return writePicture(z, disk, key)
	})
}

// writePicture stores a picture as it is: it does not get smaller, and restoring
// then never takes more room on the disk than the backup.
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
