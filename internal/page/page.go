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
	Date     string // for a piece that shows today's date: that date, as "2026-07-05"
	Rest     string // what else tells two apart, as the place in a list
}

// View is what a loader answers: the template to be executed, its data, and the
// keys of the pieces that the template marks, by the names that it uses.
type View struct {
	Template string
	Data     any
	Pieces   map[string]Key
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

// Piece returns a piece, kept or rendered.
func (p *Press) Piece(ctx context.Context, k Key) (*Piece, error) {
	return p.store.get(ctx, k, p.make)
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
	piece.Refs = slices.Compact(refs)
	return piece, nil
}

// Render makes a piece of a view that was loaded otherwise: for one request.
func (p *Press) Render(k Key, v View) (*Piece, error) {
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
	Parts []Part     // blocks and slots
	Refs  []news.Ref // of all pieces, sorted, without repeats

	at      uint64
	checked atomic.Uint64
}

// Page returns the whole page of a key. While nothing on it has changed that
// costs one look-up and no reading.
func (p *Press) Page(ctx context.Context, k Key) (*Whole, error) {
	if e := p.store.find(k); e != nil {
		if w := e.whole.Load(); w != nil && p.store.current(&w.checked, w.Refs, w.at, p.store.changes.Now()) {
			return w, nil
		}
	}
	now := p.store.changes.Now()
	piece, err := p.Piece(ctx, k)
	if err != nil {
		return nil, err
	}
	w, err := p.Join(ctx, piece, nil)
	if err != nil {
		return nil, err
	}
	w.at = now
	w.checked.Store(now)
	if e := p.store.find(k); e != nil && e.piece == piece {
		e.whole.Store(w)
	}
	return w, nil
}

// Join puts the pieces of a page in their places. instead are pieces made for one
// request, by the name under which the page's own template marks them; nil for
// none.
func (p *Press) Join(ctx context.Context, page *Piece, instead map[string]*Piece) (*Whole, error) {
	w := &Whole{}
	if err := p.join(ctx, w, page, instead, 0); err != nil {
		return nil, err
	}
	slices.Sort(w.Refs)
	w.Refs = slices.Compact(w.Refs)
	return w, nil
}

func (p *Press) join(ctx context.Context, w *Whole, piece *Piece, instead map[string]*Piece, depth int) error {
	const deepest = 4 // a page, pieces, and pieces in these
	if depth > deepest {
		return fmt.Errorf("the pieces of %v hold each other", piece.Key)
	}
	w.Refs = append(w.Refs, piece.Refs...)
	for _, part := range piece.Parts {
		if part.Piece == "" {
			w.Parts = append(w.Parts, part)
			continue
		}
		in := instead[part.Piece]
		if in == nil {
			k, ok := piece.Pieces[part.Piece]
			if !ok {
				return fmt.Errorf("%v marks a piece %q that it does not have", piece.Key, part.Piece)
			}
			var err error
			if in, err = p.Piece(ctx, k); err != nil {
				return err
			}
		}
		if err := p.join(ctx, w, in, nil, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// Fill tells what stands in a slot at this view; nil for an empty slot.
type Fill func(slot string) (*Block, error)

// Blocks appends the blocks of a view to dst, its slots filled. An error leaves
// no half of it.
func (w *Whole) Blocks(dst []*Block, fill Fill) ([]*Block, error) {
	for _, part := range w.Parts {
		b := part.Block
		if b == nil {
			var err error
			if b, err = fill(part.Slot); err != nil {
				return nil, err
			}
			if b == nil {
				continue
			}
		}
		dst = append(dst, b)
	}
	return dst, nil
}
