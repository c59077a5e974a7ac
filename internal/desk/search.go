package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// IndexSome brings up to n articles that wait for it into the search index, and
// returns how many it took; 0 when the index is complete. Articles are read and
// cut into words before the transaction begins, which therefore stays short.
// Stopping at any moment loses nothing.
func (d *Desk) IndexSome(ctx context.Context, n int) (int, error) {
	tasks, err := d.store.SearchQueue(ctx, n)
	if err != nil || len(tasks) == 0 {
		return 0, err
	}
	entries, gone, err := d.searchEntries(ctx, tasks)
	if err != nil {
		return 0, err
	}
	err = d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		for _, t := range gone {
			if err := tx.LeaveQueue(ctx, t); err != nil {
				return err
			}
		}
		return tx.PutSearchEntries(ctx, entries)
	})
	return len(tasks), err
}

// searchEntries makes the index entries of tasks. gone are those that are not
// public any more. An article that has changed since it was queued is indexed
// as it is now, and stays in the queue.
func (d *Desk) searchEntries(ctx context.Context, tasks []store.SearchTask) (entries []store.SearchEntry, gone []store.SearchTask, err error) {
	ids := make([]news.ArticleID, len(tasks))
	for i, t := range tasks {
		ids[i] = t.Article
	}
	texts, err := d.store.SearchTexts(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range tasks {
		a, ok := texts[t.Article]
		if !ok {
			gone = append(gone, t)
			continue
		}
		body, err := richtext.Decode(a.Body)
		if err != nil {
			return nil, nil, err
		}
		doc := d.analyser.Document(a.Language, join(a.Kicker, a.Headline, a.Standfirst), body.Text())
		entries = append(entries, store.SearchEntry{SearchTask: t, Published: a.Published, Words: doc.FTS5(), Vector: doc.TSVector()})
	}
	return entries, gone, nil
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
