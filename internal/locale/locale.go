// Package locale is what a language brings to a page: its words, plurals, dates,
// numbers and direction.
//
// Words, and how a date is written, stand in one TOML file a language, which a
// theme brings and a newsroom adds to. Plural rules, digits, scripts and the order
// of letters are those of Unicode's CLDR. It knows no clock and no time zone: a
// time is written as it stands. docs/LANGUAGES.md is its guide for those who
// write words files. Start reading at [Load], then [Locale].
package locale

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// fallback is the language of the words where a language has none.
const fallback = "en"

// Set is every language that there are words for. What it answers never changes.
type Set struct {
	files map[string]*file // by normal tag, as "en" or "pt-br": all that holds for it but English
	made  sync.Map         // *Locale by the tag that was asked for, which is never a stranger's
}

// Load reads every words file of all layers, named by its language in BCP 47. The
// first layer is the theme's: its "en.toml" must be whole, and says which words
// there are. Each later layer adds to what is there and puts its own in place of
// it, key by key, in languages of its own or of the layers before. A layer whose
// folder is missing has nothing.
//
// A file says what it has: the words that it lacks are those of the language
// without its region ("en-GB.toml" has only what differs from "en.toml"), then
// English. What it has must fit (known words with the placeholders of English,
// plural forms that CLDR knows of its language, whole lists of names): else the
// error is a [*FileError].
func Load(layers ...fs.FS) (*Set, error) {
	own := map[string]*file{} // what all layers say of a language by itself
	var english *file
	for i, layer := range layers {
		files, err := readLayer(layer, i)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			if english = files[fallback+".toml"]; english == nil {
				return nil, fmt.Errorf("there is no words file en.toml")
			}
		}
		seen := map[string]bool{}
		for _, name := range sorted(files) {
			f, tag := files[name], normal(strings.TrimSuffix(name, ".toml"))
			if seen[tag] {
				return nil, &FileError{Layer: i, File: name, Err: fmt.Errorf("there are two words files for the language %s", tag)}
			}
			if m := f.fits(tag, english); m != nil {
				return nil, &FileError{Layer: i, File: name, Line: f.line(m.key), Err: errors.New(m.text)}
			}
			seen[tag] = true
			if own[tag] == nil {
				own[tag] = &file{}
			}
			own[tag].add(f)
		}
		if lacks := english.lacks(fallback, english); i == 0 && len(lacks) > 0 {
			return nil, &FileError{File: fallback + ".toml", Err: fmt.Errorf("%s is missing", strings.Join(lacks, ", "))}
		}
	}
	if english == nil {
		return nil, fmt.Errorf("there are no words files")
	}
	return &Set{files: whole(own)}, nil
}

// readLayer reads the words files of a folder, by name.
func readLayer(layer fs.FS, i int) (map[string]*file, error) {
	entries, err := fs.ReadDir(layer, ".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &FileError{Layer: i, File: ".", Err: err}
	}
	files := map[string]*file{}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".toml" {
			continue
		}
		if files[e.Name()], err = readFile(layer, e.Name()); err != nil {
			if wrong, ok := errors.AsType[*FileError](err); ok {
				wrong.Layer = i
			}
			return nil, err
		}
	}
	return files, nil
}

// whole puts what each language says over what the tags above it say.
func whole(own map[string]*file) map[string]*file {
	all := map[string]*file{}
	for tag := range own {
		f := &file{}
		for i, c := range tag + "-" {
			if part := own[(tag + "-")[:i]]; c == '-' && part != nil {
				f.add(part)
			}
		}
		all[tag] = f
	}
	return all
}

// english is the words where a language lacks its own.
func (s *Set) english() *file { return s.files[fallback] }

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
	words    *file // empty for a language without words
	english  *file
	cldr     language.Tag // whose plural rules and digits hold; without words of its own, English
	numbers  *message.Printer
	ten      [10]string // digits

	sorting  sync.Mutex // a collator may be used by one only
	collator *collate.Collator
	alphabet *unicode.RangeTable // see [alphabet]
}

// For returns the locale of a language. Its words are those of the very tag, else
// those of the tag with fewer subtags, down to the language alone (RFC 4647,
// lookup). Where there are none, they are English, since somebody must read them,
// but dates are in the form of ISO 8601, which misleads nobody, and the direction
// is the language's own. "_" in the tag is as good as "-". Who asks for the same
// tag again gets the same locale.
func (s *Set) For(tag string) *Locale {
	if l, ok := s.made.Load(tag); ok {
		return l.(*Locale)
	}
	l, _ := s.made.LoadOrStore(tag, s.make(tag))
	return l.(*Locale)
}

func (s *Set) make(tag string) *Locale {
	l := &Locale{Tag: strings.ReplaceAll(tag, "_", "-"), Dir: Dir(tag), english: s.english()}
	if l.words = s.lookup(normal(tag)); l.words == nil {
		l.words, tag = &file{}, fallback
	}
	l.cldr = l.words.cldr(tag)
	l.numbers = message.NewPrinter(l.cldr)
	l.ten = tenDigits(l.numbers)
	return l
}

func (s *Set) lookup(tag string) *file {
	for tag != "" {
		if f := s.files[tag]; f != nil {
			return f
		}
		tag = above(tag)
	}
	return nil
}

// normal is a tag as files are found by.
func normal(tag string) string { return strings.ToLower(strings.ReplaceAll(tag, "_", "-")) }
