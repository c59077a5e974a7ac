package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/front"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// mostPlansShown is how many plans one screen lists.
const mostPlansShown = 100

// Fronts is the list of the fronts that somebody may arrange.
type Fronts struct {
	Frame
	Rows  []FrontRow
	Plans []PlanRow // of all of them, by their hour
}

// FrontRow is one front.
type FrontRow struct {
	ID          news.SectionID
	Name        string
	ByHand      bool
	Pins        string // how many articles somebody has put there, in words; "" for none
	At, Machine string // when it was changed last; "" for never
	By          string
	Waiting     string // how many plans wait, in words; "" for none
}

// PlanRow is an arrangement that waits for its hour, or has failed.
type PlanRow struct {
	ID          int64
	Front       news.SectionID
	Name        string // of the front
	At, Machine string
	By          string
	Failed      bool
}

// mayFront reports whether somebody may arrange a front: that of a section where
// they are editor, the front page only where they are for the whole paper.
func (v *visit) mayFront(section news.SectionID, all news.Sections) bool {
	var line []news.SectionID
	for _, s := range all.Line(section) {
		line = append(line, s.ID)
	}
	return v.staff.MayIn(news.MayFront, line)
}

func fronts(v *visit) error {
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	list, err := v.Store.Fronts(v.ctx())
	if err != nil {
		return err
	}
	plans, err := v.Store.FrontPlans(v.ctx(), mostPlansShown)
	if err != nil {
		return err
	}
	view := Fronts{Frame: v.frame(v.l.Word("fronts_title"))}
	waiting := map[news.SectionID]int{}
	for _, p := range plans {
		if v.mayFront(p.Section, all) {
			view.Plans = append(view.Plans, v.planRow(&p, all))
			if p.State == news.PlanWaiting {
				waiting[p.Section]++
			}
		}
	}
	known := map[news.SectionID]news.Front{}
	for _, f := range list {
		known[f.Section] = f
	}
	choices := append([]SectionChoice{{}}, sectionChoices(all, 0, &news.Staff{})...)
	for _, c := range choices {
		if !v.mayFront(c.ID, all) || c.ID != 0 && all[c.ID].Retired {
			continue
		}
		f := known[c.ID]
		r := FrontRow{ID: c.ID, Name: v.frontName(c.ID, all), ByHand: c.ID == 0 && len(f.Zones) > 0 || f.ByHand, By: v.by(f.ChangedBy)}
		if n := len(f.Pins()); n > 0 {
			r.Pins = v.l.Plural("front_pins", n)
		}
		if f.Version > 0 {
			r.At, r.Machine = v.moment(f.Changed), v.l.ISO(f.Changed)
		}
		if n := waiting[c.ID]; n > 0 {
			r.Waiting = v.l.Plural("front_waiting", n)
		}
		view.Rows = append(view.Rows, r)
	}
	return v.show(http.StatusOK, "fronts", view)
}

// frontName is what a front is called.
func (v *visit) frontName(section news.SectionID, all news.Sections) string {
	if section == 0 {
		return v.l.Word("front_page")
	}
	var names []string
	for _, s := range all.Line(section) {
		names = append(names, s.Name)
	}
	return strings.Join(names, " › ")
}

func (v *visit) planRow(p *news.FrontPlan, all news.Sections) PlanRow {
	return PlanRow{p.ID, p.Section, v.frontName(p.Section, all), v.moment(p.At), v.l.ISO(p.At), v.by(p.By), p.State == news.PlanFailed}
}

