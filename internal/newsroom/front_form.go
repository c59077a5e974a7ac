package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/front"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// frontForm is the form of a front: the whole arrangement travels in it, so that
// nothing is stored before it is saved.
type frontForm struct {
	as    news.Arrangement
	base  int                       // the version that it began with
	plan  int64                     // the plan that it began with; 0 for none
	from  map[string]string         // names that are known to nobody, by zone, as they were typed
	until map[news.ArticleID]string // hours that can't be read, as they were typed
	at    string                    // when it is to be arranged, as it was typed

	query string // words of the headline that are looked for
	asked bool
	found []news.DeskItem

	said   string // what was just done, in words
	look   bool   // the preview is to be shown
	theirs bool   // somebody else has changed the front meanwhile
}

// typedFront reads a posted form.
func (v *visit) typedFront(values url.Values, f *news.Front, all news.Sections) (*frontForm, error) {
	form := &frontForm{from: map[string]string{}, until: map[news.ArticleID]string{}, query: oneLine(values.Get("q")), at: values.Get("at"), look: true}
	form.base, _ = strconv.Atoi(values.Get("version"))          // what is no number is no version
	form.plan, _ = strconv.ParseInt(values.Get("plan"), 10, 64) // likewise
	form.as.ByHand = f.Section != 0 && values.Has("by_hand")
	zones, pins := v.Theme().Zones(v.settings.FrontLayout), values["pin"]
	if len(pins) > news.MaxPins {
		return nil, fault.New(fault.Invalid, "there are more than %d articles", news.MaxPins)
	}
	for _, s := range pins {
		zone, number, _ := strings.Cut(s, ":")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil || id < 1 {
			return nil, fault.New(fault.Invalid, "%.60q is no article on a front", s)
		}
		p := news.Pin{Article: news.ArticleID(id)}
		if typed := values.Get(news.UntilField(p.Article)); typed != "" {
			var was time.Time
			if stands := f.Pin(p.Article); stands != nil {
				was = stands.Until
			}
			ok := false
			if p.Until, ok = v.typedHour(typed, was); !ok {
				p.Until = was
				form.until[p.Article] = typed
				v.wrongWords(news.UntilField(p.Article), v.l.Word("no_such_hour"))
			}
		}
		if !slices.ContainsFunc(zones, func(z theme.Zone) bool { return z.Name == zone }) {
			zone = news.FirstZone // the theme has changed meanwhile
		}
		form.as.Put(zone, len(form.as.Zone(zone).Pins), p)
	}
	for _, z := range zones {
		typed := values.Get("from-" + z.Name)
		t, ok, err := v.filler(oneLine(typed), all)
		if err != nil {
			return nil, err
		}
		if !ok {
			form.from[z.Name] = typed
			v.wrongWords("from-"+z.Name, v.l.Word("no_such_filler"))
		}
		if t != (news.Target{}) {
			form.as.Zone(z.Name).From = t
		}
	}
	return form, nil
}

// frontSave does with the form of a front what its button says.
func frontSave(v *visit) error {
	f, all, err := v.openedFront()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	form, err := v.typedFront(values, &f, all)
	if err != nil {
		return err
	}
	if err := v.mayPin(&f, form, all); err != nil {
		return err
	}
	do, argument, _ := strings.Cut(values.Get("do"), " ")
	if do == "look" && argument == "" && form.query != "" { // the Enter key among the words
		do = "find"
	}
	switch do {
	case "save", "schedule":
		return v.storeFront(&f, form, do, all)
	case "find":
		form.asked = true
		form.said = v.l.Word("front_found_none")
		filter := news.DeskFilter{Kind: news.Story, Headline: form.query}
		if f.Section != 0 {
			filter.Sections = all.Below(f.Section)
		}
		if form.found, err = v.findable(filter, all, mostFound); err == nil && len(form.found) > 0 {
			form.said = v.l.Plural("front_found", len(form.found))
		}
	default:
		number, zone, named := strings.Cut(argument, " ")
		id, _ := strconv.ParseInt(number, 10, 64) // what is no number is no article
		if !named {
			zone = values.Get("zone-" + number)
		}
		err = v.rearrange(&f, form, do, news.ArticleID(id), zone, all)
	}
	if err != nil {
		return err
	}
	return v.showFront(http.StatusOK, &f, form, all)
}

// mayPin refuses articles that are not public and that whoever asks may not see,
// unless they stand on the front already.
func (v *visit) mayPin(f *news.Front, form *frontForm, all news.Sections) error {
	var fresh []news.ArticleID
	for _, p := range form.as.Pins() {
		if f.Pin(p.Article) == nil {
			fresh = append(fresh, p.Article)
		}
	}
	return v.mayName(fresh, all)
}

// mayName refuses articles that are not public and that whoever asks may not see.
func (v *visit) mayName(ids []news.ArticleID, all news.Sections) error {
	items, err := v.Store.DeskItems(v.ctx(), ids)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.State == news.Published {
			continue
		}
		a, err := v.Store.Article(v.ctx(), i.ID)
		if err != nil {
			return err
		}
		if !v.maySee(&a, all) {
			return fault.New(fault.Denied, "")
		}
	}
	return nil
}

