package site_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

func form(pairs ...string) url.Values {
	f := url.Values{"name": {"Ida"}, "email": {"ida@mail.example"}, "text": {"I was there."}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func TestAWrongCommentComesBackAsItWasTyped(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	for _, c := range []struct {
		name string
		form url.Values
		says []string // beside which fields
	}{
		{"nothing typed", form("name", "", "email", "", "text", ""), []string{"name", "email", "text"}},
		{"spaces only", form("name", "  ", "text", " \n "), []string{"name", "text"}},
		{"no address", form("email", "ida"), []string{"email"}},
		{"an address with a name", form("email", "Ida <ida@mail.example>"), []string{"email"}},
		{"too long a name", form("name", strings.Repeat("ä", 81)), []string{"name"}},
		{"too long a text", form("text", strings.Repeat("ä", 5001)), []string{"text"}},
		{"an answer to nothing", form("reply", "987"), []string{"text"}},
		{"markup", form("name", `"><script>alert(1)</script>`, "text", "</textarea><b>x</b>", "email", ""), []string{"email"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp := p.ask(t, a.Path, c.form)
			html := text(t, resp)
			if resp.StatusCode != http.StatusUnprocessableEntity || resp.Header.Get("Cache-Control") != "no-store" {
				t.Fatalf("answered %s, kept %s", resp.Status, resp.Header.Get("Cache-Control"))
			}
			for _, field := range []string{"name", "email", "text"} {
				if says := strings.Contains(html, `id="error-`+field+`"`); says != strings.Contains(strings.Join(c.says, " "), field) {
					t.Errorf("a message beside %s: %v", field, says)
				}
			}
			typed := regexp.MustCompile(`(?s)<textarea[^>]*>(.*?)</textarea>`).FindStringSubmatch(html)
			if typed == nil || unescape(typed[1]) != c.form.Get("text") {
				t.Errorf("the text has become %q", typed)
			}
			value := regexp.MustCompile(`name="name" value="([^"]*)"`).FindStringSubmatch(html)
			if value == nil || unescape(value[1]) != c.form.Get("name") {
				t.Errorf("the name has become %q", value)
			}
			lacks(t, html, "<script>alert", "<b>x</b>")
		})
	}
	if held, _ := p.CommentsIn(t.Context(), news.Held, 0, 10); len(held) != 0 {
		t.Errorf("%d of them were stored", len(held))
	}
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&amp;", "&", "&#43;", "+").Replace(s)
}

func TestARightCommentWaitsForApproval(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	for range 2 { // a double click
		resp := p.ask(t, a.Path, form())
		if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || at != a.Path+"?comment=held#reply" {
			t.Fatalf("answered %s to %s", resp.Status, at)
		}
	}
	held, err := p.CommentsIn(t.Context(), news.Held, 0, 10)
	must(t, err)
	if len(held) != 1 || held[0].Name != "Ida" || held[0].Address == "" {
		t.Fatalf("stored: %+v", held)
	}
	holds(t, p.page(t, a.Path+"?comment=held"), "waiting for an editor")
	lacks(t, p.page(t, a.Path), "I was there.", "waiting for an editor", "ida@mail.example")
	must(t, p.ApproveComment(t.Context(), "Anna", held[0].ID))
	html := p.page(t, a.Path)
	holds(t, html, "1 comment", "Ida", "I was there.")
	lacks(t, html, "ida@mail.example")
}

func TestAnOpenArticleShowsACommentAtOnce(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, func(a *news.Article) { a.Comments = news.CommentsOpen })
	lacks(t, p.page(t, a.Path), "I was there.") // kept now
	for range 2 {
		resp := p.ask(t, a.Path, form("text", "I was there. <script>alert(1)</script>"))
		if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || at != a.Path+"?comment=shown#reply" {
			t.Fatalf("answered %s to %s", resp.Status, at)
		}
	}
	holds(t, p.page(t, a.Path+"?comment=shown"), "I was there.", "Your comment is published.")
	html := p.page(t, a.Path)
	holds(t, html, "1 comment", "Ida", "I was there. &lt;script&gt;")
	lacks(t, html, "ida@mail.example", "Your comment is published.", "<script>alert")
	// What an editor takes away does not come back by sending it again.
	list, err := p.CommentsIn(t.Context(), news.Approved, 0, 10)
	must(t, err)
	must(t, p.RemoveComment(t.Context(), "Anna", list[0].ID))
	resp := p.ask(t, a.Path, form("text", "I was there. <script>alert(1)</script>"))
	if at := resp.Header.Get("Location"); at != a.Path+"?comment=held#reply" {
		t.Errorf("it leads to %s", at)
	}
	lacks(t, p.page(t, a.Path), "I was there.")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.CommentsOpen = false; return nil }))
	if resp := p.ask(t, a.Path, form("text", "More.")); resp.StatusCode != http.StatusForbidden {
		t.Errorf("the paper takes no comments, and this one: %s", resp.Status)
	}
}

