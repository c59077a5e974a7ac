package desk_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// office is a desk at a time that stands still until it is moved. Nothing that it
// does may be announced to readers.
type office struct {
	*desk.Desk
	t     *testing.T
	store *store.Store
	now   time.Time
}

func eachOffice(t *testing.T, f func(o *office)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o := &office{t: t, store: s, now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
		o.Desk = desk.New(s, func() time.Time { return o.now }, func(c news.Change) { t.Errorf("readers are told %v", c.Refs) })
		f(o)
	})
}

// eachPaper is eachOffice where readers may be told of something.
func eachPaper(t *testing.T, f func(o *office)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o := &office{t: t, store: s, now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
		o.Desk = desk.New(s, func() time.Time { return o.now }, func(news.Change) {})
		f(o)
	})
}

func (o *office) hire(email string, grants ...news.Grant) (*news.Staff, string) {
	o.t.Helper()
	s := &news.Staff{Email: email, Name: "Ida", Grants: grants}
	link, err := o.AddStaff(o.t.Context(), "Test", s)
	if err != nil {
		o.t.Fatal(err)
	}
	return s, link
}

// log is what was written down since the start, one line each.
func (o *office) log() string {
	o.t.Helper()
	lines, err := o.store.AuditSince(o.t.Context(), 0, 1000)
	if err != nil {
		o.t.Fatal(err)
	}
	var all strings.Builder
	for _, l := range lines {
		all.WriteString(l.Who + ": " + l.Verb + " " + l.Target.String() + " " + l.Detail + "\n")
	}
	return all.String()
}

func (o *office) logs(want string) {
	o.t.Helper()
	if got := o.log(); !strings.Contains(got, want) {
		o.t.Errorf("the log lacks %q:\n%s", want, got)
	}
}

func (o *office) is(err error, k fault.Kind, what string) {
	o.t.Helper()
	if !fault.Is(err, k) {
		o.t.Errorf("%s: %v, want %v", what, err, k)
	}
}

func TestAnInvitationIsAcceptedOnceAndInTime(t *testing.T) {
	eachOffice(t, func(o *office) {
		s, link := o.hire(" Ida@Paper.example ", news.Grant{Role: news.Chief})
		if s.Email != "ida@paper.example" || s.ID == 0 {
			t.Errorf("%+v", s)
		}
		o.logs("Test: create staff/1 Ida <ida@paper.example>: chief")
		if strings.Contains(o.log(), link) {
			t.Error("the link is in the log")
		}
		_, err := o.AcceptLink(t.Context(), "x"+link, "hash")
		o.is(err, fault.NotFound, "another link")
		o.now = o.now.Add(news.Invitation.Life())
		_, err = o.AcceptLink(t.Context(), link, "hash")
		o.is(err, fault.NotFound, "too late")
		link, kind, err := o.LinkStaff(t.Context(), "Test", s.ID)
		if err != nil || kind != news.Invitation {
			t.Fatalf("%v, %v", kind, err)
		}
		if got, err := o.AcceptLink(t.Context(), link, "hash"); err != nil || got.ID != s.ID {
			t.Errorf("%+v, %v", got, err)
		}
		_, err = o.AcceptLink(t.Context(), link, "other")
		o.is(err, fault.NotFound, "twice")
		if secrets, err := o.store.Secrets(t.Context(), s.ID); err != nil || secrets.Password != "hash" {
			t.Errorf("%+v, %v", secrets, err)
		}
		if _, kind, err = o.LinkStaff(t.Context(), "Test", s.ID); err != nil || kind != news.Reset {
			t.Errorf("the next link is a %v, %v", kind, err)
		}
	})
}

func TestAnAccountThatCannotBeIsRefusedByField(t *testing.T) {
	eachOffice(t, func(o *office) {
		o.hire("ida@paper.example")
		for _, c := range []struct {
			s           news.Staff
			field, want string
		}{
			{news.Staff{Name: "Ida", Email: "IDA@paper.example"}, "email", "taken"},
			{news.Staff{Name: "Ida", Email: "x"}, "email", "bad email"},
			{news.Staff{Email: "a@b.example"}, "name", "missing"},
			{news.Staff{Name: "Ida", Email: "a@b.example", Grants: []news.Grant{{Role: "king"}}}, "roles", "bad choice"},
		} {
			_, err := o.AddStaff(t.Context(), "Test", &c.s)
			if e, ok := err.(*fault.Error); !ok || e.Kind != fault.Invalid || e.Fields[c.field] != c.want {
				t.Errorf("%+v: %v", c.s, err)
			}
		}
	})
}

