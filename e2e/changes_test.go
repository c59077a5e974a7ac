//go:build e2e

package e2e

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
)

// live makes a paper with a published article in a folder of data, and returns its
// address.
func live(t *testing.T, data string) string {
	t.Helper()
	c := config.Default()
	c.Data = data
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	section := &news.Section{Name: "World"}
	if err := a.Desk.CreateSection(t.Context(), "test", section); err != nil {
		t.Fatal(err)
	}
	s := &news.Article{Kind: news.Story, Headline: "Harbour vote", Standfirst: "The council votes tonight.", Language: "en", Comments: news.CommentsModerated,
		Section: section.ID, Sections: []news.SectionID{section.ID},
		Body: []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The boats are out."}]},{"type":"paragraph","content":[{"type":"text","text":"The tide is in."}]}]}`)}
	if err := a.Desk.Create(t.Context(), "test", s); err != nil {
		t.Fatal(err)
	}
	if err := a.Desk.Publish(t.Context(), "test", s.ID, 1); err != nil {
		t.Fatal(err)
	}
	now, err := a.Store.Article(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now.Path
}

// said fails the test where the screen does not say all of this.
func (b *browser) said(words ...string) {
	b.t.Helper()
	text := b.text("main")
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.t.Fatalf("the screen does not say %q: %s", w, text)
		}
	}
}

// choose sets a field to a value as a person would.
func (b *browser) set(selector, value string) {
	b.t.Helper()
	b.do(chromedp.SetValue(chromedp.CSS(selector), value))
}

