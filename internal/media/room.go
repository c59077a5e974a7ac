package media

import (
	"context"
	"io"
	"runtime"

	"golang.org/x/sync/semaphore"

	"broadsheet/internal/news"
)

// memory is what all pictures may take that are being worked on at once, in
// bytes, as far as it can be told from their headers: those that are kept, and
// those in the darkroom. sideboard is the part of it that is left for the results
// of a single picture. maxPicture is how long the file of one may be.
const (
	memory     = 208 << 20
	sideboard  = 32 << 20
	maxPicture = 128 << 20
)

// room is where pictures are held in memory. One at a time comes in through its
// door, until all that it needs is there: two that had half each would wait for
// ever.
type room struct {
	free *semaphore.Weighted
	door *semaphore.Weighted
}

func newRoom() *room {
	return &room{free: semaphore.NewWeighted(memory), door: semaphore.NewWeighted(1)}
}

// take waits for so many bytes.
func (r *room) take(ctx context.Context, n int64) error { return r.free.Acquire(ctx, n) }

// leave gives them back. After a large picture its memory is collected at once:
// else the next one would begin before it is free.
func (r *room) leave(n int64) {
	if n > memory/8 {
		runtime.GC()
	}
	r.free.Release(n)
}

// load reads the blob of a picture, once there is memory for it; done gives that
// back.
func (d *Disk) load(ctx context.Context, key string) (b []byte, done func(), err error) {
	f, err := d.Open(key)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, err
	}
	if size > maxPicture {
		return nil, nil, (&limited{max: maxPicture}).tooLarge()
	}
	if err := d.room.take(ctx, size); err != nil {
		return nil, nil, err
	}
	done = func() { d.room.leave(size) }
	b = make([]byte, size)
	if _, err := f.ReadAt(b, 0); err != nil && err != io.EOF {
		done()
		return nil, nil, err
	}
	return b, done, nil
}

// admit reads a picture, once there is memory for it, and then for its pixels and
// what is to be done with them, which weigh tells; done gives that back. One that
// would leave no room for others to be made of it is refused.
func (d *Disk) admit(ctx context.Context, p *news.Picture, weigh func(*news.Picture, *raster) int64) (r *raster, done func(), err error) {
	if err := d.room.door.Acquire(ctx, 1); err != nil {
		return nil, nil, err
	}
	defer d.room.door.Release(1)
	r, unload, err := d.structure(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	more := r.unfolded + weigh(p, r)
	if r.held()+more > memory || r.tooLarge() {
		unload()
		return nil, nil, tooLarge(p)
	}
	if err := d.room.take(ctx, more); err != nil {
		unload()
		return nil, nil, err
	}
	return r, func() { d.room.leave(more); unload() }, nil
}

// structure reads how a picture is made; done gives back the memory of what is
// held of its file.
func (d *Disk) structure(ctx context.Context, p *news.Picture) (r *raster, done func(), err error) {
	b, unload, err := d.load(ctx, p.Served)
	if err != nil {
		return nil, nil, err
	}
	r, err = readRaster(p.Type, b)
	if err != nil {
		unload()
		return nil, nil, err
	}
	if r.kind != jpegType && r.kind != pngType {
		return r, unload, nil
	}
	r.slim(func() (io.ReadCloser, error) { return d.Open(p.Served) })
	held := r.held()
	unload()
	if err := d.room.take(ctx, held); err != nil {
		return nil, nil, err
	}
	return r, func() { d.room.leave(held) }, nil
}

// tooLarge holds for a picture that leaves no room for its results, whatever a
// theme asks for.
func (r *raster) tooLarge() bool {
	left := memory - sideboard - r.held() - r.unfolded
	if !r.photograph() {
		left -= losslessBytes * maxLossless
	}
	return left < 0
}

func tooLarge(p *news.Picture) error {
	return refused(news.FileHeavy, "The picture has %d megapixels and takes more memory than there is for one; it is shown as it came.",
		(p.Width*p.Height+500_000)/1_000_000)
}

// Fits tells in advance whether a kept picture is too large for renditions: then
// it is an Invalid fault, whose words say so. Only its headers are looked at, and
// of small pictures not even those.
func (d *Disk) Fits(ctx context.Context, p *news.Picture) error {
	if !p.Image() || !readable(p.Type) || p.Width*p.Height < 5_000_000 && p.Size < 32<<20 {
		return nil
	}
	r, done, err := d.structure(ctx, p)
	switch {
	case Problem(err) != "":
		return nil // damage is told elsewhere
	case err != nil:
		return err
	}
	defer done()
	if r.tooLarge() {
		return tooLarge(p)
	}
	return nil
}
