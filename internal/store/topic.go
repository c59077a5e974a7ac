package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	topicColumns = `
select t.id, t.name, t.slug, coalesce(d.path, ''), t.description, t.retired, t.version
from topic t left join address d on d.noun = 'topic' and d.target_id = t.id and d.state = 'current'`

	topicByID    = topicColumns + ` where t.id = $1`
	topicsBySlug = topicColumns + `
where t.slug in (select value from json_each($1)) -- sqlite
where t.slug in (select json_array_elements_text($1::json)) -- postgres`
	topicsByID = topicColumns + `
where t.id in (select value from json_each($1)) -- sqlite
where t.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`

	insertTopic = `insert into topic (id, name, slug, description, found_by) values ($1, $2, $3, $4, $5)`
	updateTopic = `
update topic set name = $2, slug = $3, description = $4, retired = $5, found_by = $7, version = version + 1 where id = $1 and version = $6`
	deleteTopic = `delete from topic where id = $1`

	dropSecondTopic = `
delete from article_topic
where topic_id = $1 and article_id in (select article_id from article_topic where topic_id = $2)`
	mergeTopicLinks = `update article_topic set topic_id = $2 where topic_id = $1`
	listTopic       = `
insert into listing (noun, target_id, published_at, article_id)
select 'topic', cast($1 as bigint), a.published_at, a.id
from article_topic l join article a on a.id = l.article_id
where a.state = 'published' and a.kind = 'story' and l.topic_id = $1`
)

func topicFields(t *news.Topic) []any {
	return []any{&t.ID, &t.Name, &t.Slug, &t.Path, &t.Description, &t.Retired, &t.Version}
}

// Topic returns one topic, or a fault of kind NotFound.
func (r Reader) Topic(ctx context.Context, id news.TopicID) (news.Topic, error) {
	r.note(news.TopicRef(id))
	return db.One(ctx, r.s, topicFields, topicByID, id)
}

// Topics returns the topics with these ids, in the order of the ids; unknown
// ones are left out.
func (r Reader) Topics(ctx context.Context, ids []news.TopicID) ([]news.Topic, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for _, id := range ids {
		r.note(news.TopicRef(id))
	}
	list, err := db.All(ctx, r.s, topicFields, topicsByID, idList(ids))
	return inOrder(ids, list, func(t *news.Topic) news.TopicID { return t.ID }), err
}

// TopicsBySlug returns those topics among slugs that there are.
func (r Reader) TopicsBySlug(ctx context.Context, slugs []string) ([]news.Topic, error) {
	return db.All(ctx, r.s, topicFields, topicsBySlug, textList(slugs))
}

// InsertTopic stores a new topic and gives it its id. Its address is stored by
// SetAddress. A slug that another topic has is a fault of kind Conflict.
func (tx *Tx) InsertTopic(ctx context.Context, t *news.Topic) error {
	id, err := tx.newIDs(ctx, "topic", 1)
	if err != nil {
		return err
	}
	t.ID, t.Version = news.TopicID(id), 1
	tx.change(news.TopicRef(t.ID))
	_, err = db.Exec(ctx, tx.s, insertTopic, t.ID, t.Name, t.Slug, t.Description, headlineWords(t.Name))
	return err
}

// UpdateTopic stores all of a topic but its address over the version that it was
// read at; t.Version becomes the new one. A slug that another topic has is a fault of
// kind Conflict, and so is that somebody else has written it meanwhile.
func (tx *Tx) UpdateTopic(ctx context.Context, t *news.Topic) error {
	tx.change(news.TopicRef(t.ID))
	n, err := db.Exec(ctx, tx.s, updateTopic, t.ID, t.Name, t.Slug, t.Description, db.Flag(t.Retired), t.Version, headlineWords(t.Name))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has changed this topic meanwhile")
	}
	t.Version++
	return err
}

// MergeTopic gives the articles of one topic to another, writes that one's list
// anew and removes the first. Addresses and menus are the caller's.
func (tx *Tx) MergeTopic(ctx context.Context, from, into news.TopicID) error {
	tx.change(news.TopicRef(from), news.TopicRef(into), news.TopicListRef(from), news.TopicListRef(into))
	for _, step := range []struct {
		q    string
		args []any
	}{
		{dropSecondTopic, []any{from, into}}, {mergeTopicLinks, []any{from, into}}, {mergeOld, []any{news.TopicNoun, from, into}},
		{dropListing, []any{news.TopicNoun, from}}, {dropListing, []any{news.TopicNoun, into}}, {listTopic, []any{into}}, {deleteTopic, []any{from}},
	} {
		if _, err := db.Exec(ctx, tx.s, step.q, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// inOrder puts list in the order of ids and leaves out ids that it lacks.
func inOrder[ID comparable, T any](ids []ID, list []T, id func(*T) ID) []T {
	at := make(map[ID]*T, len(list))
	for i := range list {
		at[id(&list[i])] = &list[i]
	}
	out := make([]T, 0, len(list))
	for _, want := range ids {
		if t := at[want]; t != nil {
			out = append(out, *t)
		}
	}
	return out
}
