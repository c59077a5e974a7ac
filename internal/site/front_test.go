package site_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"broadsheet/internal/news"
)

var shownStory = regexp.MustCompile(`>(Story \d+\.)</a>`)

// shown are the stories of a page in their order.
func shown(html string) []string {
	_, main, _ := strings.Cut(html, "<main")
	var list []string
	for _, m := range shownStory.FindAllStringSubmatch(main, -1) {
		list = append(list, m[1])
	}
	return list
}

// opening is what a page shows before its sections, its opinion and its list.
func opening(html string) []string {
	_, zones, _ := strings.Cut(html, `class="wide opening"`)
	zones, _, _ = strings.Cut(zones, "</section>")
	return shown("<main" + zones)
}

// all are the stories of a list from its first page to its last.
func (p *paper) all(t testing.TB, path string) (list []string) {
	for next := path; next != ""; {
		html := p.page(t, next)
		list, next = append(list, shown(html)...), ""
		if m := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(html); m != nil {
			next = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	return list
}

// fronted is a paper with stories of all kinds, in sections above and beside each
// other, some of them translations and some that readers can't see.
func fronted(t *testing.T, n int) (*paper, []*news.Article) {
	t.Helper()
	p := sqlite(t, setup{})
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.ListLength = 7; return nil }))
	all := []*news.Article{nil}
	for i := 1; i <= n; i++ {
		a := p.story(t, fmt.Sprintf("Story %d.", i), i%23, four, func(a *news.Article) {
			in := []*news.Section{p.world, p.europe, p.europe, p.sport}[i%4]
			a.Section, a.Sections = in.ID, []news.SectionID{in.ID}
			if i%9 == 0 {
				a.Sections = append(a.Sections, p.sport.ID)
				a.Sections = slices.Compact(a.Sections)
			}
			a.Genre = []news.Genre{news.Report, news.Report, news.Opinion, news.Analysis, news.Report, news.Sponsored, news.Report}[i%7]
			if a.Genre == news.Sponsored {
				a.Sponsor = "Bay Savings"
			}
			if i%8 == 0 && i > 8 {
				a.TranslationGroup, a.Language = all[i-8].ID, []string{"de", "fr"}[i/8%2]
			}
			if i%6 == 0 {
				a.Topics = []news.TopicID{p.tides.ID}
			}
		})
		if i%10 == 0 {
			must(t, p.Withdraw(t.Context(), "Anna", a.ID, 2))
		}
		all = append(all, a)
	}
	return p, all
}

// However a front is arranged, no story stands on it twice, opinion and what is
// paid for do not lead, and the list of a section, with all its further pages, has
// each of its stories once.
func TestNoStoryStandsTwiceHoweverAFrontIsArranged(t *testing.T) {
	p, all := fronted(t, 60)
	want := map[string][]string{}
	for _, path := range []string{"/world/", "/sport/", "/world/europe/"} {
		want[path] = p.all(t, path)
		slices.Sort(want[path])
	}
	paths := map[news.SectionID]string{0: "/", p.world.ID: "/world/", p.sport.ID: "/sport/", p.europe.ID: "/world/europe/"}
	rapid.Check(t, func(rt *rapid.T) {
		section := rapid.SampledFrom([]news.SectionID{0, p.world.ID, p.sport.ID, p.europe.ID}).Draw(rt, "front")
		f, err := p.Front(t.Context(), section)
		must(t, err)
		f.Arrangement = news.Arrangement{ByHand: rapid.IntRange(0, 9).Draw(rt, "by hand") > 0}
		for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(1, len(all)-1), 0, 25, rapid.ID).Draw(rt, "pins") {
			f.Put(rapid.SampledFrom(zones).Draw(rt, "zone"), rapid.IntRange(0, 3).Draw(rt, "at"), news.Pin{Article: all[id].ID})
		}
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom(zones), rapid.ID).Draw(rt, "filled") {
			f.Zone(name).From = rapid.SampledFrom([]news.Target{{}, {Noun: news.SectionNoun, ID: int64(p.sport.ID)}, {Noun: news.SectionNoun, ID: int64(p.world.ID)},
				{Noun: news.TopicNoun, ID: int64(p.tides.ID)}}).Draw(rt, "from")
		}
		if err := p.SaveFront(t.Context(), "Anna", &f); err != nil {
			rt.Fatal(err)
		}
		html := p.page(t, paths[section])
		list := shown(html)
		groups := map[news.ArticleID]string{}
		for i, name := range list {
			if slices.Contains(list[:i], name) {
				rt.Fatalf("%s stands twice: %v", name, list)
			}
			var n int
			fmt.Sscanf(name, "Story %d.", &n)
			if g := all[n].TranslationGroup; g != 0 && section == 0 {
				if other := groups[g]; other != "" {
					rt.Fatalf("%s and %s are one text: %v", name, other, list)
				}
				groups[g] = name
			}
		}
		for _, name := range opening(html) {
			var n int
			fmt.Sscanf(name, "Story %d.", &n)
			if g := all[n].Genre; g == news.Opinion || g == news.Sponsored {
				rt.Fatalf("%s, which is %s, stands at the top", name, g)
			}
		}
		if section == 0 {
			return
		}
		got := p.all(t, paths[section])
		slices.Sort(got)
		lost := slices.DeleteFunc(slices.Clone(want[paths[section]]), func(s string) bool { return slices.Contains(got, s) })
		if len(lost) > 0 || len(slices.Compact(slices.Clone(got))) != len(got) {
			rt.Fatalf("the pages of %s lose %v or show a story twice: %v", paths[section], lost, got)
		}
	})
}

