//go:build e2e

package e2e

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
)

// highlight selects words of the text in the editor.
func (b *browser) highlight(words string) {
	b.t.Helper()
	if !evaluate[bool](b, `(() => {
		const body = document.querySelector(".editor-body");
		const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
		for (let n = walker.nextNode(); n; n = walker.nextNode()) {
			const at = n.data.indexOf(`+quoted(words)+`);
			if (at < 0) continue;
			body.focus();
			getSelection().setBaseAndExtent(n, at, n, at + `+quoted(words)+`.length);
			return true;
		}
		return false;
	})()`) {
		b.t.Fatalf("%q is not in the text: %s", words, b.text(".editor-body"))
	}
	b.until(`document.querySelector("[data-editor]").editor.view.state.selection.to - document.querySelector("[data-editor]").editor.view.state.selection.from === ` + quoted(words) + `.length`)
}

func (b *browser) edited() {
	b.t.Helper()
	b.until(`!!document.querySelector("[data-editor]").editor`)
}

// The way of an article from its writer to an editor: handed in, talked about at a
// passage, moved on.
func TestAnArticleGoesFromHandToHand(t *testing.T) {
	data := t.TempDir()
	c := config.Default()
	c.Data = data
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Desk.CreateSection(t.Context(), "test", &news.Section{Name: "World"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	s := start(t, data, "serve")
	rosa, ida := newBrowser(t), newBrowser(t)
	rosa.accept(s.invitation(t, "rosa@paper.example", "Rosa Quill", "contributor"), "rosa@paper.example")
	ida.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")

	// Work is given, and found on the first screen.
	ida.open(s.newsroom() + "/newsroom/articles/new")
	ida.write("#headline", "Harbour vote")
	ida.do(chromedp.SetValue(chromedp.CSS("#section"), evaluate[string](ida, `document.querySelectorAll("#section option")[1].value`)))
	ida.press("details.assign summary")
	ida.do(chromedp.SetValue(chromedp.CSS("#assigned"), evaluate[string](ida, `[...document.querySelectorAll("#assigned option")].find((o) => o.textContent === "Rosa Quill").value`)))
	ida.do(chromedp.SetValue(chromedp.CSS("#due"), "2024-05-01T18:00"))
	ida.write("#brief", "Who wins, and why.")
	ida.judge("article-new-assigned")
	ida.follow("main form button")
	path, _, _ := strings.Cut(ida.path(), "?")
	rosa.open(s.newsroom() + "/newsroom/")
	if said := rosa.text(".mine"); !strings.Contains(said, "Overdue") || !strings.Contains(said, "Harbour vote") {
		t.Errorf("the first screen says %s", said)
	}
	rosa.judge("home-work")

	// It is written, talked about and handed in.
	rosa.follow(".mine a")
	rosa.edited()
	if said := rosa.text("main"); !strings.Contains(said, "Who wins, and why.") {
		t.Errorf("the screen says %s", said)
	}
	rosa.do(chromedp.Click(chromedp.CSS(".editor-body")))
	rosa.keys("The council votes tonight.\nThe boats are out.\nThe tide is in.")
	rosa.highlight("boats are out")
	rosa.keys("m", chromedp.ModifierCtrl, chromedp.ModifierAlt)
	rosa.until(`document.activeElement.id === "note-text" && document.querySelector("[data-chosen]").textContent === "boats are out"`)
	rosa.write("#note-text", "Is this <b>true</b>?")
	rosa.press(".note-new .buttons button")
	rosa.until(`document.querySelectorAll(".talk").length === 1 && document.querySelector(".editor-noted")?.textContent === "boats are out"`)
	if got := evaluate[string](rosa, `document.querySelector(".talk .note-text").textContent`); got != "Is this <b>true</b>?" {
		t.Errorf("the note is %q", got)
	}
	rosa.judge("article-note")
	rosa.follow(`button[value="stage-1"]`)
	if said := rosa.text("main"); !strings.Contains(said, "in its new stage") || !strings.Contains(said, "In review") {
		t.Fatalf("the screen says %s", said)
	}

	// Its reviewer finds it, answers, and changes the text: the passage is found again.
	for _, view := range []string{"month", "week"} {
		ida.open(s.newsroom() + "/newsroom/calendar/?day=2024-05-01&view=" + view)
		ida.judge("calendar-" + view)
	}
	evaluate[bool](ida, `(document.querySelector("[data-day]").focus(), true)`)
	ida.keys(kb.ArrowRight)
	if !evaluate[bool](ida, `document.activeElement === document.querySelectorAll("[data-day]")[1]`) {
		t.Error("the arrow does not lead to the next day")
	}
	ida.open(s.newsroom() + "/newsroom/articles/?stage=1")
	ida.judge("articles-stage")
	ida.follow(".stories a")
	ida.edited()
	ida.until(`document.querySelector(".editor-noted")?.textContent === "boats are out"`)
	ida.press(".answering summary")
	ida.write(".answering textarea", "I saw them.")
	ida.press(".answering button")
	ida.until(`!!document.querySelector(".answer")?.textContent.includes("I saw them.")`)
	ida.highlight("are")
	ida.keys("were")
	ida.until(`document.querySelector(".editor-noted")?.textContent === "boats were out"`)
	ida.highlight("The council votes tonight.")
	ida.keys("At night the council votes.")
	ida.follow(`button[value="save"]`)
	ida.edited()
	ida.until(`document.querySelector(".editor-noted")?.textContent === "boats were out" && document.querySelector(".gone").hidden`)
	ida.press(".talk button.passage")
	ida.until(`document.activeElement.classList.contains("editor-body") && String(getSelection()) === "boats were out"`)
	ida.highlight("boats were out")
	ida.keys(kb.Backspace)
	ida.until(`!document.querySelector(".gone").hidden`)
	ida.follow(`button[value="save"]`)
	ida.edited()
	ida.until(`!document.querySelector(".gone").hidden`)
	ida.judge("article-note-gone")
	ida.press(`.talk form[action$="resolve"] button`)
	ida.until(`document.querySelector(".talk").classList.contains("is-settled")`)

	// It is ready: by keyboard. Its writer reads, and still talks along.
	evaluate[bool](ida, `(document.querySelector('button[value="stage-2"]').focus(), true)`)
	if _, err := chromedp.RunResponse(ida.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if said := ida.text("main"); !strings.Contains(said, "Ready") {
		t.Fatalf("the screen says %s", said)
	}
	rosa.open(s.newsroom() + path)
	rosa.edited()
	if evaluate[bool](rosa, `document.querySelector(".editor-body").isContentEditable`) {
		t.Error("what is ready can be changed by its writer")
	}
	rosa.highlight("The tide is in.")
	rosa.keys("m", chromedp.ModifierCtrl, chromedp.ModifierAlt)
	rosa.until(`document.activeElement.id === "note-text" && document.querySelector("[data-chosen]").textContent === "The tide is in."`)
	rosa.write("#note-text", "At six.")
	rosa.judge("article-reading")
	rosa.press(".note-new .buttons button")
	rosa.until(`document.querySelector(".editor-noted")?.textContent === "The tide is in."`)
	rosa.open(s.newsroom() + path + "/notes")
	rosa.judge("notes")

	// Signed out in another window, nothing typed is lost.
	rosa.open(s.newsroom() + path)
	rosa.edited()
	rosa.write("#note-text", "Typed while signed out")
	evaluate[bool](rosa, `fetch("/newsroom/sign-out", {method: "POST"}).then(() => true)`, chromedp.EvalAwaitPromise)
	rosa.press(".note-new .buttons button")
	rosa.until(`document.querySelector("[data-problem]").textContent.startsWith("You are signed out.")`)
	if got := evaluate[string](rosa, `document.getElementById("note-text").value`); got != "Typed while signed out" {
		t.Errorf("the field holds %q", got)
	}
	for _, b := range []*browser{rosa, ida} {
		for _, p := range b.problems {
			if !strings.Contains(p, "status of 401") { // which was meant
				t.Errorf("the browser complains: %s", p)
			}
		}
	}
}

func TestStagesAreNamedAndOrderedByKeyboardAndByDragging(t *testing.T) {
	s := start(t, t.TempDir(), "serve")
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/stages/")
	b.judge("stages")
	order := func() string {
		return evaluate[string](b, `[...document.querySelectorAll(".stages li")].map((r) => r.querySelector("[name=order]").value).join()`)
	}
	b.write("#name-1", "Desk")
	b.write(".adding input", "Legal")
	b.keys(kb.Enter)
	b.until(`document.querySelectorAll(".stages li").length === 4`)
	if got := order(); got != "0,1,2,3" {
		t.Errorf("the order is %s", got)
	}
	// By keyboard: the focus stays on the button, and what happens is told.
	evaluate[bool](b, `(document.querySelector('[name=up][value="3"]').focus(), true)`)
	b.keys(kb.Enter)
	b.until(`document.getElementById("stages-status").textContent === "“Legal” is now number 3. Save to keep it so."`)
	b.keys(kb.Enter)
	if got := order(); got != "0,3,1,2" || !evaluate[bool](b, `document.activeElement.closest("li").querySelector("[name=order]").value === "3"`) {
		t.Errorf("the order is %s", got)
	}
	// By dragging.
	box := evaluate[[]float64](b, `(() => {
		const grips = [...document.querySelectorAll(".grip")].map((g) => g.getBoundingClientRect());
		return [grips[2].x + 8, grips[2].y + 8, grips[0].x + 8, grips[0].y + 8];
	})()`)
	b.drag(box[0], box[1], box[2], box[3])
	b.until(`[...document.querySelectorAll(".stages li")][1].querySelector("[name=order]").value === "2"`)
	b.follow(".stages > .buttons button")
	if got := order(); got != "0,2,3,1" {
		t.Errorf("saved, the order is %s", got)
	}
	b.open(s.newsroom() + "/newsroom/articles/")
	if said := b.text(".tabs"); !strings.Contains(said, "Desk") || strings.Index(said, "Legal") > strings.Index(said, "Desk") {
		t.Errorf("the tabs are %s", said)
	}
	b.open(s.newsroom() + "/newsroom/stages/")
	b.do(chromedp.SetValue(chromedp.CSS("#stage"), "3"))
	b.do(chromedp.SetValue(chromedp.CSS("#to"), "1"))
	b.follow(".removing button")
	if got := order(); got != "0,2,1" {
		t.Errorf("the order is %s", got)
	}
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	b.open(s.newsroom() + "/newsroom/stages/")
	b.judge("ar-stages")
	for _, p := range b.problems {
		t.Errorf("the browser complains: %s", p)
	}
}
