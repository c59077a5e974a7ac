package site_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestTheFrontPageLeadsAndRepeatsNothing(t *testing.T) {
	p := sqlite(t, setup{})
	for i := range 30 {
		a := p.story(t, fmt.Sprintf("Story %d", i), i%20, four, func(a *news.Article) {
			if i%2 == 0 {
				a.Section, a.Sections = p.sport.ID, []news.SectionID{p.sport.ID}
			}
		})
		if i == 3 {
			must(t, p.Pin(t.Context(), "Anna", 0, news.FirstZone, a.ID, time.Time{}))
		}
	}
	html := p.page(t, "/")
	holds(t, html, `<article class="lead is-news"`, "Story 3</a>", ">Sport</a>", "Latest")
	_, main, _ := strings.Cut(html, "<main")
	for i := range 30 {
		if n := strings.Count(main, fmt.Sprintf(">Story %d</a>", i)); n > 1 {
			t.Errorf("story %d stands there %d times", i, n)
		}
	}
}

func TestAnEmptyPaperShowsTheNextStep(t *testing.T) {
	holds(t, sqlite(t, setup{}).page(t, "/"), "/newsroom/", "broadsheet staff add", "broadsheet settings edit", "broadsheet import wordpress")
}

func TestListsArePagedWithoutGapsOrRepeats(t *testing.T) {
	p := sqlite(t, setup{})
	for i := range 45 {
		p.story(t, fmt.Sprintf("Story %d.", i), i%3, four, func(a *news.Article) {
			a.Section, a.Sections, a.Topics = p.europe.ID, []news.SectionID{p.europe.ID}, []news.TopicID{p.tides.ID}
		})
	}
	for _, list := range []string{"/world/", "/world/europe/", "/topic/tides/", "/author/anna-bell/", "/2026/", "/2026/07/", "/2026/07/04/"} {
		seen, pages := map[string]bool{}, 0
		for next := list; next != ""; pages++ {
			html := p.page(t, next)
			_, html, _ = strings.Cut(html, "<main")
			for _, m := range regexp.MustCompile(`>(Story \d+\.)</a>`).FindAllStringSubmatch(html, -1) {
				if seen[m[1]] {
					t.Errorf("%s shows %s twice", list, m[1])
				}
				seen[m[1]] = true
			}
			next = ""
			if m := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(html); m != nil {
				next = strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
		if len(seen) != 45 || pages != 3 {
			t.Errorf("%s shows %d stories on %d pages", list, len(seen), pages)
		}
	}
	holds(t, p.page(t, "/world/"), "Europe</a>")
}

func TestFeedsSayWhatReadersProgramsKnow(t *testing.T) {
	p := sqlite(t, setup{})
	p.story(t, "Old & gold", 5, `<p>See <a href="/world/">the world</a>.</p>`, func(a *news.Article) {
		a.GUID = "https://old.example/?p=12"
		a.Section, a.Sections, a.Topics = p.europe.ID, []news.SectionID{p.europe.ID}, []news.TopicID{p.tides.ID}
	})
	sport := p.story(t, "In sport", 6, four, func(a *news.Article) { a.Section, a.Sections = p.sport.ID, []news.SectionID{p.sport.ID} })
	resp := p.ask(t, "/feed/", nil)
	if ct := resp.Header.Get("Content-Type"); !strings.HasPrefix(ct, "application/rss+xml") {
		t.Errorf("the feed is sent as %s", ct)
	}
	feed, err := gofeed.NewParser().Parse(resp.Body)
	must(t, err)
	if feed.Title != "The Paper" || feed.Language != "en" || len(feed.Items) != 2 || feed.Items[0].Title != "In sport" {
		t.Fatalf("the feed is %v", feed)
	}
	old := feed.Items[1]
	if old.Title != "Old & gold" || old.GUID != "https://old.example/?p=12" || !strings.HasPrefix(old.Link, "https://paper.example/") || old.PublishedParsed == nil || old.PublishedParsed.Hour() != 5 ||
		len(old.Authors) != 1 || old.Authors[0].Name != "Anna Bell" || len(old.Categories) == 0 {
		t.Errorf("the item is %+v", old)
	}
	if !strings.Contains(old.Content+old.Description, "https://paper.example/world/") {
		t.Errorf("a link in the text leads nowhere outside of the site: %s", old.Content)
	}
	feed, err = gofeed.NewParser().Parse(p.ask(t, "/sport/feed/", nil).Body)
	must(t, err)
	if len(feed.Items) != 1 || feed.Items[0].Link != "https://paper.example"+sport.Path {
		t.Errorf("the section's feed is %v", feed)
	}
	holds(t, p.page(t, "/sport/"), `type="application/rss+xml"`)
}

func TestSearchFindsTheSameOnBothEngines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s, setup{})
		for i, words := range []string{"The council votes tonight on the harbour.", "Harbour council, harbour budget: votes counted.", "城市的港口今天开放了新的图书馆。",
			"مكتبة الميناء تفتح جناحا للكتب العربية", "Nothing of the kind & <b>tags</b>."} {
			p.story(t, fmt.Sprintf("Story %d", i), i, "<p>"+words+"</p>", func(a *news.Article) {
				a.Language = []string{"en", "en", "zh", "ar", "en"}[i]
			})
		}
		must(t, p.IndexAll(t.Context(), func(int) {}))
		for q, want := range map[string]string{"harbour": "1 0", "HARBOURS voting": "1 0", "council vote": "1 0", `"council votes"`: "0", "harbour library": "", "图书馆": "2", "港口": "2",
			"الكتب": "3", `"`: "", "  ": "", "story": "4 3 2 1 0", "tags": "4", "harbour -( *": "1 0", "ghost": ""} {
			html := p.page(t, "/search/?q="+strings.NewReplacer(" ", "+", `"`, "%22").Replace(q))
			var found []string
			_, main, _ := strings.Cut(html, "<main")
			for _, m := range regexp.MustCompile(`>Story (\d)</a>`).FindAllStringSubmatch(main, -1) {
				found = append(found, m[1])
			}
			if got := strings.Join(found, " "); got != want {
				t.Errorf("%q finds %q, want %q", q, got, want)
			}
		}
		holds(t, p.page(t, "/search/?q=harbour"), "<mark>harbour</mark>")
		holds(t, p.page(t, "/search/?q=ghost"), "ghost")
		gone, err := p.Address(t.Context(), "/world/2026/07/04/story-1/")
		must(t, err)
		a, err := p.Article(t.Context(), news.ArticleID(gone.Target.ID))
		must(t, err)
		must(t, p.Withdraw(t.Context(), "Anna", a.ID, a.Version))
		lacks(t, p.page(t, "/search/?q=harbour"), ">Story 1</a>") // at once, whatever the index says
	})
}

