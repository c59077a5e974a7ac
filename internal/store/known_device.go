package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	knownDevice = `
select d.staff_id from known_device d join staff s on s.id = d.staff_id
where d.hash = $1 and s.email = $2`
	deviceThere = `select exists (select 1 from known_device where hash = $1)`
	knowDevice  = `
insert into known_device (hash, staff_id, seen_at) values ($1, $2, $3)
on conflict (hash, staff_id) do update set seen_at = excluded.seen_at`
	forgetDevices = `delete from known_device where staff_id = $1`
	forgetUnseen  = `delete from known_device where seen_at < $1`
)

// KnownDevice returns whose device it is whose secret has that hash, if it is one of
// the account with that address, or a fault of kind NotFound.
func (r Reader) KnownDevice(ctx context.Context, hash, email string) (news.StaffID, error) {
	return db.One(ctx, r.s, func(id *news.StaffID) []any { return []any{id} }, knownDevice, hash, email)
}

// DeviceThere reports whether somebody has signed in from a device.
func (r Reader) DeviceThere(ctx context.Context, hash string) (bool, error) {
	return db.Value[bool](ctx, r.s, deviceThere, hash)
}

// KnowDevice notes that somebody has signed in from a device.
func (tx *Tx) KnowDevice(ctx context.Context, hash string, id news.StaffID, at time.Time) error {
	_, err := db.Exec(ctx, tx.s, knowDevice, hash, id, at.UnixMilli())
	return err
}

// ForgetDevices forgets from which devices somebody has signed in.
func (tx *Tx) ForgetDevices(ctx context.Context, id news.StaffID) error {
	_, err := db.Exec(ctx, tx.s, forgetDevices, id)
	return err
}
