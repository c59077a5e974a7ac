package locale

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// dates is how a language writes them. The patterns have placeholders: {day},
// {month}, {year}, {weekday}; {hour} and {hour0} of 24 hours, the latter always
// with two digits, {hour12} and {half} of twice 12; {minute} with two digits;
// {date} and {time} for what these two patterns give.
type dates struct {
	Calendar      string   `toml:"calendar"`        // whose months these are; "" for Gregorian
	Weekdays      []string `toml:"weekdays"`        // as they begin LongDate; Sunday first
	WeekdaysShort []string `toml:"weekdays_short"`  // for the head of a column; Sunday first
	FirstWeekday  string   `toml:"first_weekday"`   // that a week begins with: "monday"
	Months        []string `toml:"months"`          // as they stand by themselves
	MonthsInDates []string `toml:"months_in_dates"` // where a day comes with them; none where they are the same
	Halves        []string `toml:"halves"`          // of the day; none where nothing names them

	Long      string `toml:"long"`
	Date      string `toml:"date"`
	Time      string `toml:"time"`
	DateTime  string `toml:"date_time"`
	MonthYear string `toml:"month_year"`
}

// add takes over what another file says. The names of one calendar's months are
// none of another's.
func (d *dates) add(over *dates) {
	if over.Calendar != "" && over.Calendar != cmp.Or(d.Calendar, gregorianName) {
		d.Months, d.MonthsInDates = nil, nil
	}
	set(&d.Calendar, over.Calendar)
	setList(&d.Weekdays, over.Weekdays)
	setList(&d.WeekdaysShort, over.WeekdaysShort)
	set(&d.FirstWeekday, over.FirstWeekday)
	setList(&d.Months, over.Months)
	setList(&d.MonthsInDates, over.MonthsInDates)
	setList(&d.Halves, over.Halves)
	set(&d.Long, over.Long)
	set(&d.Date, over.Date)
	set(&d.Time, over.Time)
	set(&d.DateTime, over.DateTime)
	set(&d.MonthYear, over.MonthYear)
}

// fits reports a list that is not whole, and a pattern that leaves out what it
// must say or asks for what it can't have.
func (d *dates) fits() *mistake {
	if all := calendars(); d.Calendar != "" && all[d.Calendar] == nil {
		return wrong("dates.calendar", "the calendar %q is not known; there are %s", d.Calendar, strings.Join(sorted(all), ", "))
	}
	if d.FirstWeekday != "" && !slices.Contains(weekdayKeys(), d.FirstWeekday) {
		return wrong("dates.first_weekday", "dates.first_weekday is %q, and should be one of %s", d.FirstWeekday, strings.Join(weekdayKeys(), ", "))
	}
	for _, list := range []struct {
		name  string
		names []string
		want  int
	}{
		{"weekdays", d.Weekdays, 7}, {"weekdays_short", d.WeekdaysShort, 7}, {"months", d.Months, 12}, {"months_in_dates", d.MonthsInDates, 12}, {"halves", d.Halves, 2},
	} {
		if list.names != nil && (len(list.names) != list.want || slices.Contains(list.names, "")) {
			return wrong("dates."+list.name, "dates.%s must be %d names", list.name, list.want)
		}
	}
	for _, pattern := range []struct {
		name, text string
		allowed    []string
	}{
		{"long", d.Long, []string{"{day} {month} {weekday} {year}"}},
		{"date", d.Date, []string{"{day} {month} {year}"}},
		{"time", d.Time, []string{"{hour} {minute}", "{hour0} {minute}", "{half} {hour12} {minute}"}},
		{"date_time", d.DateTime, []string{"{date} {time}"}},
		{"month_year", d.MonthYear, []string{"{month} {year}"}},
	} {
		if pattern.text != "" && !slices.Contains(pattern.allowed, strings.Join(placeholders(pattern.text), " ")) {
			return wrong("dates."+pattern.name, "dates.%s is %q, and should have the placeholders %s", pattern.name, pattern.text, strings.Join(pattern.allowed, ", or "))
		}
	}
	return nil
}

