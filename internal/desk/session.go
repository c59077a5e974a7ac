package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
)

// maxDevice is how much is kept of what a browser calls itself, in bytes.
const maxDevice = 300

// SignIn begins a session of somebody who has proved who they are, and returns its
// secret. How they did is for the audit log: "password", "passkey". A disabled
// account is a fault of kind Denied.
func (d *Desk) SignIn(ctx context.Context, id news.StaffID, how, device, from string) (token string, err error) {
	token = secret.Token()
	if len(device) > maxDevice {
		device = device[:maxDevice]
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Staff(ctx, id)
		if err != nil {
			return err
		}
		if !s.Disabled.IsZero() {
			return fault.New(fault.Denied, "this account is disabled")
		}
		session := &news.Session{Staff: id, Device: plainText(device), From: from, Began: now, Seen: now}
		if err := tx.InsertSession(ctx, session, secret.Hash(token)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, By(&s).String(), "sign in", staffTarget(id), how)
	})
	return token, err
}

// KnowDevice notes that somebody has signed in from the device that keeps a token, and
// returns the one to be kept: the same where somebody has signed in with it before,
// else a new one, so that nobody can plant one.
func (d *Desk) KnowDevice(ctx context.Context, id news.StaffID, token string) (string, error) {
	err := d.update(ctx, func(tx *store.Tx, now time.Time) error {
		known, err := tx.DeviceThere(ctx, secret.Hash(token))
		if err != nil {
			return err
		}
		if !known {
			token = secret.Token()
		}
		return tx.KnowDevice(ctx, secret.Hash(token), id, now)
	})
	return token, err
}

// SeeSession notes that a session has made a request.
func (d *Desk) SeeSession(ctx context.Context, id int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error { return tx.SeeSession(ctx, id, now) })
}

// EndSession signs a device of somebody out. One that is out already is none.
func (d *Desk) EndSession(ctx context.Context, who Who, staff news.StaffID, id int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		ended, err := tx.DeleteSession(ctx, staff, id)
		if err != nil || !ended {
			return err
		}
		return tx.Audit(ctx, now, string(who), "sign out", staffTarget(staff), "")
	})
}

// EndSessions signs all devices of somebody out but the one whose session is to
// stay, 0 for none.
func (d *Desk) EndSessions(ctx context.Context, who Who, staff news.StaffID, keep int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.DeleteSessions(ctx, staff, keep); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "sign out", staffTarget(staff), "other devices")
	})
}

// TidySessions drops sessions that are over, and signing in that was never
// finished.
func (d *Desk) TidySessions(ctx context.Context) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error { return tx.Tidy(ctx, now) })
}

// Begin keeps what the second part of signing in is checked against, for life, and
// returns the secret that it is found with; staff is 0 while it is not known who
// it is.
func (d *Desk) Begin(ctx context.Context, kind string, staff news.StaffID, data string, life time.Duration) (token string, err error) {
	token = secret.Token()
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		return tx.InsertPending(ctx, store.Pending{Kind: kind, Staff: staff, Data: data, Expires: now.Add(life)}, secret.Hash(token))
	})
	return token, err
}

// Finish returns what [Desk.Begin] kept, once; later, or for another secret or
// kind, it is a fault of kind NotFound.
func (d *Desk) Finish(ctx context.Context, kind, token string) (p store.Pending, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if p, err = tx.TakePending(ctx, secret.Hash(token), kind); err != nil {
			return err
		}
		if !now.Before(p.Expires) {
			p = store.Pending{}
			return fault.New(fault.NotFound, "that took too long")
		}
		return nil
	})
	return p, err
}
