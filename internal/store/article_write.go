package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	insertBody = `insert into body (id, doc, original) values ($1, $2, $3)`

	insertArticle = `
insert into article (id, kind, state, version, language, kicker, headline, standfirst, slug,
	section_id, parent_id, body_id, excerpt, summary, lead_picture_id, lead_caption,
	search_title, search_description, source_name, source_url, source_licence, rights_holder,
	comments, guid, created_at, changed_at, published_at, updated_at, scheduled_at,
	genre, sponsor, translation_group, created_by, changed_by, found_by,
	stage, assigned_to, reviewer_id, brief, due_at, embargo_at,
	social_title, social_description, social_picture_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
	$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37,
	$38, $39, $40, $41, $42, $43, $44)`

	updateArticle = `
update article set kind = $2, state = $3, version = version + 1, language = $5, kicker = $6, headline = $7, standfirst = $8, slug = $9,
	section_id = $10, parent_id = $11, body_id = $12, excerpt = $13, summary = $14, lead_picture_id = $15, lead_caption = $16,
	search_title = $17, search_description = $18, source_name = $19, source_url = $20, source_licence = $21, rights_holder = $22,
	comments = $23, guid = $24, created_at = $25, changed_at = $26, published_at = $27, updated_at = $28, scheduled_at = $29,
	genre = $30, sponsor = $31, translation_group = $32, created_by = $33, changed_by = $34, found_by = $35,
	stage = $36, assigned_to = $37, reviewer_id = $38, brief = $39, due_at = $40, embargo_at = $41,
	social_title = $42, social_description = $43, social_picture_id = $44
where id = $1 and version = $4`

	bodyOfArticle = `select a.body_id, b.doc, b.original from article a join body b on b.id = a.body_id where a.id = $1`

	insertRevision = `
insert into revision (article_id, version, saved_at, saved_by, fields, body_id, verb) values ($1, $2, $3, $4, $5, $6, $7)`

	insertArticleSection = `insert into article_section (article_id, position, section_id) values ($1, $2, $3)`
	insertArticleTopic   = `insert into article_topic (article_id, position, topic_id) values ($1, $2, $3)`
	insertByline         = `insert into byline (article_id, position, person_id, role) values ($1, $2, $3, $4)`
	deleteArticleSection = `delete from article_section where article_id = $1`
	deleteArticleTopic   = `delete from article_topic where article_id = $1`
	deleteByline         = `delete from byline where article_id = $1`

	addLanguage = `insert into language (tag) values ($1) on conflict (tag) do nothing`

	queueForSearch = `
insert into search_queue (article_id, version) values ($1, $2)
on conflict (article_id) do update set version = excluded.version`
)

func articleRow(a *news.Article, body int64) []any {
	return []any{a.ID, a.Kind, a.State, a.Version, a.Language, a.Kicker, a.Headline, a.Standfirst, a.Slug,
		db.Ref(a.Section), db.Ref(a.Parent), body, a.Excerpt, a.Summary, db.Ref(a.LeadPicture), a.LeadCaption,
		a.SearchTitle, a.SearchDescription, a.Source.Name, a.Source.URL, a.Source.Licence, a.RightsHolder,
		a.Comments, a.GUID, db.Time(a.Created), db.Time(a.Changed),
		db.Time(a.Published), db.Time(a.Updated), db.Time(a.Scheduled),
		a.Genre, a.Sponsor, db.Ref(a.TranslationGroup), db.Ref(a.Creator), a.ChangedBy, headlineWords(a.Headline),
		a.Stage, db.Ref(a.Assigned), db.Ref(a.Reviewer), a.Brief, db.Time(a.Due), db.Time(a.Embargo),
		a.SocialTitle, a.SocialDescription, db.Ref(a.SocialPicture)}
}

// InsertArticles stores new articles with all that belongs to them, each with
// its first revision, and gives them their ids; Version becomes 1. all is every
// section of the paper, since a list shows the articles of sections below, too.
// by and verb say in the revisions who did what. Addresses are stored by
// SetAddress.
func (tx *Tx) InsertArticles(ctx context.Context, list []*news.Article, all news.Sections, by, verb string) error {
	if len(list) == 0 {
		return nil
	}
	id, err := tx.newIDs(ctx, "article", len(list))
	if err != nil {
		return err
	}
	body, err := tx.newIDs(ctx, "body", len(list))
	if err != nil {
		return err
	}
	var rows articleRows
	for i, a := range list {
		a.ID, a.Version, a.ChangedBy = news.ArticleID(id)+news.ArticleID(i), 1, by
		a.Genre = cmp.Or(a.Genre, news.Report)
		if err := rows.add(a, body+int64(i), all, verb); err != nil {
			return err
		}
		rows.bodies = append(rows.bodies, []any{body + int64(i), string(a.Body), db.Text(a.Original)})
		tx.changeArticle(a, rows.lists)
		pictures, err := tx.standingIn(ctx, a)
		if err != nil {
			return err
		}
		for _, p := range pictures {
			rows.uses = append(rows.uses, append(userOf(news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}, 0), p.picture, p.place))
		}
	}
	if err := rows.insert(ctx, tx.s); err != nil {
		return err
	}
	return tx.insertUses(ctx, rows.uses)
}

// articleRows gathers what goes into each table.
type articleRows struct {
	bodies, articles, sections, topics, bylines, listings, revisions, queue, languages, uses [][]any

	lists []list // of the article added last
}

func (r *articleRows) add(a *news.Article, body int64, all news.Sections, verb string) error {
	fields, err := revisionFields(a)
	if err != nil {
		return err
	}
	r.articles = append(r.articles, articleRow(a, body))
	r.revisions = append(r.revisions, []any{a.ID, a.Version, db.Time(a.Changed), a.ChangedBy, fields, body, verb})
	r.addLinks(a, all)
	return nil
}

