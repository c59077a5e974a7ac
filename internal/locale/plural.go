package locale

import (
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

// Plural is a phrase in the form that the number wants, by CLDR's cardinal
// rules, with {n} filled. Where the language lacks that form it has its form
// "other", where it lacks that too the English phrase by English rules; the key
// itself where there is no such phrase.
func (l *Locale) Plural(key string, n int) string {
	own := l.words.Plural[key]
	text := own[form(l.cldr, n)]
	if text == "" {
		text = own["other"]
	}
	if text == "" {
		text = l.english.Plural[key][form(language.English, n)]
	}
	if text == "" {
		return key
	}
	return strings.ReplaceAll(text, "{n}", l.Number(n))
}
