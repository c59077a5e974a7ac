package news

import "time"

// WorkingCopy is what somebody has typed into an article and not saved. It never
// touches the article, and lasts until it is saved or dropped, whoever changes
// the article meanwhile.
type WorkingCopy struct {
	Staff   StaffID
	Article ArticleID
	BasedOn int       // the article's version that it began with
	Counter int64     // rises with each keeping: what comes late does not replace what is newer
	Fields  Article   // all as typed, with the body; ID, State and Version are not looked at
	Saved   time.Time // when it was kept last
	Change  LaterID   // of the live article, whose place it is to take; 0 for none

	ChangeVersion int // that the change had when it was taken up

	Names TypedNames
}

// TypedNames are what a form asks for by name, as it was typed: there may be nothing
// of that name yet, and so no field of an article could keep it.
type TypedNames struct {
	Byline      []TypedCredit `json:"byline,omitempty"` // all of it, in order
	Topics      string        `json:"topics,omitempty"` // more topics, with commas between
	Translation string        `json:"translation,omitempty"`
}

// TypedCredit is one name of a byline as it was typed.
type TypedCredit struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
	New  bool   `json:"new,omitempty"` // whoever typed it says that there is nobody of this name yet
}

// Over is the article with what was typed into it in place of its own fields: all
// that a form changes. State, address, times and what else belongs to the article
// itself are a's.
func (c *WorkingCopy) Over(a *Article) Article {
	b := c.Fields
	b.ID, b.Kind, b.State, b.Version, b.Path, b.TranslationGroup = a.ID, a.Kind, a.State, a.Version, a.Path, a.TranslationGroup
	b.GUID, b.Original, b.Creator, b.ChangedBy = a.GUID, a.Original, a.Creator, a.ChangedBy
	b.Stage = a.Stage
	b.Created, b.Changed, b.Published, b.Updated, b.Scheduled = a.Created, a.Changed, a.Published, a.Updated, a.Scheduled
	return b
}

// Revision is an article as it stood at a version.
type Revision struct {
	Article ArticleID
	Version int
	Saved   time.Time
	By      string  // who did it
	Verb    string  // what was done, as in the audit log; "" where that is not known
	Fields  Article // all fields; a list of revisions has no bodies
}

// Presence is somebody who has an article open in the newsroom.
type Presence struct {
	Staff  StaffID
	Seen   time.Time // when that was last heard of
	Typing bool      // whether something was typed since the time before
}

// Preview is a secret link to an article as a reader would see it. The link's own
// token is known to nobody but who was given it.
type Preview struct {
	Hash    string // of the token, in hex
	Article ArticleID
	CopyOf  StaffID // whose working copy it shows while there is one; 0 for the article itself
	Change  LaterID // with which it shows the article while that is there; 0 for none
	By      string
	Made    time.Time
	Ends    time.Time // from then on it leads nowhere
}
