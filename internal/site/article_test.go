package site_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"broadsheet/internal/ads"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// twoAds are one creative for each placement.
func twoAds() []ads.Creative {
	return []ads.Creative{{Placement: "leaderboard", Text: "Чай и пироги", Link: "https://tea.example/", Language: "ru", Weight: 1},
		{Placement: "in-article", Text: "Read us at six", Link: "/letter/", Weight: 1}}
}

func TestAnArticlePageHoldsItsPartsInTheirOrder(t *testing.T) {
	p := sqlite(t, setup{ads: twoAds()})
	must(t, p.ChangeMenu(t.Context(), "Anna", news.Menu{Name: news.MainMenu, Items: []news.MenuItem{{Target: news.Target{Noun: news.SectionNoun, ID: int64(p.sport.ID)}}}}))
	other := p.story(t, "The tide turns", 5, four, func(a *news.Article) { a.Topics = []news.TopicID{p.tides.ID} })
	linked := p.story(t, "The moon rises", 6, four, nil)
	pic := p.picture(t, "harbour.png")
	body := fmt.Sprintf(`<p>First words.</p><ul><li><p>A list.</p></li></ul><p>Second words.</p><p>Third, with <a href="%s">a link</a>.</p><p>Fourth words.</p>`, linked.Path)
	a := p.story(t, "Council votes on the harbour", 8, body, func(a *news.Article) {
		a.Kicker, a.Standfirst, a.LeadPicture = "Harbour", "After seven hours.", pic.ID
		a.Section, a.Sections = p.europe.ID, []news.SectionID{p.europe.ID}
		a.Topics = []news.TopicID{p.tides.ID}
	})
	a.Updated = a.Published.AddDate(0, 0, 1)
	must(t, p.Save(t.Context(), "Anna", a))
	first := p.comment(t, a, "Ida", "I was there.", 0)
	p.comment(t, a, "Ole", "So was I.", first)

	html := p.page(t, a.Path)
	holds(t, html, `<time class="today" datetime="2026-07-06">Monday, July 6, 2026</time>`, // half past midnight in Berlin
		`class="title"><bdi>The Paper</bdi></a>`, `href="/sport/">Sport</a>`,
		`class="ad ad-leaderboard"`, "Advertisement", `rel="sponsored nofollow noopener" lang="ru" dir="ltr">Чай и пироги</a>`,
		`<ol class="crumbs">`, `<a href="/"><bdi>Home</bdi></a>`, `<a href="/world/"><bdi>World</bdi></a>`, `<a href="/world/europe/"><bdi>Europe</bdi></a>`, "Council votes on the harbour",
		`<p class="kicker">Harbour</p>`, "<h1>Council votes on the harbour</h1>", "After seven hours.",
		`<a href="/author/anna-bell/" rel="author"><bdi>Anna Bell</bdi></a>`, `<time datetime="2026-07-04T10:00:00+02:00">July 4, 2026 at 10:00`, "pdated", "July 5, 2026",
		`width="60" height="40" alt="Boats at night"`, "The harbour", "Vera Lind",
		"First words.", "Second words.", `class="ad ad-in-article"`, "Third, with", "Fourth words.",
		`<a href="/topic/tides/"><bdi>Tides</bdi></a>`, "© 2026, Anna Bell. All rights reserved.",
		"Check Also", other.Headline,
		"2 comments", "I was there.", "So was I.", "?reply=",
		"Leave a Reply", "Your email address will not be published. Required fields are marked *", `name="text"`, `name="name"`, `name="email"`,
		"<footer")
	if strings.Count(html, `class="ad ad-in-article"`) != 1 {
		t.Error("the body has more than one ad")
	}
}

