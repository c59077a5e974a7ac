package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	revisionsBefore = `
select article_id, version, saved_at, saved_by, verb, fields from revision
where article_id = $1 and version < $2 order by version desc limit $3`
	revisionByVersion = `
select r.article_id, r.version, r.saved_at, r.saved_by, r.verb, r.fields, b.doc, b.original
from revision r join body b on b.id = r.body_id
where r.article_id = $1 and r.version = $2`
)

// Revisions returns up to n revisions of an article before a version (0: from the
// newest on), the newest first, without their bodies.
func (r Reader) Revisions(ctx context.Context, article news.ArticleID, before, n int) ([]news.Revision, error) {
	if before <= 0 {
		before = math.MaxInt32
	}
	var list []news.Revision
	type row struct {
		news.Revision
		fields []byte
	}
	fields := func(v *row) []any {
		return []any{&v.Article, &v.Version, (*db.Millis)(&v.Saved), &v.By, &v.Verb, &v.fields}
	}
	return list, db.Each(ctx, r.s, fields, func(v *row) error {
		list = append(list, v.Revision)
		return readRevision(&list[len(list)-1], v.fields)
	}, revisionsBefore, article, before, n)
}

// Revision returns an article as it stood at a version, with its body, or a fault
// of kind NotFound.
func (r Reader) Revision(ctx context.Context, article news.ArticleID, version int) (news.Revision, error) {
	type row struct {
		news.Revision
		fields, body []byte
		original     string
	}
	got, err := db.One(ctx, r.s, func(v *row) []any {
		return []any{&v.Article, &v.Version, (*db.Millis)(&v.Saved), &v.By, &v.Verb, &v.fields, &v.body, db.Null(&v.original)}
	}, revisionByVersion, article, version)
	if err != nil {
		return got.Revision, err
	}
	err = readRevision(&got.Revision, got.fields)
	got.Fields.Body, got.Fields.Original = got.body, got.original
	return got.Revision, err
}

// readRevision fills in the fields of a revision as revisionFields wrote them.
func readRevision(v *news.Revision, fields []byte) error {
	if err := json.Unmarshal(fields, &v.Fields); err != nil {
		return fmt.Errorf("revision %d of article %d can't be read: %w", v.Version, v.Article, err)
	}
	v.Fields.ID, v.Fields.Version = v.Article, v.Version
	return nil
}
