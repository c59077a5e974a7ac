package news

import (
	"fmt"
	"strings"
	"time"
)

// ArticleID names an article or a standing page; 0 is none.
type ArticleID int64

// Kind parts what is news from what merely stands on the site.
type Kind string

// The kinds of article. A standing page (about, contact, policies) has neither
// byline nor section and is in no list and no feed.
const (
	Story        Kind = "story"
	StandingPage Kind = "page"
)

// Genre is the kind of journalism that an article is, of which readers are told
// where it is not plain news (The Trust Project: "type of work").
type Genre string

// The genres of an article.
const (
	Report    Genre = "news"
	Analysis  Genre = "analysis"
	Interview Genre = "interview"
	Opinion   Genre = "opinion"
	Review    Genre = "review"
	Sponsored Genre = "sponsored"
)

// State is where an article stands between an idea and the reader. What is not
// public yet is a [Draft], on its way through the newsroom's own [Stages].
type State string

// The states of an article. Only [Published] is seen by readers; an address of
// a [Withdrawn] one answers that it is gone.
const (
	Draft     State = "draft"
	Scheduled State = "scheduled"
	Published State = "published"
	Withdrawn State = "withdrawn"
	Trashed   State = "trashed"
)

// CommentMode says what readers may do under an article.
type CommentMode string

// The modes of an article's comments.
const (
	CommentsOpen      CommentMode = "open"      // each is shown at once
	CommentsModerated CommentMode = "moderated" // each waits for approval
	CommentsClosed    CommentMode = "closed"    // none are taken; approved ones stay
)

// CommentModes are all of them, in the order in which they are shown.
func CommentModes() []CommentMode {
	return []CommentMode{CommentsOpen, CommentsModerated, CommentsClosed}
}

// Takes is the state in which a new comment is stored.
func (m CommentMode) Takes() CommentState {
	if m == CommentsOpen {
		return Approved
	}
	return Held
}

// Article is a piece of news, or a standing page.
//
// Times are instants in UTC; the zero time means "never". Published is the
// first publication, Updated what readers are shown as "updated" and zero while
// there is nothing to show.
type Article struct {
	ID       ArticleID
	Kind     Kind
	State    State
	Version  int    // rises by one with each write; 1 for a new one
	Language string // BCP 47, as in "en" or "pt-BR"

	Genre            Genre     // [Report] where nothing else is said
	Sponsor          string    // who paid for it, where Genre is [Sponsored]
	TranslationGroup ArticleID // equal for translations of one text: the id of one of them; 0 for none

	Kicker     string
	Headline   string
	Standfirst string
	Slug       string
	Path       string // its address, decoded and in NFC, as "/world/2026/07/05/harbour-vote/"; "" before it has one

	Section  SectionID   // the one it is shown under; 0 for none
	Sections []SectionID // every section it belongs to, Section first; nil for none
	Topics   []TopicID   // in the order shown
	Byline   []Credit    // in the order shown
	Parent   ArticleID   // of a standing page: the page it stands below; 0 for none

	Body     []byte // tree of package richtext, as JSON
	Original string // the HTML it was imported from; "" otherwise
	Excerpt  string // written by hand; "" otherwise
	Summary  string // what lists show: the excerpt, else the standfirst, else the body's beginning

	LeadPicture PictureID
	LeadCaption string // said here instead of the picture's own; "" to use that

	SearchTitle       string // for search engines; "" to use the headline
	SearchDescription string // likewise; "" to use the summary

	SocialTitle       string    // for other sites on which it is shared; "" to use SearchTitle, else the headline
	SocialDescription string    // likewise; "" to use SearchDescription, else the summary
	SocialPicture     PictureID // likewise; 0 to use the lead picture

	Source       Source // of syndicated copy; zero otherwise
	RightsHolder string // "" for the paper's rule

	Comments CommentMode
	GUID     string // name in feeds; "" for one made of its address

	Stage    StageID   // of a draft: which of the newsroom's own stages it is in
	Assigned StaffID   // who is to write it; 0 for nobody
	Reviewer StaffID   // who is to review it; 0 for whoever is editor there
	Brief    string    // what whoever writes it is told
	Due      time.Time // when it is to be done; zero for no deadline
	Embargo  time.Time // before this hour it is not published; zero for none

	Creator   StaffID // who began it; 0 for what was imported or made by a command
	ChangedBy string  // who wrote it last, as in the audit log

	Created   time.Time
	Changed   time.Time // last write of any kind
	Published time.Time
	Updated   time.Time
	Scheduled time.Time // when the clock is to publish it; zero unless State is Scheduled
}

// Credit is one name of a byline. Role is free text ("photographs"), "" for the
// writer.
type Credit struct {
	Person PersonID
	Role   string
}