func TestOldAddressesLeadToTheRightPlace(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	for old, want := range map[string]string{a.Path + "amp/": a.Path, a.Path + "embed/": a.Path, a.Path + "trackback/": a.Path, a.Path + "feed/": a.Path,
		a.Path + "2/": a.Path, strings.TrimSuffix(a.Path, "/"): a.Path, "/world/page/3/": "/world/", "/page/2/": "/", "/comments/feed/": "/feed/", "/rss/": "/feed/", "/?s=tide": "/search/?q=tide",
		"/?feed=rss2": "/feed/", "/feed/atom/": "/feed/", "/index.php/world/": "/world/", "/index.php": "/", "/rss.xml": "/feed/"} {
		resp := p.ask(t, old, nil)
		if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusMovedPermanently || at != want {
			t.Errorf("%s answers %s and leads to %q, want %q", old, resp.Status, at, want)
		}
	}
}

func TestEveryPageMayBeKeptOnlyToBeAskedAgain(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	for path, want := range map[string]string{"/": "no-cache", a.Path: "no-cache", a.Path + "?reply=1": "no-store", "/search/?q=x": "private, no-cache", "/nothing/": "no-store"} {
		resp := p.ask(t, path, nil)
		if got := resp.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s may be kept: %q, want %q", path, got, want)
		}
		for _, h := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
			if resp.Header.Get(h) == "" {
				t.Errorf("%s lacks %s", path, h)
			}
		}
	}
}

func TestWhatNoEngineCanLookForIsNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s, setup{})
		for _, path := range []string{"/%00", "/a%00b/", "/%ff%fe/", "/x" + strings.Repeat("/2", 30000), "/?p=%00"} {
			if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
				t.Errorf("%.20s answers %s", path, resp.Status)
			}
		}
		if resp := p.ask(t, "/?author_name=%ff", nil); resp.StatusCode != http.StatusOK {
			t.Errorf("a query in no encoding answers %s", resp.Status)
		}
		if resp := p.ask(t, "/%00", form()); resp.StatusCode != http.StatusNotFound {
			t.Errorf("a comment there is answered %s", resp.Status)
		}
	})
}

