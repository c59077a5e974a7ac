package store_test

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// staff stores an account with roles.
func staff(t *testing.T, s *store.Store, email string, grants ...news.Grant) *news.Staff {
	t.Helper()
	p := &news.Staff{Email: email, Name: "Ida Ölund", Language: "de", Grants: grants, Created: noon}
	if refs := write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertStaff(ctx, p) }); len(refs) > 0 {
		t.Errorf("readers are told of an account: %v", refs)
	}
	return p
}

func TestAnAccountComesBackAsItWasStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		want := staff(t, s, "ida@paper.example", news.Grant{Role: news.Administrator}, news.Grant{Role: news.Editor, Section: 7}, news.Grant{Role: news.Editor, Section: 3}, news.Grant{Role: news.Editor, Section: 3})
		if got := len(want.Grants); got != 3 || want.Grants[0].Section != 3 {
			t.Errorf("the grants are not in order: %v", want.Grants)
		}
		other := staff(t, s, "otto@paper.example")
		for name, read := range map[string]func() (news.Staff, error){
			"by id":    func() (news.Staff, error) { return s.Staff(t.Context(), want.ID) },
			"by email": func() (news.Staff, error) { return s.StaffByEmail(t.Context(), want.Email) },
		} {
			if got, err := read(); err != nil || !reflect.DeepEqual(&got, want) {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		if all, err := s.AllStaff(t.Context()); err != nil || !reflect.DeepEqual(all, []news.Staff{*want, *other}) {
			t.Errorf("all are %+v, %v", all, err)
		}
		stale := *want
		want.Name, want.Disabled, want.Grants = "Ida", noon.Add(time.Hour), []news.Grant{{Role: news.Chief}}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.UpdateStaff(ctx, want); !ok || err != nil {
				t.Errorf("%v, %v", ok, err)
			}
			if ok, err := tx.UpdateStaff(ctx, &stale); ok || err != nil {
				t.Errorf("an old version is stored: %v, %v", ok, err)
			}
			return nil
		})
		if got, err := s.Staff(t.Context(), want.ID); err != nil || got.Version != 2 || !reflect.DeepEqual(&got, want) {
			t.Errorf("changed: %+v, %v", got, err)
		}
		if _, err := s.Staff(t.Context(), 99); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody: %v", err)
		}
		_, err := s.Update(t.Context(), noon, func(tx *store.Tx) error {
			return tx.InsertStaff(t.Context(), &news.Staff{Email: "otto@paper.example", Name: "X", Created: noon})
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("one address twice: %v", err)
		}
	})
}

func TestWhatPeopleSignInWith(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, other := staff(t, s, "ida@paper.example"), staff(t, s, "otto@paper.example")
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			must(t, tx.SetPassword(ctx, p.ID, "$hash"))
			must(t, tx.SetTOTP(ctx, p.ID, "SECRET", 10))
			for step, want := range map[int64]bool{10: false, 9: false} {
				if ok, err := tx.TakeStep(ctx, p.ID, step); ok != want || err != nil {
					t.Errorf("step %d: %v, %v", step, ok, err)
				}
			}
			if ok, err := tx.TakeStep(ctx, p.ID, 11); !ok || err != nil {
				t.Errorf("a new step: %v, %v", ok, err)
			}
			must(t, tx.PutRecoveryCodes(ctx, p.ID, []string{"a", "b"}))
			must(t, tx.PutRecoveryCodes(ctx, p.ID, []string{"c", "d", "e"}))
			for _, code := range []struct {
				hash string
				whom news.StaffID
				want bool
			}{{"a", p.ID, false}, {"c", other.ID, false}, {"c", p.ID, true}, {"c", p.ID, false}} {
				if ok, err := tx.UseRecoveryCode(ctx, code.whom, code.hash); ok != code.want || err != nil {
					t.Errorf("%+v: %v, %v", code, ok, err)
				}
			}
			return nil
		})
		if got, err := s.Secrets(t.Context(), p.ID); err != nil || got != (store.Secrets{Password: "$hash", TOTP: "SECRET", Step: 11}) {
			t.Errorf("%+v, %v", got, err)
		}
		if n, err := s.RecoveryCodesLeft(t.Context(), p.ID); err != nil || n != 2 {
			t.Errorf("%d codes, %v", n, err)
		}
		key := &news.Passkey{Staff: p.ID, Credential: "cred", Name: "Phone", Record: []byte(`{"id":"x"}`), Made: noon}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertPasskey(ctx, key) })
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.UsePasskey(ctx, key.ID, []byte(`{}`), noon) })
		key.Record, key.Used = []byte(`{}`), noon
		if got, err := s.Passkey(t.Context(), "cred"); err != nil || !reflect.DeepEqual(&got, key) {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := s.Passkeys(t.Context(), p.ID); err != nil || len(got) != 1 || !reflect.DeepEqual(&got[0], key) {
			t.Errorf("%+v, %v", got, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.DeletePasskey(ctx, other.ID, key.ID); ok || err != nil {
				t.Errorf("somebody takes another's key: %v, %v", ok, err)
			}
			ok, err := tx.DeletePasskey(ctx, p.ID, key.ID)
			if !ok {
				t.Error("the key stays")
			}
			return err
		})
	})
}

