package locale

import (
	"testing"

	"golang.org/x/text/number"

	"broadsheet/themes"
)

func TestDigitsAreThoseOfCLDR(t *testing.T) {
	s, err := Load(themes.Words())
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"en", "ar", "fa", "de", "ru", "hi", "bn", "mr", "my", "xx"} {
		l := s.For(tag)
		for _, n := range []int{-300, 0, 7, 10, 59, 1447, 2026, 12345} {
			for _, least := range []int{1, 2, 4} {
				if got, want := l.digits(n, least), l.numbers.Sprint(number.Decimal(n, number.NoSeparator(), number.MinIntegerDigits(least))); got != want {
					t.Errorf("%s: %d with %d digits is %q, not %q", tag, n, least, got, want)
				}
			}
		}
		if s.For(tag) != l {
			t.Errorf("%s is made twice", tag)
		}
	}
}
