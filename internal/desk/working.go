package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// KeepWorkingCopy stores what somebody has typed into an article, and fills in
// when. The article stays as it is, and readers see nothing of it.
//
// c.Counter must be higher than that of the copy before, also when that was
// dropped since: a late one is a Conflict, as is one from a second window. The
// same copy once more is none: its answer may have been lost on the way.
func (d *Desk) KeepWorkingCopy(ctx context.Context, c *news.WorkingCopy) error {
	if _, err := readBody(&c.Fields); err != nil {
		return err
	}
	if err := sized(c); err != nil {
		return err
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		a, err := tx.Article(ctx, c.Article)
		if err != nil {
			return err
		}
		if c.BasedOn < 1 || c.BasedOn > a.Version {
			return fault.New(fault.Invalid, "this article has no version %d", c.BasedOn)
		}
		last, err := tx.WorkingCounter(ctx, c.Staff, c.Article)
		if err != nil {
			return err
		}
		if c.Counter == last && last > 0 {
			before, err := tx.WorkingCopy(ctx, c.Staff, c.Article)
			if err == nil && sameText(&before.Fields, &c.Fields) && reflect.DeepEqual(before.Names, c.Names) {
				c.Saved = before.Saved
				return nil
			}
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		if c.Counter <= last {
			return fault.New(fault.Conflict, "a newer text of yours is kept already, perhaps from another window")
		}
		c.Saved = now
		return tx.PutWorkingCopy(ctx, c)
	})
}

// sized refuses a working copy that nobody can have typed.
func sized(c *news.WorkingCopy) error {
	if c.Staff == 0 || c.Counter < 1 {
		return fault.New(fault.Invalid, "a working copy belongs to somebody and is counted")
	}
	fields := c.Fields
	fields.Body, fields.Original = nil, ""
	b, err := json.Marshal(&fields)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the fields can't be read")
	}
	names, err := json.Marshal(&c.Names)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the names can't be read")
	}
	if len(b)+len(names) > news.MaxFields {
		return fault.New(fault.Invalid, "what stands beside the text is too long: more than %d characters together", news.MaxFields)
	}
	return nil
}

// sameText reports whether two copies hold the same.
func sameText(a, b *news.Article) bool {
	x, y := *a, *b
	x.Body, y.Body, x.Original, y.Original, x.ID, y.ID = nil, nil, "", "", 0, 0
	one, err1 := json.Marshal(&x)
	two, err2 := json.Marshal(&y)
	return err1 == nil && err2 == nil && bytes.Equal(one, two) && bytes.Equal(a.Body, b.Body)
}

// DropWorkingCopy forgets what somebody has typed into an article: it was saved,
// or is not wanted. What was sent before and comes after is a Conflict then, up to
// counter: the highest that may be under way, 0 where that is not known.
func (d *Desk) DropWorkingCopy(ctx context.Context, staff news.StaffID, article news.ArticleID, counter int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		return tx.DropWorkingCopy(ctx, staff, article, max(counter, 0), now)
	})
}

// NotePresence writes down that somebody has an article open, and whether they
// have typed since the time before. Readers see nothing of it.
func (d *Desk) NotePresence(ctx context.Context, staff news.StaffID, article news.ArticleID, typing bool) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		return tx.PutPresence(ctx, article, news.Presence{Staff: staff, Seen: now, Typing: typing})
	})
}

// NoteAbsence writes down that somebody has closed an article.
func (d *Desk) NoteAbsence(ctx context.Context, staff news.StaffID, article news.ArticleID) error {
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error { return tx.DropPresence(ctx, article, staff) })
}

// ForgetPresences clears away who was last heard of an hour ago, and returns how
// many.
func (d *Desk) ForgetPresences(ctx context.Context) (n int64, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		n, err = tx.DropPresences(ctx, now.Add(-time.Hour))
		return err
	})
	return n, err
}
