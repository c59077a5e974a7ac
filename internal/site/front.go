package site

import (
	"context"
	"net/http"
	"slices"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const frontKind = "front"

// Front is the front page. No story stands on it twice, neither by itself nor as
// its own translation. Lead is nil for an empty
// paper, and Empty tells whoever runs it what to do next.
type Front struct {
	Frame
	Layout  string // which of the theme's layouts: "" for its first
	Lead    *Card
	Second  []Card // on one side of the lead, by importance
	Third   []Card // on the other
	Opinion []Card // what is signed: leaders, columns, guests
	Blocks  []Block
	Latest  []Card
	Archive string // address of the archive of this year
	Empty   bool
}

// Block is a section on the front page. Style says how it is set, so that two
// blocks that follow each other differ: "feature" has one large picture, "row"
// stands side by side, "stack" leans on words.
type Block struct {
	Link
	Style string
	Cards []Card
}

// How many stories each zone of the front page has.
const (
	secondCount  = 3 // on each side of the lead
	topCount     = 1 + 2*secondCount
	opinionCount = 4
	blockCount   = 5
	latestCount  = 10
	mostBlocks   = 12
	opinionReach = 60 // so many of the newest articles are looked through for opinion
)

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

func (s *Site) loadFront(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		f := Front{Frame: r.frame("front", "", "/")}
		f.Description = r.settings.Tagline
		f.Data = []any{website(r.settings)}
		v := page.View{Template: "front", Pieces: r.pieces(k, nil)}
		zones, err := r.frontZones(ctx)
		if err != nil {
			return v, err
		}
		if len(zones.top) == 0 {
			f.Empty = true
			v.Data = f
			return v, nil
		}
		cards, err := r.cards(ctx, zones.all())
		if err != nil {
			return v, err
		}
		next := func(n int) (c []Card) { // of the cards that no zone has yet
			c, cards = cards[:n:n], cards[n:]
			return c
		}
		top := next(len(zones.top))
		f.Lead, f.Second = &top[0], top[1:min(len(top), 1+secondCount)]
		f.Third = top[1+len(f.Second):]
		f.Opinion = next(len(zones.opinion))
		for i, b := range zones.blocks {
			of := next(len(b.list))
			f.Blocks = append(f.Blocks, Block{Link{Text: b.section.Name, URL: urlPath(b.section.Path)}, blockStyle(i, of), of})
		}
		f.Latest = next(len(zones.latest))
		f.Archive = "/" + zones.top[0].Published.In(r.zone).Format("2006") + "/"
		v.Data = f
		return v, nil
	})
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

// pictureFirst moves the first card with a picture to the front, where a style
// shows it large.
func pictureFirst(list []news.Teaser) []news.Teaser {
	for i, t := range list {
		if t.LeadPicture != 0 {
			return append([]news.Teaser{t}, slices.Delete(slices.Clone(list), i, i+1)...)
		}
	}
	return list
}

// zones are the stories of the front page's parts.
type zones struct {
	top     []news.Teaser
	opinion []news.Teaser
	blocks  []block
	latest  []news.Teaser
}

// all are the stories of all zones, in the order of the page: what belongs to
// their cards is read once for all of them.
func (z *zones) all() []news.Teaser {
	list := slices.Concat(z.top, z.opinion)
	for _, b := range z.blocks {
		list = append(list, b.list...)
	}
	return append(list, z.latest...)
}

type block struct {
	section *news.Section
	list    []news.Teaser
}

// chooser hands out stories, each once.
type chooser struct {
	language string // the paper's
	used     map[news.ArticleID]bool
	groups   map[news.ArticleID]bool // of translations, of which one has been taken
}

// take takes as many as most of a list that nobody has taken, in their order.
func (c *chooser) take(list []news.Teaser, most int) []news.Teaser {
	own := map[news.ArticleID]bool{} // groups of which the list has one in the paper's language
	for _, t := range list {
		if t.TranslationGroup != 0 && t.Language == c.language {
			own[t.TranslationGroup] = true
		}
	}
	var out []news.Teaser
	for _, t := range list {
		group := t.TranslationGroup
		if len(out) == most || c.used[t.ID] || group != 0 && (c.groups[group] || own[group] && t.Language != c.language) {
			continue
		}
		c.used[t.ID] = true
		if group != 0 {
			c.groups[group] = true
		}
		out = append(out, t)
	}
	return out
}

// putBack has stories be chosen again.
func (c *chooser) putBack(list []news.Teaser) {
	for _, t := range list {
		delete(c.used, t.ID)
		delete(c.groups, t.TranslationGroup)
	}
}

// frontZones chooses: first what is pinned, else the newest story with a
// picture, leads; then the newest ones; then of each section at the top those
// that stand nowhere yet; then the newest of what is left.
func (r *reading) frontZones(ctx context.Context) (zones, error) {
	var z zones
	c := chooser{r.settings.Language, map[news.ArticleID]bool{}, map[news.ArticleID]bool{}}
	pinned, err := r.Pinned(ctx, topCount)
	if err != nil {
		return z, err
	}
	recent, err := r.Latest(ctx, news.Place{}, time.Time{}, opinionReach)
	if err != nil {
		return z, err
	}
	latest := recent[:min(len(recent), 2*topCount+latestCount)]
	z.top = c.take(pinned, 1)
	if len(z.top) == 0 {
		z.top = c.take(withPicture(reported(latest)), 1)
	}
	z.top = append(z.top, c.take(reported(append(pinned, latest...)), topCount-len(z.top))...)
	z.opinion = c.take(opinions(recent), opinionCount)
	if len(z.opinion) < 2 { // one alone is no zone: it stands in its section
		c.putBack(z.opinion)
		z.opinion = nil
	}
	for _, s := range r.below(0) {
		if len(z.blocks) == mostBlocks {
			break
		}
		list, err := r.Listed(ctx, news.Target{Noun: news.SectionNoun, ID: int64(s.ID)}, news.Place{}, blockCount+topCount+opinionCount)
		if err != nil {
			return z, err
		}
		list = c.take(list, blockCount)
		if z.opinion != nil && len(opinions(list)) == len(list) {
			c.putBack(list) // opinion has had its zone
			continue
		}
		if len(list) > 0 {
			z.blocks = append(z.blocks, block{s, pictureFirst(list)})
		}
	}
	more, err := r.Latest(ctx, news.Place{}, time.Time{}, len(c.used)+latestCount)
	if err != nil {
		return z, err
	}
	z.latest = c.take(more, latestCount)
	return z, nil
}

func opinions(list []news.Teaser) []news.Teaser {
	return slices.DeleteFunc(slices.Clone(list), func(t news.Teaser) bool { return t.Genre != news.Opinion })
}

// reported leaves out what is opinion or paid for: it stands in places of its
// own, never among the news at the top.
func reported(list []news.Teaser) []news.Teaser {
	return slices.DeleteFunc(slices.Clone(list), func(t news.Teaser) bool { return t.Genre == news.Opinion || t.Genre == news.Sponsored })
}

// withPicture begins with the first of the newest that has a picture, if any.
func withPicture(list []news.Teaser) []news.Teaser {
	const near = 6 // further down, a story is too old to lead for its picture's sake
	for _, t := range list[:min(near, len(list))] {
		if t.LeadPicture != 0 {
			return []news.Teaser{t}
		}
	}
	return list
}
