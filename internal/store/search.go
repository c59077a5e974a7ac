package store

import (
	"context"
	"math"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	searchQueue = `
select q.article_id, q.version, octet_length(b.doc)
from search_queue q join article a on a.id = q.article_id join body b on b.id = a.body_id
where q.article_id > $1 order by q.article_id limit $2`
	searchQueueSize = `select count(*) from search_queue`
	leaveQueue      = `delete from search_queue where article_id = $1 and version = $2`
	queueEverything = `
insert into search_queue (article_id, version)
select id, version from article where state = 'published'
on conflict (article_id) do update set version = excluded.version`

	searchRank = `select rank from search_entry where article_id = $1`
	rankTaken  = `select exists (select 1 from search_entry where rank = $1)`
	dropEntry  = `delete from search_entry where article_id = $1`
	dropWords  = `
delete from search_words where rowid = $1 -- sqlite`
	insertWords = `
insert into search_words (rowid, words) values ($1, $2) -- sqlite`
	insertEntry = `
insert into search_entry (article_id, rank) values ($1, $2) -- sqlite`
	insertVector = `
insert into search_entry (article_id, rank, words) values ($1, $2, $3::tsvector) -- postgres`

	searchTexts = `
select a.id, a.language, a.kicker, a.headline, a.standfirst, b.doc, a.published_at
from article a join body b on b.id = a.body_id
where a.state = 'published'
	and a.id in (select value from json_each($1)) -- sqlite
	and a.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`

	search = `
select e.article_id, e.rank
from search_words w join search_entry e on e.rank = w.rowid -- sqlite
from search_entry e -- postgres
join article a on a.id = e.article_id
where w.search_words match $1 and w.rowid < $2 -- sqlite
where e.words @@ $1::tsquery and e.rank < $2 -- postgres
	and a.state = 'published'
order by w.rowid desc -- sqlite
order by e.rank desc -- postgres
limit $3`
)

// SearchTask is an article whose words are to be indexed, as of a version.
type SearchTask struct {
	Article news.ArticleID
	Version int
	Size    int // of the body, in bytes
}

// SearchEntry is an article's words for the index; package search makes them.
type SearchEntry struct {
	SearchTask
	Published time.Time
	Words     string // in the form of the store's engine
}

// Hit is one article found. Rank orders hits, newest publication first, and
// says where the next page begins.
type Hit struct {
	Article news.ArticleID
	Rank    int64
}

// Search returns up to n public articles that match an expression of this
// engine (see package search), newest first, beginning after the rank before;
// 0 for the first.
func (r Reader) Search(ctx context.Context, expression string, before int64, n int) ([]Hit, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	return db.All(ctx, r.s, func(h *Hit) []any { return []any{&h.Article, &h.Rank} }, search, expression, before, n)
}

// SearchQueue returns up to n articles that wait to be indexed, in the order of
// their ids, beginning after one.
func (r Reader) SearchQueue(ctx context.Context, after news.ArticleID, n int) ([]SearchTask, error) {
	return db.All(ctx, r.s, func(t *SearchTask) []any { return []any{&t.Article, &t.Version, &t.Size} }, searchQueue, after, n)
}

// SearchQueueSize is how many articles wait to be indexed.
func (r Reader) SearchQueueSize(ctx context.Context) (int, error) {
	return db.Value[int](ctx, r.s, searchQueueSize)
}

// QueueEverything has every public article indexed again.
func (tx *Tx) QueueEverything(ctx context.Context) error {
	_, err := db.Exec(ctx, tx.s, queueEverything)
	return err
}

// PutSearchEntries indexes articles and takes them off the queue, unless they
// have changed since they were read from it. The words of all go in last, and
// row by row: SQLite writes its index out to the disk whenever another table is
// written between two rows, and before each insert of many rows, which may have
// to be taken back alone.
func (tx *Tx) PutSearchEntries(ctx context.Context, list []SearchEntry) error {
	ranks := make([]int64, len(list))
	for i, e := range list {
		rank, err := tx.rank(ctx, e)
		if err != nil {
			return err
		}
		ranks[i] = rank
		if tx.s.Engine == db.SQLite {
			_, err = db.Exec(ctx, tx.s, insertEntry, e.Article, rank)
		} else {
			_, err = db.Exec(ctx, tx.s, insertVector, e.Article, rank, e.Words)
		}
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx.s, leaveQueue, e.Article, e.Version); err != nil {
			return err
		}
	}
	if tx.s.Engine == db.Postgres {
		return nil
	}
	for i, e := range list {
		if _, err := db.Exec(ctx, tx.s, insertWords, ranks[i], e.Words); err != nil {
			return err
		}
	}
	return nil
}

// LeaveQueue takes an article off the queue without indexing it: it is not
// public any more.
func (tx *Tx) LeaveQueue(ctx context.Context, t SearchTask) error {
	_, err := db.Exec(ctx, tx.s, leaveQueue, t.Article, t.Version)
	return err
}

// rank removes an article's old entry and returns a free rank for the new one:
// its time of publication, told apart from others of the same millisecond by
// the low bits of the id.
func (tx *Tx) rank(ctx context.Context, e SearchEntry) (int64, error) {
	const bits = 20
	old, err := db.Values[int64](ctx, tx.s, searchRank, e.Article)
	if err != nil {
		return 0, err
	}
	if len(old) > 0 {
		if _, err := db.Exec(ctx, tx.s, dropEntry, e.Article); err != nil {
			return 0, err
		}
		if tx.s.Engine == db.SQLite {
			if _, err := db.Exec(ctx, tx.s, dropWords, old[0]); err != nil {
				return 0, err
			}
		}
	}
	for rank := e.Published.UnixMilli()<<bits | int64(e.Article)&(1<<bits-1); ; rank++ {
		taken, err := db.Value[bool](ctx, tx.s, rankTaken, rank)
		if err != nil || !taken {
			return rank, err
		}
	}
}

// SearchTexts returns the public ones among these articles, by id, with only
// those fields that are searched: language, kicker, headline, standfirst, body
// and time of publication.
func (r Reader) SearchTexts(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Article, error) {
	all := make(map[news.ArticleID]news.Article, len(ids))
	err := db.Each(ctx, r.s, func(a *news.Article) []any {
		return []any{&a.ID, &a.Language, &a.Kicker, &a.Headline, &a.Standfirst, &a.Body, (*db.Millis)(&a.Published)}
	}, func(a *news.Article) error {
		all[a.ID] = *a
		return nil
	}, searchTexts, idList(ids))
	return all, err
}
