package richtext

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var attacks = []string{
	`<script>alert(1)</script>x`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<img src=x onerror=alert(1)>`, `<p onclick="alert(1)">x</p>`, `<a href="javascript:alert(1)">x</a>`,
	`<a href=" java	script:alert(1)">x</a>`, `<a href="&#1;javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt&colon;alert(1)">x</a>`, `<a href="data:text/html,<script>alert(1)</script>">x</a>`,
	`<a href="vbscript:x">x</a>`, `<a href="/\evil.example">x</a>`, `<svg onload=alert(1)><script>alert(1)</script></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
	`<math><mtext><script>alert(1)</script></mtext></math>`, `<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>`, `<style>@import "//evil.example";</style>`,
	`<p style="background:url(javascript:alert(1))">x</p>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<iframe src="javascript:alert(1)"></iframe>`, `<iframe src="//evil.example/&quot; onload=&quot;alert(1)"></iframe>`,
	`<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">`, `<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>`,
	`<base href="//evil.example/">`, `<meta http-equiv="refresh" content="0;url=javascript:alert(1)">`, `<link rel=stylesheet href="//evil.example/x.css">`, `<video src="javascript:alert(1)" onerror=alert(1)></video>`,
	`<video><source src=x onerror=alert(1)></video>`, `<dl><dt><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><svg/onload=alert(1)></dl>`, `<table><tr><td><ul><li><script>alert(1)</script><iframe srcdoc=x></ul></table>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<template><script>alert(1)</script></template>`, `<xmp><script>alert(1)</script></xmp>`, `<textarea><script>alert(1)</script>`, `<title><script>alert(1)</script></title>`,
	`<figure class="embed"><a href="https://evil.example/&quot;onload=&quot;alert(1)">x</a></figure>`, `<p id='x" onclick="alert(1)' lang='de" onclick="alert(1)' dir='" onclick='>x</p>`,
	`<pre><code class='language-" onclick="alert(1)'>x</code></pre>`, `<!--><script>alert(1)</script>-->`, `<![CDATA[<script>alert(1)</script>]]>`, `<plaintext><script>alert(1)</script>`, `&lt;script&gt;alert(1)&lt;/script&gt;`,
}

// allowed is all that a rendered body may hold: elements, with their attributes.
var allowed = map[string]string{"p": "id lang dir class", "h2": "id lang dir", "h3": "id lang dir", "h4": "id lang dir", "h5": "id lang dir", "h6": "id lang dir",
	"ul": "", "ol": "start", "li": "", "blockquote": "class lang dir", "footer": "", "cite": "", "bdi": "class", "figure": "class data-embed-url", "figcaption": "", "img": "src srcset sizes width height alt style loading decoding", "a": "href title rel",
	"audio": "controls preload src", "video": "controls preload src", "div": "class role tabindex aria-label", "table": "", "caption": "", "tbody": "", "thead": "", "tfoot": "", "tr": "", "td": "colspan rowspan", "th": "scope colspan rowspan",
	"pre": "", "code": "class", "hr": "", "br": "", "aside": "class", "span": "class lang dir", "strong": "", "em": "", "u": "", "s": "", "sub": "", "sup": "",
	"dl": "", "dt": "", "dd": "", "b": "", "i": "", "del": "", "ins": "", "kbd": "", "samp": "", "small": "", "mark": "", "abbr": "", "q": ""}

// offence is what a browser would find in a rendered body that must not be
// there; "" for nothing.
func offence(rendered string) string {
	nodes, err := html.ParseFragment(strings.NewReader(rendered), nil)
	if err != nil {
		return err.Error()
	}
	found := ""
	for _, n := range nodes {
		walk(n, func(e *html.Node) bool {
			attrs, ok := allowed[e.Data]
			if e.Data == "html" || e.Data == "head" || e.Data == "body" {
				ok = true
			}
			if !ok || e.Namespace != "" {
				found = "<" + e.Data + ">"
			}
			for _, a := range e.Attr {
				if !strings.Contains(" "+attrs+" ", " "+a.Key+" ") {
					found = "<" + e.Data + " " + a.Key + ">"
				}
				if (a.Key == "href" || a.Key == "src" || a.Key == "data-embed-url") && runs(a.Val) {
					found = a.Key + "=" + a.Val
				}
			}
			return true
		})
	}
	return found
}

// scheme finds what a browser takes for an address's scheme, as the URL Standard
// of the WHATWG has it: after spaces and control characters, which count for
// nothing.
var scheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)

func runs(address string) bool {
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
	address = strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' })
	switch strings.ToLower(scheme.FindString(address)) {
	case "", "http:", "https:", "mailto:", "tel:":
		return false
	}
	return true
}

func TestNothingHostileIsLeft(t *testing.T) {
	for _, attack := range attacks {
		rendered := string(parse(attack).HTML(options()))
		if found := offence(rendered); found != "" {
			t.Errorf("%s left %s in %s", attack, found, rendered)
		}
		// What an HTML block holds comes from the editor's JSON, too.
		d, err := Decode((&Doc{[]*Node{{Type: Raw, Attrs: &Attrs{HTML: attack}}}}).Encode())
		if err != nil {
			t.Fatal(err)
		}
		if rendered := string(d.HTML(options())); offence(rendered) != "" {
			t.Errorf("%s as an HTML block left %s in %s", attack, offence(rendered), rendered)
		}
	}
}

func TestTheCheckOfTheseTestsFindsWhatIsHostile(t *testing.T) {
	for _, rendered := range []string{"<script>", "<p onclick=a>", `<a href=" javascript:a">`, "<svg></svg>", "<iframe></iframe>", "<p style=a>", "<input>"} {
		if offence(rendered) == "" {
			t.Errorf("%s passed", rendered)
		}
	}
}

func TestWhichAddressesAreSafe(t *testing.T) {
	for _, row := range []struct {
		in, out string
		ok      bool
	}{
		{"https://a.example/b?c#d", "https://a.example/b?c#d", true}, {" /b ", "/b", true}, {"b.html", "b.html", true}, {"#ebb", "#ebb", true}, {"//a.example", "//a.example", true},
		{"mailto:desk@gazette.example", "mailto:desk@gazette.example", true}, {"tel:+123", "tel:+123", true}, {"HTTP://a.example", "HTTP://a.example", true}, {`/\a.example`, "/%5Ca.example", true},
		{"javascript:a()", "", false}, {"java\nscript:a()", "", false}, {"\x01javascript:a()", "", false}, {"data:text/html,a", "", false}, {"file:///etc/passwd", "", false}, {"https:///b", "", false},
		{"http:b", "", false}, {`http://a.example\@b.example`, "", false}, {"%zz", "", false}, {"https://a.example/" + strings.Repeat("a", 5000), "", false},
	} {
		if got, ok := safeURL(row.in); ok != row.ok || ok && got != row.out {
			t.Errorf("%q: %q, %t; want %q, %t", row.in, got, ok, row.out, row.ok)
		}
	}
}
