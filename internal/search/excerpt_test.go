package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"broadsheet/internal/search"
)

// marked writes an excerpt with [brackets] around what is marked.
func marked(segments []search.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestExcerpt(t *testing.T) {
	a := search.New()
	const council = "The council met on Monday evening in the old town hall. It heard three speakers, one after the other. " +
		"Then the mayor asked for a vote about the harbour, and the voting lasted until midnight. Nobody left before the end."
	for _, c := range []struct {
		name, language, typed, text string
		n                           int
		want                        string
	}{
		{"the whole text where it fits", "en", "mayor", "The mayor's vote.", 40, "The [mayor's] vote."},
		{"other forms of the word", "en", "votes", "A vote, voting and a voter.", 40, "A [vote], [voting] and a voter."},
		{"the place with most words", "en", "the harbour vote", council, 60, "…asked for a [vote] about [the] [harbour], and [the] [voting] lasted…"},
		{"a phrase is marked as one", "en", `"a vote about"`, council, 50, "…asked for [a vote about] the harbour, and the…"},
		{"no find: the beginning", "en", "nothing", council, 30, "The council met on Monday…"},
		{"an empty query: the beginning", "en", "", council, 30, "The council met on Monday…"},
		{"the end", "en", "end", council, 40, "…midnight. Nobody left before the [end]."},
		{"characters", "zh", "投票结果", "港口的投票结果昨天公布", 40, "港口的[投票结果]昨天公布"},
		{"one character", "zh", "果", "港口的投票结果昨天公布", 40, "港口的投票结[果]昨天公布"},
		{"cut between characters", "zh", "昨天", "港口的投票结果昨天公布，市政府表示欢迎", 10, "…结果[昨天]公布，市…"},
		{"width and joined marks", "ja", "ガイド", "新ｶﾞｲﾄﾞ本", 40, "新[ｶﾞｲﾄﾞ]本"},
		{"a character's prefix in a phrase", "ja", `"iphone 用"`, "新しいiPhone用ケース", 40, "新しい[iPhone用]ケース"},
		{"two finds that overlap", "zh", "投票 票结", "的投票结果", 40, "的[投票结]果"},
		{"accents beside each other", "fr", "eau", "Le prix de l’eau.", 40, "Le prix de [l’eau]."},
		{"a word that is longer than the excerpt", "en", "", strings.Repeat("x", 50), 10, "xxxxxxxxx…"},
		{"one rune", "en", "vote", "a vote", 1, "…"},
		{"nothing", "en", "vote", "", 10, ""},
		{"no room", "en", "vote", "a vote", 0, ""},
	} {
		got := a.Parse(c.typed).Excerpt(c.language, c.text, c.n)
		if marked(got) != c.want {
			t.Errorf("%s: %s, want %s", c.name, marked(got), c.want)
		}
	}
}

// FuzzExcerpt holds every excerpt to its form: no more than n runes, a piece of
// the text, no rune broken.
func FuzzExcerpt(f *testing.F) {
	f.Add("en", "votes", "The mayor's vote, after all, was a vote for the harbour.", 20)
	f.Add("zh", "投票", "港口的投票结果昨天公布，市政府表示欢迎", 7)
	f.Add("ja", "ガ", "ｶﾞｲﾄﾞ か\u3099 ﷺ …", 3)
	f.Add("en", `"a b"`, "a b\xff a … b", 4)
	f.Add("fa", "می", "می‌خواهم\u00ad", 2)
	a := search.New()
	f.Fuzz(func(t *testing.T, language, typed, text string, n int) {
		segments := a.Parse(typed).Excerpt(language, text, n)
		var whole strings.Builder
		for i, s := range segments {
			if s.Text == "" {
				t.Errorf("segment %d is empty", i)
			}
			whole.WriteString(s.Text)
		}
		shown, text := whole.String(), strings.ToValidUTF8(text, "\uFFFD")
		if !utf8.ValidString(shown) {
			t.Errorf("%q is not UTF-8", shown)
		}
		if got := utf8.RuneCountInString(shown); got > max(n, 0) {
			t.Errorf("%q has %d runes, more than %d", shown, got, n)
		}
		if text != "" && n > 0 && shown == "" {
			t.Error("nothing is shown")
		}
		if !isPiece(shown, text) {
			t.Errorf("%q is no piece of %q", shown, text)
		}
	})
}

// isPiece reports whether an excerpt stands in the text, apart from ellipses.
func isPiece(shown, text string) bool {
	for _, s := range []string{shown, strings.TrimPrefix(shown, "…")} {
		if strings.Contains(text, s) || strings.Contains(text, strings.TrimSuffix(s, "…")) {
			return true
		}
	}
	return false
}
