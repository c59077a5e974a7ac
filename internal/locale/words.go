package locale

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// file is one language's words file.
type file struct {
	ReadMore []string                     `toml:"read_more_marks"`
	Digits   string                       `toml:"digits"` // a numbering system of CLDR; "" for the language's own
	Dates    dates                        `toml:"dates"`
	Words    map[string]string            `toml:"words"`
	Plural   map[string]map[string]string `toml:"plural"`
}

// readFile reads a words file. That of a region, as en-GB.toml, has only what
// differs from its language's.
func readFile(words fs.FS, name string) (*file, error) {
	var f file
	names := []string{name}
	if base, _, regional := strings.Cut(name, "-"); regional {
		names = []string{base + ".toml", name}
	}
	for _, part := range names {
		b, err := fs.ReadFile(words, part)
		if errors.Is(err, fs.ErrNotExist) && part != name {
			continue // a region without its language: it must have everything
		}
		if err != nil {
			return nil, err
		}
		if err := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(&f); err != nil {
			return nil, fmt.Errorf("the words file %s can't be read: %w", part, err)
		}
	}
	return &f, nil
}

// cldr is the tag whose rules hold for these words: the one asked for, since a
// region may group its digits in its own way, with the file's digits.
func (f *file) cldr(tag string) language.Tag {
	t, err := language.Parse(tag)
	if err != nil { // a subtag that CLDR does not know does not hide the language
		base, _, _ := strings.Cut(normal(tag), "-")
		t = language.Make(base)
	}
	if f.Digits == "" {
		return t
	}
	with, err := t.SetTypeForKey("nu", f.Digits)
	if err != nil {
		return t
	}
	return with
}

// fits reports the first thing, in a steady order, that f has other than English.
func (f *file) fits(tag string, english *file) error {
	if _, err := language.Parse(tag); err != nil {
		return fmt.Errorf("%q is no language tag: %w", tag, err)
	}
	if _, err := language.Und.SetTypeForKey("nu", f.Digits); err != nil {
		return fmt.Errorf("the digits %q are no numbering system", f.Digits)
	}
	if len(f.ReadMore) == 0 || slices.Contains(f.ReadMore, "") {
		return fmt.Errorf("read_more_marks must be phrases, and none empty")
	}
	if err := sameKeys("word", f.Words, english.Words); err != nil {
		return err
	}
	for _, key := range sorted(f.Words) {
		text, want := f.Words[key], english.Words[key]
		if text == "" && want != "" {
			return fmt.Errorf("the word %q is empty", key)
		}
		if !slices.Equal(placeholders(text), placeholders(want)) {
			return fmt.Errorf("the word %q has the placeholders %v, and English %v", key, placeholders(text), placeholders(want))
		}
	}
	if err := sameKeys("plural", f.Plural, english.Plural); err != nil {
		return err
	}
	for _, key := range sorted(f.Plural) {
		if err := formsFit(f.cldr(tag), f.Plural[key]); err != nil {
			return fmt.Errorf("the plural %q: %w", key, err)
		}
	}
	return f.Dates.fit()
}

func sameKeys[V any](kind string, have, want map[string]V) error {
	for _, key := range sorted(have) {
		if _, ok := want[key]; !ok {
			return fmt.Errorf("the %s %q is not known", kind, key)
		}
	}
	for _, key := range sorted(want) {
		if _, ok := have[key]; !ok {
			return fmt.Errorf("the %s %q is missing", kind, key)
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

// Word is a word or phrase, which may be empty; the key itself where there is no
// such word.
func (l *Locale) Word(key string) string {
	if text, ok := l.words.Words[key]; ok {
		return text
	}
	return key
}

// Say is a phrase with its {name} placeholders filled, from pairs of name and
// value. An int is written as Number does, anything else as fmt does: a year
// comes as a string, from Year. What a value holds is never taken for a
// placeholder. The phrase is text, not HTML.
func (l *Locale) Say(key string, pairs ...any) string {
	var to []string
	for i := 0; i+1 < len(pairs); i += 2 {
		value := fmt.Sprint(pairs[i+1])
		if n, ok := pairs[i+1].(int); ok {
			value = l.Number(n)
		}
		to = append(to, fmt.Sprintf("{%v}", pairs[i]), value)
	}
	return strings.NewReplacer(to...).Replace(l.Word(key))
}
