package locale

import "golang.org/x/text/number"

// Number is a whole number with the language's digits and separators, as a
// region groups them.
func (l *Locale) Number(n int) string { return l.numbers.Sprint(number.Decimal(n)) }

// digits is a number with the language's digits and no separators, at least as
// many as asked for.
func (l *Locale) digits(n, least int) string {
	return l.numbers.Sprint(number.Decimal(n, number.NoSeparator(), number.MinIntegerDigits(least)))
}
