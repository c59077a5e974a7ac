package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Adding returns the languages of s with more words: those of a face that pages of
// the theme do not have. The folder's "en.toml" says which words there are, as
// [words] and [plural] only; each must be new. The others must fit it, as Load
// tells; what they lack, [Set.Missing] lists.
func (s *Set) Adding(words fs.FS) (*Set, error) {
	files, err := readLayer(words, 0)
	if err != nil {
		return nil, err
	}
	english := files[fallback+".toml"]
	if english == nil {
		return nil, fmt.Errorf("there is no words file en.toml")
	}
	for _, key := range sorted(english.Words) {
		if _, known := s.english().Words[key]; known {
			return nil, &FileError{File: fallback + ".toml", Line: english.line("words." + key), Err: fmt.Errorf("the word %q is there already", key)}
		}
	}
	own := map[string]*file{}
	for _, name := range sorted(files) {
		f, tag := files[name], normal(strings.TrimSuffix(name, ".toml"))
		if m := f.fits(tag, english); m != nil {
			return nil, &FileError{File: name, Line: f.line(m.key), Err: errors.New(m.text)}
		}
		own[tag] = f
	}
	all := map[string]*file{}
	for tag, f := range s.files {
		with := &file{}
		with.add(f)
		for i, c := range tag + "-" {
			if part := own[(tag + "-")[:i]]; c == '-' && part != nil {
				with.add(part)
			}
		}
		all[tag] = with
	}
	for _, tag := range sorted(own) {
		if all[tag] == nil {
			return nil, &FileError{File: tag + ".toml", Err: errors.New("the theme has no words in this language")}
		}
	}
	return &Set{files: all}, nil
}
