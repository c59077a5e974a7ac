package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

func (p *paper) correct(t *testing.T, a *news.Article, text string) {
	t.Helper()
	p.now = p.now.Add(time.Minute)
	must(t, p.Correct(t.Context(), "Anna", &news.Correction{Article: a.ID, Text: text}))
}

func TestAllCorrectionsStandInOneList(t *testing.T) {
	p := sqlite(t, setup{})
	holds(t, p.page(t, "/corrections/"), `<link rel="canonical" href="https://paper.example/corrections/">`, "Nothing has been corrected so far.")
	holds(t, p.page(t, "/"), `<a href="/corrections/">Corrections</a>`)
	one, two := p.story(t, "Harbour vote", 8, four, nil), p.story(t, "Abstimmung", 9, four, func(a *news.Article) { a.Language = "de" })
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.ListLength = 3; return nil }))
	for i := range 7 {
		p.correct(t, one, fmt.Sprintf("Correction %d.\n\nIt was <b>%d</b>.", i, i))
	}
	p.correct(t, two, "Es waren acht.")
	first := p.page(t, "/corrections/")
	holds(t, first, `lang="de"`, `href="`+two.Path+`#corrections"`, "Es waren acht.", "Correction 6.", "<p>It was &lt;b&gt;6&lt;/b&gt;.</p>", "Correction 5.", `rel="next"`)
	lacks(t, first, "Correction 4.")
	next := furtherPage.FindStringSubmatch(first)[1]
	second := p.page(t, next)
	holds(t, second, "Correction 4.", "Correction 3.", "Correction 2.", "Newest corrections")
	lacks(t, second, "Correction 5.", "Correction 1.")
	for _, path := range []string{"/corrections/?before=nonsense", "/corrections/?before=1-1", "/all-corrections/", "/corrections/more/"} {
		if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s", path, resp.Status)
		}
	}
	holds(t, p.page(t, one.Path), `id="corrections"`, "Correction 6.", `<a href="/corrections/">All corrections</a>`)

	must(t, p.AmendCorrection(t.Context(), "Anna", 7, 1, "Correction 6, put right."))
	must(t, p.RemoveCorrection(t.Context(), "Anna", 6, 1))
	for _, path := range []string{"/corrections/", one.Path} {
		html := p.page(t, path)
		holds(t, html, "amended on", "Correction 6, put right.")
		if path == one.Path {
			holds(t, html, "Correction 4.", "amended on")
		}
		lacks(t, html, "Correction 5.", "It was &lt;b&gt;6")
	}
	must(t, p.Withdraw(t.Context(), "Anna", one.ID, one.Version))
	gone := p.page(t, "/corrections/")
	lacks(t, gone, "Correction 6", "Harbour vote")
	must(t, p.Restore(t.Context(), "Anna", one.ID, one.Version+1))
	must(t, p.Publish(t.Context(), "Anna", one.ID, one.Version+2))
	holds(t, p.page(t, "/corrections/"), "Correction 6, put right.", "Harbour vote")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.Language = "ar"; return nil }))
	holds(t, p.page(t, "/corrections/"), `dir="rtl"`, "تصويبات", "كل ما ورد خطأً")
}

