package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	allSections = `
select s.id, s.parent_id, s.name, s.slug, coalesce(d.path, ''), s.description, s.position, s.retired, s.version
from section s left join address d on d.noun = 'section' and d.target_id = s.id and d.state = 'current'`

	insertSection = `
insert into section (id, parent_id, name, slug, description, position, retired) values ($1, $2, $3, $4, $5, $6, $7)`

	updateSection = `
update section set parent_id = $2, name = $3, slug = $4, description = $5, position = $6, retired = $7, version = version + 1
where id = $1 and version = $8`

	deleteSection = `delete from section where id = $1`

	dropListing = `delete from listing where noun = $1 and target_id = $2`
	listSection = `
insert into listing (noun, target_id, published_at, article_id)
select distinct 'section', cast($1 as bigint), a.published_at, a.id
from article_section l join article a on a.id = l.article_id
where a.state = 'published' and a.kind = 'story'
	and l.section_id in (select value from json_each($2)) -- sqlite
	and l.section_id in (select value::bigint from json_array_elements_text($2::json)) -- postgres`

	// An article stands under one of the two: its own place for it stays.
	dropSecondOwn = `
delete from article_section
where section_id = $2 and article_id in (select id from article where section_id = $1)`
	dropSecond = `
delete from article_section
where section_id = $1 and article_id in (select article_id from article_section where section_id = $2)`
	mergeLinks   = `update article_section set section_id = $2 where section_id = $1`
	mergeSection = `update article set section_id = $2 where section_id = $1`
	grantsIn     = `select staff_id, role, section_id from staff_role where section_id = $1 order by staff_id, role`
	// Who has the same role in both keeps one of them.
	dropSecondRole = `
delete from staff_role
where section_id = $1 and exists (
	select 1 from staff_role o where o.staff_id = staff_role.staff_id and o.role = staff_role.role and o.section_id = $2)`
	mergeRoles = `update staff_role set section_id = $2 where section_id = $1`
	touchStaff = `update staff set version = version + 1 where id = $1`
	mergeOld   = `update imported set new_id = $3 where noun = $1 and new_id = $2`
)

func sectionFields(s *news.Section) []any {
	return []any{&s.ID, db.ID(&s.Parent), &s.Name, &s.Slug, &s.Path, &s.Description, &s.Position, &s.Retired, &s.Version}
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
	s.ID, s.Version = news.SectionID(id), 1
	tx.change(news.SectionsRef, news.SectionRef(s.ID))
	_, err = db.Exec(ctx, tx.s, insertSection, s.ID, db.Ref(s.Parent), s.Name, s.Slug, s.Description, s.Position, db.Flag(s.Retired))
	return err
}

// UpdateSection stores a section's name, place and description over the version that
// it was read at; s.Version becomes the new one. When somebody else has written it
// meanwhile, that is a fault of kind Conflict. before is the
// section as it stands in the store; another position alone changes only what lists
// sections. Lists that it moves in or out of are written anew by RelistSection.
func (tx *Tx) UpdateSection(ctx context.Context, before, s *news.Section) error {
	tx.change(news.SectionsRef)
	same := *before
	same.Position = s.Position
	if same != *s {
		tx.change(news.SectionRef(s.ID))
	}
	n, err := db.Exec(ctx, tx.s, updateSection, s.ID, db.Ref(s.Parent), s.Name, s.Slug, s.Description, s.Position, db.Flag(s.Retired), s.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has changed this section meanwhile")
	}
	s.Version++
	return err
}

// RelistSection writes the list of a section anew: the articles of those that
// stand below it, itself among them. The cost is that of the list.
func (tx *Tx) RelistSection(ctx context.Context, id news.SectionID, below []news.SectionID) error {
	tx.change(news.SectionListRef(id))
	if _, err := db.Exec(ctx, tx.s, dropListing, news.SectionNoun, id); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx.s, listSection, id, idList(below))
	return err
}

// MergeSection gives the articles of one section to another, and removes it. What
// stands below it, addresses, menus and lists are the caller's.
func (tx *Tx) MergeSection(ctx context.Context, from, into news.SectionID) error {
	tx.change(news.SectionsRef, news.SectionRef(from), news.SectionRef(into), news.SectionListRef(from))
	for _, step := range []struct {
		q    string
		args []any
	}{
		{dropSecondOwn, []any{from, into}}, {dropSecond, []any{from, into}}, {mergeLinks, []any{from, into}}, {mergeSection, []any{from, into}},
		{mergeOld, []any{news.SectionNoun, from, into}}, {dropListing, []any{news.SectionNoun, from}}, {deleteSection, []any{from}},
	} {
		if _, err := db.Exec(ctx, tx.s, step.q, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// MergeGrants gives the roles that people have in one section to another, none
// twice, and returns whose these are. A form of such an account that stands open is
// then one of an older version.
func (tx *Tx) MergeGrants(ctx context.Context, from, into news.SectionID) ([]news.StaffID, error) {
	rows, err := db.All(ctx, tx.s, roleFields, grantsIn, from)
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec(ctx, tx.s, dropSecondRole, from, into); err != nil {
		return nil, err
	}
	if _, err := db.Exec(ctx, tx.s, mergeRoles, from, into); err != nil {
		return nil, err
	}
	var whose []news.StaffID
	for _, r := range rows {
		if len(whose) > 0 && whose[len(whose)-1] == r.staff {
			continue
		}
		whose = append(whose, r.staff)
		if _, err := db.Exec(ctx, tx.s, touchStaff, r.staff); err != nil {
			return nil, err
		}
	}
	return whose, nil
}