// addLinks gathers the rows that are replaced when an article is written again.
func (r *articleRows) addLinks(a *news.Article, all news.Sections) {
	language := []any{a.Language}
	if !slices.ContainsFunc(r.languages, func(l []any) bool { return l[0] == language[0] }) {
		r.languages = append(r.languages, language)
	}
	for i, s := range a.Sections {
		r.sections = append(r.sections, []any{a.ID, i, s})
	}
	for i, t := range a.Topics {
		r.topics = append(r.topics, []any{a.ID, i, t})
	}
	for i, c := range a.Byline {
		r.bylines = append(r.bylines, []any{a.ID, i, c.Person, c.Role})
	}
	if a.Public() {
		r.queue = append(r.queue, []any{a.ID, a.Version})
	}
	r.lists = listsOf(a, all)
	for _, l := range r.lists {
		r.listings = append(r.listings, []any{l.noun, l.id, db.Time(a.Published), a.ID})
	}
}

// insert writes the tables in the order in which they name each other.
func (r *articleRows) insert(ctx context.Context, s db.Session) error {
	// In the order of the table, whose lists are far apart from each other.
	slices.SortStableFunc(r.listings, func(a, b []any) int {
		return cmp.Or(strings.Compare(string(a[0].(news.Noun)), string(b[0].(news.Noun))), cmp.Compare(a[1].(int64), b[1].(int64)))
	})
	for _, t := range []struct {
		q    string
		rows [][]any
	}{
		{insertBody, r.bodies}, {insertArticle, r.articles}, {insertArticleSection, r.sections}, {insertArticleTopic, r.topics},
		{insertByline, r.bylines}, {insertListing, r.listings}, {insertRevision, r.revisions}, {queueForSearch, r.queue},
		{addLanguage, r.languages},
	} {
		if err := db.Insert(ctx, s, t.q, t.rows); err != nil {
			return err
		}
	}
	return nil
}

// UpdateArticle stores all of an article over the version that it was read at,
// with a revision that says who did what; a.Version becomes the new one. When
// somebody else has written it meanwhile, that is a fault of kind Conflict and
// nothing is stored. before is the article as it stands in the store.
func (tx *Tx) UpdateArticle(ctx context.Context, before, a *news.Article, all news.Sections, by, verb string) error {
	a.Genre, a.ChangedBy = cmp.Or(a.Genre, news.Report), by
	body, err := tx.bodyFor(ctx, a)
	if err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx.s, updateArticle, articleRow(a, body)...)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "somebody else has changed this article meanwhile")
	}
	a.Version++
	for _, q := range []string{deleteArticleSection, deleteArticleTopic, deleteByline} {
		if _, err := db.Exec(ctx, tx.s, q, a.ID); err != nil {
			return err
		}
	}
	old := listsOf(before, all)
	for _, l := range old {
		if _, err := db.Exec(ctx, tx.s, deleteListing, l.noun, l.id, db.Time(before.Published), a.ID); err != nil {
			return err
		}
	}
	tx.changeArticle(before, old)
	var rows articleRows
	rows.addLinks(a, all)
	fields, err := revisionFields(a)
	if err != nil {
		return err
	}
	rows.revisions = [][]any{{a.ID, a.Version, db.Time(a.Changed), by, fields, body, verb}}
	tx.changeArticle(a, rows.lists)
	if err := tx.correctionsAppear(ctx, before, a); err != nil {
		return err
	}
	if err := rows.insert(ctx, tx.s); err != nil {
		return err
	}
	return tx.useInArticle(ctx, a, 0)
}

// bodyFor returns the id of the row that holds a's body: the present one when
// nothing in it has changed.
func (tx *Tx) bodyFor(ctx context.Context, a *news.Article) (int64, error) {
	type row struct {
		id       int64
		doc      []byte
		original string
	}
	old, err := db.One(ctx, tx.s, func(r *row) []any { return []any{&r.id, &r.doc, db.Null(&r.original)} }, bodyOfArticle, a.ID)
	if err != nil {
		return 0, err
	}
	if string(old.doc) == string(a.Body) && old.original == a.Original {
		return old.id, nil
	}
	id, err := tx.newIDs(ctx, "body", 1)
	if err != nil {
		return 0, err
	}
	_, err = db.Exec(ctx, tx.s, insertBody, id, string(a.Body), db.Text(a.Original))
	return id, err
}

// changeArticle gathers what readers see differently when a appears, changes or
// goes. One that is not public is on no page.
func (tx *Tx) changeArticle(a *news.Article, lists []list) {
	if !a.Public() {
		return
	}
	tx.change(news.ArticleRef(a.ID), news.ArticleBodyRef(a.ID))
	if a.Parent != 0 {
		tx.change(news.ArticlesBelowRef(a.Parent))
	}
	if a.TranslationGroup != 0 {
		tx.change(news.TranslationsRef(a.TranslationGroup))
	}
	if a.Listed() {
		tx.change(news.LatestRef)
	}
	for _, l := range lists {
		tx.change(l.ref())
		if l.noun == news.PersonNoun {
			tx.change(news.PeopleRef)
		}
	}
}

// revisionFields is every field of an article but the body, which the revision
// shares with the article.
func revisionFields(a *news.Article) (string, error) {
	c := *a
	c.Body, c.Original = nil, ""
	b, err := json.Marshal(&c)
	if err != nil {
		return "", fmt.Errorf("writing down a revision of article %d: %w", a.ID, err)
	}
	return string(b), nil
}
