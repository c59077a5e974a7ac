package news

import "time"

// DeskFilter says which articles a list of the newsroom shows. What is zero
// filters nothing.
type DeskFilter struct {
	Kind     Kind
	States   []State
	Sections []SectionID // it belongs to one of these
	Topic    TopicID
	Language string
	Person   PersonID // stands in its byline
	Creator  StaffID
	Editor   string    // who changed it last, as in the audit log
	Headline string    // each of these words begins one of the headline's
	Stages   []StageID // it is a draft in one of these
	Assigned StaffID   // is to write it
	Reviewer StaffID   // is to review it
	Unless   StaffID   // nobody else is to review it

	// On is which of its times lies from the one moment until before the other.
	On          DeskTime
	From, Until time.Time

	// Within are the sections whose articles are to be seen at all, and those that
	// Own has made, is to write or to review besides; nil for all articles.
	Within []SectionID
	Own    StaffID
}

// DeskTime is one of an article's times by which lists are narrowed.
type DeskTime string

// The times of an article. OnPublication is when it was, or for what is scheduled
// will be, published.
const (
	OnChange      DeskTime = "changed"
	OnPublication DeskTime = "published"
	OnDue         DeskTime = "due"
)

// DeskPlace is a position in a list of the newsroom, which goes by the time of the
// last change, newest first. The zero DeskPlace is before the first.
type DeskPlace struct {
	Changed time.Time
	ID      ArticleID
}

// IsZero reports whether p is before the first of a list.
func (p DeskPlace) IsZero() bool { return p.Changed.IsZero() && p.ID == 0 }

// DeskItem is what a list of the newsroom shows of an article.
type DeskItem struct {
	ID        ArticleID
	Kind      Kind
	State     State
	Version   int
	Language  string
	Genre     Genre
	Kicker    string
	Headline  string
	Path      string // its address; "" before it has one
	Section   SectionID
	Creator   StaffID
	ChangedBy string
	Changed   time.Time
	Published time.Time
	Scheduled time.Time
	Stage     StageID // of a draft
	Assigned  StaffID
	Reviewer  StaffID
	Due       time.Time
	Embargo   time.Time
	Byline    []Credit

	LeadPicture PictureID // 0 for none
}

// Place is where the item stands in such a list.
func (i *DeskItem) Place() DeskPlace { return DeskPlace{i.Changed, i.ID} }

// Overdue is as of an [Article].
func (i *DeskItem) Overdue(now time.Time) bool {
	return i.State == Draft && !i.Due.IsZero() && i.Due.Before(now)
}
