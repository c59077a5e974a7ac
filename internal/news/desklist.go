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
	Editor   string // who changed it last, as in the audit log
	Headline string // each of these words begins one of the headline's

	// Within are the sections whose articles are to be seen at all, and those that
	// Own has made besides; nil for all articles.
	Within []SectionID
	Own    StaffID
}

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
	Byline    []Credit
}

// Place is where the item stands in such a list.
func (i *DeskItem) Place() DeskPlace { return DeskPlace{i.Changed, i.ID} }
