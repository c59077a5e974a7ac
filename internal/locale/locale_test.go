package locale_test

import "testing"

func TestALanguageIsFoundByItsTagThenByLessOfIt(t *testing.T) {
	s := load(t, withWords(map[string]string{"en": "Home", "en-GB": "Front page", "zh_Hant": "首頁", "de": "Start"}))
	for _, c := range []struct{ tag, home string }{
		{"en", "Home"}, {"en-US", "Home"}, {"EN_us", "Home"}, {"en-GB", "Front page"}, {"en_gb", "Front page"}, {"en-GB-oxendict", "Front page"},
		{"zh-Hant-TW", "首頁"}, {"zh_hant", "首頁"}, {"zh", "Home"}, {"zh-Hans", "Home"},
		{"de-AT", "Start"}, {"de-1996", "Start"}, {"de-x-simple", "Start"}, {"de-nonsense9", "Start"},
		{"fr", "Home"}, {"", "Home"}, {"-", "Home"}, {"-de", "Home"}, {"d", "Home"}, {"english", "Home"},
	} {
		if got := s.For(c.tag).Word("home"); got != c.home {
			t.Errorf("%q: home is %q, want %q", c.tag, got, c.home)
		}
	}
}

func TestALocaleKeepsTheTagThatWasAskedFor(t *testing.T) {
	s := paper(t)
	for tag, want := range map[string]string{"en": "en", "de-AT": "de-AT", "pt_BR": "pt-BR", "he": "he"} {
		if got := s.For(tag).Tag; got != want {
			t.Errorf("%q became %q, want %q: it is what a page's lang attribute says", tag, got, want)
		}
	}
}

func TestALanguageWithoutWordsHasEnglishOnesInItsOwnDirection(t *testing.T) {
	l := paper(t).For("he")
	if l.Word("home") != "Home" || l.Dir != "rtl" {
		t.Errorf("Hebrew has %q, %s; want English words, rtl", l.Word("home"), l.Dir)
	}
}

func TestSayFillsPlaceholders(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language, key string
		pairs         []any
		want          string
	}{
		{"en", "reply_to", []any{"name", "Ann"}, "Reply to Ann"},
		{"en", "reply_to", []any{"name", "{name} {n}"}, "Reply to {name} {n}"},
		{"en", "page_of_comments", []any{"from", 101, "to", 200, "n", "{from}"}, "Comments 101 to 200 of {from}"},
		{"de", "page_of_comments", []any{"from", 1001, "to", 1100, "n", 12345}, "Kommentare 1.001 bis 1.100 von 12.345"},
		{"fa", "page_of_comments", []any{"from", 1, "to", 100, "n", 1300}, "دیدگاه‌های ۱ تا ۱۰۰ از ۱٬۳۰۰"},
		{"en", "error_id", []any{"id"}, "If you report this, please tell us the number {id}."},
	} {
		if got := s.For(c.language).Say(c.key, c.pairs...); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.language, c.key, got, c.want)
		}
	}
}

func TestAnEmptyWordIsAWord(t *testing.T) {
	if got := paper(t).For("en").Word("photo_credit"); got != "" {
		t.Errorf("the empty word is %q", got)
	}
}

func TestAnUnknownKeyStandsForItself(t *testing.T) {
	l := paper(t).For("de")
	if got := l.Word("no_such_word"); got != "no_such_word" {
		t.Errorf("word: %q", got)
	}
	if got := l.Plural("no_such_plural", 2); got != "no_such_plural" {
		t.Errorf("plural: %q", got)
	}
}
