package news

import (
	"fmt"
	"strings"
	"time"
)

// LaterID names a change of a live article that is yet to be put in; 0 is none.
type LaterID int64

// LaterNoun names such a change where it uses a picture; it has no address.
const LaterNoun Noun = "change"

// LaterState says how a change stands that is yet to be put in.
type LaterState string

// The states of such a change. One that was put in or thrown away is there no more.
const (
	LaterWaits  LaterState = "waiting"
	LaterFailed LaterState = "failed" // it could not be put in, and waits to be mended
)

// LaterReason says why a change could not be put in.
type LaterReason string

// The reasons there are.
const (
	BothChanged  LaterReason = "both changed" // somebody has changed the same in the article meanwhile
	NotLive      LaterReason = "not live"     // the article was withdrawn meanwhile
	NotTakenOver LaterReason = "not taken"    // it names what is not there any more, or is otherwise refused
)

// LaterChange is what is to become of a live article: all fields of its form, as
// somebody has saved them. It knows the version that it was made from, so that what
// others change meanwhile stays. Readers see nothing of it before it is put in.
type LaterChange struct {
	ID      LaterID
	Article ArticleID
	BasedOn int       // the article's version that it was made from
	Fields  Article   // as a form has them, with the body and the slug; ID, State and Version are not looked at
	Due     time.Time // when the clock puts it in; zero for one that waits for a person
	Updated bool      // whether readers are then told that the article was updated
	State   LaterState
	Reason  LaterReason // of one that has failed
	By      string      // who made it, as in the audit log
	Made    time.Time
	Failed  time.Time // zero for one that has not
	Version int       // rises by one with each write; 1 for a new one
}

// Over is the article, as it stood when the change was made from it, with the change.
func (c *LaterChange) Over(base *Article) Article {
	return (&WorkingCopy{Fields: c.Fields}).Over(base)
}

// PutIn says at now that a live article has the fields of a change: as of its hour,
// where it tells readers so.
func (a *Article) PutIn(c *LaterChange, now time.Time) error {
	switch {
	case a.State != Published:
		return fmt.Errorf("it is not published")
	case strings.TrimSpace(a.Headline) == "":
		return fmt.Errorf("it has no headline")
	case c.Updated && !c.Due.IsZero() && c.Due.Before(now):
		a.Updated = c.Due
	case c.Updated:
		a.Updated = now
	}
	return nil
}

// Withdrawal says why an article was withdrawn.
type Withdrawal struct {
	Article ArticleID
	Reason  string // for readers, at its address; "" for none
	Note    string // for colleagues alone; "" for none
	By      string // as in the audit log
	At      time.Time
}

// Limits of what is said of a withdrawal and in a correction, in characters.
const (
	MaxReason     = 1000
	MaxCorrection = 4000
)
