package store

import (
	"context"
	"encoding/json"
	"fmt"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	menuByName = `select items from menu where name = $1`
	menuNames  = `select name from menu order by name`
	putMenu    = `insert into menu (name, items) values ($1, $2) on conflict (name) do update set items = excluded.items`
)

// Menu returns the menu of that name; one that nobody has made is empty.
func (r Reader) Menu(ctx context.Context, name string) (news.Menu, error) {
	r.note(news.MenuRef(name))
	m := news.Menu{Name: name}
	items, err := db.Value[string](ctx, r.s, menuByName, name)
	switch {
	case fault.Is(err, fault.NotFound):
		return m, nil
	case err != nil:
		return m, err
	}
	if err := json.Unmarshal([]byte(items), &m.Items); err != nil {
		return m, fmt.Errorf("the stored menu %q can't be read: %w", name, err)
	}
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

// PutMenu stores a menu as a whole.
func (tx *Tx) PutMenu(ctx context.Context, m news.Menu) error {
	items, err := json.Marshal(m.Items)
	if err != nil {
		return err
	}
	tx.change(news.MenuRef(m.Name))
	_, err = db.Exec(ctx, tx.s, putMenu, m.Name, string(items))
	return err
}
