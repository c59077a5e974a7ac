package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Run is a stretch of text that is in both sides, or in one.
type Run struct {
	Op   Op
	Text string
}

// Words compares two texts word by word. The runs that are not [Insert] give back
// a, those that are not [Delete] give back b, byte for byte; neighbours have
// different Ops. Space between two changed words is changed with them: a reader
// follows one phrase more easily than five words.
func Words(a, b string) []Run {
	x, y := Split(a), Split(b)
	var runs []Run
	for _, s := range bridge(Spans(x, y), x) {
		text := strings.Join(x[s.A0:s.A1], "")
		if s.Op == Insert {
			text = strings.Join(y[s.B0:s.B1], "")
		}
		runs = append(runs, Run{s.Op, text})
	}
	return runs
}

// bridge makes a change of what is only space between two changes.
func bridge(spans []Span, x []string) []Span {
	var out []Span
	for i := 0; i < len(spans); i++ {
		gone, came := Span{Op: Delete}, Span{Op: Insert}
		first := true
		for ; i < len(spans) && (spans[i].Op != Equal || !first && i+1 < len(spans) && blank(x[spans[i].A0:spans[i].A1])); i++ {
			s := spans[i]
			if first {
				gone.A0, gone.B0, came.B0, first = s.A0, s.B0, s.B0, false
			}
			gone.A1, came.B1 = s.A1, s.B1
			came.A0, came.A1 = s.A1, s.A1
		}
		gone.B1 = gone.B0
		if gone.A1 > gone.A0 {
			out = append(out, gone)
		}
		if came.B1 > came.B0 {
			out = append(out, came)
		}
		if i < len(spans) {
			out = append(out, spans[i])
		}
	}
	return out
}

func blank(words []string) bool {
	for _, w := range words {
		if strings.TrimSpace(w) != "" || strings.Contains(w, "\n") {
			return false
		}
	}
	return true
}

// Split parts a text into words, stretches of space, and single other characters;
// joined, they are the text again. A word is letters, marks and digits, with an
// apostrophe between letters and a point or comma between digits (after Unicode
// Standard Annex 29). Scripts that are written without spaces have one word a
// character.
func Split(s string) []string {
	var words []string
	for len(s) > 0 {
		n := next(s)
		words = append(words, s[:n])
		s = s[n:]
	}
	return words
}

// class is what a character is to words.
type class int

const (
	other class = iota
	letter
	digit
	single // a character that is a word
	space
	extend // goes with what is before
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_':
			return letter
		case '0' <= r && r <= '9':
			return digit
		case r == ' ' || '\t' <= r && r <= '\r':
			return space
		}
		return other
	case unicode.Is(unicode.M, r), r == '\u200d', r == '\u200c':
		return extend
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan):
		return single
	case unicode.Is(unicode.L, r):
		return letter
	case unicode.Is(unicode.N, r):
		return digit
	case unicode.IsSpace(r):
		return space
	}
	return other
}

// next is how many bytes the first word of s has.
func next(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	first := classOf(r)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		c := classOf(r)
		switch {
		case c == extend && first != space:
		case first == space && c == space:
		case word(first) && word(c):
		case word(first) && joins(s, n, r, size):
		case first == other && afterJoiner(s[:n]) && c == other: // emoji put together
		default:
			return n
		}
		n += size
	}
	return n
}

func word(c class) bool { return c == letter || c == digit || c == extend }

// joins reports whether the character r of that size, at n in s, stands within a
// word.
func joins(s string, n int, r rune, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:n])
	after, _ := utf8.DecodeRuneInString(s[n+size:])
	switch r {
	case '\'', '’', '·', '״', '׳':
		return classOf(before) != digit && classOf(after) == letter
	case '.', ',', '٫', '٬':
		return classOf(before) == digit && classOf(after) == digit
	}
	return false
}

func afterJoiner(s string) bool { return strings.HasSuffix(s, "\u200d") }
