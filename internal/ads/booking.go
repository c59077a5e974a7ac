package ads

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Booking is an advertisement as the operator writes it. Either Text or Picture
// is given.
type Booking struct {
	Name      string `toml:"name"`      // for logs and counts; "" is filled with the placement and a number
	Placement string `toml:"placement"` // as "leaderboard" or "in-article"
	Text      string `toml:"text"`
	Picture   string `toml:"picture"`  // path of a picture file
	Alt       string `toml:"alt"`      // the picture in words
	Link      string `toml:"link"`     // where a click leads: https://…, or a path on this site
	Language  string `toml:"language"` // BCP 47; "" for the page's
	Weight    int    `toml:"weight"`   // share of the views; 0 counts as 1
	Start     Day    `toml:"start"`    // first day; none for "at once"
	End       Day    `toml:"end"`      // last day, shown to its end; none for "until taken out"
}

// maxWeight leaves room for every sum of weights.
const maxWeight = 1_000_000

var placementName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Check says in words what is wrong, by the key's name in the configuration;
// nil when nothing is. It reads no file.
func (b *Booking) Check() map[string]string {
	wrong := map[string]string{}
	switch {
	case b.Placement == "":
		wrong["placement"] = `is missing; write one such as "leaderboard"`
	case !placementName.MatchString(b.Placement):
		wrong["placement"] = fmt.Sprintf("%q is no name of a placement: small letters, digits and hyphens are", b.Placement)
	}
	switch text, picture := strings.TrimSpace(b.Text) != "", b.Picture != ""; {
	case !text && !picture:
		wrong["text"] = "a text or a picture is needed"
	case text && picture:
		wrong["picture"] = "there is a text already: an advertisement is either"
	}
	switch {
	case b.Link == "":
		wrong["link"] = "is missing"
	case !goodLink(b.Link):
		wrong["link"] = fmt.Sprintf("%q is no web address; write one such as \"https://shop.example/\" or \"/subscribe/\"", b.Link)
	}
	if _, err := language.Parse(b.Language); b.Language != "" && err != nil {
		wrong["language"] = fmt.Sprintf("%q is no language; write one such as \"en\" or \"pt-BR\"", b.Language)
	}
	if b.Weight < 0 || b.Weight > maxWeight {
		wrong["weight"] = "a number from 1 to 1,000,000 is needed"
	}
	if !b.Start.IsZero() && !b.End.IsZero() && b.End.at(time.UTC).Before(b.Start.at(time.UTC)) {
		wrong["end"] = fmt.Sprintf("%s is before the first day, %s", b.End, b.Start)
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// goodLink holds for http, https and paths of this site.
func goodLink(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	if u.Scheme == "" {
		return strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") && !strings.HasPrefix(s, `/\`)
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Day is a day of the calendar, written as 2026-07-05. The zero Day is none.
type Day struct {
	year  int
	month time.Month
	day   int
}

// IsZero reports whether there is no day.
func (d Day) IsZero() bool { return d == Day{} }

// String is the day as written, "" for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// UnmarshalText reads a day; "" is none.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is no day; write one such as \"2026-07-05\"", text)
	}
	d.year, d.month, d.day = t.Date()
	return nil
}

// MarshalText is String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// at is when the day begins in a zone; the zero time for none.
func (d Day) at(zone *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, zone)
}

// next is the day after d; none for none.
func (d Day) next() Day {
	if d.IsZero() {
		return d
	}
	year, month, day := d.at(time.UTC).AddDate(0, 0, 1).Date()
	return Day{year, month, day}
}
