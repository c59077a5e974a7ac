package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	articleColumns = `
a.id, a.kind, a.state, a.version, a.language, a.genre, a.sponsor, a.translation_group, a.kicker, a.headline, a.standfirst, a.slug, coalesce(d.path, ''),
	a.section_id, a.parent_id, `
	moreColumns = `, a.excerpt, a.summary, a.lead_picture_id, a.lead_caption,
	a.search_title, a.search_description, a.social_title, a.social_description, a.social_picture_id, a.source_name, a.source_url, a.source_licence, a.rights_holder,
	a.comments, a.guid, a.created_at, a.changed_at, a.published_at, a.updated_at, a.scheduled_at,
	a.created_by, a.changed_by, a.stage, a.assigned_to, a.reviewer_id, a.brief, a.due_at, a.embargo_at
from article a`
	articleAddress = `
left join address d on d.noun = 'article' and d.target_id = a.id and d.state in ('current', 'reserved', 'gone')`

	wholeArticle = `select` + articleColumns + `b.doc, b.original` + moreColumns + ` join body b on b.id = a.body_id` + articleAddress
	articleHead  = `select` + articleColumns + `'', null` + moreColumns + articleAddress + ` where a.id = $1`

	articleByID  = wholeArticle + ` where a.id = $1`
	articlesByID = wholeArticle + `
where a.id in (select value from json_each($1)) -- sqlite
where a.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
order by a.id`

	sectionsOfArticles = `
select article_id, section_id from article_section
where article_id in (select value from json_each($1)) -- sqlite
where article_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
order by article_id, position`
	topicsOfArticles = `
select article_id, topic_id from article_topic
where article_id in (select value from json_each($1)) -- sqlite
where article_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
order by article_id, position`
	bylinesOfArticles = `
select article_id, person_id, role from byline
where article_id in (select value from json_each($1)) -- sqlite
where article_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
order by article_id, position`

	scheduledUntil = `
select id from article where state = 'scheduled' and scheduled_at <= $1 order by scheduled_at, id limit $2`

	childPages = `
select a.id from article a left join page_order o on o.article_id = a.id
where a.parent_id = $1 and a.state = 'published' order by coalesce(o.position, 1000000), a.headline, a.id`

	languages = `select tag from language order by tag`

	articleCount = `select count(*) from article where state = 'published' and kind = 'story'`
	anyArticle   = `select exists (select 1 from article)`
)

func articleFields(a *news.Article) []any {
	return []any{&a.ID, &a.Kind, &a.State, &a.Version, &a.Language, &a.Genre, &a.Sponsor, db.ID(&a.TranslationGroup), &a.Kicker, &a.Headline, &a.Standfirst, &a.Slug, &a.Path,
		db.ID(&a.Section), db.ID(&a.Parent), &a.Body, db.Null(&a.Original), &a.Excerpt, &a.Summary, db.ID(&a.LeadPicture), &a.LeadCaption,
		&a.SearchTitle, &a.SearchDescription, &a.SocialTitle, &a.SocialDescription, db.ID(&a.SocialPicture), &a.Source.Name, &a.Source.URL, &a.Source.Licence, &a.RightsHolder,
		&a.Comments, &a.GUID, (*db.Millis)(&a.Created), (*db.Millis)(&a.Changed),
		(*db.Millis)(&a.Published), (*db.Millis)(&a.Updated), (*db.Millis)(&a.Scheduled),
		db.ID(&a.Creator), &a.ChangedBy, &a.Stage, db.ID(&a.Assigned), db.ID(&a.Reviewer), &a.Brief, (*db.Millis)(&a.Due), (*db.Millis)(&a.Embargo)}
}

// Article returns an article with all that belongs to it, in any state, or a
// fault of kind NotFound. It costs four queries.
func (r Reader) Article(ctx context.Context, id news.ArticleID) (news.Article, error) {
	r.note(news.ArticleRef(id), news.ArticleBodyRef(id))
	a, err := db.One(ctx, r.s, articleFields, articleByID, id)
	if err != nil {
		return a, err
	}
	one := []news.Article{a}
	err = r.fillArticles(ctx, one)
	return one[0], err
}

