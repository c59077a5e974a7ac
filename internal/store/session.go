package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	sessionColumns = `
select id, staff_id, device, address, began_at, seen_at from staff_session`

	sessionByHash = sessionColumns + ` where hash = $1`
	sessionsOf    = sessionColumns + ` where staff_id = $1 order by seen_at desc, id desc`

	insertSession = `
insert into staff_session (id, staff_id, hash, device, address, began_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7)`
	seeSession    = `update staff_session set seen_at = $2 where id = $1 and seen_at < $2`
	deleteSession = `delete from staff_session where id = $1 and staff_id = $2`
	deleteOthers  = `delete from staff_session where staff_id = $1 and id <> $2`
	deleteStale   = `delete from staff_session where seen_at < $1 or began_at < $2`

	insertPending = `
insert into staff_pending (hash, kind, staff_id, data, expires_at) values ($1, $2, $3, $4, $5)`
	pendingByHash = `
select kind, staff_id, data, expires_at from staff_pending where hash = $1 and kind = $2`
	takePending = `
delete from staff_pending where hash = $1 and kind = $2
returning kind, staff_id, data, expires_at`
	deletePending = `delete from staff_pending where expires_at < $1`
	dropPending   = `delete from staff_pending where staff_id = $1`
)

func sessionFields(s *news.Session) []any {
	return []any{&s.ID, &s.Staff, &s.Device, &s.From, (*db.Millis)(&s.Began), (*db.Millis)(&s.Seen)}
}

// Session returns the session whose secret has that hash, which may be over, or
// a fault of kind NotFound.
func (r Reader) Session(ctx context.Context, hash string) (news.Session, error) {
	return db.One(ctx, r.s, sessionFields, sessionByHash, hash)
}

// Sessions returns somebody's sessions, the one seen last first. Some may be over.
func (r Reader) Sessions(ctx context.Context, id news.StaffID) ([]news.Session, error) {
	return db.All(ctx, r.s, sessionFields, sessionsOf, id)
}

// InsertSession stores a session and gives it its id.
func (tx *Tx) InsertSession(ctx context.Context, s *news.Session, hash string) error {
	id, err := tx.newIDs(ctx, "staff_session", 1)
	if err != nil {
		return err
	}
	s.ID = id
	_, err = db.Exec(ctx, tx.s, insertSession, s.ID, s.Staff, hash, s.Device, s.From, db.Time(s.Began), db.Time(s.Seen))
	return err
}

// SeeSession notes when a session made a request.
func (tx *Tx) SeeSession(ctx context.Context, id int64, at time.Time) error {
	_, err := db.Exec(ctx, tx.s, seeSession, id, at.UnixMilli())
	return err
}

// DeleteSession ends a session of that account; false where it has none with that
// id.
func (tx *Tx) DeleteSession(ctx context.Context, staff news.StaffID, id int64) (bool, error) {
	n, err := db.Exec(ctx, tx.s, deleteSession, id, staff)
	return n > 0, err
}

// DeleteSessions ends somebody's sessions but the one to keep, 0 for none, and
// all signing in that has begun.
func (tx *Tx) DeleteSessions(ctx context.Context, staff news.StaffID, keep int64) error {
	if _, err := db.Exec(ctx, tx.s, dropPending, staff); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx.s, deleteOthers, staff, keep)
	return err
}

// Tidy drops sessions that are over at a moment, signing in that was never
// finished, devices that nobody has used for long, and what became of letters.
func (tx *Tx) Tidy(ctx context.Context, now time.Time) error {
	if _, err := db.Exec(ctx, tx.s, deleteStale, now.Add(-news.SessionIdle).UnixMilli(), now.Add(-news.SessionLife).UnixMilli()); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx.s, deletePending, now.UnixMilli()); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx.s, forgetUnseen, now.Add(-news.DeviceLife).UnixMilli()); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx.s, deleteLetters, now.Add(-news.LetterKept).UnixMilli())
	return err
}

// Pending is signing in that has begun and waits for its second part.
type Pending struct {
	Kind    string
	Staff   news.StaffID // 0 while it is not known who it is
	Data    string
	Expires time.Time
}

func pendingFields(p *Pending) []any {
	return []any{&p.Kind, db.ID(&p.Staff), &p.Data, (*db.Millis)(&p.Expires)}
}

// InsertPending stores what has begun under the hash of its secret.
func (tx *Tx) InsertPending(ctx context.Context, p Pending, hash string) error {
	_, err := db.Exec(ctx, tx.s, insertPending, hash, p.Kind, db.Ref(p.Staff), p.Data, db.Time(p.Expires))
	return err
}

// Pending returns what has begun of that kind, which may have expired, or a fault
// of kind NotFound.
func (r Reader) Pending(ctx context.Context, hash, kind string) (Pending, error) {
	return db.One(ctx, r.s, pendingFields, pendingByHash, hash, kind)
}

// TakePending is Pending that also takes it away, so that it counts once.
func (tx *Tx) TakePending(ctx context.Context, hash, kind string) (Pending, error) {
	return db.One(ctx, tx.s, pendingFields, takePending, hash, kind)
}
