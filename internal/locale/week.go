package locale

import "time"

// Week is the week of the language's calendar that holds t: seven days from the one
// that weeks begin with. Their times are in t's location.
func (l *Locale) Week(t time.Time) []Day {
	c := l.calendar()
	y, m, d := t.Date()
	d -= int(t.Weekday()-l.firstWeekday()+7) % 7
	days := make([]Day, 7)
	for n := range days {
		date := midnight(y, m, d+n, t.Location())
		_, _, number := c.date(date)
		days[n] = Day{l.digits(number, 1), date}
	}
	return days
}
