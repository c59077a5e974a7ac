package site

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
)

const archiveKind = "archive"

// Archive is what appeared in a year, a month or on a day, of the calendar that
// the paper's language counts by.
type Archive struct {
	Frame
	Crumbs         []Link
	Name           string    // the period, in words
	Months         []Link    // of a year; those in which nothing appeared have no address
	Calendar       *Calendar // of a month, or of the one that a day is in; nil for a year
	Earlier, Later Link      // the next period of the kind in which something appeared; no address for none
	List           List
}

// Calendar is a month, week by week.
type Calendar struct {
	Title    string
	Weekdays []locale.Weekday
	Weeks    [][]CalendarDay // seven each
}

// CalendarDay is a day of a calendar. Number is "" for a place before the first
// or after the last, URL where nothing appeared; Here marks the day that the
// page is about.
type CalendarDay struct {
	Number, URL string
	Here        bool
}

// period is a year, a month or a day; the parts that it does not say are 0.
type period struct{ year, month, day int }

// parsePeriod reads /2026/, /2026/07/ and /2026/07/05/.
func parsePeriod(path string) (period, bool) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) > 3 || !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") {
		return period{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) != []int{4, 2, 2}[i] || v < 1 {
			return period{}, false
		}
		n[i] = v
	}
	p := period{n[0], n[1], n[2]}
	// A 31 February is none.
	if d := time.Date(p.year, time.Month(max(p.month, 1)), max(p.day, 1), 0, 0, 0, 0, time.UTC); p.month > 12 || d.Day() != max(p.day, 1) {
		return period{}, false
	}
	return p, true
}

// bounds are the period's first moment and the first one behind it. Where the
// language counts by another calendar, /2026/07/ is its month in which 15 July
// 2026 lies, and /2026/ its year with 1 July: so each has one address, and an
// old one leads to what was meant, within days.
func (p period) bounds(l *locale.Locale, zone *time.Location) (from, to time.Time) {
	switch {
	case p.month == 0:
		m := l.Month(time.Date(p.year, time.July, 1, 0, 0, 0, 0, zone))
		for year := l.Year(m.Start); l.Year(m.Prev) == year; {
			m = l.Month(m.Prev)
		}
		from = m.Start
		for range 12 {
			to = m.End
			m = l.Month(m.Next)
		}
		return from, to
	case p.day == 0:
		m := l.Month(time.Date(p.year, time.Month(p.month), middle, 0, 0, 0, 0, zone))
		return m.Start, m.End
	}
	from = time.Date(p.year, time.Month(p.month), p.day, 0, 0, 0, 0, zone)
	return from, from.AddDate(0, 0, 1)
}

// middle is a day that lies in the same month of every calendar that begins its
// months within a fortnight of ours.
const middle = 15

// monthOf is the address's month for a month of the language's calendar.
func monthOf(m locale.Month) period {
	for _, d := range m.Days {
		if d.Date.Day() == middle {
			return period{d.Date.Year(), int(d.Date.Month()), 0}
		}
	}
	return period{m.Start.Year(), int(m.Start.Month()), 0}
}

// alike is the period of p's kind that t lies in.
func (p period) alike(l *locale.Locale, t time.Time) period {
	switch {
	case p.day > 0:
		return period{t.Year(), int(t.Month()), t.Day()}
	case p.month > 0:
		return monthOf(l.Month(t))
	}
	for _, year := range []int{t.Year(), t.Year() - 1} {
		if from, to := (period{year, 0, 0}).bounds(l, t.Location()); !t.Before(from) && t.Before(to) {
			return period{year, 0, 0}
		}
	}
	return period{t.Year(), 0, 0}
}

// path is the period's address.
func (p period) path() string {
	s := fmt.Sprintf("/%04d/", p.year)
	if p.month > 0 {
		s += fmt.Sprintf("%02d/", p.month)
	}
	if p.day > 0 {
		s += fmt.Sprintf("%02d/", p.day)
	}
	return s
}

