package news

import (
	"strings"
	"unicode/utf8"
)

// Severity says how much a finding matters.
type Severity string

// The severities of a finding.
const (
	Must   Severity = "must"   // an article is not fit to be read like this
	Should Severity = "should" // advice
)

// Finding is something to be mended before an article is published. Key names the
// words for it, which are the face's; Args are what those speak of, in pairs of a
// name and a number or text. Field is the form's field where it is mended; "body"
// for the text, whose block Block is, counted from 1, or 0. Picture is the picture
// of the library that lacks something, 0 for none.
type Finding struct {
	Field    string
	Severity Severity
	Key      string
	Block    int
	Args     []any
	Picture  PictureID
}

// Facts are what a check must know that the article's own fields do not say.
type Facts struct {
	Words        int         // of the body
	Blocks       int         // of the body: a gallery alone has no words
	EmptyHeads   []int       // headings without words: their blocks, counted from 1
	NoAlt        []int       // blocks with a picture that has no text for who can't see it
	NoAltOf      []PictureID // the first such picture in each of these
	MissingMedia []int       // blocks with a picture that is not there, or may not be shown any more
	AdFirst      bool        // an ad break stands before the text
	AdLast       bool        // or behind it
	Hidden       []Target    // articles that a related block names and readers can't see
	Broken       []string    // addresses of the paper to which a link leads in vain
	BrokenIDs    []Target    // articles that a link names and readers can't see
	LeadThere    bool        // the lead picture may be shown
	SocialThere  bool        // likewise of the picture for other sites
	LeadAlt      bool        // and has a text for who can't see it
	LeadCredit   bool        // and says who made it
}

// What search engines show of a headline and of a title, in characters: Google's
// guide to structured data for articles names 110, and its results have room for
// about 60.
const (
	longestHeadline    = 110
	longestSearchTitle = 60
)

// Check says what is to be mended before an article is published, what must be
// before what should be, each in the order of the form. Words are the face's.
func Check(a *Article, f *Facts) []Finding {
	var list []Finding
	add := func(when bool, field string, s Severity, key string, args ...any) {
		if when {
			list = append(list, Finding{Field: field, Severity: s, Key: key, Args: args})
		}
	}
	empty := func(s string) bool { return !visible(s) }
	story := a.Kind == Story
	add(empty(a.Headline), "headline", Must, "check_no_headline")
	add(a.Language == "", "language", Must, "check_no_language")
	add(f.Words == 0 && f.Blocks == 0, "body", Must, "check_empty")
	add(story && a.Section == 0, "sections", Must, "check_no_section")
	add(a.Genre == Sponsored && empty(a.Sponsor), "sponsor", Must, "check_no_sponsor")
	add(a.LeadPicture != 0 && !f.LeadThere, "lead_picture", Must, "check_lead_missing")

	headline, title := utf8.RuneCountInString(strings.TrimSpace(a.Headline)), strings.TrimSpace(a.SearchTitle)
	add(headline > longestHeadline, "headline", Should, "check_long_headline", "n", headline, "limit", longestHeadline)
	if title == "" {
		add(headline > longestSearchTitle, "search_title", Should, "check_long_search_title", "n", headline, "limit", longestSearchTitle)
	} else {
		n := utf8.RuneCountInString(title)
		add(n > longestSearchTitle, "search_title", Should, "check_long_search_title", "n", n, "limit", longestSearchTitle)
	}
	add(story && len(a.Byline) == 0 && a.Source.Name == "", "byline", Should, "check_no_byline")
	add(story && empty(a.Standfirst) && empty(a.Excerpt), "standfirst", Should, "check_no_standfirst")
	add(a.SocialPicture != 0 && !f.SocialThere, "social_picture", Should, "check_social_missing")
	for _, lacks := range []struct {
		it  bool
		key string
	}{{!f.LeadAlt, "check_lead_alt"}, {!f.LeadCredit, "check_lead_credit"}} {
		if a.LeadPicture != 0 && f.LeadThere && lacks.it {
			list = append(list, Finding{Field: "lead_picture", Severity: Should, Key: lacks.key, Picture: a.LeadPicture})
		}
	}
	return append(list, checkBody(f)...)
}

// checkBody says what is to be mended in the text.
func checkBody(f *Facts) []Finding {
	var list []Finding
	add := func(key string, block int, args ...any) {
		list = append(list, Finding{Field: "body", Severity: Should, Key: key, Block: block, Args: args})
	}
	for i, b := range f.NoAlt {
		add("check_picture_alt", b, "n", b)
		if i < len(f.NoAltOf) {
			list[len(list)-1].Picture = f.NoAltOf[i]
		}
	}
	for _, b := range f.MissingMedia {
		add("check_picture_missing", b, "n", b)
	}
	for _, b := range f.EmptyHeads {
		add("check_empty_heading", b, "n", b)
	}
	if f.AdFirst {
		add("check_ad_first", 0)
	}
	if f.AdLast {
		add("check_ad_last", 0)
	}
	for _, t := range f.Hidden {
		add("check_hidden_related", 0, "id", t.ID)
	}
	for _, t := range f.BrokenIDs {
		add("check_hidden_link", 0, "id", t.ID)
	}
	for _, path := range f.Broken {
		add("check_broken_link", 0, "path", path)
	}
	return list
}
