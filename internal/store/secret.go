package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	secretsOf   = `select password, totp, totp_step from staff where id = $1`
	setPassword = `update staff set password = $2 where id = $1`
	setTOTP     = `update staff set totp = $2, totp_step = $3 where id = $1`
	takeStep    = `update staff set totp_step = $2 where id = $1 and totp_step < $2`

	codesLeft   = `select count(*) from recovery_code where staff_id = $1`
	insertCode  = `insert into recovery_code (staff_id, hash) values ($1, $2)`
	deleteCode  = `delete from recovery_code where staff_id = $1 and hash = $2`
	deleteCodes = `delete from recovery_code where staff_id = $1`
)

// Secrets is what somebody signs in with, besides passkeys. It is read by what
// checks it only.
type Secrets struct {
	Password string // a hash with its parameters; "" while none was chosen
	TOTP     string // the secret of the app that makes codes; "" for none
	Step     int64  // the last time step of which a code was taken
}

// Secrets returns what an account signs in with, or a fault of kind NotFound.
func (r Reader) Secrets(ctx context.Context, id news.StaffID) (Secrets, error) {
	return db.One(ctx, r.s, func(s *Secrets) []any { return []any{&s.Password, &s.TOTP, &s.Step} }, secretsOf, id)
}

// SetPassword stores the hash of somebody's password.
func (tx *Tx) SetPassword(ctx context.Context, id news.StaffID, hash string) error {
	_, err := db.Exec(ctx, tx.s, setPassword, id, hash)
	return err
}

// SetTOTP stores the secret of somebody's app for codes, "" to forget it, and the
// time step of the last code that was taken.
func (tx *Tx) SetTOTP(ctx context.Context, id news.StaffID, secret string, step int64) error {
	_, err := db.Exec(ctx, tx.s, setTOTP, id, secret, step)
	return err
}

// TakeStep notes the time step of a code; false where one as late was taken
// already, so that a code counts once.
func (tx *Tx) TakeStep(ctx context.Context, id news.StaffID, step int64) (bool, error) {
	n, err := db.Exec(ctx, tx.s, takeStep, id, step)
	return n > 0, err
}

// RecoveryCodesLeft tells how many of somebody's recovery codes are unused.
func (r Reader) RecoveryCodesLeft(ctx context.Context, id news.StaffID) (int, error) {
	return db.Value[int](ctx, r.s, codesLeft, id)
}

// PutRecoveryCodes stores the hashes of somebody's recovery codes in place of all
// before.
func (tx *Tx) PutRecoveryCodes(ctx context.Context, id news.StaffID, hashes []string) error {
	if _, err := db.Exec(ctx, tx.s, deleteCodes, id); err != nil {
		return err
	}
	rows := make([][]any, len(hashes))
	for i, h := range hashes {
		rows[i] = []any{id, h}
	}
	return db.Insert(ctx, tx.s, insertCode, rows)
}

// UseRecoveryCode takes a recovery code away; false where it is none of theirs,
// or was used.
func (tx *Tx) UseRecoveryCode(ctx context.Context, id news.StaffID, hash string) (bool, error) {
	n, err := db.Exec(ctx, tx.s, deleteCode, id, hash)
	return n > 0, err
}
