//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"pgregory.net/rapid"

	lantern "broadsheet/internal/demo"
	"broadsheet/internal/richtext"
)

// everyNode is HTML that becomes every kind of node.
const everyNode = `<h2 id="ebb" lang="de">Ebbe</h2><p dir="rtl">b <a href="/x" title="y"><b>c</b></a><br><i>d</i><span lang="fr">e</span> <u>u</u><s>s</s><code>c</code>H<sub>2</sub>O<sup>3</sup></p><ul><li>f<ul><li>g</ul></ul><ol start="2"><li>g</ol>
<blockquote>h<cite>i</cite></blockquote><aside class="pullquote">j<cite>k</cite></aside><figure class="align-left"><img src="/p.jpg" alt="k" data-picture-ref="7"><figcaption>l</figcaption></figure>
<figure class="gallery"><img src="/q"><img src="/r"><figcaption>all</figcaption></figure><iframe src="https://vimeo.com/7" title="m"></iframe><audio src="/a.mp3"></audio><table><caption>w</caption><tr><th colspan="2">n<tr><td rowspan="2">1<td>2<tr><td>3</table>
<pre><code class="language-go">o
p</code></pre><hr><hr class="ad-break"><dl><dt>p<dd>P</dl><aside class="factbox"><h3>q</h3>r</aside><p class="related"><a href="/s">t</a></p>`

// throughEditor loads bodies in the editor and reads them back.
func throughEditor(b *browser, bodies ...string) []string {
	b.t.Helper()
	in, _ := json.Marshal(bodies) // strings can't fail
	out := evaluate[string](b, `JSON.stringify(`+string(in)+`.map((body) => {
		const editor = document.querySelector("[data-editor]").editor;
		editor.set(body);
		return editor.json();
	}))`)
	var back []string
	if err := json.Unmarshal([]byte(out), &back); err != nil {
		b.t.Fatal(err)
	}
	return back
}

// same fails unless two bodies are the same tree, in the same bytes.
func same(t interface{ Errorf(string, ...any) }, in, out string) {
	want, err := richtext.Decode([]byte(in))
	if err != nil {
		t.Errorf("%s: %v", in, err)
		return
	}
	got, err := richtext.Decode([]byte(out))
	if err != nil {
		t.Errorf("%s: %v", out, err)
		return
	}
	if !bytes.Equal(want.Encode(), got.Encode()) {
		t.Errorf("was %s\nis  %s", want.Encode(), got.Encode())
	}
}

