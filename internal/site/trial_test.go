package site_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// standing publishes a standing page.
func (p *paper) standing(t *testing.T, headline string) *news.Article {
	t.Helper()
	a := &news.Article{Kind: news.StandingPage, Headline: headline, Language: "en", Comments: news.CommentsClosed}
	must(t, p.Create(t.Context(), "Anna", a))
	must(t, p.Publish(t.Context(), "Anna", a.ID, a.Version))
	return p.again(t, a)
}

func TestSettingsThatNobodyHasSavedAreLookedAtBySecretLinkOnly(t *testing.T) {
	p := sqlite(t, setup{})
	p.story(t, "Harbour vote", 10, "<p>One.</p>", nil)
	s, err := p.Settings(t.Context())
	must(t, err)
	s.Title, s.Tagline, s.Accent, s.Language, s.Maintenance = "The <b>Lantern</b>", "By the sea", "#1d4f91", "de", true
	token, err := p.MakePaperPreview(t.Context(), &s, []news.Menu{{Name: news.MainMenu, Items: []news.MenuItem{{Label: "Tried <i>out</i>", URL: "/tried/"}}}})
	must(t, err)
	path := "/preview/" + token
	resp := p.ask(t, path, nil)
	h := resp.Header
	if resp.StatusCode != http.StatusOK || h.Get("Cache-Control") != "no-store" || h.Get("X-Robots-Tag") != "noindex, nofollow" || !strings.HasSuffix(h.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
		t.Errorf("%s with %v", resp.Status, h)
	}
	html := text(t, resp)
	holds(t, html, `<html lang="de"`, `content="noindex, nofollow"`, "/assets/look.", "noch nicht gespeicherter Einstellungen",
		"The &lt;b&gt;Lantern&lt;/b&gt;", "By the sea", "Tried &lt;i&gt;out&lt;/i&gt;", "Harbour vote")
	lacks(t, html, "<b>Lantern", `rel="canonical"`, "application/ld+json", token)
	lacks(t, p.page(t, "/"), "Lantern", "Tried", "/assets/look.")

	// Another process has shown it: this one has not made its look yet.
	look := regexp.MustCompile(`/assets/look\.[0-9a-f]+\.css`).FindString(html)
	p.setTheme(t, with(showsLook))
	p.setTheme(t, with(showsLook))
	if css := text(t, p.ask(t, look, nil)); !strings.Contains(css, "#1d4f91") {
		t.Errorf("%s is answered with %s", look, css)
	}

	p.now = p.now.Add(time.Hour)
	if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("after its end: %s", resp.Status)
	}
	if _, err := p.EndPreviews(t.Context()); err != nil {
		t.Fatal(err)
	}
	if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("after it was cleared away: %s", resp.Status)
	}
}

func TestPoliciesProfilesAndThePictureForElsewhereAreOnEveryPage(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "Harbour vote", 10, "<p>One.</p>", nil)
	privacy, rules, imprint := p.standing(t, "Privacy"), p.standing(t, "House rules"), p.standing(t, "Imprint")
	pic := p.picture(t, "elsewhere.png")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
		s.PrivacyPage, s.CommentRulesPage, s.ImprintPage, s.SocialPicture, s.TwitterSite = privacy.ID, rules.ID, imprint.ID, pic.ID, "@lantern"
		s.Social = []string{"https://www.social.example/@lantern"}
		return nil
	}))
	front := p.page(t, "/")
	holds(t, front, `property="og:image"`, `<meta name="twitter:site" content="@lantern">`, `"sameAs":["https://www.social.example/@lantern"]`,
		`<a href="/privacy/">Privacy</a>`, `<a href="/house-rules/">House rules</a>`, `<a href="https://www.social.example/@lantern" rel="me" dir="ltr">social.example</a>`)
	holds(t, p.page(t, a.Path), `Please keep to: <a href="/house-rules/">House rules</a>`)

	// What the menu leads to is not said twice, and what is withdrawn not at all.
	m := news.Menu{Name: news.FooterMenu, Items: []news.MenuItem{{Target: news.Target{Noun: news.ArticleNoun, ID: int64(imprint.ID)}}}}
	must(t, p.ChangeMenu(t.Context(), "Anna", m))
	must(t, p.Withdraw(t.Context(), "Anna", rules.ID, rules.Version))
	front = p.page(t, "/")
	if n := strings.Count(front, `href="/imprint/"`); n != 1 {
		t.Errorf("the imprint is named %d times", n)
	}
	lacks(t, front+p.page(t, a.Path), "House rules")
}

func TestStandingPagesBelowOneStandInTheirOrder(t *testing.T) {
	p := sqlite(t, setup{})
	about := p.standing(t, "About")
	var ids []news.ArticleID
	for _, name := range []string{"One", "Two", "Zero"} {
		a := &news.Article{Kind: news.StandingPage, Headline: name, Language: "en", Comments: news.CommentsClosed, Parent: about.ID}
		must(t, p.Create(t.Context(), "Anna", a))
		must(t, p.Publish(t.Context(), "Anna", a.ID, a.Version))
		ids = append(ids, a.ID)
	}
	order := func() string {
		html := p.page(t, about.Path)
		names := []string{"One", "Two", "Zero"}
		at := func(name string) int { return strings.Index(html, ">"+name+"<") }
		for i := range names {
			for j := i + 1; j < len(names); j++ {
				if at(names[j]) < at(names[i]) {
					names[i], names[j] = names[j], names[i]
				}
			}
		}
		return strings.Join(names, " ")
	}
	if got := order(); got != "One Two Zero" {
		t.Errorf("without an order: %s", got)
	}
	must(t, p.OrderPages(t.Context(), "Anna", about.ID, []news.ArticleID{ids[2], ids[0], ids[1]}))
	if got := order(); got != "Zero One Two" {
		t.Errorf("in order: %s", got)
	}
}
