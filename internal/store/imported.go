package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	importSource       = `select id from import_source where address = $1`
	insertImportSource = `insert into import_source (id, kind, address) values ($1, $2, $3)`

	importedColumns = `select source_id, noun, old_id, new_id, hash, version from imported`
	importedByOldID = importedColumns + `
where source_id = $1 and noun = $2 and old_id in (select value from json_each($3)) -- sqlite
where source_id = $1 and noun = $2 and old_id in (select json_array_elements_text($3::json)) -- postgres`
	importedAnywhere = importedColumns + ` where noun = $1 and old_id = $2 order by source_id limit 1`
	importedAfter    = importedColumns + ` where source_id = $1 and noun = $2 and old_id > $3 order by old_id limit $4`

	putImported = `
insert into imported (source_id, noun, old_id, new_id, hash, version) values ($1, $2, $3, $4, $5, $6)
on conflict (source_id, noun, old_id) do update set new_id = excluded.new_id, hash = excluded.hash, version = excluded.version`

	putOpenReference = `
insert into open_reference (source_id, article_id, kind, old_id) values ($1, $2, $3, $4)
on conflict (source_id, article_id, kind, old_id) do nothing`
	openReferences = `
select source_id, article_id, kind, old_id from open_reference
where source_id = $1 and article_id > $2 order by article_id, kind, old_id limit $3`
	closeReference = `delete from open_reference where source_id = $1 and article_id = $2 and kind = $3 and old_id = $4`

	setSocialPicture = `update article set social_picture_id = $2 where id = $1 and social_picture_id is null`
	setLeadPicture   = `update article set lead_picture_id = $2 where id = $1 and lead_picture_id is null`
	setParent        = `update article set parent_id = $2 where id = $1`
	replaceBody      = `update body set doc = $2 where id = $1`
	bodyDoc          = `select b.id, b.doc from article a join body b on b.id = a.body_id where a.id = $1`
	parentOfArticle  = `select parent_id from article where id = $1`
)

// SourceID names an old system that was imported from.
type SourceID int64

// Imported says what an item of an old system became here. Version is the
// article's version after its last import; for other nouns 0.
type Imported struct {
	Source  SourceID
	Noun    news.Noun
	OldID   string
	NewID   int64
	Hash    string
	Version int
}

// OpenReference is something that an imported article names and that was not
// there when it came.
type OpenReference struct {
	Source  SourceID
	Article news.ArticleID
	Kind    OpenKind
	OldID   string
}

// OpenKind says what an open reference is for.
type OpenKind string

// The kinds of open reference. OpenBody stands for all links and pictures of the
// body at once; its OldID is "".
const (
	OpenLead   OpenKind = "lead picture"
	OpenSocial OpenKind = "social picture"
	OpenParent OpenKind = "parent"
	OpenBody   OpenKind = "body"
)

func importedFields(i *Imported) []any {
	return []any{&i.Source, &i.Noun, &i.OldID, &i.NewID, &i.Hash, &i.Version}
}

func openFields(o *OpenReference) []any {
	return []any{&o.Source, &o.Article, &o.Kind, &o.OldID}
}

// ImportSource returns the id of an old site, which is stored when it is new.
func (tx *Tx) ImportSource(ctx context.Context, kind, address string) (SourceID, error) {
	old, err := db.Values[SourceID](ctx, tx.s, importSource, address)
	if err != nil || len(old) > 0 {
		return first(old), err
	}
	id, err := tx.newIDs(ctx, "import_source", 1)
	if err != nil {
		return 0, err
	}
	_, err = db.Exec(ctx, tx.s, insertImportSource, id, kind, address)
	return SourceID(id), err
}

// FindImportSource returns the id of an old site, 0 when nothing was imported
// from it yet.
func (r Reader) FindImportSource(ctx context.Context, address string) (SourceID, error) {
	old, err := db.Values[SourceID](ctx, r.s, importSource, address)
	return first(old), err
}

// Imported returns what these items of a source became, by old id; those that
// were not imported are absent.
func (r Reader) Imported(ctx context.Context, source SourceID, noun news.Noun, oldIDs []string) (map[string]Imported, error) {
	all := make(map[string]Imported, len(oldIDs))
	err := db.Each(ctx, r.s, importedFields, func(i *Imported) error {
		all[i.OldID] = *i
		return nil
	}, importedByOldID, source, noun, textList(oldIDs))
	return all, err
}

// ImportedAnywhere returns what the item with that old id became, from the first
// source that had one, or a fault of kind NotFound.
func (r Reader) ImportedAnywhere(ctx context.Context, noun news.Noun, oldID string) (Imported, error) {
	return db.One(ctx, r.s, importedFields, importedAnywhere, noun, oldID)
}