// FrontEdit is the screen on which a front is arranged.
type FrontEdit struct {
	Frame
	ID      news.SectionID
	Section bool // it is not the front page
	Base    int  // the version that the form begins with
	ByHand  bool
	Link    string // where readers see it
	Zones   []FrontZone
	Fillers []string // what zones can be filled from, as it is typed
	Said    string   // what was just done, for those who do not see it
	Undo    bool     // there is something to take back
	Changed string   // who has changed it last, and when; "" for nobody
	Theirs  []FrontChange
	TheirBy string // who has changed it since the form began; "" for nobody
	Plan    int64  // the plan that the form shows; 0 for none
	Plans   []PlanRow

	Asked   bool // for articles
	Query   string
	Found   []FrontCard
	At      string // the hour that was typed
	Preview string // address of the preview; "" for none
}

// FrontZone is a zone with its cards. Its name is that of the theme's layout.
type FrontZone struct {
	Name, Label string
	Places      string // how many it has, in words
	Rule        string // what fills it, in words
	From        string // what was typed for it
	Pins, Auto  []FrontCard
}

// FrontCard is an article on a front, or one that can be put there.
type FrontCard struct {
	ID          news.ArticleID
	Headline    string
	Lang, Dir   string
	Section     string
	State       string
	Label       string // the state in words, where it is not published
	When        string
	Image       string // address of its picture; "" for none
	Why         string // it is not shown, in words; "" where it is
	Until       string // as the form has it
	First, Last bool   // of its zone
	Here        bool   // it stands on the front already
	Zones       []Choice
}

func frontPath(section news.SectionID) string {
	return Path + "fronts/" + strconv.FormatInt(int64(section), 10)
}

// openedFront is the front that the address names, for somebody who may arrange it.
func (v *visit) openedFront() (f news.Front, all news.Sections, err error) {
	section, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil || section < 0 {
		return f, nil, fault.New(fault.NotFound, "")
	}
	if all, err = v.Store.Sections(v.ctx()); err != nil {
		return f, nil, err
	}
	if !v.mayFront(news.SectionID(section), all) {
		return f, nil, fault.New(fault.Denied, "")
	}
	if section != 0 && all[news.SectionID(section)] == nil {
		return f, nil, fault.New(fault.NotFound, "")
	}
	f, err = v.Store.Front(v.ctx(), news.SectionID(section))
	return f, all, err
}

// frontEdit shows a front as it stands, or as a plan would have it.
func frontEdit(v *visit) error {
	f, all, err := v.openedFront()
	if err != nil {
		return err
	}
	form := &frontForm{as: f.Arrangement, base: f.Version}
	if id, _ := strconv.ParseInt(v.r.URL.Query().Get("plan"), 10, 64); id > 0 {
		p, err := v.Store.FrontPlan(v.ctx(), id)
		if err == nil && p.Section != f.Section {
			err = fault.New(fault.NotFound, "")
		}
		if err != nil {
			return err
		}
		form.as, form.plan, form.at = p.Arrangement, p.ID, v.hour(p.At)
	}
	return v.showFront(http.StatusOK, &f, form, all)
}

// showFront shows the form as it was arranged over the front as it stands.
func (v *visit) showFront(status int, f *news.Front, form *frontForm, all news.Sections) error {
	view := FrontEdit{Frame: v.frame(v.frontName(f.Section, all)), ID: f.Section, Section: f.Section != 0, Base: form.base, ByHand: form.as.ByHand, Link: "/", Said: form.said,
		Undo: f.Version > 0, Plan: form.plan, At: form.at, Query: form.query, Asked: form.asked}
	if f.Section != 0 {
		view.Link = (&url.URL{Path: all[f.Section].Path}).EscapedPath()
	}
	if f.Version > 0 {
		view.Changed = v.l.Say("front_changed", "name", apart(v.by(f.ChangedBy)), "date", v.moment(f.Changed))
	}
	filled, err := v.fillFront(f.Section, form.as, all)
	if err != nil {
		return err
	}
	if form.theirs {
		view.TheirBy = v.l.Say("front_conflict", "name", apart(v.by(f.ChangedBy)), "date", v.moment(f.Changed))
		if view.Theirs, err = v.frontChanges(&form.as, &f.Arrangement, all); err != nil {
			return err
		}
		view.Base = f.Version
	}
	if err := v.fillZones(&view, filled, form, all); err != nil {
		return err
	}
	plans, err := v.Store.FrontPlansOf(v.ctx(), f.Section, mostPlansShown)
	if err != nil {
		return err
	}
	for _, p := range plans {
		view.Plans = append(view.Plans, v.planRow(&p, all))
	}
	if form.look {
		token, err := v.Desk.PreviewFront(v.ctx(), v.staff.ID, f.Section, form.as)
		if err != nil {
			return err
		}
		view.Preview = previewPath + token
	}
	return v.show(status, "front-edit", view)
}

