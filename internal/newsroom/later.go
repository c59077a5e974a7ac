package newsroom

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/compare"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// laterLength is how many changes one list of them has.
const laterLength = 25

// LaterPart is what the form of an article shows of the changes that wait for it.
type LaterPart struct {
	Change  news.LaterID // that stands in the form; 0 for none
	Version int
	Of      string // whose and for when that is, in words; "" for none
	Own     bool   // a change was asked for, and somebody's own text stands there
	Rows    []LaterRow
	At      string // the hour as it was typed
	Updated bool
}

// LaterRow is a change of a live article that is yet to be put in.
type LaterRow struct {
	ID        news.LaterID
	Article   news.ArticleID
	Version   int
	Headline  string // of the article as it stands
	By, Made  string
	Due       string // its hour in words; "" for none
	Machine   string // and for machines
	Input     string // and for a field of a form
	Updated   bool   // it tells readers that the article was updated
	Why       string // why it could not be put in; "" for one that waits
	Failed    string // when that was
	Clash     bool   // it could not be put in as the article stands now
	Here      bool   // it stands in the form
	Conflicts []ConflictRow
}

// LaterList is the screen of all that waits and of what could not be put in.
type LaterList struct {
	Frame
	Groups []LaterGroup
}

// LaterGroup is one list on it.
type LaterGroup struct {
	Label string
	Hint  string
	Rows  []LaterRow
	More  string // address; "" for no more
	First string // address of its beginning; "" where that is shown
}

// LaterOne is the screen of one change: what it will change now, and what may be done
// with it.
type LaterOne struct {
	Frame
	Row                   LaterRow
	Fields                []FieldRow
	Blocks                []BlockRow
	Same                  bool
	Gone                  bool // the article is not live any more
	MayPublish, MayCancel bool
	At                    string // the hour, as it was typed
}

func laterPath(id news.LaterID) string {
	return Path + "changes/" + strconv.FormatInt(int64(id), 10)
}

func (v *visit) laterRow(c *news.LaterChange, a *news.Article) LaterRow {
	row := LaterRow{ID: c.ID, Article: c.Article, Version: c.Version, Headline: cmp.Or(a.Headline, v.l.Word("untitled")), By: v.by(c.By), Made: v.moment(c.Made), Updated: c.Updated}
	if !c.Due.IsZero() {
		at := c.Due.In(v.settings.Zone())
		row.Due, row.Machine, row.Input = v.moment(c.Due), v.l.ISO(at), at.Format(hourField)
	}
	if c.State == news.LaterFailed {
		row.Failed = v.moment(c.Failed)
		switch c.Reason {
		case news.BothChanged:
			row.Why = v.l.Word("change_both")
		case news.NotLive:
			row.Why = v.l.Word("change_not_live")
		default:
			row.Why = v.l.Word("change_not_taken")
		}
	}
	return row
}

// fillLater fills in what waits for an article, a as it stands.
func (v *visit) fillLater(view *ArticleEdit, a *news.Article, f *articleForm) error {
	const most = 20
	list, err := v.Store.LaterChangesOf(v.ctx(), a.ID, most)
	if err != nil {
		return err
	}
	part := LaterPart{Change: f.change, Version: f.changeVersion, At: v.r.PostFormValue(doAt), Updated: v.r.PostFormValue("updated") != ""}
	for i := range list {
		row := v.laterRow(&list[i], a)
		if row.Clash, err = v.clashes(&list[i], a); err != nil {
			return err
		}
		if row.Here = row.ID == f.change; row.Here {
			part.Of = v.l.Say("change_of", "name", row.By, "date", row.Made)
			part.At, part.Updated = cmp.Or(part.At, row.Input), part.Updated || row.Updated
		}
		part.Rows = append(part.Rows, row)
	}
	if asked := v.r.URL.Query().Get("change"); asked != "" && asked != strconv.FormatInt(int64(f.change), 10) {
		for _, row := range part.Rows {
			part.Own = part.Own || asked == strconv.FormatInt(int64(row.ID), 10)
		}
	}
	view.Later = part
	return nil
}

