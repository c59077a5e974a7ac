package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	addressColumns = `select path, noun, target_id, state, moved_to from address`

	addressByPath   = addressColumns + ` where path = $1`
	addressesByPath = addressColumns + `
where path in (select value from json_each($1)) -- sqlite
where path in (select json_array_elements_text($1::json)) -- postgres`
	allAddresses    = addressColumns + ` order by path`
	addressOfTarget = addressColumns + ` where noun = $1 and target_id = $2 and state in ('current', 'reserved', 'gone') order by state limit 1`

	putAddress = `
insert into address (path, noun, target_id, state, moved_to) values ($1, $2, $3, $4, $5)
on conflict (path) do update set noun = excluded.noun, target_id = excluded.target_id, state = excluded.state, moved_to = excluded.moved_to`
	addAddress = `
insert into address (path, noun, target_id, state, moved_to) values ($1, $2, $3, $4, $5)
on conflict (path) do nothing`
)

func addressFields(a *news.Address) []any {
	return []any{&a.Path, &a.Target.Noun, &a.Target.ID, &a.State, &a.To}
}

func addressRow(a news.Address) []any {
	return []any{a.Path, a.Target.Noun, a.Target.ID, a.State, a.To}
}

// Address returns what stands at a path, or a fault of kind NotFound.
func (r Reader) Address(ctx context.Context, path string) (news.Address, error) {
	r.note(news.AddressRef(path))
	return db.One(ctx, r.s, addressFields, addressByPath, path)
}

// Addresses returns what stands at these paths, by path; unknown ones are
// absent.
func (r Reader) Addresses(ctx context.Context, paths []string) (map[string]news.Address, error) {
	list, err := db.All(ctx, r.s, addressFields, addressesByPath, textList(paths))
	all := make(map[string]news.Address, len(list))
	for _, a := range list {
		all[a.Path] = a
	}
	return all, err
}

// AllAddresses returns every address that there is or was, by path: for what goes
// through the whole paper.
func (r Reader) AllAddresses(ctx context.Context) ([]news.Address, error) {
	return db.All(ctx, r.s, addressFields, allAddresses)
}

// AddressOf returns the one address of a thing that is not a moved one, or a
// fault of kind NotFound.
func (r Reader) AddressOf(ctx context.Context, t news.Target) (news.Address, error) {
	return db.One(ctx, r.s, addressFields, addressOfTarget, t.Noun, t.ID)
}

// SetAddress stores addresses; what stood at their paths is overwritten, so the
// caller looks first.
func (tx *Tx) SetAddress(ctx context.Context, all ...news.Address) error {
	return tx.insertAddresses(ctx, putAddress, all)
}

// AddAddress stores those of the addresses whose paths are free.
func (tx *Tx) AddAddress(ctx context.Context, all ...news.Address) error {
	return tx.insertAddresses(ctx, addAddress, all)
}

func (tx *Tx) insertAddresses(ctx context.Context, q string, all []news.Address) error {
	rows := make([][]any, len(all))
	for i, a := range all {
		rows[i] = addressRow(a)
		tx.change(news.AddressRef(a.Path))
		tx.changeTarget(a.Target)
	}
	return db.Insert(ctx, tx.s, q, rows)
}

// changeTarget gathers that a thing stands elsewhere: whatever links to it.
func (tx *Tx) changeTarget(t news.Target) {
	if t.Noun == "" {
		return
	}
	tx.change(news.Ref(t.String()))
	if t.Noun == news.SectionNoun {
		tx.change(news.SectionsRef)
	}
}

const (
	redirectTarget = `update address set target_id = $3, state = 'moved' where noun = $1 and target_id = $2`
	addressesOf    = addressColumns + ` where noun = $1 and target_id = $2`
	closeTarget    = `update address set state = 'gone', moved_to = '' where noun = $1 and target_id = $2`
)

// RedirectAddresses has every address of one thing lead to another of the same
// noun, as moved ones.
func (tx *Tx) RedirectAddresses(ctx context.Context, from, to news.Target) error {
	all, err := db.All(ctx, tx.s, addressFields, addressesOf, from.Noun, from.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		tx.change(news.AddressRef(a.Path))
	}
	tx.changeTarget(from)
	tx.changeTarget(to)
	_, err = db.Exec(ctx, tx.s, redirectTarget, from.Noun, from.ID, to.ID)
	return err
}

// closeAddresses has every address of a thing answer that it is gone.
func (tx *Tx) closeAddresses(ctx context.Context, t news.Target) error {
	all, err := db.All(ctx, tx.s, addressFields, addressesOf, t.Noun, t.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		tx.change(news.AddressRef(a.Path))
	}
	tx.changeTarget(t)
	_, err = db.Exec(ctx, tx.s, closeTarget, t.Noun, t.ID)
	return err
}
