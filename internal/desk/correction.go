package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Correct puts a dated note beneath a public article that says what was wrong
// and what is right, and gives c its id. The text itself is changed by
// [Desk.Save]. A zero c.Made is now.
func (d *Desk) Correct(ctx context.Context, who Who, c *news.Correction) error {
	if c.Text = plainText(c.Text); strings.TrimSpace(c.Text) == "" {
		return fault.New(fault.Invalid, "a correction says what was wrong")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		a, err := tx.Article(ctx, c.Article)
		if err != nil {
			return err
		}
		if !a.Public() {
			return fault.New(fault.Invalid, "only a published article is corrected in public")
		}
		if c.Made.IsZero() {
			c.Made = now
		}
		if err := tx.InsertCorrection(ctx, c); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "correct", target(&a), c.Text)
	})
}
