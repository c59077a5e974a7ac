package search

import (
	"unicode"
	"unicode/utf8"
)

// unspaced are the scripts that put no space between words, and Hangul, whose
// words carry their particles.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul, unicode.Yi,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// isPaired reports whether a character's script is indexed in pairs.
func isPaired(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r >= 0x4E00 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA:
		return true
	case r == 'ー' || r == '〆' || r == '〼' || r >= '〱' && r <= '〵':
		return true // shared by several scripts, so in no script's table
	}
	return unicode.In(r, unspaced...) && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r))
}

// runOf is the length in bytes of the run at s's beginning whose characters are
// of a paired script, or are not. A mark belongs to the run before it.
func runOf(s string, paired bool) int {
	for i, r := range s {
		if isPaired(r) != paired && !(i > 0 && unicode.IsMark(r) && paired) {
			return i
		}
	}
	return len(s)
}

// pairs adds one token a character of a run: the character and the next one, and
// for the last the character alone. So each row of characters is a row of
// consecutive lexemes, and each character begins one.
func (l *lexer) pairs(run string, offset int) {
	for i := 0; i < len(run); {
		_, size := utf8.DecodeRuneInString(run[i:])
		end := i + size
		_, next := utf8.DecodeRuneInString(run[end:])
		reach := end + next
		t := token{lexeme: run[i:reach], start: int32(i), end: int32(end), reach: int32(reach), paired: true}
		t.move(int32(offset))
		l.tokens = append(l.tokens, t)
		i = end
	}
}