func TestEditorHandsBackWhatItWasGiven(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	paper, err := lantern.Load(time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	bodies := []string{everyNode, ""}
	for _, a := range paper.Articles {
		bodies = append(bodies, a.Body)
	}
	stored := []string{"", `{"type":"doc","content":[{"type":"paragraph"}]}`, `{"type":"doc","content":[{"type":"gallery"},{"type":"blockquote"},{"type":"bullet_list"},{"type":"table"}]}`}
	for _, body := range bodies {
		doc, _ := richtext.FromHTML(body)
		stored = append(stored, string(doc.Encode()))
	}
	for i, back := range throughEditor(b, stored...) {
		same(t, stored[i], back)
	}
	t.Logf("%d bodies", len(stored))

	rapid.Check(t, func(rt *rapid.T) {
		body := string((&richtext.Doc{Blocks: rapid.Custom(drawBlocks).Draw(rt, "blocks")}).Encode())
		same(rt, body, throughEditor(b, body)[0])
	})
	if _, problems := w.seen(); len(problems) > 0 {
		t.Errorf("the browser complains: %q", problems)
	}
}

// A tree that differs from all that import and editor make is kept as well.

func drawBlocks(t *rapid.T) []*richtext.Node { return drawSome(t, 3, blockKinds) }

var blockKinds = []richtext.Type{
	richtext.Paragraph, richtext.Heading, richtext.Bullets, richtext.Numbers, richtext.Quote, richtext.PullQuote, richtext.Picture, richtext.Gallery, richtext.Embed,
	richtext.Media, richtext.Table, richtext.Code, richtext.Rule, richtext.Raw, richtext.FactBox, richtext.Related, richtext.AdBreak,
}

func drawSome(t *rapid.T, depth int, kinds []richtext.Type) []*richtext.Node {
	n := rapid.IntRange(0, 3).Draw(t, "how many")
	var out []*richtext.Node
	for range n {
		out = append(out, drawNode(t, depth, rapid.SampledFrom(kinds).Draw(t, "kind")))
	}
	return out
}

func drawNode(t *rapid.T, depth int, kind richtext.Type) *richtext.Node {
	n := &richtext.Node{Type: kind}
	if rapid.Bool().Draw(t, "attributes") {
		n.Attrs = drawAttrs(t)
	}
	inner := func(kinds ...richtext.Type) []*richtext.Node {
		if depth == 0 {
			return nil
		}
		return drawSome(t, depth-1, kinds)
	}
	switch kind {
	case richtext.Paragraph, richtext.Heading, richtext.Picture, richtext.Embed, richtext.Media, richtext.Cell:
		n.Content = drawLine(t)
	case richtext.Bullets, richtext.Numbers:
		n.Content = inner(richtext.Item)
	case richtext.Item, richtext.Quote, richtext.PullQuote, richtext.FactBox:
		n.Content = inner(blockKinds...)
	case richtext.Gallery:
		n.Content = inner(richtext.Picture, richtext.Paragraph)
	case richtext.Table:
		n.Content = inner(richtext.Row, richtext.Paragraph)
	case richtext.Row:
		n.Content = drawSome(t, 0, []richtext.Type{richtext.Cell})
	case richtext.Code:
		if s := rapid.StringN(0, 8, -1).Draw(t, "code"); s != "" {
			n.Content = []*richtext.Node{{Type: richtext.Text, Text: s}}
		}
	}
	return n
}

// drawAttrs makes attributes without asking which kind has them: whatever is
// stored is kept. Ids are those that a store gives, which JavaScript can count.
func drawAttrs(t *rapid.T) *richtext.Attrs {
	words := func(name string) string {
		return rapid.SampledFrom([]string{"", "", "", "x", "ü <&> \" \u2028", "left"}).Draw(t, name)
	}
	number := func(name string) int { return rapid.SampledFrom([]int{0, 0, 0, 1, 2, 7, -1}).Draw(t, name) }
	return &richtext.Attrs{
		Level: number("level"), Start: number("start"), Cite: words("cite"), Picture: rapid.Int64Range(0, 1<<53-1).Draw(t, "picture"), Src: words("src"), Ref: words("ref"), Alt: words("alt"),
		Credit: words("credit"), Align: words("align"), Href: words("href"), Article: int64(number("article")), Text: words("text"), Title: words("title"), Media: words("media"),
		Header: rapid.Bool().Draw(t, "header"), Colspan: number("colspan"), Rowspan: number("rowspan"), Language: words("language"), HTML: words("html"), Lang: words("lang"), Dir: words("dir"), Anchor: words("anchor"),
	}
}

func drawLine(t *rapid.T) []*richtext.Node {
	var out []*richtext.Node
	for range rapid.IntRange(0, 3).Draw(t, "runs") {
		if rapid.IntRange(0, 4).Draw(t, "break") == 0 {
			out = append(out, &richtext.Node{Type: richtext.HardBreak})
			continue
		}
		n := &richtext.Node{Type: richtext.Text, Text: rapid.StringN(1, 8, -1).Draw(t, "text")}
		for _, s := range []richtext.Style{richtext.Span, richtext.Sub, richtext.Sup, richtext.CodeStyle, richtext.Strike, richtext.Underline, richtext.Emphasis, richtext.Strong, richtext.LinkStyle} {
			if rapid.IntRange(0, 3).Draw(t, string(s)) > 0 {
				continue
			}
			m := richtext.Mark{Type: s}
			if s == richtext.Span {
				m.Attrs = &richtext.MarkAttrs{Lang: "fr", Dir: rapid.SampledFrom([]string{"", "ltr"}).Draw(t, "direction")}
			}
			if s == richtext.LinkStyle {
				m.Attrs = &richtext.MarkAttrs{Href: "/x", Article: int64(rapid.IntRange(0, 9).Draw(t, "article")), Title: "y", Lang: rapid.SampledFrom([]string{"", "de"}).Draw(t, "lang")}
			}
			n.Marks = append(n.Marks, m)
		}
		out = append(out, n)
	}
	return out
}

// html is what the reading site makes of what is in the editor.
func (b *browser) html() string {
	b.t.Helper()
	d, err := richtext.Decode([]byte(b.json()))
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.TrimSpace(string(d.HTML(richtext.Options{
		Article: func(id int64) (richtext.Target, bool) {
			return richtext.Target{URL: fmt.Sprintf("/article/%d", id), Headline: fmt.Sprintf("Article %d", id)}, true
		},
		Picture: func(id int64) (richtext.Image, bool) {
			return richtext.Image{URL: fmt.Sprintf("/picture/%d", id), Width: 8, Height: 5}, true
		},
	})))
}

// json is what is in the editor, as it would be stored.
func (b *browser) json() string {
	b.t.Helper()
	return evaluate[string](b, `document.querySelector("[data-editor]").editor.json()`)
}

// fill puts HTML into the editor and the cursor at its end.
func (b *browser) fill(body string) {
	b.t.Helper()
	d, _ := richtext.FromHTML(body)
	throughEditor(b, string(d.Encode()))
	b.cursor("end")
}

// cursor puts the cursor at the "start" of the first or the "end" of the last
// line, or selects "all".
func (b *browser) cursor(at string) {
	b.t.Helper()
	evaluate[bool](b, `(() => {
		const { view } = document.querySelector("[data-editor]").editor, at = `+quoted(at)+`;
		const lines = [...view.dom.querySelectorAll("p, h2, h3, h4, h5, h6, td, th, figcaption, pre code")];
		const range = document.createRange();
		range.selectNodeContents(at === "all" ? view.dom : at === "start" ? lines[0] : lines.at(-1));
		if (at !== "all") range.collapse(at === "start");
		view.focus();
		getSelection().removeAllRanges();
		getSelection().addRange(range);
		document.dispatchEvent(new Event("selectionchange"));
		return true;
	})()`)
}

// keys presses keys, all of them with the modifiers. A key goes down with its
// letter in one event, so that a page that takes the key keeps the letter out.
func (b *browser) keys(keys string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	for _, r := range keys {
		events := kb.Encode(r)
		down, up := events[0], events[len(events)-1]
		chromedp.KeyModifiers(modifiers...)(down)
		chromedp.KeyModifiers(modifiers...)(up)
		if len(events) == 3 && down.Modifiers&^int64(chromedp.ModifierShift) == 0 {
			down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
		}
		for _, e := range []*input.DispatchKeyEventParams{down, up} {
			if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *e); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}
