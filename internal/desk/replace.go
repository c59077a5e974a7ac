package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// replacedFor is how long the file before the present one can be put back.
const replacedFor = 30 * 24 * time.Hour

// ReplacePicture puts a file whose bytes are in the blob store in the place of a
// picture's; seen is the blob of the one that the caller has seen there, and with
// another one now it is a Conflict. Id, address and all that is told about the
// picture stay; whatever shows it shows the new file at once. The old one can be put
// back by [Desk.PutBackPicture], for 30 days. A file of another kind is an Invalid
// fault with a [news.FieldProblem] for the field "file".
func (d *Desk) ReplacePicture(ctx context.Context, room *media.Darkroom, who Who, id news.PictureID, seen string, file *news.Picture) error {
	return d.replace(ctx, room, who, "replace", id, seen, file)
}

// PutBackPicture puts the file before the present one back in its place; the
// present one becomes the one before.
func (d *Desk) PutBackPicture(ctx context.Context, room *media.Darkroom, who Who, id news.PictureID, seen string) error {
	before, ok, err := d.store.ReplacedFile(ctx, id)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "there is no file from before")
	}
	return d.replace(ctx, room, who, "put back", id, seen, &before.File)
}

func (d *Desk) replace(ctx context.Context, room *media.Darkroom, who Who, verb string, id news.PictureID, seen string, file *news.Picture) error {
	was, err := d.pictureSeen(ctx, id, seen)
	if err != nil || was.Blob == file.Blob {
		return err
	}
	p := was
	if problem := p.TakeFile(file); problem != "" {
		return &fault.Error{Kind: fault.Invalid, Public: "the file is of another kind", Fields: map[string]string{"file": string(problem)}}
	}
	return d.showOtherwise(ctx, room, &was, &p, func(tx *store.Tx, now time.Time) error {
		if err := tx.PutReplaced(ctx, news.ReplacedFile{File: was, At: now, By: string(who)}, now.Add(blobGrace)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), verb, pictureTarget(id), was.Name+" → "+p.Name)
	})
}

// DropReplaced lets files go that were replaced long ago, and returns how many.
func (d *Desk) DropReplaced(ctx context.Context) (done int, err error) {
	const atOnce = 50 // the store's writer waits meanwhile
	due, err := d.store.ReplacedUntil(ctx, d.now().Add(-replacedFor), atOnce)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	return len(due), d.update(ctx, func(tx *store.Tx, now time.Time) error {
		for _, f := range due {
			if err := tx.ForgetReplaced(ctx, f.File.ID, now.Add(blobGrace)); err != nil {
				return err
			}
		}
		return nil
	})
}
