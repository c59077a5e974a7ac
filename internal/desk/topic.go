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

// RenameTopic gives a topic another name and description, over the version that t was
// read at. With another slug it
// gets another address, and the one before leads on to it.
func (d *Desk) RenameTopic(ctx context.Context, who Who, t news.Topic) error {
	return d.changeTopic(ctx, who, "rename", t.ID, t.Version, func(stored *news.Topic) error {
		if t.Name == "" {
			return fault.New(fault.Invalid, "a topic needs a name")
		}
		if t.Slug != "" && t.Slug != stored.Slug {
			if stored.Slug = slug(t.Slug); stored.Slug == "" {
				return fault.New(fault.Invalid, "a slug needs a letter or a digit")
			}
		}
		stored.Name, stored.Description = t.Name, t.Description
		return nil
	})
}

// RetireTopic says that a topic goes with no new articles and is not linked to any
// more; its page stays. With false it is opened again.
func (d *Desk) RetireTopic(ctx context.Context, who Who, id news.TopicID, version int, retired bool) error {
	verb := "retire"
	if !retired {
		verb = "reopen"
	}
	return d.changeTopic(ctx, who, verb, id, version, func(t *news.Topic) error {
		t.Retired = retired
		return nil
	})
}

func (d *Desk) changeTopic(ctx context.Context, who Who, verb string, id news.TopicID, version int, rule func(*news.Topic) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		t, err := tx.Topic(ctx, id)
		if err != nil {
			return err
		}
		if t.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this topic meanwhile")
		}
		before := t
		if err := rule(&t); err != nil {
			return err
		}
		if err := tx.UpdateTopic(ctx, &t); err != nil {
			return err
		}
		at := news.Target{Noun: news.TopicNoun, ID: int64(id)}
		if t.Slug != before.Slug {
			settings, err := tx.Settings(ctx)
			if err != nil {
				return err
			}
			if _, err := relocate(ctx, tx, at, t.Path, strings.ReplaceAll(settings.TopicPath, "{slug}", t.Slug)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, now, string(who), verb, at, before.Name+" -> "+t.Name)
	})
}

// MergeTopics gives all that a topic has to another: articles, addresses, places
// in menus. The first is gone then.
func (d *Desk) MergeTopics(ctx context.Context, who Who, from, into news.TopicID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		both, err := tx.Topics(ctx, []news.TopicID{from, into})
		if err != nil {
			return err
		}
		if len(both) != 2 || from == into {
			return fault.New(fault.NotFound, "two topics are needed that are there")
		}
		a, b := news.Target{Noun: news.TopicNoun, ID: int64(from)}, news.Target{Noun: news.TopicNoun, ID: int64(into)}
		if err := tx.RedirectAddresses(ctx, a, b); err != nil {
			return err
		}
		if err := retarget(ctx, tx, who, now, a, b); err != nil {
			return err
		}
		if err := tx.MergeTopic(ctx, from, into); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "merge", a, both[0].Name+" -> "+both[1].Name)
	})
}
