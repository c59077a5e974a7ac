package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// articlesLength is how many articles one page of the list has.
const articlesLength = 50

// articleStates are the states, in their order. A draft's tabs are the stages.
var articleStates = []news.State{news.Draft, news.Scheduled, news.Published, news.Withdrawn, news.Trashed}

// Articles is the list of articles that somebody may see.
type Articles struct {
	Frame
	Tabs      []Tab
	State     string // of the tab that is shown, as in the address
	Stage     string // likewise
	Query     string // words of the headline
	Mine      bool
	Language  string
	Sections  []Choice
	People    []Choice
	Languages []Choice
	Assigned  []Choice
	Dates     []Choice // which of the times From and Until are of
	From      string
	Until     string
	More      bool // one of the filters that are not seen at first is in use
	Filtered  bool // by more than the tab
	Rows      []ArticleRow
	First     string // addresses; "" for none
	Older     string
}

// Tab is one state with how many articles are in it.
type Tab struct {
	Path, Label, Count string
	Here               bool
}

// ArticleRow is one article in the list.
type ArticleRow struct {
	ID            news.ArticleID
	Headline      string // what stands in its place where there is none
	Lang, Dir     string
	State, Label  string // its state, and that in words
	Section       string
	Byline        string
	By            string // who changed it last
	At, Machine   string // when
	When          string // when it was or will be published; "" for never
	Kept          bool   // whoever looks has typed into it and not saved
	Page          bool   // it is a standing page
	Untitled, Own bool

	Assigned  string // who is to write it, in words
	Due       string // until when, in words
	Overdue   bool
	Embargoed string // until when, in words; "" where it is not (any more)
}

// stateWord is a state as part of an address and of a key of the words.
func stateWord(s news.State) string { return strings.ReplaceAll(string(s), " ", "_") }

// articles shows the list.
func articles(v *visit) error {
	q := v.r.URL.Query()
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	view := Articles{Frame: v.frame(v.l.Word("articles_title")), State: q.Get("state"), Query: q.Get("q"), Mine: q.Get("mine") != "", Language: q.Get("language")}
	filter := v.deskFilter(q, all)
	counts, err := v.Store.StateCounts(v.ctx(), filter)
	if err != nil {
		return err
	}
	view.Tabs = v.tabs(q, counts)
	for _, s := range articleStates {
		if stateWord(s) == view.State {
			filter.States = []news.State{s}
		}
	}
	if n, err := strconv.ParseInt(q.Get("stage"), 10, 64); err == nil && v.stages.Has(news.StageID(n)) && filter.States == nil {
		view.Stage, filter.Stages, filter.States = q.Get("stage"), []news.StageID{news.StageID(n)}, []news.State{news.Draft}
	}
	if filter.States == nil {
		view.State = "" // all but what was thrown away
		filter.States = slices.DeleteFunc(slices.Clone(articleStates), func(s news.State) bool { return s == news.Trashed })
	}
	after := parseDeskPlace(q.Get("before"))
	items, err := v.Store.ArticlesFor(v.ctx(), filter, after, articlesLength+1)
	if err != nil {
		return err
	}
	if len(items) > articlesLength {
		items = items[:articlesLength]
		view.Older = articlesPath(q, "before", formatDeskPlace(items[articlesLength-1].Place()))
	}
	if !after.IsZero() {
		view.First = articlesPath(q, "before", "")
	}
	if view.Rows, err = v.articleRows(items, all); err != nil {
		return err
	}
	return v.showArticles(view, q, all)
}

