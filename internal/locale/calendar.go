package locale

import "time"

// calendar divides days into months and years.
type calendar interface {
	// date is the day of t in its location; a month counts from 1.
	date(t time.Time) (year, month, day int)
	// first is the first moment of a month's first day. The month may be one
	// before the first of the year or one behind the last.
	first(year, month int, zone *time.Location) time.Time
}

// calendars are those that a words file may ask for, by name.
func calendars() map[string]calendar {
	return map[string]calendar{gregorianName: gregorian{}, "persian": persian{}}
}

// gregorianName is the calendar of words files that name none.
const gregorianName = "gregorian"

// gregorian is the calendar of Go's times.
type gregorian struct{}

func (gregorian) date(t time.Time) (year, month, day int) {
	y, m, d := t.Date()
	return y, int(m), d
}

func (gregorian) first(year, month int, zone *time.Location) time.Time {
	return midnight(year, time.Month(month), 1, zone)
}

// midnight is the first moment of a day, whose number may lie outside of its
// month as for [time.Date]. Where a clock is put forward at midnight, as it was in
// Iran each spring, the day begins at one.
func midnight(year int, month time.Month, day int, zone *time.Location) time.Time {
	want := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	t := time.Date(want.Year(), want.Month(), want.Day(), 0, 0, 0, 0, zone)
	for dayNumber(t) < dayNumber(want) {
		t = t.Add(30 * time.Minute)
	}
	return t
}

// dayNumber counts the days of t's location since 1970.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	const seconds = 24 * 60 * 60
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / seconds)
}
