//go:build e2e

package e2e

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestAnEmptyCommentIsAnsweredBesideEachField(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	a := s.post(t, nightTram, url.Values{})
	if a.status != 422 {
		t.Errorf("it is answered with %d", a.status)
	}
	page := parse(t, a.body)
	for field, want := range map[string]string{"text": "Please write a comment.", "name": "Please give your name.", "email": "Please give your email address."} {
		box, message := byID(page, "field-"+field), byID(page, "error-"+field)
		if box == nil || message == nil || words(message) != want {
			t.Errorf("beside %s stands no %q", field, want)
			continue
		}
		if attribute(box, "aria-invalid") != "true" || attribute(box, "aria-describedby") != "error-"+field {
			t.Errorf("the field %s is not tied to its message: %v", field, box.Attr)
		}
	}
	if !strings.Contains(words(page), "ground and oiled before the first night") {
		t.Error("the article is not on the page of the answer")
	}
}

func TestWhatWasTypedIsKeptAsItWas(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	typed := url.Values{"text": {"“Five” < six & <b>seven</b>\n\nمرحبا"}, "name": {`Ida "the oil can" <Tench>`}, "email": {"nobody at home"}}
	page := parse(t, s.post(t, nightTram, typed).body)
	if got := byID(page, "field-text"); got == nil || text(got) != typed.Get("text") {
		t.Errorf("the comment comes back as %q", text(got))
	}
	for _, field := range []string{"name", "email"} {
		if got := attribute(byID(page, "field-"+field), "value"); got != typed.Get(field) {
			t.Errorf("the %s comes back as %q", field, got)
		}
	}
}

func TestADoublePostIsStoredOnceAndAMachinesNever(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	comment := url.Values{"text": {"The curve squeaks already."}, "name": {"Ida"}, "email": {"ida@post.example"}, "url": {""}}
	machine := url.Values{"text": {"Cheap watches"}, "name": {"Watch"}, "email": {"w@post.example"}, "url": {"https://watches.example/"}}
	for _, form := range []url.Values{comment, comment, machine} {
		if a := s.post(t, nightTram, form); a.status != 200 || a.at != nightTram+"?comment=held" {
			t.Errorf("a comment leads to %s (%d)", a.at, a.status)
		}
	}
	held := run(t, "comments", "list", "-data", s.data)
	if n := strings.Count(held, "The curve squeaks already."); n != 1 {
		t.Errorf("the comment that was posted twice waits %d times:\n%s", n, held)
	}
	if strings.Contains(held, "w@post.example") {
		t.Errorf("a machine's comment waits:\n%s", held)
	}
}

func TestARejectedCommentIsNeverShown(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	s.post(t, nightTram, url.Values{"text": {"Something rude."}, "name": {"Rudi"}, "email": {"rudi@post.example"}})
	line := regexp.MustCompile(`(?m)^(\d+).*Rudi`).FindStringSubmatch(run(t, "comments", "list", "-data", s.data))
	if line == nil {
		t.Fatal("the comment does not wait")
	}
	s.beside(t, "comments", "reject", line[1])
	if strings.Contains(s.get(t, nightTram).body, "Something rude.") {
		t.Error("it is shown after an editor has rejected it")
	}
	if !strings.Contains(run(t, "comments", "list", "-state", "rejected", "-data", s.data), "Something rude.") {
		t.Error("it is not among the rejected ones")
	}
}

// byID is the element with an id, nil where there is none.
func byID(page *html.Node, id string) *html.Node {
	for _, e := range elements(page, "") {
		if attribute(e, "id") == id {
			return e
		}
	}
	return nil
}

// text is the text below n as it stands.
func text(n *html.Node) string {
	var b strings.Builder
	for e := range n.Descendants() {
		if e.Type == html.TextNode {
			b.WriteString(e.Data)
		}
	}
	return b.String()
}
