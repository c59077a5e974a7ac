package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// ChangeMenu stores a menu as a whole over the version that it was read at. What
// can't be a menu is a fault of kind Invalid whose Fields are [news.FieldProblem]
// each, see [news.Menu.Check].
func (d *Desk) ChangeMenu(ctx context.Context, who Who, m news.Menu) error {
	return d.putMenu(ctx, who, "change", m)
}

// RestoreMenu has a menu be again what it was from a version on, over the one that
// the caller has seen.
func (d *Desk) RestoreMenu(ctx context.Context, who Who, name string, version, to int) error {
	old, err := d.store.PaperRevision(ctx, news.MenuPart(name), to)
	if err != nil {
		return err
	}
	m := news.Menu{Name: name, Version: version}
	if err := json.Unmarshal(old.Value, &m.Items); err != nil {
		return fault.Wrap(fault.Invalid, err, "this menu can't be read any more")
	}
	return d.putMenu(ctx, who, fmt.Sprintf("restore version %d", to), m)
}

func (d *Desk) putMenu(ctx context.Context, who Who, verb string, m news.Menu) error {
	if wrong := m.Check(); wrong != nil {
		return wrongFields("this menu can't be used", wrong)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.KeepPaper(ctx); err != nil {
			return err
		}
		if err := tx.PutMenu(ctx, &m, string(who), verb, now); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: "menu"}, m.Name)
	})
}