func TestReplyIsALinkToTheForm(t *testing.T) {
	p := sqlite(t, setup{})
	a, other := p.story(t, "A story", 8, four, nil), p.story(t, "Another", 8, four, nil)
	first := p.comment(t, a, "Ida", "I was there.", 0)
	holds(t, p.page(t, a.Path), fmt.Sprintf(`href="%s?reply=%d#reply"`, a.Path, first))
	resp := p.ask(t, fmt.Sprintf("%s?reply=%d", a.Path, first), nil)
	holds(t, text(t, resp), "Ida</h2>", fmt.Sprintf(`name="reply" value="%d"`, first))
	if resp.Header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("robots are told %q", resp.Header.Get("X-Robots-Tag"))
	}
	lacks(t, p.page(t, fmt.Sprintf("%s?reply=%d", other.Path, first)), `name="reply"`)
	if resp := p.ask(t, other.Path, form("reply", fmt.Sprint(first))); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("an answer to another article's comment: %s", resp.Status)
	}
	if resp := p.ask(t, a.Path, form("reply", fmt.Sprint(first))); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("an answer: %s", resp.Status)
	}
	if held, _ := p.CommentsIn(t.Context(), news.Held, 0, 10); len(held) != 1 || held[0].Parent != first {
		t.Errorf("stored: %+v", held)
	}
}

func TestMachinesAndTheHastyAreKeptOut(t *testing.T) {
	p := sqlite(t, setup{comments: 2, proxies: "192.0.2.0/24"})
	a := p.story(t, "A story", 8, four, nil)
	if resp := p.ask(t, a.Path, form("url", "https://buy.example")); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("a machine is answered %s", resp.Status)
	}
	if held, _ := p.CommentsIn(t.Context(), news.Held, 0, 10); len(held) != 0 {
		t.Error("what a machine sent was stored")
	}
	for i, want := range []int{303, 303, 429} {
		resp := p.ask(t, a.Path, form("text", fmt.Sprint("Comment ", i)), "X-Forwarded-For", "203.0.113.9")
		if resp.StatusCode != want {
			t.Errorf("comment %d is answered %s", i, resp.Status)
		}
		if want == 429 {
			if resp.Header.Get("Retry-After") == "" {
				t.Error("nobody says when to try again")
			}
			holds(t, text(t, resp), "Comment 2</textarea>", `id="error-text"`)
		}
	}
	if resp := p.ask(t, a.Path, form("text", "From elsewhere"), "X-Forwarded-For", "198.51.100.7"); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("another reader behind the proxy is answered %s", resp.Status)
	}
	p.now = p.now.Add(2 * time.Minute)
	if resp := p.ask(t, a.Path, form("text", "Later"), "X-Forwarded-For", "203.0.113.9"); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("later the reader is answered %s", resp.Status)
	}
}

func TestNobodyIsBelievedAboutAnAddressButATrustedProxy(t *testing.T) {
	p := sqlite(t, setup{comments: 1})
	a := p.story(t, "A story", 8, four, nil)
	p.ask(t, a.Path, form("text", "One"), "X-Forwarded-For", "203.0.113.1")
	if resp := p.ask(t, a.Path, form("text", "Two"), "X-Forwarded-For", "203.0.113.2"); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("whoever claims another address each time is answered %s", resp.Status)
	}
}

