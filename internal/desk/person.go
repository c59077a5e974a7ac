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
// and their page's address. What can't be stored is a fault of kind Invalid whose
// Fields are [news.FieldProblem] each.
func (d *Desk) CreatePerson(ctx context.Context, who Who, p *news.Person) error {
	if p.Slug = slug(p.Slug); p.Slug == "" {
		p.Slug = slug(p.Name)
	}
	if wrong := p.Check(); wrong != nil {
		return wrongFields("this person can't be stored", wrong)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := checkPerson(ctx, tx, &news.Person{}, p); err != nil {
			return err
		}
		if err := insertPerson(ctx, tx, p); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}, p.Name)
	})
}

// checkPerson refuses the slug of somebody else, and a picture that is not there and
// was not theirs before.
func checkPerson(ctx context.Context, tx *store.Tx, before, p *news.Person) error {
	wrong := map[string]news.FieldProblem{}
	switch other, err := tx.PersonBySlug(ctx, p.Slug); {
	case err == nil && other.ID != p.ID:
		wrong["slug"] = news.Taken
	case err != nil && !fault.Is(err, fault.NotFound):
		return err
	}
	if p.Picture != 0 && p.Picture != before.Picture {
		switch _, err := tx.Picture(ctx, p.Picture); {
		case fault.Is(err, fault.NotFound):
			wrong["picture"] = news.NotThere
		case err != nil:
			return err
		}
	}
	if len(wrong) > 0 {
		return wrongFields("this person can't be stored", wrong)
	}
	return nil
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
// at; retired stays. With another slug their page gets another address, and the one
// before leads on to it. Faults are those of CreatePerson.
func (d *Desk) ChangePerson(ctx context.Context, who Who, p news.Person) error {
	return d.changePerson(ctx, who, "change", p.ID, p.Version, func(tx *store.Tx, stored *news.Person) error {
		if p.Slug = slug(p.Slug); p.Slug == "" {
			p.Slug = stored.Slug
		}
		if wrong := p.Check(); wrong != nil {
			return wrongFields("this person can't be changed like that", wrong)
		}
		if err := checkPerson(ctx, tx, stored, &p); err != nil {
			return err
		}
		p.Path, p.Retired = stored.Path, stored.Retired
		*stored = p
		return nil
	})
}

// RetirePerson says that somebody writes no more and is not offered for a byline;
// their page and their bylines stay. With false they are offered again.
func (d *Desk) RetirePerson(ctx context.Context, who Who, id news.PersonID, version int, retired bool) error {
	return d.changePerson(ctx, who, retireVerb(retired), id, version, func(_ *store.Tx, p *news.Person) error {
		p.Retired = retired
		return nil
	})
}

func (d *Desk) changePerson(ctx context.Context, who Who, verb string, id news.PersonID, version int, rule func(*store.Tx, *news.Person) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p, err := tx.Person(ctx, id)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this person meanwhile")
		}
		before := p
		if err := rule(tx, &p); err != nil {
			return err
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
		return tx.Audit(ctx, now, string(who), verb, at, before.Name+" -> "+p.Name)
	})
}
