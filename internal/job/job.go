// Package job is the work that goes on behind the pages: the clock that
// publishes what is scheduled, the search index that follows the articles, the
// addresses that are forgotten.
//
// A job here holds no state of its own. What is to be done stands in the store
// and is claimed there, so that jobs may run in several processes at once and
// be killed at any moment. Start reading at [Run].
package job

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Job is work that is looked for again and again.
type Job struct {
	Name  string
	Every time.Duration // between two looks when there was nothing to do

	// Do does some of the work and reports whether there may be more right
	// away. It must be safe to call again after an error.
	Do func(context.Context) (more bool, err error)
}

// Run runs jobs side by side until ctx is done, and returns when all have
// stopped. A job that fails is logged and tried again, after a pause that
// doubles up to a minute.
func Run(ctx context.Context, log *slog.Logger, jobs ...Job) {
	var all sync.WaitGroup
	for _, j := range jobs {
		all.Go(func() { j.run(ctx, log) })
	}
	all.Wait()
}

func (j Job) run(ctx context.Context, log *slog.Logger) {
	const longest = time.Minute
	pause := j.Every
	for ctx.Err() == nil {
		more, err := j.Do(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			pause = min(max(2*pause, time.Second), longest)
			log.Error("a job has failed and will be tried again", "job", j.Name, "in", pause, "err", err)
		case more:
			pause = 0
		default:
			pause = j.Every
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
