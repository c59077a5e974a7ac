package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// CreateTopic stores a new topic, gives it its id and its address.
func (d *Desk) CreateTopic(ctx context.Context, who Who, t *news.Topic) error {
	if t.Slug == "" {
		t.Slug = slug(t.Name)
	}
	if t.Name == "" || t.Slug == "" {
		return fault.New(fault.Invalid, "a topic needs a name with a letter or a digit in it")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := insertTopic(ctx, tx, t); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", news.Target{Noun: news.TopicNoun, ID: int64(t.ID)}, t.Name)
	})
}

func insertTopic(ctx context.Context, tx *store.Tx, t *news.Topic) error {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	if err := tx.InsertTopic(ctx, t); err != nil {
		return err
	}
	t.Path, err = freePath(ctx, tx, strings.ReplaceAll(settings.TopicPath, "{slug}", t.Slug))
	if err != nil {
		return err
	}
	return tx.SetAddress(ctx, news.Address{Path: t.Path, Target: news.Target{Noun: news.TopicNoun, ID: int64(t.ID)}, State: news.Current})
}
