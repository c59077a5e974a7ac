package site

import (
	"context"
	"net/http"

	"broadsheet/internal/front"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const frontKind = "front"

// Front is the front page. No story stands on it twice, neither by itself nor as
// its own translation. Empty tells whoever runs an empty paper what to do next.
type Front struct {
	Frame
	Layout  string // which of the theme's layouts: "" for its first
	Zones   Zones
	Blocks  []Block
	Archive string // address of the archive of this year
	Empty   bool
}

// Zones are the zones of the layout in which something stands, in its order.
type Zones []Zone

// Zone is a part of a front that the theme's layout names.
type Zone struct {
	Name  string
	Cards []Card
}

// Of is what stands in the zone of that name; nil for nothing.
func (z Zones) Of(name string) []Card {
	for _, one := range z {
		if one.Name == name {
			return one.Cards
		}
	}
	return nil
}

// Block is a section on the front page. Style says how it is set, so that two
// blocks that follow each other differ: "feature" has one large picture, "row"
// stands side by side, "stack" leans on words.
type Block struct {
	Link
	Style string
	Cards []Card
}

func (s *Site) front(w http.ResponseWriter, r *http.Request) error {
	by := s.way()
	q := r.URL.Query()
	if to, err := s.oldQuery(r.Context(), q); err != nil || to != "" {
		if err != nil {
			return err
		}
		return redirect(w, r, to)
	}
	if words := q.Get("s"); words != "" { // WordPress's search
		http.Redirect(w, r, searchURL(words), http.StatusMovedPermanently)
		return nil
	}
	return s.send(w, r, frontKey(), by.to("/"))
}

// fronts are how the paper's fronts are arranged by hand.
type fronts struct {
	all  map[news.SectionID]news.Arrangement
	note func(...news.Ref)
}

// of is how a front is arranged, the front page for 0.
func (f fronts) of(id news.SectionID) news.Arrangement {
	f.note(news.FrontRef(id))
	return f.all[id]
}

// as is the same with another arrangement of one front, which somebody looks at.
func (f fronts) as(id news.SectionID, a news.Arrangement) fronts {
	f.all = map[news.SectionID]news.Arrangement{id: a}
	return f
}

func (s *Site) loadFront(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) { return r.front(ctx, k) })
}

// front makes the front page.
func (r *reading) front(ctx context.Context, k page.Key) (page.View, error) {
	f := Front{Frame: r.frame("front", "", "/"), Layout: r.layout()}
	f.Description = r.settings.Tagline
	f.Data = []any{website(r.settings)}
	v := page.View{Template: "front", Pieces: r.pieces(k, nil)}
	var blocks []news.SectionID
	for _, s := range r.below(0) {
		blocks = append(blocks, s.ID)
	}
	filled, err := r.fill(ctx, 0, r.fronts.of(0), blocks)
	if err != nil {
		return v, err
	}
	stories := filled.Stories()
	if f.Empty = len(stories) == 0; f.Empty {
		v.Data = f
		return v, nil
	}
	cards, err := r.cards(ctx, stories)
	if err != nil {
		return v, err
	}
	f.Zones = zonesOf(filled, &cards)
	for i, b := range filled.Blocks {
		of := next(&cards, len(b.Stories))
		s := r.sections.at(b.Section)
		f.Blocks = append(f.Blocks, Block{Link{Text: s.Name, URL: urlPath(s.Path)}, blockStyle(i, of), of})
	}
	f.Archive = "/" + stories[0].Published.In(r.zone).Format("2006") + "/"
	v.Data = f
	return v, nil
}

// fill finds out what stands on a front.
func (r *reading) fill(ctx context.Context, section news.SectionID, as news.Arrangement, blocks []news.SectionID) (*front.Page, error) {
	zones := r.site.theme.Manifest().Zones(r.settings.FrontLayout)
	return front.Fill(ctx, r.Reader, front.Ask{Section: section, As: as, Zones: zones, Language: r.settings.Language, Blocks: blocks})
}

// layout is the one that the paper has chosen of the theme's, "" for its first.
func (r *reading) layout() string {
	m := r.site.theme.Manifest()
	if name := m.Layout(r.settings.FrontLayout); name != m.Layout("") {
		return name
	}
	return ""
}

// zonesOf are the zones of a front with the cards of its stories, which come first
// among those left over.
func zonesOf(filled *front.Page, cards *[]Card) Zones {
	var all Zones
	for i := range filled.Zones {
		if n := len(filled.Zones[i].Stories()); n > 0 {
			all = append(all, Zone{filled.Zones[i].Name, next(cards, n)})
		}
	}
	return all
}

// next takes the next so many cards away.
func next(cards *[]Card, n int) []Card {
	c := (*cards)[:n:n]
	*cards = (*cards)[n:]
	return c
}

// blockStyle gives neighbours different styles, and a large picture only to a
// block that has one to show.
func blockStyle(i int, cards []Card) string {
	pictures := 0
	for _, c := range cards {
		if c.Image != nil {
			pictures++
		}
	}
	switch {
	case pictures == 0 || len(cards) == 1 && pictures == 0:
		return "stack"
	case i%2 == 0 || pictures < 3:
		return "feature"
	}
	return "row"
}
