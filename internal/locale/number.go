package locale

import (
	"strconv"
	"strings"

	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Number is a whole number with the language's digits and separators, as a
// region groups them.
func (l *Locale) Number(n int) string { return l.numbers.Sprint(number.Decimal(n)) }

// digits is a number with the language's digits and no separators, at least as
// many as asked for. It is asked for some hundred times for one page with a
// calendar, of which [number.Decimal] took a quarter of the time; that writes the
// years before the first.
func (l *Locale) digits(n, least int) string {
	if n < 0 {
		return l.numbers.Sprint(number.Decimal(n, number.NoSeparator(), number.MinIntegerDigits(least)))
	}
	s := strconv.Itoa(n)
	var b strings.Builder
	for range least - len(s) {
		b.WriteString(l.ten[0])
	}
	for _, d := range s {
		b.WriteString(l.ten[d-'0'])
	}
	return b.String()
}

// tenDigits are a language's digits, from 0 on.
func tenDigits(p *message.Printer) (ten [10]string) {
	for n := range ten {
		ten[n] = p.Sprint(number.Decimal(n))
	}
	return ten
}