// fillFront finds out what would stand on a front, as the reading site does.
func (v *visit) fillFront(section news.SectionID, as news.Arrangement, all news.Sections) (*front.Page, error) {
	var blocks []news.SectionID
	for _, s := range all.Children(0) {
		if section == 0 && !s.Retired {
			blocks = append(blocks, s.ID)
		}
	}
	return front.Fill(v.ctx(), v.Store.Reader, front.Ask{Section: section, As: as, Zones: v.Theme().Zones(v.settings.FrontLayout), Language: v.settings.Language, Blocks: blocks})
}

// fillZones fills in the zones with their cards, and the articles that were found.
func (v *visit) fillZones(view *FrontEdit, filled *front.Page, form *frontForm, all news.Sections) error {
	var ids []news.ArticleID
	for i := range filled.Zones {
		for _, p := range filled.Zones[i].Pins {
			ids = append(ids, p.Article)
		}
		for _, t := range filled.Zones[i].Auto {
			ids = append(ids, t.ID)
		}
	}
	items, err := v.Store.DeskItems(v.ctx(), ids)
	if err != nil {
		return err
	}
	cards, err := v.frontCards(append(items, form.found...), all)
	if err != nil {
		return err
	}
	v.hideSecrets(cards, items, all)
	var places []Choice
	for i := range filled.Zones {
		places = append(places, Choice{Value: filled.Zones[i].Name, Label: v.zoneLabel(&filled.Zones[i].Zone)})
	}
	in := func(zone string) []Choice {
		list := slices.Clone(places)
		for i := range list {
			list[i].Chosen = list[i].Value == zone
		}
		return list
	}
	for i := range filled.Zones {
		z := &filled.Zones[i]
		row := FrontZone{Name: z.Name, Label: v.zoneLabel(&z.Zone), Places: v.l.Plural("zone_places", z.Places), Rule: v.l.Word("fill_" + string(z.Fill))}
		typed, wrong := form.from[z.Name]
		if row.From = v.fillerName(z.From, all); wrong {
			row.From = typed
		}
		for j, p := range z.Pins {
			c := cards[p.Article]
			c.First, c.Last, c.Zones, c.Why = j == 0, j == len(z.Pins)-1, in(z.Name), v.whyHidden(p.Why, c.State)
			c.Until = v.hour(p.Until)
			if typed, ok := form.until[p.Article]; ok {
				c.Until = typed
			}
			row.Pins = append(row.Pins, c)
		}
		for _, t := range z.Auto {
			c := cards[t.ID]
			c.Zones = in(z.Name)
			row.Auto = append(row.Auto, c)
		}
		view.Zones = append(view.Zones, row)
	}
	for _, i := range form.found {
		c := cards[i.ID]
		c.Zones, c.Here = in(""), form.as.Pin(i.ID) != nil
		view.Found = append(view.Found, c)
	}
	view.Fillers, err = v.fillers(all)
	return err
}

// zoneLabel is what a zone is called: in the newsroom's words where there are some,
// else as the theme says.
func (v *visit) zoneLabel(z *theme.Zone) string {
	if word := v.l.Word("zone_" + z.Name); word != "zone_"+z.Name {
		return word
	}
	return z.Label
}

