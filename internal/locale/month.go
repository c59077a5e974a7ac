package locale

import (
	"slices"
	"strings"
	"time"
)

// Month is a month of a language's calendar, as a page of the archive shows it.
type Month struct {
	Title      string    // month and year
	Start, End time.Time // first moment of the first day, and of the day after the last
	Weekdays   []Weekday // seven, in the order in which the week begins
	Lead       int       // empty cells before the first day
	Days       []Day     // all of the month
	Prev, Next time.Time // some time in the months beside it
}

// Weekday is a day of the week: short for the head of a column, and whole for
// those who listen.
type Weekday struct{ Short, Name string }

// Day is one of a month. Number is in the language's digits, Date its first
// moment.
type Day struct {
	Number string
	Date   time.Time
}

// Month is the month of the language's calendar that holds t. Its times are in t's
// location, where a day may begin later than at 00:00.
func (l *Locale) Month(t time.Time) Month {
	c, zone := l.calendar(), t.Location()
	year, month, _ := c.date(t)
	m := Month{Title: l.MonthYear(t), Start: c.first(year, month, zone), End: c.first(year, month+1, zone), Prev: c.first(year, month-1, zone)}
	m.Next = m.End
	y, gregorianMonth, d := m.Start.Date()
	for n := range dayNumber(m.End) - dayNumber(m.Start) {
		m.Days = append(m.Days, Day{l.digits(n+1, 1), midnight(y, gregorianMonth, d+n, zone)})
	}
	first := l.firstWeekday()
	for i := range 7 {
		m.Weekdays = append(m.Weekdays, l.weekday((first+time.Weekday(i))%7))
	}
	m.Lead = int(m.Start.Weekday()-first+7) % 7
	return m
}

// firstWeekday is the day that a week begins with: ISO 8601's where the language
// does not say.
func (l *Locale) firstWeekday() time.Weekday {
	if i := slices.Index(weekdayKeys(), l.words.Dates.FirstWeekday); i >= 0 {
		return time.Weekday(i)
	}
	return time.Monday
}

// weekday is a day's names, the whole one for both where there is no short one,
// and English where there is neither.
func (l *Locale) weekday(day time.Weekday) Weekday {
	d, english := &l.words.Dates, &l.english.Dates
	switch {
	case d.Weekdays == nil:
		return Weekday{english.WeekdaysShort[day], english.Weekdays[day]}
	case d.WeekdaysShort == nil:
		return Weekday{d.Weekdays[day], d.Weekdays[day]}
	}
	return Weekday{d.WeekdaysShort[day], d.Weekdays[day]}
}

// weekdayKeys are the names that a words file has for the weekdays, Sunday first.
func weekdayKeys() []string {
	var keys []string
	for day := time.Sunday; day <= time.Saturday; day++ {
		keys = append(keys, strings.ToLower(day.String()))
	}
	return keys
}
