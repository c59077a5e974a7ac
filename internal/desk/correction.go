package desk

import (
	"context"
	"fmt"
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
	var err error
	if c.Text, err = correctionText(c.Text); err != nil {
		return err
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
		return tx.Audit(ctx, now, string(who), "correct", target(&a), correctionLine(c, "none", "shown")+": "+c.Text)
	})
}

func correctionText(text string) (string, error) {
	text = strings.TrimSpace(plainText(text))
	if problem := news.CheckCorrection(text); problem != "" {
		return text, &fault.Error{Kind: fault.Invalid, Public: "a correction says what was wrong, in a few sentences", Fields: map[string]string{"text": string(problem)}}
	}
	return text, nil
}

// correctionLine is what the log says of a correction: which, and from which state to
// which.
func correctionLine(c *news.Correction, from, to string) string {
	return fmt.Sprintf("correction %d: %s -> %s", c.ID, from, to)
}

// AmendCorrection gives a correction another text, as of the version that the caller
// has seen. Readers are told that it was amended, and when; the text before is kept.
func (d *Desk) AmendCorrection(ctx context.Context, who Who, id news.CorrectionID, version int, text string) error {
	text, err := correctionText(text)
	if err != nil {
		return err
	}
	return d.changeCorrection(ctx, who, "amend correction", id, version, func(c *news.Correction, now time.Time) (string, error) {
		if text == c.Text {
			return "", fault.New(fault.Invalid, "it says so already")
		}
		c.Text, c.Amended = text, now
		return correctionLine(c, "shown", "shown, amended") + ": " + text, nil
	})
}

// RemoveCorrection takes a correction from readers that should not have been made.
// The newsroom goes on seeing what it said.
func (d *Desk) RemoveCorrection(ctx context.Context, who Who, id news.CorrectionID, version int) error {
	return d.changeCorrection(ctx, who, "remove correction", id, version, func(c *news.Correction, now time.Time) (string, error) {
		c.Removed = now
		return correctionLine(c, "shown", "removed") + ": " + c.Text, nil
	})
}

func (d *Desk) changeCorrection(ctx context.Context, who Who, verb string, id news.CorrectionID, version int, change func(*news.Correction, time.Time) (string, error)) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := tx.Correction(ctx, id)
		if err != nil {
			return err
		}
		if !before.Removed.IsZero() {
			return fault.New(fault.Invalid, "this correction was removed")
		}
		c := before
		detail, err := change(&c, now)
		if err != nil {
			return err
		}
		c.Version = version
		ok, err := tx.UpdateCorrection(ctx, &before, &c, now, string(who))
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "somebody else has changed this correction meanwhile")
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: news.ArticleNoun, ID: int64(c.Article)}, detail)
	})
}
