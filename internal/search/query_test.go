package search_test

import (
	"strings"
	"testing"

	"broadsheet/internal/search"
)

func TestParse(t *testing.T) {
	a := search.New()
	long := strings.Repeat("a ", 100) + "last"
	wide := strings.Repeat("x", 300)
	for _, c := range []struct{ typed, want string }{
		{`harbour vote`, `("@und" AND "harbour" AND "vote")`},
		{`  Harbour	VOTE  `, `("@und" AND "harbour" AND "vote")`},
		{`"harbour vote"`, `("@und" AND "harbour vote")`},
		{`a "b c" d`, `("@und" AND "a" AND "b c" AND "d")`},
		{`„a b“ „c d” “e f” ”g h” «i j» »k l« »m n» 「o p」`, `("@und" AND "a b" AND "c d" AND "e f" AND "g h" AND "i j" AND "k l" AND "m n" AND "o p")`},
		{`("a b")`, `("@und" AND "a b")`},
		{`a"b c"`, `("@und" AND "a b" AND "c")`}, // a mark after a letter opens nothing
		{`"a b`, `("@und" AND "a" AND "b")`},
		{`5" pipe 3" hose`, `("@und" AND "5" AND "pipe" AND "3" AND "hose")`},
		{`"צה"ל כאן" x`, `("@und" AND "צה""ל כאן" AND "x")`},
		{`"" - * x`, `("@und" AND "x")`},
		{`a AND b OR NOT c*`, `("@und" AND "a" AND "and" AND "b" AND "or" AND "not" AND "c")`},
		{`well-known`, `("@und" AND "well known")`},
		{`東京都 猫`, `("@und" AND "東京 京都" AND "@猫")`},
		{`x東`, `("@und" AND "x 東" *)`},
		{`東京x`, `("@und" AND "東京 京 x")`},
		{wide + " b " + wide, `("@und" AND "` + wide[:255] + `" AND "b")`},
		{long, `("@und"` + strings.Repeat(` AND "a"`, 32) + `)`},
	} {
		if got := a.Parse(c.typed).FTS5([]string{""}); got != c.want {
			t.Errorf("%s → %s, want %s", c.typed, got, c.want)
		}
	}
}

func TestTSQuery(t *testing.T) {
	a := search.New()
	for _, c := range []struct{ typed, want string }{
		{`Harbour "the votes"`, `(('@en') & ('harbour') & ('the' <-> 'vote')) | (('@und') & ('harbour') & ('the' <-> 'votes'))`},
		{`don't x東`, `(('@en') & ('don''t') & ('x' <-> '東':*)) | (('@und') & ('don''t') & ('x' <-> '東':*))`},
		{`猫`, `(('@en') & ('@猫')) | (('@und') & ('@猫'))`},
		{`-`, `('@none')`},
	} {
		if got := a.Parse(c.typed).TSQuery([]string{"en", "ja", "en-GB", "zh"}); got != c.want {
			t.Errorf("%s → %s, want %s", c.typed, got, c.want)
		}
	}
}

// FuzzQuery hands to the engines whatever a stranger types.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{`a "b c" d`, `"`, `""""`, `'`, `\`, "a\x00b", "NEAR(a b)", "a*", "^a", "lexemes:a", "東", "x 東", `צה"ל`, "„a“", strings.Repeat(`a"`, 300), "\xff", "@en", "''':*"} {
		f.Add(seed)
	}
	e := open(f)
	e.fill(article{"en", "Harbour vote", "of the mayor"}, article{"ja", "東京", "猫"})
	f.Fuzz(func(t *testing.T, typed string) {
		e.t = t
		found := e.find(typed, tags...)
		if e.analyser.Parse(typed).Empty() && found != nil {
			t.Errorf("%q is empty and finds %v", typed, found)
		}
	})
}

// FuzzDocument proves that a document is found by each of its words and by any
// of its phrases, in every language.
func FuzzDocument(f *testing.F) {
	f.Add(uint8(0), "Harbour vote", "The mayor's well-known plan: don’t build, said Renée O'Neil (3,5 %).")
	f.Add(uint8(12), "東京都の猫", "新しい iPhone 用 ケース、ｶﾞｲﾄﾞ２０冊")
	f.Add(uint8(9), "المدينة", "ذهب الرَّئيس إلى المكتبة ﷺ")
	f.Add(uint8(10), "شهر", "می‌خواهم به")
	f.Add(uint8(2), "l'été d'", "qu’il n'a 's")
	f.Add(uint8(1), "ß _ a_b", "e\u0301 \u0301x か\u3099 x\u00ady")
	e := open(f)
	f.Fuzz(func(t *testing.T, number uint8, headline, body string) {
		if len(headline)+len(body) > 400 {
			t.Skip("a phrase must fit into a query, a word into its places")
		}
		e.t = t
		language := tags[int(number)%len(tags)]
		e.fill(article{language, headline, body})
		for _, text := range []string{headline, body} {
			words := strings.Fields(unquoted.Replace(text))
			for i := range words {
				for _, n := range []int{1, 2, 5, len(words)} {
					typed := strings.Join(words[i:min(i+n, len(words))], " ")
					if n > 1 {
						typed = "«" + typed + "»"
					}
					if e.analyser.Parse(typed).Empty() {
						continue
					}
					if len(e.find(typed, language)) != 1 {
						t.Errorf("%s: %q does not find %q", language, typed, text)
					}
				}
			}
		}
	})
}

// unquoted takes away what a reader would use to end a phrase.
var unquoted = strings.NewReplacer(`"`, " ", "“", " ", "”", " ", "„", " ", "‟", " ", "«", " ", "»", " ", "「", " ", "」", " ", "『", " ", "』", " ", "＂", " ")

// FuzzFindsOnlyWhatIsThere compares with a plain search in the text, which for
// these few words and characters comes to the same.
func FuzzFindsOnlyWhatIsThere(f *testing.F) {
	f.Add([]byte{0, 1, 2, 10, 3, 11, 4}, []byte{1, 2}, []byte{1})
	f.Add([]byte{0, 0, 1, 0, 9, 0}, []byte{0, 1, 0}, []byte{1, 1})
	characters := []string{"港", "口", "の", "ガ", "서", "ส", "，", " ", "x", "\n"}
	words := []string{"harbour", "vote", "of", "3.5", "don't", "ab", "été"}
	e := open(f)
	f.Fuzz(func(t *testing.T, text, row, phrase []byte) {
		if len(text) > 100 || len(row) > 20 || len(phrase) > 20 {
			t.Skip("longer ones prove no more")
		}
		e.t = t
		headline, body := spell(text, characters, ""), spell(text, words, " ")
		e.fill(article{"ja", headline, body})
		for _, c := range []struct{ typed, in, plain string }{
			{spell(row, characters[:6], ""), headline, spell(row, characters[:6], "")},
			{`"` + spell(phrase, words, " ") + `"`, " " + body + " ", " " + spell(phrase, words, " ") + " "},
		} {
			if e.analyser.Parse(c.typed).Empty() {
				continue
			}
			if found := len(e.find(c.typed, "ja")) == 1; found != strings.Contains(c.in, c.plain) {
				t.Errorf("%s in %s: found is %v", c.typed, c.in, found)
			}
		}
	})
}

// spell writes numbers as pieces.
func spell(numbers []byte, pieces []string, between string) string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = pieces[int(n)%len(pieces)]
	}
	return strings.Join(out, between)
}
