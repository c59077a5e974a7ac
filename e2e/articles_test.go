//go:build e2e

package e2e

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
)

// kept waits until the screen says that what was typed is kept.
func (b *browser) kept() {
	b.t.Helper()
	b.until(`document.getElementById("keeping").textContent.startsWith("Kept at")`)
}

// rewrite types into a field in place of what stands there.
func (b *browser) rewrite(selector, words string) {
	b.t.Helper()
	evaluate[bool](b, `(document.querySelector(`+quoted(selector)+`).value = "") === ""`)
	b.write(selector, words)
}

// offline has the browser reach nothing, or everything again.
func (b *browser) offline(off bool) {
	b.t.Helper()
	p := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}}}
	if _, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, p); err != nil {
		b.t.Fatal(err)
	}
}

func TestAnArticleFromTheFirstWordToTheReader(t *testing.T) {
	data := t.TempDir()
	c := config.Default()
	c.Data = data
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"World", "Sport"} {
		if err := a.Desk.CreateSection(t.Context(), "test", &news.Section{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	s := start(t, data, "serve")
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "chief"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/articles/")
	b.judge("articles")
	b.open(s.newsroom() + "/newsroom/articles/new")
	b.judge("article-new")
	b.write("#headline", "Harbour vote")
	b.follow("main form button")
	b.until(`!!document.querySelector("[data-editor]").editor`)
	path := b.path()
	b.write("#standfirst", "The council votes tonight.")
	b.do(chromedp.Click(chromedp.CSS(".editor-body")))
	b.keys("The boats are out.\nThe tide is in.")
	b.kept()
	b.until(`!document.getElementById("findings").textContent.includes("It has no text") && document.getElementById("findings").textContent.includes("It has no byline")`)

	// A closed window loses nothing, and a dead connection neither.
	b.open(s.newsroom() + path)
	b.until(`!!document.querySelector("[data-editor]").editor`)
	if got := b.text(".editor-body"); !strings.Contains(got, "The tide is in.") {
		t.Fatalf("the text is %q", got)
	}
	if said := b.text("main"); !strings.Contains(said, "You see what you typed until") {
		t.Errorf("the screen says %s", said)
	}
	b.judge("article")
	b.offline(true)
	b.write("#kicker", "Port")
	b.until(`document.getElementById("keeping").textContent.startsWith("No connection")`)
	b.judge("article-offline")
	b.offline(false)
	b.kept()
	b.offline(true)
	evaluate[bool](b, `(document.getElementById("keeping").textContent = "") === ""`)
	b.rewrite("#kicker", "Harbour")
	b.until(`(localStorage.getItem("article-1-1") ?? "").includes("Harbour")`)
	b.until(`document.getElementById("keeping").textContent.startsWith("No connection")`)
	b.do(chromedp.Navigate("about:blank"))
	b.offline(false)
	b.open(s.newsroom() + path)
	// What the newsroom got although its answer was lost is in the form already.
	b.until(`!document.getElementById("net").hidden || document.getElementById("kicker").value === "Harbour"`)
	if evaluate[bool](b, `!document.getElementById("net").hidden`) {
		b.judge("article-net")
		b.press("#net-take")
	}
	if got := evaluate[string](b, `document.getElementById("kicker").value`); got != "Harbour" {
		t.Errorf("the kicker is %q", got)
	}

	// It is saved, looked at and published.
	b.do(chromedp.SetValue(chromedp.CSS("#sections"), evaluate[string](b, `document.querySelectorAll("#sections option")[1].value`)))
	b.follow(`button[value="save"]`)
	if said := b.text("main"); !strings.Contains(said, "Saved.") || evaluate[bool](b, `!document.getElementById("net").hidden`) {
		t.Errorf("after saving the screen says %s", said)
	}
	b.follow(`button[value="preview"]`)
	b.judge("article-preview")
	b.open(s.newsroom() + path)
	b.follow(`button[value="publish"]`)
	if said := b.text("main"); !strings.Contains(said, "It is published.") {
		t.Fatalf("the screen says %s", said)
	}
	link := evaluate[string](b, `document.querySelector(".standing a").getAttribute("href")`)
	if page := s.get(t, link); !strings.Contains(page.body, "Harbour vote") || !strings.Contains(page.body, "The tide is in.") {
		t.Errorf("readers get %d at %s", page.status, link)
	}

	// A colleague saves in between; both texts are seen.
	other := newBrowser(t)
	other.accept(s.invitation(t, "otto@paper.example", "Otto Brandt", "chief"), "otto@paper.example")
	other.open(s.newsroom() + path)
	other.rewrite("#headline", "Harbour vote tonight")
	other.follow(`button[value="save"]`)
	b.rewrite("#headline", "Harbour vote delayed")
	b.rewrite("#standfirst", "It rained.")
	b.follow(`button[value="save"]`)
	if said := b.text("main"); !strings.Contains(said, "Two people have changed this") || !strings.Contains(said, "Otto Brandt") {
		t.Fatalf("the screen says %s", said)
	}
	b.judge("article-conflict")
	b.press(`input[value="theirs"]`)
	b.follow("main form button")
	if got := evaluate[string](b, `document.getElementById("headline").value + "|" + document.getElementById("standfirst").value`); got != "Harbour vote tonight|It rained." {
		t.Errorf("put together it is %q", got)
	}
	b.open(s.newsroom() + path + "/revisions/")
	b.judge("revisions")
	b.follow(".rows a")
	b.judge("revision")
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	for name, at := range map[string]string{"articles": "/newsroom/articles/", "article": path, "revision": path + "/revisions/2"} {
		b.open(s.newsroom() + at)
		b.judge("ar-" + name)
	}
}
