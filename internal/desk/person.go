package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// CreatePerson stores somebody who can stand in a byline, gives them their id
// and their page's address.
func (d *Desk) CreatePerson(ctx context.Context, who Who, p *news.Person) error {
	if p.Slug == "" {
		p.Slug = slug(p.Name)
	}
	if p.Name == "" || p.Slug == "" {
		return fault.New(fault.Invalid, "a person needs a name with a letter or a digit in it")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := insertPerson(ctx, tx, p); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}, p.Name)
	})
}

func insertPerson(ctx context.Context, tx *store.Tx, p *news.Person) error {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	if err := tx.InsertPerson(ctx, p); err != nil {
		return err
	}
	p.Path, err = freePath(ctx, tx, strings.ReplaceAll(settings.PersonPath, "{slug}", p.Slug))
	if err != nil {
		return err
	}
	return tx.SetAddress(ctx, news.Address{Path: p.Path, Target: news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}, State: news.Current})
}
