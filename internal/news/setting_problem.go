package news

import (
	"fmt"
	"strings"
)

// The problems of a setting, a menu's item, or what stands in a list of terms.
const (
	BadZone     FieldProblem = "bad zone"     // no time zone
	BadOrigin   FieldProblem = "bad origin"   // no address of a site
	BadURL      FieldProblem = "bad url"      // no whole address on the web
	BadLanguage FieldProblem = "bad language" // no language tag
	BadNumber   FieldProblem = "bad number"   // outside of its limits
	BadColour   FieldProblem = "bad colour"
	BadPath     FieldProblem = "bad path" // no pattern of an address
	BadHandle   FieldProblem = "bad handle"
	NotThere    FieldProblem = "not there"    // what it names is not there, or nothing to be shown
	BelowItself FieldProblem = "below itself" // it would stand below itself
	NoLetter    FieldProblem = "no letter"    // without a letter or a digit it makes no address
	NotOffered  FieldProblem = "not offered"  // the theme does not have it
	LowContrast FieldProblem = "low contrast" // as text it can't be read by everybody
)

// Explain says in English what is wrong with the settings, by their JSON name: for
// whoever changes them by a command.
func (s *Settings) Explain(wrong map[string]FieldProblem) map[string]string {
	words := map[string]string{}
	for field, problem := range wrong {
		words[field] = s.explain(field, problem)
	}
	return words
}

func (s *Settings) explain(field string, problem FieldProblem) string {
	switch problem {
	case BadZone:
		return fmt.Sprintf("%q is no time zone; write one like \"Europe/Berlin\"", s.TimeZone)
	case BadOrigin:
		return fmt.Sprintf("%q is no web address of a site; write one like \"https://paper.example\"", s.Address)
	case BadLanguage:
		return "a language is written like \"en\" or \"pt-BR\""
	case Missing:
		return "a language is needed, such as \"en\""
	case BadNumber:
		if field == "list_length" {
			return fmt.Sprintf("a number from 1 to %d is needed", MaxListLength)
		}
		return fmt.Sprintf("a number of days is needed, up to %d, or 0 for never", MaxCommentDays)
	case BadColour:
		value := s.Accent
		if field == "accent_dark" {
			value = s.AccentDark
		}
		return fmt.Sprintf("%q is no colour; write one like \"#1d4f91\"", value)
	case BadPath:
		return fmt.Sprintf("a path is needed that begins with /, holds %s and is none of Broadsheet's own", PathPart(field))
	case BadEmail:
		return fmt.Sprintf("%q is no email address", s.Email)
	case BadURL:
		return fmt.Sprintf("whole addresses are needed, as \"https://social.example/@lantern\", not %q", strings.Join(s.Social, ", "))
	case BadHandle:
		return "a name is needed like \"@lantern\""
	case NotThere:
		if id, ok := s.Pages()[field]; ok {
			return fmt.Sprintf("there is no standing page %d", id)
		}
		return fmt.Sprintf("there is no picture %d that can be shown", s.Pictures()[field])
	case TooLong, TooMany:
		return fmt.Sprintf("that is too much: at most %d", SettingLimit(field))
	}
	return string(problem)
}
