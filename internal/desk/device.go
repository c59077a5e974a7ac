package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
)

// RecoveryCodes is how many codes somebody gets at once.
const RecoveryCodes = 10

// maxPasskeyName is in characters.
const maxPasskeyName = 60

// AddPasskey stores a key with which somebody can sign in, and gives it its id. A
// key that is known already is a fault of kind Conflict.
func (d *Desk) AddPasskey(ctx context.Context, who Who, p *news.Passkey) error {
	name := []rune(oneLine(p.Name))
	p.Name = string(name[:min(len(name), maxPasskeyName)])
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p.Made = now
		if err := tx.InsertPasskey(ctx, p); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "add passkey", staffTarget(p.Staff), p.Name)
	})
}

// UsePasskey notes what is known of a passkey since it was used.
func (d *Desk) UsePasskey(ctx context.Context, id int64, record []byte) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error { return tx.UsePasskey(ctx, id, record, now) })
}

// RemovePasskey takes a passkey from an account; one that is gone already is none.
func (d *Desk) RemovePasskey(ctx context.Context, who Who, staff news.StaffID, id int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		removed, err := tx.DeletePasskey(ctx, staff, id)
		if err != nil || !removed {
			return err
		}
		return tx.Audit(ctx, now, string(who), "remove passkey", staffTarget(staff), "")
	})
}

// SetTOTP has somebody asked for a code of their app too, from now on; step is
// that of the code with which they have shown that the app has the secret.
func (d *Desk) SetTOTP(ctx context.Context, who Who, staff news.StaffID, totp string, step int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.SetTOTP(ctx, staff, totp, step); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "change", staffTarget(staff), "codes of an app: off -> on")
	})
}

// RemoveTOTP asks somebody for no code any more, and forgets their recovery codes.
func (d *Desk) RemoveTOTP(ctx context.Context, who Who, staff news.StaffID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.SetTOTP(ctx, staff, "", 0); err != nil {
			return err
		}
		if err := tx.PutRecoveryCodes(ctx, staff, nil); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "change", staffTarget(staff), "codes of an app: on -> off")
	})
}

// TakeCode takes the code of a time step; false where one as late was taken
// already.
func (d *Desk) TakeCode(ctx context.Context, staff news.StaffID, step int64) (ok bool, err error) {
	err = d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		ok, err = tx.TakeStep(ctx, staff, step)
		return err
	})
	return ok, err
}

// MakeRecoveryCodes gives somebody new recovery codes in place of those before.
// They are shown once: only their hashes are stored.
func (d *Desk) MakeRecoveryCodes(ctx context.Context, who Who, staff news.StaffID) ([]string, error) {
	codes := secret.RecoveryCodes(RecoveryCodes)
	hashes := make([]string, len(codes))
	for i, c := range codes {
		hashes[i] = secret.Hash(c)
	}
	return codes, d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := tx.PutRecoveryCodes(ctx, staff, hashes); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "change", staffTarget(staff), "recovery codes")
	})
}

// UseRecoveryCode takes a code as it was typed; false where it is none of
// somebody's, or was used before.
func (d *Desk) UseRecoveryCode(ctx context.Context, s *news.Staff, typed string) (ok bool, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		ok, err = tx.UseRecoveryCode(ctx, s.ID, secret.Hash(secret.PlainCode(typed)))
		if err != nil || !ok {
			return err
		}
		return tx.Audit(ctx, now, By(s).String(), "use recovery code", staffTarget(s.ID), "")
	})
	return ok, err
}

// ForgetDevices helps somebody who has lost theirs: their passkeys, their app and
// their recovery codes count no more, and all their sessions end.
func (d *Desk) ForgetDevices(ctx context.Context, who Who, staff news.StaffID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Staff(ctx, staff)
		if err != nil {
			return err
		}
		keys, err := tx.Passkeys(ctx, staff)
		if err != nil {
			return err
		}
		var names []string
		for _, k := range keys {
			if _, err := tx.DeletePasskey(ctx, staff, k.ID); err != nil {
				return err
			}
			names = append(names, k.Name)
		}
		if err := tx.SetTOTP(ctx, staff, "", 0); err != nil {
			return err
		}
		if err := tx.PutRecoveryCodes(ctx, staff, nil); err != nil {
			return err
		}
		if err := tx.ForgetDevices(ctx, staff); err != nil {
			return err
		}
		if err := tx.DeleteSessions(ctx, staff, 0); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "forget devices", staffTarget(staff), By(&s).String()+": "+strings.Join(names, ", "))
	})
}
