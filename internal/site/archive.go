package site

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const archiveKind = "archive"

// Archive is what appeared in a year, a month or on a day.
type Archive struct {
	Frame
	Crumbs  []Link
	Name    string // the period, in words
	Periods []Link // the months of a year, or the days of a month, that have any
	List    List
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

// bounds are the period's first moment and the first one behind it.
func (p period) bounds(zone *time.Location) (from, to time.Time) {
	from = time.Date(p.year, time.Month(max(p.month, 1)), max(p.day, 1), 0, 0, 0, 0, zone)
	switch {
	case p.month == 0:
		return from, from.AddDate(1, 0, 0)
	case p.day == 0:
		return from, from.AddDate(0, 1, 0)
	}
	return from, from.AddDate(0, 0, 1)
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
		path, before, _ := strings.Cut(k.Rest, "?")
		p, ok := parsePeriod(path)
		place, err := parsePlace(before)
		if !ok || err != nil {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		from, to := p.bounds(r.zone)
		start := place
		if start.IsZero() {
			start = news.Place{Published: to, ID: 0}
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
		v.Periods, err = r.periods(ctx, p)
		return page.View{Template: "archive", Data: v, Pieces: r.pieces(k, nil)}, err
	})
}

func (r *reading) periodName(p period) string {
	t, _ := p.bounds(r.zone)
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
	for _, above := range []period{{p.year, 0, 0}, {p.year, p.month, 0}} {
		if above != p && (above.month > 0 || p.month > 0) {
			way = append(way, Link{Text: r.periodName(above), URL: above.path()})
		}
	}
	return append(way, Link{Text: r.periodName(p)})
}

// periods are the months of a year, or the days of a month, in which something
// appeared, newest first. It asks the store once for each.
func (r *reading) periods(ctx context.Context, p period) ([]Link, error) {
	if p.day > 0 {
		return nil, nil
	}
	from, end := p.bounds(r.zone)
	var links []Link
	for {
		at, err := r.LastBefore(ctx, end)
		if err != nil || at.IsZero() || at.Before(from) {
			return links, err
		}
		at = at.In(r.zone)
		one := period{at.Year(), int(at.Month()), 0}
		if p.month > 0 {
			one.day = at.Day()
		}
		links = append(links, Link{Text: r.periodName(one), URL: one.path()})
		end, _ = one.bounds(r.zone)
	}
}
