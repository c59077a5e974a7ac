package desk

import (
	"cmp"
	"context"
	"path"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// AddPicture stores a picture whose bytes are in the blob store, gives it its
// id, and the address p.Path or the next free one like it; where that is "", one
// under /pictures/ made of the month and the file's name.
func (d *Desk) AddPicture(ctx context.Context, who Who, p *news.Picture) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := insertPicture(ctx, tx, p, now); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "add", news.Target{Noun: news.PictureNoun, ID: int64(p.ID)}, p.Name)
	})
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
