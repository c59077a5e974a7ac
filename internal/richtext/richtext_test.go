package richtext

import (
	"strings"
	"testing"
)

func TestX(t *testing.T) {
	for _, s := range []string{
		`<p>One <b>two</b> <a href="https://a.example/x?a=1&b=2">three <i>four</i></a>.</p><p>Two</p><p class="related"><a href="/x/">Head</a></p><p>Three</p><p>Four</p>`,
		`<figure class="align-left"><a href="/x"><img src="/wp-content/uploads/a.jpg" data-picture-ref="12" alt="A"></a><figcaption>Cap <b>x</b></figcaption></figure>`,
		`text <div>block <span>in</span></div> tail<ul><li>a<ul><li>b</li></ul></li></ul><table><tr><th>h</th><td>x<br>y</td></tr></table>`,
		`<figure class="gallery"><img src=a.jpg><img src=b.jpg><figcaption>G</figcaption></figure><script>alert(1)</script><a href="javascript:x">j</a>`,
		strings.Repeat("<div>", 2000) + "deep" + strings.Repeat("<b>", 2000),
		`<h1>T</h1><blockquote><p>q</p><cite>me</cite></blockquote><pre><code class="language-go">x  y
z</code></pre><dl><dt>a<dd>b</dl><iframe src="https://www.youtube.com/embed/x"></iframe>`,
	} {
		d, notes := FromHTML(s)
		e := d.Encode()
		d2, err := Decode(e)
		if err != nil {
			t.Fatal(err)
		}
		if string(d2.Encode()) != string(e) {
			t.Fatal("unstable")
		}
		if len(e) < 3000 {
			t.Logf("%s\n%v\n%s\n%q", e, notes, d.HTML(Options{InArticle: "<SLOT>", ReadMore: "Read more:"}), d.Text())
		}
	}
}
