package search

import (
	"bytes"
	"sync"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/in"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/analysis/token/apostrophe"
	"github.com/blevesearch/bleve/v2/analysis/token/elision"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
)

// language is what turns a word of one language into its lexeme. Documents of
// the same language value carry the same marker. It is never changed.
type language struct {
	marker     string
	filters    []analysis.TokenFilter
	nonJoiners bool      // U+200C parts words instead of being left out
	lexers     sync.Pool // of *lexer, with what they remember
}

func newLanguage(marker string, nonJoiners bool, filters ...analysis.TokenFilter) *language {
	if len(filters) == 0 {
		filters = []analysis.TokenFilter{lowercase.NewLowerCaseFilter()}
	}
	return &language{marker: marker, filters: filters, nonJoiners: nonJoiners}
}

// languages are those whose words get more than lower case, by primary subtag.
// The order of filters is that of bleve's analyser for the language. Two of
// bleve's are left out: Croatian, whose regular expressions take 60 µs a word,
// and Polish, for its large tables.
func languages() map[string]*language {
	lower := lowercase.NewLowerCaseFilter()
	stemmed := func(marker string, filters ...analysis.TokenFilter) *language {
		return newLanguage(marker, false, append([]analysis.TokenFilter{lower}, filters...)...)
	}
	norwegian := stemmed("@no", no.NewNorwegianStemmerFilter())
	return map[string]*language{
		"ar":  stemmed("@ar", ar.NewArabicNormalizeFilter(), ar.NewArabicStemmerFilter()),
		"ckb": newLanguage("@ckb", false, ckb.NewSoraniNormalizeFilter(), lower, ckb.NewSoraniStemmerFilter()),
		"da":  stemmed("@da", da.NewDanishStemmerFilter()),
		"de":  stemmed("@de", de.NewGermanNormalizeFilter(), de.NewGermanLightStemmerFilter()),
		"en":  newLanguage("@en", false, en.NewPossessiveFilter(), lower, porter.NewPorterStemmer()),
		"es":  stemmed("@es", es.NewSpanishNormalizeFilter(), es.NewSpanishLightStemmerFilter()),
		"fa":  newLanguage("@fa", true, lower, ar.NewArabicNormalizeFilter(), fa.NewPersianNormalizeFilter()),
		"fi":  stemmed("@fi", fi.NewFinnishStemmerFilter()),
		"fr":  stemmed("@fr", withoutArticles(fr.FrenchArticles), fr.NewFrenchLightStemmerFilter()),
		"hi":  stemmed("@hi", in.NewIndicNormalizeFilter(), hi.NewHindiNormalizeFilter(), hi.NewHindiStemmerFilter()),
		"hu":  stemmed("@hu", hu.NewHungarianStemmerFilter()),
		"it":  stemmed("@it", withoutArticles(it.ItalianArticles), it.NewItalianLightStemmerFilterFilter()),
		"nb":  norwegian,
		"nl":  stemmed("@nl", nl.NewDutchStemmerFilter()),
		"nn":  norwegian,
		"no":  norwegian,
		"pt":  stemmed("@pt", pt.NewPortugueseLightStemmerFilter()),
		"ro":  stemmed("@ro", ro.NewRomanianStemmerFilter()),
		"ru":  stemmed("@ru", ru.NewRussianStemmerFilter()),
		"sv":  stemmed("@sv", sv.NewSwedishStemmerFilter()),
		"tr":  newLanguage("@tr", false, apostrophe.NewApostropheFilter(), turkishLower{}, tr.NewTurkishStemmerFilter(), undotted{}),
	}
}

// withoutArticles takes l', d', nell' and the like off a word's beginning; the
// list is one of bleve's, a word a line.
func withoutArticles(list []byte) analysis.TokenFilter {
	articles := analysis.NewTokenMap()
	for line := range bytes.Lines(list) {
		articles.LoadLine(string(line))
	}
	return elision.NewElisionFilter(articles)
}

// turkishLower is lower case with I/ı and İ/i as two letters, which the stemmer
// needs: it looks at vowel harmony.
type turkishLower struct{}

func (turkishLower) Filter(words analysis.TokenStream) analysis.TokenStream {
	for _, w := range words {
		w.Term = bytes.ToLowerSpecial(unicode.TurkishCase, w.Term)
	}
	return words
}

// undotted writes ı as i after stemming: foreign names in capitals (IBM) would
// otherwise never equal the same name in small letters.
type undotted struct{}

func (undotted) Filter(words analysis.TokenStream) analysis.TokenStream {
	for _, w := range words {
		w.Term = bytes.ReplaceAll(w.Term, []byte("ı"), []byte("i"))
	}
	return words
}
