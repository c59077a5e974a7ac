package locale_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func wordsIn(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestAFaceAddsItsWordsToThoseOfEachLanguage(t *testing.T) {
	s, err := paper(t).Adding(wordsIn(map[string]string{
		"en.toml": "[words]\nsign_in = \"Sign in\"\nhello = \"Hello, {name}\"\n[plural.devices]\none = \"{n} device\"\nother = \"{n} devices\"\n",
		"de.toml": "[words]\nsign_in = \"Anmelden\"\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string]string{"en": "Sign in", "en-GB": "Sign in", "de": "Anmelden", "de-AT": "Anmelden", "ar": "Sign in"} {
		if got := s.For(tag).Word("sign_in"); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	if l := s.For("de"); l.Word("home") != "Startseite" || l.Say("hello", "name", "Ida") != "Hello, Ida" || l.Plural("devices", 2) != "2 devices" {
		t.Error("the theme's words, or English ones, are not there any more")
	}
	if lacks := strings.Join(s.Missing()["de"], " "); !strings.Contains(lacks, "words.hello") || !strings.Contains(lacks, "plural.devices.one") || strings.Contains(lacks, "sign_in") {
		t.Errorf("German lacks %s", lacks)
	}
	if paper(t).For("en").Word("sign_in") != "sign_in" {
		t.Error("the theme's own words have changed")
	}
}

func TestAddedWordsThatDoNotFitAreNamed(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"there is no words file en.toml":                      {"de.toml": ""},
		`en.toml, line 2: the word "home" is there already`:   {"en.toml": "[words]\nhome = \"x\"\n"},
		`de.toml, line 2: the word "hut" is not known`:        {"en.toml": "[words]\nhat = \"x\"\n", "de.toml": "[words]\nhut = \"x\"\n"},
		"nl.toml: the theme has no words in this language":    {"en.toml": "[words]\nhat = \"x\"\n", "nl.toml": "[words]\nhat = \"hoed\"\n"},
		`en.toml, line 1: it can't be read`:                   {"en.toml": "[words\n"},
		`the plural "hats": the language has no form "three"`: {"en.toml": "[plural.hats]\nthree = \"{n}\"\nother = \"{n}\"\n"},
	} {
		if _, err := paper(t).Adding(wordsIn(files)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
