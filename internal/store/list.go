package store

import (
	"context"
	"encoding/json"
	"math"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	teaserColumns = `
	a.id, coalesce(d.path, ''), a.language, a.kicker, a.headline, a.summary, a.section_id, a.lead_picture_id, a.published_at,
	a.genre, a.sponsor, a.translation_group`
	teaserAddress = `
left join address d on d.noun = 'article' and d.target_id = a.id and d.state = 'current'`

	latestBefore = `select` + teaserColumns + `
from article a` + teaserAddress + `
where a.state = 'published' and a.kind = 'story' and (a.published_at, a.id) < ($1, $2) and a.published_at >= $3
order by a.published_at desc, a.id desc
limit $4`

	listedBefore = `select` + teaserColumns + `
from listing l join article a on a.id = l.article_id` + teaserAddress + `
where l.noun = $1 and l.target_id = $2 and (l.published_at, l.article_id) < ($3, $4)
order by l.published_at desc, l.article_id desc
limit $5`

	teasersByID = `select` + teaserColumns + `
from article a` + teaserAddress + `
where a.state = 'published' and a.id in (select value from json_each($1)) -- sqlite
where a.state = 'published' and a.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`

	lastBefore = `
select published_at from article
where state = 'published' and kind = 'story' and published_at < $1
order by published_at desc, id desc limit 1`

	firstSince = `
select published_at from article
where state = 'published' and kind = 'story' and published_at >= $1
order by published_at, id limit 1`

	// Two numbers each: a beginning, and the first moment behind the end.
	stretchesWithStories = `
select p.key from json_each($1) p -- sqlite
select p.key - 1 from json_array_elements($1::json) with ordinality p (value, key) -- postgres
where exists (
	select 1 from article
	where state = 'published' and kind = 'story'
		and published_at >= p.value->>0 and published_at < p.value->>1 -- sqlite
		and published_at >= (p.value->>0)::bigint and published_at < (p.value->>1)::bigint -- postgres
)`
	placeListed = `
select count(*) from listing where noun = $1 and target_id = $2 and published_at = $3 and article_id = $4`
	placeLatest = `
select count(*) from article where published_at = $1 and id = $2 and state = 'published' and kind = 'story'`

	insertListing = `insert into listing (noun, target_id, published_at, article_id) values ($1, $2, $3, $4)`
	deleteListing = `delete from listing where noun = $1 and target_id = $2 and published_at = $3 and article_id = $4`
)

func teaserFields(t *news.Teaser) []any {
	return []any{&t.ID, &t.Path, &t.Language, &t.Kicker, &t.Headline, &t.Summary, db.ID(&t.Section), db.ID(&t.LeadPicture),
		(*db.Millis)(&t.Published), &t.Genre, &t.Sponsor, db.ID(&t.TranslationGroup)}
}

// list names one list that articles stand in.
type list struct {
	noun news.Noun
	id   int64
}

func (l list) ref() news.Ref { return news.Ref(news.Target{Noun: l.noun, ID: l.id}.String() + "/list") }

// listsOf returns every list that a stands in: of its sections and all above
// them, its topics and the people of its byline. It is nil for what is not
// public news.
func listsOf(a *news.Article, all news.Sections) []list {
	if !a.Listed() {
		return nil
	}
	var lists []list
	seen := map[list]bool{}
	add := func(l list) {
		if !seen[l] {
			seen[l] = true
			lists = append(lists, l)
		}
	}
	for _, id := range a.Sections {
		for _, s := range all.Line(id) {
			add(list{news.SectionNoun, int64(s.ID)})
		}
	}
	for _, id := range a.Topics {
		add(list{news.TopicNoun, int64(id)})
	}
	for _, c := range a.Byline {
		add(list{news.PersonNoun, int64(c.Person)})
	}
	return lists
}

// Latest returns up to n public stories of the whole paper, newest first,
// beginning after the place before and not older than since (zero: no limit).
// The cost does not depend on how far back it begins.
func (r Reader) Latest(ctx context.Context, before news.Place, since time.Time, n int) ([]news.Teaser, error) {
	r.note(news.LatestRef)
	at, id := placeArgs(before)
	oldest := int64(math.MinInt64)
	if !since.IsZero() {
		oldest = since.UnixMilli()
	}
	return r.teasers(db.All(ctx, r.s, teaserFields, latestBefore, at, id, oldest, n))
}

