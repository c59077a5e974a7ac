package store

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// A list of the newsroom is put together from these: one beginning, a condition
// for each filter in use, one end. Each counts its own placeholders from $1.
//
// All conditions but those with a second table are answered by the index
// article_desk, which is walked in the list's order. "+a.id" and "+a.stage" keep
// SQLite from beginning elsewhere: to sort what a large section holds costs more than
// to pass by what it does not. What is counted needs no such order: article_tally is a
// third as wide, and in the order of the groups.
const (
	deskPlaces = ` a.id, a.changed_at`         // after "select"
	deskStates = ` a.state, a.stage, count(*)` // likewise, with deskCount or deskTally behind it
	deskFrom   = ` from article a where 1 = 1`
	deskCount  = `
from article a indexed by article_desk -- sqlite
from article a -- postgres
where 1 = 1`
	deskTally = `
from article a indexed by article_tally -- sqlite
from article a -- postgres
where 1 = 1`

	deskKind     = ` and a.kind = $1`
	deskLanguage = ` and a.language = $1`
	deskCreator  = ` and a.created_by = $1`
	deskEditor   = ` and a.changed_by = $1`
	deskHeadline = ` and a.found_by like $1`
	deskAssigned = ` and a.assigned_to = $1`
	deskReviewer = ` and a.reviewer_id = $1`
	deskUnless   = ` and (a.reviewer_id is null or a.reviewer_id = $1)`
	deskChanged  = ` and a.changed_at >= $1 and a.changed_at < $2`
	deskDue      = ` and a.due_at >= $1 and a.due_at < $2`
	deskOut      = `
and ((a.state = 'scheduled' and a.scheduled_at >= $1 and a.scheduled_at < $2) or (a.state in ('published', 'withdrawn') and a.published_at >= $1 and a.published_at < $2))`
	deskPerson = ` and +a.id in (select article_id from byline where person_id = $1)`
	deskTopic  = ` and +a.id in (select article_id from article_topic where topic_id = $1)`
	deskIn     = `
and a.state in (select value from json_each($1)) -- sqlite
and a.state in (select json_array_elements_text($1::json)) -- postgres
`
	deskStages = `
and a.state = 'draft' and +a.stage in (select value from json_each($1)) -- sqlite
and a.state = 'draft' and +a.stage in (select value::bigint from json_array_elements_text($1::json)) -- postgres
`
	deskSections = `
and +a.id in (select article_id from article_section where section_id in (select value from json_each($1))) -- sqlite
and +a.id in (select article_id from article_section where section_id in (select value::bigint from json_array_elements_text($1::json))) -- postgres
`
	deskWithin = `
and (a.created_by = $2 or a.assigned_to = $2 or a.reviewer_id = $2 or +a.id in (select article_id from article_section where section_id in (select value from json_each($1)))) -- sqlite
and (a.created_by = $2 or a.assigned_to = $2 or a.reviewer_id = $2 or +a.id in (select article_id from article_section where section_id in (select value::bigint from json_array_elements_text($1::json)))) -- postgres
`
	deskAfter = ` and (a.changed_at, a.id) < ($1, $2)`

	deskEnd   = ` order by a.changed_at desc, a.id desc limit $1`
	deskGroup = ` group by a.state, a.stage`

	deskItems = `
select a.id, a.kind, a.state, a.version, a.language, a.genre, a.kicker, a.headline, coalesce(d.path, ''), a.section_id, a.created_by, a.changed_by,
	a.changed_at, a.published_at, a.scheduled_at, a.stage, a.assigned_to, a.reviewer_id, a.due_at, a.embargo_at, a.lead_picture_id
from article a
left join address d on d.noun = 'article' and d.target_id = a.id and d.state in ('current', 'reserved', 'gone')
where a.id in (select value from json_each($1)) -- sqlite
where a.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
)

// builder puts a query together from constant fragments.
type builder struct {
	text strings.Builder
	args []any
}

var fragmentMark = regexp.MustCompile(`\$(\d+)`)

// add appends a fragment, whose placeholders are counted on from those before.
func (b *builder) add(fragment string, args ...any) {
	before := len(b.args)
	b.text.WriteString(fragmentMark.ReplaceAllStringFunc(fragment, func(m string) string {
		n, _ := strconv.Atoi(m[1:])
		return "$" + strconv.Itoa(n+before)
	}))
	b.args = append(b.args, args...)
}

// filter appends the conditions of f.
func (b *builder) filter(f *news.DeskFilter) {
	if f.Kind != "" {
		b.add(deskKind, f.Kind)
	}
	if f.Language != "" {
		b.add(deskLanguage, f.Language)
	}
	if f.Creator != 0 {
		b.add(deskCreator, f.Creator)
	}
	if f.Editor != "" {
		b.add(deskEditor, f.Editor)
	}
	for _, pattern := range headlinePatterns(f.Headline) {
		b.add(deskHeadline, pattern)
	}
	if f.States != nil {
		names := make([]string, len(f.States))
		for i, s := range f.States {
			names[i] = string(s)
		}
		b.add(deskIn, textList(names))
	}
	if f.Stages != nil {
		b.add(deskStages, idList(f.Stages))
	}
	if f.Assigned != 0 {
		b.add(deskAssigned, f.Assigned)
	}
	if f.Reviewer != 0 {
		b.add(deskReviewer, f.Reviewer)
	}
	if f.Unless != 0 {
		b.add(deskUnless, f.Unless)
	}
	if on := map[news.DeskTime]string{news.OnChange: deskChanged, news.OnPublication: deskOut, news.OnDue: deskDue}[f.On]; on != "" {
		b.add(on, f.From.UnixMilli(), f.Until.UnixMilli())
	}
	if f.Person != 0 {
		b.add(deskPerson, f.Person)
	}
	if f.Topic != 0 {
		b.add(deskTopic, f.Topic)
	}
	if f.Sections != nil {
		b.add(deskSections, idList(f.Sections))
	}
	if f.Within != nil {
		b.add(deskWithin, idList(f.Within), f.Own)
	}
}

// ArticlesFor returns up to n articles in any state that the newsroom asks for,
// what was changed last first, beginning after a place. It is for no page of
// readers, and notes no refs.
func (r Reader) ArticlesFor(ctx context.Context, f news.DeskFilter, after news.DeskPlace, n int) ([]news.DeskItem, error) {
	var b builder
	b.add("select" + deskPlaces + deskFrom)
	b.filter(&f)
	if !after.IsZero() {
		b.add(deskAfter, after.Changed.UnixMilli(), after.ID)
	}
	b.add(deskEnd, max(0, min(n, math.MaxInt32)))
	type row struct {
		id      news.ArticleID
		changed int64
	}
	rows, err := db.All(ctx, r.s, func(r *row) []any { return []any{&r.id, &r.changed} }, b.text.String(), b.args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]news.ArticleID, len(rows))
	for i := range rows {
		ids[i] = rows[i].id
	}
	items, err := r.DeskItems(ctx, ids)
	if err != nil {
		return nil, err
	}
	bylines, err := r.Bylines(ctx, ids)
	for i := range items {
		items[i].Byline = bylines[items[i].ID]
	}
	return items, err
}

// DeskItems returns what the newsroom's lists show of these articles, in any state,
// without their bylines. It is for no page of readers, and notes no refs.
func (r Reader) DeskItems(ctx context.Context, ids []news.ArticleID) ([]news.DeskItem, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	items, err := db.All(ctx, r.s, deskItemFields, deskItems, idList(ids))
	return inOrder(ids, items, func(i *news.DeskItem) news.ArticleID { return i.ID }), err
}

func deskItemFields(i *news.DeskItem) []any {
	return []any{&i.ID, &i.Kind, &i.State, &i.Version, &i.Language, &i.Genre, &i.Kicker, &i.Headline, &i.Path, db.ID(&i.Section), db.ID(&i.Creator),
		&i.ChangedBy, (*db.Millis)(&i.Changed), (*db.Millis)(&i.Published), (*db.Millis)(&i.Scheduled),
		&i.Stage, db.ID(&i.Assigned), db.ID(&i.Reviewer), (*db.Millis)(&i.Due), (*db.Millis)(&i.Embargo), db.ID(&i.LeadPicture)}
}

// Counts are how many articles there are in each state, and of the drafts in each
// stage.
type Counts struct {
	States map[news.State]int
	Stages map[news.StageID]int
}

// StateCounts returns how many articles there are in each state and stage, of those
// that f lets through; its States and Stages filter nothing here.
func (r Reader) StateCounts(ctx context.Context, f news.DeskFilter) (Counts, error) {
	f.States, f.Stages = nil, nil
	from := deskTally
	if f.Editor != "" || f.Headline != "" || f.On != "" {
		from = deskCount // only that index holds them
	}
	var b builder
	b.add("select" + deskStates + from)
	b.filter(&f)
	b.add(deskGroup)
	type row struct {
		state news.State
		stage news.StageID
		n     int
	}
	counts := Counts{map[news.State]int{}, map[news.StageID]int{}}
	return counts, db.Each(ctx, r.s, func(r *row) []any { return []any{&r.state, &r.stage, &r.n} }, func(r *row) error {
		counts.States[r.state] += r.n
		if r.state == news.Draft {
			counts.Stages[r.stage] += r.n
		}
		return nil
	}, b.text.String(), b.args...)
}
