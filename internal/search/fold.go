package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a stretch of text in NFKC without invisible characters. Where that
// has changed it, from and to hold for each byte where in the stretch the
// characters begin and end that it was made of.
type folded struct {
	text     string
	from, to []int32 // nil: text is the stretch itself
}

// fold brings a stretch to the form in which words are compared, but for case.
func fold(s string) folded {
	if isFolded(s) {
		return folded{text: s}
	}
	var f folded
	var b strings.Builder
	for begin := 0; begin < len(s); {
		end := begin + norm.NFKC.NextBoundaryInString(s[begin:], true)
		for _, r := range norm.NFKC.String(s[begin:end]) {
			if r = foldRune(r); r >= 0 {
				b.WriteRune(r)
			}
		}
		for len(f.from) < b.Len() {
			f.from, f.to = append(f.from, int32(begin)), append(f.to, int32(end))
		}
		begin = end
	}
	f.text = b.String()
	return f
}

// place moves a token from the folded text to where it stands in the stretch.
func (f *folded) place(t *token) {
	if f.from == nil {
		return
	}
	t.start, t.end, t.reach = f.from[t.start], f.to[t.end-1], f.to[t.reach-1]
}

func isFolded(s string) bool {
	inert := true
	for _, r := range s {
		if isInert(r) {
			continue
		}
		inert = false
		if foldRune(r) != r {
			return false
		}
	}
	return inert || norm.NFKC.IsNormalString(s)
}

// isInert reports whether a character is one of those, ASCII and most of Chinese,
// Japanese and Korean, that NFKC leaves alone beside one another.
func isInert(r rune) bool {
	return r < utf8.RuneSelf || r >= 0x4E00 && r <= 0x9FFF || r >= 0x3041 && r <= 0x3096 ||
		r >= 0x30A1 && r <= 0x30FC || r >= 0xAC00 && r <= 0xD7A3
}

// foldRune makes characters one that readers type for one another; -1 for those
// that show nothing.
func foldRune(r rune) rune {
	switch {
	case r < 0xAD:
		return r
	case r == '’' || r == 'ʼ' || r == '‘':
		return '\''
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case r >= '०' && r <= '९':
		return r - '०' + '0'
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		return -1
	}
	return r
}

// clean makes a term a lexeme: NFKC again, since a rule may have taken away what
// kept two characters apart, and nothing in it that an engine would cut or fold.
func clean(term []byte) string {
	if isClean(term) {
		return string(term)
	}
	s := string(shorten(norm.NFKC.Bytes(term)))
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// isClean reports whether a term is a lexeme as it stands: short, printable
// ASCII without capitals.
func isClean(term []byte) bool {
	for _, c := range term {
		if c <= ' ' || c >= 0x7F || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return len(term) <= maxLexeme
}
