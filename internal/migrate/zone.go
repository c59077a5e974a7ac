package migrate

import (
	"time"
)

// zoneGuess finds the time zone that an old site was written in. Exports do not
// name it, but each item tells its time both in that zone and in UTC.
type zoneGuess struct {
	seen  []observation
	asked int    // observations that there were when guess was made
	guess string // see zone
}

// observation is one moment and how far the site's clock was ahead of UTC then.
type observation struct {
	at     time.Time
	offset time.Duration
}

// likelyZones are tried in order, the one with most readers first where several
// keep the same clock.
var likelyZones = []string{
	"UTC", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Europe/Istanbul", "America/New_York", "America/Chicago",
	"America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Halifax", "America/St_Johns",
	"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Mexico_City", "America/Caracas", "America/Santiago",
	"Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg", "Africa/Nairobi", "Africa/Casablanca", "Asia/Riyadh", "Asia/Baghdad", "Asia/Jerusalem",
	"Asia/Beirut", "Asia/Amman", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Tashkent", "Asia/Yekaterinburg", "Asia/Kolkata",
	"Asia/Kathmandu", "Asia/Dhaka", "Asia/Almaty", "Asia/Novosibirsk", "Asia/Yangon", "Asia/Bangkok", "Asia/Shanghai", "Asia/Manila", "Asia/Tokyo",
	"Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth", "Pacific/Auckland", "Pacific/Honolulu",
}

// note takes one item's two times into account. Items without one of them say
// nothing.
func (z *zoneGuess) note(local, utc time.Time) {
	const most = 5000
	if local.IsZero() || utc.IsZero() || len(z.seen) >= most {
		return
	}
	// local is a wall clock's reading kept as if it were UTC.
	z.seen = append(z.seen, observation{utc, local.Sub(utc).Round(15 * time.Minute)})
}

// zone returns the zone that most observations agree with, and "" when fewer
// than 19 of 20 do, or when there are none.
func (z *zoneGuess) zone() string {
	if n := len(z.seen); z.asked == 0 || n >= 2*z.asked {
		z.guess, z.asked = z.likeliest(), n
	}
	return z.guess
}

func (z *zoneGuess) likeliest() string {
	best, bestCount := "", 0
	for _, name := range likelyZones {
		loc, err := time.LoadLocation(name)
		if err != nil {
			continue
		}
		n := 0
		for _, o := range z.seen {
			if _, seconds := o.at.In(loc).Zone(); time.Duration(seconds)*time.Second == o.offset {
				n++
			}
		}
		if n > bestCount {
			best, bestCount = name, n
		}
	}
	if bestCount == 0 || bestCount*20 < len(z.seen)*19 {
		return ""
	}
	return best
}