// lacks are the keys that are not said.
func (d *dates) lacks() []string {
	var lacks []string
	for key, missing := range map[string]bool{
		"weekdays": d.Weekdays == nil, "weekdays_short": d.WeekdaysShort == nil, "first_weekday": d.FirstWeekday == "", "months": d.Months == nil, "halves": d.Halves == nil && d.twelveHours(),
		"long": d.Long == "", "date": d.Date == "", "time": d.Time == "", "date_time": d.DateTime == "", "month_year": d.MonthYear == "",
	} {
		if missing {
			lacks = append(lacks, "dates."+key)
		}
	}
	return lacks
}

func (d *dates) twelveHours() bool { return strings.Contains(d.Time, "{half}") }

// LongDate is a day with its weekday, as it stands by itself at the head of a
// page.
func (l *Locale) LongDate(t time.Time) string {
	if l.words.Dates.Weekdays == nil {
		return t.Format(time.DateOnly)
	}
	return l.day(l.words.Dates.Long, t)
}

// Date is a day without its weekday.
func (l *Locale) Date(t time.Time) string { return l.day(l.words.Dates.Date, t) }

// day fills a pattern; without one, or without names of months, it is the day of
// ISO 8601, which nobody takes for another.
func (l *Locale) day(pattern string, t time.Time) string {
	d := &l.words.Dates
	if pattern == "" || d.Months == nil {
		return t.Format(time.DateOnly)
	}
	months, weekday := d.Months, ""
	if d.MonthsInDates != nil {
		months = d.MonthsInDates
	}
	if d.Weekdays != nil {
		weekday = d.Weekdays[t.Weekday()]
	}
	_, month, day := l.calendar().date(t)
	return strings.NewReplacer("{weekday}", weekday, "{day}", l.digits(day, 1),
		"{month}", months[month-1], "{year}", l.Year(t)).Replace(pattern)
}

// Time is the time of day, to the minute.
func (l *Locale) Time(t time.Time) string {
	d := &l.words.Dates
	if d.Time == "" || d.twelveHours() && d.Halves == nil {
		return t.Format("15:04")
	}
	half := ""
	if d.Halves != nil {
		half = d.Halves[t.Hour()/12]
	}
	return strings.NewReplacer("{hour}", l.digits(t.Hour(), 1), "{hour0}", l.digits(t.Hour(), 2), "{hour12}", l.digits((t.Hour()+11)%12+1, 1),
		"{minute}", l.digits(t.Minute(), 2), "{half}", half).Replace(d.Time)
}

// DateTime is day and time of day.
func (l *Locale) DateTime(t time.Time) string {
	pattern := l.words.Dates.DateTime
	if pattern == "" {
		pattern = "{date} {time}"
	}
	return strings.NewReplacer("{date}", l.Date(t), "{time}", l.Time(t)).Replace(pattern)
}

// MonthYear is a month with its year, the month in the form in which it stands
// without a day.
func (l *Locale) MonthYear(t time.Time) string {
	d := &l.words.Dates
	if d.MonthYear == "" || d.Months == nil {
		return t.Format("2006-01")
	}
	_, month, _ := l.calendar().date(t)
	return strings.NewReplacer("{month}", d.Months[month-1], "{year}", l.Year(t)).Replace(d.MonthYear)
}

// Year is a year alone, of the language's calendar and in its digits.
func (l *Locale) Year(t time.Time) string {
	year, _, _ := l.calendar().date(t)
	return l.digits(year, 1)
}

// calendar is the language's; the Gregorian one where it has no names for the
// months of its own, since its dates are then those of ISO 8601.
func (l *Locale) calendar() calendar {
	if d := &l.words.Dates; d.Calendar != "" && d.Months != nil {
		return calendars()[d.Calendar]
	}
	return gregorian{}
}

// ISO is a time for machines: RFC 3339 with its zone, in the Gregorian calendar.
func (l *Locale) ISO(t time.Time) string { return t.Format(time.RFC3339) }