func TestALinkIsTheLastOneThatWasMade(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := staff(t, s, "ida@paper.example")
		want := store.StaffLink{Staff: p.ID, Kind: news.Reset, Expires: noon}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			must(t, tx.PutStaffLink(ctx, store.StaffLink{Staff: p.ID, Kind: news.Invitation, Expires: noon}, "one"))
			return tx.PutStaffLink(ctx, want, "two")
		})
		if _, err := s.StaffLink(t.Context(), "one"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the first: %v", err)
		}
		if got, err := s.StaffLink(t.Context(), "two"); err != nil || got != want {
			t.Errorf("the second: %+v, %v", got, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteStaffLink(ctx, p.ID) })
		if _, err := s.StaffLink(t.Context(), "two"); !fault.Is(err, fault.NotFound) {
			t.Errorf("taken away: %v", err)
		}
	})
}

func TestSessionsEndOneByOneAllButOneAndByTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, other := staff(t, s, "ida@paper.example"), staff(t, s, "otto@paper.example")
		add := func(who *news.Staff, hash string, began, seen time.Time) *news.Session {
			x := &news.Session{Staff: who.ID, Device: "D", From: "192.0.2.1", Began: began, Seen: seen}
			write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertSession(ctx, x, hash) })
			return x
		}
		a, b := add(p, "a", noon, noon), add(p, "b", noon, noon.Add(time.Minute))
		add(other, "o", noon, noon)
		if got, err := s.Session(t.Context(), "a"); err != nil || got != *a {
			t.Errorf("%+v, %v", got, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			must(t, tx.SeeSession(ctx, a.ID, noon.Add(time.Hour)))
			return tx.SeeSession(ctx, a.ID, noon)
		})
		a.Seen = noon.Add(time.Hour)
		if got, err := s.Sessions(t.Context(), p.ID); err != nil || !slices.Equal(got, []news.Session{*a, *b}) {
			t.Errorf("%+v, %v", got, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if ok, err := tx.DeleteSession(ctx, other.ID, a.ID); ok || err != nil {
				t.Errorf("somebody ends another's session: %v, %v", ok, err)
			}
			return tx.DeleteSessions(ctx, p.ID, b.ID)
		})
		if _, err := s.Session(t.Context(), "a"); !fault.Is(err, fault.NotFound) {
			t.Errorf("ended: %v", err)
		}
		add(p, "old", noon.Add(-news.SessionLife-time.Millisecond), noon)
		add(p, "idle", noon.Add(-news.SessionIdle-time.Millisecond), noon.Add(-news.SessionIdle-time.Millisecond))
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Tidy(ctx, noon) })
		if got, err := s.Sessions(t.Context(), p.ID); err != nil || !slices.Equal(got, []news.Session{*b}) {
			t.Errorf("tidied: %+v, %v", got, err)
		}
		if _, err := s.Session(t.Context(), "o"); err != nil {
			t.Errorf("another's session is gone: %v", err)
		}
	})
}

func TestWhatHasBegunIsFinishedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := staff(t, s, "ida@paper.example")
		want := store.Pending{Kind: "code", Staff: p.ID, Data: "x", Expires: noon.Add(time.Minute)}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			must(t, tx.InsertPending(ctx, store.Pending{Kind: "passkey", Data: "y", Expires: noon.Add(-time.Minute)}, "h2"))
			return tx.InsertPending(ctx, want, "h1")
		})
		if got, err := s.Pending(t.Context(), "h1", "code"); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.TakePending(ctx, "h1", "passkey"); !fault.Is(err, fault.NotFound) {
				t.Errorf("as another kind: %v", err)
			}
			if got, err := tx.TakePending(ctx, "h1", "code"); err != nil || got != want {
				t.Errorf("%+v, %v", got, err)
			}
			if _, err := tx.TakePending(ctx, "h1", "code"); !fault.Is(err, fault.NotFound) {
				t.Errorf("twice: %v", err)
			}
			return tx.Tidy(ctx, noon)
		})
		if _, err := s.Pending(t.Context(), "h2", "passkey"); !fault.Is(err, fault.NotFound) {
			t.Errorf("expired: %v", err)
		}
	})
}

func TestTheLogIsPagedBothWays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, verb := range []string{"a", "b", "c", "d", "e"} {
				must(t, tx.Audit(ctx, noon, "Ida", verb, news.Target{Noun: news.StaffNoun, ID: 3}, "x -> y"))
			}
			return nil
		})
		verbs := func(list []store.AuditLine, err error) (all string) {
			must(t, err)
			for _, l := range list {
				all += l.Verb
			}
			return all
		}
		last, err := s.AuditBefore(t.Context(), 1<<62, 2)
		must(t, err)
		if want := (store.AuditLine{ID: last[0].ID, At: noon, Who: "Ida", Verb: "e", Target: news.Target{Noun: news.StaffNoun, ID: 3}, Detail: "x -> y"}); last[0] != want {
			t.Errorf("the newest is %+v", last[0])
		}
		if got := verbs(s.AuditBefore(t.Context(), last[1].ID, 2)); got != "cb" {
			t.Errorf("before it: %s", got)
		}
		if got := verbs(s.AuditSince(t.Context(), last[1].ID, 9)); got != "de" {
			t.Errorf("since then: %s", got)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
