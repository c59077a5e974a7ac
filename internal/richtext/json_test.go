package richtext

import (
	"bytes"
	"strings"
	"testing"
)

// everything is HTML that becomes every kind of node.
const everything = `<h2 id="ebb" lang="de">a</h2><p dir="rtl">b <a href="/x" title="y"><b>c</b></a><br><i>d</i><span lang="fr">e</span></p><ul><li>f</ul><ol start="2"><li>g</ol>` +
	`<blockquote>h<cite>i</cite></blockquote><aside class="pullquote">j</aside><figure class="align-left"><img src="/p.jpg" alt="k" data-picture-ref="7"><figcaption>l</figcaption></figure>` +
	`<figure class="gallery"><img src="/q"><img src="/r"></figure><iframe src="https://vimeo.com/7" title="m"></iframe><audio src="/a.mp3"></audio><table><tr><th colspan="2">n</th></tr></table>` +
	`<pre><code class="language-go">o</code></pre><hr><hr class="ad-break"><dl><dt>p<dd>P</dl><aside class="factbox"><h3>q</h3>r</aside><p class="related"><a href="/s">t</a></p>`

func TestABodyIsStoredAndReadTheSame(t *testing.T) {
	stored := parse(everything).Encode()
	d, err := Decode(stored)
	if err != nil {
		t.Fatal(err)
	}
	if again := d.Encode(); !bytes.Equal(again, stored) {
		t.Errorf("stored %s\nagain  %s", stored, again)
	}
	for kind := range holds {
		if !strings.Contains(string(stored), `"type":"`+string(kind)+`"`) {
			t.Errorf("the example lacks %s", kind)
		}
	}
}

func TestAnEmptyBodyIsReadFromNothing(t *testing.T) {
	for _, stored := range [][]byte{nil, {}, (&Doc{}).Encode()} {
		d, err := Decode(stored)
		if err != nil || len(d.Blocks) > 0 || d.Text() != "" || d.HTML(Options{}) != "" {
			t.Errorf("%q: %+v, %v", stored, d, err)
		}
	}
}

func TestWhatIsNoBodyIsRefusedInWords(t *testing.T) {
	doc := func(blocks string) string { return `{"type":"doc","content":[` + blocks + `]}` }
	nested := func(n int) string { // n quotes, a paragraph, its text
		return doc(strings.Repeat(`{"type":"blockquote","content":[`, n) + words + strings.Repeat("]}", n))
	}
	for _, row := range []struct{ what, stored, says string }{
		{"no JSON", "<p>x</p>", "JSON"},
		{"two documents", doc("") + doc(""), "JSON"},
		{"a list", "[]", "JSON"},
		{"a number for a word", `{"type":7}`, "JSON"},
		{"null", "null", "begin"},
		{"another root", `{"type":"paragraph"}`, "begin"},
		{"an unknown kind", doc(words + `,{"type":"marquee"}`), `block 2: "marquee" can't stand there`},
		{"no kind", doc(`{}`), "can't stand there"},
		{"a missing node", doc("null"), "missing"},
		{"text outside of a line", doc(`{"type":"text","text":"x"}`), "can't stand there"},
		{"a block in a line", doc(`{"type":"paragraph","content":[` + words + `]}`), "can't stand there"},
		{"a list of words", doc(`{"type":"bullet_list","content":[` + words + `]}`), "can't stand there"},
		{"a document in a document", doc(`{"type":"blockquote","content":[{"type":"doc"}]}`), "can't stand there"},
		{"something in a rule", doc(`{"type":"horizontal_rule","content":[` + words + `]}`), "can't stand there"},
		{"a break in code", doc(`{"type":"code_block","content":[{"type":"hard_break"}]}`), "can't stand there"},
		{"an unknown mark", doc(`{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"blink"}]}]}`), "blink"},
		{"too many marks", doc(`{"type":"paragraph","content":[{"type":"text","text":"x","marks":[` + strings.TrimSuffix(strings.Repeat(`{"type":"em"},`, 17), ",") + `]}]}`), "marks"},
		{"65 levels", nested(63), "64 levels"},
		{"20,000 levels", nested(20_000), "JSON"},
		{"more than 64 MB", strings.Repeat(" ", 64<<20+1), "bytes"},
	} {
		if d, err := Decode([]byte(row.stored)); err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v, error %v; want one that says %q", row.what, d, err, row.says)
		}
	}
	if _, err := Decode([]byte(nested(62))); err != nil {
		t.Errorf("64 levels: %v", err)
	}
}