func TestTheSlotInTheBody(t *testing.T) {
	p := sqlite(t, setup{ads: twoAds()})
	for i, c := range []struct {
		name, body, before string // before: what stands directly before the ad, "" for no ad
	}{
		{"four paragraphs", four, "<p>Two.</p>"},
		{"three paragraphs", "<p>One.</p><p>Two.</p><p>Three.</p>", ""},
		{"paragraphs in a quote do not count", "<blockquote><p>a</p><p>b</p></blockquote><p>One.</p><p>Two.</p><p>Three.</p>", ""},
		{"a quote stands between", "<p>One.</p><blockquote><p>a</p><p>b</p></blockquote><p>Two.</p><p>Three.</p><p>Four.</p>", "<p>Two.</p>"},
		{"a figure follows", "<p>One.</p><p>Two.</p><h2>Then</h2><p>Three.</p><p>Four.</p>", "<p>Two.</p>"},
	} {
		a := p.story(t, fmt.Sprintf("%s %d", c.name, i), 8, c.body, nil)
		_, html, _ := strings.Cut(p.page(t, a.Path), `<div class="body" lang="en" dir="ltr">`)
		before, _, ok := strings.Cut(html, `<div class="ad ad-in-article" lang="en" dir="ltr">`)
		if ok != (c.before != "") || ok && !strings.HasSuffix(strings.TrimSpace(before), c.before) {
			t.Errorf("%s: before the ad stands %q, %v", c.name, before, ok)
		}
	}
}

func TestASlotWithNothingToShowLeavesNothing(t *testing.T) {
	p := sqlite(t, setup{})
	lacks(t, p.page(t, p.story(t, "A story", 8, four, nil).Path), "Advertisement", `class="ad `, "slot")
}

