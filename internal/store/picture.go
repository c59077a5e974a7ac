package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	pictureColumns = `
select p.id, p.name, coalesce(d.path, ''), p.blob, p.served, p.type, p.width, p.height, p.size, p.title, p.alt, p.caption, p.credit,
	p.focus_x, p.focus_y, p.focus_set, p.colour, p.moving, p.rights_end, p.ended,
	p.rights, p.source, p.keywords, p.taken_at, p.added_at, p.added_by, p.created_by, p.changed_by, p.version,
	p.crop_x, p.crop_y, p.crop_w, p.crop_h
from picture p left join address d on d.noun = 'picture' and d.target_id = p.id and d.state = 'current'`

	pictureByID  = pictureColumns + ` where p.id = $1`
	picturesByID = pictureColumns + `
where p.id in (select value from json_each($1)) -- sqlite
where p.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
	picturesAfter = pictureColumns + ` where p.id > $1 order by p.id limit $2`
	pictureByBlob = `select id from picture where blob = $1 and id <> $2 order by id limit 1`

	insertPicture = `
insert into picture (id, name, blob, served, type, width, height, size, title, alt, caption, credit,
	focus_x, focus_y, focus_set, colour, moving, rights, source, keywords, taken_at,
	kind, usable, has_alt, has_credit, found_by, crop_x, crop_y, crop_w, crop_h, added_at, added_by, created_by, rights_end)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29,
	$30, $31, $32, $33, $34)`
	updatePicture = `
update picture set name = $2, blob = $3, served = $4, type = $5, width = $6, height = $7, size = $8, title = $9, alt = $10, caption = $11, credit = $12,
	focus_x = $13, focus_y = $14, focus_set = $15, colour = $16, moving = $17, rights = $18, source = $19, keywords = $20, taken_at = $21,
	kind = $22, usable = $23, has_alt = $24, has_credit = $25, found_by = $26, crop_x = $27, crop_y = $28, crop_w = $29, crop_h = $30, version = version + 1
where id = $1`
	describePicture = `
update picture set title = $2, alt = $3, caption = $4, credit = $5, rights = $6, source = $7, keywords = $8, rights_end = $9, ended = $10,
	has_alt = $11, has_credit = $12, found_by = $13, changed_by = $14, version = version + 1
where id = $1 and version = $15`
	setRights   = `update picture set rights_end = $2, ended = $3, version = version + 1 where id = $1`
	rightsUntil = `select id from picture where rights_end <= $1 and ended = 0 order by rights_end, id limit $2`

	focusPicture = `update picture set focus_x = $2, focus_y = $3, focus_set = $4 where id = $1`
)

func pictureFields(p *news.Picture) []any {
	return []any{&p.ID, &p.Name, &p.Path, &p.Blob, &p.Served, &p.Type, &p.Width, &p.Height, &p.Size, &p.Title, &p.Alt, &p.Caption, &p.Credit,
		&p.Focus.X, &p.Focus.Y, &p.FocusSet, &p.Colour, &p.Moving, (*db.Millis)(&p.RightsEnd), &p.Ended,
		&p.Rights, &p.Source, &p.Keywords, (*db.Millis)(&p.Taken), addedAt{&p.Added}, &p.AddedBy, db.ID(&p.Creator), &p.ChangedBy, &p.Version,
		&p.Crop.X, &p.Crop.Y, &p.Crop.W, &p.Crop.H}
}

// addedAt scans when a picture was added; 0 is not known.
type addedAt struct{ to *time.Time }

// Scan reads what [db.Time] wrote.
func (a addedAt) Scan(v any) error {
	if v == int64(0) {
		v = nil
	}
	return (*db.Millis)(a.to).Scan(v)
}

func pictureRow(p *news.Picture) []any {
	return []any{p.ID, p.Name, p.Blob, p.Served, p.Type, p.Width, p.Height, p.Size, p.Title, p.Alt, p.Caption, p.Credit,
		p.Focus.X, p.Focus.Y, db.Flag(p.FocusSet), p.Colour, db.Flag(p.Moving), p.Rights, p.Source, p.Keywords, db.Time(p.Taken),
		p.Kind(), db.Flag(p.Usable()), db.Flag(p.Alt != ""), db.Flag(p.Credit != ""), pictureWords(p),
		p.Crop.X, p.Crop.Y, p.Crop.W, p.Crop.H}
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
	p.Version, p.Crop = 1, news.Crop{} // a crop comes with what shows it
	added := any(0)
	if !p.Added.IsZero() {
		added = p.Added.UnixMilli()
	}
	tx.change(news.PictureRef(p.ID))
	if _, err = tx.writePicture(ctx, p.ID, insertPicture, append(pictureRow(p), added, p.AddedBy, db.Ref(p.Creator), db.Time(p.RightsEnd))...); err != nil || !p.Image() {
		return err
	}
	return tx.QueueRenditions(ctx, p.ID)
}

// UpdatePicture stores all that is told about a picture, but for what is found or
// set later: while the file stays the same, so do focus, crop, colour and whether
// it moves. With another file what was found is forgotten, the focus that an editor
// set stays, and the renditions are made anew, of the whole picture. p holds
// afterwards what is stored.
func (tx *Tx) UpdatePicture(ctx context.Context, p *news.Picture) error {
	was, err := tx.Picture(ctx, p.ID)
	if err != nil {
		return err
	}
	if p.FocusSet = was.FocusSet; was.FocusSet {
		p.Focus = was.Focus
	}
	if p.Served == was.Served {
		p.Focus, p.Crop, p.Colour, p.Moving = was.Focus, was.Crop, was.Colour, was.Moving
	}
	tx.change(news.PictureRef(p.ID))
	p.Version = was.Version + 1
	if _, err := tx.writePicture(ctx, p.ID, updatePicture, pictureRow(p)...); err != nil || p.Served == was.Served {
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

// DescribePicture stores what is told about a picture, with the end of its rights,
// over the version that it was read at; p.Version becomes the new one. When
// somebody else has written it meanwhile, that is a fault of kind Conflict and
// nothing is stored.
func (tx *Tx) DescribePicture(ctx context.Context, p *news.Picture, by string) error {
	tx.change(news.PictureRef(p.ID))
	n, err := tx.writePicture(ctx, p.ID, describePicture, p.ID, p.Title, p.Alt, p.Caption, p.Credit, p.Rights, p.Source, p.Keywords, db.Time(p.RightsEnd), db.Flag(p.Ended),
		db.Flag(p.Alt != ""), db.Flag(p.Credit != ""), pictureWords(p), by, p.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has changed this picture meanwhile")
	}
	p.Version, p.ChangedBy = p.Version+1, by
	return err
}

// SameFile is the first picture besides id with these bytes, by the key of the
// original; 0 for none.
func (r Reader) SameFile(ctx context.Context, blob string, id news.PictureID) (news.PictureID, error) {
	if blob == "" {
		return 0, nil
	}
	all, err := db.Values[news.PictureID](ctx, r.s, pictureByBlob, blob, id)
	return first(all), err
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
