package news

import (
	"strings"
	"time"
	"unicode/utf8"
)

// CorrectionID names a correction; 0 is none.
type CorrectionID int64

// Correction says what was wrong in an article and was put right. It stays
// beneath the article for good (IFCN code of principles, 5: open and honest
// corrections); where it is itself amended, that is said beside it.
type Correction struct {
	ID      CorrectionID
	Article ArticleID
	Made    time.Time
	Text    string    // plain; what was wrong, and what is right
	Amended time.Time // when Text was changed last; zero for never
	Removed time.Time // since when readers see it no more; zero while they do
	Version int       // rises by one with each write; 1 for a new one
}

// CorrectionBefore is what a correction said until it was amended or removed.
type CorrectionBefore struct {
	Correction CorrectionID
	Version    int
	Until      time.Time
	By         string // who amended or removed it, as in the audit log
	Text       string
}

// CheckCorrection tells what is wrong with a correction's text; "" for nothing.
func CheckCorrection(text string) FieldProblem {
	switch {
	case strings.TrimSpace(text) == "":
		return Missing
	case utf8.RuneCountInString(text) > MaxCorrection:
		return TooLong
	}
	return ""
}

// CorrectionPlace is a position in the list of all corrections, newest first. The
// zero CorrectionPlace is before the first.
type CorrectionPlace struct {
	Made time.Time
	ID   CorrectionID
}

// IsZero reports whether p is before the first of the list.
func (p CorrectionPlace) IsZero() bool { return p.Made.IsZero() && p.ID == 0 }

// Place is where the correction stands in such a list.
func (c *Correction) Place() CorrectionPlace { return CorrectionPlace{c.Made, c.ID} }
