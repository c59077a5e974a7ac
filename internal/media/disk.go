package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/internal/fault"
)

// Disk keeps blobs in a folder, each under the SHA-256 of its bytes, so that the
// same file is stored once however often it comes. A key is that hash as 64
// lower-case hexadecimal digits; the blob with key 2cf2… is the file 2c/f2/2cf2….
// It is safe for use by many goroutines and processes.
type Disk struct {
	root string
	room *room // for the pictures that are looked into
}

// incoming is the folder for what is not yet whole. It lies beside the blobs,
// so that a rename never crosses file systems.
const incoming = "incoming"

// OpenDisk uses the folder root, which it makes where it is missing.
func OpenDisk(root string) (*Disk, error) {
	if err := os.MkdirAll(filepath.Join(root, incoming), 0o750); err != nil {
		return nil, fmt.Errorf("folder for pictures: %w", err)
	}
	return &Disk{root, newRoom()}, nil
}

// Put stores all of r and returns its key and its size in bytes. When it
// returns, the blob is on the disk whole and survives a power cut; on any error
// nothing of it is left. Bytes that are there already are read and not written
// again.
func (d *Disk) Put(ctx context.Context, r io.Reader) (key string, size int64, err error) {
	tmp, err := os.CreateTemp(filepath.Join(d.root, incoming), "put-*")
	if err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	defer func() {
		// After the rename both fail, as they should.
		_ = tmp.Close()
		_ = os.Remove(tmp.Name())
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, sum), &ctxReader{ctx, r})
	if err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	key = keyOf(sum)
	// The hour tells who removes what nobody needs that it has just come again. Where
	// it can't be set there is no file.
	if now := time.Now(); os.Chtimes(d.path(key), now, now) == nil {
		return key, size, nil
	}
	if err := d.settle(tmp, key); err != nil {
		return "", 0, fmt.Errorf("store a file: %w", err)
	}
	return key, size, nil
}

// settle moves a whole file to its place, synchronously: first its bytes, then
// the name in its folder.
func (d *Disk) settle(tmp *os.File, key string) error {
	if err := tmp.Chmod(0o640); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	to := d.path(key)
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), to); err != nil {
		return err
	}
	for _, dir := range []string{filepath.Dir(to), filepath.Dir(filepath.Dir(to)), d.root} {
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// Open opens a blob for reading; the caller closes it. An unknown key is a
// NotFound fault.
func (d *Disk) Open(key string) (*os.File, error) {
	if !isKey(key) {
		return nil, fault.New(fault.NotFound, "There is no such file.")
	}
	f, err := os.Open(d.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(fault.NotFound, err, "There is no such file.")
	}
	return f, err
}

// LastPut is when a blob came last; the zero time where it is not there.
func (d *Disk) LastPut(key string) (time.Time, error) {
	if !isKey(key) {
		return time.Time{}, nil
	}
	info, err := os.Stat(d.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look at file %s: %w", key, err)
	}
	return info.ModTime(), nil
}

// Remove takes a blob away. One that is not there is no error.
func (d *Disk) Remove(key string) error {
	if !isKey(key) {
		return nil
	}
	if err := os.Remove(d.path(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove file %s: %w", key, err)
	}
	return nil
}

// Verify reads a blob through and returns an error unless its bytes are those
// that its key names.
func (d *Disk) Verify(ctx context.Context, key string) error {
	f, err := d.Open(key)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, &ctxReader{ctx, f}); err != nil {
		return fmt.Errorf("check file %s: %w", key, err)
	}
	if got := keyOf(sum); got != key {
		return fmt.Errorf("file %s is damaged: its bytes have the hash %s", key, got)
	}
	return nil
}

// Walk calls visit for every blob, in order of key, with its size in bytes. An
// error from visit ends the walk and is returned. What is not yet whole is left
// out; a blob that comes during the walk may be.
func (d *Disk) Walk(ctx context.Context, visit func(key string, size int64) error) error {
	return filepath.WalkDir(d.root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case e.IsDir() && e.Name() == incoming && filepath.Dir(path) == filepath.Clean(d.root):
			return fs.SkipDir
		case e.IsDir() || !isKey(e.Name()) || path != d.path(e.Name()):
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		return visit(e.Name(), info.Size())
	})
}

func (d *Disk) path(key string) string { return filepath.Join(d.root, key[:2], key[2:4], key) }

func keyOf(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// isKey keeps anything else from becoming a path.
func isKey(s string) bool {
	return len(s) == 2*sha256.Size && strings.Trim(s, "0123456789abcdef") == ""
}

func syncDir(name string) error {
	dir, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// ctxReader ends reading when its context ends.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
