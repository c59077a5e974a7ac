package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	deletePicture  = `delete from picture where id = $1`
	unqueuePicture = `delete from rendition_queue where picture_id = $1`
	forgetImported = `delete from imported where noun = 'picture' and new_id = $1`

	queueBlob   = `insert into blob_queue (blob, due_at) values ($1, $2) on conflict (blob) do update set due_at = excluded.due_at`
	unqueueBlob = `delete from blob_queue where blob = $1`
	blobsDue    = `select blob from blob_queue where due_at <= $1 order by due_at, blob limit $2`
	blobNeeded  = `
select exists (select 1 from picture where blob = $1) or exists (select 1 from picture where served = $1) or exists (select 1 from rendition where blob = $1)
	or exists (select 1 from picture_before where blob = $1) or exists (select 1 from picture_before where served = $1)`
)

// DeletePicture forgets a picture and its renditions, has its addresses answer that
// it is gone, and lets the files wait until due, when they may be taken from the
// disk. Nothing may use the picture.
func (tx *Tx) DeletePicture(ctx context.Context, p *news.Picture, due time.Time) error {
	tx.change(news.PictureRef(p.ID))
	made, err := tx.Renditions(ctx, p.ID)
	if err != nil {
		return err
	}
	blobs := map[string]bool{p.Blob: true, p.Served: true}
	if before, ok, err := tx.ReplacedFile(ctx, p.ID); err != nil {
		return err
	} else if ok {
		blobs[before.File.Blob], blobs[before.File.Served] = true, true
	}
	for _, r := range made {
		blobs[r.Blob] = true
	}
	for blob := range blobs {
		if blob == "" {
			continue
		}
		if err := tx.QueueBlob(ctx, blob, due); err != nil {
			return err
		}
	}
	if err := tx.closeAddresses(ctx, news.Target{Noun: news.PictureNoun, ID: int64(p.ID)}); err != nil {
		return err
	}
	for _, q := range []string{dropRenditions, unqueuePicture, forgetImported, forgetReplaced} {
		if _, err := db.Exec(ctx, tx.s, q, p.ID); err != nil {
			return err
		}
	}
	_, err = tx.writePicture(ctx, p.ID, deletePicture, p.ID)
	return err
}

// QueueBlob lets a file that may not be needed any more wait until due.
func (tx *Tx) QueueBlob(ctx context.Context, blob string, due time.Time) error {
	_, err := db.Exec(ctx, tx.s, queueBlob, blob, due.UnixMilli())
	return err
}

// UnqueueBlob takes a file off that queue.
func (tx *Tx) UnqueueBlob(ctx context.Context, blob string) error {
	_, err := db.Exec(ctx, tx.s, unqueueBlob, blob)
	return err
}

// BlobsDue returns up to n files whose time has come.
func (r Reader) BlobsDue(ctx context.Context, now time.Time, n int) ([]string, error) {
	return db.Values[string](ctx, r.s, blobsDue, now.UnixMilli(), n)
}

// BlobNeeded reports whether a picture or a rendition has this file.
func (r Reader) BlobNeeded(ctx context.Context, blob string) (bool, error) {
	return db.Value[bool](ctx, r.s, blobNeeded, blob)
}