// Listed returns up to n public stories of a section (with those below it), a
// topic or a person, newest first, beginning after the place before. The cost
// does not depend on how far back it begins.
func (r Reader) Listed(ctx context.Context, of news.Target, before news.Place, n int) ([]news.Teaser, error) {
	r.note(list{of.Noun, of.ID}.ref())
	at, id := placeArgs(before)
	return r.teasers(db.All(ctx, r.s, teaserFields, listedBefore, of.Noun, of.ID, at, id, n))
}

// StandsListed reports whether an article of the list of a section, a topic or a
// person stands at this very place.
func (r Reader) StandsListed(ctx context.Context, of news.Target, at news.Place) (bool, error) {
	r.note(list{of.Noun, of.ID}.ref())
	n, err := db.Value[int](ctx, r.s, placeListed, of.Noun, of.ID, at.Published.UnixMilli(), int64(at.ID))
	return n > 0, err
}

// StandsLatest is likewise for the stories of the whole paper.
func (r Reader) StandsLatest(ctx context.Context, at news.Place) (bool, error) {
	r.note(news.LatestRef)
	n, err := db.Value[int](ctx, r.s, placeLatest, at.Published.UnixMilli(), int64(at.ID))
	return n > 0, err
}

// Teasers returns the public articles and standing pages among ids, in the
// order of ids.
func (r Reader) Teasers(ctx context.Context, ids []news.ArticleID) ([]news.Teaser, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for _, id := range ids {
		r.note(news.ArticleRef(id)) // also when it is not public: it may become so
	}
	list, err := db.All(ctx, r.s, teaserFields, teasersByID, idList(ids))
	return inOrder(ids, list, func(t *news.Teaser) news.ArticleID { return t.ID }), err
}

// LastBefore returns when the newest public story before t was published, or the
// zero time when there is none: to find the years, months and days that have
// any.
func (r Reader) LastBefore(ctx context.Context, t time.Time) (time.Time, error) {
	return r.published(ctx, lastBefore, t)
}

// FirstSince returns when the oldest public story at or after t was published, or
// the zero time when there is none.
func (r Reader) FirstSince(ctx context.Context, t time.Time) (time.Time, error) {
	return r.published(ctx, firstSince, t)
}

// Stretch is a time from its first moment to the first one behind it.
type Stretch struct{ From, To time.Time }

// Appeared tells of each stretch of time whether a public story was published in
// it. It costs one query, and a look at an index for each.
func (r Reader) Appeared(ctx context.Context, list []Stretch) ([]bool, error) {
	r.note(news.LatestRef)
	pairs := make([][2]int64, len(list))
	for i, s := range list {
		pairs[i] = [2]int64{s.From.UnixMilli(), s.To.UnixMilli()}
	}
	b, _ := json.Marshal(pairs) // of numbers: can't fail
	found, err := db.Values[int](ctx, r.s, stretchesWithStories, string(b))
	some := make([]bool, len(list))
	for _, i := range found {
		some[i] = true
	}
	return some, err
}

func (r Reader) published(ctx context.Context, q string, t time.Time) (time.Time, error) {
	r.note(news.LatestRef)
	times, err := db.Values[db.Millis](ctx, r.s, q, t.UnixMilli())
	if err != nil || len(times) == 0 {
		return time.Time{}, err
	}
	return time.Time(times[0]), nil
}

func (r Reader) teasers(list []news.Teaser, err error) ([]news.Teaser, error) {
	for i := range list {
		r.note(news.ArticleRef(list[i].ID))
	}
	return list, err
}

// placeArgs are a place's two values; before the first comes the end of time.
func placeArgs(p news.Place) (at, id int64) {
	if p.IsZero() {
		return math.MaxInt64, math.MaxInt64
	}
	return p.Published.UnixMilli(), int64(p.ID)
}
