//go:build e2e

package e2e

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
)

// paperOf makes an empty paper with two sections, and gives it to prepare before it
// is served.
func paperOf(t *testing.T, prepare func(*app.App)) (data string) {
	t.Helper()
	c := config.Default()
	c.Data = t.TempDir()
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"World", "Sport"} {
		if err := a.Desk.CreateSection(t.Context(), "test", &news.Section{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Rosa Quill", "Ida Holm", "Wanda World"} { // who has a byline
		if err := a.Desk.CreatePerson(t.Context(), "test", &news.Person{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if prepare != nil {
		prepare(a)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Data
}

// ready waits until the body of an article can be typed in.
func (b *browser) ready() {
	b.t.Helper()
	b.until(`!!document.querySelector("[data-editor]")?.editor`)
}

// pick chooses an option by what it says.
func (b *browser) pick(selector, says string) {
	b.t.Helper()
	b.set(selector, evaluate[string](b, `[...document.querySelectorAll(`+quoted(selector+" option")+`)].find((o) => o.textContent.trim() === `+quoted(says)+`).value`))
}

// The whole life of an article, through every part that it goes through: a reporter
// writes it, with a picture, and hands it over; an editor reviews it and gives it an
// hour; the clock publishes it; readers read it; it is corrected, and withdrawn.
func TestTheWholeLifeOfAnArticle(t *testing.T) {
	s := start(t, paperOf(t, nil), "serve")
	reporter, editor := newBrowser(t), newBrowser(t)
	reporter.accept(s.invitation(t, "rosa@paper.example", "Rosa Quill", "reporter"), "rosa@paper.example")
	editor.accept(s.invitation(t, "edmund@paper.example", "Edmund Pryce", "editor"), "edmund@paper.example")
	reporter.look(1280, false)
	editor.look(1280, false)

	// She takes a picture into the library, and describes it.
	reporter.open(s.newsroom() + "/newsroom/pictures/")
	reporter.chooseFiles("#files", photographs(t, 1)...)
	reporter.until(`document.querySelectorAll(".queue li a").length === 1`)
	reporter.follow(".queue li a")
	reporter.write("#alt", "A quay in evening light")
	reporter.write("#caption", "The quay at Kelmouth.")
	reporter.write("#credit", "Rosa Quill")
	reporter.follow(".told button")
	reporter.said("Saved.")

	// She writes.
	reporter.open(s.newsroom() + "/newsroom/articles/new")
	reporter.write("#headline", "Harbour vote tonight")
	reporter.pick("#section", "World")
	reporter.follow("main form button:not([value])")
	reporter.ready()
	reporter.until(`!!document.querySelector("#lead_picture.is-ready button")`)
	path := reporter.path()
	reporter.write("#standfirst", "The council votes at nine.")
	reporter.write(`[name="byline_name"]`, "Rosa Quill")
	reporter.do(chromedp.Click(chromedp.CSS(".editor-body")))
	reporter.keys("The boats are out.\rThe tide is in.")
	reporter.press("#lead_picture button")
	reporter.until(`document.querySelectorAll(".choosing .found button").length > 0`)
	reporter.press(".choosing .found button")
	reporter.until(`!document.querySelector(".choosing") && !!document.querySelector("#lead_picture figure img")`)
	reporter.kept()
	if evaluate[bool](reporter, `!!document.querySelector('button[value="publish"]')`) {
		t.Error("a reporter is offered to publish")
	}
	if got := s.get(t, "/").body; strings.Contains(got, "Harbour vote") {
		t.Error("readers see a draft")
	}
	reporter.follow("button.next") // hands it over
	reporter.said("In review")

	// He finds it among what waits for an editor, and both see each other.
	editor.open(s.newsroom() + "/newsroom/")
	editor.said("Harbour vote tonight")
	editor.follow(`main a[href^="/newsroom/articles/"]:not([href$="/new"])`)
	editor.ready()
	if at := editor.path(); at != strings.Split(path, "?")[0] {
		t.Fatalf("he is at %s, not %s", at, path)
	}
	editor.rewrite("#kicker", "Port")
	editor.kept()
	reporter.until(`document.getElementById("present").textContent.includes("Edmund Pryce")`)
	editor.follow(`button[value="save"]`)
	editor.said("Saved.")
	if evaluate[bool](editor, `!!document.querySelector('button.next')`) {
		editor.follow("button.next")
	}

	// It is given an hour that is near; until then nobody reads it.
	hour := time.Now().UTC().Truncate(time.Minute).Add(time.Minute)
	if time.Until(hour) < 15*time.Second {
		hour = hour.Add(time.Minute)
	}
	editor.ready()
	evaluate[bool](editor, `[...document.querySelectorAll(".later")].forEach((d) => { d.open = true; }) === undefined`)
	editor.set(`[name="at"]`, hour.Format("2006-01-02T15:04"))
	editor.follow(`button[value="schedule"]`)
	editor.said("Scheduled")
	if got := s.get(t, "/").body; time.Now().Before(hour) && strings.Contains(got, "Harbour vote") {
		t.Error("readers see it before its hour")
	}
	time.Sleep(time.Until(hour.Add(1100 * time.Millisecond))) // a second is what is promised
	front := s.get(t, "/")
	if !strings.Contains(front.body, "Harbour vote tonight") {
		t.Fatal("a second after its hour it is not on the front page")
	}
	at := firstLink(t, front.body, "/world/")
	editor.open(s.newsroom() + path)
	at = evaluate[string](editor, `document.querySelector(".standing a[href^='/world/'], .standing a[href^='/20']")?.getAttribute("href") ?? `+quoted(at))
	page := s.get(t, at)
	for _, want := range []string{"Harbour vote tonight", "Port", "The tide is in.", "A quay in evening light", "Rosa Quill", "The quay at Kelmouth."} {
		if !strings.Contains(page.body, want) {
			t.Errorf("readers do not get %q at %s", want, at)
		}
	}
	reader := newBrowser(t)
	reader.look(390, false)
	reader.open(s.url + at)
	if violations := reader.axe(); len(violations) > 0 {
		t.Errorf("the page: %v", violations)
	}

	// It is corrected, and says so.
	editor.open(s.newsroom() + path + "/corrections/")
	editor.write("#text", "An earlier version named the wrong hour.")
	editor.follow("main form button")
	if got := s.get(t, at).body; !strings.Contains(got, "An earlier version named the wrong hour.") {
		t.Error("the article does not tell of its correction")
	}
	if got := s.get(t, "/corrections/").body; !strings.Contains(got, "An earlier version named the wrong hour.") || !strings.Contains(got, "Harbour vote tonight") {
		t.Error("the list of corrections does not tell of it")
	}

	// And withdrawn, with a reason.
	editor.open(s.newsroom() + path + "/withdraw")
	editor.write("#reason", "The vote was put off.")
	editor.follow("main form .danger")
	if gone := s.get(t, at); gone.status != http.StatusGone || !strings.Contains(gone.body, "The vote was put off.") || strings.Contains(gone.body, "The tide is in.") {
		t.Errorf("withdrawn, it is answered %d: %s", gone.status, gone.body)
	}
	if got := s.get(t, "/").body; strings.Contains(got, "Harbour vote tonight") {
		t.Error("withdrawn, it is on the front page")
	}

	// Who did what stands in the log, and in the article's history.
	editor.open(s.newsroom() + path + "/history/")
	editor.said("Rosa Quill", "Edmund Pryce")
}

// tabTo presses Tab until what a selector finds has the keyboard, and checks at each
// stop that a person sees where they are, and that it goes down the page.
func (b *browser) tabTo(selector string) {
	b.t.Helper()
	for range 120 {
		b.keys(kb.Tab)
		if lost := evaluate[string](b, `(() => {
			const e = document.activeElement;
			if (!e || e === document.body) return "";
			const r = e.getBoundingClientRect(), style = getComputedStyle(e), name = e.tagName + " " + (e.id || e.name || e.textContent.trim().slice(0, 40));
			if (r.width === 0 || r.bottom < 0 || r.top > innerHeight) return name + " is out of sight";
			const shown = [e, e.closest(".editor"), e.closest("label"), e.closest(".thumb")].some((x) => x && (getComputedStyle(x).outlineStyle !== "none" || getComputedStyle(x).boxShadow !== "none"));
			return shown || e.classList.contains("editor-body") || e.matches("main") ? "" : name + " does not show that it has the keyboard";
		})()`); lost != "" {
			b.t.Errorf("on the way to %s: %s", selector, lost)
		}
		if evaluate[bool](b, `!!document.activeElement?.matches(`+quoted(selector)+`)`) {
			return
		}
	}
	b.t.Fatalf("Tab does not lead to %s: %s", selector, evaluate[string](b, `document.activeElement?.outerHTML.slice(0, 200) ?? ""`))
}

// enter presses Enter on what has the keyboard, and waits for the page that comes.
func (b *browser) enter() {
	b.t.Helper()
	evaluate[bool](b, `(window.stale = true)`)
	b.keys("\r")
	b.until(`!window.stale && document.readyState === "complete"`)
}

// An article from signing in to its publication, without a mouse.
func TestAnArticleIsPublishedByKeyboardAlone(t *testing.T) {
	s := start(t, paperOf(t, nil), "serve")
	b := newBrowser(t)
	b.open(s.invitation(t, "ida@paper.example", "Ida Holm", "chief"))
	b.look(1280, false)
	b.tabTo("#password")
	b.keys(staffPassword)
	b.tabTo("#again")
	b.keys(staffPassword)
	b.tabTo("main button")
	b.enter()
	b.tabTo("#email")
	b.keys("ida@paper.example")
	b.tabTo("#password")
	b.keys(staffPassword)
	b.enter()
	b.tabTo(".skip")
	b.tabTo(`.places a[href="/newsroom/articles/"]`)
	b.enter()
	b.tabTo(`main a[href="/newsroom/articles/new"]`)
	b.enter()
	b.tabTo("#headline")
	b.keys("Harbour vote")
	b.tabTo("#section")
	b.keys("W")
	b.tabTo("main form button")
	b.enter()
	b.ready()
	b.tabTo("#standfirst")
	b.keys("The council votes tonight.")
	b.tabTo(".editor-body")
	b.keys("The boats are out.\r/pull")
	b.until(`!!document.querySelector("[role=listbox] [aria-selected=true]")`)
	b.keys("\rVote now")
	b.kept()
	b.keys("s", chromedp.ModifierCtrl)
	b.until(`location.search.includes("done=saved")`)
	b.ready()
	if got := b.text(".editor-body"); !strings.Contains(got, "Vote now") || !strings.Contains(got, "The boats are out.") {
		t.Errorf("the text is %q", got)
	}
	b.tabTo(`[name="byline_name"]`)
	b.keys("Ida Holm")
	b.tabTo(`button[value="publish"]`)
	b.enter()
	b.said("It is published.")
	if got := s.get(t, "/").body; !strings.Contains(got, "Harbour vote") {
		t.Error("readers do not see it")
	}
}

// What is typed while the newsroom does not answer is kept by the browser, also when
// its window is closed before the newsroom is back.
func TestNothingTypedIsLostWithADeadServer(t *testing.T) {
	data := paperOf(t, nil)
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	p, err := launch(file, "serve", "-data", data)
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(p.url, "http://")
	s := &site{url: p.url, data: data}
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "chief"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/articles/new")
	b.write("#headline", "Harbour vote")
	b.follow("main form button:not([value])")
	b.ready()
	path := b.path()
	b.do(chromedp.Click(chromedp.CSS(".editor-body")))
	b.keys("The boats are out.")
	b.kept()

	die := func() {
		t.Helper()
		if err := p.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.cmd.Wait() // it says that it was killed
	}
	live := func() {
		t.Helper()
		for range 50 { // its port may be held for a moment
			if p, err = launchAt(file, address, "serve", "-data", data); err == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatal(err)
	}
	// It dies and comes back while the window stays open: typing goes on, and what was
	// typed is sent by itself.
	die()
	b.keys(" The tide is in.")
	b.until(`document.getElementById("keeping").textContent.startsWith("No connection")`)
	b.keys(" Nobody waits.")
	live()
	b.until(`document.getElementById("keeping").textContent.startsWith("Kept at")`)
	reads := func(want string) {
		t.Helper()
		other := newBrowser(t) // without what this one keeps
		other.open(s.newsroom() + path)
		other.signIn("ida@paper.example")
		other.ready()
		if got := other.text(".editor-body"); !strings.Contains(got, want) {
			t.Errorf("the newsroom has %q", got)
		}
	}
	reads("The boats are out. The tide is in. Nobody waits.")

	// It dies, and the window is closed before it is back.
	die()
	b.keys(" The vote is at nine.")
	b.until(`document.getElementById("keeping").textContent.startsWith("No connection")`)
	b.keys(" Or later.")
	b.do(chromedp.Navigate("about:blank"))
	live()
	b.open(s.newsroom() + path)
	b.ready()
	b.until(`!document.getElementById("net").hidden`)
	b.press("#net-take")
	b.until(`document.querySelector(".editor-body").textContent.includes("Or later.")`)
	b.kept()
	reads("The tide is in. Nobody waits. The vote is at nine. Or later.")
	if err := p.stop(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