// ImportedAfter goes through all imported items of a noun in the order of their
// old ids, n at a time.
func (r Reader) ImportedAfter(ctx context.Context, source SourceID, noun news.Noun, after string, n int) ([]Imported, error) {
	return db.All(ctx, r.s, importedFields, importedAfter, source, noun, after, n)
}

// PutImported writes down what items became.
func (tx *Tx) PutImported(ctx context.Context, list []Imported) error {
	rows := make([][]any, len(list))
	for i, m := range list {
		rows[i] = []any{m.Source, m.Noun, m.OldID, m.NewID, m.Hash, m.Version}
	}
	return db.Insert(ctx, tx.s, putImported, rows)
}

// PutOpenReferences writes down what could not be found yet.
func (tx *Tx) PutOpenReferences(ctx context.Context, list []OpenReference) error {
	rows := make([][]any, len(list))
	for i, o := range list {
		rows[i] = []any{o.Source, o.Article, o.Kind, o.OldID}
	}
	return db.Insert(ctx, tx.s, putOpenReference, rows)
}

// OpenReferences returns up to n of a source's open references, by article,
// beginning after an article.
func (r Reader) OpenReferences(ctx context.Context, source SourceID, after news.ArticleID, n int) ([]OpenReference, error) {
	return db.All(ctx, r.s, openFields, openReferences, source, after, n)
}

// CloseReference removes an open reference that was found.
func (tx *Tx) CloseReference(ctx context.Context, o OpenReference) error {
	_, err := db.Exec(ctx, tx.s, closeReference, o.Source, o.Article, o.Kind, o.OldID)
	return err
}

// Body is a text that an article and its revisions share.
type Body struct {
	ID      int64
	Article news.ArticleID
	Doc     []byte
}

// Body returns an article's body alone.
func (r Reader) Body(ctx context.Context, id news.ArticleID) (Body, error) {
	b, err := db.One(ctx, r.s, func(b *Body) []any { return []any{&b.ID, &b.Doc} }, bodyDoc, id)
	b.Article = id
	return b, err
}

// CompleteBody replaces an imported article's body, in the article and its
// revisions alike, by one in which references were resolved: that is not an
// edit, and the version stays. An edit since the body was read has a body of its
// own, which is left alone.
func (tx *Tx) CompleteBody(ctx context.Context, b Body) error {
	tx.change(news.ArticleBodyRef(b.Article))
	if _, err := db.Exec(ctx, tx.s, replaceBody, b.ID, string(b.Doc)); err != nil {
		return err
	}
	return tx.useAsStored(ctx, b.Article)
}

// CompleteLead gives an imported article its lead picture.
func (tx *Tx) CompleteLead(ctx context.Context, id news.ArticleID, p news.PictureID) error {
	tx.change(news.ArticleRef(id), news.ArticleBodyRef(id))
	if _, err := db.Exec(ctx, tx.s, setLeadPicture, id, p); err != nil {
		return err
	}
	return tx.useAsStored(ctx, id)
}

// CompleteSocial gives an imported article its picture for other sites.
func (tx *Tx) CompleteSocial(ctx context.Context, id news.ArticleID, p news.PictureID) error {
	tx.change(news.ArticleRef(id), news.ArticleBodyRef(id))
	if _, err := db.Exec(ctx, tx.s, setSocialPicture, id, p); err != nil {
		return err
	}
	return tx.useAsStored(ctx, id)
}

// CompleteParent puts an imported standing page below another; false, and
// nothing is stored, where it would then stand below itself.
func (tx *Tx) CompleteParent(ctx context.Context, id, parent news.ArticleID) (bool, error) {
	for up, steps := parent, 0; up != 0; steps++ {
		if up == id || steps > 100 {
			return false, nil
		}
		next, err := db.Value[nullableID](ctx, tx.s, parentOfArticle, up)
		if err != nil {
			return false, err
		}
		up = news.ArticleID(next)
	}
	tx.change(news.ArticleRef(id), news.ArticleBodyRef(id), news.ArticlesBelowRef(parent))
	_, err := db.Exec(ctx, tx.s, setParent, id, parent)
	return true, err
}

// nullableID scans NULL as 0.
type nullableID int64

// Scan reads an id or NULL.
func (n *nullableID) Scan(v any) error {
	id, _ := v.(int64)
	*n = nullableID(id)
	return nil
}

func first[T any](list []T) (zero T) {
	if len(list) > 0 {
		return list[0]
	}
	return zero
}
