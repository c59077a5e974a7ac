package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// ChangeSettings has change alter the paper's settings and stores them, when
// they are sound then. An error of change is returned as it is.
func (d *Desk) ChangeSettings(ctx context.Context, who Who, change func(*news.Settings) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		before := s
		if err := change(&s); err != nil {
			return err
		}
		if wrong := s.Check(); wrong != nil {
			return &fault.Error{Kind: fault.Invalid, Public: "these settings can't be used", Fields: wrong}
		}
		if err := tx.PutSettings(ctx, s); err != nil {
			return err
		}
		if s.CommentsCloseAfter != before.CommentsCloseAfter {
			if err := tx.PutClosed(ctx, s.CommentsClosedBefore(now)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, now, string(who), "change", news.Target{Noun: "settings"}, "")
	})
}

// ChangeMenu stores a menu as a whole.
func (d *Desk) ChangeMenu(ctx context.Context, who Who, m news.Menu) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.PutMenu(ctx, m); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "change", news.Target{Noun: "menu"}, m.Name)
	})
}
