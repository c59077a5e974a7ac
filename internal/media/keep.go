package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"broadsheet/internal/news"
)

// Keep stores a file of at most max bytes under its name as it came: the
// original byte for byte, and where readers must not get that, their copy. The
// picture it returns has name, blobs, type, size and what the file tells about
// itself; id and address are the caller's.
//
// A file that is too large is an Invalid fault, and nothing is stored. One that
// is stored but can't be shown (damaged, or not what its name says) comes back
// with its Blob, without Served, and with an Invalid fault that says why; see
// [Problem]. A picture is looked into within the memory that all pictures share:
// others may have to be waited for.
func (d *Disk) Keep(ctx context.Context, name string, r io.Reader, max int64) (news.Picture, error) {
	p := news.Picture{Name: name}
	head := make([]byte, sniffLength)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return p, fmt.Errorf("read %s: %w", name, err)
	}
	head = head[:n]
	r = io.MultiReader(bytes.NewReader(head), r)
	p.Type = typeOf(name, head)
	if inMemory(p.Type) {
		max = min(max, maxPicture)
	}
	p.Blob, p.Size, err = d.Put(ctx, &limited{r: r, left: max, max: max})
	if err != nil {
		return p, err
	}
	if inMemory(p.Type) {
		return d.keepPicture(ctx, p)
	}
	if _, err := Inspect(name, head); err != nil {
		return p, err
	}
	p.Served, err = d.putQuiet(ctx, &p)
	return p, err
}

// putQuiet stores the copy of a sound or film that readers get, and returns its key:
// the original's own where it tells nothing.
func (d *Disk) putQuiet(ctx context.Context, p *news.Picture) (string, error) {
	f, err := d.Open(p.Blob)
	if err != nil {
		return "", err
	}
	defer f.Close()
	patches, _ := tells(p.Type, f, p.Size)
	if len(patches) == 0 {
		return p.Blob, nil
	}
	key, _, err := d.Put(ctx, patched(f, p.Size, patches))
	return key, err
}

// inMemory holds for the kinds that Public may change.
func inMemory(kind string) bool {
	switch kind {
	case jpegType, pngType, webpType, gifType, avifType, heicType, tiffType:
		return true
	}
	return false
}

// keepPicture looks into a picture whose original is stored, and stores the copy
// for readers.
func (d *Disk) keepPicture(ctx context.Context, p news.Picture) (news.Picture, error) {
	b, done, err := d.load(ctx, p.Blob)
	if err != nil {
		return p, err
	}
	defer done()
	info, apart, err := inspect(p.Name, b)
	if err != nil {
		return p, err
	}
	switch {
	case apart != nil:
		p.Served, err = d.putParts(ctx, p.Blob, b, apart.public())
	case p.Type == tiffType:
		_, _, err = Public(b)
	default:
		// Its boxes are blanked where they lie: the original is on the disk.
		if err = blankISO(b); err == nil {
			p.Served, _, err = d.Put(ctx, bytes.NewReader(b))
		}
	}
	if err != nil {
		return p, err
	}
	p.Width, p.Height, p.Moving = info.Width, info.Height, info.Moving
	p.Title, p.Alt, p.Caption, p.Credit = info.Title, info.Alt, info.Caption, info.Credit
	p.Source, p.Keywords, p.Taken = info.Source, info.Keywords, info.Taken
	p.Rights = strings.Trim(info.Copyright+"\n"+info.Terms, "\n")
	if p.Credit == "" {
		p.Credit = info.Copyright
	}
	return p, nil
}

// putParts stores parts as one blob and returns its key: that of whole, where
// they are the same bytes.
func (d *Disk) putParts(ctx context.Context, key string, whole []byte, parts [][]byte) (string, error) {
	rest, same := whole, true
	readers := make([]io.Reader, len(parts))
	for i, part := range parts {
		readers[i] = bytes.NewReader(part)
		if same = same && bytes.HasPrefix(rest, part); same {
			rest = rest[len(part):]
		}
	}
	if same && len(rest) == 0 {
		return key, nil
	}
	key, _, err := d.Put(ctx, io.MultiReader(readers...))
	return key, err
}

// limited reads up to a number of bytes and fails where there are more.
type limited struct {
	r         io.Reader
	left, max int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, l.tooLarge()
	}
	return n, err
}

func (l *limited) tooLarge() error {
	return refused(news.FileLarge, "The file is too large: at most %s can be taken.", megabytes(l.max))
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
