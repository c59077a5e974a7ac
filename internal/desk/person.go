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

// ChangePerson stores what is told about somebody, over the version that p was read
// at. With another slug their page
// gets another address, and the one before leads on to it.
func (d *Desk) ChangePerson(ctx context.Context, who Who, p news.Person) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := tx.Person(ctx, p.ID)
		if err != nil {
			return err
		}
		if p.Version != before.Version {
			return fault.New(fault.Conflict, "somebody else has changed this person meanwhile")
		}
		if p.Name == "" {
			return fault.New(fault.Invalid, "a person needs a name")
		}
		if p.Slug = slug(p.Slug); p.Slug == "" {
			p.Slug = before.Slug
		}
		if p.Picture != 0 && p.Picture != before.Picture {
			if _, err := tx.Picture(ctx, p.Picture); err != nil {
				return fault.Wrap(fault.Invalid, err, "picture %d is not there", p.Picture)
			}
		}
		if err := tx.UpdatePerson(ctx, &p); err != nil {
			return err
		}
		at := news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}
		if p.Slug != before.Slug {
			settings, err := tx.Settings(ctx)
			if err != nil {
				return err
			}
			if _, err := relocate(ctx, tx, at, before.Path, strings.ReplaceAll(settings.PersonPath, "{slug}", p.Slug)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, now, string(who), "change", at, before.Name+" -> "+p.Name)
	})
}