// rearrange does with one article what a button says, and says it in words.
func (v *visit) rearrange(f *news.Front, form *frontForm, do string, id news.ArticleID, to string, all news.Sections) error {
	filled, err := v.fillFront(f.Section, form.as, all)
	if err != nil {
		return err
	}
	form.as = placed(form.as, filled)
	zone, at := "", -1
	for _, z := range form.as.Zones {
		for i, p := range z.Pins {
			if p.Article == id {
				zone, at = z.Name, i
			}
		}
	}
	pin := news.Pin{Article: id}
	if p := form.as.Pin(id); p != nil {
		pin = *p
	}
	done := ""
	switch {
	case do == "put" && id > 0:
		if err := v.mayName([]news.ArticleID{id}, all); err != nil {
			return err
		}
		zone, at, done = v.knownZone(to, filled), 0, "front_said_put"
	case zone == "" && at < 0: // not there (any more): nothing to do
	case do == "look": // where it was dragged to
		done = "front_said_at"
	case do == "up" && at > 0:
		at, done = at-1, "front_said_at"
	case do == "down":
		at, done = at+1, "front_said_at"
	case do == "move":
		zone, at, done = v.knownZone(to, filled), 0, "front_said_at"
	case do == "remove":
		form.as.Remove(id)
		done, at = "front_said_removed", -1
	}
	if done == "" {
		return nil
	}
	if at >= 0 {
		form.as.Put(zone, at, pin)
		at = min(at, len(form.as.Zone(zone).Pins)-1)
	}
	return v.sayFront(form, done, id, zone, at, filled)
}

// knownZone is a zone that the layout has: the first one where a form names none.
func (v *visit) knownZone(name string, filled *front.Page) string {
	for i := range filled.Zones {
		if filled.Zones[i].Name == name {
			return name
		}
	}
	if len(filled.Zones) > 0 {
		return filled.Zones[0].Name
	}
	return news.FirstZone
}

// sayFront says what was done with an article.
func (v *visit) sayFront(form *frontForm, done string, id news.ArticleID, zone string, at int, filled *front.Page) error {
	items, err := v.Store.DeskItems(v.ctx(), []news.ArticleID{id})
	if err != nil || len(items) == 0 {
		return err
	}
	label := zone
	for i := range filled.Zones {
		if filled.Zones[i].Name == zone {
			label = v.zoneLabel(&filled.Zones[i].Zone)
		}
	}
	form.said = v.l.Say(done, "name", items[0].Headline, "zone", label, "n", at+1)
	return nil
}

// placed is an arrangement with each article in the zone in which it stands: what a
// zone has no place for has gone on to the next.
func placed(a news.Arrangement, filled *front.Page) news.Arrangement {
	b := news.Arrangement{ByHand: a.ByHand}
	for i := range filled.Zones {
		z := &filled.Zones[i]
		n := b.Zone(z.Name)
		n.From = z.From
		for _, p := range z.Pins {
			n.Pins = append(n.Pins, p.Pin)
		}
	}
	return b
}

// storeFront saves the form, or has the clock do it at an hour.
func (v *visit) storeFront(f *news.Front, form *frontForm, do string, all news.Sections) error {
	at, ok := v.typedHour(form.at, time.Time{})
	if do == "schedule" && (!ok || at.IsZero()) {
		v.wrongWords("at", v.l.Word("no_such_hour"))
	}
	if len(v.wrong) > 0 {
		return v.showFront(http.StatusUnprocessableEntity, f, form, all)
	}
	filled, err := v.fillFront(f.Section, form.as, all)
	if err != nil {
		return err
	}
	wanted := &news.Front{Section: f.Section, Version: form.base, Arrangement: placed(form.as, filled)}
	if do == "schedule" {
		_, err = v.Desk.ScheduleFront(v.ctx(), v.who(), wanted, at)
	} else {
		err = v.Desk.SaveFront(v.ctx(), v.who(), wanted)
	}
	switch {
	case fault.Is(err, fault.Conflict):
		if *f, err = v.Store.Front(v.ctx(), f.Section); err != nil {
			return err
		}
		form.theirs = true
		return v.showFront(http.StatusConflict, f, form, all)
	case v.refusedFront(err):
		return v.showFront(http.StatusUnprocessableEntity, f, form, all)
	case err != nil:
		return err
	}
	if form.plan != 0 { // what it began with has had its day
		if err := v.Desk.CancelFrontPlan(v.ctx(), v.who(), form.plan); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	if do == "schedule" {
		return v.see(frontPath(f.Section), "front_scheduled")
	}
	return v.see(frontPath(f.Section), "front_saved")
}

// refusedFront takes over what the desk does not take, and reports whether that was
// it.
func (v *visit) refusedFront(err error) bool {
	if v.refused(err) {
		return true
	}
	if !fault.Is(err, fault.Invalid) {
		return false
	}
	v.wrongWords("form", v.l.Word("front_refused"))
	return true
}

// planOfFront is the plan that an address names, of the front before it.
func (v *visit) planOfFront(section news.SectionID) (news.FrontPlan, error) {
	p, err := v.Store.FrontPlan(v.ctx(), v.id("plan"))
	if err == nil && p.Section != section {
		err = fault.New(fault.NotFound, "")
	}
	return p, err
}

// frontPlanCancel forgets a plan.
func frontPlanCancel(v *visit) error {
	f, _, err := v.openedFront()
	if err != nil {
		return err
	}
	p, err := v.planOfFront(f.Section)
	if err != nil {
		return err
	}
	if err := v.Desk.CancelFrontPlan(v.ctx(), v.who(), p.ID); err != nil {
		return err
	}
	return v.see(frontPath(f.Section), "front_plan_cancelled")
}

// shortUntil is an hour for people, in the paper's zone; "" for never.
func (v *visit) shortUntil(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.moment(t)
}
