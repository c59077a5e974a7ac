package desk

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// AddPicture stores a picture whose bytes are in the blob store, gives it its
// id, and the address p.Path or the next free one like it; where that is "", one
// under /pictures/ made of the month and the file's name.
func (d *Desk) AddPicture(ctx context.Context, who Who, p *news.Picture) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error { return addPicture(ctx, tx, who, p, now) })
}

// UploadPicture is AddPicture of what somebody of the staff brings, p.Creator,
// unless the library has a file with the same bytes: then nothing is stored, and
// its id is returned. With again it is stored all the same. Texts that are longer
// than they may be, as the file tells them, are cut.
func (d *Desk) UploadPicture(ctx context.Context, who Who, p *news.Picture, again bool) (there news.PictureID, err error) {
	p.Shorten()
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if there, err = tx.SameFile(ctx, p.Blob, 0); err != nil || there != 0 && !again {
			return err
		}
		there = 0
		return addPicture(ctx, tx, who, p, now)
	})
	return there, err
}

func addPicture(ctx context.Context, tx *store.Tx, who Who, p *news.Picture, now time.Time) error {
	p.Added, p.AddedBy = now, string(who)
	if err := insertPicture(ctx, tx, p, now); err != nil {
		return err
	}
	return tx.Audit(ctx, now, string(who), "add", pictureTarget(p.ID), p.Name)
}

func pictureTarget(id news.PictureID) news.Target {
	return news.Target{Noun: news.PictureNoun, ID: int64(id)}
}

func insertPicture(ctx context.Context, tx *store.Tx, p *news.Picture, now time.Time) error {
	want := p.Path
	if want == "" {
		ext := path.Ext(p.Name)
		want = now.Format("/pictures/2006/01/") + cmp.Or(slug(strings.TrimSuffix(p.Name, ext)), "picture") + strings.ToLower(ext)
	}
	if err := tx.InsertPicture(ctx, p); err != nil {
		return err
	}
	var err error
	if p.Path, err = freePath(ctx, tx, want); err != nil {
		return err
	}
	return tx.SetAddress(ctx, news.Address{Path: p.Path, Target: news.Target{Noun: news.PictureNoun, ID: int64(p.ID)}, State: news.Current})
}

// SetFocus says what a picture's cuts must keep, in thousandths of its width and
// height from the top left; the zero focus has it found again. The cuts follow in
// the background. A focus outside of the picture, and a file without pixels, are
// Invalid faults.
func (d *Desk) SetFocus(ctx context.Context, who Who, id news.PictureID, f news.Focus) error {
	if f != (news.Focus{}) && (f.X < 1 || f.X > 1000 || f.Y < 1 || f.Y > 1000) {
		return fault.New(fault.Invalid, "The focus must lie in the picture.")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p, err := tx.Picture(ctx, id)
		if err != nil {
			return err
		}
		if !p.Image() {
			return fault.New(fault.Invalid, "%s has no pixels, and so no focus.", p.Name)
		}
		if err := tx.FocusPicture(ctx, id, f); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "focus", pictureTarget(id), fmt.Sprintf("%d %d", f.X, f.Y))
	})
}

// DescribePicture stores what is told about a picture: title, text in its place,
// caption, credit, source, rights with their end, and keywords; over the version
// that it was read at, which else is a Conflict. What is too long, and was not
// before, is an Invalid fault with its fields.
func (d *Desk) DescribePicture(ctx context.Context, who Who, p news.Picture) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		was, err := tx.Picture(ctx, p.ID)
		if err != nil {
			return err
		}
		if p.Version != was.Version {
			return fault.New(fault.Conflict, "somebody else has changed this picture meanwhile")
		}
		return describe(ctx, tx, who, &was, &p, now)
	})
}

// describe stores what is told otherwise of a picture than before.
func describe(ctx context.Context, tx *store.Tx, who Who, was, p *news.Picture, now time.Time) error {
	before, wrong := was.TooLong(), map[string]string{}
	for field := range p.TooLong() {
		if _, already := before[field]; !already {
			wrong[field] = string(news.TooLong)
		}
	}
	if len(wrong) > 0 {
		return &fault.Error{Kind: fault.Invalid, Public: "something is too long", Fields: wrong}
	}
	changed := was.Differs(p)
	if len(changed) == 0 {
		return nil
	}
	p.Ended = !p.RightsEnd.IsZero() && !p.RightsEnd.After(now)
	if err := tx.DescribePicture(ctx, p, string(who)); err != nil {
		return err
	}
	return tx.Audit(ctx, now, string(who), "describe", pictureTarget(p.ID), strings.Join(changed, ", "))
}

// SetRightsEnd says until when a picture may be shown; the zero time is for ever.
// From then on readers get it nowhere, and the address of its file says that it
// is gone; with a later end it comes back.
func (d *Desk) SetRightsEnd(ctx context.Context, who Who, id news.PictureID, end time.Time) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if _, err := tx.Picture(ctx, id); err != nil {
			return err
		}
		if err := tx.SetRights(ctx, id, end, !end.IsZero() && !end.After(now)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "rights", pictureTarget(id), end.Format(time.RFC3339))
	})
}
