package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
)

// By is somebody with an account, for the audit log: their address too, since
// names are not unique.
func By(s *news.Staff) Who { return Who(s.Name + " <" + s.Email + ">") }

func staffTarget(id news.StaffID) news.Target {
	return news.Target{Noun: news.StaffNoun, ID: int64(id)}
}

// wrongFields is a fault that names fields with a [news.FieldProblem] each, for
// which a face has words.
func wrongFields(words string, wrong map[string]news.FieldProblem) error {
	fields := map[string]string{}
	for field, problem := range wrong {
		fields[field] = string(problem)
	}
	return &fault.Error{Kind: fault.Invalid, Public: words, Fields: fields}
}

// AddStaff stores a new account, gives it its id, and returns the secret of a link
// with which whoever it is for chooses a password: see [Desk.AcceptLink]. What
// can't be stored is a fault of kind Invalid whose Fields are [news.FieldProblem].
func (d *Desk) AddStaff(ctx context.Context, who Who, s *news.Staff) (link string, err error) {
	s.Name, s.Email = oneLine(s.Name), news.FoldEmail(s.Email)
	if wrong := s.Check(); wrong != nil {
		return "", wrongFields("this account can't be made", wrong)
	}
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := freeEmail(ctx, tx, s); err != nil {
			return err
		}
		s.Created = now
		if err := tx.InsertStaff(ctx, s); err != nil {
			return err
		}
		if link, err = d.putLink(ctx, tx, s, news.Invitation, now); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", staffTarget(s.ID), By(s).String()+": "+GrantWords(s.Grants))
	})
	return link, err
}

// String is who it is, in words.
func (w Who) String() string { return string(w) }

// freeEmail refuses an address that another account has.
func freeEmail(ctx context.Context, tx *store.Tx, s *news.Staff) error {
	other, err := tx.StaffByEmail(ctx, s.Email)
	if err == nil && other.ID != s.ID {
		return wrongFields("there is an account with this address already", map[string]news.FieldProblem{"email": news.Taken})
	}
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// GrantWords is what somebody is, for the audit log and the terminal: "editor 3,
// editor 7", with the numbers of sections.
func GrantWords(list []news.Grant) string {
	words := make([]string, len(list))
	for i, g := range list {
		words[i] = string(g.Role)
		if g.Section != 0 {
			words[i] += fmt.Sprintf(" %d", g.Section)
		}
	}
	if len(words) == 0 {
		return "no role"
	}
	return strings.Join(words, ", ")
}

// putLink makes a link in place of all before, and has it sent where letters are.
func (d *Desk) putLink(ctx context.Context, tx *store.Tx, s *news.Staff, kind news.LinkKind, now time.Time) (string, error) {
	token := secret.Token()
	if err := tx.DeleteStaffLink(ctx, s.ID); err != nil {
		return "", err
	}
	if err := tx.PutStaffLink(ctx, store.StaffLink{Staff: s.ID, Kind: kind, Expires: now.Add(kind.Life())}, secret.Hash(token)); err != nil {
		return "", err
	}
	return token, d.queueLetter(ctx, tx, &news.Letter{Staff: s.ID, Email: s.Email, Link: secret.Hash(token), Made: now, Due: now})
}

// LinkStaff makes a link with which somebody chooses a password, in place of one
// that was made before: an invitation while they have none, else a reset.
func (d *Desk) LinkStaff(ctx context.Context, who Who, id news.StaffID) (link string, kind news.LinkKind, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Staff(ctx, id)
		if err != nil {
			return err
		}
		if !s.Disabled.IsZero() {
			return fault.New(fault.Denied, "this account is disabled")
		}
		if kind, err = linkKind(ctx, tx, id); err != nil {
			return err
		}
		if link, err = d.putLink(ctx, tx, &s, kind, now); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "invite", staffTarget(id), string(kind)+" of "+By(&s).String())
	})
	return link, kind, err
}

// linkKind is what a link for somebody is for: an invitation while they have no
// password.
func linkKind(ctx context.Context, tx *store.Tx, id news.StaffID) (news.LinkKind, error) {
	secrets, err := tx.Secrets(ctx, id)
	if secrets.Password != "" {
		return news.Reset, err
	}
	return news.Invitation, err
}

// AcceptLink takes the password that the holder of a link has chosen, as a hash,
// and ends their links and all sessions. A link that is not known, was used or has
// expired is a fault of kind NotFound.
func (d *Desk) AcceptLink(ctx context.Context, link, hash string) (s news.Staff, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		l, err := tx.StaffLink(ctx, secret.Hash(link))
		if err != nil {
			return err
		}
		if s, err = tx.Staff(ctx, l.Staff); err != nil {
			return err
		}
		if !now.Before(l.Expires) || !s.Disabled.IsZero() {
			return fault.New(fault.NotFound, "this link has expired")
		}
		if err := tx.DeleteStaffLink(ctx, l.Staff); err != nil {
			return err
		}
		return d.putPassword(ctx, tx, now, By(&s), l.Staff, hash, 0)
	})
	return s, err
}

// ChangePassword stores the hash of a new password and ends all of somebody's
// sessions but the one to keep, 0 for none.
func (d *Desk) ChangePassword(ctx context.Context, who Who, id news.StaffID, hash string, keep int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if _, err := tx.Staff(ctx, id); err != nil {
			return err
		}
		if err := tx.DeleteStaffLink(ctx, id); err != nil {
			return err
		}
		return d.putPassword(ctx, tx, now, who, id, hash, keep)
	})
}

