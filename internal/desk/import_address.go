package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// addresses gives each imported article the address that it came with. Where
// something else has that already, an address that we have made ourselves (of a
// section, topic or person) gives way, since the article's is known to the
// world; else the article gets one by the paper's pattern. The answer is in the
// order of list, nil where nothing collided.
func (b *importBatch) addresses(ctx context.Context, list []*news.Article) ([]*Collision, error) {
	collisions := make([]*Collision, len(list))
	var paths []string
	for _, a := range list {
		if a.Path != "" {
			paths = append(paths, a.Path)
		}
	}
	taken, err := b.tx.Addresses(ctx, paths)
	if err != nil {
		return nil, err
	}
	var rows []news.Address
	for i, a := range list {
		there, occupied := taken[a.Path]
		given := "" // a path that this loop has made, which no item after may take
		switch {
		case a.Path == "":
			if a.Public() {
				err = b.flush(ctx, &rows)
				if err == nil {
					err = address(ctx, b.tx, a, b.sections)
				}
				given = a.Path
			}
		case news.ReservedPath(a.Path), occupied && !yields(there):
			if err = b.flush(ctx, &rows); err == nil {
				collisions[i], err = b.evade(ctx, a, there)
				given = a.Path
			}
		case occupied:
			if err = b.flush(ctx, &rows); err == nil {
				collisions[i], err = b.displace(ctx, there)
			}
			fallthrough
		default:
			own := news.Address{Path: a.Path, Target: target(a), State: addressState(a.State)}
			taken[a.Path] = own
			rows = append(rows, own)
		}
		if err != nil {
			return nil, err
		}
		if given != "" {
			taken[given] = news.Address{Path: given, Target: target(a), State: addressState(a.State)}
		}
	}
	return collisions, b.flush(ctx, &rows)
}

// flush stores rows gathered so far, so that a look for a free path sees them.
func (b *importBatch) flush(ctx context.Context, rows *[]news.Address) error {
	err := b.tx.SetAddress(ctx, *rows...)
	*rows = nil
	return err
}

// yields reports whether what stands at an address gives way to an old
// permalink.
func yields(a news.Address) bool {
	return a.Target.Noun != news.ArticleNoun && a.Target.Noun != news.PictureNoun || a.State == news.Moved
}

// evade gives an article whose own path is not to be had one by the paper's
// pattern.
func (b *importBatch) evade(ctx context.Context, a *news.Article, there news.Address) (*Collision, error) {
	c := &Collision{Path: a.Path, Taken: there.Target}
	a.Path = ""
	if !a.Public() {
		return c, nil
	}
	err := address(ctx, b.tx, a, b.sections)
	c.Given = a.Path
	return c, err
}

// displace moves what we have put at a path elsewhere.
func (b *importBatch) displace(ctx context.Context, there news.Address) (*Collision, error) {
	c := &Collision{Path: there.Path, Taken: there.Target, Gave: true}
	if there.State == news.Moved {
		return c, nil
	}
	var err error
	c.Given, err = freePath(ctx, b.tx, "/"+string(there.Target.Noun)+there.Path)
	if err != nil {
		return nil, err
	}
	there.Path = c.Given
	return c, b.tx.SetAddress(ctx, there)
}

// ImportMoves stores old paths that now lead elsewhere, except where something
// else stands at one already: those are returned.
func (d *Desk) ImportMoves(ctx context.Context, moves []news.Address) (taken []news.Address, err error) {
	paths := make([]string, len(moves))
	for i, m := range moves {
		paths[i] = m.Path
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		there, err := tx.Addresses(ctx, paths)
		if err != nil {
			return err
		}
		var free []news.Address
		for _, m := range moves {
			old, occupied := there[m.Path]
			switch {
			case news.ReservedPath(m.Path), occupied && old.Target != m.Target && old.State != news.Moved:
				taken = append(taken, m)
			case occupied && old.State != news.Moved:
				// it stands there under its own address
			default:
				free = append(free, m)
			}
		}
		// The first that names a path has it.
		free = slices.CompactFunc(slices.SortedStableFunc(slices.Values(free), byPath), func(a, b news.Address) bool { return a.Path == b.Path })
		if err := tx.SetAddress(ctx, free...); err != nil || len(free) == 0 {
			return err
		}
		return tx.Audit(ctx, now, string(Importer), "import", news.Target{Noun: "address"}, fmt.Sprintf("%d addresses that lead elsewhere", len(free)))
	})
	return taken, err
}

func byPath(a, b news.Address) int { return strings.Compare(a.Path, b.Path) }

func splitHash(h string) (content, comments string) {
	content, comments, _ = strings.Cut(h, " ")
	return content, comments
}