func TestAPaperThatTakesNoCommentsTakesNone(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	p.comment(t, a, "Ida", "Words.", 0)
	holds(t, p.page(t, a.Path), "?reply=")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.CommentsOpen = false; return nil }))
	lacks(t, p.page(t, a.Path), "?reply=", `<form method="post"`)
	if resp := p.ask(t, a.Path, form()); resp.StatusCode != http.StatusForbidden {
		t.Errorf("answered %s", resp.Status)
	}
}

func TestCommentsCloseByTimeAndWhatWasApprovedStays(t *testing.T) {
	p := sqlite(t, setup{})
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.CommentsCloseAfter = 7; return nil }))
	a, later := p.story(t, "A story", 8, four, nil), p.story(t, "A later one", 20, four, nil)
	p.comment(t, a, "Ida", "Approved words.", 0)
	holds(t, p.page(t, a.Path), "Approved words.", "?reply=", `<form method="post"`)
	p.now = time.Date(2026, 7, 11, 12, 0, 0, 0, time.UTC)
	holds(t, p.page(t, a.Path), `<form method="post"`) // while nobody has closed it
	if n, err := p.CloseComments(t.Context()); n != 1 || err != nil {
		t.Fatalf("closed %d, %v", n, err)
	}
	html := p.page(t, a.Path)
	holds(t, html, "Approved words.")
	lacks(t, html, "?reply=", `<form method="post"`)
	if resp := p.ask(t, a.Path, form()); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a comment is answered %s", resp.Status)
	}
	holds(t, p.page(t, later.Path), `<form method="post"`)
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.CommentsCloseAfter = 0; return nil }))
	holds(t, p.page(t, a.Path), "Approved words.", "?reply=", `<form method="post"`)
}

func TestTheArchiveIsACalendar(t *testing.T) {
	p := sqlite(t, setup{})
	p.story(t, "In July", 8, four, nil) // on the fourth, a Saturday
	p.story(t, "A month before", 8-30*24, four, nil)
	html := p.page(t, "/2026/07/")
	holds(t, html, `<a class="earlier" href="/2026/06/" rel="prev">June 2026</a>`, "<caption>July 2026</caption>", `<abbr title="Sunday">`,
		`<tr><td></td><td></td><td></td><td><span>1</span></td>`, `<td><a href="/2026/07/04/">4</a></td>`, "<span>31</span>", "In July")
	lacks(t, html, "A month before", `class="later"`)
	holds(t, p.page(t, "/2026/06/04/"), `<a class="later" href="/2026/07/04/" rel="next">July 4, 2026</a>`, `<a href="/2026/06/04/" aria-current="date">4</a>`)
	holds(t, p.page(t, "/2026/"), `<span>January 2026</span>`, `<a href="/2026/06/">June 2026</a>`, `<a href="/2026/07/">July 2026</a>`, `<span>December 2026</span>`)
}

func TestAPersianArchiveCountsByItsOwnCalendar(t *testing.T) {
	p := sqlite(t, setup{})
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
		s.Language = "fa"
		return nil
	}))
	p.story(t, "Tir", 8, four, nil)           // 4 July 2026 is 13 Tir 1405
	p.story(t, "Esfand", 9-116*24, four, nil) // 10 March is 19 Esfand 1404
	html := p.page(t, "/2026/07/")
	holds(t, html, "تیر ۱۴۰۵", `<abbr title="شنبه">`, `<td><a href="/2026/07/04/">۱۳</a></td>`, "<span>۳۱</span>")
	lacks(t, html, "<span>۳۲</span>")
	year := p.page(t, "/2026/")
	holds(t, year, `href="/2025/" rel="prev">۱۴۰۴</a>`, "<span>فروردین ۱۴۰۵</span>", `<a href="/2026/07/">تیر ۱۴۰۵</a>`)
	lacks(t, year, ">Esfand<")
	holds(t, p.page(t, "/2025/"), `<a href="/2026/03/">اسفند ۱۴۰۴</a>`, "Esfand")
}
