package compare

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// A field is something of an article that is changed as a whole. Its name is the
// one of the form: "headline", "search_title".
type field struct {
	name  string
	equal func(a, b *news.Article) bool
	copy  func(to, from *news.Article)
	text  func(a *news.Article) string // what stands in it; ids as numbers
	prose bool                         // whether its words are worth comparing one by one
}

// prose is a field of words.
func prose(name string, in func(*news.Article) *string) field {
	f := line(name, in)
	f.prose = true
	return f
}

// line is a field that is one word or one address.
func line(name string, in func(*news.Article) *string) field {
	return field{name: name,
		equal: func(a, b *news.Article) bool { return *in(a) == *in(b) },
		copy:  func(to, from *news.Article) { *in(to) = *in(from) },
		text:  func(a *news.Article) string { return *in(a) }}
}

// fields are all that a form for an article holds, in its order, but the body.
// What is not in a form is not here: state, address, times, pins.
var fields = []field{
	prose("kicker", func(a *news.Article) *string { return &a.Kicker }),
	prose("headline", func(a *news.Article) *string { return &a.Headline }),
	prose("standfirst", func(a *news.Article) *string { return &a.Standfirst }),
	line("language", func(a *news.Article) *string { return &a.Language }),
	{name: "genre", equal: func(a, b *news.Article) bool { return a.Genre == b.Genre }, copy: func(to, from *news.Article) { to.Genre = from.Genre },
		text: func(a *news.Article) string { return string(a.Genre) }},
	prose("sponsor", func(a *news.Article) *string { return &a.Sponsor }),
	{name: "sections", equal: func(a, b *news.Article) bool { return a.Section == b.Section && slices.Equal(a.Sections, b.Sections) },
		copy: func(to, from *news.Article) {
			to.Section, to.Sections = from.Section, slices.Clone(from.Sections)
		},
		text: func(a *news.Article) string { return numbers(a.Sections) }},
	{name: "topics", equal: func(a, b *news.Article) bool { return slices.Equal(a.Topics, b.Topics) },
		copy: func(to, from *news.Article) { to.Topics = slices.Clone(from.Topics) },
		text: func(a *news.Article) string { return numbers(a.Topics) }},
	{name: "byline", equal: func(a, b *news.Article) bool { return slices.Equal(a.Byline, b.Byline) },
		copy: func(to, from *news.Article) { to.Byline = slices.Clone(from.Byline) },
		text: func(a *news.Article) string {
			names := make([]string, len(a.Byline))
			for i, c := range a.Byline {
				names[i] = strings.TrimSpace(fmt.Sprint(int64(c.Person), " ", c.Role))
			}
			return strings.Join(names, ", ")
		}},
	{name: "parent", equal: func(a, b *news.Article) bool { return a.Parent == b.Parent }, copy: func(to, from *news.Article) { to.Parent = from.Parent },
		text: func(a *news.Article) string { return number(int64(a.Parent)) }},
	prose("excerpt", func(a *news.Article) *string { return &a.Excerpt }),
	{name: "lead_picture", equal: func(a, b *news.Article) bool { return a.LeadPicture == b.LeadPicture },
		copy: func(to, from *news.Article) { to.LeadPicture = from.LeadPicture },
		text: func(a *news.Article) string { return number(int64(a.LeadPicture)) }},
	prose("lead_caption", func(a *news.Article) *string { return &a.LeadCaption }),
	prose("search_title", func(a *news.Article) *string { return &a.SearchTitle }),
	prose("search_description", func(a *news.Article) *string { return &a.SearchDescription }),
	prose("social_title", func(a *news.Article) *string { return &a.SocialTitle }),
	prose("social_description", func(a *news.Article) *string { return &a.SocialDescription }),
	{name: "social_picture", equal: func(a, b *news.Article) bool { return a.SocialPicture == b.SocialPicture },
		copy: func(to, from *news.Article) { to.SocialPicture = from.SocialPicture },
		text: func(a *news.Article) string { return number(int64(a.SocialPicture)) }},
	prose("source_name", func(a *news.Article) *string { return &a.Source.Name }),
	line("source_url", func(a *news.Article) *string { return &a.Source.URL }),
	prose("source_licence", func(a *news.Article) *string { return &a.Source.Licence }),
	prose("rights_holder", func(a *news.Article) *string { return &a.RightsHolder }),
	{name: "comments", equal: func(a, b *news.Article) bool { return a.Comments == b.Comments }, copy: func(to, from *news.Article) { to.Comments = from.Comments },
		text: func(a *news.Article) string { return string(a.Comments) }},
	{name: "assigned", equal: func(a, b *news.Article) bool { return a.Assigned == b.Assigned }, copy: func(to, from *news.Article) { to.Assigned = from.Assigned },
		text: func(a *news.Article) string { return number(int64(a.Assigned)) }},
	{name: "reviewer", equal: func(a, b *news.Article) bool { return a.Reviewer == b.Reviewer }, copy: func(to, from *news.Article) { to.Reviewer = from.Reviewer },
		text: func(a *news.Article) string { return number(int64(a.Reviewer)) }},
	moment("due", func(a *news.Article) *time.Time { return &a.Due }),
	prose("brief", func(a *news.Article) *string { return &a.Brief }),
	moment("embargo", func(a *news.Article) *time.Time { return &a.Embargo }),
}

// moment is a field that is a time.
func moment(name string, in func(*news.Article) *time.Time) field {
	return field{name: name,
		equal: func(a, b *news.Article) bool { return in(a).Equal(*in(b)) },
		copy:  func(to, from *news.Article) { *in(to) = *in(from) },
		text: func(a *news.Article) string {
			if in(a).IsZero() {
				return ""
			}
			return in(a).UTC().Format(time.RFC3339)
		}}
}

func number(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func numbers[T ~int64](ids []T) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = number(int64(id))
	}
	return strings.Join(all, ", ")
}
