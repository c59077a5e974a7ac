// Package search turns text into lexemes, a reader's words into a query, and
// marks the place in a text that answers it. It decides what is the same word;
// the engines only compare lexemes byte for byte, so that SQLite's FTS5 and
// PostgreSQL's tsvector find the same articles.
//
// It holds no index, runs no SQL and does not know what an article is.
//
// # What counts as the same word
//
// Text is brought to NFKC and cut into words by Unicode's rules (UAX 29). Case
// is folded, typographic apostrophes become ' and Arabic, Persian and Hindi
// digits become 0-9; soft hyphens and other invisible characters are left out.
// Then the language's own rules follow, those of bleve's analysers without
// their lists of stop words: every word is kept, so that a phrase is exact.
//
//   - Accents are kept (résumé is not resume) but where the language's rules
//     fold them: German ä, ae and a, ß and ss; Spanish, Italian, French and
//     Portuguese accented vowels, as far as their stemmers do; Arabic and
//     Persian vowel signs, forms of alef and yeh; Hindi nukta and long vowels;
//     the Turkish dotless ı (so that IBM and ibm are one word).
//   - Endings are cut by the language's stemmer: "votes" finds "voting". A
//     language for which there is none (Ukrainian, Polish, Greek, …) finds the
//     form that was typed.
//   - Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are indexed in
//     pairs of characters, in every language's text, so that any row of
//     characters is found as a substring.
//
// Start reading at [Analyser], then [Doc] and [Query].
package search

import "strings"

// Analyser knows the languages and remembers the stems of recent words. It is
// safe for concurrent use. What it remembers is bounded, about 4 MB for each
// language and processor in use, and given back when it lies idle.
type Analyser struct {
	languages map[string]*language // by primary subtag
	general   *language            // every other language
}

// New makes an analyser; one serves the whole process.
func New() *Analyser {
	general := newLanguage("@und", false)
	return &Analyser{languages: languages(), general: general}
}

// Lexemes returns text's lexemes in order, as the language's analyser makes
// them. The language is a BCP 47 tag of which the primary subtag counts; one
// that is unknown or empty is analysed without a stemmer. Each lexeme is 1 to
// 255 bytes of UTF-8 without white space, control characters and ASCII capitals
// and never begins with "@".
func (a *Analyser) Lexemes(language, text string) []string {
	words := a.language(language)
	l := words.lexer()
	defer words.release(l)
	tokens := l.text(text)
	lexemes := make([]string, len(tokens))
	for i, t := range tokens {
		lexemes[i] = t.lexeme
	}
	return lexemes
}

// language finds the analyser for a tag.
func (a *Analyser) language(tag string) *language {
	if words, ok := a.languages[tag]; ok {
		return words
	}
	primary := tag
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		primary = tag[:i]
	}
	if words, ok := a.languages[strings.ToLower(primary)]; ok {
		return words
	}
	return a.general
}