func TestReadMoreFollowsItsTarget(t *testing.T) {
	p := sqlite(t, setup{})
	target := p.story(t, "The first headline", 6, four, nil)
	a := p.story(t, "A story", 8, "<p>One, see <a href=\"/x/\">the other one</a>.</p>", func(a *news.Article) {
		a.Body = []byte(fmt.Sprintf(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"See "},{"type":"text","text":"the other one","marks":[{"type":"link","attrs":{"article":%d}}]},{"type":"text","text":"."}]},{"type":"related","attrs":{"article":%d}}]}`, target.ID, target.ID))
	})
	holds(t, p.page(t, a.Path), `<a href="`+target.Path+`">the other one</a>`, "Read more:", "The first headline")
	target.Headline = "The second headline"
	must(t, p.Save(t.Context(), "Anna", target))
	html := p.page(t, a.Path)
	holds(t, html, "Read more:", "The second headline")
	lacks(t, html, "The first headline")
	must(t, p.Withdraw(t.Context(), "Anna", target.ID, p.again(t, target).Version))
	html = p.page(t, a.Path)
	holds(t, html, "See the other one.")
	lacks(t, html, "Read more:", "The second headline", target.Path)
}

func TestTheRightsLine(t *testing.T) {
	p := sqlite(t, setup{})
	for i, c := range []struct {
		name    string
		article func(*news.Article)
		paper   func(*news.Settings)
		want    []string
	}{
		{"the first byline", nil, nil, []string{"© 2026, Anna Bell. All rights reserved."}},
		{"the paper where nobody is named", func(a *news.Article) { a.Byline = nil }, nil, []string{"© 2026, The Paper. All rights reserved."}},
		{"the holder of the settings", nil, func(s *news.Settings) { s.RightsHolder = "Paper Ltd" }, []string{"© 2026, Paper Ltd. All rights reserved."}},
		{"the holder of the article", func(a *news.Article) { a.RightsHolder = "Vera Lind" }, nil, []string{"© 2026, Vera Lind. All rights reserved."}},
		{"the wording of the settings", nil, func(s *news.Settings) { s.RightsLine = "{holder} owns this since {year}" }, []string{"Paper Ltd owns this since 2026"}},
		{"syndicated copy", func(a *news.Article) {
			a.Source = news.Source{Name: "North Wire", URL: "https://wire.example/1", Licence: "CC BY 4.0"}
		}, nil, []string{`<a href="https://wire.example/1">`, "North Wire", "CC BY 4.0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.paper != nil {
				must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { c.paper(s); return nil }))
			}
			holds(t, p.page(t, p.story(t, fmt.Sprintf("Story %d", i), 8, four, c.article).Path), c.want...)
		})
	}
}

func TestCheckAlsoShowsAnotherStory(t *testing.T) {
	p := sqlite(t, setup{})
	alone := p.story(t, "All alone", 1, four, func(a *news.Article) { a.Section, a.Sections = p.sport.ID, []news.SectionID{p.sport.ID} })
	lacks(t, p.page(t, alone.Path), "Check Also")
	topical := p.story(t, "Of the topic", 2, four, func(a *news.Article) { a.Topics = []news.TopicID{p.tides.ID} })
	alone.Topics = []news.TopicID{p.tides.ID}
	must(t, p.Save(t.Context(), "Anna", alone))
	holds(t, p.page(t, alone.Path), "Check Also", topical.Headline)

	p.story(t, "Older", 3, four, nil)
	long := strings.Repeat("Wavering words ", 60)
	newer := p.story(t, "Newer", 9, "<p>"+long+"</p>", nil)
	linking := p.story(t, "Linking", 10, `<p>See <a href="#">it</a>.</p>`, func(a *news.Article) {
		a.Body = []byte(fmt.Sprintf(`{"type":"doc","content":[{"type":"related","attrs":{"article":%d}}]}`, newer.ID))
	})
	plain := p.story(t, "Plain", 8, four, nil)
	_, box, _ := strings.Cut(p.page(t, plain.Path), "Check Also")
	box = box[:strings.Index(box, "</aside>")]
	if !strings.Contains(box, "Linking") {
		t.Errorf("the newest of the section is not shown: %s", box)
	}
	_, box, _ = strings.Cut(p.page(t, linking.Path), "Check Also")
	box = box[:strings.Index(box, "</aside>")]
	if strings.Contains(box, "Newer") || strings.Contains(box, "Linking") || !strings.Contains(box, "Plain") {
		t.Errorf("beside a story that links to the newer one stands %s", box)
	}
	must(t, p.Withdraw(t.Context(), "Anna", linking.ID, linking.Version))
	_, box, _ = strings.Cut(p.page(t, plain.Path), "Check Also")
	if cut := regexp.MustCompile(`<p class="summary">([^<]*)</p>`).FindStringSubmatch(box); cut == nil || !strings.HasSuffix(cut[1], "words…") && !strings.HasSuffix(cut[1], "Wavering…") {
		t.Errorf("the excerpt is %q", cut)
	}
}

func TestOtherSitesShowWhatWasWrittenForThem(t *testing.T) {
	p := sqlite(t, setup{})
	lead, other := p.picture(t, "lead.png"), p.picture(t, "other.png")
	a := p.story(t, "The vote", 8, four, func(a *news.Article) {
		a.Standfirst, a.SearchTitle, a.LeadPicture = "After seven hours.", "Vote on the harbour", lead.ID
		a.SocialTitle, a.SocialDescription, a.SocialPicture = `See "this" <b>`, "In short & sweet.", other.ID
	})
	html := p.page(t, a.Path)
	holds(t, html, "<title>Vote on the harbour", `<meta name="description" content="After seven hours."`, `property="og:title" content="See &#34;this&#34; &lt;b&gt;"`, `property="og:description" content="In short &amp; sweet."`, `property="og:image" content="https://paper.example/`)
	image := regexp.MustCompile(`property="og:image" content="([^"]*)"`).FindStringSubmatch(html)[1]
	if !strings.Contains(image, fmt.Sprintf("/pictures/%d-", other.ID)) || !regexp.MustCompile(fmt.Sprintf(`"image":\[\{[^}]*/pictures/%d-`, lead.ID)).MatchString(html) {
		t.Errorf("other sites show %s", image)
	}
	// Without words of their own they show the page's.
	a = p.again(t, a)
	a.SocialTitle, a.SocialDescription, a.SocialPicture = "", "", 0
	must(t, p.Save(t.Context(), "Anna", a))
	html = p.page(t, a.Path)
	holds(t, html, `property="og:title" content="Vote on the harbour"`, `property="og:description" content="After seven hours."`)
	if image := regexp.MustCompile(`property="og:image" content="([^"]*)"`).FindStringSubmatch(html)[1]; !strings.Contains(image, fmt.Sprintf("/pictures/%d-", lead.ID)) {
		t.Errorf("other sites show %s", image)
	}
	a = p.again(t, a)
	a.SocialPicture = 999
	if err := p.Save(t.Context(), "Anna", a); !fault.Is(err, fault.Invalid) {
		t.Errorf("a picture that is not there: %v", err)
	}
}

