package migrate

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"broadsheet/internal/richtext"
	"broadsheet/internal/wordpress"
)

// languageOf is the language of a post: what a plugin for several languages
// (Polylang, as a term; WPML, in a custom field) says, else what the script of
// the text says where that can't be the paper's. "" is the paper's own.
func languageOf(p *wordpress.Post, paper, text string) string {
	said := p.MetaValue("_wpml_language")
	for _, t := range p.Terms {
		if t.Taxonomy == "language" {
			said = t.Slug
		}
	}
	if tag, err := language.Parse(strings.ReplaceAll(said, "_", "-")); err == nil && said != "" {
		return tag.String()
	}
	return languageOfScript(text, paper)
}

// scripts are the scripts that one can tell a language by, at least well enough
// to set the text from the right side, in the right letters and read it aloud;
// each with the language it is taken for.
var scripts = []struct {
	letters  *unicode.RangeTable
	script   string // ISO 15924
	language string
}{
	{unicode.Cyrillic, "Cyrl", "ru"}, {unicode.Arabic, "Arab", "ar"}, {unicode.Hebrew, "Hebr", "he"}, {unicode.Greek, "Grek", "el"},
	{unicode.Hangul, "Kore", "ko"}, {unicode.Hiragana, "Jpan", "ja"}, {unicode.Han, "Hans", "zh"}, {unicode.Devanagari, "Deva", "hi"},
	{unicode.Bengali, "Beng", "bn"}, {unicode.Thai, "Thai", "th"}, {unicode.Armenian, "Armn", "hy"}, {unicode.Georgian, "Geor", "ka"},
}

// telling are letters that one language of a script has and the first does not.
var telling = map[string][]struct{ letters, language string }{
	"ru": {{"іїєґ", "uk"}, {"ў", "be"}},
	"ar": {{"ٹڈڑےں", "ur"}, {"پچژگ", "fa"}},
	"zh": {{"ぁあぃいうえおかがきのはをん", "ja"}},
}

// languageOfScript is the language that most letters of a text speak for, and ""
// where that may be the paper's.
func languageOfScript(text, paper string) string {
	const enough = 1500 // bytes
	if len(text) > enough {
		text = strings.ToValidUTF8(text[:enough], "")
	}
	counts, letters := make([]int, len(scripts)), 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		for i := 0; r > unicode.MaxLatin1 && i < len(scripts); i++ {
			if unicode.Is(scripts[i].letters, r) {
				counts[i]++
				break
			}
		}
	}
	own, _ := language.Make(strings.ReplaceAll(paper, "_", "-")).Script()
	for i, n := range counts {
		if n*2 <= letters || sameScript(own.String(), scripts[i].script) {
			continue
		}
		for _, t := range telling[scripts[i].language] {
			if strings.ContainsAny(text, t.letters) {
				return t.language
			}
		}
		return scripts[i].language
	}
	return ""
}

// sameScript reports whether two scripts share the letters that were counted:
// Japanese and Chinese share Han.
func sameScript(a, b string) bool {
	han := func(s string) bool { return s == "Hans" || s == "Hant" || s == "Jpan" }
	return a == b || han(a) && han(b)
}

// words is the text that a post's language shows in.
func words(p *wordpress.Post, doc *richtext.Doc) string { return p.Title + "\n" + doc.Excerpt(1500) }
