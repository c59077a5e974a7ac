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

// ForgetAddresses drops the network addresses of comments that are older than 30
// days, and returns how many.
func (d *Desk) ForgetAddresses(ctx context.Context) (n int64, err error) {
	const keep = 30 * 24 * time.Hour
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		n, err = tx.ForgetAddresses(ctx, now.Add(-keep))
		return err
	})
	return n, err
}
