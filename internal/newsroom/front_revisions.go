package newsroom

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"broadsheet/internal/diff"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// FrontRevisions is the list of what a front was like.
type FrontRevisions struct {
	Frame
	ID    news.SectionID
	Rows  []RevisionRow
	Older string // address; "" for none
}

// FrontRevision compares a revision of a front with the one before.
type FrontRevision struct {
	Frame
	ID      news.SectionID
	Row     RevisionRow
	Now     int // the version that the front has
	Changes []FrontChange
}

// FrontChange is a zone that differs between two arrangements.
type FrontChange struct {
	Zone  string
	Lines []FrontLine
}

// FrontLine is an article in a zone of one or of both.
type FrontLine struct {
	Op        string // "same", "added", "removed"
	Text      string
	Lang, Dir string
	Until     string
}

func frontRevisions(v *visit) error {
	f, all, err := v.openedFront()
	if err != nil {
		return err
	}
	before, _ := strconv.Atoi(v.r.URL.Query().Get("before")) // nonsense begins with the newest
	list, err := v.Store.FrontRevisions(v.ctx(), f.Section, before, revisionsLength+1)
	if err != nil {
		return err
	}
	view := FrontRevisions{Frame: v.frame(v.l.Say("front_revisions_of", "name", v.frontName(f.Section, all))), ID: f.Section}
	if len(list) > revisionsLength {
		list = list[:revisionsLength]
		view.Older = fmt.Sprintf("%s/revisions/?before=%d", frontPath(f.Section), list[revisionsLength-1].Version)
	}
	for _, r := range list {
		view.Rows = append(view.Rows, v.frontRevisionRow(&r, f.Version))
	}
	return v.show(http.StatusOK, "front-revisions", view)
}

func (v *visit) frontRevisionRow(r *news.FrontRevision, now int) RevisionRow {
	return RevisionRow{Version: r.Version, At: v.moment(r.Saved), Machine: v.l.ISO(r.Saved), By: v.by(r.By), Verb: v.done(r.Verb), Now: r.Version == now}
}

func frontRevision(v *visit) error {
	f, all, err := v.openedFront()
	if err != nil {
		return err
	}
	number := int(v.id("version"))
	if number == 0 {
		return fault.New(fault.NotFound, "")
	}
	r, err := v.Store.FrontRevision(v.ctx(), f.Section, number)
	if err != nil {
		return err
	}
	before, err := v.Store.FrontRevision(v.ctx(), f.Section, number-1)
	if err != nil {
		return err
	}
	view := FrontRevision{Frame: v.frame(v.l.Say("front_revision_title", "n", number)), ID: f.Section, Row: v.frontRevisionRow(&r, f.Version), Now: f.Version}
	if view.Changes, err = v.frontChanges(&before.Arrangement, &r.Arrangement, all); err != nil {
		return err
	}
	return v.show(http.StatusOK, "front-revision", view)
}

// frontRestore arranges a front again as it stood at a revision.
func frontRestore(v *visit) error {
	return v.restoreFront(func(news.SectionID, int) (int, error) { return int(v.id("version")), nil })
}

// frontUndo takes back what was done to a front last.
func frontUndo(v *visit) error { return v.restoreFront(v.beforeLast) }

// beforeLast is the revision before the last one that is more than the end of a pin.
func (v *visit) beforeLast(section news.SectionID, version int) (int, error) {
	list, err := v.Store.FrontRevisions(v.ctx(), section, version+1, revisionsLength)
	for _, r := range list {
		if r.Verb != "expire" {
			return r.Version - 1, err
		}
	}
	return version, err
}

// restoreFront arranges a front, as the form has seen it, as at a revision.
func (v *visit) restoreFront(which func(section news.SectionID, version int) (int, error)) error {
	f, _, err := v.openedFront()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	revision, err := which(f.Section, version)
	if err != nil {
		return err
	}
	err = v.Desk.RestoreFront(v.ctx(), v.who(), f.Section, version, revision)
	switch {
	case fault.Is(err, fault.Conflict):
		return v.see(frontPath(f.Section)+"/revisions/", "front_changed")
	case fault.Is(err, fault.Invalid):
		return fault.New(fault.NotFound, "")
	case err != nil:
		return err
	}
	return v.see(frontPath(f.Section), "front_restored")
}

