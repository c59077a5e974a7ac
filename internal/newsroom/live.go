package newsroom

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Names of the form of a live article: what stands in it is published when its
// button says so, and kept for later by whatever else.
const (
	doPublish = "save"
	doUpdate  = "update"
	doAt      = "change_at"
)

// changeOf reads which change the form is to take the place of, as of which version.
func changeOf(values url.Values) (news.LaterID, int) {
	id, err := strconv.ParseInt(values.Get("change"), 10, 64)
	if err != nil || id < 1 {
		return 0, 0
	}
	version, _ := strconv.Atoi(values.Get("change_version")) // what is no number is no version
	return news.LaterID(id), version
}

// takeUp shows the change that the address names in the form in place of the article
// as it stands, unless somebody has text of their own in it.
func (v *visit) takeUp(a *news.Article, f *articleForm, kept bool) error {
	id, err := strconv.ParseInt(v.r.URL.Query().Get("change"), 10, 64)
	if err != nil || id < 1 || kept {
		return nil
	}
	c, err := v.Store.LaterChange(v.ctx(), news.LaterID(id))
	if fault.Is(err, fault.NotFound) || err == nil && c.Article != a.ID {
		return nil
	}
	if err != nil {
		return err
	}
	f.article, f.base, f.slug, f.change, f.changeVersion = c.Over(a), c.BasedOn, c.Fields.Slug, c.ID, c.Version
	return nil
}

// saveLive does with the form of a live article what its button says. Only two of
// them change what readers see.
func (v *visit) saveLive(a *news.Article, all news.Sections, f *articleForm, values url.Values, do string) error {
	if do == "preview" {
		return v.previewTyped(a, f)
	}
	out := do == doPublish || do == doUpdate
	if (out || do == doAt) && !v.staff.MayIn(news.MayPublish, mainLine(a, all)) {
		return fault.New(fault.Denied, "")
	}
	if out || do == doAt {
		if strings.TrimSpace(f.article.Headline) == "" {
			v.bad("headline", news.Missing, 0)
		}
	}
	var at time.Time
	if do == doAt {
		at = v.hourToCome(values.Get("change_at"))
	}
	if !out && f.of != "" {
		v.wrongWords("translation_of", v.l.Word("translation_at_once"))
	}
	if len(v.wrong) == 0 {
		if err := v.newNames(f); err != nil {
			return err
		}
	}
	if len(v.wrong) > 0 {
		return v.showArticle(http.StatusUnprocessableEntity, a, f, all, time.Time{})
	}
	if f.base != a.Version && do != "later" {
		_, m, err := v.merge(a, f)
		if err != nil {
			return err
		}
		if out || len(m.Conflicts) > 0 {
			return v.showConflict(a, f, values)
		}
	}
	if out {
		return v.saveThen(a, all, f, values, do, func() error { return v.published(a.ID, f, do) })
	}
	return v.keepLater(a, all, f, values, at)
}

// hourToCome reads an hour to come, and notes at its field what is wrong with it.
func (v *visit) hourToCome(typed string) time.Time {
	for _, layout := range []string{hourField, hourField + ":05"} {
		at, err := time.ParseInLocation(layout, typed, v.settings.Zone())
		if err != nil {
			continue
		}
		if !at.After(v.Now()) {
			v.wrongWords(doAt, v.l.Word("hour_passed"))
		}
		return at
	}
	v.wrongWords(doAt, v.l.Word("hour_missing"))
	return time.Time{}
}

// published goes on after the changes of a live article are out: the change that
// stood in the form is done with, and what else waits is told of.
func (v *visit) published(id news.ArticleID, f *articleForm, do string) error {
	if f.change != 0 {
		switch c, err := v.Store.LaterChange(v.ctx(), f.change); {
		case err == nil && c.Article == id:
			// Whoever has changed it meanwhile keeps theirs.
			err = v.Desk.TakeUpChange(v.ctx(), v.who(), f.change, f.changeVersion)
			if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) {
				return err
			}
		case err != nil && !fault.Is(err, fault.NotFound):
			return err
		}
	}
	waiting, err := v.Store.LaterChangesOf(v.ctx(), id, 1)
	switch {
	case err != nil:
		return err
	case len(waiting) > 0:
		return v.see(articlePath(id), "changes_published_waiting")
	case do == doUpdate:
		return v.see(articlePath(id), "changes_published_updated")
	}
	return v.see(articlePath(id), "changes_published")
}

// keepLater keeps the form as what is to become of a live article: for an hour, or
// for whenever somebody publishes it.
func (v *visit) keepLater(a *news.Article, all news.Sections, f *articleForm, values url.Values, at time.Time) error {
	c := &news.LaterChange{ID: f.change, Version: f.changeVersion, Article: a.ID, BasedOn: f.base, Fields: f.article, Due: at, Updated: values.Get("updated") != ""}
	c.Fields.Slug = f.slug
	if c.ID != 0 {
		before, err := v.Store.LaterChange(v.ctx(), c.ID)
		switch {
		case err != nil && !fault.Is(err, fault.NotFound):
			return err
		case err != nil, before.Version != c.Version, before.Article != a.ID:
			c.ID = 0 // both stay
		case at.IsZero() && before.State == news.LaterWaits && !before.Due.IsZero():
			if !v.staff.MayIn(news.MayPublish, mainLine(a, all)) {
				c.ID = 0 // what the clock will publish is changed by those alone who may
				break
			}
			c.Due, c.Updated = before.Due, before.Updated
		}
	}
	err := v.Desk.ScheduleChange(v.ctx(), v.who(), c)
	if c.ID != 0 && (fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound)) {
		c.ID = 0
		err = v.Desk.ScheduleChange(v.ctx(), v.who(), c)
	}
	if v.refusedArticle(err) {
		return v.showArticle(http.StatusUnprocessableEntity, a, f, all, time.Time{})
	}
	if err != nil {
		return err
	}
	if err := v.Desk.DropWorkingCopy(v.ctx(), v.staff.ID, a.ID, f.counter); err != nil {
		return err
	}
	done := "kept_later"
	if !c.Due.IsZero() {
		done = "change_scheduled"
	}
	http.Redirect(v.w, v.r, laterForm(c)+"&done="+done, http.StatusSeeOther)
	return nil
}

// laterForm is the address of the form with a change in it.
func laterForm(c *news.LaterChange) string {
	return articlePath(c.Article) + "?change=" + strconv.FormatInt(int64(c.ID), 10)
}

// previewTyped shows a live article as it would be with what was typed, which readers
// see nothing of: it is kept as the working copy of whoever asks.
func (v *visit) previewTyped(a *news.Article, f *articleForm) error {
	c := v.workingCopy(a.ID, f)
	c.Counter++
	if err := v.Desk.KeepWorkingCopy(v.ctx(), c); err != nil {
		return err
	}
	return v.showPreview(a.ID, previewAsked{})
}

// clashes tells whether a change could not be put into the live article as it stands
// now.
func (v *visit) clashes(c *news.LaterChange, live *news.Article) (bool, error) {
	if !live.Public() {
		return true, nil
	}
	m, err := desk.MergeLater(v.ctx(), v.Store.Reader, c, live)
	return err == nil && len(m.Conflicts) > 0, err
}