// ArticleHead is Article without body, sections, topics and byline, for what stands
// beside an article. It costs one query, and what shows it does not fall with the
// body.
func (r Reader) ArticleHead(ctx context.Context, id news.ArticleID) (news.Article, error) {
	r.note(news.ArticleRef(id))
	a, err := db.One(ctx, r.s, articleFields, articleHead, id)
	a.Body = nil
	return a, err
}

// Articles is Article for many at once, in the order of their ids; unknown ids
// are left out.
func (r Reader) Articles(ctx context.Context, ids []news.ArticleID) ([]news.Article, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for _, id := range ids {
		r.note(news.ArticleRef(id), news.ArticleBodyRef(id))
	}
	list, err := db.All(ctx, r.s, articleFields, articlesByID, idList(ids))
	if err != nil {
		return nil, err
	}
	return list, r.fillArticles(ctx, list)
}

// fillArticles reads the sections, topics and bylines of list.
func (r Reader) fillArticles(ctx context.Context, list []news.Article) error {
	ids := make([]news.ArticleID, len(list))
	at := make(map[news.ArticleID]*news.Article, len(list))
	for i := range list {
		ids[i] = list[i].ID
		at[list[i].ID] = &list[i]
	}
	type link struct {
		article news.ArticleID
		to      int64
		role    string
	}
	pair := func(l *link) []any { return []any{&l.article, &l.to} }
	triple := func(l *link) []any { return []any{&l.article, &l.to, &l.role} }
	arg := idList(ids)
	if err := db.Each(ctx, r.s, pair, func(l *link) error {
		a := at[l.article]
		a.Sections = append(a.Sections, news.SectionID(l.to))
		return nil
	}, sectionsOfArticles, arg); err != nil {
		return err
	}
	if err := db.Each(ctx, r.s, pair, func(l *link) error {
		a := at[l.article]
		a.Topics = append(a.Topics, news.TopicID(l.to))
		return nil
	}, topicsOfArticles, arg); err != nil {
		return err
	}
	return db.Each(ctx, r.s, triple, func(l *link) error {
		a := at[l.article]
		a.Byline = append(a.Byline, news.Credit{Person: news.PersonID(l.to), Role: l.role})
		return nil
	}, bylinesOfArticles, arg)
}

// Bylines returns the bylines of articles, in their order, by article.
func (r Reader) Bylines(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID][]news.Credit, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	type link struct {
		article news.ArticleID
		credit  news.Credit
	}
	all := make(map[news.ArticleID][]news.Credit, len(ids))
	fields := func(l *link) []any { return []any{&l.article, &l.credit.Person, &l.credit.Role} }
	return all, db.Each(ctx, r.s, fields, func(l *link) error {
		all[l.article] = append(all[l.article], l.credit)
		return nil
	}, bylinesOfArticles, idList(ids))
}

// ScheduledUntil returns up to n articles whose hour has come at t, earliest
// first.
func (r Reader) ScheduledUntil(ctx context.Context, t time.Time, n int) ([]news.ArticleID, error) {
	return db.Values[news.ArticleID](ctx, r.s, scheduledUntil, db.Time(t), n)
}

// ChildPages returns the public standing pages directly below one, in their order,
// those without a place last.
func (r Reader) ChildPages(ctx context.Context, parent news.ArticleID) ([]news.Teaser, error) {
	r.note(news.ArticlesBelowRef(parent))
	ids, err := db.Values[news.ArticleID](ctx, r.s, childPages, parent)
	if err != nil {
		return nil, err
	}
	return r.Teasers(ctx, ids)
}

// ArticleCount is how many stories readers can see. It walks an index: not for
// pages.
func (r Reader) ArticleCount(ctx context.Context) (int, error) {
	return db.Value[int](ctx, r.s, articleCount)
}

// Empty reports whether the paper has no article at all, in any state.
func (r Reader) Empty(ctx context.Context) (bool, error) {
	r.note(news.LatestRef)
	any, err := db.Value[bool](ctx, r.s, anyArticle)
	return !any, err
}

// Languages returns the languages that articles are in, as BCP 47 tags.
func (r Reader) Languages(ctx context.Context) ([]string, error) {
	return db.Values[string](ctx, r.s, languages)
}
