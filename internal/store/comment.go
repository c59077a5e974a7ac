package store

import (
	"context"
	"math"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	commentColumns = `
select id, article_id, parent_id, kind, state, name, email, website, body, address, posted_at, decided_at, decided_by from comment`

	commentByID  = commentColumns + ` where id = $1`
	commentsByID = commentColumns + `
where id in (select value from json_each($1)) -- sqlite
where id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
	commentsInState = commentColumns + ` where state = $1 and id > $2 order by id limit $3`

	commentsOldest = commentColumns + `
where kind = 'comment' and state = $1 and (decided_at, id) > ($2, $3) order by decided_at, id limit $4`
	commentsNewest = commentColumns + `
where kind = 'comment' and state = $1 and (decided_at, id) < ($2, $3) order by decided_at desc, id desc limit $4`
	commentsWaiting = `
select count(*) from (select 1 from comment where kind = 'comment' and state = 'held' limit $1) as waiting`

	approvedOutline = `
select id, parent_id from comment
where article_id = $1 and state = 'approved' and kind = 'comment'
order by posted_at, id`

	insertComment = `
insert into comment (id, article_id, parent_id, kind, state, name, email, website, body, address, posted_at, decided_at, old_id, fingerprint)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (fingerprint) where fingerprint is not null do nothing`

	commentByFingerprint = `select id from comment where fingerprint = $1`
	setCommentState      = `update comment set state = $2, decided_at = $4, decided_by = $5 where id = $1 and state = $3`
	forgetAddresses      = `update comment set address = '' where address <> '' and posted_at < $1`
	commentsByOldID      = `select old_id, id from comment where article_id = $1 and old_id is not null`
)

func commentFields(c *news.Comment) []any {
	return []any{&c.ID, &c.Article, db.ID(&c.Parent), &c.Kind, &c.State, &c.Name, &c.Email, &c.Website, &c.Text, &c.Address, (*db.Millis)(&c.Posted),
		(*db.Millis)(&c.Decided), &c.DecidedBy}
}

// CommentOutline is one approved comment's place among the others of its
// article.
type CommentOutline struct {
	ID     news.CommentID
	Parent news.CommentID
}

// Comment returns one comment in any state, or a fault of kind NotFound.
func (r Reader) Comment(ctx context.Context, id news.CommentID) (news.Comment, error) {
	return db.One(ctx, r.s, commentFields, commentByID, id)
}

// CommentOutlines returns the places of all approved comments of an article,
// oldest first.
func (r Reader) CommentOutlines(ctx context.Context, id news.ArticleID) ([]CommentOutline, error) {
	r.note(news.ArticleCommentsRef(id))
	return db.All(ctx, r.s, func(o *CommentOutline) []any { return []any{&o.ID, db.ID(&o.Parent)} }, approvedOutline, id)
}

// Comments returns the comments with these ids, in the order of the ids.
func (r Reader) Comments(ctx context.Context, ids []news.CommentID) ([]news.Comment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := db.All(ctx, r.s, commentFields, commentsByID, idList(ids))
	return inOrder(ids, list, func(c *news.Comment) news.CommentID { return c.ID }), err
}

// CommentsIn returns up to n comments of a state, in the order they came,
// beginning after the id after.
func (r Reader) CommentsIn(ctx context.Context, state news.CommentState, after news.CommentID, n int) ([]news.Comment, error) {
	return db.All(ctx, r.s, commentFields, commentsInState, state, after, n)
}

// CommentPlace is where a list of comments goes on; the zero place is its
// beginning.
type CommentPlace struct {
	At time.Time
	ID news.CommentID
}

// CommentQueue returns up to n of readers' comments in a state, in the order in
// which they came into it, or the other way round, beginning after a place.
func (r Reader) CommentQueue(ctx context.Context, state news.CommentState, newest bool, after CommentPlace, n int) ([]news.Comment, error) {
	query, at := commentsOldest, int64(math.MinInt64)
	if newest {
		query, at = commentsNewest, math.MaxInt64
	}
	if after.ID != 0 {
		at = after.At.UnixMilli()
	}
	return db.All(ctx, r.s, commentFields, query, state, at, after.ID, n)
}

// CommentsWaiting counts readers' comments that wait for a decision, up to most.
func (r Reader) CommentsWaiting(ctx context.Context, most int) (int, error) {
	return db.Value[int](ctx, r.s, commentsWaiting, most)
}

// OldComment is a comment with its id in the system that it was imported from;
// 0 when it was written here.
type OldComment struct {
	news.Comment
	OldID int64
}

// InsertComment stores a reader's comment and gives it its id. fingerprint is
// equal for a comment that was sent twice: then nothing is stored, and the
// comment takes the first one's id.
func (tx *Tx) InsertComment(ctx context.Context, c *news.Comment, fingerprint string) (stored bool, err error) {
	id, err := tx.newIDs(ctx, "comment", 1)
	if err != nil {
		return false, err
	}
	c.ID = news.CommentID(id)
	n, err := db.Exec(ctx, tx.s, insertComment, commentRow(&OldComment{Comment: *c}, fingerprint)...)
	if err != nil {
		return false, err
	}
	if n == 0 {
		c.ID, err = db.Value[news.CommentID](ctx, tx.s, commentByFingerprint, fingerprint)
		return false, err
	}
	tx.changeComment(c)
	return true, nil
}

// InsertComments stores imported comments, whose ids the caller has taken with
// [Tx.NewCommentIDs]; parents stand before their replies.
func (tx *Tx) InsertComments(ctx context.Context, list []OldComment) error {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = commentRow(&list[i], "")
		tx.changeComment(&list[i].Comment)
	}
	return db.Insert(ctx, tx.s, insertComment, rows)
}

// NewCommentIDs takes n ids and returns the first; the others follow.
func (tx *Tx) NewCommentIDs(ctx context.Context, n int) (news.CommentID, error) {
	id, err := tx.newIDs(ctx, "comment", n)
	return news.CommentID(id), err
}

// CommentsByOldID returns which of an article's comments came from which old
// ones.
func (r Reader) CommentsByOldID(ctx context.Context, id news.ArticleID) (map[int64]news.CommentID, error) {
	type pair struct {
		old int64
		id  news.CommentID
	}
	ids := map[int64]news.CommentID{}
	err := db.Each(ctx, r.s, func(p *pair) []any { return []any{&p.old, &p.id} }, func(p *pair) error {
		ids[p.old] = p.id
		return nil
	}, commentsByOldID, id)
	return ids, err
}

// SetCommentState moves a comment from the state that it was read in, by somebody;
// false when it has left that state meanwhile.
func (tx *Tx) SetCommentState(ctx context.Context, c *news.Comment, to news.CommentState, at time.Time, by string) (bool, error) {
	if to == news.Held { // nothing is decided any more
		at, by = c.Posted, ""
	}
	n, err := db.Exec(ctx, tx.s, setCommentState, c.ID, to, c.State, db.Time(at), by)
	if err != nil || n == 0 {
		return false, err
	}
	tx.changeComment(c)
	c.State, c.Decided, c.DecidedBy = to, at, by
	tx.changeComment(c)
	return true, nil
}

// ForgetAddresses drops the network addresses of comments posted before t, and
// returns how many.
func (tx *Tx) ForgetAddresses(ctx context.Context, t time.Time) (int64, error) {
	return db.Exec(ctx, tx.s, forgetAddresses, t.UnixMilli())
}

func (tx *Tx) changeComment(c *news.Comment) {
	if c.State == news.Approved && c.Kind == news.ReaderComment {
		tx.change(news.ArticleCommentsRef(c.Article))
	}
}

func commentRow(c *OldComment, fingerprint string) []any {
	return []any{c.ID, c.Article, db.Ref(c.Parent), c.Kind, c.State, c.Name, c.Email, c.Website, c.Text, c.Address, db.Time(c.Posted), db.Time(c.Posted),
		db.Ref(c.OldID), db.Text(fingerprint)}
}
