package site

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// formatPlace writes a place in a list for an address: milliseconds and id.
func formatPlace(p news.Place) string { return fmt.Sprintf("%d-%d", p.Published.UnixMilli(), p.ID) }

// parsePlace reads what formatPlace wrote, and nothing that only means the same:
// each place has one address. "" is the place before the first.
func parsePlace(s string) (news.Place, error) {
	if s == "" {
		return news.Place{}, nil
	}
	i := strings.LastIndexByte(s, '-')
	if i > 0 {
		at, err1 := strconv.ParseInt(s[:i], 10, 64)
		id, err2 := strconv.ParseInt(s[i+1:], 10, 64)
		p := news.Place{Published: time.UnixMilli(at).UTC(), ID: news.ArticleID(id)}
		if err1 == nil && err2 == nil && id > 0 && formatPlace(p) == s {
			return p, nil
		}
	}
	return news.Place{}, fault.New(fault.NotFound, "")
}
