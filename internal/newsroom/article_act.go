package newsroom

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// formOf reads a posted form of at most so many bytes.
func formOf(v *visit, most int64) (url.Values, error) { return web.Form(v.w, v.r, most) }

// jsonText writes a value as JSON for an attribute.
func jsonText(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(b)
}

// saved goes on after an article was saved: back to it, or to what the button says.
func (v *visit) saved(id news.ArticleID, do string, values url.Values) error {
	if stage, ok := strings.CutPrefix(do, "stage-"); ok {
		return v.moveStage(id, stage)
	}
	switch do {
	case "publish", "schedule":
		return v.publish(id, do, values)
	case "preview":
		return v.showPreview(id, previewAsked{})
	}
	return v.see(articlePath(id), "saved")
}

// publish publishes or schedules an article that was just saved, unless something
// keeps it from being read.
func (v *visit) publish(id news.ArticleID, do string, values url.Values) error {
	a, err := v.Store.Article(v.ctx(), id)
	if err != nil {
		return err
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	if !v.staff.MayIn(news.MayPublish, mainLine(&a, all)) {
		return fault.New(fault.Denied, "")
	}
	facts, err := v.Store.CheckFacts(v.ctx(), &a)
	if err != nil {
		return err
	}
	for _, f := range news.Check(&a, &facts) {
		if f.Severity == news.Must {
			return v.see(articlePath(id), "saved_not_published")
		}
	}
	if st := v.stages.Of(a.Stage); a.State == news.Draft && !st.Publishes {
		return v.see(articlePath(id), "held_by_stage")
	}
	if do == "publish" {
		if a.Embargo.After(v.Now()) {
			return v.see(articlePath(id), "held_by_embargo")
		}
		if err := v.Desk.Publish(v.ctx(), v.who(), id, a.Version); err != nil {
			return v.back(id, err)
		}
		return v.see(articlePath(id), "published")
	}
	at, ok := v.typedHour(values.Get("at"), time.Time{})
	if !ok || at.IsZero() {
		return v.see(articlePath(id), "no_hour")
	}
	if a.Embargo.After(at) {
		return v.see(articlePath(id), "held_by_embargo")
	}
	if err := v.Desk.Schedule(v.ctx(), v.who(), id, a.Version, at); err != nil {
		return v.back(id, err)
	}
	return v.see(articlePath(id), "scheduled")
}

// back leads back to an article whose state does not allow what was asked; other
// errors stay what they are.
func (v *visit) back(id news.ArticleID, err error) error {
	if fault.Is(err, fault.Invalid) {
		return v.see(articlePath(id), "not_done")
	}
	return err
}

// articleAct is what is done to an article by a button of its own, with the
// permission that it asks for in the article's sections.
func articleAct(p news.Permission, done string, act func(v *visit, id news.ArticleID, version int) error) func(*visit) error {
	return func(v *visit) error {
		a, all, err := v.opened()
		if err != nil {
			return err
		}
		where := lines(&a, all)
		if p == news.MayPublish {
			where = mainLine(&a, all)
		}
		if !v.staff.MayIn(p, where) && (p != news.MayEdit || !v.mayChange(&a, all)) {
			return fault.New(fault.Denied, "")
		}
		values, err := v.form()
		if err != nil {
			return err
		}
		version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
		if err := act(v, a.ID, version); err != nil {
			return v.back(a.ID, err)
		}
		return v.see(articlePath(a.ID), done)
	}
}

var (
	articleTrash = articleAct(news.MayEdit, "trashed", func(v *visit, id news.ArticleID, version int) error {
		return v.Desk.Trash(v.ctx(), v.who(), id, version)
	})
	articleRestore = articleAct(news.MayEdit, "restored", func(v *visit, id news.ArticleID, version int) error {
		return v.Desk.Restore(v.ctx(), v.who(), id, version)
	})
	articleDrop = articleAct(news.MayEdit, "dropped", func(v *visit, id news.ArticleID, _ int) error {
		return v.Desk.DropWorkingCopy(v.ctx(), v.staff.ID, id, 0)
	})
)

// keptAnswer is what the page's script is told after it has sent what was typed.
type keptAnswer struct {
	Counter int64    `json:"counter"`
	Kept    string   `json:"kept"`    // the hour in words
	Present []string `json:"present"` // in words, one each
	Version int      `json:"version"` // that the article has now

	Findings []FindingRow `json:"findings,omitzero"` // what is to be mended in what was typed; null where nothing was sent
}

// articleKeep keeps what was typed as the working copy of whoever typed it. It
// answers in JSON: it is the page's script that asks.
func articleKeep(v *visit) error {
	a, all, _, f, err := v.posted()
	if err != nil {
		return err
	}
	c := v.workingCopy(a.ID, f)
	if err := v.Desk.KeepWorkingCopy(v.ctx(), c); err != nil {
		return err
	}
	if err := v.Desk.NotePresence(v.ctx(), v.staff.ID, a.ID, true); err != nil {
		return err
	}
	findings, err := v.findings(&c.Fields, f.byline, all)
	if err != nil {
		return err
	}
	return v.answerKept(&a, f.counter, v.l.Time(c.Saved.In(v.settings.Zone())), findings)
}

// articlePresent notes that whoever asks has the article open and has not typed.
func articlePresent(v *visit) error {
	a, _, err := v.changeable()
	if err != nil {
		return err
	}
	if err := v.Desk.NotePresence(v.ctx(), v.staff.ID, a.ID, false); err != nil {
		return err
	}
	return v.answerKept(&a, 0, "", nil)
}

func (v *visit) answerKept(a *news.Article, counter int64, kept string, findings []FindingRow) error {
	names, err := v.present(a.ID)
	if err != nil {
		return err
	}
	answer := keptAnswer{Counter: counter, Kept: kept, Version: a.Version, Present: []string{}, Findings: findings}
	for _, n := range names {
		answer.Present = append(answer.Present, v.l.Say("is_here", "name", n))
	}
	return v.json(answer)
}

// json answers a script.
func (v *visit) json(value any) error { return v.jsonStatus(http.StatusOK, value) }

// jsonStatus answers a script that something could not be done.
func (v *visit) jsonStatus(status int, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b)
	return nil
}
