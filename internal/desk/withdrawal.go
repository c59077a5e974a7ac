package desk

import (
	"cmp"
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
	if err := reasonWords(&w); err != nil {
		return err
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

// reasonWords writes a reason as it is stored, and refuses one that is too long.
func reasonWords(w *news.Withdrawal) error {
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
	return nil
}

// ChangeReason says otherwise why an article is withdrawn; who withdrew it, and when,
// stays. was is what the caller has seen: where it says something else by now, that
// is a Conflict. The log keeps what was said before. Where nothing was written down, as
// of articles withdrawn long ago, there is nothing to change: that is Invalid.
func (d *Desk) ChangeReason(ctx context.Context, who Who, id news.ArticleID, was, w news.Withdrawal) error {
	if err := cmp.Or(reasonWords(&was), reasonWords(&w)); err != nil {
		return err
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		a, err := tx.Article(ctx, id)
		if err != nil {
			return err
		}
		if a.State != news.Withdrawn {
			return fault.New(fault.Invalid, "this article is not withdrawn")
		}
		said, err := tx.Withdrawal(ctx, id)
		if fault.Is(err, fault.NotFound) { // it is from before reasons were kept
			return fault.New(fault.Invalid, "nobody has written down who withdrew this article")
		}
		if err != nil {
			return err
		}
		if said.Reason != was.Reason || said.Note != was.Note {
			return fault.New(fault.Conflict, "somebody else has changed the reason meanwhile")
		}
		if said.Reason == w.Reason && said.Note == w.Note {
			return nil
		}
		var changed []string
		if said.Reason != w.Reason {
			changed = append(changed, "for readers, before: "+said.Reason)
		}
		if said.Note != w.Note {
			changed = append(changed, "for colleagues, before: "+said.Note)
		}
		said.Reason, said.Note = w.Reason, w.Note
		if err := tx.PutWithdrawal(ctx, &said); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "change reason", target(&a), strings.Join(changed, "; "))
	})
}
