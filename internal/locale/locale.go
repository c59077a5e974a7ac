// Package locale is what a language brings to a page: its words, plurals, dates,
// numbers and direction.
//
// The words stand in one TOML file a language, which a theme brings; dates and
// plural rules are CLDR's. Start reading at [Load], then [Locale].
package locale

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/fa"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/uk"
	"github.com/pelletier/go-toml/v2"
)

// fallback is the language whose words stand for those that another lacks.
const fallback = "en"

// file is one language's words file.
type file struct {
	ReadMore []string                     `toml:"read_more_marks"`
	Words    map[string]string            `toml:"words"`
	Plural   map[string]map[string]string `toml:"plural"`
}

// Set is every language that there are words for. It never changes.
type Set struct {
	files map[string]*file // by language, as "en"
}

// Load reads every words file, named by its language: "en.toml" must be there,
// and says which words there are. A word that English does not have, or with
// another placeholder than in English, is an error that names the file; one that
// is missing is not: English stands for it.
func Load(words fs.FS) (*Set, error) {
	names, err := fs.Glob(words, "*.toml")
	if err != nil {
		return nil, err
	}
	s := &Set{files: map[string]*file{}}
	for _, name := range names {
		b, err := fs.ReadFile(words, name)
		if err != nil {
			return nil, err
		}
		var f file
		if err := toml.NewDecoder(strings.NewReader(string(b))).DisallowUnknownFields().Decode(&f); err != nil {
			return nil, fmt.Errorf("the words file %s can't be read: %w", name, err)
		}
		s.files[strings.TrimSuffix(path.Base(name), ".toml")] = &f
	}
	english := s.files[fallback]
	if english == nil {
		return nil, fmt.Errorf("there is no words file en.toml")
	}
	for language, f := range s.files {
		if err := f.fits(english); err != nil {
			return nil, fmt.Errorf("the words file %s.toml: %w", language, err)
		}
	}
	return s, nil
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// fits reports what in f has no counterpart in English.
func (f *file) fits(english *file) error {
	for key, text := range f.Words {
		want, ok := english.Words[key]
		if !ok {
			return fmt.Errorf("the word %q is not known", key)
		}
		if !slices.Equal(placeholders(text), placeholders(want)) {
			return fmt.Errorf("the word %q has the placeholders %v, and English %v", key, placeholders(text), placeholders(want))
		}
	}
	for key, forms := range f.Plural {
		if english.Plural[key] == nil || forms["other"] == "" {
			return fmt.Errorf("the plural %q is not known, or has no form \"other\"", key)
		}
	}
	return nil
}

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// ReadMore is the phrases of all languages that old articles put before a link
// which only leads to another article, longest first.
func (s *Set) ReadMore() []string {
	var all []string
	for _, f := range s.files {
		all = append(all, f.ReadMore...)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(all)
}

// Languages are the languages that there are words for, in alphabetical order.
func (s *Set) Languages() []string {
	var all []string
	for l := range s.files {
		all = append(all, l)
	}
	slices.Sort(all)
	return all
}

// Locale is one language on a page. Tag is the language that was asked for, in
// BCP 47, and Dir "ltr" or "rtl".
type Locale struct {
	Tag, Dir string
	words    *file
	english  *file
	cldr     locales.Translator
}

// For returns the locale of a language: its own words where there are some, else
// English ones with the language's own direction.
func (s *Set) For(tag string) *Locale {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	l := &Locale{Tag: tag, Dir: Dir(tag), words: s.files[base], english: s.files[fallback]}
	if l.words == nil {
		l.words = l.english
		base = fallback
	}
	l.cldr = translator(base)
	return l
}

// translator is CLDR's data for a language.
func translator(language string) locales.Translator {
	switch language {
	case "de":
		return de.New()
	case "ru":
		return ru.New()
	case "uk":
		return uk.New()
	case "ar":
		return ar.New()
	case "fa":
		return fa.New()
	}
	return en.New()
}

// Word is a word or phrase; the key itself where no language has it.
func (l *Locale) Word(key string) string {
	return cmp.Or(l.words.Words[key], l.english.Words[key], key)
}

// Say is a phrase with its {name} placeholders filled, from pairs of name and
// value.
func (l *Locale) Say(key string, pairs ...any) string {
	var to []string
	for i := 0; i+1 < len(pairs); i += 2 {
		to = append(to, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(to...).Replace(l.Word(key))
}

// Plural is a phrase in the form that the number wants, by CLDR's cardinal
// rules, with {n} filled.
func (l *Locale) Plural(key string, n int) string {
	forms, rules := l.words.Plural[key], l.cldr
	if forms == nil {
		forms, rules = l.english.Plural[key], translator(fallback)
	}
	form := strings.ToLower(rules.CardinalPluralRule(float64(n), 0).String())
	text := cmp.Or(forms[strings.TrimPrefix(form, "pluralrule")], forms["other"], key)
	return strings.ReplaceAll(text, "{n}", l.Number(n))
}

// LongDate is a day with its weekday, as the language writes it in full.
func (l *Locale) LongDate(t time.Time) string { return l.cldr.FmtDateFull(t) }

// Date is a day without its weekday.
func (l *Locale) Date(t time.Time) string { return l.cldr.FmtDateLong(t) }

// Time is the time of day, to the minute.
func (l *Locale) Time(t time.Time) string { return l.cldr.FmtTimeShort(t) }

// DateTime is day and time of day.
func (l *Locale) DateTime(t time.Time) string { return l.Date(t) + ", " + l.Time(t) }

// MonthYear is a month with its year.
func (l *Locale) MonthYear(t time.Time) string {
	return l.cldr.MonthWide(t.Month()) + " " + t.Format("2006")
}

// Number is a whole number with the language's digits and separators.
func (l *Locale) Number(n int) string { return l.cldr.FmtNumber(float64(n), 0) }

// ISO is a time for machines: RFC 3339 with its zone.
func (l *Locale) ISO(t time.Time) string { return t.Format(time.RFC3339) }

// Dir is the direction that a language is written in, by its script where the
// tag names one: "ltr" or "rtl".
func Dir(tag string) string {
	parts := strings.Split(strings.ToLower(tag), "-")
	for _, p := range parts[1:] {
		switch p {
		case "arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg":
			return "rtl"
		case "latn", "cyrl", "deva", "grek", "hans", "hant":
			return "ltr"
		}
	}
	switch parts[0] {
	case "ar", "fa", "he", "iw", "ur", "ckb", "ps", "yi", "sd", "ug", "dv", "syr", "arc", "nqo", "azb", "lrc", "mzn", "glk", "pnb", "arz", "ary":
		return "rtl"
	}
	return "ltr"
}
