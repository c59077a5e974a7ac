package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	letterColumns = `select id, staff_id, email, language, link, made_at, due_at, attempts, sent_at, problem from letter`
	dueLetters    = letterColumns + ` where due_at <= $1 order by due_at, id limit $2`
	letterOf      = letterColumns + ` where staff_id = $1 order by id desc limit 1`

	insertLetter = `
insert into letter (id, staff_id, email, language, link, made_at, due_at) values ($1, $2, $3, $4, $5, $6, $7)`
	claimLetter = `
update letter set staff_id = $3, due_at = $4, attempts = attempts + 1 where id = $1 and due_at = $2`
	putLetter     = `update letter set due_at = $2, sent_at = $3, problem = $4 where id = $1`
	deleteLetter  = `delete from letter where id = $1`
	deleteLetters = `delete from letter where due_at is null and made_at < $1`
)

func letterFields(l *news.Letter) []any {
	return []any{&l.ID, db.ID(&l.Staff), &l.Email, &l.Language, &l.Link, (*db.Millis)(&l.Made), (*db.Millis)(&l.Due), &l.Attempts, (*db.Millis)(&l.Sent), &l.Problem}
}

// DueLetters returns up to n letters that are to be sent at t, those due earliest
// first.
func (r Reader) DueLetters(ctx context.Context, t time.Time, n int) ([]news.Letter, error) {
	return db.All(ctx, r.s, letterFields, dueLetters, t.UnixMilli(), n)
}

// LetterOf returns the last letter to an account, be it sent or not, or a fault of
// kind NotFound.
func (r Reader) LetterOf(ctx context.Context, id news.StaffID) (news.Letter, error) {
	return db.One(ctx, r.s, letterFields, letterOf, id)
}

// InsertLetter stores a letter to be sent and gives it its id.
func (tx *Tx) InsertLetter(ctx context.Context, l *news.Letter) error {
	var err error
	if l.ID, err = tx.newIDs(ctx, "letter", 1); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, insertLetter, l.ID, db.Ref(l.Staff), l.Email, l.Language, l.Link, db.Time(l.Made), db.Time(l.Due))
	return err
}

// ClaimLetter counts an attempt to send a letter and puts its next off until then;
// false where somebody else has claimed it since it was read.
func (tx *Tx) ClaimLetter(ctx context.Context, l *news.Letter, until time.Time) (bool, error) {
	n, err := db.Exec(ctx, tx.s, claimLetter, l.ID, db.Time(l.Due), db.Ref(l.Staff), db.Time(until))
	if n > 0 {
		l.Due, l.Attempts = until, l.Attempts+1
	}
	return n > 0, err
}

// PutLetter stores what became of a letter: when it is due, when it was sent, and
// what went wrong.
func (tx *Tx) PutLetter(ctx context.Context, l *news.Letter) error {
	_, err := db.Exec(ctx, tx.s, putLetter, l.ID, db.Time(l.Due), db.Time(l.Sent), l.Problem)
	return err
}

// DeleteLetter forgets a letter.
func (tx *Tx) DeleteLetter(ctx context.Context, id int64) error {
	_, err := db.Exec(ctx, tx.s, deleteLetter, id)
	return err
}
