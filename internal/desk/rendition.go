package desk

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// RenditionResult is what became of one picture that waited for its renditions.
type RenditionResult struct {
	Picture news.PictureID
	Name    string // of its file
	Made    int    // files: a rendition has one or two

	// Refused says in words why it gets none: it is damaged, or too large. It is
	// served as it came, and is not tried again until something about it changes.
	Refused string

	// Failed is an error that may pass; Last that this was the last attempt.
	Failed error
	Last   bool
}

// AskForRenditions has all pictures looked at again when the uses of the darkroom
// are others than at the last time, because the theme is another: what is missing
// is then made by [Desk.MakeRenditions]. It reports whether that was so.
func (d *Desk) AskForRenditions(ctx context.Context, room *media.Darkroom) (bool, error) {
	key := media.UsesKey(room.Uses())
	asked, err := d.store.PictureUses(ctx)
	if err != nil || asked == key {
		return false, err
	}
	return true, d.queueRenditions(ctx, key)
}

// QueueRenditions has all pictures of the library looked at again, those that
// were given up included.
func (d *Desk) QueueRenditions(ctx context.Context, room *media.Darkroom) error {
	return d.queueRenditions(ctx, media.UsesKey(room.Uses()))
}

func (d *Desk) queueRenditions(ctx context.Context, key string) error {
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		if err := tx.QueueAllRenditions(ctx); err != nil {
			return err
		}
		return tx.SetPictureUses(ctx, key)
	})
}

// MakeRenditions makes the renditions of all pictures that wait, the newest
// first, on all processors, and tells after each what became of it, one at a
// time. It returns when no picture is due, or with the store's first error. It
// may be stopped and killed at any moment, and run in several processes.
//
// Pictures are worked on outside of transactions: one short one claims a picture,
// another stores its rows, focus and colour, and only when the last two are new
// to readers are they announced.
func (d *Desk) MakeRenditions(ctx context.Context, room *media.Darkroom, tell func(RenditionResult)) error {
	var all sync.WaitGroup
	var one sync.Mutex
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	for i := range workers {
		all.Go(func() {
			for ctx.Err() == nil {
				r, ok, err := d.nextRenditions(ctx, room)
				if err != nil || !ok {
					errs[i] = err
					return
				}
				one.Lock()
				tell(r)
				one.Unlock()
			}
			errs[i] = ctx.Err()
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// nextRenditions works on one picture; ok is false when none is due.
func (d *Desk) nextRenditions(ctx context.Context, room *media.Darkroom) (r RenditionResult, ok bool, err error) {
	var task store.RenditionTask
	// A claim that is broken off may have been stored all the same, and nobody
	// would know.
	err = d.update(context.WithoutCancel(ctx), func(tx *store.Tx, now time.Time) error {
		task, ok, err = tx.ClaimRenditions(context.WithoutCancel(ctx), now)
		return err
	})
	if err != nil || !ok {
		return r, false, err
	}
	r, err = d.workOn(ctx, room, task)
	if ctx.Err() != nil && (err != nil || r.Failed != nil) {
		// Stopped, not failed. The claim would run out by itself, minutes later.
		ctx := context.WithoutCancel(ctx)
		return r, false, errors.Join(err, d.update(ctx, func(tx *store.Tx, _ time.Time) error { return tx.UnclaimRenditions(ctx, task) }))
	}
	return r, true, err
}

// workOn makes the renditions of a picture that was claimed, and stores them. An
// error is the store's.
func (d *Desk) workOn(ctx context.Context, room *media.Darkroom, task store.RenditionTask) (RenditionResult, error) {
	r := RenditionResult{Picture: task.Picture}
	p, err := d.store.Picture(ctx, task.Picture)
	if err != nil {
		return r, err
	}
	r.Name = p.Name
	there, err := d.store.Renditions(ctx, p.ID)
	if err != nil {
		return r, err
	}
	made, err := room.Develop(ctx, &p, func(name, stamp string) bool {
		return slices.ContainsFunc(there, func(t store.Rendition) bool { return t.Name == name && t.Stamp == stamp })
	})
	if fault.Is(err, fault.Invalid) {
		r.Refused = err.Error()
		return r, d.update(ctx, func(tx *store.Tx, _ time.Time) error { return tx.LeaveRenditions(ctx, task) })
	}
	if err != nil {
		r.Failed, r.Last = err, task.Attempts >= store.MaxRenditionAttempts
		return r, nil
	}
	r.Made = len(made.Prints)
	return r, d.storeRenditions(ctx, room, task, p, made)
}

// storeRenditions stores what was made of a picture as it was at was. Where an
// editor has changed it meanwhile, it waits again, and nothing is stored.
func (d *Desk) storeRenditions(ctx context.Context, room *media.Darkroom, task store.RenditionTask, was news.Picture, made media.Developed) error {
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		p, err := tx.Picture(ctx, was.ID)
		if err != nil {
			return err
		}
		if p.Served != was.Served || p.Focus != was.Focus || p.Crop != was.Crop {
			return nil
		}
		if p.Focus != made.Focus || p.Colour != made.Colour || p.Moving != made.Moving {
			p.Focus, p.Colour, p.Moving = made.Focus, made.Colour, made.Moving
			if err := tx.FindPicture(ctx, &p); err != nil {
				return err
			}
		}
		if err := dropUnasked(ctx, tx, room, &p, made.Prints); err != nil {
			return err
		}
		if err := tx.PutRenditions(ctx, p.ID, printed(made.Prints)); err != nil {
			return err
		}
		return tx.LeaveRenditions(ctx, task)
	})
}

// printed are prints as the store keeps them.
func printed(prints []media.Print) []store.Rendition {
	list := make([]store.Rendition, len(prints))
	for i, m := range prints {
		list[i] = store.Rendition{Name: m.Name, Type: m.Type, Stamp: m.Stamp, Blob: m.Blob, Width: m.Width, Height: m.Height, Size: m.Size}
	}
	return list
}

// dropUnasked forgets renditions that no theme asks for any more, and those that
// the new ones make stale without taking their place: a WebP file that this time
// would not have been smaller.
func dropUnasked(ctx context.Context, tx *store.Tx, room *media.Darkroom, p *news.Picture, made []media.Print) error {
	there, err := tx.Renditions(ctx, p.ID)
	if err != nil {
		return err
	}
	asked := map[string]string{}
	for _, r := range media.AllRenditions(p, room.Uses()) {
		asked[r.Name] = r.Stamp
	}
	type file struct{ name, kind string }
	fresh := map[file]bool{}
	for _, m := range made {
		fresh[file{m.Name, m.Type}] = true
	}
	for _, t := range there {
		if asked[t.Name] == t.Stamp || fresh[file{t.Name, t.Type}] {
			continue
		}
		if err := tx.DropRendition(ctx, p.ID, t.Name, t.Type); err != nil {
			return err
		}
	}
	return nil
}
