package newsroom

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const pagesPath = Path + "pages/"

// StandingPages is the screen of all standing pages, as a tree.
type StandingPages struct {
	Frame
	Rows    []PageRow
	Parents []news.ArticleID // those below which there are pages: each has its order
	More    bool             // there are more than are shown
}

// PageRow is one standing page.
type PageRow struct {
	ID, Parent            news.ArticleID
	Depth                 int
	Headline              string
	Lang, Dir             string
	State, Label, Address string
	Public, First, Last   bool
}

// mostPages is how many standing pages the tree shows.
const mostPages = 1000

// treePage is a standing page in its place.
type treePage struct {
	store.StandingPageRow
	above []news.ArticleID
}

// pageTree are the standing pages, each followed by those below it. What stands below
// something that is no page any more, or below itself, stands at the top.
func (v *visit) pageTree() ([]treePage, error) {
	list, err := v.Store.StandingPages(v.ctx(), mostPages)
	if err != nil {
		return nil, err
	}
	below := map[news.ArticleID][]store.StandingPageRow{}
	for _, p := range list {
		below[p.Parent] = append(below[p.Parent], p)
	}
	var tree []treePage
	done := map[news.ArticleID]bool{}
	var walk func(list []store.StandingPageRow, above []news.ArticleID)
	walk = func(list []store.StandingPageRow, above []news.ArticleID) {
		for _, p := range list {
			if done[p.ID] {
				continue
			}
			done[p.ID] = true
			tree = append(tree, treePage{p, above})
			walk(below[p.ID], append(slices.Clone(above), p.ID))
		}
	}
	walk(below[0], nil)
	for _, p := range list {
		known := slices.ContainsFunc(list, func(o store.StandingPageRow) bool { return o.ID == p.Parent })
		if !known {
			walk([]store.StandingPageRow{p}, nil)
		}
	}
	walk(list, nil)
	return tree, nil
}

func pagesList(v *visit) error {
	tree, err := v.pageTree()
	if err != nil {
		return err
	}
	view := StandingPages{Frame: v.frame(v.l.Word("standing_pages_title")), More: len(tree) >= mostPages}
	for i, p := range tree {
		row := PageRow{ID: p.ID, Parent: p.Parent, Depth: len(p.above), Headline: strings.TrimSpace(p.Headline), Lang: p.Language, Dir: locale.Dir(p.Language), State: stateWord(p.State),
			Label: v.pageState(p.State), Address: p.Path, Public: p.State == news.Published}
		if row.Headline == "" {
			row.Headline, row.Lang, row.Dir = v.l.Word("untitled"), "", ""
		}
		sibling := func(o treePage) bool { return o.Parent == p.Parent }
		row.First, row.Last = !slices.ContainsFunc(tree[:i], sibling), !slices.ContainsFunc(tree[i+1:], sibling)
		if !slices.Contains(view.Parents, p.Parent) {
			view.Parents = append(view.Parents, p.Parent)
		}
		view.Rows = append(view.Rows, row)
	}
	return v.show(http.StatusOK, "pages", view)
}

// pageState is the state of a standing page in words.
func (v *visit) pageState(s news.State) string {
	if s == news.Draft {
		return v.l.Word("standing_page_draft")
	}
	return v.l.Word("state_" + stateWord(s))
}

// pagesOrder puts the pages below one in order: as they were sent, after one of them
// was moved where a button says so.
func pagesOrder(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	parent, _ := strconv.ParseInt(values.Get("parent"), 10, 64) // what is no number is the top
	ids := orderedIDs[news.ArticleID](values["id"], values.Get("do"))
	return v.ordered(pagesPath, v.Desk.OrderPages(v.ctx(), v.who(), news.ArticleID(parent), ids))
}

// orderedIDs are ids in the order in which they were sent, after "up 7" or "down 7".
func orderedIDs[T ~int64](sent []string, do string) []T {
	var ids []T
	for _, s := range sent[:min(len(sent), mostPages)] {
		id, err := strconv.ParseInt(s, 10, 64)
		if err != nil || id < 1 || slices.Contains(ids, T(id)) {
			continue
		}
		ids = append(ids, T(id))
	}
	words := strings.Fields(do)
	if len(words) != 2 {
		return ids
	}
	id, _ := strconv.ParseInt(words[1], 10, 64)
	i := slices.Index(ids, T(id))
	switch {
	case i > 0 && words[0] == "up":
		ids[i-1], ids[i] = ids[i], ids[i-1]
	case i >= 0 && i+1 < len(ids) && words[0] == "down":
		ids[i+1], ids[i] = ids[i], ids[i+1]
	}
	return ids
}

// ordered leads back to a list that was put in order.
func (v *visit) ordered(path string, err error) error {
	if fault.Is(err, fault.Conflict) {
		return v.see(path, "paper_order_changed")
	}
	if err != nil {
		return err
	}
	return v.see(path, "paper_ordered")
}

// PageNew is the form with which a standing page begins.
type PageNew struct {
	Frame
	Headline string
	Parents  []Choice
}

func pageNew(v *visit) error { return v.showPageNew(http.StatusOK, "", v.r.URL.Query().Get("parent")) }

func (v *visit) showPageNew(status int, headline, parent string) error {
	view := PageNew{Frame: v.frame(v.l.Word("standing_page_new")), Headline: headline}
	var err error
	if view.Parents, err = v.pageChoices(parent, 0); err != nil {
		return err
	}
	return v.show(status, "page-new", view)
}

// pageCreate makes a draft of a standing page, and leads on to its form.
func pageCreate(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	parent, _ := strconv.ParseInt(values.Get("parent"), 10, 64) // what is no number is none
	a := &news.Article{Kind: news.StandingPage, Headline: oneLine(values.Get("headline")), Comments: news.CommentsClosed, Creator: v.staff.ID, Parent: news.ArticleID(max(parent, 0))}
	if limit, long := a.TooLong()["headline"]; long {
		v.bad("headline", news.TooLong, limit)
	}
	choices, err := v.pageChoices("", 0)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == strconv.FormatInt(int64(a.Parent), 10) }) {
		v.bad("parent", news.NotThere, 0)
	}
	if len(v.wrong) > 0 {
		return v.showPageNew(http.StatusUnprocessableEntity, a.Headline, values.Get("parent"))
	}
	if err := v.Desk.Create(v.ctx(), v.who(), a); err != nil {
		return err
	}
	return v.see(articlePath(a.ID), "")
}
