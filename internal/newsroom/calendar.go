package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Calendar is a month or a week of what is due, what will be and what was published,
// in the paper's zone and the calendar of the reader's language.
type Calendar struct {
	Frame
	Span     string // the month or the week, in words
	Week     bool
	Weekdays []locale.Weekday
	Lead     int // days of the first week that are none of the month
	Days     []CalendarDay
	Empty    bool
	Prev     string // addresses
	Next     string
	Today    string
	Other    string // the other view of the same days
	Zone     string
	Sections []Choice
	Writers  []Choice
	Kinds    []Choice
	View     string // as in the address
	Day      string
}

// CalendarDay is a day with what stands on it.
type CalendarDay struct {
	Number, Name string // its number; the whole date
	Date         string // as in an address
	Path         string // of its week, or in a week of the articles of the day
	Today, Past  bool
	Entries      []CalendarItem
	More         string // how many more there are, in words; "" for none
}

// CalendarItem is one article in the calendar.
type CalendarItem struct {
	ID        news.ArticleID
	Time      string
	Machine   string
	Headline  string
	Lang, Dir string
	Kind      string // as of [store.CalendarKind]
	What      string // in words
	Late      bool
	Embargoed bool
	Version   int
	At        string // as a field of a form has it, where it may be moved; "" otherwise
}

// How much a day of the calendar shows, and how much all of it holds.
const (
	dayInMonth   = 5
	dayInWeek    = 60
	mostCalendar = 4000
)

// calendarKinds are what can stand in the calendar, by what the form asks for.
var calendarKinds = map[string][]store.CalendarKind{
	"":            {store.CalendarDue, store.CalendarScheduled, store.CalendarPublished},
	"due":         {store.CalendarDue},
	"publication": {store.CalendarScheduled, store.CalendarPublished},
}

func calendar(v *visit) error {
	q := v.r.URL.Query()
	zone := v.settings.Zone()
	now := v.Now().In(zone)
	at, err := time.ParseInLocation(time.DateOnly, q.Get("day"), zone)
	if err != nil || at.Year() < 1900 || at.Year() > 2500 {
		at = now
	}
	view := Calendar{Frame: v.frame(v.l.Word("calendar_title")), Week: q.Get("view") == "week", Zone: v.settings.TimeZone, View: q.Get("view"), Day: at.Format(time.DateOnly)}
	if !view.Week {
		view.View = ""
	}
	path := func(week bool, t time.Time) string {
		kept := url.Values{"day": {t.Format(time.DateOnly)}}
		if week {
			kept.Set("view", "week")
		}
		for _, name := range []string{"section", "assigned", "show"} {
			if s := q.Get(name); s != "" {
				kept.Set(name, s)
			}
		}
		return Path + "calendar/?" + kept.Encode()
	}
	month := v.l.Month(at)
	days, most := month.Days, dayInMonth
	view.Span, view.Weekdays, view.Lead = month.Title, month.Weekdays, month.Lead
	view.Prev, view.Next = path(false, month.Prev), path(false, month.Next)
	if view.Week {
		days, most, view.Lead = v.l.Week(at), dayInWeek, 0
		view.Span = v.l.Say("calendar_from_to", "from", v.l.Date(days[0].Date), "to", v.l.Date(days[6].Date))
		view.Prev, view.Next = path(true, days[0].Date.AddDate(0, 0, -7)), path(true, days[6].Date.AddDate(0, 0, 1))
	}
	view.Today, view.Other = path(view.Week, now), path(!view.Week, at)
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	end := days[len(days)-1].Date.AddDate(0, 0, 1)
	entries, err := v.calendarEntries(q, all, days[0].Date, end)
	if err != nil {
		return err
	}
	view.Empty = len(entries) == 0
	for i, d := range days {
		until := end
		if i+1 < len(days) {
			until = days[i+1].Date
		}
		n := 0
		for n < len(entries) && entries[n].At.Before(until) {
			n++
		}
		day := CalendarDay{Number: d.Number, Name: v.l.LongDate(d.Date), Date: d.Date.Format(time.DateOnly), Path: path(true, d.Date), Today: d.Date.Format(time.DateOnly) == now.Format(time.DateOnly), Past: until.Before(now)}
		shown := entries[:min(n, most)]
		if n > most {
			day.More = v.l.Plural("calendar_more", n-most)
		}
		if day.Entries, err = v.calendarItems(shown, all, view.Week); err != nil {
			return err
		}
		entries = entries[n:]
		view.Days = append(view.Days, day)
	}
	return v.showCalendar(view, q, all)
}