func TestWhatIsPutOnAFrontStandsWhereItWasPut(t *testing.T) {
	p, all := fronted(t, 40)
	ctx := t.Context()
	f := news.Front{}
	f.Put("lead", 0, news.Pin{Article: all[1].ID})
	f.Put("lead", 1, news.Pin{Article: all[4].ID}) // moves on to the next zone
	f.Put("second", 0, news.Pin{Article: all[7].ID})
	must(t, p.SaveFront(ctx, "Anna", &f))
	html := p.page(t, "/")
	if got := opening(html); len(got) != 7 || got[0] != "Story 1." || got[1] != "Story 4." || got[2] != "Story 7." {
		t.Errorf("the front page opens with %v", got)
	}
	holds(t, html, `<div class="second">`, `<div class="third">`, `class="wide block latest"`)
	// Who puts another first moves all others on.
	must(t, p.Pin(ctx, "Anna", 0, news.FirstZone, all[3].ID, time.Time{}))
	if got := opening(p.page(t, "/")); got[0] != "Story 3." || got[1] != "Story 1." || got[2] != "Story 4." || got[3] != "Story 7." {
		t.Errorf("the front page opens with %v", got)
	}
	// What is withdrawn disappears, and comes back with its article.
	a, err := p.Article(ctx, all[3].ID)
	must(t, err)
	must(t, p.Withdraw(ctx, "Anna", a.ID, a.Version))
	if got := opening(p.page(t, "/")); got[0] != "Story 1." {
		t.Errorf("the front page opens with %v", got)
	}
	must(t, p.Publish(ctx, "Anna", a.ID, a.Version+1))
	if got := opening(p.page(t, "/")); got[0] != "Story 3." {
		t.Errorf("the front page opens with %v", got)
	}
	must(t, p.RestoreFront(ctx, "Anna", 0, 2, 0))
	lacks(t, strings.Join(opening(p.page(t, "/")), " "), "Story 1.")
}

func TestASectionIsArrangedByHandWhereWanted(t *testing.T) {
	p, all := fronted(t, 40)
	ctx := t.Context()
	plain := p.page(t, "/world/europe/")
	lacks(t, plain, `class="wide opening"`)
	holds(t, plain, `class="section-front"`)
	must(t, p.Pin(ctx, "Anna", p.europe.ID, "lead", all[1].ID, time.Time{}))
	must(t, p.Pin(ctx, "Anna", p.europe.ID, "lead", all[3].ID, time.Time{})) // of another section
	html := p.page(t, "/world/europe/")
	holds(t, html, `<div class="front">`, `<article class="lead`)
	lacks(t, html, `class="section-front"`, "Story 3.</a>")
	if got := opening(html); got[0] != "Story 1." {
		t.Errorf("the section opens with %v", got)
	}
	// When that one is moved there, it stands where it was put.
	a, err := p.Article(ctx, all[3].ID)
	must(t, err)
	must(t, p.Move(ctx, "Anna", a.ID, a.Version, p.europe.ID))
	if got := opening(p.page(t, "/world/europe/")); got[0] != "Story 3." {
		t.Errorf("the section opens with %v", got)
	}
	must(t, p.RestoreFront(ctx, "Anna", p.europe.ID, 2, 0))
	lacks(t, p.page(t, "/world/europe/"), `class="wide opening"`)
}

func TestTheLayoutThatThePaperHasChosenIsTheOneShown(t *testing.T) {
	p, _ := fronted(t, 20)
	lacks(t, p.page(t, "/"), "layout-")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.FrontLayout = "river"; return nil }))
	holds(t, p.page(t, "/"), `class="front layout-river"`)
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.FrontLayout = "of another theme"; return nil }))
	lacks(t, p.page(t, "/"), "layout-")
}

func TestAnArrangementIsLookedAtBeforeItIsSaved(t *testing.T) {
	p, all := fronted(t, 40)
	ctx := t.Context()
	hidden := p.story(t, "Story 99.", 3, four, nil)
	must(t, p.Withdraw(ctx, "Anna", hidden.ID, 2))
	var a news.Arrangement
	a.ByHand = true
	a.Put("lead", 0, news.Pin{Article: hidden.ID})
	a.Put("lead", 1, news.Pin{Article: all[1].ID})
	before := p.page(t, "/")
	for section, path := range map[news.SectionID]string{0: "/", p.europe.ID: "/world/europe/"} {
		token, err := p.PreviewFront(ctx, 1, section, a)
		must(t, err)
		resp := p.ask(t, "/preview/"+token, nil)
		html := text(t, resp)
		if got := opening(html); len(got) == 0 || got[0] != "Story 1." || strings.Contains(html, "Story 99.") {
			t.Errorf("the preview of %s opens with %v", path, got)
		}
		holds(t, html, `content="noindex, nofollow"`, `class="preview-note"`)
		lacks(t, html, "canonical", "ld+json")
		if resp.Header.Get("Cache-Control") != "no-store" || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
			t.Errorf("the preview's headers are %v", resp.Header)
		}
		// A newer one takes its place.
		again, err := p.PreviewFront(ctx, 1, section, news.Arrangement{})
		must(t, err)
		if got := p.ask(t, "/preview/"+token, nil).StatusCode; got != 404 {
			t.Errorf("the older preview answers %d", got)
		}
		p.now = p.now.Add(2 * time.Hour)
		if got := p.ask(t, "/preview/"+again, nil).StatusCode; got != 404 {
			t.Errorf("the preview answers %d when its time is over", got)
		}
		if n, err := p.EndPreviews(ctx); n != 1 || err != nil {
			t.Errorf("%d previews are cleared away, %v", n, err)
		}
	}
	if p.page(t, "/") != before {
		t.Error("the front page has changed")
	}
}
