package news

import (
	"strings"
	"unicode"
)

// longestSlug is how long a slug may be, in columns: what is written in squares,
// as Chinese, takes two.
const longestSlug = 80

// Slug makes the readable part of an address from a headline or a name: letters
// and digits of any script, lower case, joined by "-", at most 80 characters (40
// of Chinese, Japanese or Korean), cut at a word's end where words are that short,
// else between two characters as a reader sees them. What a reader does not miss
// is left out: apostrophes, the vowel signs and long joins of Arabic, stress marks
// on Cyrillic. A Persian compound becomes words with "-" between, since without
// its zero-width non-joiner it would be hard to read. It is "" when s holds no
// letter and no digit.
//
// The slug is in NFC when s is; the desk sees to that.
func Slug(s string) string {
	var kept []rune
	gap, last := false, rune(0) // last is the letter that a mark would belong to
	for _, r := range strings.ToLower(s) {
		switch {
		case unspoken(r, last):
		case unicode.Is(unicode.M, r):
			if last != 0 {
				kept = append(kept, r)
			}
		case unicode.In(r, unicode.L, unicode.Nd, unicode.Nl):
			if gap && len(kept) > 0 {
				kept = append(kept, '-')
			}
			kept = append(kept, r)
			gap, last = false, r
		default:
			gap, last = true, 0
		}
	}
	return cutSlug(kept)
}

// unspoken reports whether a character says nothing in an address and parts no
// word: "mayor's" is one.
func unspoken(r, before rune) bool {
	switch {
	case r == '\u200c': // zero-width non-joiner: it parts
		return false
	case strings.ContainsRune("'`´‘’ʻʼ′׳״", r), unicode.In(r, unicode.Cf, unicode.Me, unicode.Variation_Selector):
		return true
	case r == 'ـ', r >= '\u064b' && r <= '\u0652', r == '\u0670': // tatweel, tashkeel; hamza and madda are not among them
		return true
	case r == '\u0301': // stress; on other letters of Cyrillic it makes a letter of its own
		return strings.ContainsRune("аеиоуыэюяєіїё", before)
	}
	return false
}

// cutSlug makes a slug short enough.
func cutSlug(kept []rune) string {
	end, word, columns := len(kept), 0, 0
	for i, r := range kept {
		if r == '-' && columns >= longestSlug/2 {
			word = i
		}
		if columns += width(r); columns > longestSlug {
			end = i
			break
		}
	}
	switch {
	case end == len(kept):
		return string(kept)
	case word > 0:
		end = word
	}
	for end > 0 && continues(kept[end]) {
		end--
	}
	return strings.TrimRight(string(kept[:end]), "-")
}

// width is how many columns a character takes.
func width(r rune) int {
	switch {
	case unicode.Is(unicode.M, r):
		return 0
	case r >= 0x1100 && r < 0x1160, r >= 0x2e80 && r < 0xa4d0, r >= 0xac00 && r < 0xd7a4, r >= 0xf900 && r < 0xfb00, r >= 0xff00 && r < 0xff61, r >= 0x20000:
		return 2
	}
	return 1
}

// continues reports whether a reader sees r as part of the character before: a
// mark, the second half of a Korean syllable in parts, am in Thai and Lao.
func continues(r rune) bool {
	return unicode.Is(unicode.M, r) || r >= 0x1160 && r < 0x1200 || r >= 0xd7b0 && r < 0xd800 || r == 0x0e33 || r == 0x0eb3
}
