package search_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/search"
)

// tags are one of each analyser, and some that have none.
var tags = []string{"en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "ar", "fa", "tr", "zh", "ja", "ko", "sv", "da", "nb", "fi", "hi", "hu", "ro", "ckb", "th", ""}

func TestLexemes(t *testing.T) {
	a := search.New()
	for _, c := range []struct{ language, text, want string }{
		{"en", "The mayor's VOTES were voting", "the mayor vote were vote"},
		{"en-US", "Don’t; re-elect (U.S.) 3.14!", "don't re elect u. 3.14"},
		{"EN_gb", "cities city", "citi citi"},
		{"de", "Häuser Haeuser Straße Bürgermeisterin", "haus haus strass burgermeisterin"},
		{"fr", "l'amour d’hier journaux", "amou hier journal"},
		{"es", "canciones CANCIÓN", "cancion cancion"},
		{"it", "dell'elezione elezioni città", "elezion elezion città"},
		{"pt", "eleições", "eleica"},
		{"nl", "verkiezingen", "verkiez"},
		{"ru", "города городов", "город город"},
		{"uk", "Міста п’ять ім'я", "міста п'ять ім'я"},
		{"ar", "المدينة والكتاب", "مدين كتاب"},
		{"fa", "می‌خواهم کتاب", "مي خواهم كتاب"},
		{"tr", "IŞIK ışık IBM ibm İstanbul'da", "işik işik ibm ibm istanbul"},
		{"sv", "flickorna", "flick"},
		{"da", "husene", "hus"},
		{"nb", "husene", "hus"},
		{"nn", "husene", "hus"},
		{"fi", "talossa", "talo"},
		{"hi", "हिन्दी", "हिंद"},
		{"zh", "中国人 A股", "中国 国人 人 a 股"},
		{"ja", "ﾃﾚﾋﾞ２０台", "テレ レビ ビ 20 台"},
		{"ko", "서울에서", "서울 울에 에서 서"},
		{"en", "Tokyo東京 votes", "tokyo 東京 京 vote"},
		{"ar", "هاتف iPhone جديد", "هاتف iphone جديد"},
		{"xx", "Ａfter café caf\u00ade\u0301 ½", "after café café 1⁄2"},
		{"xx", "a\x00b\xffc\u2028d\u200be😀f", "a b c d e f"},
		{"xx", "", ""},
	} {
		if got := strings.Join(a.Lexemes(c.language, c.text), " "); got != c.want {
			t.Errorf("%s: %s → %s, want %s", c.language, c.text, got, c.want)
		}
	}
}

// A word has one lexeme at first sight and when it is remembered.
func TestLexemesStayTheSame(t *testing.T) {
	a := search.New()
	text := invented(3, 40_000) + " l’été 東京タワー isn't " // more words than are remembered
	once := a.Lexemes("en", text)
	if again := a.Lexemes("en", text); !slices.Equal(once, again) {
		t.Error("the second analysis differs")
	}
	var word []string
	for stretch := range strings.FieldsSeq(text) {
		word = append(word, search.New().Lexemes("en", stretch)...)
		if len(word) > 500 {
			break
		}
	}
	if !slices.Equal(word, once[:len(word)]) {
		t.Error("word by word, without memory, the lexemes differ")
	}
}

func TestAnAnalyserServesManyAtOnce(t *testing.T) {
	a := search.New()
	text := invented(5, 2_000)
	want := a.Lexemes("de", text)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if !slices.Equal(a.Lexemes("de", text), want) {
				t.Error("lexemes differ")
			}
		})
	}
	group.Wait()
}

func TestALongWordIsCut(t *testing.T) {
	a := search.New()
	for _, text := range []string{strings.Repeat("x", 100_000), strings.Repeat("ж", 3_000), strings.Repeat("e\u0301", 3_000), strings.Repeat("ß", 3_000)} {
		for _, language := range tags {
			lexemes := a.Lexemes(language, text)
			if len(lexemes) != 1 || len(lexemes[0]) > 255 || !utf8.ValidString(lexemes[0]) {
				t.Errorf("%s: %.6s…: %d lexemes, the first of %d bytes", language, text, len(lexemes), len(lexemes[0]))
			}
		}
	}
}

// FuzzLexemes holds every lexeme to what the engines need.
func FuzzLexemes(f *testing.F) {
	for _, seed := range []string{"The mayor's", "l'", "'s", "’s’s", "ـ", "ﷺ", "ＡＢ_Ｃ", "か\u3099", "\u0301x", "ÀẞȺİK", "a\u200d\u0301", "ʹ·", "น้ำ", "\x7f\x80", "_", "१२३", "’’", "قُلْ"} {
		f.Add(seed)
	}
	a := search.New()
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range tags {
			for _, lexeme := range a.Lexemes(language, text) {
				if problem := wrong(lexeme); problem != "" {
					t.Errorf("%s: %q → %q: %s", language, text, lexeme, problem)
				}
			}
		}
	})
}

// wrong says what an engine would stumble over in a lexeme.
func wrong(lexeme string) string {
	switch {
	case lexeme == "" || len(lexeme) > 255:
		return "its length"
	case !utf8.ValidString(lexeme):
		return "not UTF-8"
	case strings.HasPrefix(lexeme, "@"):
		return "begins like a marker"
	case strings.ContainsFunc(lexeme, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r >= 'A' && r <= 'Z'
	}):
		return "a character that an engine folds or cuts at"
	case !norm.NFC.IsNormalString(lexeme):
		return "not NFC"
	}
	return ""
}
