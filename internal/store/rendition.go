package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	renditionsOf = `
select name, type, stamp, blob, width, height, size from rendition where picture_id = $1 order by name, type`
	putRendition = `
insert into rendition (picture_id, name, type, stamp, blob, width, height, size)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (picture_id, name, type) do update set stamp = excluded.stamp, blob = excluded.blob,
	width = excluded.width, height = excluded.height, size = excluded.size`
	dropRenditions = `delete from rendition where picture_id = $1`
	dropRendition  = `delete from rendition where picture_id = $1 and name = $2 and type = $3`
	findPicture    = `update picture set focus_x = $2, focus_y = $3, colour = $4, moving = $5 where id = $1`

	queueRenditions = `
insert into rendition_queue (picture_id) values ($1)
on conflict (picture_id) do update set attempts = 0, due_at = 0`
	queueAllRenditions = `
insert into rendition_queue (picture_id)
select id from picture where width > 0 and height > 0 and served <> ''
on conflict (picture_id) do update set attempts = 0, due_at = 0`
	claimRenditions = `
update rendition_queue set attempts = attempts + 1, due_at = cast($1 as bigint) + cast($2 as bigint) * (1 << attempts)
where picture_id = (
	select picture_id from rendition_queue where due_at <= $3 and attempts < $4
	order by picture_id desc limit 1
	for update skip locked -- postgres
)
returning picture_id, attempts, due_at`
	unclaimRenditions  = `update rendition_queue set attempts = attempts - 1, due_at = 0 where picture_id = $1 and due_at = $2`
	leaveRenditions    = `delete from rendition_queue where picture_id = $1 and due_at = $2`
	renditionQueueSize = `select count(*) from rendition_queue where attempts < $1`

	// usesName is the row of setting that says for which uses of pictures all
	// renditions were queued.
	usesName = "picture uses"
)

// MaxRenditionAttempts is how often a picture's renditions are begun before they
// are given up, until something about the picture changes.
const MaxRenditionAttempts = 5

// RenditionPatience is how long the first attempt may take before others may
// try; it doubles with each. So it is also the gap between two attempts.
const RenditionPatience = 2 * time.Minute

// Rendition is a size or cut of a picture that is in the blob store.
type Rendition struct {
	Name   string // shape and width, as "3x2-640", or "640" for an uncut one
	Type   string // media type
	Stamp  string // of which file and focus it was made
	Blob   string
	Width  int
	Height int
	Size   int64 // bytes
}

func renditionFields(r *Rendition) []any {
	return []any{&r.Name, &r.Type, &r.Stamp, &r.Blob, &r.Width, &r.Height, &r.Size}
}

// Renditions returns what there is of a picture, by name and type, also what was
// made of an earlier focus.
func (r Reader) Renditions(ctx context.Context, id news.PictureID) ([]Rendition, error) {
	return db.All(ctx, r.s, renditionFields, renditionsOf, id)
}

// RenditionTask is a picture whose renditions somebody has begun to make.
type RenditionTask struct {
	Picture  news.PictureID
	Attempts int // this one included
	due      int64
}

// QueueRenditions has a picture's renditions made, those that are missing then.
func (tx *Tx) QueueRenditions(ctx context.Context, id news.PictureID) error {
	_, err := db.Exec(ctx, tx.s, queueRenditions, id)
	return err
}

// QueueAllRenditions does that for every picture of the library.
func (tx *Tx) QueueAllRenditions(ctx context.Context) error {
	_, err := db.Exec(ctx, tx.s, queueAllRenditions)
	return err
}

// ClaimRenditions takes the newest picture that waits; ok is false when none is
// due. Nobody else gets it while the attempt may still be under way.
func (tx *Tx) ClaimRenditions(ctx context.Context, now time.Time) (t RenditionTask, ok bool, err error) {
	all, err := db.All(ctx, tx.s, func(t *RenditionTask) []any { return []any{&t.Picture, &t.Attempts, &t.due} },
		claimRenditions, now.UnixMilli(), RenditionPatience.Milliseconds(), now.UnixMilli(), MaxRenditionAttempts)
	if err != nil || len(all) == 0 {
		return t, false, err
	}
	return all[0], true, nil
}

// UnclaimRenditions gives a picture back as if it had never been claimed.
func (tx *Tx) UnclaimRenditions(ctx context.Context, t RenditionTask) error {
	_, err := db.Exec(ctx, tx.s, unclaimRenditions, t.Picture, t.due)
	return err
}

// LeaveRenditions takes a picture off the queue, unless it was queued anew since
// it was claimed.
func (tx *Tx) LeaveRenditions(ctx context.Context, t RenditionTask) error {
	_, err := db.Exec(ctx, tx.s, leaveRenditions, t.Picture, t.due)
	return err
}

// RenditionQueueSize is how many pictures wait for their renditions or have them
// made right now.
func (r Reader) RenditionQueueSize(ctx context.Context) (int, error) {
	return db.Value[int](ctx, r.s, renditionQueueSize, MaxRenditionAttempts)
}

// PutRenditions stores renditions, each in the place of the one with its name and
// type.
func (tx *Tx) PutRenditions(ctx context.Context, id news.PictureID, list []Rendition) error {
	rows := make([][]any, len(list))
	for i, r := range list {
		rows[i] = []any{id, r.Name, r.Type, r.Stamp, r.Blob, r.Width, r.Height, r.Size}
	}
	return db.Insert(ctx, tx.s, putRendition, rows)
}

// DropRendition forgets one; its bytes stay in the blob store.
func (tx *Tx) DropRendition(ctx context.Context, id news.PictureID, name, kind string) error {
	_, err := db.Exec(ctx, tx.s, dropRendition, id, name, kind)
	return err
}

// FindPicture stores what a look at the pixels has found: focus, colour, and
// whether the picture moves.
func (tx *Tx) FindPicture(ctx context.Context, p *news.Picture) error {
	tx.change(news.PictureRef(p.ID))
	_, err := db.Exec(ctx, tx.s, findPicture, p.ID, p.Focus.X, p.Focus.Y, p.Colour, db.Flag(p.Moving))
	return err
}

// PictureUses is what [Tx.SetPictureUses] has stored; "" before.
func (r Reader) PictureUses(ctx context.Context) (string, error) {
	uses, err := db.Value[string](ctx, r.s, settingByName, usesName)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return uses, err
}

// SetPictureUses notes for which uses of pictures renditions are made.
func (tx *Tx) SetPictureUses(ctx context.Context, uses string) error {
	_, err := db.Exec(ctx, tx.s, putSetting, usesName, uses)
	return err
}
