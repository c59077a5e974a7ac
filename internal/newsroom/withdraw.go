package newsroom

import (
	"net/http"
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
	if !a.Public() {
		return v.see(articlePath(a.ID), "not_done")
	}
	return v.showWithdraw(http.StatusOK, &a, Withdraw{Version: a.Version})
}

func (v *visit) showWithdraw(status int, a *news.Article, view Withdraw) error {
	view.Frame, view.ID, view.Headline = v.frame(v.l.Word("withdraw_title")), a.ID, a.Headline
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
}

// fillWithdrawn fills in why an article was withdrawn.
func (v *visit) fillWithdrawn(view *ArticleEdit, a *news.Article) error {
	if a.State != news.Withdrawn {
		return nil
	}
	w, err := v.Store.Withdrawal(v.ctx(), a.ID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	view.Withdrawn = &WithdrawnPart{w.Reason, w.Note, shortWho(w.By), v.moment(w.At)}
	return err
}
