package app

import (
	"context"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/job"
	"broadsheet/internal/media"
)

// clockEvery is how often the clock looks whose hour has come: with the work itself,
// nothing is a second late.
const clockEvery = 250 * time.Millisecond

// jobs is the work behind the pages. Each may run in several processes at once.
func (a *App) jobs() []job.Job {
	all := []job.Job{
		{Name: "publish scheduled articles", Every: clockEvery, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.PublishDue(ctx)
			if n > 0 {
				a.Log.Info("scheduled articles were published", "articles", n)
			}
			return false, err
		}},
		{Name: "publish scheduled changes", Every: clockEvery, Do: func(ctx context.Context) (bool, error) {
			done, failed, err := a.Desk.ApplyDueChanges(ctx)
			if done+failed > 0 {
				a.Log.Info("the hour of scheduled changes has come", "published", done, "failed", failed)
			}
			return false, err
		}},
		{Name: "fronts at their hour", Every: time.Second, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.ArrangeDue(ctx)
			if n > 0 {
				a.Log.Info("fronts were arranged as planned", "fronts", n)
			}
			if err != nil {
				return false, err
			}
			_, err = a.Desk.ExpirePins(ctx)
			return false, err
		}},
		{Name: "end of pictures' rights", Every: time.Second, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.EndRights(ctx)
			if n > 0 {
				a.Log.Info("the rights to show pictures have ended", "pictures", n)
			}
			return false, err
		}},
		{Name: "close comments", Every: time.Minute, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.CloseComments(ctx)
			if n > 0 {
				a.Log.Info("comments were closed, since their days are over", "articles", n)
			}
			return n > 0, err
		}},
		{Name: "search index", Every: 250 * time.Millisecond, Do: func(ctx context.Context) (bool, error) {
			// Few at a time: while they go in, an editor or a reader waits.
			n, err := a.Desk.IndexSome(ctx, 20)
			return n > 0, err
		}},
		{Name: "forget addresses", Every: time.Hour, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.ForgetAddresses(ctx)
			if n > 0 {
				a.Log.Info("network addresses of old comments were dropped", "comments", n)
			}
			return false, err
		}},
		{Name: "end of sessions", Every: time.Hour, Do: func(ctx context.Context) (bool, error) {
			return false, a.Desk.TidySessions(ctx)
		}},
		{Name: "end of previews", Every: 10 * time.Minute, Do: func(ctx context.Context) (bool, error) {
			if _, err := a.Desk.EndPreviews(ctx); err != nil {
				return false, err
			}
			_, err := a.Desk.ForgetPresences(ctx)
			return false, err
		}},
		{Name: "files of deleted pictures", Every: time.Minute, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.DropBlobs(ctx, a.Disk)
			if n > 0 {
				a.Log.Info("files of deleted pictures were removed", "files", n)
			}
			return n > 0, err
		}},
		{Name: "files that were replaced", Every: time.Hour, Do: func(ctx context.Context) (bool, error) {
			n, err := a.Desk.DropReplaced(ctx)
			return n > 0, err
		}},
		a.renditions(),
	}
	if a.Config.CDN.PurgeURL != "" {
		all = append(all, a.tellCDN())
	}
	return all
}

// renditions makes what is missing of sizes and cuts of pictures. With another
// theme than before, all of the library is looked at.
func (a *App) renditions() job.Job {
	var asked *media.Darkroom
	return job.Job{Name: "renditions of pictures", Every: time.Second, Do: func(ctx context.Context) (bool, error) {
		room, err := a.Darkroom()
		if err != nil {
			return false, err
		}
		if room != asked {
			queued, err := a.Desk.AskForRenditions(ctx, room)
			if err != nil {
				return false, err
			}
			if asked = room; queued {
				a.Log.Info("the theme asks for other renditions of pictures; they are made in the background")
			}
		}
		return false, a.Desk.MakeRenditions(ctx, room, a.LogRenditions)
	}}
}

// LogRenditions writes down what became of a picture.
func (a *App) LogRenditions(r desk.RenditionResult) {
	log := a.Log.With("picture", r.Picture, "name", r.Name)
	switch {
	case r.Refused != "":
		log.Warn("a picture gets no renditions and is shown as it came", "why", r.Refused)
	case r.Failed != nil && r.Last:
		log.Error("the renditions of a picture are given up; broadsheet pictures renditions tries them again", "err", r.Failed)
	case r.Failed != nil:
		log.Error("the renditions of a picture have failed and will be tried again", "err", r.Failed)
	case r.Made > 0:
		log.Debug("renditions of a picture were made", "files", r.Made)
	}
}