func TestTheHeadTellsMachinesTheSame(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, `Council "votes" & waits`, 8, four, func(a *news.Article) {
		a.Standfirst, a.LeadPicture = "After seven hours.", p.picture(t, "a.png").ID
		a.Section, a.Sections = p.europe.ID, []news.SectionID{p.europe.ID}
	})
	html := p.page(t, a.Path+"?utm_source=x&fbclid=y")
	holds(t, html, `<html lang="en"`, "<title>Council &#34;votes&#34; &amp; waits", `<meta name="description" content="After seven hours."`, `<link rel="canonical" href="https://paper.example`+a.Path+`"`)
	holds(t, html, `property="og:type" content="article"`)
	holds(t, html, `property="og:title" content="Council`)
	holds(t, html, `property="og:image" content="https://paper.example/`)
	var found []map[string]any
	for _, m := range regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindAllStringSubmatch(html, -1) {
		var v map[string]any
		if err := json.Unmarshal([]byte(m[1]), &v); err != nil {
			t.Fatalf("%v: %s", err, m[1])
		}
		found = append(found, v)
	}
	if len(found) != 2 || found[0]["@type"] != "NewsArticle" || found[1]["@type"] != "BreadcrumbList" {
		t.Fatalf("the page's data are %v", found)
	}
	if found[0]["headline"] != `Council "votes" & waits` || found[0]["datePublished"] != "2026-07-04T10:00:00+02:00" || found[0]["mainEntityOfPage"] == nil {
		t.Errorf("NewsArticle is %v", found[0])
	}
	if items, _ := found[1]["itemListElement"].([]any); len(items) != 4 {
		t.Errorf("BreadcrumbList is %v", found[1])
	}
}

func TestPagesAreOnlyWhatReadersMaySee(t *testing.T) {
	p := sqlite(t, setup{})
	draft := &news.Article{Kind: news.Story, Headline: "Not yet", Language: "en", Body: []byte(`{"type":"doc"}`), Comments: news.CommentsModerated}
	must(t, p.Create(t.Context(), "Anna", draft))
	gone := p.story(t, "It was here", 8, four, nil)
	must(t, p.Withdraw(t.Context(), "Anna", gone.ID, gone.Version))
	p.story(t, "It is here", 8, four, nil)
	for path, want := range map[string]int{gone.Path: http.StatusGone, "/nothing/": http.StatusNotFound, "/world": http.StatusMovedPermanently, "/world/": http.StatusOK,
		"/world/europe/": http.StatusOK, "/topic/tides/": http.StatusOK, "/author/anna-bell/": http.StatusOK, "/2026/": http.StatusOK, "/2026/13/": http.StatusNotFound,
		"/2026/07/04/": http.StatusOK, "/2026/02/30/": http.StatusNotFound, "/search/": http.StatusOK, "/feed/": http.StatusOK, "/world/feed/": http.StatusOK,
		"/world/?before=nonsense": http.StatusNotFound, "/assets/nothing.css": http.StatusNotFound, "/?p=99999": http.StatusNotFound, "/\x00": http.StatusNotFound,
		"/%ff%fe/": http.StatusNotFound} {
		resp := p.ask(t, strings.ReplaceAll(path, "\x00", "%00"), nil)
		if resp.StatusCode != want {
			t.Errorf("%q answers %d, want %d", path, resp.StatusCode, want)
		}
		html := text(t, resp)
		lacks(t, html, "Not yet")
		if resp.StatusCode == http.StatusGone || resp.StatusCode == http.StatusNotFound && resp.Header.Get("Content-Type") == "text/html; charset=utf-8" {
			holds(t, html, "<h1>", `action="/search/"`)
		}
		if resp.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q sets a cookie", path)
		}
	}
}
