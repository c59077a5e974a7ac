package locale

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// dates is how a language writes them. The patterns have placeholders: {day},
// {month}, {year}, {weekday}; {hour} and {hour0} of 24 hours, the latter always
// with two digits, {hour12} and {half} of twice 12; {minute} with two digits;
// {date} and {time} for what these two patterns give.
type dates struct {
	Weekdays      []string `toml:"weekdays"`        // as they begin LongDate; Sunday first
	Months        []string `toml:"months"`          // as they stand by themselves
	MonthsInDates []string `toml:"months_in_dates"` // where a day comes with them; none where they are the same
	Halves        []string `toml:"halves"`          // of the day; none where nothing names them

	Long      string `toml:"long"`
	Date      string `toml:"date"`
	Time      string `toml:"time"`
	DateTime  string `toml:"date_time"`
	MonthYear string `toml:"month_year"`
}

// fit reports a list that is not whole, and a pattern that leaves out what it
// must say or asks for what it can't have.
func (d *dates) fit() error {
	for _, list := range []struct {
		name     string
		names    []string
		want     int
		optional bool
	}{
		{"weekdays", d.Weekdays, 7, false},
		{"months", d.Months, 12, false},
		{"months_in_dates", d.MonthsInDates, 12, true},
		{"halves", d.Halves, 2, true},
	} {
		if list.optional && list.names == nil {
			continue
		}
		if len(list.names) != list.want || slices.Contains(list.names, "") {
			return fmt.Errorf("dates.%s must be %d names", list.name, list.want)
		}
	}
	hours := []string{"{hour} {minute}", "{hour0} {minute}"}
	if d.Halves != nil {
		hours = append(hours, "{half} {hour12} {minute}")
	}
	for _, pattern := range []struct {
		name, text string
		allowed    []string
	}{
		{"long", d.Long, []string{"{day} {month} {weekday} {year}"}},
		{"date", d.Date, []string{"{day} {month} {year}"}},
		{"time", d.Time, hours},
		{"date_time", d.DateTime, []string{"{date} {time}"}},
		{"month_year", d.MonthYear, []string{"{month} {year}"}},
	} {
		if !slices.Contains(pattern.allowed, strings.Join(placeholders(pattern.text), " ")) {
			return fmt.Errorf("dates.%s is %q, and should have the placeholders %s", pattern.name, pattern.text, strings.Join(pattern.allowed, ", or "))
		}
	}
	return nil
}

// LongDate is a day with its weekday, as it stands by itself at the head of a
// page.
func (l *Locale) LongDate(t time.Time) string {
	if l.iso {
		return t.Format(time.DateOnly)
	}
	return l.day(l.words.Dates.Long, t)
}

// Date is a day without its weekday.
func (l *Locale) Date(t time.Time) string {
	if l.iso {
		return t.Format(time.DateOnly)
	}
	return l.day(l.words.Dates.Date, t)
}

func (l *Locale) day(pattern string, t time.Time) string {
	d := &l.words.Dates
	months := d.Months
	if d.MonthsInDates != nil {
		months = d.MonthsInDates
	}
	return strings.NewReplacer("{weekday}", d.Weekdays[t.Weekday()], "{day}", l.digits(t.Day(), 1),
		"{month}", months[t.Month()-1], "{year}", l.Year(t)).Replace(pattern)
}

// Time is the time of day, to the minute.
func (l *Locale) Time(t time.Time) string {
	if l.iso {
		return t.Format("15:04")
	}
	half := ""
	if halves := l.words.Dates.Halves; halves != nil {
		half = halves[t.Hour()/12]
	}
	return strings.NewReplacer("{hour}", l.digits(t.Hour(), 1), "{hour0}", l.digits(t.Hour(), 2), "{hour12}", l.digits((t.Hour()+11)%12+1, 1),
		"{minute}", l.digits(t.Minute(), 2), "{half}", half).Replace(l.words.Dates.Time)
}

// DateTime is day and time of day.
func (l *Locale) DateTime(t time.Time) string {
	if l.iso {
		return t.Format("2006-01-02 15:04")
	}
	return strings.NewReplacer("{date}", l.Date(t), "{time}", l.Time(t)).Replace(l.words.Dates.DateTime)
}

// MonthYear is a month with its year, the month in the form in which it stands
// without a day.
func (l *Locale) MonthYear(t time.Time) string {
	if l.iso {
		return t.Format("2006-01")
	}
	return strings.NewReplacer("{month}", l.words.Dates.Months[t.Month()-1], "{year}", l.Year(t)).Replace(l.words.Dates.MonthYear)
}

// Year is a year alone, in the language's digits.
func (l *Locale) Year(t time.Time) string { return l.digits(t.Year(), 1) }

// ISO is a time for machines: RFC 3339 with its zone.
func (l *Locale) ISO(t time.Time) string { return t.Format(time.RFC3339) }
