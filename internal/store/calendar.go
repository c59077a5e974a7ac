package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// What a calendar of the newsroom shows, each by an index of its time: a beginning,
// the conditions of a list of the newsroom, an end.
const (
	calendarDue       = ` a.id, a.due_at from article a where a.due_at >= $1 and a.due_at < $2 and a.state = 'draft'` // after "select"
	calendarScheduled = ` a.id, a.scheduled_at from article a where a.state = 'scheduled' and a.scheduled_at >= $1 and a.scheduled_at < $2`
	calendarPublished = ` a.id, a.published_at from article a where a.state = 'published' and a.kind = 'story' and a.published_at >= $1 and a.published_at < $2`
	calendarEnd       = ` order by 2, 1 limit $1`
)

// CalendarKind is why an article stands in the calendar.
type CalendarKind string

// The kinds of entries in a calendar.
const (
	CalendarDue       CalendarKind = "due"
	CalendarScheduled CalendarKind = "scheduled"
	CalendarPublished CalendarKind = "published"
)

// CalendarEntry is an article at a time of its own.
type CalendarEntry struct {
	ID   news.ArticleID
	At   time.Time
	Kind CalendarKind
}

// Calendar returns up to n articles of a kind from one moment until before another,
// the earliest first, of those that f lets through; its States, Stages and times
// filter nothing here.
func (r Reader) Calendar(ctx context.Context, kind CalendarKind, f news.DeskFilter, from, until time.Time, n int) ([]CalendarEntry, error) {
	f.States, f.Stages, f.On = nil, nil, ""
	var b builder
	b.add("select"+map[CalendarKind]string{CalendarDue: calendarDue, CalendarScheduled: calendarScheduled, CalendarPublished: calendarPublished}[kind], from.UnixMilli(), until.UnixMilli())
	b.filter(&f)
	b.add(calendarEnd, n)
	return db.All(ctx, r.s, func(e *CalendarEntry) []any {
		e.Kind = kind
		return []any{&e.ID, (*db.Millis)(&e.At)}
	}, b.text.String(), b.args...)
}
