package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	staffColumns = `
select id, email, name, language, disabled_at, version, created_at from staff`

	staffByID    = staffColumns + ` where id = $1`
	staffByEmail = staffColumns + ` where email = $1`
	staffAll     = staffColumns + ` order by id`

	rolesOf  = `select staff_id, role, section_id from staff_role where staff_id = $1`
	rolesAll = `select staff_id, role, section_id from staff_role`

	insertStaff = `
insert into staff (id, email, name, language, disabled_at, version, created_at)
values ($1, $2, $3, $4, $5, $6, $7)`
	updateStaff = `
update staff set email = $3, name = $4, language = $5, disabled_at = $6, version = version + 1
where id = $1 and version = $2`
	insertRole  = `insert into staff_role (staff_id, role, section_id) values ($1, $2, $3)`
	deleteRoles = `delete from staff_role where staff_id = $1`
)

func staffFields(s *news.Staff) []any {
	return []any{&s.ID, &s.Email, &s.Name, &s.Language, (*db.Millis)(&s.Disabled), &s.Version, (*db.Millis)(&s.Created)}
}

type roleRow struct {
	staff news.StaffID
	grant news.Grant
}

func roleFields(r *roleRow) []any { return []any{&r.staff, &r.grant.Role, &r.grant.Section} }

// Staff returns an account, or a fault of kind NotFound.
func (r Reader) Staff(ctx context.Context, id news.StaffID) (news.Staff, error) {
	s, err := db.One(ctx, r.s, staffFields, staffByID, id)
	if err != nil {
		return s, err
	}
	return s, r.grant(ctx, &s)
}

// StaffByEmail returns the account of an address as [news.FoldEmail] writes it,
// or a fault of kind NotFound.
func (r Reader) StaffByEmail(ctx context.Context, email string) (news.Staff, error) {
	s, err := db.One(ctx, r.s, staffFields, staffByEmail, email)
	if err != nil {
		return s, err
	}
	return s, r.grant(ctx, &s)
}

func (r Reader) grant(ctx context.Context, s *news.Staff) error {
	rows, err := db.All(ctx, r.s, roleFields, rolesOf, s.ID)
	for _, row := range rows {
		s.Grants = append(s.Grants, row.grant)
	}
	sortGrants(s.Grants)
	return err
}

func sortGrants(list []news.Grant) {
	roles := news.Roles()
	slices.SortFunc(list, func(a, b news.Grant) int {
		return cmp.Or(cmp.Compare(slices.Index(roles, a.Role), slices.Index(roles, b.Role)), cmp.Compare(a.Section, b.Section))
	})
}

// AllStaff returns every account, those that are disabled too, in the order in
// which they were made. A newsroom has some hundred at most: they are read at
// once.
func (r Reader) AllStaff(ctx context.Context) ([]news.Staff, error) {
	all, err := db.All(ctx, r.s, staffFields, staffAll)
	if err != nil {
		return nil, err
	}
	rows, err := db.All(ctx, r.s, roleFields, rolesAll)
	if err != nil {
		return nil, err
	}
	grants := map[news.StaffID][]news.Grant{}
	for _, row := range rows {
		grants[row.staff] = append(grants[row.staff], row.grant)
	}
	for i := range all {
		all[i].Grants = grants[all[i].ID]
		sortGrants(all[i].Grants)
	}
	return all, nil
}

// InsertStaff stores a new account and gives it its id and its first version. An
// address that has one already is a fault of kind Conflict.
func (tx *Tx) InsertStaff(ctx context.Context, s *news.Staff) error {
	id, err := tx.newIDs(ctx, "staff", 1)
	if err != nil {
		return err
	}
	s.ID, s.Version = news.StaffID(id), 1
	if _, err := db.Exec(ctx, tx.s, insertStaff, s.ID, s.Email, s.Name, s.Language, db.Time(s.Disabled), s.Version, db.Time(s.Created)); err != nil {
		return err
	}
	return tx.insertRoles(ctx, s)
}

// UpdateStaff stores an account with its roles and raises its version; false
// where it was changed since it was read.
func (tx *Tx) UpdateStaff(ctx context.Context, s *news.Staff) (bool, error) {
	n, err := db.Exec(ctx, tx.s, updateStaff, s.ID, s.Version, s.Email, s.Name, s.Language, db.Time(s.Disabled))
	if err != nil || n == 0 {
		return false, err
	}
	s.Version++
	if _, err := db.Exec(ctx, tx.s, deleteRoles, s.ID); err != nil {
		return false, err
	}
	return true, tx.insertRoles(ctx, s)
}

func (tx *Tx) insertRoles(ctx context.Context, s *news.Staff) error {
	sortGrants(s.Grants)
	s.Grants = slices.Compact(s.Grants)
	rows := make([][]any, len(s.Grants))
	for i, g := range s.Grants {
		rows[i] = []any{s.ID, g.Role, g.Section}
	}
	return db.Insert(ctx, tx.s, insertRole, rows)
}

const (
	linkByHash = `
select staff_id, kind, expires_at, mailed from staff_link where hash = $1`
	putLink = `
insert into staff_link (hash, staff_id, mailed, kind, expires_at) values ($1, $2, $3, $4, $5)
on conflict (staff_id, mailed) do update set hash = excluded.hash, kind = excluded.kind, expires_at = excluded.expires_at`
	deleteLink = `delete from staff_link where staff_id = $1`
)

// StaffLink is a link to choose a password with.
type StaffLink struct {
	Staff   news.StaffID
	Kind    news.LinkKind
	Expires time.Time
	Mailed  bool // it went by mail; else it was shown on a screen
}

// StaffLink returns the link whose secret has that hash, which may have expired,
// or a fault of kind NotFound.
func (r Reader) StaffLink(ctx context.Context, hash string) (StaffLink, error) {
	return db.One(ctx, r.s, func(l *StaffLink) []any { return []any{&l.Staff, &l.Kind, (*db.Millis)(&l.Expires), &l.Mailed} }, linkByHash, hash)
}

// PutStaffLink stores somebody's link in place of the one before that came the same
// way.
func (tx *Tx) PutStaffLink(ctx context.Context, l StaffLink, hash string) error {
	_, err := db.Exec(ctx, tx.s, putLink, hash, l.Staff, db.Flag(l.Mailed), l.Kind, db.Time(l.Expires))
	return err
}

// DeleteStaffLink takes away somebody's links, if there are any.
func (tx *Tx) DeleteStaffLink(ctx context.Context, id news.StaffID) error {
	_, err := db.Exec(ctx, tx.s, deleteLink, id)
	return err
}
