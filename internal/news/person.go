package news

import "unicode/utf8"

// PersonID names a person; 0 is none.
type PersonID int64

// Person is somebody with a byline, with or without an account.
type Person struct {
	ID        PersonID
	Version   int // rises by one with each write; 1 for a new one
	Name      string
	Slug      string
	Path      string // address of the page about them
	Email     string // for the newsroom; never shown to readers
	Biography string // plain text; paragraphs parted by a blank line
	Website   string
	Picture   PictureID
	Retired   bool // writes no more: is not offered for a byline; their page stays
}

// MaxBiography is how many characters a biography may have.
const MaxBiography = 20000

// Check returns what is wrong, by field: name, slug, email, website, biography. It
// is nil when the person may be stored.
func (p *Person) Check() map[string]FieldProblem {
	wrong := checkTerm(p.Name, p.Slug, "")
	switch {
	case utf8.RuneCountInString(p.Email) > MaxStaffEmail:
		wrong["email"] = TooLong
	case p.Email != "" && !plainEmail(p.Email):
		wrong["email"] = BadEmail
	}
	switch {
	case utf8.RuneCountInString(p.Website) > MaxProfile:
		wrong["website"] = TooLong
	case p.Website != "" && !IsWeb(p.Website):
		wrong["website"] = BadURL
	}
	if utf8.RuneCountInString(p.Biography) > MaxBiography {
		wrong["biography"] = TooLong
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}
