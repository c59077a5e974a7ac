package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	pictureColumns = `
select p.id, p.name, coalesce(d.path, ''), p.blob, p.served, p.type, p.width, p.height, p.size, p.title, p.alt, p.caption, p.credit,
	p.focus_x, p.focus_y, p.focus_set, p.colour, p.moving, p.rights_end, p.ended
from picture p left join address d on d.noun = 'picture' and d.target_id = p.id and d.state = 'current'`

	pictureByID  = pictureColumns + ` where p.id = $1`
	picturesByID = pictureColumns + `
where p.id in (select value from json_each($1)) -- sqlite
where p.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
	picturesAfter = pictureColumns + ` where p.id > $1 order by p.id limit $2`

	insertPicture = `
insert into picture (id, name, blob, served, type, width, height, size, title, alt, caption, credit,
	focus_x, focus_y, focus_set, colour, moving)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`
	updatePicture = `
update picture set name = $2, blob = $3, served = $4, type = $5, width = $6, height = $7, size = $8, title = $9, alt = $10, caption = $11, credit = $12,
	focus_x = $13, focus_y = $14, focus_set = $15, colour = $16, moving = $17
where id = $1`
	describePicture = `update picture set title = $2, alt = $3, caption = $4, credit = $5 where id = $1`
	setRights       = `update picture set rights_end = $2, ended = $3 where id = $1`
	rightsUntil     = `select id from picture where rights_end <= $1 and ended = 0 order by rights_end, id limit $2`

	focusPicture = `update picture set focus_x = $2, focus_y = $3, focus_set = $4 where id = $1`
)

func pictureFields(p *news.Picture) []any {
	return []any{&p.ID, &p.Name, &p.Path, &p.Blob, &p.Served, &p.Type, &p.Width, &p.Height, &p.Size, &p.Title, &p.Alt, &p.Caption, &p.Credit,
		&p.Focus.X, &p.Focus.Y, &p.FocusSet, &p.Colour, &p.Moving, (*db.Millis)(&p.RightsEnd), &p.Ended}
}

func pictureRow(p *news.Picture) []any {
	return []any{p.ID, p.Name, p.Blob, p.Served, p.Type, p.Width, p.Height, p.Size, p.Title, p.Alt, p.Caption, p.Credit,
		p.Focus.X, p.Focus.Y, db.Flag(p.FocusSet), p.Colour, db.Flag(p.Moving)}
}

// Picture returns one picture, or a fault of kind NotFound.
func (r Reader) Picture(ctx context.Context, id news.PictureID) (news.Picture, error) {
	r.note(news.PictureRef(id))
	return db.One(ctx, r.s, pictureFields, pictureByID, id)
}

// Pictures returns the pictures with these ids, by id; unknown ones are absent.
func (r Reader) Pictures(ctx context.Context, ids []news.PictureID) (map[news.PictureID]news.Picture, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for _, id := range ids {
		r.note(news.PictureRef(id))
	}
	list, err := db.All(ctx, r.s, pictureFields, picturesByID, idList(ids))
	all := make(map[news.PictureID]news.Picture, len(list))
	for _, p := range list {
		all[p.ID] = p
	}
	return all, err
}

// PicturesAfter returns up to n pictures in the order of their ids, beginning
// after id: to go through the whole library.
func (r Reader) PicturesAfter(ctx context.Context, id news.PictureID, n int) ([]news.Picture, error) {
	return db.All(ctx, r.s, pictureFields, picturesAfter, id, n)
}

// InsertPicture stores a new picture's row, gives it its id, and has its
// renditions made; its bytes are in the blob store by then. Its address is stored
// by SetAddress.
func (tx *Tx) InsertPicture(ctx context.Context, p *news.Picture) error {
	id, err := tx.newIDs(ctx, "picture", 1)
	if err != nil {
		return err
	}
	p.ID = news.PictureID(id)
	tx.change(news.PictureRef(p.ID))
	if _, err = db.Exec(ctx, tx.s, insertPicture, pictureRow(p)...); err != nil || !p.Image() {
		return err
	}
	return tx.QueueRenditions(ctx, p.ID)
}

// UpdatePicture stores all that is told about a picture, but for what is found or
// set later: while the file stays the same, so do focus, colour and whether it
// moves. With another file what was found is forgotten, what an editor set stays,
// and the renditions are made anew. p holds afterwards what is stored.
func (tx *Tx) UpdatePicture(ctx context.Context, p *news.Picture) error {
	was, err := tx.Picture(ctx, p.ID)
	if err != nil {
		return err
	}
	if p.FocusSet = was.FocusSet; was.FocusSet {
		p.Focus = was.Focus
	}
	if p.Served == was.Served {
		p.Focus, p.Colour, p.Moving = was.Focus, was.Colour, was.Moving
	}
	tx.change(news.PictureRef(p.ID))
	if _, err := db.Exec(ctx, tx.s, updatePicture, pictureRow(p)...); err != nil || p.Served == was.Served {
		return err
	}
	if _, err := db.Exec(ctx, tx.s, dropRenditions, p.ID); err != nil || !p.Image() {
		return err
	}
	return tx.QueueRenditions(ctx, p.ID)
}

// FocusPicture stores what a picture's cuts must keep, as an editor says; the
// zero focus is nobody's, and is found anew. The cuts are made again.
func (tx *Tx) FocusPicture(ctx context.Context, id news.PictureID, f news.Focus) error {
	tx.change(news.PictureRef(id))
	if _, err := db.Exec(ctx, tx.s, focusPicture, id, f.X, f.Y, db.Flag(f != news.Focus{})); err != nil {
		return err
	}
	return tx.QueueRenditions(ctx, id)
}

// DescribePicture stores what is told about a picture: title, text in its place,
// caption and credit.
func (tx *Tx) DescribePicture(ctx context.Context, p *news.Picture) error {
	tx.change(news.PictureRef(p.ID))
	_, err := db.Exec(ctx, tx.s, describePicture, p.ID, p.Title, p.Alt, p.Caption, p.Credit)
	return err
}

// SetRights stores until when a picture may be shown, and whether that has come.
func (tx *Tx) SetRights(ctx context.Context, id news.PictureID, end time.Time, ended bool) error {
	tx.change(news.PictureRef(id))
	_, err := db.Exec(ctx, tx.s, setRights, id, db.Time(end), db.Flag(ended))
	return err
}

// RightsUntil returns up to n pictures that may not be shown any more at t, and
// still are.
func (r Reader) RightsUntil(ctx context.Context, t time.Time, n int) ([]news.PictureID, error) {
	return db.Values[news.PictureID](ctx, r.s, rightsUntil, db.Time(t), n)
}
