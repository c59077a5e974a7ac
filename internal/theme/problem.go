package theme

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Level says how much a problem matters.
type Level int

// The levels of problems.
const (
	Broken  Level = iota // the theme can't be used
	Warning              // it can, and readers or its maker would rather that it were mended
	Note                 // worth knowing
)

// Problem is something that was found in a theme.
type Problem struct {
	Level Level
	File  string // from the theme's folder, as "templates/list.html"; "" where none in particular
	Line  int    // counted from 1; 0 where none in particular
	Text  string // one line
}

// String is the problem as compilers write it: "templates/list.html:12: …".
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
	}
	switch p.Level {
	case Warning:
		b.WriteString("warning: ")
	case Note:
		b.WriteString("note: ")
	}
	b.WriteString(p.Text)
	return b.String()
}

// Problems are all that was found in a theme, by file and line.
type Problems []Problem

// Error is the broken ones, a line each.
func (p Problems) Error() string {
	var lines []string
	for _, one := range p.Broken() {
		lines = append(lines, one.String())
	}
	return strings.Join(lines, "\n")
}

// Broken are those that keep the theme from being used; nil for none.
func (p Problems) Broken() Problems {
	var broken Problems
	for _, one := range p {
		if one.Level == Broken {
			broken = append(broken, one)
		}
	}
	return broken
}

// add notes a problem, once.
func (p *Problems) add(one Problem) {
	if !slices.Contains(*p, one) {
		*p = append(*p, one)
	}
}

// addPlaced notes a problem unless something as bad is wrong with its line
// already: a checker that comes later says the same in other words.
func (p *Problems) addPlaced(one Problem) {
	if one.Line > 0 && slices.ContainsFunc(*p, func(b Problem) bool { return b.File == one.File && b.Line == one.Line && b.Level <= one.Level }) {
		return
	}
	p.add(one)
}

func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Text, b.Text))
	})
}

// place is how the libraries begin their messages: a file of the theme, a line
// and perhaps a column.
var place = regexp.MustCompile(`^(?:template: |html/template:)?((?:built-in/)?(?:templates|static|fonts|words)/[^:]*):(\d+):(?:\d+:)? ?`)

// placed is a broken part that an error tells of; it stands in file where the
// error does not say.
func placed(err error, file string, line int) Problem {
	text := err.Error()
	if m := place.FindStringSubmatch(text); m != nil {
		file, text = m[1], text[len(m[0]):]
		line, _ = strconv.Atoi(m[2])
	}
	return Problem{File: file, Line: line, Text: strings.Join(strings.Fields(text), " ")}
}
