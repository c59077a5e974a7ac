// Package page puts pages together from pieces. A piece is rendered alone, from
// its own key and its own reads, and knows the refs of what it shows; a page is
// a piece in whose HTML other pieces and ad slots have their marked places.
//
// A piece is compressed once and kept until one of its refs has changed: whoever
// writes announces that to [Changes], and a page is always as fresh as what was
// announced before it was asked for. Start reading at [Press].
package page

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"sync/atomic"

	"broadsheet/internal/news"
)

// Key is all that a piece's bytes depend on, besides what its refs name. Equal
// keys are the same piece.
type Key struct {
	Kind     string // which loader makes it
	Language string // of its words; BCP 47
	ID       int64  // of the thing that it is about; 0 for none
	Date     string // for a piece that shows a date: that date, as "2026-07-05"; Today in the keys of a View
	Rest     string // what else tells two apart, as the place in a list
}

// Today stands for the date of the day on which a page is asked for. A page that
// marks a piece with such a key need not be made anew at midnight: only that
// piece is.
const Today = "today"

// View is what a loader answers: the template to be executed, its data, and the
// keys of the pieces that the template marks, by the names that it uses. What
// has no template, as a feed, brings its bytes and their media type.
type View struct {
	Template string
	Data     any
	Pieces   map[string]Key
	Once     bool // made for who asks now, and not to be kept: there may be any number of such keys

	Ready []byte
	Type  string // as "application/rss+xml; charset=utf-8"; "" for an HTML page
}

// Loader reads what a piece shows, and tells note the refs of all that it reads.
type Loader func(ctx context.Context, k Key, note func(...news.Ref)) (View, error)

// Theme renders a template whole.
type Theme interface {
	Execute(template string, data any) ([]byte, error)
}

// Piece is one rendered piece: its own HTML, cut at its marks.
type Piece struct {
	Key    Key
	Refs   []news.Ref // sorted, without repeats
	Parts  []Part
	Pieces map[string]Key
	Type   string // as in the View

	once bool // not to be kept
}

// Press renders pieces, keeps them and puts pages together.
type Press struct {
	theme   Theme
	marks   Marks
	loaders map[string]Loader
	store   *store
}

// NewPress makes a press with a loader for each kind of piece. marks are those
// that theme's templates write. What it keeps takes limit bytes at most and falls
// with changes.
func NewPress(theme Theme, marks Marks, loaders map[string]Loader, changes *Changes, limit int64) *Press {
	return &Press{theme, marks, loaders, newStore(changes, limit)}
}

// Hurry has pieces of these kinds wait for no turn: few different ones, which the
// page needs that says that there is too much to do. It is called before the press
// is used.
func (p *Press) Hurry(kinds ...string) {
	p.store.urgent = map[string]bool{}
	for _, kind := range kinds {
		p.store.urgent[kind] = true
	}
}

// Piece returns a piece, kept or rendered.
func (p *Press) Piece(ctx context.Context, k Key) (*Piece, error) {
	return p.store.get(ctx, k, false, p.make)
}

// make renders a piece from nothing.
func (p *Press) make(ctx context.Context, k Key) (*Piece, error) {
	load, ok := p.loaders[k.Kind]
	if !ok {
		return nil, fmt.Errorf("there is no piece of the kind %q", k.Kind)
	}
	var refs []news.Ref
	v, err := load(ctx, k, func(more ...news.Ref) { refs = append(refs, more...) })
	if err != nil {
		return nil, err
	}
	slices.Sort(refs)
	piece, err := p.Render(k, v)
	if err != nil {
		return nil, err
	}
	piece.Refs, piece.once = slices.Compact(refs), v.Once
	return piece, nil
}

// Render makes a piece of a view that was loaded otherwise: for one request.
func (p *Press) Render(k Key, v View) (*Piece, error) {
	if v.Template == "" {
		return &Piece{Key: k, Parts: []Part{{Block: NewBlock(v.Ready)}}, Type: v.Type}, nil
	}
	html, err := p.theme.Execute(v.Template, v.Data)
	if err != nil {
		return nil, err
	}
	parts, err := p.marks.split(html)
	if err != nil {
		return nil, fmt.Errorf("the template %s: %w", v.Template, err)
	}
	for name := range v.Pieces {
		if !slices.ContainsFunc(parts, func(part Part) bool { return part.Piece == name }) {
			return nil, fmt.Errorf("the template %s does not mark the piece %q, or not where text may stand", v.Template, name)
		}
	}
	return &Piece{Key: k, Parts: parts, Pieces: v.Pieces}, nil
}

