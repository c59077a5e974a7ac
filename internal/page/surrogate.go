package page

import (
	"net/url"
	"strings"

	"broadsheet/internal/news"
)

// Surrogate keys are the refs of a page as a CDN knows them: words parted by
// spaces in the header Surrogate-Key, and in the requests that purge by them.
const (
	// EveryPage is a key of every page.
	EveryPage = "paper"
	// CrowdedPage is a key of the pages that show more things than fit into a
	// header. Whatever changes, they are purged.
	CrowdedPage = "crowded"
)

// mostKeys is how long the header may be, in bytes: CDNs take 16 kB.
const mostKeys = 15 << 10

// SurrogateKey is a ref as a key: without spaces, commas or letters beyond ASCII.
func SurrogateKey(r news.Ref) string {
	return strings.ReplaceAll(strings.ReplaceAll(url.PathEscape(string(r)), "%2F", "/"), ",", "%2C")
}

// SurrogateKeys are the keys of the page, parted by spaces. They are worked out
// once.
func (w *Whole) SurrogateKeys() string {
	if s := w.surrogates.Load(); s != nil {
		return *s
	}
	keys := make([]string, 1, len(w.Refs)+1)
	keys[0] = EveryPage
	for _, r := range w.Refs {
		keys = append(keys, SurrogateKey(r))
	}
	s := strings.Join(keys, " ")
	if len(s) > mostKeys {
		s = EveryPage + " " + CrowdedPage
	}
	w.surrogates.Store(&s)
	return s
}
