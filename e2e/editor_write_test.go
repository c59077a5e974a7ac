//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestEditorTyping(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	for _, row := range []struct{ what, typed, want string }{
		{"a heading", "## Ebb", "<h2>Ebb</h2>"},
		{"a smaller heading", "x\r#### Ebb", "<p>x</p>\n<h2>Ebb</h2>"}, // the site makes it as deep as those before it allow
		{"a list", "- a\rb\r\rc", "<ul><li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>"},
		{"a numbered list that starts later", "3. a", "<ol start=\"3\"><li>a</li>\n</ol>"},
		{"a quote", "> a", "<blockquote>\n<p>a</p>\n</blockquote>"},
		{"code", "```go a := \"b\"", "<pre><code class=\"language-go\">a := &#34;b&#34;</code></pre>"},
		{"a break between parts", "---a", "<hr>\n<p>a</p>"},
		{"bold", "a **b c** d", "<p>a <strong>b c</strong> d</p>"},
		{"italic", "a _b_ c_d_e", "<p>a <em>b</em> c_d_e</p>"},
		{"struck through", "~~a~~", "<p><s>a</s></p>"},
		{"code in a line", "a `b` c", "<p>a <code>b</code> c</p>"},
		{"quotation marks", `"a 'b' c," it's 5" (d) "e"`, "<p>“a ‘b’ c,” it’s 5&#34; (d) “e”</p>"},
		{"dashes and dots", "a -- b--c...", "<p>a – b—c…</p>"},
	} {
		b.fill("")
		b.keys(row.typed)
		if got := b.html(); got != row.want {
			t.Errorf("%s: %q becomes\n%s\nnot\n%s", row.what, row.typed, got, row.want)
		}
	}
	evaluate[bool](b, `document.querySelector("[data-editor]").editor.setLanguage("de", "ltr", ["„", "“", "‚", "‘"]) || true`)
	b.fill("")
	b.keys(`"a 'b' c" -- d`)
	if got := b.html(); got != "<p>„a ‚b‘ c“ – d</p>" {
		t.Errorf("in German: %s", got)
	}
	b.fill("")
	b.keys("## ")
	b.keys(kb.Backspace)
	if got := b.html(); got != "<p>## </p>" {
		t.Errorf("Backspace takes a rule back: %s", got)
	}
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

