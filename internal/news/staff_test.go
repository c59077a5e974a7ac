package news

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestARoleIsAListOfPermissions(t *testing.T) {
	for _, r := range Roles() {
		if len(r.Permissions()) == 0 {
			t.Errorf("%s may do nothing", r)
		}
		for _, p := range r.Permissions() {
			if !slices.Contains(Permissions(), p) {
				t.Errorf("%s has the permission %s, which is not listed", r, p)
			}
		}
	}
	if Role("king").Permissions() != nil {
		t.Error("a role that is not known may do something")
	}
}

func TestWhoMayDoWhatWhere(t *testing.T) {
	world, europe, sport := SectionID(1), SectionID(2), SectionID(3)
	inEurope, inSport, nowhere := []SectionID{world, europe}, []SectionID{sport}, []SectionID(nil)
	for _, c := range []struct {
		name                             string
		grants                           []Grant
		permission                       Permission
		may, europe, sport, withoutPlace bool
	}{
		{"nobody", nil, MayWrite, false, false, false, false},
		{"a reporter writes", []Grant{{Reporter, 0}}, MayWrite, true, true, true, true},
		{"a reporter edits", []Grant{{Reporter, 0}}, MayEdit, false, false, false, false},
		{"an editor of all", []Grant{{Editor, 0}}, MayPublish, true, true, true, true},
		{"an editor of the section above", []Grant{{Editor, world}}, MayPublish, true, true, false, false},
		{"an editor of the section", []Grant{{Editor, europe}}, MayEdit, true, true, false, false},
		{"an editor of two", []Grant{{Editor, europe}, {Editor, sport}}, MayEdit, true, true, true, false},
		{"a section editor writes", []Grant{{Editor, europe}}, MayWrite, true, true, true, true},
		{"a section editor uses pictures", []Grant{{Editor, europe}}, MayPicture, true, true, true, true},
		{"a section editor and moderator", []Grant{{Editor, europe}, {Moderator, 0}}, MayModerate, true, true, true, true},
		{"a section editor and chief", []Grant{{Editor, europe}, {Chief, 0}}, MayEdit, true, true, true, true},
		{"a chief and accounts", []Grant{{Chief, 0}}, MayStaff, false, false, false, false},
		{"an administrator", []Grant{{Administrator, 0}}, MayStaff, true, true, true, true},
		{"what is not known", []Grant{{Role("king"), 0}}, MayStaff, false, false, false, false},
	} {
		s := &Staff{Grants: c.grants}
		if s.May(c.permission) != c.may || s.MayIn(c.permission, inEurope) != c.europe || s.MayIn(c.permission, inSport) != c.sport || s.MayIn(c.permission, nowhere) != c.withoutPlace {
			t.Errorf("%s: %v, in Europe %v, in sport %v, without a section %v", c.name, s.May(c.permission), s.MayIn(c.permission, inEurope), s.MayIn(c.permission, inSport), s.MayIn(c.permission, nowhere))
		}
		s.Disabled = time.Unix(1, 0)
		if s.May(c.permission) || s.MayIn(c.permission, inEurope) {
			t.Errorf("%s: and may so while disabled", c.name)
		}
	}
}

func TestWhatAnAccountMustHold(t *testing.T) {
	good := Staff{Name: "Ida", Email: "ida@paper.example", Grants: []Grant{{Editor, 3}, {Chief, 0}}}
	if wrong := good.Check(); wrong != nil {
		t.Errorf("a good one: %v", wrong)
	}
	for _, c := range []struct {
		change func(*Staff)
		field  string
		want   FieldProblem
	}{
		{func(s *Staff) { s.Name = " \u200d" }, "name", Missing},
		{func(s *Staff) { s.Name = strings.Repeat("x", MaxStaffName+1) }, "name", TooLong},
		{func(s *Staff) { s.Email = "" }, "email", Missing},
		{func(s *Staff) { s.Email = "Ida@paper.example" }, "email", BadEmail},
		{func(s *Staff) { s.Email = "ida" }, "email", BadEmail},
		{func(s *Staff) { s.Email = strings.Repeat("x", 250) + "@a.example" }, "email", TooLong},
		{func(s *Staff) { s.Grants = []Grant{{Role("king"), 0}} }, "roles", BadChoice},
		{func(s *Staff) { s.Grants = []Grant{{Chief, 3}} }, "roles", BadChoice},
		{func(s *Staff) { s.Grants = []Grant{{Editor, -2}} }, "roles", BadChoice},
		{func(s *Staff) { s.Grants = []Grant{{Editor, Nowhere}} }, "sections", NoSection},
		{func(s *Staff) { s.Grants = []Grant{{Chief, Nowhere}} }, "roles", BadChoice},
	} {
		s := good
		c.change(&s)
		if got := s.Check(); len(got) != 1 || got[c.field] != c.want {
			t.Errorf("%+v: %v", s, got)
		}
	}
	for password, want := range map[string]FieldProblem{"": Missing, "123456789": TooShort, "häßlich zu": "", "1234567890": "", strings.Repeat("x", MaxPassword+1): TooLong} {
		if got := CheckPassword(password); got != want {
			t.Errorf("%.20q: %q", password, got)
		}
	}
}

func TestASessionEndsWhenIdleAndAfterALongTime(t *testing.T) {
	began := time.Unix(0, 0)
	for _, c := range []struct {
		seen, now time.Duration
		want      bool
	}{
		{0, SessionIdle - 1, true}, {0, SessionIdle, false}, {80 * 24 * time.Hour, SessionLife - 1, true}, {80 * 24 * time.Hour, SessionLife, false},
	} {
		s := Session{Began: began, Seen: began.Add(c.seen)}
		if got := s.Alive(began.Add(c.now)); got != c.want {
			t.Errorf("seen at %v, at %v: %v", c.seen, c.now, got)
		}
	}
}
