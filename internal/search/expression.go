package search

import "strings"

// FTS5 is the query as a MATCH expression for documents in any of the languages
// (BCP 47 tags). Each word is analysed as each language does and compared with
// that language's documents only. When the query is empty, or languages is, the
// expression finds nothing.
func (q Query) FTS5(languages []string) string {
	return q.expression(languages, fts5)
}

// TSQuery is the query as text for a ::tsquery cast; the same as [Query.FTS5] in
// every other respect.
func (q Query) TSQuery(languages []string) string {
	return q.expression(languages, tsquery)
}

// dialect is how an engine spells an expression.
type dialect struct {
	and, or string
	row     func(*strings.Builder, row)
}

var (
	fts5    = dialect{and: " AND ", or: " OR ", row: fts5Row}
	tsquery = dialect{and: " & ", or: " | ", row: tsqueryRow}
)

// nowhere is a lexeme that no document holds. Neither engine takes an empty
// expression without complaint.
const nowhere = "@none"

// expression is (marker AND row AND row) OR (marker AND …), one branch for each
// analyser that the languages use.
func (q Query) expression(tags []string, d dialect) string {
	var b strings.Builder
	if q.Empty() || len(tags) == 0 {
		d.row(&b, row{lexemes: []string{nowhere}})
		return b.String()
	}
	done := map[*language]bool{}
	for _, tag := range tags {
		words := q.analyser.language(tag)
		if done[words] {
			continue
		}
		if len(done) > 0 {
			b.WriteString(d.or)
		}
		done[words] = true
		l := words.lexer()
		b.WriteByte('(')
		d.row(&b, row{lexemes: []string{words.marker}})
		for _, r := range q.rows(l) {
			b.WriteString(d.and)
			d.row(&b, r.indexed())
		}
		b.WriteByte(')')
		words.release(l)
	}
	return b.String()
}

// indexed is the row as the engines look it up: a character alone has a lexeme of
// its own.
func (r row) indexed() row {
	if r.prefix && len(r.lexemes) == 1 {
		return row{lexemes: []string{alone(r.lexemes[0])}}
	}
	return r
}

// fts5Row writes a row as one FTS5 string, which its tokenizer cuts at spaces
// into a phrase.
func fts5Row(b *strings.Builder, r row) {
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(strings.Join(r.lexemes, " "), `"`, `""`))
	b.WriteByte('"')
	if r.prefix {
		b.WriteString(" *")
	}
}

func tsqueryRow(b *strings.Builder, r row) {
	b.WriteByte('(')
	for i, lexeme := range r.lexemes {
		if i > 0 {
			b.WriteString(" <-> ")
		}
		b.Write(appendQuoted(nil, lexeme))
	}
	if r.prefix {
		b.WriteString(":*")
	}
	b.WriteByte(')')
}
