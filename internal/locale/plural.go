package locale

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// form is the plural form that CLDR's cardinal rules give a whole number.
func form(tag language.Tag, n int) string {
	switch plural.Cardinal.MatchPlural(tag, max(n, -n), 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}

// formsOf tells which plural forms a language has, and how many of the numbers
// that were tried take each. "other" is always one, as CLDR has it, though in
// Russian only fractions take it. The numbers reach past 100, where the rules
// begin anew, and to a million, for which some languages have a form.
func formsOf(tag language.Tag) map[string]int {
	forms := map[string]int{"other": 0}
	for n := range 301 {
		forms[form(tag, n)]++
	}
	forms[form(tag, 1_000_000)]++
	return forms
}

// formsFit reports a form that the language lacks or has not, and one that does
// not tell its number though several take it: "one comment" is right in English,
// but in Russian 21 takes the same form.
func formsFit(tag language.Tag, forms map[string]string) error {
	needed := formsOf(tag)
	for _, name := range sorted(needed) {
		text := forms[name]
		if text == "" {
			return fmt.Errorf("the form %q is missing", name)
		}
		found := placeholders(text)
		if !slices.Equal(found, []string{"{n}"}) && (len(found) > 0 || needed[name] != 1) {
			return fmt.Errorf("the form %q has the placeholders %v, and should have {n}", name, found)
		}
	}
	for _, name := range sorted(forms) {
		if _, ok := needed[name]; !ok {
			return fmt.Errorf("the language has no form %q", name)
		}
	}
	return nil
}

// Plural is a phrase in the form that the number wants, by CLDR's cardinal
// rules, with {n} filled; the key itself where there is no such phrase.
func (l *Locale) Plural(key string, n int) string {
	text, ok := l.words.Plural[key][form(l.cldr, n)]
	if !ok {
		return key
	}
	return strings.ReplaceAll(text, "{n}", l.Number(n))
}
