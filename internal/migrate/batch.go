package migrate

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/wordpress"
)

// pause lets others write between two batches: see the package's promise that a
// reader's comment never waits long while an import runs.
const (
	longestHold = 60 * time.Millisecond
	pause       = 2 * time.Millisecond
)

// flush stores the batch. Its size follows how long the last one took, so that
// no transaction holds the store for long.
func (w *WordPress) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	began := time.Now()
	results, err := w.desk.ImportArticles(ctx, w.source, w.batch)
	if err != nil {
		return err
	}
	w.tell(results)
	switch took := time.Since(began); {
	case took > longestHold:
		w.batchSize = max(5, w.batchSize*2/3)
	case took < longestHold/2:
		w.batchSize = min(400, w.batchSize*5/4+1)
	}
	clear(w.batch) // so that the texts can go
	w.batch, w.batchHeld = w.batch[:0], 0
	clear(w.posts)
	time.Sleep(pause)
	return nil
}

// tell reports what became of the batch.
func (w *WordPress) tell(results []desk.ImportResult) {
	for _, r := range results {
		p := w.posts[r.OldID]
		noun := "articles"
		if p.Type == "page" {
			noun = "standing pages"
		}
		w.report.Count(noun+" "+string(r.Outcome), 1)
		w.report.Count("comments imported", r.NewComments)
		w.articles++
		if r.Outcome == desk.Kept {
			w.report.Add(w.entry(p, "edited here", "the export has another version; the one edited here was kept"))
		}
		if c := r.Collision; c != nil {
			w.report.Add(w.collision(p, c))
		}
	}
}

func (w *WordPress) collision(p *wordpress.Post, c *desk.Collision) Entry {
	by := "Broadsheet itself"
	if c.Taken.Noun != "" {
		by = c.Taken.String()
	}
	why := fmt.Sprintf("its old path %s belongs to %s here; it stands at %s instead", c.Path, by, c.Given)
	switch {
	case c.Gave:
		why = fmt.Sprintf("its old path %s was taken by %s, which has given way to %s", c.Path, by, c.Given)
	case c.Given == "":
		why = fmt.Sprintf("its old path %s belongs to %s here; it has no address until it is published", c.Path, by)
	}
	e := w.entry(p, "path collides", why)
	e.Path = c.Given
	return e
}

// entry begins a line of the report about a post.
func (w *WordPress) entry(p *wordpress.Post, what, why string) Entry {
	kind := p.Type
	if kind == "" {
		kind = "item"
	}
	return Entry{What: what, Why: why, File: w.file, Offset: p.Offset, Item: fmt.Sprintf("%s %d", kind, p.ID), Title: p.Title}
}
