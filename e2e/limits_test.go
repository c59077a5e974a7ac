//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/app"
	"broadsheet/internal/news"
)

// An editor of World sees nothing of Sport, at no address, and is told so.
func TestASectionEditorsLimits(t *testing.T) {
	var inside, outside news.ArticleID
	session := ""
	data := paperOf(t, func(a *app.App) {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for id, name := range map[news.SectionID]string{1: "Vote inside", 2: "Match outside"} {
			s := &news.Article{Kind: news.Story, Headline: name, Language: "en", Comments: news.CommentsModerated, Section: id, Sections: []news.SectionID{id},
				Body: []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Words."}]}]}`)}
			must(a.Desk.Create(t.Context(), "test", s))
			if id == 1 {
				inside = s.ID
			} else {
				outside = s.ID
			}
		}
		s := &news.Staff{Name: "Wanda World", Email: "wanda@paper.example", Grants: []news.Grant{{Role: news.Editor, Section: 1}}}
		_, err := a.Desk.AddStaff(t.Context(), "test", s)
		must(err)
		session, err = a.Desk.SignIn(t.Context(), s.ID, "password", "a browser", "127.0.0.1")
		must(err)
	})
	s := start(t, data, "serve")
	b := newBrowser(t)
	b.carry(s, session)
	b.open(s.newsroom() + "/newsroom/articles/")
	if said := b.text("main"); !strings.Contains(said, "Vote inside") || strings.Contains(said, "Match outside") {
		t.Errorf("the list is %s", said)
	}
	menu := b.text(".places")
	for _, word := range []string{"Accounts", "Log", "Comments"} {
		if strings.Contains(menu, word) {
			t.Errorf("the menu offers %s: %s", word, menu)
		}
	}
	for _, part := range []string{"", "/revisions/", "/history/", "/corrections/", "/withdraw"} {
		b.open(fmt.Sprintf("%s/newsroom/articles/%d%s", s.newsroom(), outside, part))
		if said := b.text("main"); !strings.Contains(said, "This is not for you") || strings.Contains(said, "Match") {
			t.Errorf("at %s of another section it says %s", part, said)
		}
	}
	b.judge("not-for-you")

	// Her own she may publish.
	b.open(fmt.Sprintf("%s/newsroom/articles/%d", s.newsroom(), inside))
	b.ready()
	b.write(`[name="byline_name"]`, "Wanda World")
	b.write("#standfirst", "Tonight.")
	b.follow(`button[value="publish"]`)
	b.said("It is published.")
}

// On a telephone: written, saved and published by touch, with nothing beside the
// window and the buttons always in reach.
func TestAnArticleIsWrittenOnATelephone(t *testing.T) {
	s := start(t, paperOf(t, nil), "serve")
	b := newBrowser(t)
	b.look(390, true)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "chief"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/articles/")
	b.follow(`main a[href="/newsroom/articles/new"]`)
	b.write("#headline", "Harbour vote")
	b.pick("#section", "World")
	b.follow("main form button:not([value])")
	b.ready()
	if hidden := evaluate[string](b, `["save", "publish"].filter((v) => { const r = document.querySelector('button[value="' + v + '"]').getBoundingClientRect(); return r.bottom > innerHeight || r.right > innerWidth || r.height < 40; }).join()`); hidden != "" {
		t.Errorf("out of reach, or too small for a finger: %s", hidden)
	}
	b.write("#standfirst", "The council votes tonight.")
	evaluate[bool](b, `document.querySelector("[data-editor]").editor.view.focus() === undefined`)
	b.keys("The boats are out.")
	b.kept()
	b.write(`[name="byline_name"]`, "Ida Holm")
	if outside := evaluate[string](b, outsideScript); outside != "" {
		t.Errorf("outside of the window: %s", outside)
	}
	b.follow(`button[value="publish"]`)
	b.said("It is published.")
}