// whyHidden says why an article that was put on a front is not shown.
func (v *visit) whyHidden(why front.Hidden, state string) string {
	switch {
	case why == "":
		return ""
	case why == front.Gone && state == stateWord(news.Published):
		return v.l.Word("pin_elsewhere")
	}
	return v.l.Word("pin_" + string(why))
}

// frontCards are cards of articles.
func (v *visit) frontCards(items []news.DeskItem, all news.Sections) (map[news.ArticleID]FrontCard, error) {
	var pictures []news.PictureID
	for _, i := range items {
		pictures = append(pictures, i.LeadPicture)
	}
	known, err := v.Store.Pictures(v.ctx(), pictures)
	if err != nil {
		return nil, err
	}
	cards := map[news.ArticleID]FrontCard{}
	for _, i := range items {
		c := FrontCard{ID: i.ID, State: stateWord(i.State), Headline: cmp.Or(strings.TrimSpace(i.Headline), v.l.Word("untitled")), Lang: i.Language, Dir: locale.Dir(i.Language)}
		if s := all[i.Section]; s != nil {
			c.Section = s.Name
		}
		switch i.State {
		case news.Published:
			c.When = v.moment(i.Published)
		case news.Scheduled:
			c.When = v.l.Say("scheduled_for", "date", v.moment(i.Scheduled))
		}
		if i.State != news.Published {
			c.Label = v.standing(i.State, i.Stage)
		}
		if p, ok := known[i.LeadPicture]; ok {
			c.Image = fileURL(&p, thumbWidth)
		}
		cards[i.ID] = c
	}
	return cards, nil
}

// hideSecrets has cards tell nothing of articles that are not public and that
// whoever asks may not see.
func (v *visit) hideSecrets(cards map[news.ArticleID]FrontCard, items []news.DeskItem, all news.Sections) {
	for _, i := range items {
		a := news.Article{State: i.State, Creator: i.Creator, Section: i.Section, Sections: []news.SectionID{i.Section}}
		if i.State != news.Published && !v.maySee(&a, all) {
			c := cards[i.ID]
			cards[i.ID] = FrontCard{ID: i.ID, State: c.State, Label: c.Label, Headline: v.l.Word("pin_secret"), Lang: v.l.Tag, Dir: v.l.Dir}
		}
	}
}

// fillers are what a zone can be filled from: sections and topics in use, by name.
func (v *visit) fillers(all news.Sections) ([]string, error) {
	var names []string
	for _, c := range sectionChoices(all, 0, &news.Staff{}) {
		names = append(names, c.Label)
	}
	topics, err := v.Store.TopicNames(v.ctx(), mostNames)
	if err != nil {
		return nil, err
	}
	return append(names, v.nameList(topics)...), nil
}

// fillerName is a section or a topic as it is typed.
func (v *visit) fillerName(t news.Target, all news.Sections) string {
	switch t.Noun {
	case news.SectionNoun:
		return v.frontName(news.SectionID(t.ID), all)
	case news.TopicNoun:
		if topic, err := v.Store.Topic(v.ctx(), news.TopicID(t.ID)); err == nil {
			return topic.Name
		}
	}
	return ""
}

// filler finds the section or the topic of a name that was typed; false for none.
func (v *visit) filler(name string, all news.Sections) (news.Target, bool, error) {
	if name == "" {
		return news.Target{}, true, nil
	}
	for _, c := range sectionChoices(all, 0, &news.Staff{}) {
		if strings.EqualFold(c.Label, name) {
			return news.Target{Noun: news.SectionNoun, ID: int64(c.ID)}, true, nil
		}
	}
	topics, err := v.Store.TopicNames(v.ctx(), mostNames)
	if err != nil {
		return news.Target{}, false, err
	}
	if id := named(topics, name); id > 0 {
		return news.Target{Noun: news.TopicNoun, ID: id}, true, nil
	}
	return news.Target{}, false, nil
}
