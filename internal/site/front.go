package site

import (
	"context"
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const frontKind = "front"

// Front is the front page. No story stands on it twice. Lead is nil for an empty
// paper, and Empty tells whoever runs it what to do next.
type Front struct {
	Frame
	Lead    *Card
	Second  []Card
	Blocks  []Block
	Latest  []Card
	Archive string // address of the archive of this year
	Empty   bool
}

// Block is a section on the front page.
type Block struct {
	Link
	Cards []Card
}

// How many stories each zone of the front page has.
const (
	secondCount = 4
	blockCount  = 4
	latestCount = 10
	mostBlocks  = 12
)

func (s *Site) front(w http.ResponseWriter, r *http.Request) error {
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
	return s.send(w, r, page.Key{Kind: frontKind})
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
		top, err := r.cards(ctx, zones.top)
		if err != nil {
			return v, err
		}
		f.Lead, f.Second = &top[0], top[1:]
		for _, b := range zones.blocks {
			cards, err := r.cards(ctx, b.list)
			if err != nil {
				return v, err
			}
			f.Blocks = append(f.Blocks, Block{Link{Text: b.section.Name, URL: urlPath(b.section.Path)}, cards})
		}
		if f.Latest, err = r.cards(ctx, zones.latest); err != nil {
			return v, err
		}
		f.Archive = "/" + zones.top[0].Published.In(r.zone).Format("2006") + "/"
		v.Data = f
		return v, nil
	})
}

// zones are the stories of the front page's parts.
type zones struct {
	top    []news.Teaser
	blocks []block
	latest []news.Teaser
}

type block struct {
	section *news.Section
	list    []news.Teaser
}

// frontZones chooses: first what is pinned, else the newest story with a
// picture, leads; then the newest ones; then of each section at the top those
// that stand nowhere yet; then the newest of what is left.
func (r *reading) frontZones(ctx context.Context) (zones, error) {
	var z zones
	used := map[news.ArticleID]bool{}
	take := func(list []news.Teaser, most int) []news.Teaser {
		var out []news.Teaser
		for _, t := range list {
			if len(out) < most && !used[t.ID] {
				used[t.ID] = true
				out = append(out, t)
			}
		}
		return out
	}
	pinned, err := r.Pinned(ctx, secondCount+1)
	if err != nil {
		return z, err
	}
	latest, err := r.Latest(ctx, news.Place{}, time.Time{}, 2*secondCount+latestCount)
	if err != nil {
		return z, err
	}
	z.top = take(pinned, 1)
	if len(z.top) == 0 {
		z.top = take(withPicture(latest), 1)
	}
	z.top = append(z.top, take(append(pinned, latest...), secondCount+1-len(z.top))...)
	for _, s := range r.below(0) {
		if len(z.blocks) == mostBlocks {
			break
		}
		list, err := r.Listed(ctx, news.Target{Noun: news.SectionNoun, ID: int64(s.ID)}, news.Place{}, blockCount+secondCount+1)
		if err != nil {
			return z, err
		}
		if list = take(list, blockCount); len(list) > 0 {
			z.blocks = append(z.blocks, block{s, list})
		}
	}
	more, err := r.Latest(ctx, news.Place{}, time.Time{}, len(used)+latestCount)
	if err != nil {
		return z, err
	}
	z.latest = take(more, latestCount)
	return z, nil
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
