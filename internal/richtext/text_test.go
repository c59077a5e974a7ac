package richtext

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheWordsOfABodyAreThoseThatReadersRead(t *testing.T) {
	for _, row := range []struct{ what, html, want string }{
		{"blocks are lines", "<h2>a</h2><p>b <b>c</b>d</p><ul><li>e<li>f</ul>", "a\nb cd\ne\nf"},
		{"line break", "<p>a<br>b</p>", "a\nb"},
		{"caption, not address", `<figure><img src="/p.jpg" alt="k"><figcaption>a</figcaption></figure><hr><p>b</p>`, "a\nb"},
		{"cells", "<table><tr><td>a<td>b</table>", "a\nb"},
		{"fact box", "<details><summary>a</summary>b</details>", "a\nb"},
		{"related", `<p class="related"><a href="/x">a</a></p><p>b</p>`, "a\nb"},
		{"HTML block", "<dl><dt>a &amp; b<dd>c<br/>d</dl>", "a & b\nc\nd"},
		{"code", "<pre>a\n  b</pre>", "a\n  b"},
		{"empty", "", ""},
	} {
		if got := parse(row.html).Text(); got != row.want {
			t.Errorf("%s: %q, want %q", row.what, got, row.want)
		}
	}
}

func TestAnExcerptIsTheBeginningCutAtAWord(t *testing.T) {
	for _, row := range []struct {
		what, html string
		length     int
		want       string
	}{
		{"short", "<p>The ferry</p><p>runs.</p>", 40, "The ferry runs."},
		{"cut at a word", "<p>The ferry runs again</p>", 12, "The ferry…"},
		{"cut just behind a word", "<p>The ferry runs</p>", 10, "The ferry…"},
		{"no comma before the dots", "<p>The ferry, again</p>", 13, "The ferry…"},
		{"no headings, captions, boxes", `<h2>Head</h2><figure><img src="/p"><figcaption>Cap</figcaption></figure><details><summary>a</summary>b</details><p>Words</p>`, 40, "Words"},
		{"lists and quotes", "<ul><li>a<li>b</ul><blockquote>c</blockquote>", 40, "a b c"},
		{"a script without spaces", "<p>港口渡轮今天恢复运行</p>", 5, "港口渡轮…"},
		{"much white space", "<p>a" + strings.Repeat("&nbsp;", 500) + "b c</p>", 5, "a b c"},
	} {
		got := parse(row.html).Excerpt(row.length)
		if got != row.want || utf8.RuneCountInString(got) > row.length {
			t.Errorf("%s: %q, want %q", row.what, got, row.want)
		}
	}
}
