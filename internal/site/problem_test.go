package site_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

func TestInMaintenanceReadersGetOnePageAndNothingElse(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	logo := p.photo(t)
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.Maintenance, s.Logo = true, logo.ID; return nil }))
	for _, path := range []string{"/", a.Path, "/feed/", "/search/?q=story", "/nowhere/"} {
		resp := p.ask(t, path, nil)
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s answers %s, %v", path, resp.Status, resp.Header)
		}
		html := text(t, resp)
		holds(t, html, `content="noindex"`, "<h1>We are at work on the site</h1>")
		lacks(t, html, "A story")
	}
	if got := p.ask(t, p.size(t, logo, "logo", 500), nil).StatusCode; got != 200 {
		t.Errorf("the logo on that page is answered %d", got)
	}
	sent := url.Values{"name": {"Ida"}, "email": {"ida@post.example"}, "text": {"Words"}}
	if got := p.ask(t, a.Path, sent).StatusCode; got != 503 {
		t.Errorf("a comment is answered %d", got)
	}
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.Maintenance = false; return nil }))
	holds(t, p.page(t, a.Path), "A story")
}

func TestWhoIsRefusedForNowGetsAPageThatIsKept(t *testing.T) {
	p := sqlite(t, setup{})
	refuse := func(id string) string {
		t.Helper()
		w := httptest.NewRecorder()
		must(t, p.Problem(w, httptest.NewRequest(http.MethodGet, "https://paper.example/", nil), web.Problem{Status: 503, Words: "too many at once", ID: id}))
		resp := w.Result()
		if resp.StatusCode != 503 || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s, %v", resp.Status, resp.Header)
		}
		return text(t, resp)
	}
	first := refuse("one")
	holds(t, first, `content="noindex"`)
	kept := p.Kept().Pieces
	if again := refuse("two"); again != first || p.Kept().Pieces != kept || kept == 0 {
		t.Errorf("a second one gets another page, with %d pieces kept and then %d", kept, p.Kept().Pieces)
	}
}
