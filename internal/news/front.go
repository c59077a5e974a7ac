package news

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Front is a page that leads into the paper: the front page, or the first page of
// a section that is arranged by hand.
type Front struct {
	Section SectionID // whose first page it is; 0 for the front page
	Version int       // rises by one with each write; 0 for one that nobody has arranged
	Arrangement
	Changed   time.Time // zero where Version is 0
	ChangedBy string    // as in the audit log
}

// Arrangement says what stands where on a front, as far as somebody has said it;
// all other places are filled with what is newest.
type Arrangement struct {
	ByHand bool   // of a section: its first page has the zones of the theme's layout at all; the front page always has
	Zones  []Zone // those that something was said of, each once
}

// Zone is a part of a front, with a name that the theme's layout gives it.
type Zone struct {
	Name string // [FirstZone] for the first one of whatever layout
	Pins []Pin  // in their order; what has no place here goes on in the next zone of its kind
	From Target // the section or topic whose newest stories fill the places behind them; zero for what the theme says
}

// FirstZone stands for the first zone of whatever layout, before what is there.
const FirstZone = ""

// Pin is an article that somebody has put in its place.
type Pin struct {
	Article ArticleID
	Until   time.Time // when the clock takes it from there; zero for never
}

// Limits of an arrangement.
const (
	MaxZones    = 24 // of which something is said
	MaxPins     = 100
	maxZoneName = 40
)

// Pins are all of an arrangement, in the order of its zones.
func (a *Arrangement) Pins() []Pin {
	var all []Pin
	for _, z := range a.Zones {
		all = append(all, z.Pins...)
	}
	return all
}

// Pin is where an article stands; nil for nowhere.
func (a *Arrangement) Pin(id ArticleID) *Pin {
	for i := range a.Zones {
		for j := range a.Zones[i].Pins {
			if p := &a.Zones[i].Pins[j]; p.Article == id {
				return p
			}
		}
	}
	return nil
}

// Zone is the zone of that name, which is added where nothing was said of it.
func (a *Arrangement) Zone(name string) *Zone {
	for i := range a.Zones {
		if a.Zones[i].Name == name {
			return &a.Zones[i]
		}
	}
	a.Zones = append(a.Zones, Zone{Name: name})
	return &a.Zones[len(a.Zones)-1]
}

// Put has an article stand at a place of a zone, counted from 0; one too far back
// is its last. Where it stood before, it is taken away.
func (a *Arrangement) Put(zone string, at int, p Pin) {
	a.Remove(p.Article)
	z := a.Zone(zone)
	z.Pins = slices.Insert(z.Pins, max(0, min(at, len(z.Pins))), p)
}

// Remove takes an article from its place, and reports whether it had one.
func (a *Arrangement) Remove(id ArticleID) bool {
	return a.drop(func(p Pin) bool { return p.Article == id })
}

// Expire takes away what was to stand there until now, and reports whether
// something was.
func (a *Arrangement) Expire(now time.Time) bool {
	return a.drop(func(p Pin) bool { return !p.Until.IsZero() && !p.Until.After(now) })
}

func (a *Arrangement) drop(which func(Pin) bool) bool {
	before := len(a.Pins())
	for i := range a.Zones {
		a.Zones[i].Pins = slices.DeleteFunc(slices.Clone(a.Zones[i].Pins), which)
	}
	return len(a.Pins()) < before
}

// Ends is when the first of the pins ends; zero for never.
func (a *Arrangement) Ends() time.Time {
	var first time.Time
	for _, p := range a.Pins() {
		if !p.Until.IsZero() && (first.IsZero() || p.Until.Before(first)) {
			first = p.Until
		}
	}
	return first
}

// Tidy leaves out zones of which nothing is said.
func (a *Arrangement) Tidy() {
	a.Zones = slices.DeleteFunc(slices.Clone(a.Zones), func(z Zone) bool { return len(z.Pins) == 0 && z.From == Target{} })
}

// Clone is a copy that shares nothing.
func (a Arrangement) Clone() Arrangement {
	a.Zones = slices.Clone(a.Zones)
	for i := range a.Zones {
		a.Zones[i].Pins = slices.Clone(a.Zones[i].Pins)
	}
	return a
}

// Same reports whether two arrangements say the same.
func (a Arrangement) Same(b Arrangement) bool {
	a, b = a.Clone(), b.Clone()
	a.Tidy()
	b.Tidy()
	return a.ByHand == b.ByHand && slices.EqualFunc(sortedZones(a.Zones), sortedZones(b.Zones), func(x, y Zone) bool {
		return x.Name == y.Name && x.From == y.From && slices.EqualFunc(x.Pins, y.Pins, func(p, q Pin) bool { return p.Article == q.Article && p.Until.Equal(q.Until) })
	})
}

func sortedZones(zones []Zone) []Zone {
	slices.SortFunc(zones, func(x, y Zone) int { return cmp.Compare(x.Name, y.Name) })
	return zones
}

// Check says what can't be stored; nil where everything can. An article never
// stands in two places.
func (a *Arrangement) Check() error {
	if len(a.Zones) > MaxZones {
		return fmt.Errorf("there are more than %d zones", MaxZones)
	}
	if len(a.Pins()) > MaxPins {
		return fmt.Errorf("there are more than %d articles", MaxPins)
	}
	seen, zones := map[ArticleID]bool{}, map[string]bool{}
	for _, z := range a.Zones {
		if zones[z.Name] || len(z.Name) > maxZoneName {
			return fmt.Errorf("the zone %.60q stands there twice, or has no name that can be", z.Name)
		}
		zones[z.Name] = true
		if z.From != (Target{}) && (z.From.ID <= 0 || z.From.Noun != SectionNoun && z.From.Noun != TopicNoun) {
			return fmt.Errorf("the zone %q is filled from what is neither section nor topic", z.Name)
		}
		for _, p := range z.Pins {
			if p.Article <= 0 || seen[p.Article] {
				return fmt.Errorf("article %d stands there twice, or is none", p.Article)
			}
			seen[p.Article] = true
		}
	}
	return nil
}

// UntilField is what a pin's end is called among the fields of a form.
func UntilField(id ArticleID) string { return "until-" + strconv.FormatInt(int64(id), 10) }

// Past is what is wrong with an hour that is over.
const Past FieldProblem = "past"

// FrontRevision is a front as it stood at a version.
type FrontRevision struct {
	Section SectionID
	Version int
	Saved   time.Time
	By      string // as in the audit log
	Verb    string // likewise
	Arrangement
}

// FrontPlan is an arrangement that the clock puts in place when its hour comes,
// unless somebody has changed the front since the version it was based on.
type FrontPlan struct {
	ID      int64
	Section SectionID
	BasedOn int
	At      time.Time
	State   PlanState
	Made    time.Time
	By      string // as in the audit log
	Arrangement
}

// PlanState is what has become of a plan for a front.
type PlanState string

// The states of a plan. One that has failed is kept until somebody has seen it.
const (
	PlanWaiting PlanState = "waiting"
	PlanFailed  PlanState = "failed"
)

// FrontPreview is an arrangement that somebody looks at, as readers would see it,
// by a secret address.
type FrontPreview struct {
	Hash    string // of the address's token
	Section SectionID
	Staff   StaffID
	Ends    time.Time
	Arrangement
}
