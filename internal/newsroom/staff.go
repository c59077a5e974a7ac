package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// StaffList is the screen of all accounts.
type StaffList struct {
	Frame
	Rows []StaffRow
}

// StaffRow is one account in the list.
type StaffRow struct {
	ID       news.StaffID
	Name     string
	Email    string
	Roles    []string
	Disabled bool
}

func staffList(v *visit) error {
	all, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return err
	}
	sections, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b news.Staff) int { return v.l.Compare(a.Name, b.Name) })
	view := StaffList{Frame: v.frame(v.l.Word("staff_title"))}
	for _, s := range all {
		row := StaffRow{s.ID, s.Name, s.Email, nil, !s.Disabled.IsZero()}
		for _, g := range s.Grants {
			row.Roles = append(row.Roles, v.grantName(g, sections))
		}
		view.Rows = append(view.Rows, row)
	}
	return v.show(http.StatusOK, "staff", view)
}

// StaffEdit is the form for an account.
type StaffEdit struct {
	Frame
	ID       news.StaffID // 0 for a new one
	Version  int
	Typed    Own // name and address
	Roles    []RoleChoice
	Whole    bool            // the roles that may be given for some sections are for the whole paper
	Sections []SectionChoice // for the roles that may be given for some
	Disabled bool
	Devices  bool // there is an app or a passkey
	Conflict bool // somebody else has changed the account meanwhile
	Mail     bool // links are sent by mail
	Letter   *LetterState
}

// RoleChoice is a role that may be given.
type RoleChoice struct {
	Role   news.Role
	Label  string
	Hint   string // what it may do
	Chosen bool
}

// SectionChoice is a section for which the role of editor may be given.
type SectionChoice struct {
	ID     news.SectionID
	Label  string // with those above it
	Chosen bool
}

// showStaff shows the form with an account as it is, or as it was typed.
func (v *visit) showStaff(status int, s *news.Staff, conflict bool) error {
	title := v.l.Word("staff_new_title")
	if s.ID != 0 {
		title = v.l.Say("staff_edit_title", "name", s.Name)
	}
	view := StaffEdit{Frame: v.frame(title), ID: s.ID, Version: s.Version, Typed: Own{Name: s.Name, Email: s.Email}, Disabled: !s.Disabled.IsZero(), Conflict: conflict}
	for _, r := range news.Roles() {
		var what []string
		for _, p := range r.Permissions() {
			what = append(what, v.l.Word("may_"+string(p)))
		}
		view.Roles = append(view.Roles, RoleChoice{r, v.l.Word("role_" + string(r)), strings.Join(what, v.l.Word("list_comma")), s.Has(r)})
	}
	sections, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	view.Mail = v.Desk.WritesLetters()
	view.Whole = slices.ContainsFunc(s.Grants, func(g news.Grant) bool { return g.Section == 0 && g.Role.Sectioned() })
	view.Sections = sectionChoices(sections, 0, s)
	// One that is not known stays chosen until somebody decides.
	for _, g := range s.Grants {
		if g.Section > 0 && sections[g.Section] == nil {
			view.Sections = append(view.Sections, SectionChoice{g.Section, strconv.FormatInt(int64(g.Section), 10), true})
		}
	}
	if s.ID != 0 {
		secrets, err := v.Store.Secrets(v.ctx(), s.ID)
		if err != nil {
			return err
		}
		keys, err := v.Store.Passkeys(v.ctx(), s.ID)
		if err != nil {
			return err
		}
		view.Devices = secrets.TOTP != "" || len(keys) > 0
		if view.Letter, err = v.letterState(s.ID); err != nil {
			return err
		}
	}
	return v.show(status, "staff-edit", view)
}

// sectionChoices are the sections below one, each followed by those below it.
func sectionChoices(all news.Sections, below news.SectionID, s *news.Staff) []SectionChoice {
	var list []SectionChoice
	for _, section := range all.Children(below) {
		var names []string
		for _, up := range all.Line(section.ID) {
			names = append(names, up.Name)
		}
		chosen := slices.ContainsFunc(s.Grants, func(g news.Grant) bool { return g.Section == section.ID })
		list = append(list, SectionChoice{section.ID, strings.Join(names, " › "), chosen})
		list = append(list, sectionChoices(all, section.ID, s)...)
	}
	return list
}

func staffNew(v *visit) error { return v.showStaff(http.StatusOK, &news.Staff{}, false) }

// scopePaper is what the form of an account says where the roles that may be given
// for some sections are to be for the whole paper.
const scopePaper = "paper"

