package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/search"
	"broadsheet/internal/store"
)

// Desk does the writing of one newspaper. All its methods may be called by many
// goroutines at once.
type Desk struct {
	store    *store.Store
	analyser *search.Analyser
	now      func() time.Time
	announce func(news.Change)
	letters  bool // whether links are sent by mail too
}

// Who does something, for revisions and the audit log: a person's name, or a
// part of Broadsheet.
type Who string

// The parts of Broadsheet that write by themselves.
const (
	Clock       Who = "the clock"
	CommandLine Who = "the command line"
	Importer    Who = "the import"
	Reader      Who = "a reader"
)

// New makes a desk over a store. now tells the time; announce is called after
// each commit that changed something for readers, and the verb returns only
// when announce has.
func New(s *store.Store, now func() time.Time, announce func(news.Change)) *Desk {
	return &Desk{store: s, analyser: search.New(), now: now, announce: announce}
}

// update runs f in one transaction and announces what it has changed, or may have:
// the answer to a commit can be lost.
func (d *Desk) update(ctx context.Context, f func(tx *store.Tx, now time.Time) error) error {
	now := d.now().UTC().Truncate(time.Millisecond)
	change, err := d.store.Update(ctx, now, func(tx *store.Tx) error { return f(tx, now) })
	if len(change.Refs) > 0 {
		d.announce(change)
	}
	return err
}

// Summary is what lists show of an article: what was written for them, or else
// the beginning of the text. Importers call it where there is a processor to
// spare; for everybody else the desk does.
func Summary(a *news.Article, body *richtext.Doc) string {
	const length = 280 // characters: three or four lines of a list
	switch {
	case a.Excerpt != "":
		return a.Excerpt
	case a.Standfirst != "":
		return a.Standfirst
	}
	return body.Excerpt(length)
}
