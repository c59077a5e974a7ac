package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a reader may ask at once; what is more is left out of the query.
const (
	maxQuery = 500 // characters
	maxTerms = 32  // words and phrases
)

// Query is what a reader asked for: words and phrases, all of which must be in
// an article. It is made by [Analyser.Parse]; the zero value is empty.
type Query struct {
	analyser *Analyser
	terms    []string // as typed; each is found as a row of consecutive lexemes
}

// closing holds for each quotation mark that may begin a phrase those that may
// end it.
var closing = map[rune]string{
	'"': `"”`, '“': `”“"`, '”': `”`, '„': `“”"`, '‟': `”`, '«': `»`, '»': `«»`, '「': `」`, '『': `』`, '＂': `＂`,
}

// Parse reads what a reader typed. Words are parted by white space and all must
// match; what stands in quotation marks ("…", „…“, «…», “…”, 「…」) must match
// as a phrase. Nothing else is special, and there is no wrong query: a quotation
// mark without its partner means nothing. A word that the analyser cuts into
// several (well-known, 東京都) is a phrase too.
//
// At most 500 characters and 32 words or phrases count; the rest is left out.
func (a *Analyser) Parse(q string) Query {
	query := Query{analyser: a}
	runes := beginning(q)
	for i := 0; i < len(runes) && len(query.terms) < maxTerms; {
		if unicode.IsSpace(runes[i]) {
			i++
			continue
		}
		begin, end := i, wordEnd(runes, i)
		next := end
		if closed := phraseEnd(runes, i); closed > 0 {
			begin, end, next = i+1, closed, closed+1
		}
		if term := string(runes[begin:end]); len(a.Lexemes("", term)) > 0 {
			query.terms = append(query.terms, term)
		}
		i = next
	}
	return query
}

// beginning is what counts of q, up to a word's end.
func beginning(q string) []rune {
	runes := []rune(q[:min(len(q), (maxQuery+1)*utf8.UTFMax)])
	if len(runes) <= maxQuery {
		return runes
	}
	end := maxQuery
	for end > 0 && !unicode.IsSpace(runes[end]) {
		end--
	}
	if end == 0 {
		end = maxQuery // one endless word
	}
	return runes[:end]
}

// wordEnd is where the word that begins at i ends: at white space or where a
// phrase begins.
func wordEnd(runes []rune, i int) int {
	for i++; i < len(runes) && !unicode.IsSpace(runes[i]); i++ {
		if phraseEnd(runes, i) > 0 {
			break
		}
	}
	return i
}

// phraseEnd is where the closing quotation mark stands of a phrase that opens at
// i; 0 when none opens there. A mark right after a letter or digit opens nothing
// (5" pipe, צה"ל), nor does one between two Hebrew letters close.
func phraseEnd(runes []rune, i int) int {
	closers, ok := closing[runes[i]]
	if !ok || i > 0 && isLetterOrDigit(runes[i-1]) {
		return 0
	}
	for j := i + 1; j < len(runes); j++ {
		if strings.ContainsRune(closers, runes[j]) && !isGershayim(runes, j) {
			return j
		}
	}
	return 0
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isGershayim reports whether the mark at i stands inside a Hebrew abbreviation.
func isGershayim(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && unicode.Is(unicode.Hebrew, runes[i-1]) && unicode.Is(unicode.Hebrew, runes[i+1])
}

// Empty reports whether there is nothing to look for: no letter and no digit was
// typed.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// row is consecutive lexemes, as a term asks for them.
type row struct {
	lexemes []string
	prefix  bool // the last lexeme stands for all that begin with it
}

// rows are the query's terms, as a language analyses them.
func (q Query) rows(l *lexer) []row {
	rows := make([]row, 0, len(q.terms))
	for _, term := range q.terms {
		if r := newRow(l.text(term)); len(r.lexemes) > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

// newRow is the row that finds a term's tokens wherever they stand. The last
// token of a paired run is a character alone, which the document has only where
// its own run ends: the pair before it says all; when there is none, any pair
// that begins with the character will do.
func newRow(tokens []token) row {
	var r row
	for i, t := range tokens {
		if last := i == len(tokens)-1; last && t.paired {
			if i > 0 && tokens[i-1].paired && tokens[i-1].reach == t.reach {
				break
			}
			r.prefix = true
		}
		r.lexemes = append(r.lexemes, t.lexeme)
	}
	return r
}