// typedStaff reads the form of an account into s. Sections count for the roles
// that may be given for some. That such a role is for the whole paper is a choice of
// its own: who unticks the last section has not made it.
func typedStaff(values url.Values, s *news.Staff) {
	s.Name, s.Email, s.Grants = values.Get("name"), values.Get("email"), nil
	for _, name := range values["role"] {
		role := news.Role(name)
		if !role.Sectioned() || values.Get("scope") == scopePaper {
			s.Grants = append(s.Grants, news.Grant{Role: role})
			continue
		}
		before := len(s.Grants)
		for _, id := range values["section"] {
			if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 {
				s.Grants = append(s.Grants, news.Grant{Role: role, Section: news.SectionID(n)})
			}
		}
		if len(s.Grants) == before {
			s.Grants = append(s.Grants, news.Grant{Role: role, Section: news.Nowhere})
		}
	}
}

func staffAdd(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	s := &news.Staff{}
	typedStaff(values, s)
	link, err := v.Desk.AddStaff(v.ctx(), v.who(), s)
	if v.refused(err) {
		s.ID = 0
		return v.showStaff(http.StatusUnprocessableEntity, s, false)
	}
	if err != nil {
		return err
	}
	return v.showLink(s, link, news.Invitation)
}

func staffEdit(v *visit) error {
	s, err := v.Store.Staff(v.ctx(), news.StaffID(v.id("id")))
	if err != nil {
		return err
	}
	return v.showStaff(http.StatusOK, &s, false)
}

func staffChange(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	s, err := v.Store.Staff(v.ctx(), news.StaffID(v.id("id")))
	if err != nil {
		return err
	}
	now := s.Version
	typedStaff(values, &s)
	s.Version, _ = strconv.Atoi(values.Get("version")) // what is no number is no version
	err = v.Desk.ChangeStaff(v.ctx(), v.who(), s)
	switch {
	case v.refused(err):
		return v.showStaff(http.StatusUnprocessableEntity, &s, false)
	case fault.Is(err, fault.Conflict):
		s.Version = now // what was typed is kept, and sent again it counts
		return v.showStaff(http.StatusConflict, &s, true)
	case err != nil:
		return err
	}
	return v.see(staffPath(s.ID), "saved")
}

func staffPath(id news.StaffID) string {
	return Path + "staff/" + strconv.FormatInt(int64(id), 10)
}

// Link is the screen that shows a link to choose a password, once.
type Link struct {
	Frame
	Email   string
	Address string
	Days    string // how long it can be used
	Back    string
	Letter  *LetterState // nil where none is sent
}

func (v *visit) showLink(s *news.Staff, link string, kind news.LinkKind) error {
	title := "link_invitation_title"
	if kind == news.Reset {
		title = "link_reset_title"
	}
	days := int(kind.Life().Hours() / 24)
	view := Link{Frame: v.frame(v.l.Say(title, "name", s.Name)), Email: s.Email, Address: v.origin() + WelcomePath(link), Days: v.l.Plural("link_days", days), Back: staffPath(s.ID)}
	if v.Desk.WritesLetters() {
		var err error
		if view.Letter, err = v.letterState(s.ID); err != nil {
			return err
		}
	}
	return v.show(http.StatusOK, "link", view)
}

// WelcomePath is the address, without the host, of the link with that secret, with
// which somebody chooses a password. The secret is in the query: of that the log
// tells nothing.
func WelcomePath(link string) string { return Path + "welcome?link=" + url.QueryEscape(link) }

func staffLink(v *visit) error {
	s, err := v.Store.Staff(v.ctx(), news.StaffID(v.id("id")))
	if err != nil {
		return err
	}
	link, kind, err := v.Desk.LinkStaff(v.ctx(), v.who(), s.ID)
	if err != nil {
		return err
	}
	return v.showLink(&s, link, kind)
}

func staffDisable(v *visit) error {
	id := news.StaffID(v.id("id"))
	err := v.Desk.DisableStaff(v.ctx(), v.who(), id)
	if v.refused(err) {
		s, err := v.Store.Staff(v.ctx(), id)
		if err != nil {
			return err
		}
		return v.showStaff(http.StatusUnprocessableEntity, &s, false)
	}
	if err != nil {
		return err
	}
	return v.see(staffPath(id), "disabled")
}

func staffEnable(v *visit) error {
	id := news.StaffID(v.id("id"))
	if err := v.Desk.EnableStaff(v.ctx(), v.who(), id); err != nil {
		return err
	}
	return v.see(staffPath(id), "enabled")
}

func staffForget(v *visit) error {
	id := news.StaffID(v.id("id"))
	if err := v.Desk.ForgetDevices(v.ctx(), v.who(), id); err != nil {
		return err
	}
	return v.see(staffPath(id), "devices_forgotten")
}
