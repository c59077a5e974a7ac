package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	uax29 "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// maxLexeme bounds a lexeme's bytes: longer than any word, and far below
// PostgreSQL's 2,046.
const maxLexeme = 255

// maxRemembered is the longest stretch of text, in bytes, that is worth
// remembering.
const maxRemembered = 40

// cjk is the least first byte of the characters from U+3000 on. What begins with
// one is hardly ever seen again, and quickly cut into pairs.
const cjk = 0xE3

// maxKept is how many tokens' room a lexer keeps between two texts.
const maxKept = 16 << 10

// token is one lexeme and where it stands, in bytes of the text. It is kept
// small, for thousands are remembered.
type token struct {
	lexeme     string
	start, end int32
	reach      int32 // where the lexeme ends: past end for a pair of characters
	paired     bool  // a character of a script that is indexed in pairs
}

func (t *token) move(by int32) { t.start, t.end, t.reach = t.start+by, t.end+by, t.reach+by }

// lexer analyses one text after another for one goroutine.
type lexer struct {
	language *language
	memory   memory
	tokens   []token
	one      analysis.TokenStream // a stream of one token, for the filters
}

// lexer lends a lexer, with what an earlier user of it has learnt.
func (l *language) lexer() *lexer {
	if used, ok := l.lexers.Get().(*lexer); ok {
		return used
	}
	return &lexer{language: l, memory: newMemory(), one: analysis.TokenStream{{}}}
}

// release takes a lexer back. Its tokens must not be used any more.
func (l *language) release(used *lexer) {
	if cap(used.tokens) > maxKept {
		used.tokens = nil
	}
	clear(used.tokens[:cap(used.tokens)]) // their lexemes may be pieces of a whole article
	l.lexers.Put(used)
}

// text returns the tokens of s in order; they are good until the next call.
//
// Text is cut into stretches at characters that part words whatever stands
// beside them. A stretch is analysed without regard to its neighbours, so that
// what it holds can be remembered.
func (l *lexer) text(s string) []token {
	l.tokens = l.tokens[:0]
	begin := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if classes[c] == parting {
				l.stretch(s, begin, i)
				begin = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if l.parts(r, size) {
			l.stretch(s, begin, i)
			begin = i + size
		}
		i += size
	}
	l.stretch(s, begin, len(s))
	return l.tokens
}

// class says how an ASCII character stands to words by UAX 29.
type class byte

const (
	parting class = iota // always between words
	linking              // part of a word or number only between two of its characters
	letter               // part of a word: letters, digits and the underscore
)

var classes = func() (table [utf8.RuneSelf]class) {
	for r := range table {
		switch c := rune(r); {
		case unicode.IsLetter(c), unicode.IsDigit(c), c == '_':
			table[r] = letter
		case strings.ContainsRune(`'".,:;`, c):
			table[r] = linking
		}
	}
	return table
}()

// parts reports whether a character beyond ASCII always stands between words.
// It needs not know all that do, only those that are frequent.
func (l *lexer) parts(r rune, size int) bool {
	switch {
	case r == utf8.RuneError:
		return size == 1 // not UTF-8
	case r <= 0xA0:
		return true // controls and the no-break space
	case r < 0x1680:
		return r == '«' || r == '»'
	case r == 0x200B: // zero width space
		return true
	case r == 0x200C: // zero width non-joiner
		return l.language.nonJoiners
	case r >= 0x2010 && r <= 0x201F: // dashes and quotation marks
		return r != '‘' && r != '’'
	}
	return r == '…' || r <= 0x3000 && unicode.IsSpace(r) || r == '、' || r == '。' || r == '，'
}

// stretch adds the tokens of s[begin:end].
func (l *lexer) stretch(s string, begin, end int) {
	for begin < end && isLinking(s[begin]) {
		begin++
	}
	for begin < end && isLinking(s[end-1]) {
		end--
	}
	if begin == end {
		return
	}
	first := len(l.tokens)
	if end-begin > maxRemembered || s[begin] >= cjk {
		l.analyse(s[begin:end])
	} else if known, ok := l.memory.recall(s[begin:end]); ok {
		l.tokens = append(l.tokens, known...)
	} else {
		own := strings.Clone(s[begin:end])
		l.analyse(own)
		l.memory.keep(own, l.tokens[first:])
	}
	for i := first; i < len(l.tokens); i++ {
		l.tokens[i].move(int32(begin))
	}
}

func isLinking(c byte) bool { return c < utf8.RuneSelf && classes[c] == linking }

// analyse adds the tokens of a stretch, placed from its beginning.
func (l *lexer) analyse(s string) {
	first := len(l.tokens)
	plain := fold(s)
	for rest := plain.text; rest != ""; {
		offset := len(plain.text) - len(rest)
		n := runOf(rest, false)
		if n > 0 {
			l.words(rest[:n], offset)
		} else {
			n = runOf(rest, true)
			l.pairs(rest[:n], offset)
		}
		rest = rest[n:]
	}
	for i := first; i < len(l.tokens); i++ {
		plain.place(&l.tokens[i])
	}
}

// words adds the words of a run of spaced script.
func (l *lexer) words(run string, offset int) {
	if isWord(run) {
		l.add(l.word([]byte(run)), offset, offset+len(run))
		return
	}
	for _, w := range uax29.NewUnicodeTokenizer().Tokenize([]byte(run)) {
		l.add(l.word(w.Term), offset+w.Start, offset+w.End)
	}
}

func (l *lexer) add(lexeme string, start, end int) {
	if lexeme == "" {
		return
	}
	l.tokens = append(l.tokens, token{lexeme: lexeme, start: int32(start), end: int32(end), reach: int32(end)})
}

// isWord reports whether s is a word by UAX 29 that needs no cutting: ASCII
// letters, digits and underscores only.
func isWord(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || classes[s[i]] != letter {
			return false
		}
	}
	return true
}

// word makes a word's lexeme. It overwrites term.
func (l *lexer) word(term []byte) string {
	term = shorten(term)
	l.one = l.one[:1]
	*l.one[0] = analysis.Token{Term: term, Start: 0, End: len(term), Position: 1}
	before := string(term)
	stream := l.one
	for _, filter := range l.language.filters {
		stream = filter.Filter(stream)
	}
	if len(stream) == 1 {
		if lexeme := clean(stream[0].Term); lexeme != "" {
			return lexeme
		}
	}
	// No rule may take a whole word away: positions would shift, and a reader
	// who types it would find nothing.
	return clean([]byte(strings.ToLower(before)))
}

// shorten cuts a term to maxLexeme bytes, at a character's end.
func shorten(term []byte) []byte {
	if len(term) <= maxLexeme {
		return term
	}
	n := maxLexeme
	for n > 0 && !utf8.RuneStart(term[n]) {
		n--
	}
	return term[:n]
}
