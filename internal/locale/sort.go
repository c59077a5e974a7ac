package locale

import (
	"cmp"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Compare orders two names as a dictionary of the language does, by CLDR's
// collation: negative where a comes first, 0 for the same string only. Names in
// the language's own alphabet come before those in others, numbers before both;
// marks before the first letter, as quotation marks, do not count.
// A language without words of its own is ordered by its own rules, too. It is
// safe for concurrent use.
func (l *Locale) Compare(a, b string) int {
	l.sorting.Lock()
	defer l.sorting.Unlock()
	if l.collator == nil {
		l.collator = collate.New(parse(l.Tag))
		l.alphabet = alphabet(parse(l.Tag))
	}
	rankA, nameA := rank(a, l.alphabet)
	rankB, nameB := rank(b, l.alphabet)
	return cmp.Or(cmp.Compare(rankA, rankB), l.collator.CompareString(nameA, nameB), cmp.Compare(a, b))
}

// rank is the place of a name among those in other alphabets, by its first letter
// or digit, with the name from there on. CLDR has this order, but package collate
// does not know it.
func rank(s string, own *unicode.RangeTable) (int, string) {
	for i, r := range s {
		switch {
		case unicode.IsDigit(r):
			return 0, s[i:]
		case !unicode.IsLetter(r):
			continue
		case own == nil || unicode.Is(own, r):
			return 1, s[i:]
		}
		return 2, s[i:]
	}
	return 0, s
}

// alphabet is the letters of a language's script, nil where the order of all
// scripts is right as it is: Latin comes first, and the writing of Japan is of
// several.
func alphabet(tag language.Tag) *unicode.RangeTable {
	script, _ := tag.Script()
	switch script.String() {
	case "Arab":
		return unicode.Arabic
	case "Armn":
		return unicode.Armenian
	case "Beng":
		return unicode.Bengali
	case "Cyrl":
		return unicode.Cyrillic
	case "Deva":
		return unicode.Devanagari
	case "Geor":
		return unicode.Georgian
	case "Grek":
		return unicode.Greek
	case "Hans", "Hant":
		return unicode.Han
	case "Hebr":
		return unicode.Hebrew
	case "Kore":
		return unicode.Hangul
	case "Thai":
		return unicode.Thai
	}
	return nil
}
