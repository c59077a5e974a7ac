package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	personColumns = `
select p.id, p.name, p.slug, coalesce(d.path, ''), p.email, p.biography, p.website, p.picture_id, p.version, p.retired
from person p left join address d on d.noun = 'person' and d.target_id = p.id and d.state = 'current'`

	personByID     = personColumns + ` where p.id = $1`
	peopleWhoWrote = personColumns + `
where exists (select 1 from listing l where l.noun = 'person' and l.target_id = p.id)`
	personBySlug = personColumns + ` where p.slug = $1`
	personNamed  = personColumns + ` where p.name = $1 order by p.retired, p.id limit 1`
	personsByID  = personColumns + `
where p.id in (select value from json_each($1)) -- sqlite
where p.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`

	insertPerson = `
insert into person (id, name, slug, email, biography, website, picture_id, retired, found_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	updatePerson = `
update person set name = $2, slug = $3, email = $4, biography = $5, website = $6, picture_id = $7, retired = $9, found_by = $10, version = version + 1
where id = $1 and version = $8`
)

func personFields(p *news.Person) []any {
	return []any{&p.ID, &p.Name, &p.Slug, &p.Path, &p.Email, &p.Biography, &p.Website, db.ID(&p.Picture), &p.Version, &p.Retired}
}

// Person returns one person, or a fault of kind NotFound.
func (r Reader) Person(ctx context.Context, id news.PersonID) (news.Person, error) {
	r.note(news.PersonRef(id))
	return db.One(ctx, r.s, personFields, personByID, id)
}

// PersonBySlug returns the person with that slug, or a fault of kind NotFound.
func (r Reader) PersonBySlug(ctx context.Context, slug string) (news.Person, error) {
	return db.One(ctx, r.s, personFields, personBySlug, slug)
}

// PersonNamed returns the person of just that name, retired or not, or a fault of kind
// NotFound. Of several it is one who is not retired, the oldest.
func (r Reader) PersonNamed(ctx context.Context, name string) (news.Person, error) {
	return db.One(ctx, r.s, personFields, personNamed, name)
}

// Persons returns the persons with these ids, in the order of the ids; unknown
// ones are left out.
func (r Reader) Persons(ctx context.Context, ids []news.PersonID) ([]news.Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for _, id := range ids {
		r.note(news.PersonRef(id))
	}
	list, err := db.All(ctx, r.s, personFields, personsByID, idList(ids))
	return inOrder(ids, list, func(p *news.Person) news.PersonID { return p.ID }), err
}

// PeopleWhoWrote returns everybody with a byline that readers can see, in no
// order. A paper has hundreds at most: they are read at once.
func (r Reader) PeopleWhoWrote(ctx context.Context) ([]news.Person, error) {
	r.note(news.PeopleRef)
	list, err := db.All(ctx, r.s, personFields, peopleWhoWrote)
	for _, p := range list {
		r.note(news.PersonRef(p.ID))
	}
	return list, err
}

// InsertPerson stores a new person and gives them their id. A slug that another
// person has is a fault of kind Conflict.
func (tx *Tx) InsertPerson(ctx context.Context, p *news.Person) error {
	id, err := tx.newIDs(ctx, "person", 1)
	if err != nil {
		return err
	}
	p.ID, p.Version = news.PersonID(id), 1
	tx.change(news.PersonRef(p.ID))
	if _, err = db.Exec(ctx, tx.s, insertPerson, p.ID, p.Name, p.Slug, p.Email, p.Biography, p.Website, db.Ref(p.Picture), db.Flag(p.Retired), headlineWords(p.Name)); err != nil {
		return err
	}
	return tx.usePortrait(ctx, p)
}

// usePortrait stores which picture stands for a person.
func (tx *Tx) usePortrait(ctx context.Context, p *news.Person) error {
	return tx.useOne(ctx, news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}, p.Picture, news.Portrait)
}

// UpdatePerson stores all of a person but the address over the version that they
// were read at; p.Version becomes the new one. A slug that another person has is a
// fault of kind Conflict, and so is that somebody else has written them meanwhile.
func (tx *Tx) UpdatePerson(ctx context.Context, p *news.Person) error {
	tx.change(news.PersonRef(p.ID))
	n, err := db.Exec(ctx, tx.s, updatePerson, p.ID, p.Name, p.Slug, p.Email, p.Biography, p.Website, db.Ref(p.Picture), p.Version, db.Flag(p.Retired), headlineWords(p.Name))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has changed this person meanwhile")
	}
	if err != nil {
		return err
	}
	p.Version++
	return tx.usePortrait(ctx, p)
}
