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
	base, m, err := v.merge(now, f)
	if err != nil {
		return err
	}
	view := ArticleConflict{Frame: v.frame(v.l.Word("conflict_title")), ID: now.ID, By: v.by(now.ChangedBy), At: v.moment(now.Changed), Version: now.Version}
	if view.Conflicts, err = v.conflictRows(m.Conflicts, base, &f.article, now); err != nil {
		return err
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

// conflictRows are conflicts with what each side has made of what it was.
func (v *visit) conflictRows(conflicts []compare.Conflict, base, mine, theirs *news.Article) ([]ConflictRow, error) {
	var rows []ConflictRow
	for _, c := range conflicts {
		row := ConflictRow{Name: c.Name, Label: v.fieldLabel(c.Name), Body: c.Body()}
		texts := [3]string{c.Base, c.Mine, c.Theirs}
		for i, a := range []*news.Article{base, mine, theirs} {
			if words, err := v.fieldWords(c.Name, a); err != nil {
				return nil, err
			} else if words != "" {
				texts[i] = words
			}
		}
		row.Mine, row.Theirs = diff.Words(texts[0], texts[1]), diff.Words(texts[0], texts[2])
		rows = append(rows, row)
	}
	return rows, nil
}

// merge puts the form and the article as it stands together. base is what both were
// made of.
func (v *visit) merge(now *news.Article, f *articleForm) (base *news.Article, m *compare.Merged, err error) {
	r, err := v.Store.Revision(v.ctx(), now.ID, f.base)
	if fault.Is(err, fault.NotFound) {
		return nil, nil, fault.New(fault.Invalid, "this article has no version %d", f.base)
	}
	if err != nil {
		return nil, nil, err
	}
	if m, err = compare.Merge(&r.Fields, &f.article, now); err != nil {
		return nil, nil, fault.Wrap(fault.Invalid, err, "the text can't be read")
	}
	return &r.Fields, m, nil
}

// fieldLabel is what a field of the form is called.
func (v *visit) fieldLabel(name string) string {
	if number, ok := strings.CutPrefix(name, "body-"); ok {
		return v.l.Say("field_body_part", "n", number)
	}
	return v.l.Word("field_" + name)
}

// fieldWords is a field that holds numbers, or a word of the program, in words; ""
// for all others. What is not there any more keeps its number.
func (v *visit) fieldWords(name string, a *news.Article) (string, error) {
	var names []string
	switch name {
	case "sections":
		all, err := v.Store.Sections(v.ctx())
		if err != nil {
			return "", err
		}
		for _, id := range a.Sections {
			if s := all[id]; s != nil {
				names = append(names, s.Name)
			} else {
				names = append(names, strconv.FormatInt(int64(id), 10))
			}
		}
	case "topics":
		topics, err := v.Store.Topics(v.ctx(), a.Topics)
		if err != nil {
			return "", err
		}
		for _, t := range topics {
			names = append(names, t.Name)
		}
	case "byline":
		for _, c := range a.Byline {
			p, err := v.Store.Person(v.ctx(), c.Person)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return "", err
			}
			names = append(names, strings.TrimSpace(p.Name+" "+c.Role))
		}
	case "assigned", "reviewer":
		id := a.Assigned
		if name == "reviewer" {
			id = a.Reviewer
		}
		if id == 0 {
			return "", nil
		}
		s, err := v.Store.Staff(v.ctx(), id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
		names = append(names, s.Name)
	case "due":
		return v.momentOf(a.Due), nil
	case "embargo":
		return v.momentOf(a.Embargo), nil
	case "genre":
		return v.l.Word("genre_of_" + string(a.Genre)), nil
	case "comments":
		return v.l.Word("comments_are_" + string(a.Comments)), nil
	case "language":
		return v.words.For(a.Language).Name(), nil
	}
	return strings.Join(names, v.l.Word("list_comma")), nil
}

// momentOf is moment, and "" for the zero time.
func (v *visit) momentOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.moment(t)
}

// articleMerge saves the form together with what another has changed, as whoever
// sent it has decided.
func articleMerge(v *visit) error {
	a, all, values, f, err := v.posted()
	if err != nil {
		return err
	}
	if len(v.wrong) > 0 {
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	}
	if err := v.newNames(f); err != nil { // whoever has decided saves
		return err
	}
	if len(v.wrong) > 0 {
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	}
	if now, _ := strconv.Atoi(values.Get("now")); now != a.Version { // changed once more
		return v.showConflict(&a, f, values)
	}
	_, m, err := v.merge(&a, f)
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
	if !v.mayBecome(&a, &f.article, all) { // as when it is saved at once
		v.bad("sections", news.BadChoice, 0)
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	}
	if a.Public() {
		return v.saveLive(&a, all, f, values, values.Get("do"))
	}
	return v.saveThen(&a, all, f, values, "save", func() error { return v.see(articlePath(a.ID), "merged") })
}