// deskFilter is what the address asks for, within what whoever looks may see.
func (v *visit) deskFilter(q url.Values, all news.Sections) news.DeskFilter {
	number := func(name string) int64 {
		n, err := strconv.ParseInt(q.Get(name), 10, 64)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	f := news.DeskFilter{Person: news.PersonID(number("person")), Topic: news.TopicID(number("topic")), Headline: q.Get("q"), Language: q.Get("language")}
	if id := news.SectionID(number("section")); id != 0 {
		f.Sections = append([]news.SectionID{}, all.Below(id)...)
	}
	if q.Get("mine") != "" {
		f.Creator = v.staff.ID
	}
	f.Assigned, f.Reviewer = news.StaffID(number("assigned")), news.StaffID(number("reviewer"))
	f.On, f.From, f.Until = v.stretch(q)
	f.Own, f.Within = v.staff.ID, v.editable(all)
	return f
}

// stretch is the time that the address narrows a list to, in days of the paper's
// zone, the last one included. Without a day it is open at that end.
func (v *visit) stretch(q url.Values) (on news.DeskTime, from, until time.Time) {
	for _, known := range deskTimes {
		if string(known) == q.Get("on") {
			on = known
		}
	}
	day := func(name string, otherwise time.Time) time.Time {
		t, err := time.ParseInLocation(time.DateOnly, q.Get(name), v.settings.Zone())
		if err != nil {
			return otherwise
		}
		return t
	}
	from, until = day("from", time.Unix(0, 0)), day("until", time.Time{})
	if until.IsZero() {
		until = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	} else {
		until = until.AddDate(0, 0, 1)
	}
	return on, from, until
}

// deskTimes are the times by which the list can be narrowed, in the form's order.
var deskTimes = []news.DeskTime{news.OnPublication, news.OnDue, news.OnChange}

// editable are the sections whose articles somebody may change; nil for all. Own
// articles are another matter.
func (v *visit) editable(all news.Sections) []news.SectionID {
	everywhere, sections := v.staff.Where(news.MayEdit)
	if everywhere {
		return nil
	}
	within := []news.SectionID{}
	for _, id := range sections {
		within = append(within, all.Below(id)...)
	}
	return within
}

// articlesPath is the list's address with one part of it changed.
func articlesPath(q url.Values, name, value string) string {
	return listPath(Path+"articles/", q, name, value,
		"state", "stage", "q", "section", "person", "topic", "language", "mine", "assigned", "reviewer", "on", "from", "until", "before")
}

// tabs are all, then the stages of drafts, then the states.
func (v *visit) tabs(q url.Values, counts store.Counts) []Tab {
	from := url.Values{}
	for k, s := range q {
		if k != "before" && k != "state" && k != "stage" {
			from[k] = s
		}
	}
	total := 0
	for s, n := range counts.States {
		if s != news.Trashed {
			total += n
		}
	}
	stage, err := strconv.ParseInt(q.Get("stage"), 10, 64)
	inStage := err == nil && v.stages.Has(news.StageID(stage)) && q.Get("state") == ""
	tabs := []Tab{{articlesPath(from, "state", ""), v.l.Word("state_all"), v.l.Number(total), q.Get("state") == "" && !inStage}}
	for i := range v.stages.List {
		s := &v.stages.List[i]
		tabs = append(tabs, Tab{articlesPath(from, "stage", strconv.FormatInt(int64(s.ID), 10)), v.stageName(s), v.l.Number(counts.Stages[s.ID]), inStage && s.ID == news.StageID(stage)})
	}
	for _, s := range articleStates {
		if s != news.Draft {
			tabs = append(tabs, Tab{articlesPath(from, "state", stateWord(s)), v.l.Word("state_" + stateWord(s)), v.l.Number(counts.States[s]), q.Get("state") == stateWord(s)})
		}
	}
	return tabs
}

// A place in the list is written as the milliseconds of the last change, "-" and
// the id.
func formatDeskPlace(p news.DeskPlace) string {
	return strconv.FormatInt(p.Changed.UnixMilli(), 10) + "-" + strconv.FormatInt(int64(p.ID), 10)
}

func parseDeskPlace(s string) news.DeskPlace {
	at, id, _ := strings.Cut(s, "-")
	ms, err1 := strconv.ParseInt(at, 10, 64)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if err1 != nil || err2 != nil || n < 1 {
		return news.DeskPlace{}
	}
	return news.DeskPlace{Changed: time.UnixMilli(ms), ID: news.ArticleID(n)}
}

func (v *visit) articleRows(items []news.DeskItem, all news.Sections) ([]ArticleRow, error) {
	var people []news.PersonID
	for _, i := range items {
		for _, c := range i.Byline {
			people = append(people, c.Person)
		}
	}
	known, err := v.Store.Persons(v.ctx(), people)
	if err != nil {
		return nil, err
	}
	names := map[news.PersonID]string{}
	for _, p := range known {
		names[p.ID] = p.Name
	}
	kept, err := v.Store.WorkingCopiesBy(v.ctx(), v.staff.ID, 200)
	if err != nil {
		return nil, err
	}
	mine := map[news.ArticleID]bool{}
	for _, k := range kept {
		mine[k.Article] = true
	}
	staff, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return nil, err
	}
	rows := make([]ArticleRow, len(items))
	for n, i := range items {
		r := ArticleRow{ID: i.ID, Headline: i.Headline, Lang: i.Language, Dir: locale.Dir(i.Language), State: stateWord(i.State), Label: v.standing(i.State, i.Stage),
			By: v.by(i.ChangedBy), At: v.moment(i.Changed), Machine: v.l.ISO(i.Changed), Kept: mine[i.ID], Page: i.Kind == news.StandingPage, Own: i.Creator == v.staff.ID}
		if r.Untitled = strings.TrimSpace(r.Headline) == ""; r.Untitled {
			r.Headline, r.Lang, r.Dir = v.l.Word("untitled"), "", ""
		}
		if s := all[i.Section]; s != nil {
			r.Section = s.Name
		}
		var writers []string
		for _, c := range i.Byline {
			writers = append(writers, names[c.Person])
		}
		r.Byline = strings.Join(writers, v.l.Word("list_comma"))
		switch {
		case i.State == news.Scheduled:
			r.When = v.l.Say("scheduled_for", "date", v.moment(i.Scheduled))
		case !i.Published.IsZero() && (i.State == news.Published || i.State == news.Withdrawn):
			r.When = v.l.Say("published_at", "date", v.moment(i.Published))
		}
		if name := nameOf(staff, i.Assigned); name != "" {
			r.Assigned = v.l.Say("written_by", "name", name)
		}
		if !i.Due.IsZero() && i.State == news.Draft {
			r.Due, r.Overdue = v.l.Say("due_at", "date", v.moment(i.Due)), i.Overdue(v.Now())
		}
		if i.Embargo.After(v.Now()) {
			r.Embargoed = v.l.Say("embargo_until", "date", v.moment(i.Embargo))
		}
		rows[n] = r
	}
	return rows, nil
}

