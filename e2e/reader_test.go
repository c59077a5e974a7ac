//go:build e2e

package e2e

import (
	"regexp"
	"strings"
	"testing"
)

func TestAReaderCommentsWithoutScriptsAndAnEditorApproves(t *testing.T) {
	t.Parallel()
	s := demo(t)
	b := newBrowser(t)
	b.withoutScripts()
	path := linkTo(t, s, "night-ferry")
	b.open(s.url + path)
	if heading := b.text("#reply-title"); heading != "Leave a Reply" {
		t.Errorf("the form is headed %q", heading)
	}
	if hint := b.text("form[method=post] .hint"); hint != "Your email address will not be published. Required fields are marked *" {
		t.Errorf("the form says %q", hint)
	}

	b.write("#field-text", "I took that boat on Friday.")
	b.write("#field-email", "ida@mail.example")
	b.follow("form[method=post] button")
	if got := b.path(); got != path+"#reply" && got != path {
		t.Errorf("a wrong comment is answered at %s", got)
	}
	if message := b.text("#error-name"); !strings.Contains(strings.ToLower(message), "name") {
		t.Errorf("beside the name stands %q", message)
	}
	html := documentHTML(b)
	for _, typed := range []string{"I took that boat on Friday.", `value="ida@mail.example"`} {
		if !strings.Contains(html, typed) {
			t.Errorf("%q was typed and is lost", typed)
		}
	}

	b.write("#field-name", "Ida")
	b.follow("form[method=post] button")
	if got := b.path(); got != path+"?comment=held" {
		t.Errorf("a right comment leads to %s", got)
	}
	if notice := b.text("[role=status]"); !strings.Contains(notice, "approv") {
		t.Errorf("the reader is told %q", notice)
	}
	if strings.Contains(s.get(t, path).body, "I took that boat on Friday.") {
		t.Error("it is shown before anybody has approved it")
	}

	list := run(t, "comments", "list", "-data", s.data)
	line := regexp.MustCompile(`(?m)^\s*(\d+).*Ida`).FindStringSubmatch(list)
	if line == nil {
		t.Fatalf("the comments that wait are\n%s", list)
	}
	s.beside(t, "comments", "approve", line[1])
	b.open(s.url + path)
	if !strings.Contains(documentHTML(b), "I took that boat on Friday.") {
		t.Error("it is not shown after an editor has approved it")
	}
	b.follow("#comment-" + line[1] + " .answer a")
	if got := b.path(); got != path+"?reply="+line[1] {
		t.Errorf("Reply leads to %s", got)
	}
	if heading := b.text("#reply-title"); !strings.Contains(heading, "Ida") {
		t.Errorf("the form for the answer is headed %q", heading)
	}
	b.write("#field-text", "So did I.")
	b.write("#field-name", "Ole")
	b.write("#field-email", "ole@mail.example")
	b.follow("form[method=post] button")
	answer := regexp.MustCompile(`(?m)^\s*(\d+).*Ole`).FindStringSubmatch(run(t, "comments", "list", "-data", s.data))
	s.beside(t, "comments", "approve", answer[1])
	b.open(s.url + path)
	if threaded := b.text("#comment-" + line[1] + " #comment-" + answer[1]); !strings.Contains(threaded, "So did I.") {
		t.Errorf("below Ida's comment stands %q", threaded)
	}
}

func TestSlotsAreLabelledAndSetInTheirOwnLanguage(t *testing.T) {
	t.Parallel()
	s := demo(t)
	path := linkTo(t, s, "night-ferry")
	russian, english := false, false
	for range 60 { // one is drawn for each view
		html := s.get(t, path).body
		_, slot, ok := strings.Cut(html, `class="ad ad-leaderboard"`)
		if !ok {
			t.Fatal("the header has no ad")
		}
		slot = slot[:strings.Index(slot, "</aside>")]
		for _, want := range []string{`Advertisement</p>`, `rel="sponsored nofollow noopener"`} {
			if !strings.Contains(slot, want) {
				t.Fatalf("the ad lacks %s: %s", want, slot)
			}
		}
		if arabic := strings.Contains(slot, `lang="ar"`); arabic != strings.Contains(slot, `dir="rtl"`) || arabic == strings.Contains(slot, `dir="ltr"`) {
			t.Fatalf("the ad runs in the wrong direction: %s", slot)
		}
		russian = russian || strings.Contains(slot, `lang="ru"`) && strings.Contains(slot, "Чайная")
		english = english || strings.Contains(slot, `lang="en"`)
		_, body, _ := strings.Cut(html, `class="body`)
		before, _, ok := strings.Cut(body, `class="ad ad-in-article"`)
		if !ok {
			t.Fatal("the body has no ad")
		}
		if n := strings.Count(before, "</p>"); n != 2 {
			t.Fatalf("%d paragraphs stand before the ad in the body", n)
		}
	}
	if !russian || !english {
		t.Errorf("drawn in 60 views: Russian %v, English %v", russian, english)
	}
	if strings.Contains(s.get(t, linkTo(t, s, "water-main")).body, "ad-in-article") {
		t.Error("a body of a few lines has an ad in it")
	}
}