// The life of an article that is out: kept for later, changed at an hour, failed and
// mended, corrected, withdrawn with a reason and brought back.
func TestALiveArticleIsChangedCorrectedAndWithdrawn(t *testing.T) {
	data := t.TempDir()
	address := live(t, data)
	s := start(t, data, "serve")
	b, other := newBrowser(t), newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "chief"), "ida@paper.example")
	other.accept(s.invitation(t, "otto@paper.example", "Otto Brandt", "chief"), "otto@paper.example")
	form := s.newsroom() + "/newsroom/articles/1"
	reads := func(want string, not ...string) {
		t.Helper()
		page := s.get(t, address)
		if !strings.Contains(page.body, want) {
			t.Errorf("readers do not get %q", want)
		}
		for _, n := range not {
			if strings.Contains(page.body, n) {
				t.Errorf("readers get %q", n)
			}
		}
	}

	// Enter keeps the text for later, and nobody reads it.
	b.open(form)
	b.judge("live")
	b.rewrite("#kicker", "Port\r")
	b.until(`location.search.includes("kept_later") && document.readyState === "complete"`)
	b.said("Saved. Readers don’t see it yet.", "You see what Ida Holm saved for later", "Waiting for this article")
	b.judge("live-kept")
	reads("Harbour vote", "Port")

	// A colleague looks at it, goes on with it and has it published at an hour.
	other.open(form)
	other.said("Saved for later", "by Ida Holm")
	other.follow(".waiting a[href*='/changes/']")
	other.said("What it changes now", "Port")
	other.judge("change")
	other.follow("main .button")
	other.rewrite("#headline", "The vote is over")
	soon := time.Now().Add(2 * time.Hour).UTC().Format("2006-01-02T15:04")
	other.press(".later > summary")
	other.set("[name=change_at]", soon)
	other.follow(`button[value="change_at"]`)
	other.said("Saved. It goes out at its hour.")
	other.judge("live-waiting")

	// Meanwhile another place is changed, which the change leaves alone.
	b.open(form)
	b.said("goes out")
	b.rewrite("#standfirst", "They vote until nine.")
	b.follow(`button[value="save"]`)
	b.said("The changes are published. Something else still waits")
	reads("They vote until nine.", "The vote is over")

	// And a second change for the same hour, of a place that is then changed, too.
	b.rewrite("#excerpt", "Ida’s excerpt.")
	b.press(".later > summary")
	b.set("[name=change_at]", soon)
	b.follow(`button[value="change_at"]`)
	b.open(form)
	b.rewrite("#excerpt", "Another excerpt.")
	b.follow(`button[value="save"]`)
	b.said("both have changed the same place")
	b.judge("live-clash")

	// Both are given an hour that is near. A second after it readers have what could
	// go in, without anything done.
	hour := time.Now().Add(8 * time.Second).Truncate(time.Second)
	for _, id := range []string{"1", "2"} {
		b.open(s.newsroom() + "/newsroom/changes/" + id)
		evaluate[bool](b, `(document.getElementById("change_at").step = 1) === 1`)
		b.set("#change_at", hour.UTC().Format("2006-01-02T15:04:05"))
		b.follow(`button[value="hour"]`)
		b.said("The hour is changed.")
	}
	time.Sleep(time.Until(hour.Add(time.Second)))
	reads("The vote is over")
	reads("They vote until nine.")
	reads("Port")
	b.open(s.newsroom() + "/newsroom/changes/")
	b.said("Could not be published", "Ida’s excerpt.", "Another excerpt.")
	b.judge("changes")
	b.follow(".changes .acts a[href*='?change=']")
	if got := evaluate[string](b, `document.getElementById("excerpt").value`); got != "Ida’s excerpt." {
		t.Errorf("the form has %q", got)
	}
	b.follow(`button[value="update"]`)
	b.said("Two people have changed this")
	b.press(`input[value="mine"]`)
	b.follow("main form button")
	b.said("readers are told that the article was updated")
	reads("Updated")
	b.open(s.newsroom() + "/newsroom/changes/")
	b.judge("changes-none")

	// It is corrected, and the correction amended.
	b.open(form)
	b.follow(".standing a[href$='/corrections/']")
	b.judge("corrections-none")
	b.follow("main form button")
	b.said("This is needed.")
	b.write("#text", "It <b>were</b> seven votes.")
	b.follow("main form button")
	b.said("The correction is published.")
	b.press(".corrected summary")
	b.rewrite(".corrected textarea", "It was seven votes.")
	b.follow(".corrected button.second")
	b.said("The correction is amended.")
	b.judge("corrections")
	reads("It was seven votes.", "<b>were")
	if page := s.get(t, "/corrections/"); !strings.Contains(page.body, "It was seven votes.") || !strings.Contains(page.body, "The vote is over") || !strings.Contains(page.body, "amended on") {
		t.Errorf("the list of corrections: %s", page.body)
	}

	b.open(s.url + "/corrections/")
	b.judge("corrections-list")

	// It moves by a new last part of its address, and the old one leads on.
	b.open(form)
	b.rewrite("#slug", "vote-over")
	b.follow(`button[value="save"]`)
	moved := evaluate[string](b, `document.querySelector(".standing a").getAttribute("href")`)
	if moved == address || !strings.HasSuffix(moved, "/vote-over/") {
		t.Errorf("it stands at %s", moved)
	}
	b.open(s.url + address)
	if at := b.path(); at != moved {
		t.Errorf("the old address leads to %s", at)
	}
	address = moved

	// It is withdrawn with a reason, and brought back.
	b.open(form)
	b.follow("a.danger")
	b.judge("withdraw")
	b.write("#reason", "It names somebody who was not there.")
	b.write("#note", "A letter.")
	b.follow("main form button.danger")
	b.said("It is withdrawn.", "It names somebody who was not there.", "A letter.")
	b.judge("withdrawn")
	if page := s.get(t, address); page.status != 410 || !strings.Contains(page.body, "It names somebody who was not there.") || strings.Contains(page.body, "A letter.") {
		t.Errorf("its address answers %d: %s", page.status, page.body)
	}
	b.open(s.url + address)
	b.judge("gone")
	b.open(form)
	b.follow("form[action$='/restore'] button")
	b.follow(`button[value="publish"]`)
	b.said("It is published.")
	reads("The vote is over")

	b.open(form + "/history/")
	b.said("withdrawn", "change published", "corrected")
	b.judge("history")
	b.open(s.newsroom() + "/newsroom/audit/?verb=publish+change")
	b.said("the clock, for Otto Brandt")
	b.judge("audit")
	b.open(s.newsroom() + "/newsroom/account/")
	b.set("#language", "ar")
	b.follow("section button")
	b.open(form)
	b.rewrite("#kicker", "ميناء")
	b.follow(`button[value="later"]`)
	for name, at := range map[string]string{"live": "", "corrections": "/corrections/", "withdraw": "/withdraw"} {
		b.open(form + at)
		b.judge("ar-" + name)
	}
	b.open(s.newsroom() + "/newsroom/changes/")
	b.judge("ar-changes")
	b.follow(".changes b a")
	b.judge("ar-change")
}