// shortWho is who did something without their address, which the log tells.
func shortWho(who string) string {
	if at := strings.LastIndex(who, " <"); at > 0 && strings.HasSuffix(who, ">") {
		return who[:at]
	}
	return who
}

// showArticles fills in what can be chosen from.
func (v *visit) showArticles(view Articles, q url.Values, all news.Sections) error {
	for _, c := range sectionChoices(all, 0, &news.Staff{}) {
		value := strconv.FormatInt(int64(c.ID), 10)
		view.Sections = append(view.Sections, Choice{Value: value, Label: c.Label, Chosen: value == q.Get("section")})
	}
	people, err := v.Store.PersonNames(v.ctx(), mostNames)
	if err != nil {
		return err
	}
	for _, p := range people {
		value := strconv.FormatInt(p.ID, 10)
		view.People = append(view.People, Choice{Value: value, Label: p.Name, Chosen: value == q.Get("person")})
	}
	slices.SortStableFunc(view.People, func(a, b Choice) int { return v.l.Compare(a.Label, b.Label) })
	if view.Languages, err = v.articleLanguages(view.Language); err != nil {
		return err
	}
	staff, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return err
	}
	chosen, _ := strconv.ParseInt(q.Get("assigned"), 10, 64) // what is no number is nobody
	view.Assigned = v.colleagues(staff, news.MayWrite, news.StaffID(chosen))
	for _, t := range deskTimes {
		view.Dates = append(view.Dates, Choice{Value: string(t), Label: v.l.Word("on_" + string(t)), Chosen: string(t) == q.Get("on")})
	}
	view.From, view.Until = q.Get("from"), q.Get("until")
	view.More = q.Get("assigned") != "" || q.Get("on") != "" || view.Language != ""
	view.Filtered = view.More || view.Query != "" || view.Mine || view.Language != "" || q.Get("section") != "" || q.Get("person") != "" || q.Get("topic") != ""
	return v.show(http.StatusOK, "articles", view)
}

// mostNames is how many names a form offers; others can be typed.
const mostNames = 2000

// offered are the tags of the languages that articles are in, those of the newsroom
// and the paper's own. Locales are asked for by these alone: each is kept for good.
func (v *visit) offered() ([]string, error) {
	tags, err := v.Store.Languages(v.ctx())
	if err != nil {
		return nil, err
	}
	tags = append(append(append(tags, languages()...), v.settings.Languages...), v.settings.Language)
	slices.Sort(tags)
	return slices.Compact(tags), nil
}

// articleLanguages are the languages that are offered.
func (v *visit) articleLanguages(chosen string) ([]Choice, error) {
	tags, err := v.offered()
	if err != nil {
		return nil, err
	}
	var list []Choice
	for _, tag := range tags {
		list = append(list, Choice{Value: tag, Label: v.words.For(tag).Name(), Tag: tag, Chosen: tag == chosen})
	}
	return list, nil
}

func articlePath(id news.ArticleID) string {
	return Path + "articles/" + strconv.FormatInt(int64(id), 10)
}