// A paper that came here with something at /corrections/ keeps that, and the list
// stands elsewhere; nothing new gets the list's address.
func TestAnOldAddressOfCorrectionsStays(t *testing.T) {
	p := sqlite(t, setup{})
	source, err := p.ImportSource(t.Context(), "wordpress", "https://old.example")
	must(t, err)
	doc, _ := richtext.FromHTML("<p>We correct what was wrong.</p>")
	old := func(id, path string) {
		_, err := p.Desk.ImportArticles(t.Context(), source, []desk.ImportItem{{OldID: id, Hash: id, Article: news.Article{Kind: news.StandingPage, State: news.Published, Language: "en",
			Headline: "Our own page", Slug: "corrections", Path: path, Body: doc.Encode(), Comments: news.CommentsClosed, Published: p.now}}})
		must(t, err)
	}
	a := p.story(t, "Harbour vote", 8, four, nil)
	p.correct(t, a, "It was seven.")
	fresh := &news.Article{Kind: news.StandingPage, Headline: "Corrections", Language: "en", Body: doc.Encode(), Comments: news.CommentsClosed}
	must(t, p.Create(t.Context(), "Anna", fresh))
	must(t, p.Publish(t.Context(), "Anna", fresh.ID, 1))
	if got := p.again(t, fresh); got.Path != "/corrections-2/" {
		t.Errorf("a new page stands at %s", got.Path)
	}
	holds(t, p.page(t, "/corrections/"), "It was seven.")
	old("1", "/corrections/")
	holds(t, p.page(t, "/corrections/"), "We correct what was wrong.")
	holds(t, p.page(t, "/all-corrections/"), `href="https://paper.example/all-corrections/"`, "It was seven.")
	holds(t, p.page(t, a.Path), `<a href="/all-corrections/">All corrections</a>`)
	holds(t, p.page(t, "/"), `<a href="/all-corrections/">Corrections</a>`)
	old("2", "/all-corrections/")
	for _, path := range []string{"/", a.Path} {
		lacks(t, p.page(t, path), `corrections/"`)
	}
}

func TestWhatWasWithdrawnSaysWhy(t *testing.T) {
	p := sqlite(t, setup{})
	a, b := p.story(t, "Harbour vote", 8, four, nil), p.story(t, "Market", 9, four, nil)
	w := news.Withdrawal{Reason: "It names <i>somebody</i>.\n\nWe are sorry.", Note: "A lawyer's letter."}
	must(t, p.WithdrawFor(t.Context(), "Anna", a.ID, a.Version, w))
	must(t, p.Withdraw(t.Context(), "Anna", b.ID, b.Version))
	for path, want := range map[string][]string{a.Path: {"This article was withdrawn", "It names &lt;i&gt;somebody&lt;/i&gt;.", "We are sorry."}, b.Path: {"This article was withdrawn"}} {
		resp := p.ask(t, path, nil)
		html := text(t, resp)
		if resp.StatusCode != http.StatusGone || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s answers %s, %v", path, resp.Status, resp.Header)
		}
		holds(t, html, want...)
		holds(t, html, `<meta name="robots" content="noindex">`)
		lacks(t, html, "lawyer", "Harbour vote", "Market</h1>")
		if reason := strings.Contains(html, `class="reason"`); reason != (path == a.Path) {
			t.Errorf("%s gives a reason: %v", path, reason)
		}
	}
	must(t, p.Restore(t.Context(), "Anna", a.ID, a.Version+1))
	if resp := p.ask(t, a.Path, nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("of a draft: %s", resp.Status)
	}
	must(t, p.Publish(t.Context(), "Anna", a.ID, a.Version+2))
	holds(t, p.page(t, a.Path), "Harbour vote")
}

// A change that waits is in no page, but in a preview of its own.
func TestAPreviewShowsAnArticleWithAChangeThatWaits(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "Harbour vote", 8, four, nil)
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: *a, Due: p.now.Add(time.Hour)}
	c.Fields.Headline = "The vote is over"
	must(t, p.ScheduleChange(t.Context(), "Anna", c))
	live := p.again(t, a)
	live.Standfirst = "Put right meanwhile."
	must(t, p.Save(t.Context(), "Anna", live))
	token, err := p.PreviewChange(t.Context(), "Anna", c.ID, p.now.Add(time.Hour))
	must(t, err)
	holds(t, p.page(t, "/preview/"+token), "The vote is over", "Put right meanwhile.")
	for _, path := range []string{"/", "/feed/", "/world/", "/search/?q=over", a.Path, "/corrections/"} {
		lacks(t, text(t, p.ask(t, path, nil)), "The vote is over")
	}
	must(t, p.CancelChange(t.Context(), "Anna", c.ID, 1))
	if resp := p.ask(t, "/preview/"+token, nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("of what was thrown away: %s", resp.Status)
	}
}
