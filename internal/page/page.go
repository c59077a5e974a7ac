// Package page puts pages together from pieces. A piece is rendered alone, from
// its own key and its own reads, and knows the refs of what it shows; a page is
// a piece in whose HTML other pieces and ad slots have their marked places.
//
// Pieces are not kept yet: each is rendered for each view. Start reading at
// [Press].
package page

import (
	"context"
	"fmt"
	"slices"

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

// Press renders pieces and puts pages together.
type Press struct {
	theme   Theme
	marks   Marks
	loaders map[string]Loader
}

// NewPress makes a press with a loader for each kind of piece. marks are those
// that theme's templates write.
func NewPress(theme Theme, marks Marks, loaders map[string]Loader) *Press {
	return &Press{theme, marks, loaders}
}

// Piece renders one piece.
func (p *Press) Piece(ctx context.Context, k Key) (*Piece, error) {
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

// Fill tells what stands in a slot at this view; nothing for an empty slot.
type Fill func(ctx context.Context, slot string) ([]byte, error)

// Page renders the page of a piece: the pieces in it, each at its place, and slots
// filled anew. An error leaves no half of it. instead are pieces made for this
// request, by the name under which the page's own template marks them; nil for
// none.
func (p *Press) Page(ctx context.Context, page *Piece, instead map[string]*Piece, fill Fill) ([]byte, error) {
	var out []byte
	if err := p.join(ctx, &out, page, instead, fill, 0); err != nil {
		return nil, err
	}
	return out, nil
}

func (p *Press) join(ctx context.Context, out *[]byte, piece *Piece, instead map[string]*Piece, fill Fill, depth int) error {
	const deepest = 4 // a page, pieces, and pieces in these
	if depth > deepest {
		return fmt.Errorf("the pieces of %v hold each other", piece.Key)
	}
	for _, part := range piece.Parts {
		switch {
		case part.Slot != "":
			b, err := fill(ctx, part.Slot)
			if err != nil {
				return err
			}
			*out = append(*out, b...)
		case part.Piece != "":
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
			if err := p.join(ctx, out, in, nil, fill, depth+1); err != nil {
				return err
			}
		default:
			*out = append(*out, part.HTML...)
		}
	}
	return nil
}
