package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"broadsheet/internal/search"
)

// invented makes an English-looking text of so many words, with the frequencies
// of running text: few words often, many rarely, some of them in one text only.
func invented(seed uint64, words int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	frequent := rand.NewZipf(r, 1.2, 3, 40_000)
	endings := []string{"", "", "", "s", "ed", "ing", "er", "ly", "ation", "'s"}
	var b strings.Builder
	for i := range words {
		n := frequent.Uint64()
		word := syllables(n) + endings[n%uint64(len(endings))]
		if i%17 == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		b.WriteString(word)
		b.WriteString([]string{" ", " ", " ", " ", " ", ", ", " ", " ", " ", ". ", " ", "\n\n"}[i%12])
	}
	return b.String()
}

// syllables spells a number as a word.
func syllables(n uint64) string {
	parts := []string{"ba", "ker", "lo", "mi", "nor", "pa", "ri", "sten", "tu", "vo", "wa", "zel", "dra", "fe", "gon", "hi"}
	word := parts[n%16]
	for n /= 16; n > 0; n /= 16 {
		word += parts[n%16]
	}
	return word
}

func BenchmarkDocument(b *testing.B) {
	for _, c := range []struct{ language, name string }{{"en", "FTS5"}, {"en", "TSVector"}, {"de", "FTS5"}} {
		b.Run(c.language+"/"+c.name, func(b *testing.B) {
			a := search.New()
			articles := make([]string, 500)
			for i := range articles {
				articles[i] = invented(uint64(i), 600)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				doc := a.Document(c.language, fmt.Sprintf("Harbour vote %d", i), articles[i%len(articles)])
				if c.name == "FTS5" {
					doc.FTS5()
				} else {
					doc.TSVector()
				}
			}
		})
	}
}

func BenchmarkLexemes(b *testing.B) {
	chinese := strings.Repeat("港口的投票结果昨天公布，市政府表示欢迎。", 60)
	for _, c := range []struct{ name, language, text string }{
		{"English600Words", "en", invented(1, 600)}, {"Chinese1200Characters", "zh", chinese},
	} {
		b.Run(c.name, func(b *testing.B) {
			a := search.New()
			b.ReportAllocs()
			for b.Loop() {
				a.Lexemes(c.language, c.text)
			}
		})
	}
}

func BenchmarkExcerpt(b *testing.B) {
	a := search.New()
	text := invented(1, 600)
	q := a.Parse(`baker "lo mi" nor`)
	b.ReportAllocs()
	for b.Loop() {
		q.Excerpt("en", text, 200)
	}
}