func TestOneOfTwoInvitationsAtOnceIsMade(t *testing.T) {
	eachOffice(t, func(o *office) {
		var wait sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wait.Go(func() {
				_, errs[i] = o.AddStaff(t.Context(), "Test", &news.Staff{Email: "ida@paper.example", Name: "Ida"})
			})
		}
		wait.Wait()
		made := 0
		for _, err := range errs {
			if err == nil {
				made++
			} else {
				o.is(err, fault.Invalid, "the others")
			}
		}
		if made != 1 {
			t.Errorf("%d accounts are made", made)
		}
	})
}

func TestAChangeOfAnAccountIsWrittenDownAndNotLost(t *testing.T) {
	eachOffice(t, func(o *office) {
		s, _ := o.hire("ida@paper.example", news.Grant{Role: news.Reporter})
		changed := *s
		changed.Name, changed.Grants = "Ida Holm", []news.Grant{{Role: news.Editor, Section: 4}}
		if err := o.ChangeStaff(t.Context(), "Ada", changed); err != nil {
			t.Fatal(err)
		}
		o.logs("Ada: change staff/1 name: Ida -> Ida Holm; roles: reporter -> editor 4")
		changed.Name = "Late"
		o.is(o.ChangeStaff(t.Context(), "Ada", changed), fault.Conflict, "an old version")
	})
}

func TestThereIsAlwaysAnAdministrator(t *testing.T) {
	eachOffice(t, func(o *office) {
		first, _ := o.hire("ida@paper.example", news.Grant{Role: news.Administrator})
		less := *first
		less.Grants = []news.Grant{{Role: news.Chief}}
		o.is(o.ChangeStaff(t.Context(), "Test", less), fault.Invalid, "the last one's role")
		o.is(o.DisableStaff(t.Context(), "Test", first.ID), fault.Invalid, "the last one disabled")
		if got, err := o.store.Staff(t.Context(), first.ID); err != nil || !got.May(news.MayStaff) {
			t.Errorf("%+v, %v", got, err)
		}
		second, _ := o.hire("otto@paper.example", news.Grant{Role: news.Administrator})
		if err := o.DisableStaff(t.Context(), "Test", second.ID); err != nil {
			t.Fatal(err)
		}
		o.is(o.DisableStaff(t.Context(), "Test", first.ID), fault.Invalid, "the last one that is not disabled")
		if err := o.EnableStaff(t.Context(), "Test", second.ID); err != nil {
			t.Fatal(err)
		}
		if err := o.ChangeStaff(t.Context(), "Test", less); err != nil {
			t.Errorf("with another one: %v", err)
		}
	})
}

