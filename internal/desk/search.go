package desk

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// IndexSome brings up to n articles that wait for it into the search index, and
// returns how many it took; 0 when the index is complete. Articles are read and
// cut into words before the transaction begins, which therefore stays short.
// Stopping at any moment loses nothing.
func (d *Desk) IndexSome(ctx context.Context, n int) (int, error) {
	b, err := d.readIndexBatch(ctx, 0, n)
	if err != nil || len(b.tasks) == 0 {
		return 0, err
	}
	return len(b.tasks), d.writeIndexBatch(ctx, b)
}

// What IndexAll keeps to, so that whoever else writes gets a turn soon: how long
// a transaction should hold the store, and the pause after it. Other processes
// ask for the store every millisecond.
const (
	longestHold = 60 * time.Millisecond
	pause       = 2 * time.Millisecond
)

// IndexAll brings all articles that wait into the search index, and calls tell
// with how many are done so far. While one batch is written, the next one is cut
// into words on all processors; how large a batch is follows from how long the
// last ones took.
func (d *Desk) IndexAll(ctx context.Context, tell func(done int)) error {
	var batch atomic.Int64
	batch.Store(64)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan *indexBatch, 1)
	var readErr error
	go func() {
		defer close(ready)
		for after := news.ArticleID(0); ; {
			b, err := d.readIndexBatch(ctx, after, int(batch.Load()))
			if err != nil || len(b.tasks) == 0 {
				readErr = err
				return
			}
			after = b.tasks[len(b.tasks)-1].Article
			select {
			case ready <- b:
			case <-ctx.Done():
				readErr = ctx.Err()
				return
			}
		}
	}()
	done := 0
	for b := range ready {
		began := time.Now()
		if err := d.writeIndexBatch(ctx, b); err != nil {
			return err
		}
		switch took := time.Since(began); {
		case took > longestHold:
			batch.Store(max(16, batch.Load()*2/3))
		case took < longestHold*2/3:
			batch.Store(min(256, batch.Load()*5/4+1))
		}
		done += len(b.tasks)
		tell(done)
		time.Sleep(pause)
	}
	return readErr
}

// indexBatch is what one transaction brings into the index.
type indexBatch struct {
	tasks   []store.SearchTask
	entries []store.SearchEntry
	gone    []store.SearchTask // not public any more
}

func (d *Desk) writeIndexBatch(ctx context.Context, b *indexBatch) error {
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		for _, t := range b.gone {
			if err := tx.LeaveQueue(ctx, t); err != nil {
				return err
			}
		}
		return tx.PutSearchEntries(ctx, b.entries)
	})
}

// readIndexBatch takes articles from the queue and makes their entries. An
// article that has changed since it was queued is indexed as it is now, and
// stays in the queue.
func (d *Desk) readIndexBatch(ctx context.Context, after news.ArticleID, n int) (*indexBatch, error) {
	tasks, err := d.store.SearchQueue(ctx, after, n)
	if err != nil {
		return nil, err
	}
	tasks = atMost(tasks, 4<<20)
	ids := make([]news.ArticleID, len(tasks))
	for i, t := range tasks {
		ids[i] = t.Article
	}
	texts, err := d.store.SearchTexts(ctx, ids)
	if err != nil {
		return nil, err
	}
	b := &indexBatch{tasks: tasks}
	var articles []news.Article
	for _, t := range tasks {
		a, ok := texts[t.Article]
		if !ok {
			b.gone = append(b.gone, t)
			continue
		}
		b.entries = append(b.entries, store.SearchEntry{SearchTask: t, Published: a.Published})
		articles = append(articles, a)
	}
	inParallel(len(articles), func(i int) { b.entries[i].Words = d.words(&articles[i]) })
	return b, nil
}

// atMost is the beginning of tasks whose bodies have so many bytes together, and
// the first in any case.
func atMost(tasks []store.SearchTask, bytes int) []store.SearchTask {
	for i, t := range tasks {
		if bytes -= t.Size; bytes < 0 {
			return tasks[:max(i, 1)]
		}
	}
	return tasks
}

// words is what the index of the store's engine holds of an article. One whose
// body can't be read is found by what stands above it: an error here would keep
// all others behind it out of the index.
func (d *Desk) words(a *news.Article) string {
	text := ""
	if body, err := richtext.Decode(a.Body); err == nil {
		text = body.Text()
	}
	doc := d.analyser.Document(a.Language, join(a.Kicker, a.Headline, a.Standfirst), text)
	if d.store.Engine() == db.Postgres {
		return doc.TSVector()
	}
	return doc.FTS5()
}

// inParallel calls f for 0 to n-1 on all processors.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	all.Wait()
}

func join(parts ...string) string {
	s := ""
	for _, p := range parts {
		if p != "" {
			s += p + "\n"
		}
	}
	return s
}

// RebuildSearch has every public article indexed again by the calls of
// [Desk.IndexSome] that follow. What the index holds serves until then.
func (d *Desk) RebuildSearch(ctx context.Context, who Who) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.QueueEverything(ctx); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "rebuild", news.Target{Noun: "search"}, "")
	})
}
