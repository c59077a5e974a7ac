package locale

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	"golang.org/x/text/language"
)

// file is what a words file says, or what all those of a language say together.
type file struct {
	Name     string                       `toml:"name"` // of the language, in itself
	ReadMore []string                     `toml:"read_more_marks"`
	Quotes   []string                     `toml:"quotes"`
	Digits   string                       `toml:"digits"` // a numbering system of CLDR; "" for the language's own
	Dates    dates                        `toml:"dates"`
	Words    map[string]string            `toml:"words"`
	Plural   map[string]map[string]string `toml:"plural"`

	lines map[string]int // where each key stands; only of a file as it was read
}

// FileError is what is wrong with a words file.
type FileError struct {
	Layer int    // which of the folders given to [Load], from 0
	File  string // in that folder; "." for the folder itself
	Line  int    // from 1; 0 where it is the whole file's
	Err   error
}

// Error names the file, the line and what is wrong.
func (e *FileError) Error() string {
	switch {
	case e.File == ".":
		return fmt.Sprintf("the folder of words files: %v", e.Err)
	case e.Line == 0:
		return fmt.Sprintf("the words file %s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("the words file %s, line %d: %v", e.File, e.Line, e.Err)
}

// Unwrap is what is wrong, without the file.
func (e *FileError) Unwrap() error { return e.Err }

// readFile reads a words file. Its error has no layer.
func readFile(words fs.FS, name string) (*file, error) {
	b, err := fs.ReadFile(words, name)
	if err != nil {
		return nil, &FileError{File: name, Err: fmt.Errorf("it can't be read: %w", err)}
	}
	f := &file{}
	err = toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(f)
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		first := unknown.Errors[0]
		line, _ := first.Position()
		return nil, &FileError{File: name, Line: line, Err: fmt.Errorf("the key %q is not known", strings.Join(first.Key(), "."))}
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := wrong.Position()
		return nil, &FileError{File: name, Line: line, Err: fmt.Errorf("it can't be read: %w", err)}
	}
	if err != nil {
		return nil, &FileError{File: name, Err: fmt.Errorf("it can't be read: %w", err)}
	}
	f.lines = linesOf(b)
	return f, nil
}

// linesOf tells at which line each key and table of a file stands.
func linesOf(b []byte) map[string]int {
	lines := map[string]int{}
	var p unstable.Parser
	p.Reset(b)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind == unstable.Comment {
			continue
		}
		var parts []string
		line := 0
		for k := e.Key(); k.Next(); {
			if line == 0 {
				line = p.Shape(k.Node().Raw).Start.Line
			}
			parts = append(parts, string(k.Node().Data))
		}
		key := strings.Join(parts, ".")
		if e.Kind == unstable.KeyValue {
			key = strings.TrimPrefix(table+"."+key, ".")
		} else {
			table = key
		}
		lines[key] = line
	}
	return lines
}

// line is where a key stands, or what holds it; 0 when neither does.
func (f *file) line(key string) int {
	for key != "" {
		if n := f.lines[key]; n > 0 {
			return n
		}
		key = key[:max(strings.LastIndexByte(key, '.'), 0)]
	}
	return 0
}

// add takes over what another file says: a region's over its language's, or a
// newsroom's over the theme's.
func (f *file) add(over *file) {
	set(&f.Name, over.Name)
	set(&f.Digits, over.Digits)
	f.ReadMore = append(f.ReadMore[:len(f.ReadMore):len(f.ReadMore)], over.ReadMore...)
	setList(&f.Quotes, over.Quotes)
	f.Dates.add(&over.Dates)
	words := map[string]string{}
	maps.Copy(words, f.Words)
	maps.Copy(words, over.Words)
	f.Words = words
	plural := map[string]map[string]string{}
	for _, part := range []map[string]map[string]string{f.Plural, over.Plural} {
		for key, forms := range part {
			all := map[string]string{}
			maps.Copy(all, plural[key])
			maps.Copy(all, forms)
			plural[key] = all
		}
	}
	f.Plural = plural
}

// set takes over a text that is given.
func set(to *string, text string) {
	if text != "" {
		*to = text
	}
}

// setList takes over a list that is given.
func setList(to *[]string, list []string) {
	if len(list) > 0 {
		*to = list
	}
}

// parse reads a tag; a subtag that CLDR does not know, as of a private use, does
// not hide the language.
func parse(tag string) language.Tag {
	t, err := language.Parse(tag)
	if err != nil {
		base, _, _ := strings.Cut(normal(tag), "-")
		t = language.Make(base)
	}
	return t
}

// cldr is the tag whose rules hold for these words: the one asked for, since a
// region may group its digits in its own way, with the file's digits.
func (f *file) cldr(tag string) language.Tag {
	t := parse(tag)
	if f.Digits == "" {
		return t
	}
	with, err := t.SetTypeForKey("nu", f.Digits)
	if err != nil {
		return t
	}
	return with
}