// laters shows what waits everywhere, as far as whoever asks may see the articles.
func laters(v *visit) error {
	q := v.r.URL.Query()
	show := q.Get("show")
	before, err := strconv.ParseInt(q.Get("before"), 10, 64)
	if err != nil || before < 1 {
		before = math.MaxInt64
	}
	after, _ := strconv.ParseInt(q.Get("after"), 10, 64)   // what is no number is the beginning
	behind, _ := strconv.ParseInt(q.Get("behind"), 10, 64) // likewise
	var from time.Time
	if after > 0 {
		from = time.UnixMilli(after)
	}
	view := LaterList{Frame: v.frame(v.l.Word("changes_title"))}
	for _, g := range []struct {
		name string
		read func() ([]news.LaterChange, error)
		more func(last news.LaterChange) string
	}{
		{"failed", func() ([]news.LaterChange, error) {
			return v.Store.LaterChangesFailed(v.ctx(), news.LaterID(before), laterLength+1)
		}, beforeLast},
		{"waiting", func() ([]news.LaterChange, error) {
			return v.Store.LaterChangesFrom(v.ctx(), from, news.LaterID(behind), laterLength+1)
		}, func(c news.LaterChange) string {
			return "&after=" + strconv.FormatInt(c.Due.UnixMilli(), 10) + "&behind=" + strconv.FormatInt(int64(c.ID), 10)
		}},
		{"kept", func() ([]news.LaterChange, error) {
			return v.Store.LaterChangesKept(v.ctx(), news.LaterID(before), laterLength+1)
		}, beforeLast},
	} {
		if show != "" && show != g.name {
			continue
		}
		list, err := g.read()
		if err != nil {
			return err
		}
		group := LaterGroup{Label: v.l.Word("changes_" + g.name), Hint: v.l.Word("changes_" + g.name + "_hint")}
		if len(list) > laterLength {
			list = list[:laterLength]
			group.More = Path + "changes/?show=" + g.name + g.more(list[laterLength-1])
		}
		if show != "" {
			group.First = Path + "changes/"
		}
		if group.Rows, err = v.laterRows(list); err != nil {
			return err
		}
		view.Groups = append(view.Groups, group)
	}
	return v.show(http.StatusOK, "changes", view)
}

func beforeLast(c news.LaterChange) string { return "&before=" + strconv.FormatInt(int64(c.ID), 10) }

// laterRows are rows of changes, with what clashes, of those articles that whoever
// asks may see.
func (v *visit) laterRows(list []news.LaterChange) ([]LaterRow, error) {
	ids := make([]news.ArticleID, len(list))
	for i, c := range list {
		ids[i] = c.Article
	}
	articles, err := v.Store.Articles(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return nil, err
	}
	at := map[news.ArticleID]*news.Article{}
	for i := range articles {
		at[articles[i].ID] = &articles[i]
	}
	var rows []LaterRow
	for i := range list {
		a := at[list[i].Article]
		if a == nil || !v.maySee(a, all) {
			continue
		}
		row := v.laterRow(&list[i], a)
		_, m, err := v.mergedLater(&list[i], a, &row)
		if err != nil {
			return nil, err
		}
		row.Clash = len(m.Conflicts) > 0 || !a.Public()
		rows = append(rows, row)
	}
	return rows, nil
}

// mergedLater puts a change together with the article as it stands, and fills in what
// both have changed.
func (v *visit) mergedLater(c *news.LaterChange, a *news.Article, row *LaterRow) (base *news.Article, m *compare.Merged, err error) {
	r, err := v.Store.Revision(v.ctx(), c.Article, c.BasedOn)
	if err != nil {
		return nil, nil, err
	}
	if m, err = desk.MergeLater(v.ctx(), v.Store.Reader, c, a); err != nil {
		return nil, nil, err
	}
	mine := c.Over(&r.Fields)
	row.Conflicts, err = v.conflictRows(m.Conflicts, &r.Fields, &mine, a)
	return &r.Fields, m, err
}

// laterOpened reads the change that the address names, of an article that whoever
// asks may see.
func (v *visit) laterOpened() (c news.LaterChange, a news.Article, all news.Sections, err error) {
	if c, err = v.Store.LaterChange(v.ctx(), news.LaterID(v.id("id"))); err != nil {
		return c, a, nil, err
	}
	if a, err = v.Store.Article(v.ctx(), c.Article); err != nil {
		return c, a, nil, err
	}
	if all, err = v.Store.Sections(v.ctx()); err == nil && !v.maySee(&a, all) {
		err = fault.New(fault.Denied, "")
	}
	return c, a, all, err
}

func later(v *visit) error {
	c, a, all, err := v.laterOpened()
	if err != nil {
		return err
	}
	return v.showLater(http.StatusOK, &c, &a, all, "")
}

// showLater shows a change, with the hour as it was typed; "" for its own.
func (v *visit) showLater(status int, c *news.LaterChange, a *news.Article, all news.Sections, typed string) error {
	view := LaterOne{Frame: v.frame(v.l.Say("change_title", "name", cmp.Or(a.Headline, v.l.Word("untitled")))), Row: v.laterRow(c, a), Gone: !a.Public(),
		MayPublish: v.staff.MayIn(news.MayPublish, mainLine(a, all)), MayCancel: v.mayCancel(c, a, all)}
	_, m, err := v.mergedLater(c, a, &view.Row)
	if err != nil {
		return err
	}
	view.At = cmp.Or(typed, view.Row.Input)
	view.Row.Clash = len(m.Conflicts) > 0
	d, err := compare.Articles(a, &m.Article)
	if err != nil {
		return err
	}
	view.Same = d.Same()
	if view.Fields, view.Blocks, err = v.compared(d, a, &m.Article); err != nil {
		return err
	}
	if !slices.ContainsFunc(d.Blocks, func(b compare.Block) bool { return b.Op != compare.Unchanged }) {
		view.Blocks = nil
	}
	if m.Article.Slug != a.Slug {
		view.Same = false
		view.Fields = append(view.Fields, FieldRow{Label: v.l.Word("field_slug"), Old: a.Slug, New: m.Article.Slug})
	}
	return v.show(status, "change", view)
}