// calendarEntries are all that stands in the calendar from one moment until before
// another, the earliest first.
func (v *visit) calendarEntries(q url.Values, all news.Sections, from, until time.Time) ([]store.CalendarEntry, error) {
	narrow := url.Values{}
	for _, name := range []string{"section", "assigned"} {
		narrow[name] = q[name]
	}
	filter := v.deskFilter(narrow, all)
	kinds, known := calendarKinds[q.Get("show")]
	if !known {
		kinds = calendarKinds[""]
	}
	var entries []store.CalendarEntry
	for _, kind := range kinds {
		found, err := v.Store.Calendar(v.ctx(), kind, filter, from, until, mostCalendar)
		if err != nil {
			return nil, err
		}
		entries = append(entries, found...)
	}
	slices.SortStableFunc(entries, func(a, b store.CalendarEntry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return entries, nil
}

// calendarItems are entries in words; those that whoever looks may move have a form
// where movable says so.
func (v *visit) calendarItems(entries []store.CalendarEntry, all news.Sections, movable bool) ([]CalendarItem, error) {
	ids := make([]news.ArticleID, len(entries))
	for i := range entries {
		ids[i] = entries[i].ID
	}
	list, err := v.Store.DeskItems(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	known := map[news.ArticleID]*news.DeskItem{}
	for i := range list {
		known[list[i].ID] = &list[i]
	}
	var items []CalendarItem
	for _, e := range entries {
		i := known[e.ID]
		if i == nil {
			continue
		}
		item := CalendarItem{ID: e.ID, Time: v.l.Time(e.At.In(v.settings.Zone())), Machine: v.l.ISO(e.At), Headline: i.Headline, Lang: i.Language, Dir: locale.Dir(i.Language),
			Kind: string(e.Kind), What: v.l.Word("calendar_is_" + string(e.Kind)), Version: i.Version, Embargoed: i.Embargo.After(v.Now())}
		if strings.TrimSpace(i.Headline) == "" {
			item.Headline, item.Lang, item.Dir = v.l.Word("untitled"), "", ""
		}
		if e.Kind == store.CalendarDue {
			item.What += v.l.Word("list_comma") + v.standing(i.State, i.Stage)
			item.Late = i.Overdue(v.Now())
		}
		under := &news.Article{Section: i.Section, Sections: []news.SectionID{i.Section}}
		if movable && (e.Kind == store.CalendarDue && v.staff.MayIn(news.MayEdit, lines(under, all)) || e.Kind == store.CalendarScheduled && v.staff.MayIn(news.MayPublish, lines(under, all))) {
			item.At = v.hour(e.At)
		}
		items = append(items, item)
	}
	return items, nil
}

// showCalendar fills in what can be chosen from.
func (v *visit) showCalendar(view Calendar, q url.Values, all news.Sections) error {
	for _, c := range sectionChoices(all, 0, &news.Staff{}) {
		value := strconv.FormatInt(int64(c.ID), 10)
		view.Sections = append(view.Sections, Choice{Value: value, Label: c.Label, Chosen: value == q.Get("section")})
	}
	staff, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return err
	}
	chosen, _ := strconv.ParseInt(q.Get("assigned"), 10, 64) // what is no number is nobody
	view.Writers = v.colleagues(staff, news.MayWrite, news.StaffID(chosen))
	for _, kind := range []string{"due", "publication"} {
		view.Kinds = append(view.Kinds, Choice{Value: kind, Label: v.l.Word("calendar_show_" + kind), Chosen: kind == q.Get("show")})
	}
	return v.show(http.StatusOK, "calendar", view)
}

// calendarMove gives a draft another deadline, or what is scheduled another hour.
func calendarMove(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(values.Get("id"), 10, 64) // what is no number is none
	a, err := v.Store.Article(v.ctx(), news.ArticleID(id))
	if err != nil {
		return err
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	may := v.staff.MayIn(news.MayEdit, lines(&a, all))
	if a.State == news.Scheduled {
		may = v.staff.MayIn(news.MayPublish, mainLine(&a, all))
	}
	if !may {
		return fault.New(fault.Denied, "")
	}
	version, _ := strconv.Atoi(values.Get("version")) // likewise
	at, ok := v.typedHour(values.Get("at"), time.Time{})
	day, done := values.Get("day"), "moved_date"
	switch {
	case !ok || at.IsZero():
		done = "no_date"
	case a.State == news.Scheduled:
		err = v.Desk.Schedule(v.ctx(), v.who(), a.ID, version, at)
	case a.State == news.Draft:
		to := a.Assignment()
		to.Due = at
		err = v.Desk.Assign(v.ctx(), v.who(), a.ID, version, to)
	default:
		done = "not_done"
	}
	switch {
	case fault.Is(err, fault.Conflict):
		done = "changed_meanwhile"
	case fault.Is(err, fault.Invalid):
		done = "not_done"
	case err != nil:
		return err
	}
	if done == "moved_date" {
		day = at.In(v.settings.Zone()).Format(time.DateOnly)
	}
	http.Redirect(v.w, v.r, Path+"calendar/?"+url.Values{"view": {"week"}, "day": {day}, "done": {done}}.Encode(), http.StatusSeeOther)
	return nil
}
