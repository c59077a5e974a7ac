package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	replacedColumns = `
select picture_id, replaced_at, replaced_by, name, blob, served, type, width, height, size, focus_x, focus_y, focus_set, moving,
	crop_x, crop_y, crop_w, crop_h
from picture_before`
	replacedFile  = replacedColumns + ` where picture_id = $1`
	replacedUntil = replacedColumns + ` where replaced_at <= $1 order by replaced_at, picture_id limit $2`
	putReplaced   = `
insert into picture_before (picture_id, replaced_at, replaced_by, name, blob, served, type, width, height, size, focus_x, focus_y, focus_set, moving,
	crop_x, crop_y, crop_w, crop_h)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
on conflict (picture_id) do update set replaced_at = excluded.replaced_at, replaced_by = excluded.replaced_by,
	name = excluded.name, blob = excluded.blob, served = excluded.served, type = excluded.type,
	width = excluded.width, height = excluded.height, size = excluded.size,
	focus_x = excluded.focus_x, focus_y = excluded.focus_y, focus_set = excluded.focus_set, moving = excluded.moving,
	crop_x = excluded.crop_x, crop_y = excluded.crop_y, crop_w = excluded.crop_w, crop_h = excluded.crop_h`
	showOtherwise = `
update picture set name = $2, blob = $3, served = $4, type = $5, width = $6, height = $7, size = $8, focus_x = $9, focus_y = $10, focus_set = $11,
	colour = $12, moving = $13, kind = $14, usable = $15, found_by = $16, crop_x = $17, crop_y = $18, crop_w = $19, crop_h = $20
where id = $1`
	forgetReplaced = `delete from picture_before where picture_id = $1`
)

func replacedFields(r *news.ReplacedFile) []any {
	p := &r.File
	return []any{&p.ID, (*db.Millis)(&r.At), &r.By, &p.Name, &p.Blob, &p.Served, &p.Type, &p.Width, &p.Height, &p.Size,
		&p.Focus.X, &p.Focus.Y, &p.FocusSet, &p.Moving, &p.Crop.X, &p.Crop.Y, &p.Crop.W, &p.Crop.H}
}

// ShowOtherwise stores that a picture is shown otherwise, by a crop or another file:
// p as it is to be instead of was. What is told about it stays as it is stored. The
// renditions are forgotten, those in made stand in their place, and the rest is made
// in the background; their files may go from due on. When file, crop or focus are no
// longer those of was, that is a fault of kind Conflict.
func (tx *Tx) ShowOtherwise(ctx context.Context, was, p *news.Picture, made []Rendition, due time.Time) error {
	now, err := tx.Picture(ctx, p.ID)
	if err != nil {
		return err
	}
	if now.Blob != was.Blob || now.Served != was.Served || now.Crop != was.Crop || now.Focus != was.Focus || now.FocusSet != was.FocusSet {
		return fault.New(fault.Conflict, "somebody else has changed this picture meanwhile")
	}
	old, err := tx.Renditions(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, r := range old {
		if err := tx.QueueBlob(ctx, r.Blob, due); err != nil {
			return err
		}
	}
	now.Name = p.Name // it is found by it
	tx.change(news.PictureRef(p.ID))
	if _, err := tx.writePicture(ctx, p.ID, showOtherwise, p.ID, p.Name, p.Blob, p.Served, p.Type, p.Width, p.Height, p.Size,
		p.Focus.X, p.Focus.Y, db.Flag(p.FocusSet), p.Colour, db.Flag(p.Moving), p.Kind(), db.Flag(p.Usable()), pictureWords(&now),
		p.Crop.X, p.Crop.Y, p.Crop.W, p.Crop.H); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx.s, dropRenditions, p.ID); err != nil || !p.Image() {
		return err
	}
	if err := tx.PutRenditions(ctx, p.ID, made); err != nil {
		return err
	}
	return tx.QueueRenditions(ctx, p.ID)
}

// ReplacedFile is the file that a picture had before the present one; ok is false
// where there is none any more.
func (r Reader) ReplacedFile(ctx context.Context, id news.PictureID) (f news.ReplacedFile, ok bool, err error) {
	all, err := db.All(ctx, r.s, replacedFields, replacedFile, id)
	if err != nil || len(all) == 0 {
		return f, false, err
	}
	return all[0], true, nil
}

// ReplacedUntil returns up to n files in whose place others came at t or before.
func (r Reader) ReplacedUntil(ctx context.Context, t time.Time, n int) ([]news.ReplacedFile, error) {
	return db.All(ctx, r.s, replacedFields, replacedUntil, t.UnixMilli(), n)
}

// PutReplaced stores a picture's file as the one before, in the place of an earlier
// one, whose bytes may go from due on.
func (tx *Tx) PutReplaced(ctx context.Context, f news.ReplacedFile, due time.Time) error {
	if err := tx.letReplacedGo(ctx, f.File.ID, due); err != nil {
		return err
	}
	p := &f.File
	_, err := db.Exec(ctx, tx.s, putReplaced, p.ID, f.At.UnixMilli(), f.By, p.Name, p.Blob, p.Served, p.Type, p.Width, p.Height, p.Size,
		p.Focus.X, p.Focus.Y, db.Flag(p.FocusSet), db.Flag(p.Moving), p.Crop.X, p.Crop.Y, p.Crop.W, p.Crop.H)
	return err
}

// ForgetReplaced forgets the file that a picture had before; its bytes may go from
// due on.
func (tx *Tx) ForgetReplaced(ctx context.Context, id news.PictureID, due time.Time) error {
	if err := tx.letReplacedGo(ctx, id, due); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx.s, forgetReplaced, id)
	return err
}

func (tx *Tx) letReplacedGo(ctx context.Context, id news.PictureID, due time.Time) error {
	f, ok, err := tx.ReplacedFile(ctx, id)
	if err != nil || !ok {
		return err
	}
	for _, blob := range []string{f.File.Blob, f.File.Served} {
		if blob == "" {
			continue
		}
		if err := tx.QueueBlob(ctx, blob, due); err != nil {
			return err
		}
	}
	return nil
}
