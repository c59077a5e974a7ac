package locale_test

import (
	"testing"
	"time"

	"broadsheet/internal/locale"
)

func TestDirectionIsThatOfTheScript(t *testing.T) {
	for dir, tags := range map[string][]string{
		"rtl": {
			"ar", "ar-EG", "ar_EG", "AR", "fa", "fa-AF", "he", "iw", "ur", "ckb", "ps", "yi", "sd", "ug", "dv", "syr", "arc", "nqo",
			"azb", "prs", "lrc", "mzn", "glk", "pnb", "arz", "ary",
			"az-Arab", "ku_Arab", "ms-Arab", "de-Hebr", "ff-Adlm", "rhg-Rohg", // the script says so
			"uz-AF", "pa-PK", "kk-CN", // the region does
			"ar-x-paper", "fa-nonsense9",
		},
		"ltr": {
			"en", "de", "ru", "uk", "zh", "ja", "ku", "az", "uz", "pa", "kk", "ha", "tr",
			"ar-Latn", "he_Latn", "fa-Cyrl", "ur-Deva",
			"", "-", "x", "arabic", "<script>", "ar\x00",
		},
	} {
		for _, tag := range tags {
			if got := locale.Dir(tag); got != dir {
				t.Errorf("%q is %s, want %s", tag, got, dir)
			}
		}
	}
}

// An article's language can come from an export, and so from anybody.
func FuzzAnyTagHasADirectionAndWords(f *testing.F) {
	for _, tag := range []string{"", "en", "ar-EG", "zh_Hant_TW", "de-x-", "-", "i-klingon", "fa-u-nu-latn", "x-y", "ar-u-nu", "\xff", "en-\u202e"} {
		f.Add(tag)
	}
	s, err := locale.Load(withWords(map[string]string{"en": "Home", "ar": "الرئيسية"}))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		l := s.For(tag)
		if l.Dir != "ltr" && l.Dir != "rtl" {
			t.Errorf("%q has the direction %q", tag, l.Dir)
		}
		if w := l.Word("home"); w != "Home" && w != "الرئيسية" {
			t.Errorf("%q has the word %q", tag, w)
		}
		if got := l.Plural("comments", 2); got == "comments" || got == "" {
			t.Errorf("%q has the plural %q", tag, got)
		}
		if l.Name() == "" && tag != "" {
			t.Errorf("%q has no name", tag)
		}
		if m := l.Month(time.Date(2026, 7, 5, 0, 0, 0, 0, time.UTC)); len(m.Days) != 31 || l.Compare("a", "b") >= 0 {
			t.Errorf("%q has the month %v, or b before a", tag, m)
		}
	})
}