func (d *Desk) putPassword(ctx context.Context, tx *store.Tx, now time.Time, who Who, id news.StaffID, hash string, keep int64) error {
	if err := tx.SetPassword(ctx, id, hash); err != nil {
		return err
	}
	if err := tx.DeleteSessions(ctx, id, keep); err != nil {
		return err
	}
	return tx.Audit(ctx, now, string(who), "change", staffTarget(id), "password")
}

// RenewHash stores the hash of a password that stays the same, made at another
// cost, unless another password came meanwhile.
func (d *Desk) RenewHash(ctx context.Context, id news.StaffID, old, hash string) error {
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		secrets, err := tx.Secrets(ctx, id)
		if err != nil || secrets.Password != old {
			return err
		}
		return tx.SetPassword(ctx, id, hash)
	})
}

// ChangeStaff stores an account's name, address, language and roles. One that was
// changed since it was read is a fault of kind Conflict; what can't be stored one
// of kind Invalid, as [Desk.AddStaff] has it. There stays an administrator.
func (d *Desk) ChangeStaff(ctx context.Context, who Who, s news.Staff) error {
	s.Name, s.Email = oneLine(s.Name), news.FoldEmail(s.Email)
	if wrong := s.Check(); wrong != nil {
		return wrongFields("this account can't be stored", wrong)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := tx.Staff(ctx, s.ID)
		if err != nil {
			return err
		}
		if err := freeEmail(ctx, tx, &s); err != nil {
			return err
		}
		s.Disabled = before.Disabled
		return d.putStaff(ctx, tx, now, who, &before, &s, "change", difference(&before, &s))
	})
}

// difference is from which state to which an account was changed.
func difference(before, after *news.Staff) string {
	var parts []string
	for _, p := range []struct{ what, from, to string }{
		{"name", before.Name, after.Name}, {"email", before.Email, after.Email}, {"language", before.Language, after.Language},
		{"roles", GrantWords(before.Grants), GrantWords(after.Grants)},
	} {
		if p.from != p.to {
			parts = append(parts, p.what+": "+p.from+" -> "+p.to)
		}
	}
	return strings.Join(parts, "; ")
}

// putStaff stores an account as it is to be, unless no administrator were left.
func (d *Desk) putStaff(ctx context.Context, tx *store.Tx, now time.Time, who Who, before, after *news.Staff, verb, detail string) error {
	ok, err := tx.UpdateStaff(ctx, after)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Conflict, "somebody else has just changed this account")
	}
	if before.May(news.MayStaff) && !after.May(news.MayStaff) {
		left, err := administratorLeft(ctx, tx, before.ID)
		if err != nil {
			return err
		}
		if !left {
			return wrongFields("nobody would be left who may change accounts", map[string]news.FieldProblem{"roles": news.LastOne})
		}
	}
	if from, to := By(before).String(), By(after).String(); from != to {
		if err := tx.RenamePreviews(ctx, from, to); err != nil {
			return err
		}
	}
	return tx.Audit(ctx, now, string(who), verb, staffTarget(after.ID), detail)
}

// administratorLeft reports whether somebody may still change accounts where one no
// longer may. Who has never accepted their invitation does not count, unless the one
// who leaves has not either.
func administratorLeft(ctx context.Context, tx *store.Tx, gone news.StaffID) (bool, error) {
	needed, err := signsIn(ctx, tx, gone)
	if err != nil {
		return false, err
	}
	all, err := tx.AllStaff(ctx)
	if err != nil {
		return false, err
	}
	for i := range all {
		if !all[i].May(news.MayStaff) {
			continue
		}
		if accepted, err := signsIn(ctx, tx, all[i].ID); err != nil || accepted || !needed {
			return err == nil, err
		}
	}
	return false, nil
}

// signsIn reports whether somebody has what they can sign in with.
func signsIn(ctx context.Context, tx *store.Tx, id news.StaffID) (bool, error) {
	secrets, err := tx.Secrets(ctx, id)
	if err != nil || secrets.Password != "" {
		return err == nil, err
	}
	keys, err := tx.Passkeys(ctx, id)
	return len(keys) > 0, err
}

// DisableStaff keeps somebody from signing in, and ends their sessions and links,
// those that lead to previews too.
// There stays an administrator.
func (d *Desk) DisableStaff(ctx context.Context, who Who, id news.StaffID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Staff(ctx, id)
		if err != nil || !s.Disabled.IsZero() {
			return err
		}
		before := s
		s.Disabled = now
		if err := d.putStaff(ctx, tx, now, who, &before, &s, "disable", By(&s).String()); err != nil {
			return err
		}
		if err := tx.DeleteStaffLink(ctx, id); err != nil {
			return err
		}
		if err := tx.ForgetDevices(ctx, id); err != nil {
			return err
		}
		if err := tx.EndPreviewsBy(ctx, By(&s).String(), id); err != nil {
			return err
		}
		return tx.DeleteSessions(ctx, id, 0)
	})
}

// EnableStaff lets somebody sign in again who was kept from it.
func (d *Desk) EnableStaff(ctx context.Context, who Who, id news.StaffID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Staff(ctx, id)
		if err != nil || s.Disabled.IsZero() {
			return err
		}
		before := s
		s.Disabled = time.Time{}
		return d.putStaff(ctx, tx, now, who, &before, &s, "enable", By(&s).String())
	})
}
