package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	menuByName = `select items, version from menu where name = $1`
	menuNames  = `select name from menu order by name`
	putMenu    = `
insert into menu (name, items, version) values ($1, $2, $3)
on conflict (name) do update set items = excluded.items, version = excluded.version where menu.version = $4`
)

// Menu returns the menu of that name; one that nobody has made is empty.
func (r Reader) Menu(ctx context.Context, name string) (news.Menu, error) {
	r.note(news.MenuRef(name))
	m := news.Menu{Name: name}
	p, err := db.One(ctx, r.s, partFields, menuByName, name)
	switch {
	case fault.Is(err, fault.NotFound):
		return m, nil
	case err != nil:
		return m, err
	}
	if err := json.Unmarshal([]byte(p.value), &m.Items); err != nil {
		return m, fmt.Errorf("the stored menu %q can't be read: %w", name, err)
	}
	m.Version = p.version
	return m, nil
}

// Menus returns all menus that somebody has made, by name.
func (r Reader) Menus(ctx context.Context) ([]news.Menu, error) {
	names, err := db.Values[string](ctx, r.s, menuNames)
	if err != nil {
		return nil, err
	}
	all := make([]news.Menu, len(names))
	for i, name := range names {
		if all[i], err = r.Menu(ctx, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// PutMenu stores a menu as a whole over the version that it was read at, and writes
// down who did it and when; m.Version becomes the new one. When somebody else has
// written it meanwhile, that is a fault of kind Conflict.
func (tx *Tx) PutMenu(ctx context.Context, m *news.Menu, by, verb string, at time.Time) error {
	items, err := json.Marshal(m.Items)
	if err != nil {
		return err
	}
	tx.change(news.MenuRef(m.Name))
	n, err := db.Exec(ctx, tx.s, putMenu, m.Name, string(items), m.Version+1, m.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has changed this menu meanwhile")
	}
	if err != nil {
		return err
	}
	m.Version++
	return tx.writeDown(ctx, news.PaperRevision{Part: news.MenuPart(m.Name), Version: m.Version, Saved: at, By: by, Verb: verb, Value: items})
}
