// Package locale is what a language brings to a page: its words, plurals, dates,
// numbers and direction.
//
// Words, and how a date is written, stand in one TOML file a language, which a
// theme brings. Plural rules, digits and scripts are those of Unicode's CLDR. It
// knows no clock and no time zone: a time is written as it stands. Start reading
// at [Load], then [Locale].
package locale

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// fallback is the language of the words where a language has none.
const fallback = "en"

// Set is every language that there are words for. It never changes.
type Set struct {
	files map[string]*file // by normal tag, as "en" or "pt-br"
}

// Load reads every words file, named by its language in BCP 47: "en.toml" must
// be there, and says which words there are. Every file must have them all, with
// the same placeholders, the plural forms that CLDR asks of its language, and its
// dates; one that does not is an error that names the file. A region's file, as
// "en-GB.toml", has only what differs from its language's.
func Load(words fs.FS) (*Set, error) {
	names, err := fs.Glob(words, "*.toml")
	if err != nil {
		return nil, err
	}
	s := &Set{files: map[string]*file{}}
	for _, name := range names {
		f, err := readFile(words, name)
		if err != nil {
			return nil, err
		}
		tag := normal(strings.TrimSuffix(path.Base(name), ".toml"))
		if s.files[tag] != nil {
			return nil, fmt.Errorf("there are two words files for the language %s", tag)
		}
		s.files[tag] = f
	}
	english := s.files[fallback]
	if english == nil {
		return nil, fmt.Errorf("there is no words file en.toml")
	}
	for _, tag := range s.Languages() {
		if err := s.files[tag].fits(tag, english); err != nil {
			return nil, fmt.Errorf("the words file %s.toml: %w", tag, err)
		}
	}
	return s, nil
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

// Languages are the languages that there are words for, in lower case and in
// alphabetical order.
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
	cldr     language.Tag // whose plural rules and digits hold; with words from English, English
	numbers  *message.Printer
	iso      bool // dates are written as in ISO 8601: the language has no words of its own
}

// For returns the locale of a language. Its words are those of the very tag, else
// those of the tag with fewer subtags, down to the language alone (RFC 4647,
// lookup). Where there are none, they are English, since somebody must read them,
// but dates are in the form of ISO 8601, which misleads nobody, and the direction
// is the language's own. "_" in the tag is as good as "-".
func (s *Set) For(tag string) *Locale {
	l := &Locale{Tag: strings.ReplaceAll(tag, "_", "-"), Dir: Dir(tag)}
	if l.words = s.lookup(normal(tag)); l.words == nil {
		l.words, l.iso, tag = s.files[fallback], true, fallback
	}
	l.cldr = l.words.cldr(tag)
	l.numbers = message.NewPrinter(l.cldr)
	return l
}

func (s *Set) lookup(tag string) *file {
	for tag != "" {
		if f := s.files[tag]; f != nil {
			return f
		}
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return nil
}

// normal is a tag as files are found by.
func normal(tag string) string { return strings.ToLower(strings.ReplaceAll(tag, "_", "-")) }
