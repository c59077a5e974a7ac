package demo

import (
	"regexp"
	"strconv"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// moment is a time as the content writes it: counted from the day on which the
// paper is read, or fixed.
type moment struct {
	HoursAgo  float64            `toml:"hours_ago"`
	DaysAgo   int                `toml:"days_ago"`
	DaysAhead int                `toml:"days_ahead"`
	At        string             `toml:"at"` // with DaysAgo and DaysAhead: "07:40", in the paper's zone
	On        toml.LocalDateTime `toml:"on"` // fixed, in the paper's zone
}

func (m moment) isZero() bool { return m == moment{} }

// instant is when m is, for a paper read now.
func (r *reader) instant(name string, m moment) time.Time {
	switch {
	case m.On != toml.LocalDateTime{}:
		return m.On.AsTime(r.zone)
	case m.HoursAgo > 0:
		return r.now.Add(-time.Duration(m.HoursAgo * float64(time.Hour))).Truncate(time.Minute).In(r.zone)
	}
	clock, err := time.Parse("15:04", m.At)
	if err != nil {
		r.fail("%s: the hour %q is not written as 07:40", name, m.At)
	}
	// Not Add: a day on which clocks are put back has 25 hours.
	year, month, day := r.now.In(r.zone).Date()
	return time.Date(year, month, day-m.DaysAgo+m.DaysAhead, clock.Hour(), clock.Minute(), 0, 0, r.zone)
}

func (r *reader) duration(name, text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		r.fail("%s: %q is no length of time, such as 3h20m", name, text)
	}
	return d
}

// dateWord is a date in a text: {weekday-1}, {date+12}, {month-1}, {year}. The
// number counts days for the first two, months and years for the others.
var dateWord = regexp.MustCompile(`\{([^{}]*)\}`)

var dateWordParts = regexp.MustCompile(`^(weekday|date|month|year)([+-][0-9]+)?$`)

// dated puts weekdays and dates into a text, in English and counted from the
// day on which it appears, so that "the council voted on Monday" is true
// whenever the paper is read.
func (r *reader) dated(name, text string, day time.Time) string {
	return dateWord.ReplaceAllStringFunc(text, func(word string) string {
		parts := dateWordParts.FindStringSubmatch(word[1 : len(word)-1])
		if parts == nil {
			r.fail("%s: %s is no date", name, word)
			return word
		}
		n, _ := strconv.Atoi(parts[2]) // "" is 0
		year, month, d := day.In(r.zone).Date()
		noon := func(year int, month time.Month, day int) time.Time {
			return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
		}
		switch parts[1] {
		case "weekday":
			return noon(year, month, d+n).Weekday().String()
		case "date":
			return noon(year, month, d+n).Format("2 January")
		case "month":
			return noon(year, month+time.Month(n), 1).Month().String()
		}
		return strconv.Itoa(year + n)
	})
}
