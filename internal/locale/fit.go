package locale

import (
	"fmt"
	"regexp"
	"slices"

	"golang.org/x/text/language"
)

// mistake is what is wrong with a words file, and at which key.
type mistake struct {
	key  string // with dots, as "plural.comments.one"
	text string
}

func wrong(key, format string, args ...any) *mistake {
	return &mistake{key, fmt.Sprintf(format, args...)}
}

// fits reports the first thing, in a steady order, that is wrong with a file. What
// it lacks is not wrong: see [Set.Missing]. english says which words there are.
func (f *file) fits(tag string, english *file) *mistake {
	if _, err := language.Parse(tag); err != nil {
		return wrong("", "%q is no language tag: %v", tag, err)
	}
	if _, err := language.Und.SetTypeForKey("nu", f.Digits); err != nil {
		return wrong("digits", "the digits %q are no numbering system", f.Digits)
	}
	if slices.Contains(f.ReadMore, "") {
		return wrong("read_more_marks", "read_more_marks must be phrases, and none empty")
	}
	if f.Quotes != nil && (len(f.Quotes) != 4 || slices.Contains(f.Quotes, "")) {
		return wrong("quotes", "quotes must be 4 marks: those outside, then those inside of others")
	}
	for _, key := range sorted(f.Words) {
		if m := wordFits(key, f.Words[key], english); m != nil {
			return m
		}
	}
	for _, key := range sorted(f.Plural) {
		if _, ok := english.Plural[key]; !ok {
			return wrong("plural."+key, "the plural %q is not known", key)
		}
		if m := formsFit(parse(tag), key, f.Plural[key]); m != nil {
			return m
		}
	}
	return f.Dates.fits()
}

func wordFits(key, text string, english *file) *mistake {
	want, ok := english.Words[key]
	switch {
	case !ok:
		return wrong("words."+key, "the word %q is not known", key)
	case text == "" && want != "":
		return wrong("words."+key, "the word %q is empty", key)
	case !slices.Equal(placeholders(text), placeholders(want)):
		return wrong("words."+key, "the word %q has the placeholders %v, and English %v", key, placeholders(text), placeholders(want))
	}
	return nil
}

// formsFit reports a form that the language has not, and one that does not tell
// its number though several take it: "one comment" is right in English, but in
// Russian 21 takes the same form.
func formsFit(tag language.Tag, key string, forms map[string]string) *mistake {
	has := formsOf(tag)
	for _, name := range sorted(forms) {
		at := "plural." + key + "." + name
		numbers, ok := has[name]
		if !ok {
			return wrong(at, "the plural %q: the language has no form %q", key, name)
		}
		if forms[name] == "" {
			return wrong(at, "the plural %q: the form %q is empty", key, name)
		}
		found := placeholders(forms[name])
		if !slices.Equal(found, []string{"{n}"}) && (len(found) > 0 || numbers != 1) {
			return wrong(at, "the plural %q: the form %q has the placeholders %v, and should have {n}", key, name, found)
		}
	}
	return nil
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// placeholders are those of s, sorted, each once.
func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
