package ads

import "time"

// Creative is an advertisement that can fill a placement: a text, or a picture
// where Picture.URL is not "".
type Creative struct {
	Name      string // of the booking, for logs and counts; unique in a set
	Placement string // as "leaderboard"
	Text      string
	Picture   Picture
	Link      string // where a click leads; never ""
	Language  string // BCP 47, of the text or of the alternative text; "" for the page's
	Weight    int    // its share of the views, against the others of its placement; at least 1
	Start     time.Time
	End       time.Time // from this instant on it is not shown; the zero time means never, as in Start
}

// Picture is a creative's picture, on our own host.
type Picture struct {
	URL           string
	Width, Height int
	Alt           string
}

// InFlight reports whether the creative may be shown at now.
func (c *Creative) InFlight(now time.Time) bool {
	return !now.Before(c.Start) && (c.End.IsZero() || now.Before(c.End))
}
