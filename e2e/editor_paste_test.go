//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"
)

// paste hands the editor a clipboard with what other programs put there.
func (b *browser) paste(html, plain string) {
	b.t.Helper()
	evaluate[bool](b, `(() => {
		const data = new DataTransfer();
		if (`+quoted(html)+`) data.setData("text/html", `+quoted(html)+`);
		data.setData("text/plain", `+quoted(plain)+`);
		document.querySelector(".editor-body").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
		return true;
	})()`)
}

const fromWord = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {mso-style-parent:"";}</style></head><body lang=EN-US style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='mso-outline-level:1'><span lang=EN-GB style='font-weight:bold'>The tide<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-US style='mso-ansi-language:EN-US'>At <b style='mso-bidi-font-weight:normal'>ebb</b> there are <i>two</i>
metres.<o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>High<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>at four</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Low</p>
<p class=MsoNormal>Then</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>One</p>
<table class=MsoTableGrid border=1><tr><td width=100 style='width:100pt'><p class=MsoNormal><b>Day</b></p></td><td><p class=MsoNormal>High</p></td></tr><tr><td><p>Mon</p></td><td><p>5</p><p>m</p></td></tr></table>
<p class=MsoNormal><img width=100 src="file:///C:/x/image001.png"></p><!--EndFragment--></body></html>`

const fromDocs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;font-style:normal;">We were </span><span style="font-weight:700;">promised</span><span style="font-style:italic;font-weight:400"> a bridge</span><a href="https://gazette.example/b" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;font-weight:400"> here</span></a></p><br><h2 dir="ltr"><span style="font-weight:700">Bridge</span></h2><ul style="margin:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>a</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>b</span></p></li></ul></ul><p><span>H</span><span style="vertical-align:sub">2</span><span>O</span></p></b>`

func TestEditorPaste(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	for _, row := range []struct{ what, html, plain, want string }{
		{"words alone", "", "one\ntwo\n\nthree", "<p>one</p>\n<p>two</p>\n<p>three</p>"},
		{"Word", fromWord, "x", "<h2>The tide</h2>\n<p>At <strong>ebb</strong> there are <em>two</em> metres.\u00a0</p>\n<ul><li>High<ul><li>at four</li>\n</ul>\n</li>\n<li>Low</li>\n</ul>\n<p>Then</p>\n<ol><li>One</li>\n</ol>\n" +
			"<div class=\"table\"><table>\n<tbody><tr><td><strong>Day</strong></td><td>High</td></tr>\n<tr><td>Mon</td><td>5<br>m</td></tr>\n</tbody></table></div>"},
		{"Google Docs", fromDocs, "x", "<p>We were <strong>promised</strong><em> a bridge</em><a href=\"https://gazette.example/b\"> here</a></p>\n<h2>Bridge</h2>\n<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n</ul>\n<p>H<sub>2</sub>O</p>"},
		{"a page of the web", `<div class="x"><div><div>One <span style="color:red" onclick="a()">two</span><script>alert(1)</script></div><div><p>three <font color=red>four</font></p></div></div><section>five<form><input value=x></form></section></div>`, "x", "<p>One two</p>\n<p>three four</p>\n<p>five</p>"},
		{"a picture of another host", `<p>a<img src="https://b.example/c.jpg" alt="d" onerror="x()">e</p><img src="data:image/png;base64,AAAA">`, "x", "<p>a</p>\n<figure class=\"elsewhere\"><a href=\"https://b.example/c.jpg\" rel=\"noopener noreferrer\">d</a></figure>\n<p>e</p>"},
		{"a hostile link", `<p><a href="javascript:alert(1)">a</a> <a href=" java&#10;script:b">b</a></p>`, "x", "<p>a b</p>"},
		{"another language", `<p>a <span lang="ar" dir="rtl">ب</span></p>`, "x", "<p>a <span lang=\"ar\" dir=\"rtl\">ب</span></p>"},
		{"a word into a sentence", `<b>bold</b>`, "x", "<p><strong>bold</strong></p>"},
	} {
		b.fill("")
		b.paste(row.html, row.plain)
		if got := b.html(); got != row.want {
			t.Errorf("%s becomes\n%s\nnot\n%s", row.what, got, row.want)
		}
	}

	// What is copied here is pasted here with all its attributes.
	b.fill(everyNode)
	before := b.json()
	b.cursor("all")
	evaluate[bool](b, `(() => {
		const { view } = document.querySelector("[data-editor]").editor, data = new DataTransfer();
		const { dom, text } = view.serializeForClipboard(view.state.doc.slice(0, view.state.doc.content.size));
		data.setData("text/html", dom.innerHTML);
		data.setData("text/plain", text);
		document.querySelector("[data-editor]").editor.set("");
		view.dom.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
		return true;
	})()`)
	same(t, before, b.json())
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

// dropFile drops a file of that name on the text.
func (b *browser) dropFile(name string) {
	b.t.Helper()
	evaluate[bool](b, `(() => {
		const data = new DataTransfer(), body = document.querySelector(".editor-body"), box = body.lastElementChild.getBoundingClientRect();
		data.items.add(new File(["x"], `+quoted(name)+`, { type: "image/png" }));
		body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.bottom - 5 }));
		return true;
	})()`)
}

func TestEditorTakesPicturesThatAreDropped(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	b.fill("<p>a</p>")
	b.dropFile("harbour.png")
	want := `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]},{"type":"picture","attrs":{"picture":5}}]}`
	for begin := time.Now(); b.json() != want; time.Sleep(20 * time.Millisecond) {
		if time.Since(begin) > patience/4 {
			t.Fatalf("after a drop: %s", b.json())
		}
	}
	b.dropFile("damaged.png")
	if said := b.text(".editor-message"); !strings.Contains(said, "damaged.png") || !strings.Contains(said, "the file is damaged") {
		t.Errorf("of a damaged file is said %q", said)
	}
	if b.json() != want {
		t.Errorf("after a damaged file: %s", b.json())
	}
	_, problems := w.seen()
	for _, p := range problems {
		if !strings.Contains(p, "422") {
			t.Errorf("the browser complains: %q", p)
		}
	}
}