// frontChanges compares two arrangements, zone by zone, as lists.
func (v *visit) frontChanges(old, now *news.Arrangement, all news.Sections) ([]FrontChange, error) {
	var ids []news.ArticleID
	for _, p := range append(old.Pins(), now.Pins()...) {
		ids = append(ids, p.Article)
	}
	items, err := v.Store.DeskItems(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	cards, err := v.frontCards(items, all)
	if err != nil {
		return nil, err
	}
	v.hideSecrets(cards, items, all)
	zones := v.Theme().Zones(v.settings.FrontLayout)
	first := news.FirstZone
	if len(zones) > 0 {
		first = zones[0].Name
	}
	a, b := inZones(*old, first), inZones(*now, first)
	var names []string
	labels := map[string]string{}
	for _, z := range zones {
		names, labels[z.Name] = append(names, z.Name), v.zoneLabel(&z)
	}
	for _, z := range slices.Concat(a.Zones, b.Zones) {
		if !slices.Contains(names, z.Name) {
			names, labels[z.Name] = append(names, z.Name), z.Name
		}
	}
	var changes []FrontChange
	if old.ByHand != now.ByHand {
		op := map[bool]string{true: "added", false: "removed"}[now.ByHand]
		changes = append(changes, FrontChange{v.l.Word("front_by_hand_title"), []FrontLine{{Op: op, Text: v.l.Word("front_by_hand")}}})
	}
	for _, name := range names {
		if lines := v.zoneChanges(a.Zone(name), b.Zone(name), cards, all); lines != nil {
			changes = append(changes, FrontChange{labels[name], lines})
		}
	}
	return changes, nil
}

// inZones is an arrangement in which what is to stand first stands in the first
// zone of the layout.
func inZones(a news.Arrangement, first string) news.Arrangement {
	b := a.Clone()
	if pins := b.Zone(news.FirstZone).Pins; len(pins) > 0 {
		z := b.Zone(first)
		z.Pins = append(slices.Clone(pins), z.Pins...)
	}
	b.Zones = slices.DeleteFunc(b.Zones, func(z news.Zone) bool { return z.Name == news.FirstZone && first != news.FirstZone })
	return b
}

// zoneChanges compares a zone of two arrangements; nil where nothing differs.
func (v *visit) zoneChanges(old, now *news.Zone, cards map[news.ArticleID]FrontCard, all news.Sections) []FrontLine {
	type place struct {
		id    news.ArticleID
		until int64 // Unix milliseconds
	}
	places := func(pins []news.Pin) []place {
		list := make([]place, len(pins))
		for i, p := range pins {
			list[i] = place{p.Article, p.Until.UnixMilli()}
		}
		return list
	}
	var lines []FrontLine
	differs := old.From != now.From
	if differs {
		for _, side := range []struct {
			op string
			of news.Target
		}{{"removed", old.From}, {"added", now.From}} {
			if name := v.fillerName(side.of, all); name != "" {
				lines = append(lines, FrontLine{Op: side.op, Text: v.l.Say("zone_from", "name", name)})
			}
		}
	}
	for _, s := range diff.Spans(places(old.Pins), places(now.Pins)) {
		op, pins := "same", now.Pins[s.B0:s.B1]
		switch s.Op {
		case diff.Delete:
			op, pins = "removed", old.Pins[s.A0:s.A1]
		case diff.Insert:
			op = "added"
		}
		differs = differs || op != "same"
		for _, p := range pins {
			c := cards[p.Article]
			lines = append(lines, FrontLine{op, c.Headline, c.Lang, c.Dir, v.shortUntil(p.Until)})
		}
	}
	if !differs {
		return nil
	}
	return lines
}