// Source says where syndicated copy comes from and under which terms.
type Source struct {
	Name    string
	URL     string
	Licence string
}

// Public reports whether readers may see the article.
func (a *Article) Public() bool { return a.State == Published }

// Listed reports whether the article stands in lists, feeds and boxes.
func (a *Article) Listed() bool { return a.State == Published && a.Kind == Story }

// Publish makes the article public at time now. The time of first publication
// is kept when there is one that is not in the future.
func (a *Article) Publish(now time.Time) error {
	switch a.State {
	case Published:
		return fmt.Errorf("it is published already")
	case Trashed:
		return fmt.Errorf("it is in the trash: restore it first")
	}
	if strings.TrimSpace(a.Headline) == "" {
		return fmt.Errorf("it has no headline")
	}
	if a.Embargo.After(now) {
		return ErrEmbargo
	}
	a.State = Published
	a.Scheduled = time.Time{}
	if a.Published.IsZero() || a.Published.After(now) {
		a.Published = now
	}
	return nil
}

// Schedule asks for publication at a time to come.
func (a *Article) Schedule(at, now time.Time) error {
	switch {
	case a.State == Published:
		return fmt.Errorf("it is published already")
	case !at.After(now):
		return fmt.Errorf("the hour has passed")
	case a.Embargo.After(at):
		return ErrEmbargo
	case strings.TrimSpace(a.Headline) == "":
		return fmt.Errorf("it has no headline")
	}
	a.State, a.Scheduled = Scheduled, at
	return nil
}

// TakesComments reports whether readers may comment on the article, of a paper
// with these settings in which the comments of stories are closed that were
// published before a moment; zero for none. Standing pages do not close by time.
func (a *Article) TakesComments(s *Settings, closedBefore time.Time) bool {
	if !a.Public() || a.Comments == CommentsClosed || !s.CommentsOpen {
		return false
	}
	return a.Kind != Story || !a.Published.Before(closedBefore)
}

// Withdraw takes a public article away. Its address stays and says so.
func (a *Article) Withdraw() error {
	if a.State != Published {
		return fmt.Errorf("it is not published")
	}
	a.State = Withdrawn
	return nil
}

// Update says to readers that a public article was updated at now.
func (a *Article) Update(now time.Time) error {
	if a.State != Published {
		return fmt.Errorf("it is not published")
	}
	a.Updated = now
	return nil
}

// Restore puts back among the drafts what was withdrawn, trashed or scheduled: the
// last into the stage that it came from, the others into the first.
func (a *Article) Restore() error {
	switch a.State {
	case Withdrawn, Trashed:
		a.State, a.Stage = Draft, FirstStage
		return nil
	case Scheduled:
		a.State, a.Scheduled = Draft, time.Time{}
		return nil
	case Published:
		return fmt.Errorf("it is published: withdraw it first")
	}
	return fmt.Errorf("it is a draft already")
}

// Trash throws away what readers never saw, or see no more. What was withdrawn
// stays: its address goes on saying that it is gone.
func (a *Article) Trash() error {
	switch a.State {
	case Draft, Scheduled:
		a.State, a.Scheduled = Trashed, time.Time{}
		return nil
	case Published:
		return fmt.Errorf("it is published: withdraw it first")
	case Withdrawn:
		return fmt.Errorf("it was withdrawn, and its address goes on saying so")
	}
	return fmt.Errorf("it is in the trash already")
}

// Move shows the article under another section, 0 for none. Other sections that
// it belongs to besides stay.
func (a *Article) Move(to SectionID) error {
	if a.Kind != Story {
		return fmt.Errorf("a standing page has no section")
	}
	var sections []SectionID
	if to != 0 {
		sections = append(sections, to)
	}
	for _, s := range a.Sections {
		if s != to && s != a.Section {
			sections = append(sections, s)
		}
	}
	a.Section, a.Sections = to, sections
	return nil
}

// Teaser is what lists and boxes show of an article. All of it can be read
// without the body.
type Teaser struct {
	ID          ArticleID
	Path        string
	Language    string
	Kicker      string
	Headline    string
	Summary     string
	Section     SectionID
	LeadPicture PictureID
	Published   time.Time
	Genre       Genre
	Sponsor     string

	TranslationGroup ArticleID // as of an Article
}

// Place is a position in a list ordered by time of publication, newest first,
// and by id where times are equal. The zero Place is before the first.
type Place struct {
	Published time.Time
	ID        ArticleID
}

// IsZero reports whether p is before the first of a list.
func (p Place) IsZero() bool { return p.Published.IsZero() && p.ID == 0 }

// Place is where the teaser stands in such a list.
func (t *Teaser) Place() Place { return Place{t.Published, t.ID} }
