package richtext

import (
	"strings"
	"testing"
)

// tree is a body in the short form in which the tests write it.
func tree(d *Doc) string {
	s := string(d.Encode())
	s = strings.TrimSuffix(strings.TrimPrefix(s, `{"type":"doc"`), "}")
	return strings.TrimSuffix(strings.TrimPrefix(s, `,"content":[`), "]")
}

func parse(s string) *Doc {
	d, _ := FromHTML(s)
	return d
}

const words = `{"type":"paragraph","content":[{"type":"text","text":"x"}]}`

func TestEveryKindOfNodeIsReadFromHTML(t *testing.T) {
	for _, row := range []struct{ what, html, tree string }{
		{"nothing", " \n ", ""},
		{"paragraph", "<p>x</p>", words},
		{"bare words", "x", words},
		{"white space", "<p>\n a  <b> b </b>\n c </p>", `{"type":"paragraph","content":[{"type":"text","text":"a "},{"type":"text","text":"b ","marks":[{"type":"strong"}]},{"type":"text","text":"c"}]}`},
		{"language and direction", `<p lang="AR" dir="RTL">x</p>`, `{"type":"paragraph","attrs":{"lang":"ar","dir":"rtl"},"content":[{"type":"text","text":"x"}]}`},
		{"heading", `<h1 id="a">x</h1><h4>x</h4>`, `{"type":"heading","attrs":{"level":2,"anchor":"a"},"content":[{"type":"text","text":"x"}]},{"type":"heading","attrs":{"level":4},"content":[{"type":"text","text":"x"}]}`},
		{"list", "<ul><li>x<ol start=3><li><p>x</p></ol></ul>", `{"type":"bullet_list","content":[{"type":"list_item","content":[` + words + `,{"type":"ordered_list","attrs":{"start":3},"content":[{"type":"list_item","content":[` + words + `]}]}]}]}`},
		{"list with words outside of items", "<ul>x<li>x</ul>", `{"type":"bullet_list","content":[{"type":"list_item","content":[` + words + `]},{"type":"list_item","content":[` + words + `]}]}`},
		{"quote", "<blockquote><p>x</p><cite>Mara</cite></blockquote>", `{"type":"blockquote","attrs":{"cite":"Mara"},"content":[` + words + `]}`},
		{"pull quote", `<aside class="pullquote"><blockquote>x</blockquote><cite>Mara</cite></aside>`, `{"type":"pull_quote","attrs":{"cite":"Mara"},"content":[` + words + `]}`},
		{"pull quote as it is rendered", `<blockquote class="pullquote">x</blockquote>`, `{"type":"pull_quote","content":[` + words + `]}`},
		{"picture", `<img src="/p.jpg" alt=" The  pier " data-picture-ref="7">`, `{"type":"picture","attrs":{"src":"/p.jpg","ref":"7","alt":"The pier"}}`},
		{"picture in a paragraph", `<p>x <img src="/p.jpg"> x</p>`, words + `,{"type":"picture","attrs":{"src":"/p.jpg"}},` + words},
		{"picture with a link", `<a href="/big"><img src="/p.jpg"></a>`, `{"type":"picture","attrs":{"src":"/p.jpg","href":"/big"}}`},
		{"picture with a caption", `<figure class="align-left"><img src="/p.jpg"><figcaption>x</figcaption></figure>`, `{"type":"picture","attrs":{"src":"/p.jpg","align":"left"},"content":[{"type":"text","text":"x"}]}`},
		{"picture with two captions", `<figure><figure><img src="/p.jpg"><figcaption>a</figcaption></figure><figcaption>x</figcaption></figure>`, `{"type":"picture","attrs":{"src":"/p.jpg"},"content":[{"type":"text","text":"a"}]},` + words},
		{"figure in a link", `<a href="/big"><figure><img src="/p.jpg"></figure></a>`, `{"type":"picture","attrs":{"src":"/p.jpg","href":"/big"}}`},
		{"gallery", `<figure class="gallery"><img src="/p"><img src="/q"><figcaption>x</figcaption></figure>`, `{"type":"gallery","content":[{"type":"picture","attrs":{"src":"/p"}},{"type":"picture","attrs":{"src":"/q"}},` + words + `]}`},
		{"gallery without pictures", `<figure class="gallery"><blockquote>x<cite>Mara</cite></blockquote></figure>`, `{"type":"blockquote","attrs":{"cite":"Mara"},"content":[` + words + `]}`},
		{"embed", `<figure class="embed"><a href="https://vimeo.com/7">v</a><figcaption>x</figcaption></figure>`, `{"type":"embed","attrs":{"href":"https://vimeo.com/7"},"content":[{"type":"text","text":"x"}]}`},
		{"frame", `<iframe src="//player.vimeo.com/video/7" title="Ebb"></iframe>`, `{"type":"embed","attrs":{"href":"https://player.vimeo.com/video/7","title":"Ebb"}}`},
		{"sound and film", `<audio src="/a.mp3"></audio><figure><video><source src="/v.mp4"></video><figcaption>x</figcaption></figure>`, `{"type":"media","attrs":{"src":"/a.mp3","media":"audio"}},{"type":"media","attrs":{"src":"/v.mp4","media":"video"},"content":[{"type":"text","text":"x"}]}`},
		{"table", `<table><caption>x</caption><tr><th colspan=2>a</th></tr><tr><td>b</td><td rowspan=3></td></tr></table>`,
			`{"type":"table","content":[{"type":"table_row","content":[{"type":"table_cell","attrs":{"header":true,"colspan":2},"content":[{"type":"text","text":"a"}]}]},` +
				`{"type":"table_row","content":[{"type":"table_cell","content":[{"type":"text","text":"b"}]},{"type":"table_cell","attrs":{"rowspan":3}}]},` + words + `]}`},
		{"blocks in a cell", `<table><tr><td><h3>a</h3> <p>b</p>c</td></tr></table>`,
			`{"type":"table","content":[{"type":"table_row","content":[{"type":"table_cell","content":[{"type":"text","text":"a"},{"type":"hard_break"},{"type":"text","text":"b"},{"type":"hard_break"},{"type":"text","text":"c"}]}]}]}`},
		{"code", `<pre><code class="language-go">` + "\nif a {\n\tb()\n}\n" + `</code></pre>`, `{"type":"code_block","attrs":{"language":"go"},"content":[{"type":"text","text":"if a {\n\tb()\n}"}]}`},
		{"rule and ad break", `<hr><hr class="ad-break">`, `{"type":"horizontal_rule"},{"type":"ad_break"}`},
		{"list of terms", `<dl><dt>a<dd onclick=b()>c</dl>`, `{"type":"html_block","attrs":{"html":"\u003cdl\u003e\u003cdt\u003ea\u003c/dt\u003e\u003cdd\u003ec\u003c/dd\u003e\u003c/dl\u003e"}}`},
		{"fact box", `<aside class="factbox"><h2>Ebb</h2><p>x</p></aside>`, `{"type":"fact_box","attrs":{"title":"Ebb"},"content":[` + words + `]}`},
		{"fact box whose heading comes later", `<aside class="factbox"><p>x</p><hr><h3>b</h3></aside>`, `{"type":"fact_box","content":[` + words + `,{"type":"horizontal_rule"},{"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"b"}]}]}`},
		{"details", `<details><summary>Ebb</summary>x</details>`, `{"type":"fact_box","attrs":{"title":"Ebb"},"content":[` + words + `]}`},
		{"related", `<p class="related"><span>More</span> <a href="/b">Tide</a></p>`, `{"type":"related","attrs":{"href":"/b","text":"Tide"}}`},
		{"line break", "<p>a<br>b<br></p>", `{"type":"paragraph","content":[{"type":"text","text":"a"},{"type":"hard_break"},{"type":"text","text":"b"}]}`},
		{"marks", `<p><i>a</i><u>b</u><del>c</del><code>d</code><sub>e</sub><sup>f</sup></p>`, `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"em"}]},{"type":"text","text":"b","marks":[{"type":"underline"}]},` +
			`{"type":"text","text":"c","marks":[{"type":"strike"}]},{"type":"text","text":"d","marks":[{"type":"code"}]},{"type":"text","text":"e","marks":[{"type":"sub"}]},{"type":"text","text":"f","marks":[{"type":"sup"}]}]}`},
		{"link", `<a href=" https://a.example/b " title="To b"><b>x</b></a>`, `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"https://a.example/b","title":"To b"}},{"type":"strong"}]}]}`},
		{"link around a block", `<a href="/b"><div><p>x</p></div></a>`, `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"/b"}}]}]}`},
		{"language within language", `<span lang=de><span lang=fr>x</span></span>`, `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"span","attrs":{"lang":"fr"}}]}]}`},
		{"direction within language", `<span lang=de><span dir=rtl>x</span></span>`, `{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"span","attrs":{"lang":"de","dir":"rtl"}}]}]}`},
		{"control characters", "<p>x\x00\x01&#1;&#11;</p>", words},
		{"what is not known is looked through", "<main><section><center>x</center></section></main>", words},
	} {
		t.Run(row.what, func(t *testing.T) {
			if got := tree(parse(row.html)); got != row.tree {
				t.Errorf("%s\n got %s\nwant %s", row.html, got, row.tree)
			}
		})
	}
}

