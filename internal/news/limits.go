package news

import "unicode/utf8"

// MaxBody is how many bytes an article's body may have as it is stored, about
// twenty times those of a 10,000-word story with a link in every line. MaxFields
// is likewise for all its other fields together, in a working copy.
const (
	MaxBody   = 8 << 20
	MaxFields = 256 << 10
)

// TooLong returns the fields of the article that are longer than they may be, by
// their JSON-like names ("search_title"), each with how many characters it has
// room for; nil for none.
func (a *Article) TooLong() map[string]int {
	var long map[string]int
	for _, f := range []struct {
		name, text string
		limit      int
	}{
		{"kicker", a.Kicker, 200}, {"headline", a.Headline, 500}, {"standfirst", a.Standfirst, 5000}, {"excerpt", a.Excerpt, 5000},
		{"lead_caption", a.LeadCaption, 2000}, {"search_title", a.SearchTitle, 500}, {"search_description", a.SearchDescription, 2000},
		{"social_title", a.SocialTitle, 500}, {"social_description", a.SocialDescription, 2000},
		{"source_name", a.Source.Name, 200}, {"source_url", a.Source.URL, 2000}, {"source_licence", a.Source.Licence, 200},
		{"rights_holder", a.RightsHolder, 200}, {"sponsor", a.Sponsor, 200}, {"language", a.Language, 35}, {"brief", a.Brief, 5000},
	} {
		if utf8.RuneCountInString(f.text) > f.limit {
			if long == nil {
				long = map[string]int{}
			}
			long[f.name] = f.limit
		}
	}
	for _, c := range a.Byline {
		if utf8.RuneCountInString(c.Role) > 100 {
			if long == nil {
				long = map[string]int{}
			}
			long["byline"] = 100
		}
	}
	return long
}
