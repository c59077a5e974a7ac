package news

import "time"

// CorrectionID names a correction; 0 is none.
type CorrectionID int64

// Correction says what was wrong in an article and was put right. It stays
// beneath the article for good (IFCN code of principles, 5: open and honest
// corrections).
type Correction struct {
	ID      CorrectionID
	Article ArticleID
	Made    time.Time
	Text    string // plain; what was wrong, and what is right
}
