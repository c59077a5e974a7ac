//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// choose opens a menu of the toolbar and takes one of its entries, by their words.
func (b *browser) choose(menu, entry string) {
	b.t.Helper()
	b.press(`.editor-toolbar [title="` + menu + `"]`)
	b.until(`!!document.querySelector(".editor-menu")`)
	evaluate[bool](b, `[...document.querySelectorAll(".editor-menu [role=option]")].find((o) => o.querySelector("span").textContent === `+quoted(entry)+`).click() || true`)
}

func TestEditorTables(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	const plain = "<table><tr><th>a<th>b<tr><td>c<td>d</table>"
	for _, row := range []struct{ body, entry, want string }{
		{plain, "Add a row above", "a,b|,|c,d"},
		{plain, "Add a row below", "a,b|c,d|,"},
		{plain, "Delete the row", "a,b"},
		{plain, "Add a column before", "a,,b|c,,d"},
		{plain, "Add a column after", "a,b,|c,d,"},
		{plain, "Delete the column", "a|c"},
		{"<table><tr><td>a<td rowspan=2>b<tr><td>c</table>", "Add a row below", "a,b+|c|,"},
		{"<table><tr><td>a<td rowspan=2>b<tr><td>c</table>", "Delete the row", "a,b"},
		{"<table><tr><td colspan=2>a<tr><td>c<td>d</table>", "Add a column before", "a+|c,,d"},
		{"<table><tr><td colspan=2>a<tr><td>c<td>d</table>", "Delete the column", "a|c"},
		{"<table><tr><td>a</table>", "Delete the row", ""},
		{plain, "Heading row", "a,b|c,d"},
	} {
		b.fill(row.body)
		b.choose("This block", row.entry)
		got := evaluate[string](b, `[...document.querySelectorAll(".editor-body tr")].map((tr) => [...tr.cells].map((c) => c.textContent + (c.colSpan > 1 || c.rowSpan > 1 ? "+" : "")).join(",")).join("|")`)
		if got != row.want {
			t.Errorf("%s: %s becomes %q, not %q", row.entry, row.body, got, row.want)
		}
		b.html() // Go reads it
	}
	b.fill(plain)
	b.choose("This block", "Caption of the table")
	b.keys("Tides")
	if got := b.html(); !strings.Contains(got, "<caption>Tides</caption>") {
		t.Errorf("a caption: %s", got)
	}
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

func TestEditorFieldsOfBlocks(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	check := func(what, want string) {
		t.Helper()
		if got := b.html(); !strings.Contains(got, want) {
			t.Errorf("%s: %s lacks %s", what, got, want)
		}
	}
	into := func(selector string) {
		evaluate[bool](b, `document.querySelector(`+quoted(selector)+`).focus() || true`)
	}

	b.fill(`<aside class="factbox"><p>x</p></aside>`)
	into(".factbox input")
	b.keys("The berth\r")
	b.keys("y")
	check("a fact box's title, and on into it", "The berth</h2>\n<p>yx</p>")

	b.fill("<blockquote>x</blockquote>")
	into("blockquote input")
	b.keys("Mara")
	check("who said it", "<cite><bdi>Mara</bdi></cite>")

	b.fill("<pre>x</pre>")
	into(".code input")
	b.keys("go")
	check("a language of code", `class="language-go"`)

	b.fill("<p>a</p>")
	b.choose("Insert", "HTML")
	into(".html textarea")
	b.keys("<dl><dt>a</dt></dl>")
	check("HTML", "<dl><dt>a</dt></dl>")

	b.fill(`<figure class="gallery"><img src="/q"><img src="/r"></figure>`)
	b.press(".gallery button")
	b.until(`document.querySelectorAll(".editor-grid [role=option]").length === 6`)
	b.keys(kb.ArrowDown + kb.Enter + kb.ArrowDown + kb.Enter)
	b.press("dialog .editor-primary")
	b.until(`document.querySelectorAll(".gallery .picture").length === 4`)
	if got := b.json(); !strings.Contains(got, `{"type":"picture","attrs":{"src":"/r"}},{"type":"picture","attrs":{"picture":1}},{"type":"picture","attrs":{"picture":2}}`) {
		t.Errorf("a gallery of four: %s", got)
	}

	b.fill("<p>a</p>")
	b.choose("Insert", "Sound or film")
	b.until(`!!document.querySelector("dialog[open]")`)
	into(`dialog input[dir="ltr"]`)
	b.keys("/sea.mp3\r")
	b.until(`!document.querySelector("dialog")`)
	check("a sound", `<audio controls preload="metadata" src="/sea.mp3">`)

	b.fill("<p>one two</p>")
	b.cursor("all")
	b.until(`document.querySelector("[data-editor]").editor.view.state.selection.empty === false`)
	b.choose("More formatting", "Another language")
	b.until(`!!document.querySelector("dialog[open]")`)
	b.keys("fr\r")
	b.until(`!document.querySelector("dialog")`)
	check("another language", `<span lang="fr">one two</span>`)

	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

func TestEditorTellsThePage(t *testing.T) {
	t.Parallel()
	b, w := editorPage{lang: "ar", dir: "rtl", words: `{"strong": "عريض", "words_two": "كلمتان", "words_other": "{n} كلمة"}`, quotes: `["«","»","‹","›"]`}.open(t)
	evaluate[bool](b, `(() => { window.edits = 0; document.querySelector("[data-editor]").addEventListener("change", () => edits++); return true; })()`)
	b.fill("")
	before := evaluate[int](b, "edits")
	b.keys(`"a" bc`)
	if edits := evaluate[int](b, "edits") - before; edits != 6 {
		t.Errorf("%d edits were told of, not 6", edits)
	}
	b.until(`document.querySelector("textarea[name=body]").value.includes("«a» bc")`)
	if n := evaluate[int](b, `document.querySelector("[data-editor]").editor.words()`); n != 2 {
		t.Errorf("%d words", n)
	}
	if said := b.text(".editor-count"); !strings.Contains(said, "كلمتان") {
		t.Errorf("the count says %q", said)
	}
	if label := evaluate[string](b, `document.querySelector(".editor-toolbar button[aria-pressed]").getAttribute("aria-label")`); label != "عريض" {
		t.Errorf("the page's word for bold is %q", label)
	}
	// Arrows follow the direction: to the left is the next button.
	b.keys(kb.F10, chromedp.ModifierAlt)
	b.keys(kb.ArrowLeft)
	if label := evaluate[string](b, `document.activeElement.getAttribute("aria-label")`); label != "عريض" {
		t.Errorf("one to the left is %q", label)
	}
	evaluate[bool](b, `document.querySelector("[data-editor]").editor.setLanguage("ja", "ltr", ["「", "」", "『", "』"]) || true`)
	b.fill("<p>吾輩は猫である。名前はまだ無い。</p>")
	if n := evaluate[int](b, `document.querySelector("[data-editor]").editor.words()`); n < 6 || n > 12 {
		t.Errorf("a Japanese sentence has %d words", n)
	}
	if dir := evaluate[string](b, `document.querySelector(".editor-body").dir + document.querySelector(".editor-body").lang`); dir != "ltrja" {
		t.Errorf("the text's direction and language are %s", dir)
	}
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

// The pointer's events are made here: a browser without a screen has no pointer
// that hovers.
func TestEditorDragsABlock(t *testing.T) {
	t.Parallel()
	b, w := editorPage{body: "<p>one</p><h2>two</h2><p>three</p>"}.open(t)
	evaluate[bool](b, `(() => {
		const room = document.querySelector(".editor-room"), body = document.querySelector(".editor-body"), handle = document.querySelector(".editor-handle");
		const box = (i) => body.children[i].getBoundingClientRect();
		room.dispatchEvent(new PointerEvent("pointermove", { clientX: box(1).left + 5, clientY: box(1).top + 5, bubbles: true }));
		const data = new DataTransfer(), event = (type, at) => new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true, clientX: at.left + 2, clientY: at.top + 2 });
		handle.dispatchEvent(event("dragstart", box(1)));
		body.dispatchEvent(event("dragover", box(0)));
		body.dispatchEvent(event("drop", box(0)));
		handle.dispatchEvent(event("dragend", box(0)));
		return true;
	})()`)
	if got := b.html(); got != "<h2>two</h2>\n<p>one</p>\n<p>three</p>" {
		t.Errorf("dragged to the top: %s", got)
	}
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

func TestEditorLeavesWhatItCanNotShow(t *testing.T) {
	t.Parallel()
	b, _ := editorPage{body: "<p>one</p>"}.open(t)
	said := evaluate[string](b, `(() => { try { document.querySelector("[data-editor]").editor.set('{"type":"doc","content":[{"type":"marquee"}]}'); return "taken"; } catch (e) { return e.message; } })()`)
	if !strings.Contains(said, "marquee") || b.html() != "<p>one</p>" {
		t.Errorf("an unknown kind: %q, and the text is %s", said, b.html())
	}
}