func TestWhereNoCommentsAreTakenNoneAre(t *testing.T) {
	p := sqlite(t, setup{})
	closed := p.story(t, "Closed", 8, four, func(a *news.Article) { a.Comments = news.CommentsClosed })
	lacks(t, p.page(t, closed.Path), "<form method=\"post\"")
	for path, want := range map[string]int{closed.Path: http.StatusForbidden, "/world/": http.StatusNotFound, "/nowhere/": http.StatusNotFound, "/": http.StatusNotFound} {
		if resp := p.ask(t, path, form()); resp.StatusCode != want {
			t.Errorf("a comment on %s is answered %s", path, resp.Status)
		}
	}
	if resp := p.ask(t, closed.Path, url.Values{"text": {strings.Repeat("x", 1<<17)}}); resp.StatusCode < 400 || resp.StatusCode > 422 {
		t.Errorf("a form of 128 kB is answered %s", resp.Status)
	}
}

func TestCommentsAreThreadedAndInPagesBeyondAHundred(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	var first news.CommentID
	for i := range 130 {
		id := p.comment(t, a, fmt.Sprint("Reader ", i), fmt.Sprintf("Comment number %d.", i), 0)
		if i == 0 {
			first = id
		}
	}
	p.comment(t, a, "Late", "An answer to the first.", first)
	html := p.page(t, a.Path)
	holds(t, html, "131 comments", "Comment number 0.", "An answer to the first.", "Comment number 98.", a.Path+"?comments=2#comments")
	lacks(t, html, "Comment number 99.")
	html = p.page(t, a.Path+"?comments=2")
	holds(t, html, "Comment number 99.", "Comment number 129.")
	lacks(t, html, "Comment number 98.")
	if resp := p.ask(t, a.Path+"comment-page-2/", nil); resp.StatusCode != http.StatusMovedPermanently || !strings.HasPrefix(resp.Header.Get("Location"), a.Path) {
		t.Errorf("WordPress's address of a page of comments leads to %s", resp.Header.Get("Location"))
	}
}

func TestACommentIsTextAndNothingElse(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	p.comment(t, a, `<img src=x onerror=alert(1)>`, "<script>alert(2)</script> {{.}} <!--piece:x-->\n\nשלום and مرحبا", 0)
	html := p.page(t, a.Path)
	lacks(t, html, "<script>alert", "<img src=x", "<!--piece")
	holds(t, html, "&lt;img src=x", "&lt;script&gt;", "{{.}}", `<p dir="auto">שלום`)
}

// FuzzAnythingIsAnswered sends what strangers may send to any address.
func FuzzAnythingIsAnswered(f *testing.F) {
	p := sqlite(f, setup{})
	a := p.story(f, "A story", 8, four, nil)
	for _, path := range []string{"/", a.Path, "/?p=1", "/world/?before=1-2", "/2026/07/?before=x", "/search/?q=%22tide&before=9", "/feed/", "/%ff/", "/a/page/2/", "/assets/paper.css", a.Path + "?comments=99999999999&reply=-1"} {
		f.Add(path, "name=Ida&email=ida%40mail.example&text=x&reply=1", false)
		f.Add(path, "text=%ff%00&name=%e2%80%ae", true)
	}
	f.Fuzz(func(t *testing.T, path, body string, post bool) {
		u, err := url.Parse("https://paper.example" + path)
		if err != nil || u.Host != "paper.example" || strings.ContainsAny(path, "\x00 \t\r\n") || !strings.HasPrefix(path, "/") {
			t.Skip()
		}
		var fields url.Values
		if post {
			fields, _ = url.ParseQuery(body)
			if fields == nil {
				fields = url.Values{}
			}
		}
		if resp := p.ask(t, u.RequestURI(), fields); resp.StatusCode >= 500 {
			t.Errorf("%s answers %s", path, resp.Status)
		}
	})
}
