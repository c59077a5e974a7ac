package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	renditionsOf = `
select picture_id, name, type, blob, width, height, size from rendition where picture_id = $1 order by width, name, type`
	insertRendition  = `insert into rendition (picture_id, name, type, blob, width, height, size) values ($1, $2, $3, $4, $5, $6, $7)`
	deleteRenditions = `delete from rendition where picture_id = $1`

	renditionQueue = `
select picture_id, attempts from rendition_queue where picture_id > $1 and problem = '' order by picture_id limit $2`
	renditionQueueSize = `select count(*) from rendition_queue where problem = ''`
	queueRenditions    = `
insert into rendition_queue (picture_id, attempts, problem) values ($1, 0, '')
on conflict (picture_id) do update set attempts = 0, problem = ''`
	queueAllRenditions = `
insert into rendition_queue (picture_id) select id from picture where width > 0 and height > 0
on conflict (picture_id) do update set attempts = 0, problem = ''`
	leaveRenditionQueue = `delete from rendition_queue where picture_id = $1`
	renditionsFailed    = `update rendition_queue set attempts = attempts + 1, problem = $2 where picture_id = $1`
	pictureProblems     = `
select q.picture_id, p.name, q.problem from rendition_queue q join picture p on p.id = q.picture_id where q.problem <> '' order by q.picture_id`

	setPictureLook = `update picture set focus_x = $2, focus_y = $3, colour = $4 where id = $1`
)

// RenditionTask is a picture that waits for its renditions. Attempts counts those
// that failed for a reason that may pass.
type RenditionTask struct {
	Picture  news.PictureID
	Attempts int
}

// PictureProblem says why a picture is shown as it came.
type PictureProblem struct {
	Picture news.PictureID
	Name    string
	Problem string
}

func renditionFields(r *news.Rendition) []any {
	return []any{&r.Picture, &r.Name, &r.Type, &r.Blob, &r.Width, &r.Height, &r.Size}
}

// Renditions returns those of a picture that are made, narrowest first.
func (r Reader) Renditions(ctx context.Context, of news.PictureID) ([]news.Rendition, error) {
	return db.All(ctx, r.s, renditionFields, renditionsOf, of)
}

// RenditionRecipe is that of the renditions that were asked for last; "" for none.
func (r Reader) RenditionRecipe(ctx context.Context) (string, error) {
	value, err := db.Value[string](ctx, r.s, settingByName, recipeSetting)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return value, err
}

// SetRenditionRecipe remembers by which recipe renditions are asked for.
func (tx *Tx) SetRenditionRecipe(ctx context.Context, recipe string) error {
	_, err := db.Exec(ctx, tx.s, putSetting, recipeSetting, recipe)
	return err
}

// recipeSetting is the row of the settings that is not the paper's but ours.
const recipeSetting = "renditions"

// RenditionQueue returns up to n pictures that wait for renditions, in the order of
// their ids, beginning after one.
func (r Reader) RenditionQueue(ctx context.Context, after news.PictureID, n int) ([]RenditionTask, error) {
	return db.All(ctx, r.s, func(t *RenditionTask) []any { return []any{&t.Picture, &t.Attempts} }, renditionQueue, after, n)
}

// RenditionQueueSize is how many pictures wait for renditions.
func (r Reader) RenditionQueueSize(ctx context.Context) (int, error) {
	return db.Value[int](ctx, r.s, renditionQueueSize)
}

// PictureProblems returns the pictures that there are no renditions of, although
// there should be.
func (r Reader) PictureProblems(ctx context.Context) ([]PictureProblem, error) {
	return db.All(ctx, r.s, func(p *PictureProblem) []any { return []any{&p.Picture, &p.Name, &p.Problem} }, pictureProblems)
}

// QueueRenditions has a picture's renditions made.
func (tx *Tx) QueueRenditions(ctx context.Context, id news.PictureID) error {
	_, err := db.Exec(ctx, tx.s, queueRenditions, id)
	return err
}

// QueueAllRenditions has those of every picture made anew. What is there serves
// until then.
func (tx *Tx) QueueAllRenditions(ctx context.Context) error {
	_, err := db.Exec(ctx, tx.s, queueAllRenditions)
	return err
}

// PutRenditions stores all renditions of a picture in place of those that were
// there, and takes it off the queue.
func (tx *Tx) PutRenditions(ctx context.Context, id news.PictureID, list []news.Rendition) error {
	if _, err := db.Exec(ctx, tx.s, deleteRenditions, id); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{r.Picture, r.Name, r.Type, r.Blob, r.Width, r.Height, r.Size}
	}
	if err := db.Insert(ctx, tx.s, insertRendition, rows); err != nil {
		return err
	}
	return tx.LeaveRenditionQueue(ctx, id)
}

// LeaveRenditionQueue takes a picture off the queue.
func (tx *Tx) LeaveRenditionQueue(ctx context.Context, id news.PictureID) error {
	_, err := db.Exec(ctx, tx.s, leaveRenditionQueue, id)
	return err
}

// RenditionsFailed counts a failure. With a problem the picture is not tried again.
func (tx *Tx) RenditionsFailed(ctx context.Context, id news.PictureID, problem string) error {
	_, err := db.Exec(ctx, tx.s, renditionsFailed, id, problem)
	return err
}

// SetPictureLook stores what was found in a picture: where its detail is, and its
// colour.
func (tx *Tx) SetPictureLook(ctx context.Context, id news.PictureID, focus news.Focus, colour string) error {
	tx.change(news.PictureRef(id))
	_, err := db.Exec(ctx, tx.s, setPictureLook, id, focus.X, focus.Y, colour)
	return err
}
