package locale

import (
	"slices"
	"strings"
)

// Missing is, by language, what its files do not say, as keys of a words file:
// "words.home", "plural.comments.few", "dates.months", "name"; sorted. Readers get
// the English words there, and dates in the form of ISO 8601. A region lacks only
// what it does not have from its language; a language that lacks nothing is
// absent.
func (s *Set) Missing() map[string][]string {
	all := map[string][]string{}
	for tag, f := range s.files {
		lacks := f.lacks(tag, s.english())
		if parent := s.lookup(above(tag)); parent != nil {
			known := parent.lacks(above(tag), s.english())
			lacks = slices.DeleteFunc(lacks, func(key string) bool { return slices.Contains(known, key) })
		}
		if len(lacks) > 0 {
			all[tag] = lacks
		}
	}
	return all
}

// lacks are the keys that a language does not say, sorted.
func (f *file) lacks(tag string, english *file) []string {
	lacks := f.Dates.lacks()
	for key, missing := range map[string]bool{"name": f.Name == "", "quotes": f.Quotes == nil, "read_more_marks": len(f.ReadMore) == 0} {
		if missing {
			lacks = append(lacks, key)
		}
	}
	for key := range english.Words {
		if _, ok := f.Words[key]; !ok {
			lacks = append(lacks, "words."+key)
		}
	}
	forms := formsOf(parse(tag))
	for key := range english.Plural {
		for name := range forms {
			if f.Plural[key][name] == "" {
				lacks = append(lacks, "plural."+key+"."+name)
			}
		}
	}
	slices.Sort(lacks)
	return lacks
}

// above is a tag with one subtag fewer, "" above a language alone.
func above(tag string) string { return tag[:max(strings.LastIndexByte(tag, '-'), 0)] }