func TestADisabledAccountIsOutAtOnce(t *testing.T) {
	eachOffice(t, func(o *office) {
		s, link := o.hire("ida@paper.example")
		token, err := o.SignIn(t.Context(), s.ID, "password", strings.Repeat("é", 400), "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := o.store.Session(t.Context(), secret.Hash(token)); err != nil || got.Staff != s.ID || len(got.Device) > 310 {
			t.Errorf("%+v, %v", got, err)
		}
		for range 2 {
			if err := o.DisableStaff(t.Context(), "Ada", s.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, err = o.store.Session(t.Context(), secret.Hash(token))
		o.is(err, fault.NotFound, "the session")
		_, err = o.AcceptLink(t.Context(), link, "hash")
		o.is(err, fault.NotFound, "the link")
		_, err = o.SignIn(t.Context(), s.ID, "password", "", "")
		o.is(err, fault.Denied, "signing in")
		_, _, err = o.LinkStaff(t.Context(), "Ada", s.ID)
		o.is(err, fault.Denied, "a new link")
		if n := strings.Count(o.log(), "Ada: disable"); n != 1 {
			t.Errorf("%d lines", n)
		}
	})
}

func TestANewPasswordEndsTheOtherSessions(t *testing.T) {
	eachOffice(t, func(o *office) {
		s, _ := o.hire("ida@paper.example")
		here, _ := o.SignIn(t.Context(), s.ID, "password", "", "")
		there, _ := o.SignIn(t.Context(), s.ID, "passkey", "", "")
		begun, err := o.Begin(t.Context(), "code", s.ID, "", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		session, err := o.store.Session(t.Context(), secret.Hash(here))
		if err != nil {
			t.Fatal(err)
		}
		if err := o.ChangePassword(t.Context(), desk.By(s), s.ID, "hash", session.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.store.Session(t.Context(), secret.Hash(here)); err != nil {
			t.Errorf("this one: %v", err)
		}
		_, err = o.store.Session(t.Context(), secret.Hash(there))
		o.is(err, fault.NotFound, "the other one")
		_, err = o.Finish(t.Context(), "code", begun)
		o.is(err, fault.NotFound, "signing in that had begun with the old one")
		if err := o.RenewHash(t.Context(), s.ID, "older", "wrong"); err != nil {
			t.Fatal(err)
		}
		if err := o.RenewHash(t.Context(), s.ID, "hash", "better"); err != nil {
			t.Fatal(err)
		}
		if secrets, err := o.store.Secrets(t.Context(), s.ID); err != nil || secrets.Password != "better" {
			t.Errorf("%+v, %v", secrets, err)
		}
		o.logs("Ida <ida@paper.example>: sign in staff/1 passkey")
		if strings.Contains(o.log(), "hash") {
			t.Error("the hash is in the log")
		}
	})
}

func TestWhatWasBegunCanBeFinishedForAWhile(t *testing.T) {
	eachOffice(t, func(o *office) {
		token, err := o.Begin(t.Context(), "code", 0, "data", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(time.Minute)
		_, err = o.Finish(t.Context(), "code", token)
		o.is(err, fault.NotFound, "too late")
		if err := o.TidySessions(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestALostDeviceIsForgotten(t *testing.T) {
	eachOffice(t, func(o *office) {
		s, _ := o.hire("ida@paper.example")
		key := &news.Passkey{Staff: s.ID, Credential: "c", Name: strings.Repeat("ü", 100) + "\n<b>", Record: []byte("{}")}
		if err := o.AddPasskey(t.Context(), desk.By(s), key); err != nil || len([]rune(key.Name)) != 60 {
			t.Errorf("%q, %v", key.Name, err)
		}
		o.is(o.AddPasskey(t.Context(), desk.By(s), &news.Passkey{Staff: s.ID, Credential: "c", Record: []byte("{}")}), fault.Conflict, "a key twice")
		if err := o.SetTOTP(t.Context(), desk.By(s), s.ID, "SECRET", 5); err != nil {
			t.Fatal(err)
		}
		codes, err := o.MakeRecoveryCodes(t.Context(), desk.By(s), s.ID)
		if err != nil || len(codes) != desk.RecoveryCodes {
			t.Fatalf("%v, %v", codes, err)
		}
		for i, want := range []bool{true, false} {
			if ok, err := o.UseRecoveryCode(t.Context(), s, strings.ToUpper(codes[0])); ok != want || err != nil {
				t.Errorf("use %d: %v, %v", i, ok, err)
			}
		}
		if err := o.ForgetDevices(t.Context(), "Ada", s.ID); err != nil {
			t.Fatal(err)
		}
		secrets, _ := o.store.Secrets(t.Context(), s.ID)
		keys, _ := o.store.Passkeys(t.Context(), s.ID)
		if left, _ := o.store.RecoveryCodesLeft(t.Context(), s.ID); secrets.TOTP != "" || len(keys) > 0 || left > 0 {
			t.Errorf("%+v, %v, %d codes", secrets, keys, left)
		}
		o.logs("Ada: forget devices staff/1")
		if log := o.log(); strings.Contains(log, "SECRET") || strings.Contains(log, codes[1]) {
			t.Error("a secret is in the log")
		}
	})
}

// A section's editor stays one where its articles are: no more and no less.
func TestRolesFollowASectionThatIsMerged(t *testing.T) {
	eachPaper(t, func(o *office) {
		var ids []news.SectionID
		for _, name := range []string{"Sport", "World", "Local"} {
			s := &news.Section{Name: name}
			if err := o.CreateSection(t.Context(), "Test", s); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, s.ID)
		}
		sport, world, local := ids[0], ids[1], ids[2]
		in := func(all ...news.SectionID) (list []news.Grant) {
			for _, id := range all {
				list = append(list, news.Grant{Role: news.Editor, Section: id})
			}
			return list
		}
		one, _ := o.hire("one@paper.example", in(sport)...)
		both, _ := o.hire("both@paper.example", append(in(sport, world, local), news.Grant{Role: news.Moderator})...)
		other, _ := o.hire("other@paper.example", in(local)...)
		if err := o.MergeSections(t.Context(), "Ada", sport, 1, world, 1); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			who     *news.Staff
			want    string
			version int
		}{{one, "editor 2", 2}, {both, "editor 2, editor 3, moderator", 2}, {other, "editor 3", 1}} {
			s, err := o.store.Staff(t.Context(), c.who.ID)
			if err != nil || desk.GrantWords(s.Grants) != c.want || s.Version != c.version {
				t.Errorf("%s is %s at version %d, %v", c.who.Email, desk.GrantWords(s.Grants), s.Version, err)
			}
		}
		o.logs("Ada: change staff/1 roles in section 1 -> 2, since it was merged: editor 2\n")
		if strings.Contains(o.log(), "change staff/3") {
			t.Error("it is written that somebody was changed who was not")
		}
	})
}

func TestAnAdministratorWhoNeverCameIsNone(t *testing.T) {
	eachOffice(t, func(o *office) {
		admin := news.Grant{Role: news.Administrator}
		ada, link := o.hire("ada@paper.example", admin)
		otto, _ := o.hire("otto@paper.example", admin)
		// Nobody has come yet: one of the two may go.
		if err := o.DisableStaff(t.Context(), "Test", otto.ID); err != nil {
			t.Fatal(err)
		}
		if err := o.EnableStaff(t.Context(), "Test", otto.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.AcceptLink(t.Context(), link, "hash"); err != nil {
			t.Fatal(err)
		}
		if err := o.DisableStaff(t.Context(), "Test", ada.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("the only one who can sign in goes: %v", err)
		}
		less, err := o.store.Staff(t.Context(), ada.ID)
		if err != nil {
			t.Fatal(err)
		}
		less.Grants = nil
		if err := o.ChangeStaff(t.Context(), "Test", less); !fault.Is(err, fault.Invalid) {
			t.Errorf("the only one who can sign in is none any more: %v", err)
		}
		if err := o.AddPasskey(t.Context(), "Test", &news.Passkey{Staff: otto.ID, Credential: "c", Record: []byte("{}")}); err != nil {
			t.Fatal(err)
		}
		if err := o.DisableStaff(t.Context(), "Test", ada.ID); err != nil {
			t.Errorf("there is another, with a passkey: %v", err)
		}
	})
}

func TestARoleForSectionsNeedsOneOrTheWholePaper(t *testing.T) {
	eachOffice(t, func(o *office) {
		_, err := o.AddStaff(t.Context(), "Test", &news.Staff{Email: "ida@paper.example", Name: "Ida", Grants: []news.Grant{{Role: news.Editor, Section: news.Nowhere}}})
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Fields["sections"] != string(news.NoSection) {
			t.Errorf("%v", err)
		}
	})
}

// The secret links that somebody has made end with their account, also when they
// were called otherwise when they made them.
func TestSecretLinksEndWithTheAccountOfTheirMaker(t *testing.T) {
	eachPaper(t, func(o *office) {
		ida, _ := o.hire("ida@paper.example")
		otto, _ := o.hire("otto@paper.example")
		a := &news.Article{Kind: news.Story, Headline: "Vote", Body: []byte(`{"type":"doc","content":[]}`), Comments: news.CommentsModerated}
		if err := o.Create(t.Context(), "Test", a); err != nil {
			t.Fatal(err)
		}
		make := func(s *news.Staff, copyOf news.StaffID) string {
			token, err := o.MakePreview(t.Context(), desk.By(s), a.ID, copyOf, o.now.Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			return desk.PreviewHash(token)
		}
		link, own, others := make(ida, 0), make(ida, ida.ID), make(otto, 0)
		changed := *ida
		changed.Name, changed.Email = "Ida <b>Holm</b>", "holm@paper.example"
		if err := o.ChangeStaff(t.Context(), "Test", changed); err != nil {
			t.Fatal(err)
		}
		if err := o.DisableStaff(t.Context(), "Test", ida.ID); err != nil {
			t.Fatal(err)
		}
		for hash, want := range map[string]bool{link: false, own: false, others: true} {
			if _, err := o.store.Preview(t.Context(), hash); (err == nil) != want {
				t.Errorf("a link is there: %v, want %v", err == nil, want)
			}
		}
	})
}
