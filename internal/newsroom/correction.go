package newsroom

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// correctionsShown is how many corrections of one article the newsroom lists.
const correctionsShown = 200

// Corrections is the screen of an article's corrections, with the form for another.
type Corrections struct {
	Frame
	ID       news.ArticleID
	Headline string
	Public   bool
	Link     string // to them, where readers see them; "" for nowhere
	Text     string // as it was typed
	Rows     []CorrectionRow
}

// CorrectionRow is one correction. Text is what was typed where its own form was
// sent and not taken.
type CorrectionRow struct {
	ID                     news.CorrectionID
	Version                int
	Text, Now              string
	Made, Amended, Removed string // "" for never
	Error                  string
	Before                 []CorrectionPast
}

// CorrectionPast is what a correction said before.
type CorrectionPast struct{ Text, Until, By string }

func correctionsPath(id news.ArticleID) string { return articlePath(id) + "/corrections/" }

func corrections(v *visit) error {
	a, _, err := v.publishing()
	if err != nil {
		return err
	}
	return v.showCorrections(http.StatusOK, &a, "", nil)
}

// showCorrections shows them, with what was typed for another one, or in place of
// one.
func (v *visit) showCorrections(status int, a *news.Article, text string, instead *CorrectionRow) error {
	view := Corrections{Frame: v.frame(v.l.Word("corrections_title")), ID: a.ID, Headline: a.Headline, Public: a.Public(), Text: text}
	list, err := v.Store.AllCorrections(v.ctx(), a.ID, correctionsShown)
	if err != nil {
		return err
	}
	ids := make([]news.CorrectionID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	before, err := v.Store.CorrectionsBefore(v.ctx(), ids)
	if err != nil {
		return err
	}
	for _, c := range list {
		row := CorrectionRow{ID: c.ID, Version: c.Version, Text: c.Text, Now: c.Text, Made: v.moment(c.Made)}
		if !c.Amended.IsZero() {
			row.Amended = v.moment(c.Amended)
		}
		if !c.Removed.IsZero() {
			row.Removed = v.moment(c.Removed)
		}
		for _, p := range before[c.ID] {
			row.Before = append(row.Before, CorrectionPast{p.Text, v.moment(p.Until), v.by(p.By)})
		}
		if instead != nil && instead.ID == c.ID {
			row.Text, row.Error = instead.Text, instead.Error
		}
		view.Rows = append(view.Rows, row)
	}
	if a.Public() && len(list) > 0 {
		view.Link = (&url.URL{Path: a.Path}).EscapedPath() + "#corrections"
	}
	return v.show(status, "corrections", view)
}

// correctionText reads a correction as it was typed, and what is wrong with it, in
// words.
func (v *visit) correctionText(values url.Values) (text, wrong string) {
	text = strings.TrimSpace(clean(values.Get("text")))
	problem := news.CheckCorrection(text)
	v.bad("text", problem, news.MaxCorrection)
	return text, v.wrong["text"]
}

func correctionAdd(v *visit) error {
	a, _, err := v.publishing()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	text, wrong := v.correctionText(values)
	if wrong != "" {
		return v.showCorrections(http.StatusUnprocessableEntity, &a, text, nil)
	}
	if err := v.Desk.Correct(v.ctx(), v.who(), &news.Correction{Article: a.ID, Text: text}); err != nil {
		if fault.Is(err, fault.Invalid) {
			v.wrongWords("text", v.l.Word("correct_not_live"))
			return v.showCorrections(http.StatusUnprocessableEntity, &a, text, nil)
		}
		return err
	}
	return v.see(correctionsPath(a.ID), "corrected")
}

// corrected reads the correction that the address names, of the article that it
// names.
func (v *visit) corrected(a *news.Article) (news.Correction, error) {
	c, err := v.Store.Correction(v.ctx(), news.CorrectionID(v.id("correction")))
	if err == nil && c.Article != a.ID {
		err = fault.New(fault.NotFound, "")
	}
	return c, err
}

func correctionAmend(v *visit) error {
	return v.changeCorrection(func(a *news.Article, c *news.Correction, values url.Values, version int) error {
		text, wrong := v.correctionText(values)
		delete(v.wrong, "text") // that is said at its own form
		row := &CorrectionRow{ID: c.ID, Text: text, Error: wrong}
		if wrong != "" {
			return v.showCorrections(http.StatusUnprocessableEntity, a, "", row)
		}
		err := v.Desk.AmendCorrection(v.ctx(), v.who(), c.ID, version, text)
		if fault.Is(err, fault.Conflict) {
			row.Error = v.l.Word("correction_meanwhile")
			return v.showCorrections(http.StatusConflict, a, "", row)
		}
		return v.correctionDone(a, err, "amended")
	})
}

func correctionRemove(v *visit) error {
	return v.changeCorrection(func(a *news.Article, c *news.Correction, _ url.Values, version int) error {
		return v.correctionDone(a, v.Desk.RemoveCorrection(v.ctx(), v.who(), c.ID, version), "correction_removed")
	})
}

func (v *visit) correctionDone(a *news.Article, err error, done string) error {
	switch {
	case fault.Is(err, fault.Conflict):
		done = "correction_not_now"
	case fault.Is(err, fault.Invalid):
		done = "correction_same"
	case err != nil:
		return err
	}
	return v.see(correctionsPath(a.ID), done)
}

func (v *visit) changeCorrection(change func(*news.Article, *news.Correction, url.Values, int) error) error {
	a, _, err := v.publishing()
	if err != nil {
		return err
	}
	c, err := v.corrected(&a)
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	return change(&a, &c, values, version)
}
