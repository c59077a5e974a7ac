package news

import (
	"slices"
	"strings"
	"time"
)

// StaffID names somebody with an account in the newsroom; 0 is nobody.
type StaffID int64

// Staff is somebody with an account in the newsroom. Whether they also have a
// byline is told by a [Person], who may have no account. What they sign in with
// is no part of it, so that no page and no log can show it.
type Staff struct {
	ID       StaffID
	Email    string // what they sign in with: unique, as [FoldEmail] writes it
	Name     string
	Language string    // of the newsroom's screens, BCP 47; "" for what their browser asks for
	Grants   []Grant   // by role, then section
	Disabled time.Time // since when they may not sign in; zero while they may
	Version  int       // rises with each change
	Created  time.Time
}

// Grant is one role that somebody has, in one section and those below it.
type Grant struct {
	Role    Role
	Section SectionID // 0 for the whole paper; others for roles with [Role.Sectioned] only
}

// Nowhere is the section of a role for which somebody has yet to choose one, or the
// whole paper. No account is stored with it.
const Nowhere SectionID = -1

// Permission is what a part of the newsroom asks of whoever uses it.
type Permission string

// The permissions there are.
const (
	MayWrite    Permission = "write"    // write drafts, and change their own
	MayEdit     Permission = "edit"     // change what others have written
	MayPublish  Permission = "publish"  // publish, schedule, correct, withdraw
	MayPicture  Permission = "pictures" // take pictures into the library, and describe them
	MayLibrary  Permission = "library"  // take what others have brought out of the library
	MayModerate Permission = "moderate" // decide about readers' comments
	MayAdvert   Permission = "ads"      // book advertisements
	MayFront    Permission = "fronts"   // arrange the front pages
	MaySet      Permission = "settings" // change what the paper is
	MayTerm     Permission = "terms"    // sections, topics, people
	MayStaff    Permission = "staff"    // accounts, and what they may do
	MayAudit    Permission = "audit"    // read who did what
)

// Permissions are all of them, in the order in which they are shown.
func Permissions() []Permission {
	return []Permission{MayWrite, MayEdit, MayPublish, MayPicture, MayLibrary, MayModerate, MayAdvert, MayFront, MaySet, MayTerm, MayStaff, MayAudit}
}

// Role is a job in the newsroom: a list of permissions.
type Role string

// The roles there are.
const (
	Contributor   Role = "contributor"
	Reporter      Role = "reporter"
	Editor        Role = "editor"
	PictureDesk   Role = "pictures"
	Moderator     Role = "moderator"
	Advertising   Role = "advertising"
	Chief         Role = "chief"
	Administrator Role = "administrator"
)

// Roles are all of them, in the order in which they are shown.
func Roles() []Role {
	return []Role{Contributor, Reporter, Editor, PictureDesk, Moderator, Advertising, Chief, Administrator}
}

// Permissions is what a role may do; nil for one that is not known.
func (r Role) Permissions() []Permission {
	switch r {
	case Contributor:
		return []Permission{MayWrite}
	case Reporter:
		return []Permission{MayWrite, MayPicture}
	case Editor:
		return []Permission{MayWrite, MayEdit, MayPublish, MayPicture, MayFront}
	case PictureDesk:
		return []Permission{MayPicture, MayLibrary}
	case Moderator:
		return []Permission{MayModerate}
	case Advertising:
		return []Permission{MayAdvert}
	case Chief:
		return []Permission{MayWrite, MayEdit, MayPublish, MayPicture, MayLibrary, MayModerate, MayFront, MayTerm, MayAudit}
	case Administrator:
		return Permissions()
	}
	return nil
}

// Sectioned reports whether the role may be given for single sections.
func (r Role) Sectioned() bool { return r == Editor }

// May reports whether somebody may do a thing at all, be it in one section only,
// which [Staff.MayIn] tells. Whose account is disabled may do nothing.
func (s *Staff) May(p Permission) bool {
	everywhere, sections := s.Where(p)
	return everywhere || len(sections) > 0
}