func TestWhatIsLostIsNoted(t *testing.T) {
	for _, row := range []struct {
		html string
		kind NoteKind
	}{
		{"<script>a()</script>", Removed}, {"<form><input></form>", Removed}, {`<a href="javascript:a()">x</a>`, Removed}, {`<img alt="x">`, Removed},
		{`<iframe srcdoc="x"></iframe>`, Removed}, {`<iframe src="/here"></iframe>`, Removed}, {"<dl><dt>x<dd>y</dl>", KeptAsHTML},
		{"<table><tr><td><ul><li>x</ul></td></tr></table>", KeptAsHTML}, {strings.Repeat("<div>", 100) + "x", Flattened}, {strings.Repeat("<div>", 1000) + "x", Flattened},
	} {
		_, notes := FromHTML(row.html)
		if len(notes) != 1 || notes[0].Kind != row.kind || notes[0].Text == "" {
			t.Errorf("%.60s: notes %v, want one of the kind %q", row.html, notes, row.kind)
		}
	}
	if _, notes := FromHTML("<p>a <b>b</b></p><ul><li>c</ul><table><tr><td>d</table>"); len(notes) > 0 {
		t.Errorf("nothing is lost, and yet: %v", notes)
	}
}

func TestDeepHTMLKeepsItsWords(t *testing.T) {
	for _, depth := range []int{10, 60, 300, 600, 5000} {
		for _, tag := range []string{"div", "blockquote", "ul><li", "b", "aside class=factbox", "figure", "table><tr><td", "h2"} {
			d := parse(strings.Repeat("<"+tag+">", depth) + "ebb")
			if got := d.Text(); got != "ebb" {
				t.Errorf("%d times <%s>: %q", depth, tag, got)
			}
			if _, err := Decode(d.Encode()); err != nil {
				t.Errorf("%d times <%s>: %v", depth, tag, err)
			}
		}
	}
}

// Each of these took time, or room, with the square of its length in a simpler
// reader: at this length that would be minutes, and the run would be ended.
func TestHostileHTMLTakesRoomInProportionToItsLength(t *testing.T) {
	const n = 20_000
	inputs := map[string]string{"languages in each other": strings.Repeat("<span lang=de>", 400) + strings.Repeat("a<br>", n),
		"one long address": `<a href="/` + strings.Repeat("a", n) + `">` + strings.Repeat("a<b>b</b>", n)}
	for _, unit := range []string{"<div>", "<b>", "<a>", "<p>", "<i><p>", "<ul><li>", "<table>", "<table><tr><td>", "<figure>", "<blockquote>", "<span>", "<h2>", "<svg>", "<select>", "<img src=a>", "<br>", "</p>",
		"<details>", "<!--", "<", "&", "<template>", "<figure><img src=a>", "<dl>", "<font color=a>", "<button><p>", "<a href=b><div>"} {
		inputs[unit] = strings.Repeat(unit, n)
	}
	for what, s := range inputs {
		d := parse(s)
		if size := len(d.Encode()) + len(d.HTML(Options{})); size > 200*len(s) {
			t.Errorf("%s: %d bytes became %d", what, len(s), size)
		}
	}
}