func (s *Site) loadArchive(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		p, before, ok := parseArchive(k.Rest)
		place, err := parsePlace(before)
		if !ok || err != nil {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		from, to := p.bounds(r.l, r.zone)
		if before != "" && (place.Published.Before(from) || !place.Published.Before(to)) {
			return page.View{}, fault.New(fault.NotFound, "") // of another period
		}
		start := place
		if before == "" {
			start = news.Place{Published: to, ID: 0}
		} else if stands, err := r.StandsLatest(ctx, place); err != nil {
			return page.View{}, err
		} else {
			r.once = !stands
		}
		n := r.settings.ListLength
		list, err := r.Latest(ctx, start, from, n+1)
		if err != nil {
			return page.View{}, err
		}
		if len(list) == 0 {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		v := Archive{Name: r.periodName(p), Crumbs: r.archiveCrumbs(p)}
		v.Frame = r.frame("archive", r.l.Say("archive_of", "date", v.Name), p.path())
		v.Data = []any{breadcrumbs(r.settings, v.Crumbs, p.path())}
		if v.List, err = r.stretch(ctx, list, n, p.path(), place); err != nil {
			return page.View{}, err
		}
		v.list(before)
		if err := r.setBeside(ctx, &v, p); err != nil {
			return page.View{}, err
		}
		if p.month == 0 {
			err = r.setMonths(ctx, &v, p)
		} else {
			err = r.setCalendar(ctx, &v, p)
		}
		return page.View{Template: "archive", Data: v, Pieces: r.pieces(k, nil)}, err
	})
}

func (r *reading) periodName(p period) string {
	t, _ := p.bounds(r.l, r.zone)
	switch {
	case p.month == 0:
		return r.l.Year(t)
	case p.day == 0:
		return r.l.MonthYear(t)
	}
	return r.l.Date(t)
}

func (r *reading) archiveCrumbs(p period) []Link {
	way := []Link{{Text: r.l.Word("home"), URL: "/"}}
	from, _ := p.bounds(r.l, r.zone)
	if p.month > 0 {
		year := period{}.alike(r.l, from)
		way = append(way, Link{Text: r.periodName(year), URL: year.path()})
	}
	if p.day > 0 {
		month := monthOf(r.l.Month(from))
		way = append(way, Link{Text: r.periodName(month), URL: month.path()})
	}
	return append(way, Link{Text: r.periodName(p)})
}

// setBeside finds the next periods of the same kind in which anything appeared.
func (r *reading) setBeside(ctx context.Context, v *Archive, p period) error {
	from, to := p.bounds(r.l, r.zone)
	last, err := r.LastBefore(ctx, from)
	if err != nil {
		return err
	}
	first, err := r.FirstSince(ctx, to)
	if err != nil {
		return err
	}
	for _, beside := range []struct {
		at time.Time
		to *Link
	}{{last, &v.Earlier}, {first, &v.Later}} {
		if !beside.at.IsZero() {
			other := p.alike(r.l, beside.at.In(r.zone))
			*beside.to = Link{Text: r.periodName(other), URL: other.path()}
		}
	}
	return nil
}

// setMonths fills in a year's months.
func (r *reading) setMonths(ctx context.Context, v *Archive, p period) error {
	from, to := p.bounds(r.l, r.zone)
	var months []locale.Month
	var stretches []store.Stretch
	for m := r.l.Month(from); m.Start.Before(to); m = r.l.Month(m.Next) {
		months = append(months, m)
		stretches = append(stretches, store.Stretch{From: m.Start, To: m.End})
	}
	some, err := r.Appeared(ctx, stretches)
	if err != nil {
		return err
	}
	for i, m := range months {
		link := Link{Text: m.Title}
		if some[i] {
			link.URL = monthOf(m).path()
		}
		v.Months = append(v.Months, link)
	}
	return nil
}

// setCalendar fills in the month that p is, or is in.
func (r *reading) setCalendar(ctx context.Context, v *Archive, p period) error {
	from, _ := p.bounds(r.l, r.zone)
	m := r.l.Month(from)
	stretches := make([]store.Stretch, len(m.Days))
	for i, d := range m.Days {
		year, month, day := d.Date.Date()
		stretches[i] = store.Stretch{From: time.Date(year, month, day, 0, 0, 0, 0, r.zone), To: time.Date(year, month, day+1, 0, 0, 0, 0, r.zone)}
	}
	some, err := r.Appeared(ctx, stretches)
	if err != nil {
		return err
	}
	days := make([]CalendarDay, m.Lead, 42)
	for i, d := range m.Days {
		one := period{d.Date.Year(), int(d.Date.Month()), d.Date.Day()}
		day := CalendarDay{Number: d.Number, Here: one == p}
		if some[i] {
			day.URL = one.path()
		}
		days = append(days, day)
	}
	for len(days)%7 != 0 {
		days = append(days, CalendarDay{})
	}
	v.Calendar = &Calendar{Title: m.Title, Weekdays: m.Weekdays}
	for week := range slices.Chunk(days, 7) {
		v.Calendar.Weeks = append(v.Calendar.Weeks, week)
	}
	return nil
}
