package db

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Engine names one of the two databases. Its value is also the tag that marks
// a line of SQL as meant for that engine alone.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

var (
	tag         = regexp.MustCompile(`[ \t]*-- (sqlite|postgres)[ \t]*$`)
	placeholder = regexp.MustCompile(`\$(\d+)`)
)

// Text returns what e runs for the SQL text q: without the lines that end in
// the other engine's tag ("-- sqlite", "-- postgres"), without the tags, and on
// SQLite with ?1 for $1, which mean the same there. Where each is used once and
// in order, a bare ? stands for it: SQLite looks numbered ones up in a list, and
// an insert of many rows would spend a third of its time there.
func (e Engine) Text(q string) string {
	if strings.Contains(q, "-- ") {
		q = e.drop(q)
	}
	switch {
	case e != SQLite:
		return q
	case inOrder(q):
		return placeholder.ReplaceAllString(q, "?")
	}
	return placeholder.ReplaceAllString(q, "?$1")
}

// inOrder reports whether q's placeholders are $1, $2 and so on, each once.
func inOrder(q string) bool {
	for i, m := range placeholder.FindAllStringSubmatch(q, -1) {
		if m[1] != strconv.Itoa(i+1) {
			return false
		}
	}
	return true
}

// Script is Text for a file of many statements without placeholders, such as a
// migration, in which $1 may be meant as it stands.
func (e Engine) Script(q string) string { return e.drop(q) }

func (e Engine) drop(q string) string {
	lines := strings.Split(q, "\n")
	kept := lines[:0]
	for _, line := range lines {
		m := tag.FindStringSubmatchIndex(line)
		switch {
		case m == nil:
			kept = append(kept, line)
		case Engine(line[m[2]:m[3]]) == e:
			kept = append(kept, line[:m[0]])
		}
	}
	return strings.Join(kept, "\n")
}

// Tagged returns the lines of q that are meant for one engine only.
func Tagged(q string) []string {
	var lines []string
	for line := range strings.SplitSeq(q, "\n") {
		if tag.MatchString(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// texts keeps the engines' texts of the SQL in use: a process has few, and each
// is asked for with every query.
type texts struct{ sync.Map }

func (s Session) text(q string) string {
	if t, ok := s.db.texts.Load(q); ok {
		return t.(string)
	}
	t := s.Engine.Text(q)
	s.db.texts.Store(q, t)
	return t
}

// rows returns q, an insert of one row whose text holds one "values (…)" group,
// with that group n times over and its placeholders counted on.
func (s Session) rows(q string, n int) string {
	type key struct {
		q string
		n int
	}
	if t, ok := s.db.texts.Load(key{q, n}); ok {
		return t.(string)
	}
	t := repeatRow(q, n)
	s.db.texts.Store(key{q, n}, t)
	return t
}

func repeatRow(q string, n int) string {
	const word = "values ("
	start := strings.LastIndex(q, word) + len(word) - 1
	end := start + strings.Index(q[start:], ")") + 1
	group, width := q[start:end], strings.Count(q[start:end], "$")
	var b strings.Builder
	b.WriteString(q[:end])
	for i := 1; i < n; i++ {
		b.WriteString(", ")
		b.WriteString(placeholder.ReplaceAllStringFunc(group, func(p string) string {
			k, _ := strconv.Atoi(p[1:])
			return "$" + strconv.Itoa(k+i*width)
		}))
	}
	b.WriteString(q[end:])
	return b.String()
}
