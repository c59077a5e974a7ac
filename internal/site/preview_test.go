package site_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

func TestAPreviewShowsADraftAsReadersWouldSeeIt(t *testing.T) {
	p := sqlite(t, setup{})
	public := p.story(t, "Public story", 8, four, nil)
	hidden := &news.Article{Kind: news.Story, Headline: "Another draft", Language: "en", Comments: news.CommentsModerated}
	must(t, p.Create(t.Context(), "Anna", hidden))
	doc, _ := richtext.FromHTML(four)
	for _, id := range []news.ArticleID{public.ID, hidden.ID} {
		doc.Blocks = append(doc.Blocks, &richtext.Node{Type: richtext.Related, Attrs: &richtext.Attrs{Article: int64(id)}})
	}
	draft := &news.Article{Kind: news.Story, Headline: "Draft of the vote", Standfirst: "Not out yet.", Language: "en", Body: doc.Encode(), Comments: news.CommentsModerated,
		Section: p.world.ID, Sections: []news.SectionID{p.world.ID}, Byline: []news.Credit{{Person: p.anna.ID}}}
	must(t, p.Create(t.Context(), "Anna", draft))
	until := p.now.Add(24 * time.Hour)
	token, err := p.MakePreview(t.Context(), "Anna", draft.ID, 7, until)
	must(t, err)
	path := "/preview/" + token

	resp := p.ask(t, path, nil)
	h := resp.Header
	if resp.StatusCode != http.StatusOK || h.Get("Cache-Control") != "no-store" || h.Get("X-Robots-Tag") != "noindex, nofollow" || h.Get("Etag") != "" ||
		h.Get("Referrer-Policy") != "no-referrer" || !strings.HasSuffix(h.Get("Content-Security-Policy"), "frame-ancestors 'self'") || h.Get("Set-Cookie") != "" {
		t.Errorf("%s with %v", resp.Status, h)
	}
	html := text(t, resp)
	holds(t, html, `<meta name="robots" content="noindex, nofollow">`, "This is a preview, not a published page.", "Draft of the vote", "Not out yet.", "Anna Bell", "One.", "Public story")
	lacks(t, html, "Another draft", `rel="canonical"`, "application/ld+json", `method="post"`, token)

	// What its writer has typed since, and the article again when that was dropped.
	c := &news.WorkingCopy{Staff: 7, Article: draft.ID, BasedOn: 1, Counter: 1, Fields: *draft}
	c.Fields.Headline, c.Fields.State = "Typed headline", news.Published
	must(t, p.KeepWorkingCopy(t.Context(), c))
	holds(t, p.page(t, path), "Typed headline")
	for _, other := range []string{"/", "/feed/", "/world/", "/search/?q=draft"} {
		lacks(t, text(t, p.ask(t, other, nil)), "Typed headline", "Draft of the vote", token)
	}
	must(t, p.DropWorkingCopy(t.Context(), 7, draft.ID, 0))
	holds(t, p.page(t, path), "Draft of the vote")

	// It goes on while the paper is worked on, and says so when the draft is out.
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.Maintenance = true; return nil }))
	holds(t, p.page(t, path), "Draft of the vote")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.Maintenance = false; return nil }))
	must(t, p.Trash(t.Context(), "Anna", draft.ID, 1))
	if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("of what is in the trash: %s", resp.Status)
	}
	must(t, p.Restore(t.Context(), "Anna", draft.ID, 2))

	p.now = until.Add(-time.Second)
	if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusOK {
		t.Errorf("before its end: %s", resp.Status)
	}
	p.now = until
	ended, unknown := p.ask(t, path, nil), p.ask(t, "/preview/nothing", nil)
	if one, other := text(t, ended), text(t, unknown); ended.StatusCode != http.StatusNotFound || unknown.StatusCode != http.StatusNotFound || one != other {
		t.Errorf("after its end %s, unknown %s:\n%s\n%s", ended.Status, unknown.Status, one, other)
	}
}

func TestAPreviewOfAStandingPageHasItsOwnTemplate(t *testing.T) {
	p := sqlite(t, setup{})
	a := &news.Article{Kind: news.StandingPage, Headline: "Imprint", Language: "ar", Comments: news.CommentsClosed}
	must(t, p.Create(t.Context(), "Anna", a))
	token, err := p.MakePreview(t.Context(), "Anna", a.ID, 0, p.now.Add(time.Hour))
	must(t, err)
	holds(t, p.page(t, "/preview/"+token), "This is a preview", `class="story is-page"`, "Imprint")
}
