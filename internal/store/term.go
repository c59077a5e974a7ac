package store

import (
	"context"
	"encoding/json"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// A list of topics or of people is put together from these: a beginning, a
// condition for each filter in use, an end. Each counts its own placeholders.
const (
	topicList  = `select t.id from topic t where t.retired = $1`
	personList = `select t.id from person t where t.retired = $1`
	termLike   = ` and t.found_by like $1`
	termAfter  = ` and (t.found_by, t.id) > ($1, $2)`
	termEnd    = ` order by t.found_by, t.id limit $1`

	topicCounts = `
select topic_id, count(*) from article_topic
where topic_id in (select value from json_each($1)) -- sqlite
where topic_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
group by topic_id`
	personCounts = `
select person_id, count(distinct article_id) from byline
where person_id in (select value from json_each($1)) -- sqlite
where person_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
group by person_id`
	sectionCounts = `
select section_id, count(*) from article_section
where section_id in (select value from json_each($1)) -- sqlite
where section_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
group by section_id`
	articlesIn = `
select count(distinct article_id) from article_section
where section_id in (select value from json_each($1)) -- sqlite
where section_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
)

// TermFilter is which topics or people somebody asks for.
type TermFilter struct {
	Words   string // the beginnings of words of the name; "" for all
	Retired bool   // those that are retired, else those in use
	After   int64  // begins behind the one with that id and this name; 0 for the first
	Name    string
}

// terms are the ids of a list, by name.
func (r Reader) terms(ctx context.Context, begin string, f TermFilter, n int) ([]int64, error) {
	var b builder
	b.add(begin, db.Flag(f.Retired))
	for _, pattern := range headlinePatterns(f.Words) {
		b.add(termLike, pattern)
	}
	if f.After != 0 {
		b.add(termAfter, headlineWords(f.Name), f.After)
	}
	b.add(termEnd, n)
	return db.Values[int64](ctx, r.s, b.text.String(), b.args...)
}

// TopicsFor returns up to n topics that the newsroom asks for, by name.
func (r Reader) TopicsFor(ctx context.Context, f TermFilter, n int) ([]news.Topic, error) {
	ids, err := r.terms(ctx, topicList, f, n)
	if err != nil {
		return nil, err
	}
	return r.Topics(ctx, idsOf[news.TopicID](ids))
}

// PeopleFor is likewise for people, with and without articles.
func (r Reader) PeopleFor(ctx context.Context, f TermFilter, n int) ([]news.Person, error) {
	ids, err := r.terms(ctx, personList, f, n)
	if err != nil {
		return nil, err
	}
	return r.Persons(ctx, idsOf[news.PersonID](ids))
}

func idsOf[T ~int64](list []int64) []T {
	ids := make([]T, len(list))
	for i, id := range list {
		ids[i] = T(id)
	}
	return ids
}

// ArticleCounts returns how many articles in any state each of these sections,
// topics or people has; those with none are absent.
func (r Reader) ArticleCounts(ctx context.Context, noun news.Noun, ids []int64) (map[int64]int, error) {
	q := map[news.Noun]string{news.SectionNoun: sectionCounts, news.TopicNoun: topicCounts, news.PersonNoun: personCounts}[noun]
	type row struct {
		id int64
		n  int
	}
	counts := map[int64]int{}
	list, err := json.Marshal(ids)
	if err != nil || len(ids) == 0 {
		return counts, err
	}
	return counts, db.Each(ctx, r.s, func(r *row) []any { return []any{&r.id, &r.n} }, func(r *row) error {
		counts[r.id] = r.n
		return nil
	}, q, string(list))
}

// ArticlesIn returns how many articles in any state stand in at least one of these
// sections.
func (r Reader) ArticlesIn(ctx context.Context, sections []news.SectionID) (int, error) {
	return db.Value[int](ctx, r.s, articlesIn, idList(sections))
}

// AddressesOf returns every address that leads to a thing: the one it has, and those
// that lead on to it, in no order.
func (r Reader) AddressesOf(ctx context.Context, t news.Target) ([]news.Address, error) {
	return db.All(ctx, r.s, addressFields, addressesOf, t.Noun, t.ID)
}
