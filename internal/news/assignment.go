package news

import (
	"errors"
	"time"
)

// Assignment says who is to write an article, who is to review it, until when, and
// what about. The zero Assignment is none.
type Assignment struct {
	To, Reviewer StaffID
	Due          time.Time
	Brief        string
}

// Assignment is the article's.
func (a *Article) Assignment() Assignment {
	return Assignment{a.Assigned, a.Reviewer, a.Due, a.Brief}
}

// Assign gives the article to somebody.
func (a *Article) Assign(to Assignment) {
	a.Assigned, a.Reviewer, a.Due, a.Brief = to.To, to.Reviewer, to.Due, to.Brief
}

// Theirs reports whether somebody has begun the article, is to write it or to
// review it: they see it in whatever section it stands.
func (a *Article) Theirs(id StaffID) bool {
	return id != 0 && (a.Creator == id || a.Assigned == id || a.Reviewer == id)
}

// Overdue reports whether the article should have been done by now.
func (a *Article) Overdue(now time.Time) bool {
	return a.State == Draft && !a.Due.IsZero() && a.Due.Before(now)
}

// ErrEmbargo is why an article is not published before the hour of its embargo.
var ErrEmbargo = errors.New("it is under embargo until a later hour")

// CheckEmbargo refuses an article that is out, or is to be, before its embargo ends.
func (a *Article) CheckEmbargo(now time.Time) error {
	if a.State == Published && a.Embargo.After(now) || a.State == Scheduled && a.Embargo.After(a.Scheduled) {
		return ErrEmbargo
	}
	return nil
}
