package search

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// PostgreSQL's limits, kept for both engines so that they find the same. Past
// them a document is still found by its words, but not by every phrase.
const (
	maxPosition   = 16_383  // words of a document that have a place
	maxPlaces     = 256     // places of one lexeme in a document
	maxVector     = 900_000 // bytes of a tsvector without its places; PostgreSQL refuses more than 1,048,575
	maxCharacters = 20_000  // different characters of paired scripts

	costOfLexeme = 8 // bytes that a lexeme takes in a tsvector besides its own, at most
)

// gap stands in the text for FTS5 where a place holds no lexeme. No text can
// produce it, and no query asks for it.
const gap = "@"

// FTS5Tokenizer is the value of FTS5's tokenize option that makes each of a
// [Doc]'s lexemes one token, with its quotes. FTS5 must keep positions (its
// default, detail=full), or it answers no phrase.
const FTS5Tokenizer = `"ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_` + "`" + `{|}~'"`

// Doc is a document's lexemes, ready for either engine: one marker lexeme for
// the language's analyser, which no text can produce, then the headline's, the
// marker again, so that no phrase runs from the headline into the body, and the
// body's.
type Doc struct {
	places     []string // the lexeme at position i+1; "" where there is none
	loose      []string // further lexemes, without a position
	characters []rune   // those indexed in pairs, each once, for queries of one character
}

// Document analyses an article. The texts are plain: no HTML. They may be of any
// length; beyond 16,383 words, 256 times one word or about 900,000 bytes of
// different words, phrases (and in the last case new words) go unfound.
func (a *Analyser) Document(language, headline, body string) Doc {
	words := a.language(language)
	l := words.lexer()
	defer words.release(l)
	lexemes := make([]string, 0, (len(headline)+len(body))/5+2)
	var seen characters
	for _, text := range []string{headline, body} {
		lexemes = append(lexemes, words.marker)
		for _, t := range l.text(text) {
			lexemes = append(lexemes, t.lexeme)
			if t.paired {
				seen.add(t.lexeme)
			}
		}
	}
	if isSmall(lexemes, seen.list) {
		return Doc{places: lexemes, characters: seen.list}
	}
	return limited(lexemes, seen.list)
}

// characters collects the first characters of lexemes, each once.
type characters struct {
	list []rune
	seen map[rune]bool
}

func (c *characters) add(lexeme string) {
	r, _ := utf8.DecodeRuneInString(lexeme)
	if c.seen[r] || len(c.list) == maxCharacters {
		return
	}
	if c.seen == nil {
		c.seen = map[rune]bool{}
	}
	c.seen[r] = true
	c.list = append(c.list, r)
}

// alone is the lexeme that stands for a character of a paired script wherever it
// is in a document. To look for all pairs that begin with a frequent character
// would take FTS5 most of a second in 100,000 articles.
func alone(character string) string { return "@" + character }

// isSmall reports whether a document surely lies within all limits, as nearly
// every article does. To count each lexeme would take as long as the analysis:
// it counts groups of them, which hold at least as many.
func isSmall(lexemes []string, characters []rune) bool {
	if len(lexemes) > maxPosition {
		return false
	}
	var groups [256]uint16
	size := sizeOf(characters)
	for _, lexeme := range lexemes {
		size += len(lexeme) + costOfLexeme
		n := len(lexeme)
		group := byte(n*131) + lexeme[0] + lexeme[n/2]*31 + lexeme[n-1]*7
		if groups[group]++; groups[group] > maxPlaces {
			return false
		}
	}
	return size <= maxVector
}

// sizeOf is what characters take in a tsvector, in bytes, at most.
func sizeOf(characters []rune) int {
	return len(characters) * (len(alone("")) + utf8.UTFMax + costOfLexeme)
}

// limited makes a document of as many lexemes as the limits allow.
func limited(lexemes []string, characters []rune) Doc {
	d := Doc{characters: characters}
	size := sizeOf(characters)
	seen := map[string]int{} // how often each lexeme has come
	for _, lexeme := range lexemes {
		before := seen[lexeme]
		if before == 0 {
			if size += len(lexeme) + costOfLexeme; size > maxVector {
				lexeme = "" // this one and all new ones
			}
		}
		switch {
		case len(d.places) < maxPosition && before < maxPlaces:
			d.places = append(d.places, lexeme)
		case len(d.places) < maxPosition:
			d.places = append(d.places, "")
		case before == 0 && lexeme != "":
			d.loose = append(d.loose, lexeme)
		}
		if lexeme != "" {
			seen[lexeme]++
		}
	}
	return d
}

// FTS5 is the document as the text of one FTS5 column: its lexemes in order, one
// space between them.
func (d Doc) FTS5() string {
	text := make([]byte, 0, len(d.places)*8+len(d.characters)*5)
	for _, lexeme := range d.places {
		if lexeme == "" {
			lexeme = gap
		}
		text = append(append(text, lexeme...), ' ')
	}
	for _, lexeme := range d.loose {
		text = append(append(text, gap+" "...), lexeme...)
		text = append(text, ' ')
	}
	for _, c := range d.characters {
		text = append(append(text, alone(string(c))...), ' ')
	}
	return string(bytes.TrimSuffix(text, []byte(" ")))
}

// TSVector is the document as the text of a PostgreSQL tsvector, for a ::tsvector
// cast: each lexeme once, in order of appearance, with its positions.
func (d Doc) TSVector() string {
	text := make([]byte, 0, len(d.places)*12)
	chains, next := d.chains()
	for _, c := range chains {
		text = appendQuoted(text, d.places[c.first])
		separator := byte(':')
		for i := c.first; i >= 0; i = next[i] {
			text = append(text, separator)
			text = strconv.AppendInt(text, int64(i+1), 10)
			separator = ','
		}
		text = append(text, ' ')
	}
	for _, lexeme := range d.loose {
		text = append(appendQuoted(text, lexeme), ' ')
	}
	for _, c := range d.characters {
		text = append(appendQuoted(text, alone(string(c))), ' ')
	}
	return string(bytes.TrimSuffix(text, []byte(" ")))
}

// chain is where a lexeme stands first and last in a document's places.
type chain struct{ first, last int }

// chains links the places of each lexeme, in order of first appearance; next
// leads from each place to the lexeme's next one, and to -1 after its last.
func (d Doc) chains() (chains []chain, next []int) {
	next = make([]int, len(d.places))
	number := make(map[string]int, len(d.places)/2)
	for i, lexeme := range d.places {
		next[i] = -1
		if lexeme == "" {
			continue
		}
		if n, ok := number[lexeme]; ok {
			next[chains[n].last], chains[n].last = i, i
			continue
		}
		number[lexeme] = len(chains)
		chains = append(chains, chain{first: i, last: i})
	}
	return chains, next
}

// appendQuoted writes a lexeme as tsvector and tsquery read it.
func appendQuoted(text []byte, lexeme string) []byte {
	text = append(text, '\'')
	for i := range len(lexeme) {
		if lexeme[i] == '\'' || lexeme[i] == '\\' {
			text = append(text, lexeme[i])
		}
		text = append(text, lexeme[i])
	}
	return append(text, '\'')
}