// MayIn reports whether somebody may do a thing to what stands in one of these
// sections: the caller gives those it is in together with all above them, see
// [Sections.Line]. What stands in none is for those alone who may everywhere.
func (s *Staff) MayIn(p Permission, sections []SectionID) bool {
	everywhere, in := s.Where(p)
	return everywhere || slices.ContainsFunc(sections, func(id SectionID) bool { return slices.Contains(in, id) })
}

// Where tells in which part of the paper somebody may do a thing: everywhere, or
// in these sections and all below them; in none where there are none. To write,
// and to use pictures, is bound to no section.
func (s *Staff) Where(p Permission) (everywhere bool, sections []SectionID) {
	if !s.Disabled.IsZero() {
		return false, nil
	}
	for _, g := range s.Grants {
		switch {
		case !slices.Contains(g.Role.Permissions(), p):
		case g.Section == 0 || p == MayWrite || p == MayPicture:
			return true, nil
		default:
			sections = append(sections, g.Section)
		}
	}
	return false, sections
}

// Has reports whether somebody has a role, be it in one section only.
func (s *Staff) Has(r Role) bool {
	return slices.ContainsFunc(s.Grants, func(g Grant) bool { return g.Role == r })
}

// Limits of an account, in characters.
const (
	MaxStaffName  = 80
	MaxStaffEmail = 254  // RFC 5321
	MinPassword   = 10   // length is what counts: NIST SP 800-63B-4, 3.1.1.2
	MaxPassword   = 1000 // far above the 64 that the same asks for
)

// FoldEmail writes an address as accounts have it: what is the same to people is
// the same then.
func FoldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Check returns what is wrong, by field: name, email, roles, sections. It is nil when the
// account may be stored.
func (s *Staff) Check() map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	needs(wrong, "name", s.Name, MaxStaffName)
	needs(wrong, "email", s.Email, MaxStaffEmail)
	if wrong["email"] == "" && (!plainEmail(s.Email) || s.Email != FoldEmail(s.Email)) {
		wrong["email"] = BadEmail
	}
	for _, g := range s.Grants {
		if g.Section == Nowhere && g.Role.Sectioned() {
			wrong["sections"] = NoSection
			continue
		}
		if g.Role.Permissions() == nil || g.Section < 0 || g.Section != 0 && !g.Role.Sectioned() {
			wrong["roles"] = BadChoice
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// CheckPassword says what is wrong with a new password; "" when nothing is.
func CheckPassword(password string) FieldProblem {
	switch n := len([]rune(password)); {
	case password == "":
		return Missing
	case n < MinPassword:
		return TooShort
	case n > MaxPassword:
		return TooLong
	}
	return ""
}

// Session is a signed-in browser, until it is ended, is idle too long, or has
// stood too long.
type Session struct {
	ID     int64
	Staff  StaffID
	Device string // what the browser called itself
	From   string // the network address that it signed in from
	Began  time.Time
	Seen   time.Time // the last request, to a few minutes
}

// How long a session lasts.
const (
	SessionIdle = 14 * 24 * time.Hour // without a request
	SessionLife = 90 * 24 * time.Hour // in all
)

// DeviceLife is how long a device is known again from which somebody has signed in.
const DeviceLife = 400 * 24 * time.Hour // the longest that browsers keep a cookie

// Alive reports whether the session still counts at a moment.
func (s *Session) Alive(now time.Time) bool {
	return now.Before(s.Seen.Add(SessionIdle)) && now.Before(s.Began.Add(SessionLife))
}

// Passkey is a key on somebody's device that signs them in (W3C WebAuthn).
type Passkey struct {
	ID         int64
	Staff      StaffID
	Credential string // its id, base64url
	Name       string // what they call it
	Record     []byte // all that is known of it, as the verifier stores it
	Made       time.Time
	Used       time.Time // zero for never
}

// LinkKind says what a link to choose a password was made for.
type LinkKind string

// The kinds of link.
const (
	Invitation LinkKind = "invitation" // to a new account
	Reset      LinkKind = "reset"      // of a forgotten password
)

// Life is how long such a link can be used.
func (k LinkKind) Life() time.Duration {
	if k == Reset {
		return 24 * time.Hour
	}
	return 7 * 24 * time.Hour
}
