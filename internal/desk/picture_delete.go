package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// blobGrace is how long the files of a deleted picture stay on the disk. Somebody
// may be about to add the same file, whose bytes are then not written again.
const blobGrace = time.Hour

// DeletePicture takes a picture that stands nowhere out of the library, as of the
// version that the caller has seen: its address answers that it is gone. One that
// is used, be it in a draft or in what somebody has typed and not saved, is an
// Invalid fault. The files go later, see [Desk.DropBlobs].
func (d *Desk) DeletePicture(ctx context.Context, who Who, id news.PictureID, version int) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p, err := tx.Picture(ctx, id)
		if err != nil {
			return err
		}
		if p.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this picture meanwhile")
		}
		used, err := tx.UsesOfPicture(ctx, id, 1)
		if err != nil {
			return err
		}
		if len(used) > 0 {
			return fault.New(fault.Invalid, "the picture is used and can't be deleted")
		}
		if err := tx.DeletePicture(ctx, &p, now.Add(blobGrace)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "delete", pictureTarget(id), p.Name)
	})
}

// DiscardFile lets a file go that was kept on the disk and is no picture's after
// all, unless another has it.
func (d *Desk) DiscardFile(ctx context.Context, blob string) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error { return tx.QueueBlob(ctx, blob, now.Add(blobGrace)) })
}

// DropBlobs takes files of deleted pictures from the disk whose time has come,
// unless another picture has the same bytes, and returns how many.
func (d *Desk) DropBlobs(ctx context.Context, disk *media.Disk) (done int, err error) {
	const atOnce = 50 // the store's writer waits meanwhile
	due, err := d.store.BlobsDue(ctx, d.now(), atOnce)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		done = 0
		for _, blob := range due {
			needed, err := tx.BlobNeeded(ctx, blob)
			if err != nil {
				return err
			}
			if !needed {
				put, err := disk.LastPut(blob)
				if err != nil {
					return err
				}
				if now.Sub(put) < blobGrace { // somebody has just brought the same
					if err := tx.QueueBlob(ctx, blob, now.Add(blobGrace)); err != nil {
						return err
					}
					continue
				}
				if err := disk.Remove(blob); err != nil {
					return err
				}
				done++
			}
			if err := tx.UnqueueBlob(ctx, blob); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}
