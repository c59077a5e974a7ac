package desk

import (
	"context"
	"errors"
	"runtime"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// mostAttempts is how often a picture is tried whose bytes could not be read or
// written.
const mostAttempts = 5

// RenderSome makes the renditions of some pictures that wait for them, one on each
// processor, and returns how many were taken; 0 when none waits. tell is called
// with each that can't be made smaller. Nothing waits for it: bytes are read,
// scaled and written before the short transaction that says they are there.
// Stopping at any moment loses nothing. Two processes that take the same picture
// store the same bytes twice under one key.
func (d *Desk) RenderSome(ctx context.Context, room *media.Darkroom, tell func(store.PictureProblem)) (int, error) {
	tasks, err := d.store.RenditionQueue(ctx, 0, 2*runtime.GOMAXPROCS(0))
	if err != nil || len(tasks) == 0 {
		return 0, err
	}
	problems := make([]*store.PictureProblem, len(tasks))
	err = inParallel(len(tasks), func(i int) (err error) {
		problems[i], err = d.render(ctx, room, tasks[i])
		return err
	})
	for _, p := range problems {
		if p != nil {
			tell(*p)
		}
	}
	return len(tasks), err
}

// render makes the renditions of one picture. A problem is one that stays.
func (d *Desk) render(ctx context.Context, room *media.Darkroom, t store.RenditionTask) (*store.PictureProblem, error) {
	p, err := d.store.Picture(ctx, t.Picture)
	if err != nil {
		return nil, err
	}
	made, err := room.Make(ctx, &p)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case fault.Is(err, fault.Invalid), err != nil && t.Attempts+1 >= mostAttempts:
		problem := &store.PictureProblem{Picture: p.ID, Name: p.Name, Problem: reason(err)}
		return problem, d.update(ctx, func(tx *store.Tx, _ time.Time) error {
			return tx.RenditionsFailed(ctx, p.ID, problem.Problem)
		})
	case err != nil:
		return nil, errors.Join(err, d.update(ctx, func(tx *store.Tx, _ time.Time) error {
			return tx.RenditionsFailed(ctx, p.ID, "")
		}))
	}
	return nil, d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		now, err := tx.Picture(ctx, p.ID)
		if err != nil {
			return err
		}
		if media.Stamp(&now) != media.Stamp(&p) {
			return nil // changed meanwhile, and queued again
		}
		if err := tx.PutRenditions(ctx, p.ID, made.Renditions); err != nil {
			return err
		}
		focus := made.Focus
		if now.FocusSet {
			focus = now.Focus
		}
		if len(made.Renditions) == 0 || now.Colour == made.Colour && now.Focus == focus {
			return nil
		}
		return tx.SetPictureLook(ctx, p.ID, focus, made.Colour)
	})
}

// reason is why a picture can't be made smaller, in words for people.
func reason(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Public != "" {
		return f.Public
	}
	return err.Error()
}

// RenderAll makes the renditions of all pictures that wait for them, and calls
// done with how many were taken so far.
func (d *Desk) RenderAll(ctx context.Context, room *media.Darkroom, done func(int), tell func(store.PictureProblem)) error {
	for sum := 0; ; {
		n, err := d.RenderSome(ctx, room, tell)
		if err != nil || n == 0 {
			return err
		}
		sum += n
		done(sum)
	}
}

// AskRenditions has the renditions of every picture made anew by the calls of
// [Desk.RenderSome] that follow, unless the last ones were made by the same
// recipe.
func (d *Desk) AskRenditions(ctx context.Context, recipe string) error {
	before, err := d.store.RenditionRecipe(ctx)
	if err != nil || before == recipe {
		return err
	}
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		if err := tx.SetRenditionRecipe(ctx, recipe); err != nil {
			return err
		}
		return tx.QueueAllRenditions(ctx)
	})
}

// SetFocus says what every cut of a picture must keep. A zero focus leaves it to
// be found again.
func (d *Desk) SetFocus(ctx context.Context, who Who, id news.PictureID, focus news.Focus) error {
	if focus != (news.Focus{}) && (focus.X < 1 || focus.X > 1000 || focus.Y < 1 || focus.Y > 1000) {
		return fault.New(fault.Invalid, "a focus is two numbers from 0 to 100 per cent")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p, err := tx.Picture(ctx, id)
		if err != nil {
			return err
		}
		p.Focus, p.FocusSet = focus, focus != news.Focus{}
		if err := tx.UpdatePicture(ctx, &p); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "focus", news.Target{Noun: news.PictureNoun, ID: int64(id)}, p.Name)
	})
}
