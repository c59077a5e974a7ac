package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// terms are the screens of one noun: sections, topics or people.
type terms struct {
	noun  news.Noun
	plain string // its part of addresses, and of keys of the words
}

var (
	sectionTerms = terms{news.SectionNoun, "sections"}
	topicTerms   = terms{news.TopicNoun, "topics"}
	personTerms  = terms{news.PersonNoun, "people"}
)

func (t terms) path() string { return Path + t.plain + "/" }

func (t terms) pathOf(id int64) string { return t.path() + strconv.FormatInt(id, 10) }

// articles is the address of the list of the articles of one.
func (t terms) articles(id int64) string {
	return Path + "articles/?" + string(t.noun) + "=" + strconv.FormatInt(id, 10)
}

// termsLength is how many topics or people one page of their list has.
const termsLength = 100

// TermList is the screen of all sections, topics or people.
type TermList struct {
	Frame
	At      string // address of the list
	Plain   string // "sections", "topics", "people"
	Tree    bool   // sections: all of them, in their places
	Tabs    []Tab
	Retired bool
	Query   string
	Rows    []TermRow
	Parents []news.SectionID // those below which there are sections: each has its order
	First   string           // addresses; "" for none
	More    string
}

// TermRow is one of them.
type TermRow struct {
	ID          int64
	Parent      news.SectionID
	Depth       int
	Version     int
	Path, Text  string
	Address     string
	Articles    string // address of their list
	Count       string // how many there are, in words
	Retired     bool
	First, Last bool // of its siblings
}

// list shows all sections, or a page of the topics or people that are asked for.
func (t terms) list(v *visit) error {
	q := v.r.URL.Query()
	view := TermList{Frame: v.frame(v.l.Word("of_" + t.plain + "_title")), At: t.path(), Plain: t.plain, Tree: t.noun == news.SectionNoun, Query: q.Get("q"), Retired: q.Get("retired") != ""}
	if view.Tree {
		if err := v.sectionRows(&view); err != nil {
			return err
		}
	} else {
		kept := url.Values{}
		if view.Query != "" {
			kept.Set("q", view.Query)
		}
		view.Tabs = []Tab{{Path: t.path() + "?" + kept.Encode(), Label: v.l.Word("terms_in_use"), Here: !view.Retired}}
		kept.Set("retired", "1")
		view.Tabs = append(view.Tabs, Tab{Path: t.path() + "?" + kept.Encode(), Label: v.l.Word("terms_retired"), Here: view.Retired})
		if err := t.page(v, &view, q); err != nil {
			return err
		}
	}
	ids := make([]int64, len(view.Rows))
	for i, r := range view.Rows {
		ids[i] = r.ID
	}
	counts, err := t.counts(v, ids)
	if err != nil {
		return err
	}
	for i := range view.Rows {
		r := &view.Rows[i]
		r.Path, r.Articles, r.Count = t.pathOf(r.ID), t.articles(r.ID), v.l.Plural("term_articles", counts[r.ID])
	}
	return v.show(http.StatusOK, "terms", view)
}

// counts are how many articles each has, of a section with those below it, as the
// list of articles shows them.
func (t terms) counts(v *visit, ids []int64) (map[int64]int, error) {
	counts, err := v.Store.ArticleCounts(v.ctx(), t.noun, ids)
	if err != nil || t.noun != news.SectionNoun {
		return counts, err
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if below := all.Below(news.SectionID(id)); len(below) > 1 {
			if counts[id], err = v.Store.ArticlesIn(v.ctx(), below); err != nil {
				return nil, err
			}
		}
	}
	return counts, nil
}

// sectionRows fills in the sections, each followed by those below it.
func (v *visit) sectionRows(view *TermList) error {
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	var walk func(parent news.SectionID, depth int)
	walk = func(parent news.SectionID, depth int) {
		list := all.Children(parent)
		if len(list) > 0 {
			view.Parents = append(view.Parents, parent)
		}
		for i, s := range list {
			view.Rows = append(view.Rows, TermRow{ID: int64(s.ID), Parent: parent, Depth: depth, Text: s.Name, Address: s.Path, Retired: s.Retired, First: i == 0, Last: i == len(list)-1})
			walk(s.ID, depth+1)
		}
	}
	walk(0, 0)
	return nil
}

