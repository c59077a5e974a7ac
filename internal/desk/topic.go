package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// CreateTopic stores a new topic, gives it its id and its address. What can't be
// stored is a fault of kind Invalid whose Fields are [news.FieldProblem] each.
func (d *Desk) CreateTopic(ctx context.Context, who Who, t *news.Topic) error {
	if t.Slug = slug(t.Slug); t.Slug == "" {
		t.Slug = slug(t.Name)
	}
	if wrong := t.Check(); wrong != nil {
		return wrongFields("this topic can't be made", wrong)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := freeTopicSlug(ctx, tx, t); err != nil {
			return err
		}
		if err := insertTopic(ctx, tx, t); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", news.Target{Noun: news.TopicNoun, ID: int64(t.ID)}, t.Name)
	})
}

// freeTopicSlug refuses the slug of another topic.
func freeTopicSlug(ctx context.Context, tx *store.Tx, t *news.Topic) error {
	list, err := tx.TopicsBySlug(ctx, []string{t.Slug})
	if err == nil && len(list) > 0 && list[0].ID != t.ID {
		err = wrongFields("another topic has that slug: "+list[0].Name, map[string]news.FieldProblem{"slug": news.Taken})
	}
	return err
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

// ChangeTopic stores a topic's name and description, over the version that t was
// read at. With another slug it gets another address, and the one before leads on to
// it. Faults are those of CreateTopic.
func (d *Desk) ChangeTopic(ctx context.Context, who Who, t news.Topic) error {
	return d.changeTopic(ctx, who, "change", t.ID, t.Version, func(tx *store.Tx, stored *news.Topic) error {
		if t.Slug != stored.Slug && t.Slug != "" {
			t.Slug = slug(t.Slug)
		} else {
			t.Slug = stored.Slug
		}
		if wrong := t.Check(); wrong != nil {
			return wrongFields("this topic can't be changed like that", wrong)
		}
		if err := freeTopicSlug(ctx, tx, &t); err != nil {
			return err
		}
		stored.Name, stored.Description, stored.Slug = t.Name, t.Description, t.Slug
		return nil
	})
}

// RetireTopic says that a topic goes with no new articles and is not linked to any
// more; its page stays. With false it is opened again.
func (d *Desk) RetireTopic(ctx context.Context, who Who, id news.TopicID, version int, retired bool) error {
	return d.changeTopic(ctx, who, retireVerb(retired), id, version, func(_ *store.Tx, t *news.Topic) error {
		t.Retired = retired
		return nil
	})
}

func (d *Desk) changeTopic(ctx context.Context, who Who, verb string, id news.TopicID, version int, rule func(*store.Tx, *news.Topic) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		t, err := tx.Topic(ctx, id)
		if err != nil {
			return err
		}
		if t.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this topic meanwhile")
		}
		before := t
		if err := rule(tx, &t); err != nil {
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

// MergeTopics gives all that a topic has to another, both at the versions that the
// caller has seen: articles, addresses, places in menus. The first is gone then.
func (d *Desk) MergeTopics(ctx context.Context, who Who, from news.TopicID, version int, into news.TopicID, intoVersion int) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		both, err := tx.Topics(ctx, []news.TopicID{from, into})
		if err != nil {
			return err
		}
		if from == into {
			return wrongFields("a topic can't be merged into itself", map[string]news.FieldProblem{"into": news.BelowItself})
		}
		if len(both) != 2 {
			return fault.New(fault.NotFound, "two topics are needed that are there")
		}
		if both[0].Version != version || both[1].Version != intoVersion {
			return fault.New(fault.Conflict, "somebody else has changed one of the topics meanwhile")
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
