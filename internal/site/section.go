package site

import (
	"context"
	"slices"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const sectionKind = "section"

// Section is a section's page.
type Section struct {
	Frame
	Crumbs      []Link // the last is the section, without address
	Name        string
	Description string
	Subsections []Link
	Layout      string // as of the front page; of a section that is arranged by hand
	Zones       Zones  // likewise, only where the list begins
	Top         []Card // of any other, the newest, set apart; only where the list begins
	List        List   // what stands nowhere above, or on the pages before
}

func (s *Site) loadSection(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) { return r.section(ctx, k) })
}

// section makes a page of a section.
func (r *reading) section(ctx context.Context, k page.Key) (page.View, error) {
	sec := r.sections.at(news.SectionID(k.ID))
	if sec == nil {
		return page.View{}, fault.New(fault.NotFound, "")
	}
	path := urlPath(sec.Path)
	v := Section{Frame: r.frame("section", sec.Name, path), Name: sec.Name, Description: sec.Description, Crumbs: r.crumbs(sec.ID)}
	v.Crumbs[len(v.Crumbs)-1].URL = ""
	v.Frame.Description, v.Feed = sec.Description, path+"feed/"
	v.Data = []any{breadcrumbs(r.settings, v.Crumbs, path)}
	for _, below := range r.below(sec.ID) {
		v.Subsections = append(v.Subsections, Link{Text: below.Name, URL: urlPath(below.Path)})
	}
	v.list(k.Rest)
	var above []news.Teaser // what stands on the first page before its list
	if as := r.fronts.of(sec.ID); as.ByHand {
		filled, err := r.fill(ctx, sec.ID, as, nil)
		if err != nil {
			return page.View{}, err
		}
		above = filled.Stories()
		if k.Rest == "" {
			cards, err := r.cards(ctx, above)
			if err != nil {
				return page.View{}, err
			}
			v.Layout, v.Zones = r.layout(), zonesOf(filled, &cards)
		}
	}
	var err error
	v.List, err = r.listed(ctx, news.Target{Noun: news.SectionNoun, ID: k.ID}, path, k.Rest, above...)
	const top = 5
	if k.Rest == "" && v.Zones == nil && len(v.List.Cards) > top {
		v.Top, v.List.Cards = leading(v.List.Cards[:top]), v.List.Cards[top:]
	}
	return page.View{Template: "section", Data: v, Pieces: r.pieces(k, nil)}, err
}

// sections are the paper's. What a page shows of them is noted when it asks: one
// that names a section does not fall with the others.
type sections struct {
	all  news.Sections
	note func(...news.Ref)
}

// at is a section's name and place; nil for none.
func (s sections) at(id news.SectionID) *news.Section {
	s.note(news.SectionRef(id))
	return s.all[id]
}

// line is the way from the top down to a section, both included; nil for none.
func (s sections) line(id news.SectionID) []*news.Section {
	s.note(news.SectionRef(id))
	line := s.all.Line(id)
	for _, above := range line {
		s.note(news.SectionRef(above.ID))
	}
	return line
}

// children are the sections directly below one, those at the top for 0: the order
// among them, and which there are, change with any section.
func (s sections) children(id news.SectionID) []*news.Section {
	s.note(news.SectionsRef)
	return s.all.Children(id)
}

// leading moves the first card with a picture to the front.
func leading(cards []Card) []Card {
	i := slices.IndexFunc(cards, func(c Card) bool { return c.Image != nil })
	if i < 1 {
		return cards
	}
	return append([]Card{cards[i]}, slices.Delete(slices.Clone(cards), i, i+1)...)
}

// listed is a stretch of the list of a section, a topic or a person. Behind the
// first there is one only where something stands in it, and it is kept only where
// a page of the list leads to it: anybody can think of other places. What stands
// above the list on its first page is left out of it.
func (r *reading) listed(ctx context.Context, of news.Target, path, before string, above ...news.Teaser) (List, error) {
	place, err := parsePlace(before)
	if err != nil {
		return List{}, err
	}
	n := r.settings.ListLength
	list, err := r.Listed(ctx, of, place, n+1+len(above))
	list = slices.DeleteFunc(list, func(t news.Teaser) bool {
		return slices.ContainsFunc(above, func(a news.Teaser) bool { return a.ID == t.ID })
	})
	if err == nil && before != "" {
		if len(list) == 0 {
			return List{}, fault.New(fault.NotFound, "")
		}
		var stands bool
		stands, err = r.StandsListed(ctx, of, place)
		r.once = !stands
	}
	if err != nil {
		return List{}, err
	}
	return r.stretch(ctx, list, n, path, place)
}

// list makes a frame that of a further page of a list.
func (f *Frame) list(before string) {
	if before != "" {
		f.Canonical += "?before=" + before
	}
}
