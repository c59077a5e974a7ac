package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// Create stores a new article as a draft and gives it its id. Its language is
// the paper's where none is given, its slug is made of the headline.
func (d *Desk) Create(ctx context.Context, who Who, a *news.Article) error {
	body, err := richtext.Decode(a.Body)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the article's body can't be read")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		if a.Language == "" {
			a.Language = settings.Language
		}
		if a.Slug == "" {
			a.Slug = slug(a.Headline)
		}
		a.State, a.Created, a.Changed = news.Draft, now, now
		a.Summary = Summary(a, body)
		if err := tx.InsertArticles(ctx, []*news.Article{a}, all, string(who)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", target(a), "")
	})
}

// Save stores all fields of an article over the version that it was read at, its
// state and address aside.
func (d *Desk) Save(ctx context.Context, who Who, a *news.Article) error {
	body, err := richtext.Decode(a.Body)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the article's body can't be read")
	}
	return d.act(ctx, who, "save", a.ID, a.Version, func(stored *news.Article, now time.Time) error {
		state, path, published, scheduled := stored.State, stored.Path, stored.Published, stored.Scheduled
		*stored = *a
		stored.State, stored.Path, stored.Published, stored.Scheduled = state, path, published, scheduled
		stored.Summary = Summary(stored, body)
		return nil
	})
}

// Publish makes an article public, as of the version that the caller has seen.
// It gets its address now, unless it has one.
func (d *Desk) Publish(ctx context.Context, who Who, id news.ArticleID, version int) error {
	return d.act(ctx, who, "publish", id, version, func(a *news.Article, now time.Time) error { return a.Publish(now) })
}

// PublishAs is Publish with a time of first publication that lies in the past:
// for what had appeared before it came here.
func (d *Desk) PublishAs(ctx context.Context, who Who, id news.ArticleID, version int, at time.Time) error {
	return d.act(ctx, who, "publish", id, version, func(a *news.Article, now time.Time) error {
		a.Published = at
		return a.Publish(now)
	})
}

// Schedule has the clock publish an article when its hour comes.
func (d *Desk) Schedule(ctx context.Context, who Who, id news.ArticleID, version int, at time.Time) error {
	return d.act(ctx, who, "schedule", id, version, func(a *news.Article, now time.Time) error { return a.Schedule(at, now) })
}

// Withdraw takes a public article away; its address answers that it is gone.
func (d *Desk) Withdraw(ctx context.Context, who Who, id news.ArticleID, version int) error {
	return d.act(ctx, who, "withdraw", id, version, func(a *news.Article, _ time.Time) error { return a.Withdraw() })
}

// act changes an article by a rule and stores it, with its address where its
// state asks for another.
func (d *Desk) act(ctx context.Context, who Who, verb string, id news.ArticleID, version int, rule func(*news.Article, time.Time) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := tx.Article(ctx, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this article meanwhile")
		}
		a := before
		if err := rule(&a, now); err != nil {
			return fault.Wrap(fault.Invalid, err, "it can't be done (%s)", verb)
		}
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		a.Changed = now
		if err := tx.UpdateArticle(ctx, &before, &a, all, string(who)); err != nil {
			return err
		}
		if err := address(ctx, tx, &a, all); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), verb, target(&a), string(before.State)+" -> "+string(a.State))
	})
}

func target(a *news.Article) news.Target {
	return news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}
}
