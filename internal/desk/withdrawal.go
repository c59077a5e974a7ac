package desk

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Withdraw is [Desk.WithdrawFor] without a word why.
func (d *Desk) Withdraw(ctx context.Context, who Who, id news.ArticleID, version int) error {
	return d.WithdrawFor(ctx, who, id, version, news.Withdrawal{})
}

// WithdrawFor takes a public article away; its address answers that it is gone, with
// the reason for readers where there is one, and so do the secret links to it that
// were made before. What w says of who and when is filled in here.
func (d *Desk) WithdrawFor(ctx context.Context, who Who, id news.ArticleID, version int, w news.Withdrawal) error {
	w.Reason, w.Note = strings.TrimSpace(plainText(w.Reason)), strings.TrimSpace(plainText(w.Note))
	wrong := map[string]string{}
	for field, text := range map[string]string{"reason": w.Reason, "note": w.Note} {
		if utf8.RuneCountInString(text) > news.MaxReason {
			wrong[field] = string(news.TooLong)
		}
	}
	if len(wrong) > 0 {
		return &fault.Error{Kind: fault.Invalid, Public: "the reason is too long", Fields: wrong}
	}
	return d.write(ctx, who, "withdraw", id, version, func(ctx context.Context, tx *store.Tx, a *news.Article, now time.Time) error {
		if err := a.Withdraw(); err != nil {
			return fault.Wrap(fault.Invalid, err, "it can't be done (withdraw)")
		}
		w.Article, w.By, w.At = id, string(who), now
		if err := tx.PutWithdrawal(ctx, &w); err != nil {
			return err
		}
		return tx.EndLinks(ctx, id)
	})
}
