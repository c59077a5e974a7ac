package news

import (
	"slices"
	"strings"
	"testing"
)

func TestACheckSaysWhatIsToBeMended(t *testing.T) {
	good := func() (*Article, *Facts) {
		return &Article{Kind: Story, Genre: Report, Headline: "Harbour vote", Standfirst: "Tonight.", Language: "en", Section: 1, Byline: []Credit{{Person: 1}}, LeadPicture: 3},
			&Facts{Words: 300, Blocks: 4, LeadThere: true, LeadAlt: true, LeadCredit: true}
	}
	for name, c := range map[string]struct {
		change func(*Article, *Facts)
		want   []string // severity, field and key
	}{
		"a sound one":          {func(*Article, *Facts) {}, nil},
		"a headline of spaces": {func(a *Article, _ *Facts) { a.Headline = " \u200b" }, []string{"must headline check_no_headline"}},
		"no language":          {func(a *Article, _ *Facts) { a.Language = "" }, []string{"must language check_no_language"}},
		"no words":             {func(_ *Article, f *Facts) { f.Words, f.Blocks = 0, 0 }, []string{"must body check_empty"}},
		"pictures only":        {func(_ *Article, f *Facts) { f.Words = 0 }, nil},
		"no section":           {func(a *Article, _ *Facts) { a.Section = 0 }, []string{"must sections check_no_section"}},
		"a page":               {func(a *Article, _ *Facts) { a.Kind, a.Section, a.Byline, a.Standfirst = StandingPage, 0, nil, "" }, nil},
		"sponsored by nobody":  {func(a *Article, _ *Facts) { a.Genre = Sponsored }, []string{"must sponsor check_no_sponsor"}},
		"no picture":           {func(a *Article, f *Facts) { a.LeadPicture, f.LeadThere = 0, false }, nil},
		"a picture that ended": {func(_ *Article, f *Facts) { f.LeadThere, f.LeadAlt = false, false }, []string{"must lead_picture check_lead_missing"}},
		"a bare picture": {func(_ *Article, f *Facts) { f.LeadAlt, f.LeadCredit = false, false },
			[]string{"should lead_picture check_lead_alt", "should lead_picture check_lead_credit"}},
		"a long headline": {func(a *Article, _ *Facts) { a.Headline = strings.Repeat("é", 111) },
			[]string{"should headline check_long_headline", "should search_title check_long_search_title"}},
		"at its limit":          {func(a *Article, _ *Facts) { a.Headline, a.SearchTitle = strings.Repeat("é", 110), "Short" }, nil},
		"a long search title":   {func(a *Article, _ *Facts) { a.SearchTitle = strings.Repeat("x", 61) }, []string{"should search_title check_long_search_title"}},
		"nobody's":              {func(a *Article, _ *Facts) { a.Byline = nil }, []string{"should byline check_no_byline"}},
		"syndicated":            {func(a *Article, _ *Facts) { a.Byline, a.Source.Name = nil, "Wire" }, nil},
		"no standfirst":         {func(a *Article, _ *Facts) { a.Standfirst = "" }, []string{"should standfirst check_no_standfirst"}},
		"an excerpt instead":    {func(a *Article, _ *Facts) { a.Standfirst, a.Excerpt = "", "Short." }, nil},
		"pictures without text": {func(_ *Article, f *Facts) { f.NoAlt = []int{2, 4} }, []string{"should body check_picture_alt", "should body check_picture_alt"}},
		"all of the body's": {func(_ *Article, f *Facts) {
			f.MissingMedia, f.EmptyHeads, f.AdFirst, f.AdLast = []int{1}, []int{2}, true, true
			f.Hidden, f.BrokenIDs, f.Broken = []Target{{ArticleNoun, 5}}, []Target{{ArticleNoun, 6}}, []string{"/gone/"}
		}, []string{"should body check_picture_missing", "should body check_empty_heading", "should body check_ad_first", "should body check_ad_last",
			"should body check_hidden_related", "should body check_hidden_link", "should body check_broken_link"}},
	} {
		t.Run(name, func(t *testing.T) {
			a, f := good()
			c.change(a, f)
			var got []string
			for _, x := range Check(a, f) {
				got = append(got, string(x.Severity)+" "+x.Field+" "+x.Key)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("it finds %q, want %q", got, c.want)
			}
		})
	}
}
