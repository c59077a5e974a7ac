package desk

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Assign gives an article, as of the version that the caller has seen, to somebody
// of the staff to write and to somebody to review. They see it from now on, in
// whatever section it stands.
func (d *Desk) Assign(ctx context.Context, who Who, id news.ArticleID, version int, to news.Assignment) error {
	return d.act(ctx, who, "assign", id, version, func(a *news.Article, _ time.Time) error { a.Assign(to); return nil })
}

// SetEmbargo says before which hour an article is not published, as of the version
// that the caller has seen; the zero time for any. What is out, or is to be before
// that hour, is refused.
func (d *Desk) SetEmbargo(ctx context.Context, who Who, id news.ArticleID, version int, until time.Time) error {
	return d.act(ctx, who, "embargo", id, version, func(a *news.Article, _ time.Time) error { a.Embargo = until; return nil })
}

// sound refuses what no write may leave behind: an article that is out, or is to be,
// before its embargo ends, and work given to somebody who is not there.
func sound(ctx context.Context, tx *store.Tx, before, a *news.Article, now time.Time) error {
	if err := a.CheckEmbargo(now); err != nil {
		e := &fault.Error{Kind: fault.Invalid, Public: "it is under embargo until a later hour", Err: err, Fields: map[string]string{"embargo": string(news.TooEarly)}}
		return e
	}
	for _, to := range []struct {
		now, was news.StaffID
		field    string
	}{{a.Assigned, before.Assigned, "assigned"}, {a.Reviewer, before.Reviewer, "reviewer"}} {
		if to.now == 0 || to.now == to.was {
			continue
		}
		s, err := tx.Staff(ctx, to.now)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err != nil || !s.Disabled.IsZero() {
			return &fault.Error{Kind: fault.Invalid, Public: "this account is not there (any more)", Fields: map[string]string{to.field: string(news.BadChoice)}}
		}
	}
	return nil
}

// auditWork writes down who was given an article, and which embargo it got, where a
// write has changed that, and reports whether it has.
func auditWork(ctx context.Context, tx *store.Tx, who Who, before, a *news.Article, now time.Time) (wrote bool, err error) {
	if was, is := before.Assignment(), a.Assignment(); was != is && (was.To != is.To || was.Reviewer != is.Reviewer || !was.Due.Equal(is.Due)) {
		wrote = true
		if err := tx.Audit(ctx, now, string(who), "assign", target(a), workWords(was)+" -> "+workWords(is)); err != nil {
			return wrote, err
		}
	}
	if before.Embargo.Equal(a.Embargo) {
		return wrote, nil
	}
	return true, tx.Audit(ctx, now, string(who), "embargo", target(a), hourWords(before.Embargo)+" -> "+hourWords(a.Embargo))
}

// workWords is an assignment with the numbers of accounts.
func workWords(w news.Assignment) string {
	text := "nobody"
	if w.To != 0 {
		text = fmt.Sprintf("staff %d", w.To)
	}
	if w.Reviewer != 0 {
		text += fmt.Sprintf(", reviewed by staff %d", w.Reviewer)
	}
	if !w.Due.IsZero() {
		text += ", until " + hourWords(w.Due)
	}
	return text
}

func hourWords(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format(time.RFC3339)
}
