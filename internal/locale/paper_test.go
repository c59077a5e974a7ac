package locale_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/locale"
	"broadsheet/themes"
)

// paper is the words of the theme that is built in.
func paper(t testing.TB) *locale.Set {
	t.Helper()
	s, err := locale.Load(themes.Words())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheThemeSpeaksSixLanguagesAndBritishDates(t *testing.T) {
	want := []string{"ar", "de", "en", "en-gb", "fa", "ru", "uk"}
	if got := paper(t).Languages(); !slices.Equal(got, want) {
		t.Errorf("languages %v, want %v", got, want)
	}
}

func TestEnglishHasTheWordingThatReadersOfTheOldSiteKnow(t *testing.T) {
	l := paper(t).For("en")
	for key, want := range map[string]string{
		"leave_a_reply":      "Leave a Reply",
		"form_email_note":    "Your email address will not be published.",
		"form_required_note": "Required fields are marked *",
		"check_also":         "Check Also",
		"read_more":          "Read more:",
		"advertisement":      "Advertisement",
	} {
		if got := l.Word(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if got, want := l.Say("rights_line", "year", "2022", "holder", "Ann Reed"), "© 2022, Ann Reed. All rights reserved."; got != want {
		t.Errorf("the rights line is %q, want %q", got, want)
	}
}

func TestEachLanguageHasItsOwnWords(t *testing.T) {
	s := paper(t)
	for language, want := range map[string]string{
		"de": "Anzeige", "ru": "Реклама", "uk": "Реклама", "ar": "إعلان", "fa": "آگهی",
	} {
		l := s.For(language)
		if got := l.Word("advertisement"); got != want {
			t.Errorf("%s: an advertisement is labelled %q, want %q", language, got, want)
		}
		for _, key := range []string{"leave_a_reply", "read_more", "search_none", "rights_line", "not_found_text"} {
			if l.Word(key) == s.For("en").Word(key) {
				t.Errorf("%s: %s is the English one", language, key)
			}
		}
	}
}

func TestNoPhraseWasLeftInEnglish(t *testing.T) {
	s := paper(t)
	text, err := fs.ReadFile(themes.Words(), "en.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ = bytes.Cut(text, []byte("[words]"))
	text, _, _ = bytes.Cut(text, []byte("[plural."))
	keys := regexp.MustCompile(`(?m)^(\w+) = ".*[a-z] `).FindAllSubmatch(text, -1)
	if len(keys) < 50 {
		t.Fatalf("only %d phrases: the file is not read right", len(keys))
	}
	for _, language := range []string{"de", "ru", "uk", "ar", "fa"} {
		for _, key := range keys {
			if word := s.For(language).Word(string(key[1])); word == s.For("en").Word(string(key[1])) {
				t.Errorf("%s: %s is %q", language, key[1], word)
			}
		}
	}
}

func TestEachLanguageHasItsNameAndItsQuotationMarks(t *testing.T) {
	s := paper(t)
	for tag, want := range map[string]struct {
		name   string
		quotes [4]string
	}{
		"en": {"English", [4]string{"“", "”", "‘", "’"}}, "en-GB": {"English", [4]string{"“", "”", "‘", "’"}},
		"de": {"Deutsch", [4]string{"„", "“", "‚", "‘"}}, "de-AT": {"Deutsch", [4]string{"„", "“", "‚", "‘"}},
		"ru": {"Русский", [4]string{"«", "»", "„", "“"}}, "uk": {"Українська", [4]string{"«", "»", "„", "“"}},
		"ar": {"العربية", [4]string{"«", "»", "‹", "›"}}, "fa": {"فارسی", [4]string{"«", "»", "‹", "›"}},
		// Without words: the name is CLDR's, the marks are English like the words.
		"fr": {"français", [4]string{"“", "”", "‘", "’"}}, "he": {"עברית", [4]string{"“", "”", "‘", "’"}},
		"qaa": {"qaa", [4]string{"“", "”", "‘", "’"}}, "not a tag": {"not a tag", [4]string{"“", "”", "‘", "’"}},
	} {
		if l := s.For(tag); l.Name() != want.name || l.Quotes() != want.quotes {
			t.Errorf("%s is called %q and has %v", tag, l.Name(), l.Quotes())
		}
	}
}

func TestMarksOfAllLanguagesComeLongestFirst(t *testing.T) {
	marks := paper(t).ReadMore()
	for _, want := range []string{"READ MORE", "SEE ALSO", "Lesen Sie auch", "Mehr dazu", "Читайте также", "Читайте також", "اقرأ أيضا", "اقرأ المزيد", "بیشتر بخوانید"} {
		if !slices.Contains(marks, want) {
			t.Errorf("no mark %q", want)
		}
	}
	// Else "RELATED" would cut "RELATED STORY: …" in the middle.
	for i, m := range marks {
		for _, before := range marks[:i] {
			if m != before && strings.HasPrefix(m, before) {
				t.Errorf("%q comes before %q", before, m)
			}
		}
	}
}

// A template is checked against its struct, but a word's key is only a string.
func TestTheTemplatesSayOnlyWordsThatThereAre(t *testing.T) {
	l := paper(t).For("en")
	call := regexp.MustCompile(`\.L\.(Word|Say|Plural) "(\w+)"([^}]*)`)
	names, err := fs.Glob(themes.Paper(), "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, name := range names {
		b, err := fs.ReadFile(themes.Paper(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(b), -1) {
			said++
			method, key, rest := m[1], m[2], m[3]
			switch method {
			case "Word":
				if l.Word(key) == key {
					t.Errorf("%s: there is no word %q", name, key)
				}
			case "Plural":
				if l.Plural(key, 2) == key {
					t.Errorf("%s: there is no plural %q", name, key)
				}
			case "Say":
				var pairs []any
				for _, arg := range regexp.MustCompile(`"(\w+)" `).FindAllStringSubmatch(rest, -1) {
					if !strings.Contains(l.Word(key), "{"+arg[1]+"}") {
						t.Errorf("%s: the phrase %q has no {%s}", name, key, arg[1])
					}
					pairs = append(pairs, arg[1], "x")
				}
				if text := l.Say(key, pairs...); text == key || strings.Contains(text, "{") {
					t.Errorf("%s: the phrase %q comes out as %q", name, key, text)
				}
			}
		}
	}
	if said < 50 {
		t.Errorf("only %d words are said: the templates are not read right", said)
	}
}
