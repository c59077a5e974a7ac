package desk

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// closedAtATime is how many stories are closed in one step: as many as other
// processes can be told of one by one (NOTIFY takes 8,000 bytes).
const closedAtATime = 250

// CloseComments closes the comments of stories whose days are over, and returns of
// how many; it is called again while there are any. Several processes may call it
// at once: each story is closed by one of them, once. Where nothing is to be closed
// it writes nothing.
func (d *Desk) CloseComments(ctx context.Context) (closed int, err error) {
	from, until, err := toClose(ctx, d.store.Reader, d.now())
	if err != nil || !until.After(from) {
		return 0, err
	}
	if due, err := d.store.Closing(ctx, from, until, 1); err != nil || len(due) == 0 {
		return 0, err
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		closed = 0
		if err := tx.StopArticles(ctx); err != nil {
			return err
		}
		from, until, err := toClose(ctx, tx.Reader, now)
		if err != nil || !until.After(from) {
			return err
		}
		due, until, err := closeNext(ctx, tx, from, until)
		if err != nil || len(due) == 0 {
			return err
		}
		ok, err := tx.MoveClosed(ctx, from, until, due)
		if err != nil || !ok {
			return err // another process was quicker, or the setting has changed
		}
		closed = len(due)
		detail := fmt.Sprintf("%d articles published before %s", closed, until.Format(time.RFC3339))
		return tx.Audit(ctx, now, string(Clock), "close comments", news.Target{Noun: news.ArticleNoun}, detail)
	})
	return closed, err
}

// toClose reads up to where comments are closed, and until when they are to be. The
// mark is read first: who changes the settings moves it with them, and then nobody
// can move it from where it was.
func toClose(ctx context.Context, r store.Reader, now time.Time) (from, until time.Time, err error) {
	if from, err = r.ClosedMark(ctx); err != nil {
		return from, until, err
	}
	settings, err := r.Settings(ctx)
	return from, settings.CommentsClosedBefore(now), err
}

// closeNext are the stories of the next step, and where the mark stands then.
func closeNext(ctx context.Context, tx *store.Tx, from, until time.Time) ([]news.Teaser, time.Time, error) {
	due, err := tx.Closing(ctx, from, until, closedAtATime)
	if err != nil || len(due) < closedAtATime {
		return due, until, err
	}
	last := due[len(due)-1].Published // of which there may be more
	some := slices.DeleteFunc(due, func(t news.Teaser) bool { return t.Published.Equal(last) })
	if len(some) > 0 {
		return some, last, nil
	}
	// An import may have brought any number with one and the same time.
	until = last.Add(time.Millisecond)
	due, err = tx.Closing(ctx, from, until, math.MaxInt32)
	return due, until, err
}
