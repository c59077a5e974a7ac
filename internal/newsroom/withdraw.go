package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Withdraw is the screen on which somebody says why an article is taken away.
type Withdraw struct {
	Frame
	ID       news.ArticleID
	Version  int
	Headline string
	Reason   string
	Note     string
	Waiting  []LaterRow // changes that will not go in then

	Done               bool   // it is withdrawn, and only what is said of it is changed
	WasReason, WasNote string // then what was said when the screen was shown
}

// publishing reads the article that the address names, for somebody who may publish
// where it stands.
func (v *visit) publishing() (a news.Article, all news.Sections, err error) {
	if a, all, err = v.opened(); err == nil && !v.staff.MayIn(news.MayPublish, mainLine(&a, all)) {
		err = fault.New(fault.Denied, "")
	}
	return a, all, err
}

func withdrawAsk(v *visit) error {
	a, _, err := v.publishing()
	if err != nil {
		return err
	}
	if a.State == news.Withdrawn {
		w, err := v.Store.Withdrawal(v.ctx(), a.ID)
		if fault.Is(err, fault.NotFound) { // it is from before reasons were kept
			return v.see(articlePath(a.ID), "not_done")
		}
		if err != nil {
			return err
		}
		return v.showReason(http.StatusOK, &a, w, w.Reason, w.Note)
	}
	if !a.Public() {
		return v.see(articlePath(a.ID), "not_done")
	}
	return v.showWithdraw(http.StatusOK, &a, Withdraw{Version: a.Version})
}

// showReason is the screen on which it is said otherwise why an article is withdrawn,
// for somebody who has seen was.
func (v *visit) showReason(status int, a *news.Article, was news.Withdrawal, reason, note string) error {
	return v.showWithdraw(status, a, Withdraw{Version: a.Version, Reason: reason, Note: note, Done: true, WasReason: was.Reason, WasNote: was.Note})
}

// changeReason says otherwise why an article is withdrawn.
func (v *visit) changeReason(a *news.Article, view Withdraw, values url.Values) error {
	was := news.Withdrawal{Reason: clean(values.Get("was_reason")), Note: clean(values.Get("was_note"))}
	if len(v.wrong) > 0 {
		return v.showReason(http.StatusUnprocessableEntity, a, was, view.Reason, view.Note)
	}
	err := v.Desk.ChangeReason(v.ctx(), v.who(), a.ID, was, news.Withdrawal{Reason: view.Reason, Note: view.Note})
	if fault.Is(err, fault.Conflict) {
		now, err := v.Store.Withdrawal(v.ctx(), a.ID)
		if err != nil {
			return err
		}
		v.wrongWords("form", v.l.Say("reason_meanwhile", "text", cmp.Or(now.Reason, "–"), "note", cmp.Or(now.Note, "–")))
		return v.showReason(http.StatusConflict, a, now, view.Reason, view.Note)
	}
	if err != nil {
		return v.back(a.ID, err)
	}
	return v.see(articlePath(a.ID), "reason_changed")
}

func (v *visit) showWithdraw(status int, a *news.Article, view Withdraw) error {
	view.Frame, view.ID, view.Headline = v.frame(v.l.Word("withdraw_title")), a.ID, a.Headline
	if view.Done {
		view.Title = v.l.Word("reason_change")
		return v.show(status, "withdraw", view)
	}
	list, err := v.Store.LaterChangesOf(v.ctx(), a.ID, laterLength)
	if err != nil {
		return err
	}
	for i := range list {
		view.Waiting = append(view.Waiting, v.laterRow(&list[i], a))
	}
	return v.show(status, "withdraw", view)
}

func articleWithdraw(v *visit) error {
	a, _, err := v.publishing()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	view := Withdraw{Reason: strings.TrimSpace(clean(values.Get("reason"))), Note: strings.TrimSpace(clean(values.Get("note")))}
	view.Version, _ = strconv.Atoi(values.Get("version")) // what is no number is no version
	for name, text := range map[string]string{"reason": view.Reason, "note": view.Note} {
		if utf8.RuneCountInString(text) > news.MaxReason {
			v.bad(name, news.TooLong, news.MaxReason)
		}
	}
	out := a.State == news.Withdrawn && values.Has("was_reason")
	if out {
		return v.changeReason(&a, view, values)
	}
	if len(v.wrong) > 0 {
		return v.showWithdraw(http.StatusUnprocessableEntity, &a, view)
	}
	err = v.Desk.WithdrawFor(v.ctx(), v.who(), a.ID, view.Version, news.Withdrawal{Reason: view.Reason, Note: view.Note})
	if fault.Is(err, fault.Conflict) && a.Public() {
		view.Version = a.Version
		v.wrongWords("form", v.l.Word("done_changed_meanwhile"))
		return v.showWithdraw(http.StatusConflict, &a, view)
	}
	if err != nil {
		return v.back(a.ID, err)
	}
	return v.see(articlePath(a.ID), "withdrawn")
}

// WithdrawnPart is what the form of a withdrawn article says of why.
type WithdrawnPart struct {
	Reason, Note, By, At string
	Change               string // where it is said otherwise; "" for who may not
}

// fillWithdrawn fills in why an article was withdrawn.
func (v *visit) fillWithdrawn(view *ArticleEdit, a *news.Article) error {
	if a.State != news.Withdrawn {
		return nil
	}
	w, err := v.Store.Withdrawal(v.ctx(), a.ID)
	if fault.Is(err, fault.NotFound) { // it is from before reasons were kept
		return nil
	}
	view.Withdrawn = &WithdrawnPart{Reason: w.Reason, Note: w.Note, By: v.by(w.By), At: v.moment(w.At)}
	if view.MayPublish {
		view.Withdrawn.Change = articlePath(a.ID) + "/withdraw"
	}
	return err
}
