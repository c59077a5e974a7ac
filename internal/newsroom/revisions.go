package newsroom

import (
	"fmt"
	"net/http"
	"strconv"

	"broadsheet/internal/compare"
	"broadsheet/internal/diff"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// revisionsLength is how many revisions one page of the list has.
const revisionsLength = 50

// Revisions is the list of what was done to an article.
type Revisions struct {
	Frame
	ID       news.ArticleID
	Headline string
	Rows     []RevisionRow
	Older    string // address; "" for none
}

// RevisionRow is one revision.
type RevisionRow struct {
	Version     int
	At, Machine string
	By, Verb    string
	Headline    string
	Now         bool // it is the article as it stands
}

func revisions(v *visit) error {
	a, _, err := v.opened()
	if err != nil {
		return err
	}
	before, _ := strconv.Atoi(v.r.URL.Query().Get("before")) // nonsense begins with the newest
	list, err := v.Store.Revisions(v.ctx(), a.ID, before, revisionsLength+1)
	if err != nil {
		return err
	}
	view := Revisions{Frame: v.frame(v.l.Word("revisions_title")), ID: a.ID, Headline: a.Headline}
	if len(list) > revisionsLength {
		list = list[:revisionsLength]
		view.Older = fmt.Sprintf("%s/revisions/?before=%d", articlePath(a.ID), list[revisionsLength-1].Version)
	}
	for _, r := range list {
		view.Rows = append(view.Rows, RevisionRow{r.Version, v.moment(r.Saved), v.l.ISO(r.Saved), v.by(r.By), v.done(r.Verb), r.Fields.Headline, r.Version == a.Version})
	}
	return v.show(http.StatusOK, "revisions", view)
}

// Revision is the screen that compares two revisions of an article, word by word.
type Revision struct {
	Frame
	ID         news.ArticleID
	Old, New   RevisionRow
	Now        int // the version that the article has
	Fields     []FieldRow
	Blocks     []BlockRow
	Same       bool
	MayRestore bool
}

// FieldRow is a field that differs.
type FieldRow struct {
	Label    string
	Words    []diff.Run
	Old, New string // where Words says nothing
}

// BlockRow is a block of the text, or a stretch of blocks that are equal.
type BlockRow struct {
	Op    string // as in package compare
	Words []diff.Run
}

// revision compares a revision with the one that the address names, else with the
// one before.
func revision(v *visit) error {
	a, all, err := v.opened()
	if err != nil {
		return err
	}
	number := int(v.id("version"))
	with, err := strconv.Atoi(v.r.URL.Query().Get("with"))
	if err != nil {
		with = max(number-1, 1)
	}
	one, other := min(number, with), max(number, with)
	old, err := v.Store.Revision(v.ctx(), a.ID, one)
	if err != nil {
		return err
	}
	now, err := v.Store.Revision(v.ctx(), a.ID, other)
	if err != nil {
		return err
	}
	c, err := compare.Articles(&old.Fields, &now.Fields)
	if err != nil {
		return err
	}
	view := Revision{Frame: v.frame(v.l.Say("revision_title", "n", number)), ID: a.ID, Now: a.Version, Same: c.Same(), MayRestore: v.mayChange(&a, all),
		Old: v.revisionRow(&old), New: v.revisionRow(&now)}
	if view.Fields, view.Blocks, err = v.compared(c, &old.Fields, &now.Fields); err != nil {
		return err
	}
	return v.show(http.StatusOK, "revision", view)
}

// compared is what differs between two states of an article, for people.
func (v *visit) compared(c *compare.Comparison, old, now *news.Article) (fields []FieldRow, blocks []BlockRow, err error) {
	for _, f := range c.Fields {
		row := FieldRow{v.l.Word("field_" + f.Name), f.Words, f.Old, f.New}
		for _, side := range []struct {
			text *string
			of   *news.Article
		}{{&row.Old, old}, {&row.New, now}} {
			words, err := v.fieldWords(f.Name, side.of)
			if err != nil {
				return nil, nil, err
			}
			if words != "" {
				*side.text = words
			}
		}
		fields = append(fields, row)
	}
	for _, b := range c.Blocks {
		blocks = append(blocks, BlockRow{string(b.Op), b.Words})
	}
	return fields, blocks, nil
}

func (v *visit) revisionRow(r *news.Revision) RevisionRow {
	return RevisionRow{Version: r.Version, At: v.moment(r.Saved), Machine: v.l.ISO(r.Saved), By: v.by(r.By), Verb: v.done(r.Verb), Headline: r.Fields.Headline}
}

// revisionRestore saves a revision over the article as it stands.
func revisionRestore(v *visit) error {
	a, all, err := v.changeable()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	old, err := v.Store.Revision(v.ctx(), a.ID, int(v.id("version")))
	if err != nil {
		return err
	}
	// The revision brings its sections along: nobody moves an article out of those
	// that are theirs.
	moved := a
	moved.Section, moved.Sections = old.Fields.Section, old.Fields.Sections
	if !v.mayBecome(&a, &moved, all) {
		return fault.New(fault.Denied, "")
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	gone, err := v.Desk.RestoreRevision(v.ctx(), v.who(), a.ID, version, int(v.id("version")))
	if fault.Is(err, fault.Conflict) {
		return v.see(articlePath(a.ID)+"/revisions/", "changed_meanwhile")
	}
	if err != nil {
		return v.back(a.ID, err)
	}
	if err := v.Desk.DropWorkingCopy(v.ctx(), v.staff.ID, a.ID, 0); err != nil {
		return err
	}
	if len(gone) > 0 {
		return v.see(articlePath(a.ID), "restored_in_part")
	}
	return v.see(articlePath(a.ID), "revision_restored")
}
