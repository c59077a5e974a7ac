package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	passkeyColumns = `
select id, staff_id, credential, name, record, made_at, used_at from passkey`

	passkeysOf          = passkeyColumns + ` where staff_id = $1 order by id`
	passkeyByCredential = passkeyColumns + ` where credential = $1`

	insertPasskey = `
insert into passkey (id, staff_id, credential, name, record, made_at) values ($1, $2, $3, $4, $5, $6)`
	usePasskey    = `update passkey set record = $2, used_at = $3 where id = $1`
	deletePasskey = `delete from passkey where id = $1 and staff_id = $2`
)

func passkeyFields(p *news.Passkey) []any {
	return []any{&p.ID, &p.Staff, &p.Credential, &p.Name, &p.Record, (*db.Millis)(&p.Made), (*db.Millis)(&p.Used)}
}

// Passkeys returns somebody's passkeys, the oldest first.
func (r Reader) Passkeys(ctx context.Context, id news.StaffID) ([]news.Passkey, error) {
	return db.All(ctx, r.s, passkeyFields, passkeysOf, id)
}

// Passkey returns the passkey with a credential's id, or a fault of kind NotFound.
func (r Reader) Passkey(ctx context.Context, credential string) (news.Passkey, error) {
	return db.One(ctx, r.s, passkeyFields, passkeyByCredential, credential)
}

// InsertPasskey stores a passkey and gives it its id. A credential that is known
// is a fault of kind Conflict.
func (tx *Tx) InsertPasskey(ctx context.Context, p *news.Passkey) error {
	id, err := tx.newIDs(ctx, "passkey", 1)
	if err != nil {
		return err
	}
	p.ID = id
	_, err = db.Exec(ctx, tx.s, insertPasskey, p.ID, p.Staff, p.Credential, p.Name, string(p.Record), db.Time(p.Made))
	return err
}

// UsePasskey notes that a passkey has signed somebody in, and what is known of it
// since.
func (tx *Tx) UsePasskey(ctx context.Context, id int64, record []byte, at time.Time) error {
	_, err := db.Exec(ctx, tx.s, usePasskey, id, string(record), db.Time(at))
	return err
}

// DeletePasskey takes away a passkey of that account; false where it has none
// with that id.
func (tx *Tx) DeletePasskey(ctx context.Context, staff news.StaffID, id int64) (bool, error) {
	n, err := db.Exec(ctx, tx.s, deletePasskey, id, staff)
	return n > 0, err
}
