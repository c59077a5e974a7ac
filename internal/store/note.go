package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	noteColumns = `
select id, article_id, parent_id, staff_id, made_at, body, block, quote, prefix, suffix, resolved_at, resolved_by from note`
	notesOf = noteColumns + ` where article_id = $1 order by id`
	noteOf  = noteColumns + ` where article_id = $1 and id = $2`

	insertNote = `
insert into note (id, article_id, parent_id, staff_id, made_at, body, block, quote, prefix, suffix)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	moveNote    = `update note set block = $3, quote = $4, prefix = $5, suffix = $6 where article_id = $1 and id = $2 and quote <> ''`
	resolveNote = `update note set resolved_at = $2, resolved_by = $3 where id = $1`
)

func noteFields(n *news.Note) []any {
	return []any{&n.ID, &n.Article, db.ID(&n.Parent), &n.By, (*db.Millis)(&n.Made), &n.Text, &n.Passage.Block, &n.Passage.Quote, &n.Passage.Prefix, &n.Passage.Suffix,
		(*db.Millis)(&n.Resolved), db.ID(&n.ResolvedBy)}
}

// Notes returns all notes of an article, answers too, in the order in which they
// were made. They are for the newsroom only, and no ref is noted.
func (r Reader) Notes(ctx context.Context, article news.ArticleID) ([]news.Note, error) {
	return db.All(ctx, r.s, noteFields, notesOf, article)
}

// Note returns a note of an article, or a fault of kind NotFound.
func (r Reader) Note(ctx context.Context, article news.ArticleID, id news.NoteID) (news.Note, error) {
	return db.One(ctx, r.s, noteFields, noteOf, article, id)
}

// InsertNote stores a new note and gives it its id.
func (tx *Tx) InsertNote(ctx context.Context, n *news.Note) error {
	id, err := tx.newIDs(ctx, "note", 1)
	if err != nil {
		return err
	}
	n.ID = news.NoteID(id)
	_, err = db.Exec(ctx, tx.s, insertNote, n.ID, n.Article, db.Ref(n.Parent), n.By, db.Time(n.Made), n.Text, n.Passage.Block, n.Passage.Quote, n.Passage.Prefix, n.Passage.Suffix)
	return err
}

// ResolveNote says since when a note is settled, and by whom; the zero time and 0
// open it again.
func (tx *Tx) ResolveNote(ctx context.Context, id news.NoteID, at time.Time, by news.StaffID) error {
	_, err := db.Exec(ctx, tx.s, resolveNote, id, db.Time(at), db.Ref(by))
	return err
}

// MoveNote says where the passage of a note is now. One that is of no passage stays.
func (tx *Tx) MoveNote(ctx context.Context, article news.ArticleID, id news.NoteID, p news.Passage) error {
	_, err := db.Exec(ctx, tx.s, moveNote, article, id, p.Block, p.Quote, p.Prefix, p.Suffix)
	return err
}
