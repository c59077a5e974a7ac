package desk

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// CropPicture says which part of a picture readers see; the zero crop shows all of
// it again. Seen is the blob of the file that the caller has cropped; with another
// one now it is a Conflict. The file stays as it is, and so does a focus that was
// set. The part is made before anybody can ask for it, so that nobody gets more in
// its place; its sizes follow in the background. A crop that the picture can't have
// is an Invalid fault with a [news.FieldProblem] for the field "crop".
func (d *Desk) CropPicture(ctx context.Context, room *media.Darkroom, who Who, id news.PictureID, seen string, c news.Crop) error {
	was, err := d.pictureSeen(ctx, id, seen)
	if err != nil {
		return err
	}
	if c.X == 0 && c.Y == 0 && c.W == was.Width && c.H == was.Height {
		c = news.Crop{}
	}
	if problem := was.CheckCrop(c); problem != "" {
		return wrongCrop(problem)
	}
	if was.Crop == c {
		return nil
	}
	p := was
	p.Crop, p.Colour = c, ""
	if !p.FocusSet { // it is found again in what is shown now
		p.Focus = news.Focus{}
	}
	return d.showOtherwise(ctx, room, &was, &p, func(tx *store.Tx, now time.Time) error {
		said := "all of it"
		if c != (news.Crop{}) {
			said = fmt.Sprintf("%d × %d at %d, %d", c.W, c.H, c.X, c.Y)
		}
		return tx.Audit(ctx, now, string(who), "crop", pictureTarget(id), said)
	})
}

// pictureSeen is a picture whose file is still the one that somebody has seen.
func (d *Desk) pictureSeen(ctx context.Context, id news.PictureID, blob string) (news.Picture, error) {
	p, err := d.store.Picture(ctx, id)
	if err == nil && p.Blob != blob {
		err = fault.New(fault.Conflict, "somebody else has replaced this picture meanwhile")
	}
	return p, err
}

func wrongCrop(problem news.FieldProblem) error {
	return &fault.Error{Kind: fault.Invalid, Public: "the picture can't be cropped so", Fields: map[string]string{"crop": string(problem)}}
}

// showOtherwise makes what must be there of a picture with another crop or file,
// and stores both in one transaction with what more does.
func (d *Desk) showOtherwise(ctx context.Context, room *media.Darkroom, was, p *news.Picture, more func(tx *store.Tx, now time.Time) error) error {
	whole, cropped := media.Whole(p)
	if !cropped && p.Crop != (news.Crop{}) {
		return wrongCrop(news.NoCrop) // its pixels can't be read here
	}
	var made []store.Rendition
	if cropped {
		out, err := room.Develop(ctx, p, func(name, _ string) bool { return name != whole.Name })
		if problem := media.Problem(err); problem != "" {
			return wrongCrop(problem)
		}
		if err != nil {
			return err
		}
		p.Focus, p.Colour, p.Moving = out.Focus, out.Colour, out.Moving
		made = printed(out.Prints)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.ShowOtherwise(ctx, was, p, made, now.Add(blobGrace)); err != nil {
			return err
		}
		return more(tx, now)
	})
}
