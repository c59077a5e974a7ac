package locale

import "time"

// persian is the Solar Hijri calendar of Iran and Afghanistan. Its year begins on
// the day whose noon in Tehran is the first after the vernal equinox; six months
// have 31 days, the others 30, and the last has 29 but in leap years.
//
// In law the equinox is observed. Between the years 1210 and 1634 (1831 to 2256)
// the observed leap years are those of a cycle of 33 years: every fourth, and once
// in the cycle a fifth (K. M. Borkowski, The Persian calendar for 3000 years, Earth,
// Moon and Planets 74, 1996, has the years at which the cycle breaks). Outside of
// that span the cycle goes on, and may be a day off.
type persian struct{}

const (
	cycle      = 33   // years
	leaps      = 8    // of a cycle: its years 0, 4, … 28
	cycleStart = 1210 // a year that a cycle begins with
)

// newYear is the day number of a year's first day.
func (persian) newYear(year int) int {
	const first = -50690 // of the year cycleStart: 21 March 1831
	years := year - cycleStart
	in := (years%cycle + cycle) % cycle
	cycles := (years - in) / cycle
	return first + 365*years + leaps*cycles + min((in+3)/4, leaps)
}

func (p persian) date(t time.Time) (year, month, day int) {
	n := dayNumber(t)
	year = t.Year() - 621
	for p.newYear(year) > n {
		year--
	}
	for p.newYear(year+1) <= n { // only where the cycle has drifted far from Go's calendar
		year++
	}
	n -= p.newYear(year)
	if n < 6*31 {
		return year, n/31 + 1, n%31 + 1
	}
	n -= 6 * 31
	return year, n/30 + 7, n%30 + 1
}

func (p persian) first(year, month int, zone *time.Location) time.Time {
	switch {
	case month < 1:
		year, month = year-1, month+12
	case month > 12:
		year, month = year+1, month-12
	}
	before := month - 1
	n := p.newYear(year) + 30*before + min(before, 6)
	return midnight(1970, time.January, 1+n, zone)
}