func TestEditorKeys(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	const up, down, del = kb.ArrowUp, kb.ArrowDown, kb.Delete
	alt, ctrl, shift := chromedp.ModifierAlt, chromedp.ModifierCtrl, chromedp.ModifierShift
	type press struct {
		keys string
		with []chromedp.Modifier
	}
	k := func(keys string, with ...chromedp.Modifier) press { return press{keys, with} }
	for _, row := range []struct {
		what, body string
		presses    []press
		want       string
	}{
		{"a block moves up", "<p>a</p><p>b</p>", []press{k(up, alt, shift)}, "<p>b</p>\n<p>a</p>"},
		{"an item moves in its list", "<ul><li>a<li>b</ul>", []press{k(up, alt, shift)}, "<ul><li>b</li>\n<li>a</li>\n</ul>"},
		{"a list's first item moves the list", "<p>x</p><ul><li>a</ul>", []press{k(up, alt, shift)}, "<ul><li>a</li>\n</ul>\n<p>x</p>"},
		{"a block is deleted", "<p>a</p><p>b</p>", []press{k(del, alt, shift)}, "<p>a</p>"},
		{"an item goes deeper", "<ul><li>a<li>b</ul>", []press{k(kb.Tab)}, "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>"},
		{"and comes back", "<ul><li>a<ul><li>b</ul></ul>", []press{k(kb.Tab, shift)}, "<ul><li>a</li>\n<li>b</li>\n</ul>"},
		{"a line breaks", "<p>a</p>", []press{k(kb.Enter, shift), k("b")}, "<p>a<br>b</p>"},
		{"Enter leaves a caption", `<figure><img src="/p.jpg" alt=""><figcaption>c</figcaption></figure>`, []press{k(kb.Enter), k("x")}, "<p>x</p>"},
		{"Tab goes through a table and adds a row", "<table><tr><td>a<td>b</table>", []press{k(kb.Tab), k("c"), k(kb.Tab), k("d")}, "c</td><td>d</td>"},
		{"Enter goes down in a table", "<table><tr><td>a<td>b</table>", []press{k(kb.Enter), k("c")}, "<td></td><td>c</td>"},
		{"a caption stays one", `<figure class="gallery"><img src="https://b.example/p.jpg" alt="p"></figure>`, []press{k("- # a"), k("2", ctrl, alt), k("8", ctrl, shift), k("9", ctrl, shift)}, "<figure class=\"gallery\"><div class=\"gallery-pictures\"><figure class=\"elsewhere\"><a href=\"https://b.example/p.jpg\" rel=\"noopener noreferrer\">p</a><figcaption>- # a</figcaption></figure>\n</div></figure>"},
		{"all lines become headings, pictures stay", `<p>a</p><figure><img src="https://b.example/p.jpg" alt="p"><figcaption>c</figcaption></figure><p>b</p>`, []press{k("a", ctrl), k("2", ctrl, alt)}, "<h2>a</h2>\n<figure class=\"elsewhere\"><a href=\"https://b.example/p.jpg\" rel=\"noopener noreferrer\">p</a><figcaption>c</figcaption></figure>\n<h2>b</h2>"},
		{"Enter twice leaves a fact box", `<aside class="factbox"><p>a</p></aside>`, []press{k(kb.Enter + kb.Enter), k("x")}, "<aside class=\"factbox\"><p>a</p>\n</aside>\n<p>x</p>"},
		{"Alt+Enter goes to its title", `<aside class="factbox"><p>a</p></aside>`, []press{k(kb.Enter, alt), k("T"), k(kb.ArrowDown), k("x")}, "<aside class=\"factbox\"><h2>T</h2>\n<p>xa</p>\n</aside>"},
		{"a word is deleted, and is back", "<p>a b</p>", []press{k(kb.Backspace), k("z", ctrl)}, "<p>a b</p>"},
		{"bold, and undone", "<p>a</p>", []press{k("a", ctrl), k("b", ctrl), k("z", ctrl)}, "<p>a</p>"},
		{"a heading by keys", "<h2>a</h2><p>b</p>", []press{k("3", ctrl, alt)}, "<h2>a</h2>\n<h3>b</h3>"},
	} {
		b.fill(row.body)
		for _, p := range row.presses {
			b.keys(p.keys, p.with...)
		}
		if got := b.html(); got != row.want && (!strings.Contains(row.want, "td>") || !strings.Contains(got, row.want)) {
			t.Errorf("%s:\n%s\nnot\n%s", row.what, got, row.want)
		}
	}
	b.fill(`<p>a</p><figure><img src="/p.jpg" alt=""></figure>`)
	b.press(".editor-picture")
	b.keys(kb.Delete)
	if got := b.json(); got != `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]}` {
		t.Errorf("a picture that is pressed and deleted: %s", got)
	}
	b.fill("<p>a</p>")
	b.keys(kb.F10, alt)
	if at := evaluate[string](b, `document.activeElement.closest("[role=toolbar]") ? document.activeElement.textContent : ""`); at != "Paragraph" {
		t.Errorf("Alt+F10 leads to %q", at)
	}
	b.keys(kb.ArrowRight)
	b.keys(kb.Enter)
	b.keys("b")
	if got := b.html(); got != "<p>a<strong>b</strong></p>" {
		t.Errorf("bold by the toolbar and the keyboard: %s", got)
	}
	b.keys(kb.F10, alt)
	b.keys(kb.Home)
	b.keys(kb.Enter)
	b.keys(kb.ArrowDown + kb.ArrowDown + kb.Enter)
	if got := b.html(); got != "<h2>a<strong>b</strong></h2>" {
		t.Errorf("a style by the menu and the keyboard: %s", got)
	}
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

func TestEditorSlashMenuAndDialogs(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	wait := func(selector string) { b.do(chromedp.WaitVisible(chromedp.CSS(selector))) }
	slash := func(filter string) {
		b.fill("")
		b.keys("/" + filter)
		wait(".editor-slash .is-at")
	}
	check := func(what, want string) {
		t.Helper()
		var got string
		for range 100 { // a dialog closes a moment after its key
			if got = b.html(); strings.Contains(got, want) {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Errorf("%s: %s lacks %s", what, got, want)
	}
	slash("")
	if v := b.axe(); len(v) > 0 {
		t.Errorf("with the slash menu open: %v", v)
	}
	b.shoot("editor-slash")
	b.keys(kb.Escape)
	check("given up", "<p>/</p>")

	slash("fact")
	b.keys(kb.Enter)
	b.keys("x")
	check("a fact box", `<aside class="factbox"><p>x</p>`)

	slash("table")
	b.keys(kb.Enter)
	b.keys("Day")
	check("a table", `<th scope="col">Day</th>`)

	slash("ad")
	b.keys(kb.Enter)
	b.keys(kb.ArrowDown)
	b.keys("on")
	if json := b.json(); json != `{"type":"doc","content":[{"type":"ad_break"},{"type":"paragraph","content":[{"type":"text","text":"on"}]}]}` {
		t.Errorf("an ad break: %s", json)
	}

	slash("read")
	b.keys(kb.Enter)
	wait("dialog[open]")
	b.keys("ferry")
	wait(".editor-found [role=option]")
	if v := b.axe(); len(v) > 0 {
		t.Errorf("with the link dialog open: %v", v)
	}
	b.shoot("editor-read-more")
	b.keys(kb.ArrowDown)
	b.keys(kb.Enter)
	check("read more", `<a href="/article/8">Article 8</a>`)
	b.do(chromedp.WaitVisible(chromedp.CSS(".related .editor-headline")))
	if head := b.text(".related .editor-headline"); head != "Why the night ferry was late" {
		t.Errorf("the block shows %q", head)
	}

	slash("pict")
	b.keys(kb.Enter)
	wait(".editor-grid [role=option]")
	if v := b.axe(); len(v) > 0 {
		t.Errorf("with the picture dialog open: %v", v)
	}
	b.settle()
	b.shoot("editor-pictures")
	b.keys(kb.ArrowDown + kb.ArrowDown)
	b.keys(kb.Enter)
	check("a picture", `<img src="/picture/2"`)
	b.keys(kb.Enter, chromedp.ModifierAlt)
	wait("dialog[open]")
	b.keys("Low water")
	b.shoot("editor-picture")
	b.keys(kb.Enter)
	check("its description", `alt="Low water"`)

	slash("embed")
	b.keys(kb.Enter)
	wait("dialog[open]")
	b.keys("javascript:alert(1)" + kb.Enter)
	wait(".editor-error:not([hidden])")
	evaluate[bool](b, `document.activeElement.select() || true`)
	b.keys("https://vimeo.com/9" + kb.Enter)
	check("an embed", `data-embed-url="https://vimeo.com/9"`)

	b.fill("<p>see this</p>")
	b.keys(kb.ArrowLeft+kb.ArrowLeft+kb.ArrowLeft+kb.ArrowLeft, chromedp.ModifierShift)
	b.until(`(({ from, to }) => to - from === 4)(document.querySelector("[data-editor]").editor.view.state.selection)`)
	b.keys("k", chromedp.ModifierCtrl)
	wait("dialog[open]")
	b.keys("vote.example/x" + kb.Enter)
	check("a link", `<p>see <a href="https://vote.example/x">this</a></p>`)
	b.keys("k", chromedp.ModifierCtrl)
	wait(".editor-remove")
	b.press(".editor-remove")
	check("no link", "<p>see this</p>")

	// The body goes with the form, also what was typed a moment ago.
	b.fill("<p>a</p>")
	b.keys("b")
	b.follow("form button:not([type])")
	if sent := b.text("body"); sent != `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"ab"}]}]}` {
		t.Errorf("sent was %s", sent)
	}
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

// press clicks what leads nowhere.
func (b *browser) press(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// until waits for a condition of the page.
func (b *browser) until(condition string) {
	b.t.Helper()
	for begin := time.Now(); !evaluate[bool](b, condition); time.Sleep(10 * time.Millisecond) {
		if time.Since(begin) > patience/2 {
			b.t.Fatalf("it never came to be that %s", condition)
		}
	}
}
