package app

import (
	"context"
	"time"

	"broadsheet/internal/job"
	"broadsheet/internal/store"
)

// jobs is the work behind the pages. Each may run in several processes at once.
func (a *App) jobs() []job.Job {
	return []job.Job{
		{Name: "publish scheduled articles", Every: time.Second, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.PublishDue(ctx)
			if n > 0 {
				a.Log.Info("scheduled articles were published", "articles", n)
			}
			return false, err
		}},
		{Name: "search index", Every: 250 * time.Millisecond, Do: func(ctx context.Context) (bool, error) {
			// Few at a time: while they go in, an editor or a reader waits.
			n, err := a.Desk.IndexSome(ctx, 20)
			return n > 0, err
		}},
		{Name: "renditions", Every: time.Second, Do: func(ctx context.Context) (bool, error) {
			room, err := a.Darkroom()
			if err != nil {
				return false, err
			}
			n, err := a.Desk.RenderSome(ctx, room, func(p store.PictureProblem) {
				a.Log.Warn("a picture is shown as it came", "picture", p.Picture, "name", p.Name, "why", p.Problem)
			})
			return n > 0, err
		}},
		{Name: "forget addresses", Every: time.Hour, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.ForgetAddresses(ctx)
			if n > 0 {
				a.Log.Info("network addresses of old comments were dropped", "comments", n)
			}
			return false, err
		}},
	}
}
