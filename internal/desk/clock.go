package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// PublishDue publishes every scheduled article whose hour has come, also when
// that was while no server ran. Several processes may call it at once: each
// article is published by one of them, once. It returns how many this call
// published; an article that can't be published stops none of the others, and
// is in the error.
func (d *Desk) PublishDue(ctx context.Context) (int, error) {
	const most = 1000 // in one call; the clock calls again
	due, err := d.store.ScheduledUntil(ctx, d.now(), most)
	if err != nil {
		return 0, err
	}
	done := 0
	var failed []error
	for _, id := range due {
		published, err := d.publishDue(ctx, id)
		if err != nil {
			failed = append(failed, fmt.Errorf("publishing article %d at its hour: %w", id, err))
		}
		if published {
			done++
		}
	}
	return done, errors.Join(failed...)
}

// publishDue publishes one article as of its hour. That another process was
// quicker, or an editor has changed it meanwhile, is no error.
func (d *Desk) publishDue(ctx context.Context, id news.ArticleID) (bool, error) {
	a, err := d.store.Article(ctx, id)
	if err != nil {
		return false, err
	}
	if a.State != news.Scheduled || a.Scheduled.After(d.now()) {
		return false, nil
	}
	hour := a.Scheduled
	err = d.act(ctx, Clock, "publish", id, a.Version, func(a *news.Article, now time.Time) error {
		if a.Published.IsZero() {
			a.Published = hour
		}
		return a.Publish(now)
	})
	if fault.Is(err, fault.Conflict) {
		return false, nil
	}
	return err == nil, err
}

// EndRights takes from readers the pictures whose rights have ended, and returns
// how many.
func (d *Desk) EndRights(ctx context.Context) (done int, err error) {
	due, err := d.store.RightsUntil(ctx, d.now(), 1000)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		done = 0
		for _, id := range due {
			p, err := tx.Picture(ctx, id)
			if err != nil {
				return err
			}
			if p.Ended || p.RightsEnd.IsZero() || p.RightsEnd.After(now) {
				continue // another process was quicker, or an editor has changed it meanwhile
			}
			if err := tx.SetRights(ctx, id, p.RightsEnd, true); err != nil {
				return err
			}
			if err := tx.Audit(ctx, now, string(Clock), "end of rights", news.Target{Noun: news.PictureNoun, ID: int64(id)}, ""); err != nil {
				return err
			}
			done++
		}
		return nil
	})
	return done, err
}

// ForgetAddresses drops the network addresses of comments that are older than 30
// days, and returns how many.
func (d *Desk) ForgetAddresses(ctx context.Context) (n int64, err error) {
	const keep = 30 * 24 * time.Hour
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		n, err = tx.ForgetAddresses(ctx, now.Add(-keep))
		if err != nil || n == 0 {
			return err
		}
		return tx.Audit(ctx, now, string(Clock), "forget addresses", news.Target{Noun: "comment"}, fmt.Sprintf("of %d comments", n))
	})
	return n, err
}
