package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/compare"
	"broadsheet/internal/diff"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// ArticleConflict is the screen on which somebody sees what another has changed
// while they were writing, and decides where both have changed the same.
type ArticleConflict struct {
	Frame
	ID        news.ArticleID
	By        string // who has changed it
	At        string
	Version   int // that the article has
	Conflicts []ConflictRow
	Taken     []string // what is theirs and goes in by itself, in words
	Fields    []Field  // of the form, as it was sent
}

// ConflictRow is one thing that both have changed, with what each has made of it.
type ConflictRow struct {
	Name, Label  string
	Mine, Theirs []diff.Run // compared with what it was
	Body         bool       // a part of the text, of which both can stand
}

// showConflict shows what two people have made of an article.
func (v *visit) showConflict(now *news.Article, f *articleForm, values url.Values) error {
	m, err := v.merge(now, f)
	if err != nil {
		return err
	}
	view := ArticleConflict{Frame: v.frame(v.l.Word("conflict_title")), ID: now.ID, By: shortWho(now.ChangedBy), At: v.moment(now.Changed), Version: now.Version}
	for _, c := range m.Conflicts {
		row := ConflictRow{Name: c.Name, Label: v.fieldLabel(c.Name), Mine: diff.Words(c.Base, c.Mine), Theirs: diff.Words(c.Base, c.Theirs), Body: c.Body()}
		view.Conflicts = append(view.Conflicts, row)
	}
	for _, name := range m.Taken {
		view.Taken = append(view.Taken, v.fieldLabel(name))
	}
	for _, field := range fieldsOf(values) {
		if field.Name != "now" && !strings.HasPrefix(field.Name, "take-") {
			view.Fields = append(view.Fields, field)
		}
	}
	return v.show(http.StatusConflict, "article-conflict", view)
}

// merge puts the form and the article as it stands together.
func (v *visit) merge(now *news.Article, f *articleForm) (*compare.Merged, error) {
	base, err := v.Store.Revision(v.ctx(), now.ID, f.base)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.Invalid, "this article has no version %d", f.base)
	}
	if err != nil {
		return nil, err
	}
	mine := f.article
	m, err := compare.Merge(&base.Fields, &mine, now)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the text can't be read")
	}
	return m, nil
}

// fieldLabel is what a field of the form is called.
func (v *visit) fieldLabel(name string) string {
	if number, ok := strings.CutPrefix(name, "body-"); ok {
		return v.l.Say("field_body_part", "n", number)
	}
	return v.l.Word("field_" + name)
}

// articleMerge saves the form together with what another has changed, as whoever
// sent it has decided.
func articleMerge(v *visit) error {
	a, all, err := v.changeable()
	if err != nil {
		return err
	}
	values, err := v.articleForm()
	if err != nil {
		return err
	}
	f, err := v.typedArticle(values, &a)
	if err != nil {
		return err
	}
	if len(v.wrong) > 0 {
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	}
	if now, _ := strconv.Atoi(values.Get("now")); now != a.Version { // changed once more
		return v.showConflict(&a, f, values)
	}
	m, err := v.merge(&a, f)
	if err != nil {
		return err
	}
	undecided := slices.ContainsFunc(m.Conflicts, func(c compare.Conflict) bool { return !values.Has("take-" + c.Name) })
	if undecided {
		v.wrongWords("form", v.l.Word("conflict_undecided"))
		return v.showConflict(&a, f, values)
	}
	f.article = m.Resolve(func(name string) compare.Side {
		switch values.Get("take-" + name) {
		case "theirs":
			return compare.Theirs
		case "both":
			return compare.Both
		}
		return compare.Mine
	})
	f.base = a.Version
	switch err := v.save(&a, f, "save"); {
	case fault.Is(err, fault.Conflict):
		if a, err = v.Store.Article(v.ctx(), a.ID); err != nil {
			return err
		}
		return v.showConflict(&a, f, values)
	case v.refusedArticle(err):
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	case err != nil:
		return err
	}
	return v.see(articlePath(a.ID), "merged")
}
