package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// How a CDN is told of changes: at once, and once more when every process has
// heard of them for certain, since it may have asked one that had not. What fails
// is tried again, ever more rarely, for as long as it takes.
const (
	purgeRounds   = 2
	secondRound   = 3 * time.Second
	firstRetry    = time.Second
	longestRetry  = time.Minute
	purgesAtATime = 100
)

// TellCDN has tell pass on to a CDN what has changed since it was last called, and
// returns how many changes that were; refs is nil where everything may have. When
// tell fails, all of it is tried again later, and the error is that of tell.
func (d *Desk) TellCDN(ctx context.Context, tell func(ctx context.Context, refs []news.Ref) error) (int, error) {
	due, err := d.store.DuePurges(ctx, d.now(), purgesAtATime)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	var refs []news.Ref
	for _, p := range due {
		if len(p.Refs) == 0 {
			refs = nil
			break
		}
		refs = append(refs, p.Refs...)
	}
	failed := tell(ctx, news.NewChange(time.Time{}, refs).Refs)
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		for _, p := range due {
			after := secondRound
			switch {
			case failed != nil:
				after = min(firstRetry<<min(p.Attempts, 10), longestRetry)
				p.Attempts++
			case p.Round+1 == purgeRounds:
				if err := tx.DropPurge(ctx, p.ID); err != nil {
					return err
				}
				continue
			default:
				p.Round, p.Attempts = p.Round+1, 0
			}
			if err := tx.DelayPurge(ctx, p, now.Add(after)); err != nil {
				return err
			}
		}
		return nil
	})
	if failed != nil {
		err = failed
	}
	return len(due), err
}

// PurgeEverything has the CDN told that every page may look different: with
// another theme, or other words. Nothing in the paper changes by it, so it leaves no
// audit line.
func (d *Desk) PurgeEverything(ctx context.Context) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error { return tx.PurgeEverything(ctx, now) })
}
