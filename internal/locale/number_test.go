package locale_test

import (
	"strings"
	"testing"
	"time"
)

func words(s string) []string { return strings.Fields(s) }

func TestNumbersHaveTheLanguagesDigitsAndSeparators(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language string
		n        int
		want     string
	}{
		{"en", 0, "0"}, {"en", 999, "999"}, {"en", 1234567, "1,234,567"}, {"en", -1234, "-1,234"},
		{"en-IN", 1234567, "12,34,567"},
		{"de", 1234567, "1.234.567"}, {"de-CH", 1234567, "1’234’567"},
		{"ru", 1234567, "1\u00a0234\u00a0567"}, {"uk", 1234567, "1\u00a0234\u00a0567"},
		{"ar", 1234567, "1,234,567"}, {"ar-EG", 2026, "2,026"},
		{"fa", 7, "۷"}, {"fa", 1234567890, "۱٬۲۳۴٬۵۶۷٬۸۹۰"}, {"fa-AF", 1234, "۱٬۲۳۴"},
		{"fr", 1234567, "1,234,567"}, // as in the English words around it
	} {
		if got := s.For(c.language).Number(c.n); got != c.want {
			t.Errorf("%s: %d is %q, want %q", c.language, c.n, got, c.want)
		}
	}
}

func TestAYearIsNotGrouped(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for language, want := range map[string]string{"en": "2026", "de": "2026", "ru": "2026", "ar": "2026", "fa": "۱۴۰۴", "fr": "2026"} {
		if got := paper(t).For(language).Year(at); got != want {
			t.Errorf("%s: the year is %q, want %q", language, got, want)
		}
	}
}