// Whole is a page with all its pieces in their places; only its slots are open.
type Whole struct {
	Key   Key
	Date  string     // of the day for which it was put together
	Slots []string   // in their order
	Refs  []news.Ref // of all pieces, and of the way to the page; sorted, without repeats
	Type  string     // as in the View
	Sum   uint64     // of all but what is drawn for each view; equal in every process

	stretches  []stretch // one before each slot, and one behind the last
	at         uint64    // number of changes before its reading began
	checked    atomic.Uint64
	surrogates atomic.Pointer[string]

	pieces []Key   // that it consists of, its own first
	kept   []*kept // these in the store, where they are
}

// Place is where a page stands, and how that became known: whoever looked that
// up noted the number of changes before, and the refs of what was read.
type Place struct {
	Path  string // as readers ask for it; "" for a page that has none of its own
	Since uint64
	Refs  []news.Ref
}

// At returns the whole page that is kept for a path and shows that date; nil for
// none. It costs one look-up and one comparison while nothing has changed.
func (p *Press) At(path, date string) *Whole {
	w := p.store.at(path)
	if w == nil || w.Date != date {
		return nil
	}
	return w
}

// Admit is a fault of kind Unavailable where the page for a path would be refused
// for now: before anything is looked up for it. What has stood there is let in,
// though it may have changed: most of its pieces have not.
func (p *Press) Admit(path string) error {
	if p.store.full() && !p.store.stood(path) {
		return errTooMany
	}
	return nil
}

// Page returns the whole page of a key, for a date. Where it may be kept, [At]
// finds it by its path from then on.
func (p *Press) Page(ctx context.Context, k Key, date string, at Place) (*Whole, error) {
	if w := p.store.whole(k); w != nil && w.Date == date {
		return w, nil
	}
	since := p.store.changes.Now()
	if at.Path != "" {
		since = at.Since
	}
	piece, err := p.store.get(ctx, k, true, p.make)
	if err != nil {
		return nil, err
	}
	w, err := p.join(ctx, piece, nil, date, at.Refs)
	if err != nil {
		return nil, err
	}
	w.at = since
	p.store.keepWhole(w, piece, at.Path)
	return w, nil
}

// Join puts the pieces of a page in their places, for one request and a date.
// instead are pieces made for this request, by the name under which the page's
// own template marks them; nil for none.
func (p *Press) Join(ctx context.Context, page *Piece, instead map[string]*Piece, date string) (*Whole, error) {
	return p.join(ctx, page, instead, date, nil)
}

func (p *Press) join(ctx context.Context, page *Piece, instead map[string]*Piece, date string, more []news.Ref) (*Whole, error) {
	w := &Whole{Key: page.Key, Date: date, Type: page.Type, Refs: slices.Clone(more), stretches: make([]stretch, 1)}
	if err := p.add(ctx, w, page, instead, 0); err != nil {
		return nil, err
	}
	slices.Sort(w.Refs)
	w.Refs = slices.Compact(w.Refs)
	return w, nil
}

// add puts a piece and those in it at the end of w.
func (p *Press) add(ctx context.Context, w *Whole, piece *Piece, instead map[string]*Piece, depth int) error {
	const deepest = 4 // a page, pieces, and pieces in these
	if depth > deepest {
		return fmt.Errorf("the pieces of %v hold each other", piece.Key)
	}
	w.Refs = append(w.Refs, piece.Refs...)
	w.pieces = append(w.pieces, piece.Key)
	for _, part := range piece.Parts {
		if part.Piece == "" {
			w.append(part)
			continue
		}
		in := instead[part.Piece]
		if in == nil {
			k, ok := piece.Pieces[part.Piece]
			if !ok {
				return fmt.Errorf("%v marks a piece %q that it does not have", piece.Key, part.Piece)
			}
			if k.Date == Today {
				k.Date = w.Date
			}
			var err error
			if in, err = p.Piece(ctx, k); err != nil {
				return err
			}
		}
		if err := p.add(ctx, w, in, nil, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// append puts a block or a slot at the end.
func (w *Whole) append(part Part) {
	if part.Block == nil {
		h := fnv.New64a()
		h.Write([]byte(part.Slot))
		w.Sum = mix(w.Sum, h.Sum64())
		w.Slots, w.stretches = append(w.Slots, part.Slot), append(w.stretches, stretch{})
		return
	}
	w.Sum = mix(w.Sum, part.Block.sum)
	w.stretches[len(w.stretches)-1].add(part.Block)
}

// mix takes one more sum into that of a sequence (splitmix64's finaliser, Steele
// et al. 2014).
func mix(h, sum uint64) uint64 {
	h = h*0x9e3779b97f4a7c15 + sum
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
