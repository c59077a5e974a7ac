package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	paperRevisionColumns = `select part, version, saved_at, saved_by, verb, value from paper_revision`

	paperRevisionsBefore = paperRevisionColumns + ` where part = $1 and version < $2 order by version desc limit $3`
	paperRevisionByPart  = paperRevisionColumns + ` where part = $1 and version = $2`
	insertPaperRevision  = `insert into paper_revision (part, version, saved_at, saved_by, verb, value) values ($1, $2, $3, $4, $5, $6)`

	// What stood there before its first revision was written down.
	keepSettings = `
insert into paper_revision (part, version, saved_at, saved_by, verb, value)
select 'settings', version, 0, '', '', value from setting where name = 'paper'
on conflict (part, version) do nothing`
	keepMenus = `
insert into paper_revision (part, version, saved_at, saved_by, verb, value)
select 'menu/' || name, version, 0, '', '', items from menu where true
on conflict (part, version) do nothing`

	paperPreviewByHash = `select hash, paper, ends_at from paper_preview where hash = $1`
	paperPreviewsNow   = `select hash, paper, ends_at from paper_preview where ends_at > $1 order by ends_at desc, hash limit $2`
	insertPaperPreview = `insert into paper_preview (hash, paper, ends_at) values ($1, $2, $3)`
	endPaperPreviews   = `delete from paper_preview where ends_at <= $1`
)

func paperRevisionFields(p *news.PaperRevision) []any {
	return []any{&p.Part, &p.Version, (*db.Millis)(&p.Saved), &p.By, &p.Verb, &p.Value}
}

// PaperRevisions returns up to n revisions of a part of the paper before a version
// (0: from the newest on), the newest first.
func (r Reader) PaperRevisions(ctx context.Context, part string, before, n int) ([]news.PaperRevision, error) {
	if before <= 0 {
		before = math.MaxInt32
	}
	list, err := db.All(ctx, r.s, paperRevisionFields, paperRevisionsBefore, part, before, n)
	for i := range list {
		unknownTime(&list[i])
	}
	return list, err
}

// PaperRevision returns what a part of the paper said from a version on, or a fault
// of kind NotFound.
func (r Reader) PaperRevision(ctx context.Context, part string, version int) (news.PaperRevision, error) {
	p, err := db.One(ctx, r.s, paperRevisionFields, paperRevisionByPart, part, version)
	unknownTime(&p)
	return p, err
}

func unknownTime(p *news.PaperRevision) {
	if p.Saved.UnixMilli() == 0 {
		p.Saved = time.Time{}
	}
}

func (tx *Tx) writeDown(ctx context.Context, p news.PaperRevision) error {
	_, err := db.Exec(ctx, tx.s, insertPaperRevision, p.Part, p.Version, p.Saved.UnixMilli(), p.By, p.Verb, string(p.Value))
	return err
}

// KeepPaper writes down how settings and menus stand, where that was not done when
// they were written: before a table for it was there.
func (tx *Tx) KeepPaper(ctx context.Context) error {
	for _, q := range []string{keepSettings, keepMenus} {
		if _, err := db.Exec(ctx, tx.s, q); err != nil {
			return err
		}
	}
	return nil
}

// PaperPreview returns what a secret link to the front page shows, by the hash of
// its token, also one that has ended, or a fault of kind NotFound.
func (r Reader) PaperPreview(ctx context.Context, hash string) (news.PaperPreview, error) {
	got, err := db.One(ctx, r.s, paperPreviewFields, paperPreviewByHash, hash)
	if err != nil {
		return news.PaperPreview{Hash: hash}, err
	}
	return got.read()
}

// PaperPreviews returns up to n such links that lead somewhere at a moment, those
// that end last first.
func (r Reader) PaperPreviews(ctx context.Context, at time.Time, n int) ([]news.PaperPreview, error) {
	rows, err := db.All(ctx, r.s, paperPreviewFields, paperPreviewsNow, at.UnixMilli(), n)
	var list []news.PaperPreview
	for _, row := range rows {
		if p, err := row.read(); err == nil { // else it is one of another version of the program
			list = append(list, p)
		}
	}
	return list, err
}

type paperPreviewRow struct {
	hash  string
	paper []byte
	ends  time.Time
}

func paperPreviewFields(r *paperPreviewRow) []any {
	return []any{&r.hash, &r.paper, (*db.Millis)(&r.ends)}
}

func (r *paperPreviewRow) read() (news.PaperPreview, error) {
	p := news.PaperPreview{Hash: r.hash, Ends: r.ends}
	if err := json.Unmarshal(r.paper, &p); err != nil {
		return p, fault.Wrap(fault.NotFound, err, "this preview can't be read")
	}
	return p, nil
}

// InsertPaperPreview stores such a link.
func (tx *Tx) InsertPaperPreview(ctx context.Context, p news.PaperPreview) error {
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("a preview can't be written: %w", err)
	}
	_, err = db.Exec(ctx, tx.s, insertPaperPreview, p.Hash, string(text), p.Ends.UnixMilli())
	return err
}

// EndPaperPreviews forgets those that have ended at a moment, and returns how many.
func (tx *Tx) EndPaperPreviews(ctx context.Context, at time.Time) (int64, error) {
	return db.Exec(ctx, tx.s, endPaperPreviews, at.UnixMilli())
}
