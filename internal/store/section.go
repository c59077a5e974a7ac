package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	allSections = `
select s.id, s.parent_id, s.name, s.slug, coalesce(d.path, ''), s.description, s.position
from section s left join address d on d.noun = 'section' and d.target_id = s.id and d.state = 'current'`

	insertSection = `
insert into section (id, parent_id, name, slug, description, position) values ($1, $2, $3, $4, $5, $6)`

	updateSection = `
update section set parent_id = $2, name = $3, slug = $4, description = $5, position = $6 where id = $1`
)

func sectionFields(s *news.Section) []any {
	return []any{&s.ID, db.ID(&s.Parent), &s.Name, &s.Slug, &s.Path, &s.Description, &s.Position}
}

// Sections returns every section of the paper.
func (r Reader) Sections(ctx context.Context) (news.Sections, error) {
	r.note(news.SectionsRef)
	list, err := db.All(ctx, r.s, sectionFields, allSections)
	all := make(news.Sections, len(list))
	for i := range list {
		all[list[i].ID] = &list[i]
	}
	return all, err
}

// InsertSection stores a new section and gives it its id. Its address is stored
// by SetAddress.
func (tx *Tx) InsertSection(ctx context.Context, s *news.Section) error {
	id, err := tx.newIDs(ctx, "section", 1)
	if err != nil {
		return err
	}
	s.ID = news.SectionID(id)
	tx.change(news.SectionsRef, news.SectionRef(s.ID))
	_, err = db.Exec(ctx, tx.s, insertSection, s.ID, db.Ref(s.Parent), s.Name, s.Slug, s.Description, s.Position)
	return err
}

// UpdateSection stores a section's name, place and description. Lists that it
// moves in or out of are not written anew.
func (tx *Tx) UpdateSection(ctx context.Context, s *news.Section) error {
	tx.change(news.SectionsRef, news.SectionRef(s.ID))
	_, err := db.Exec(ctx, tx.s, updateSection, s.ID, db.Ref(s.Parent), s.Name, s.Slug, s.Description, s.Position)
	return err
}