// mayCancel reports whether somebody may throw a change away: who may change the
// article, and who has made it.
func (v *visit) mayCancel(c *news.LaterChange, a *news.Article, all news.Sections) bool {
	return v.mayChange(a, all) || c.By == string(v.who())
}

// laterAct does something with the change that the address names, as of the version
// that the form has seen, for somebody who is allowed to.
func (v *visit) laterAct(allowed func(*visit, *news.LaterChange, *news.Article, news.Sections) bool, act func(c *news.LaterChange, a *news.Article, all news.Sections, version int) error) error {
	c, a, all, err := v.laterOpened()
	if err != nil {
		return err
	}
	if !allowed(v, &c, &a, all) {
		return fault.New(fault.Denied, "")
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	return act(&c, &a, all, version)
}

func (v *visit) mayPublishLater(_ *news.LaterChange, a *news.Article, all news.Sections) bool {
	return v.staff.MayIn(news.MayPublish, mainLine(a, all))
}

func laterHour(v *visit) error {
	return v.laterAct((*visit).mayPublishLater, func(c *news.LaterChange, a *news.Article, all news.Sections, version int) error {
		var at time.Time
		typed := v.r.PostFormValue(doAt)
		if v.r.PostFormValue("do") != "none" {
			if at = v.hourToCome(typed); len(v.wrong) > 0 {
				return v.showLater(http.StatusUnprocessableEntity, c, a, all, typed)
			}
		}
		err := v.Desk.ChangeHour(v.ctx(), v.who(), c.ID, version, at, v.r.PostFormValue("updated") != "")
		return v.laterDone(c, err, "hour_changed")
	})
}

func laterPublish(v *visit) error {
	return v.laterAct((*visit).mayPublishLater, func(c *news.LaterChange, _ *news.Article, _ news.Sections, version int) error {
		err := v.Desk.ApplyChange(v.ctx(), v.who(), c.ID, version, v.r.PostFormValue("updated") != "")
		if err != nil {
			return v.laterDone(c, err, "")
		}
		return v.see(articlePath(c.Article), "changes_published")
	})
}

func laterCancel(v *visit) error {
	return v.laterAct((*visit).mayCancel, func(c *news.LaterChange, _ *news.Article, _ news.Sections, version int) error {
		if err := v.Desk.CancelChange(v.ctx(), v.who(), c.ID, version); err != nil {
			return v.laterDone(c, err, "")
		}
		return v.see(articlePath(c.Article), "change_cancelled")
	})
}

func laterPreview(v *visit) error {
	return v.laterAct((*visit).mayCancel, func(c *news.LaterChange, a *news.Article, _ news.Sections, _ int) error {
		token, err := v.Desk.PreviewChange(v.ctx(), v.who(), c.ID, v.Now().Add(shortPreview))
		if err != nil {
			return v.laterDone(c, err, "")
		}
		return v.show(http.StatusOK, "article-preview", Preview{Frame: v.frame(v.l.Say("preview_of", "name", a.Headline)), ID: a.ID, Change: c.ID, Address: previewPath + token})
	})
}

// laterDone leads back to a change after something was done with it, or could not be.
func (v *visit) laterDone(c *news.LaterChange, err error, done string) error {
	switch {
	case fault.Is(err, fault.Conflict):
		return v.see(laterPath(c.ID), "change_not_now")
	case fault.Is(err, fault.Invalid):
		return v.see(laterPath(c.ID), "not_done")
	case fault.Is(err, fault.NotFound):
		return v.see(articlePath(c.Article), "change_gone")
	case err != nil:
		return err
	}
	return v.see(laterPath(c.ID), done)
}

// nameChanges tells the names of changes among things that use a picture, which
// whoever looks may see.
func (v *visit) nameChanges(of []news.Target, named map[news.Target]UseRow) error {
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	left := laterLength
	for _, t := range of {
		if t.Noun != news.LaterNoun || left == 0 {
			continue
		}
		left--
		c, err := v.Store.LaterChange(v.ctx(), news.LaterID(t.ID))
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		a, err := v.Store.Article(v.ctx(), c.Article)
		if err != nil {
			return err
		}
		if v.maySee(&a, all) {
			named[t] = UseRow{Name: v.l.Say("change_title", "name", cmp.Or(a.Headline, v.l.Word("untitled"))), Path: laterPath(c.ID)}
		}
	}
	return nil
}

// failedChanges are the newest changes that could not be published, of articles that
// whoever asks may see.
func (v *visit) failedChanges() ([]LaterRow, error) {
	list, err := v.Store.LaterChangesFailed(v.ctx(), math.MaxInt64, laterLength)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	rows, err := v.laterRows(list)
	return rows[:min(len(rows), homeLength)], err
}