// page fills in a page of topics or people.
func (t terms) page(v *visit, view *TermList, q url.Values) error {
	f := store.TermFilter{Words: view.Query, Retired: view.Retired}
	if after, err := strconv.ParseInt(q.Get("after"), 10, 64); err == nil && after > 0 {
		last, err := t.read(v, after)
		switch {
		case err == nil:
			f.After, f.Name = after, last.Text
		case !fault.Is(err, fault.NotFound): // one that is gone begins the list anew
			return err
		}
	}
	if t.noun == news.TopicNoun {
		list, err := v.Store.TopicsFor(v.ctx(), f, termsLength+1)
		if err != nil {
			return err
		}
		for _, x := range list {
			view.Rows = append(view.Rows, TermRow{ID: int64(x.ID), Text: x.Name, Address: x.Path, Retired: x.Retired})
		}
	} else {
		list, err := v.Store.PeopleFor(v.ctx(), f, termsLength+1)
		if err != nil {
			return err
		}
		for _, x := range list {
			view.Rows = append(view.Rows, TermRow{ID: int64(x.ID), Text: x.Name, Address: x.Path, Retired: x.Retired})
		}
	}
	next := url.Values{}
	for _, name := range []string{"q", "retired"} {
		if s := q.Get(name); s != "" {
			next.Set(name, s)
		}
	}
	if f.After != 0 {
		view.First = t.path() + "?" + next.Encode()
	}
	if len(view.Rows) > termsLength {
		view.Rows = view.Rows[:termsLength]
		next.Set("after", strconv.FormatInt(view.Rows[termsLength-1].ID, 10))
		view.More = t.path() + "?" + next.Encode()
	}
	return nil
}

// sectionsOrder puts the sections below one in order: as they were sent, after one of
// them was moved where a button says so.
func sectionsOrder(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	parent, _ := strconv.ParseInt(values.Get("parent"), 10, 64) // what is no number is the top
	ids := orderedIDs[news.SectionID](values["id"], values.Get("do"))
	return v.ordered(sectionTerms.path(), v.Desk.OrderSections(v.ctx(), v.who(), news.SectionID(parent), ids))
}

// TermMerge is the screen on which something is chosen that another one is merged
// into.
type TermMerge struct {
	Frame
	At      string // address of the one that will be gone
	Text    string // its name
	Version int
	Query   string
	Asked   bool
	Found   []TermRow
	Stale   bool // one of them was changed meanwhile
}

// merging shows what one can be merged into, by words.
func (t terms) merging(v *visit) error { return t.showMerge(v, http.StatusOK, false) }

func (t terms) showMerge(v *visit, status int, stale bool) error {
	from, err := t.read(v, v.id("id"))
	if err != nil {
		return err
	}
	q := v.r.URL.Query().Get("q")
	view := TermMerge{Frame: v.frame(v.l.Say("term_merge_title", "name", from.Text)), At: t.pathOf(from.ID), Text: from.Text, Version: from.Version, Query: q, Asked: q != "", Stale: stale}
	if view.Found, err = t.candidates(v, from.ID, q); err != nil {
		return err
	}
	return v.show(status, "term-merge", view)
}

// candidates are what one can be merged into: of sections all that may be, of topics
// those that are found by words.
func (t terms) candidates(v *visit, from int64, words string) ([]TermRow, error) {
	var rows []TermRow
	if t.noun == news.SectionNoun {
		all, err := v.Store.Sections(v.ctx())
		if err != nil {
			return nil, err
		}
		for _, c := range sectionChoices(all, 0, &news.Staff{}) {
			if all.CanMerge(news.SectionID(from), c.ID) == "" && store.HoldsWords(c.Label, words) {
				rows = append(rows, TermRow{ID: int64(c.ID), Text: c.Label, Address: all[c.ID].Path, Version: all[c.ID].Version})
			}
		}
	} else if words != "" {
		const most = 50
		list, err := v.Store.TopicsFor(v.ctx(), store.TermFilter{Words: words}, most)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			if int64(x.ID) != from {
				rows = append(rows, TermRow{ID: int64(x.ID), Text: x.Name, Address: x.Path, Version: x.Version})
			}
		}
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	counts, err := t.counts(v, ids)
	for i := range rows {
		rows[i].Count = v.l.Plural("term_articles", counts[rows[i].ID])
	}
	return rows, err
}

// merge gives all that one has to another.
func (t terms) merge(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	from := v.id("id")
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	into, _ := strconv.ParseInt(values.Get("into"), 10, 64)
	intoVersion, _ := strconv.Atoi(values.Get("version-" + values.Get("into")))
	if into < 1 {
		v.bad("into", news.Missing, 0)
		return t.showMerge(v, http.StatusUnprocessableEntity, false)
	}
	if t.noun == news.SectionNoun {
		err = v.Desk.MergeSections(v.ctx(), v.who(), news.SectionID(from), version, news.SectionID(into), intoVersion)
	} else {
		err = v.Desk.MergeTopics(v.ctx(), v.who(), news.TopicID(from), version, news.TopicID(into), intoVersion)
	}
	switch wrong := problemsOf(err); {
	case wrong != nil:
		v.bad("into", cmp.Or(wrong["into"], news.BadChoice), 0)
		return t.showMerge(v, http.StatusUnprocessableEntity, false)
	case fault.Is(err, fault.Conflict):
		return t.showMerge(v, http.StatusConflict, true)
	case err != nil:
		return err
	}
	return v.see(t.pathOf(into), "term_merged")
}

// oldAddresses are those that lead on to a thing, in order.
func (v *visit) oldAddresses(t news.Target) ([]string, error) {
	all, err := v.Store.AddressesOf(v.ctx(), t)
	var old []string
	for _, a := range all {
		if a.State == news.Moved {
			old = append(old, a.Path)
		}
	}
	slices.Sort(old)
	return old, err
}
