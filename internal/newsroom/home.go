package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/news"
)

// Home is the first screen: what whoever is signed in has to do.
type Home struct {
	Frame
	Roles []string // what whoever is signed in is
	Work  bool     // they write or edit: Lists are looked up
	Lists []HomeList

	Failed []LaterRow // changes of live articles that could not be published
}

// HomeList is articles that wait for the same thing.
type HomeList struct {
	ID    string
	Title string
	Rows  []ArticleRow
	All   string // address of the whole list; "" where all of it is here
	Late  bool
}

// homeLength is how many articles a list of the first screen has.
const homeLength = 6

func home(v *visit) error {
	view := Home{Frame: v.frame(v.l.Say("home_title", "name", v.staff.Name)), Work: v.staff.May(news.MayWrite)}
	sections, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	for _, g := range v.staff.Grants {
		view.Roles = append(view.Roles, v.grantName(g, sections))
	}
	if view.Work {
		if view.Lists, err = v.myWork(sections); err != nil {
			return err
		}
		if view.Failed, err = v.failedChanges(); err != nil {
			return err
		}
	}
	return v.show(http.StatusOK, "home", view)
}

// myWork are the lists that have something in them. An article stands in the first
// that it belongs to only.
func (v *visit) myWork(all news.Sections) ([]HomeList, error) {
	now, me := v.Now().In(v.settings.Zone()), v.staff.ID
	y, m, d := now.Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
	today := now.Format(time.DateOnly)
	within := v.editable(all)
	drafts := []news.State{news.Draft}
	review := v.stages.Review()
	reviewPath := url.Values{}
	if len(review) > 0 {
		reviewPath.Set("stage", strconv.FormatInt(int64(review[0]), 10))
	}
	id := strconv.FormatInt(int64(me), 10)
	waits := []news.DeskFilter{{Stages: review, Reviewer: me}}
	if v.staff.May(news.MayEdit) {
		waits = append(waits, news.DeskFilter{Stages: review, Unless: me, Within: within})
	}
	lists := []struct {
		id      string
		filters []news.DeskFilter
		path    url.Values
		mine    bool // what is one's own is in it, too
	}{
		{"overdue", []news.DeskFilter{{States: drafts, On: news.OnDue, From: time.Unix(0, 0), Until: now, Within: within, Own: me}}, url.Values{"on": {"due"}, "until": {today}}, true},
		{"assigned", []news.DeskFilter{{States: drafts, Assigned: me}}, url.Values{"assigned": {id}}, true},
		{"review", waits, reviewPath, false},
		{"drafts", []news.DeskFilter{{States: drafts, Creator: me}}, url.Values{"mine": {"1"}, "state": {"draft"}}, true},
		{"today", []news.DeskFilter{{States: []news.State{news.Scheduled}, On: news.OnPublication, From: now, Until: midnight, Within: within, Own: me}},
			url.Values{"state": {"scheduled"}, "on": {"published"}, "from": {today}, "until": {today}}, true},
	}
	seen := map[news.ArticleID]bool{}
	var out []HomeList
	for _, l := range lists {
		var items []news.DeskItem
		for _, f := range l.filters {
			found, err := v.Store.ArticlesFor(v.ctx(), f, news.DeskPlace{}, 4*homeLength)
			if err != nil {
				return nil, err
			}
			for _, i := range found {
				if !seen[i.ID] && (l.mine || i.Creator != me || i.Reviewer == me) {
					seen[i.ID] = true
					items = append(items, i)
				}
			}
		}
		if len(items) == 0 {
			continue
		}
		list := HomeList{ID: l.id, Title: v.l.Word("home_" + l.id), Late: l.id == "overdue"}
		slices.SortStableFunc(items, soonest)
		if len(items) > homeLength {
			items = items[:homeLength]
			list.All = Path + "articles/?" + l.path.Encode()
		}
		var err error
		if list.Rows, err = v.articleRows(items, all); err != nil {
			return nil, err
		}
		out = append(out, list)
	}
	return out, nil
}

// soonest orders by deadline or hour of publication; what has neither comes last.
func soonest(a, b news.DeskItem) int {
	at := func(i *news.DeskItem) time.Time {
		switch {
		case i.State == news.Scheduled:
			return i.Scheduled
		case i.Due.IsZero():
			return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		return i.Due
	}
	return at(&a).Compare(at(&b))
}
