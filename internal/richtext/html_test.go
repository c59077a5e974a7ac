package richtext

import (
	"fmt"
	"strings"
	"testing"
)

// squeeze drops the line breaks between blocks.
func squeeze(s string) string { return strings.ReplaceAll(s, "\n", "") }

func options() Options {
	return Options{
		Article: func(id int64) (Target, bool) { return Target{URL: "/tide", Headline: "High <tide>"}, id == 5 },
		Picture: func(id int64) (Image, bool) {
			return Image{URL: "/m/7.jpg", Width: 60, Height: 40, Alt: "A pier", Caption: "The pier", Credit: "Mara"}, id == 7
		},
		ReadMore: "More:", CreditLabel: "Photo:", LoadFrom: func(host string) string { return "Load from " + host },
	}
}

func text(s string, marks ...Mark) *Node { return &Node{Type: Text, Text: s, Marks: marks} }

func para(inside ...*Node) *Node { return &Node{Type: Paragraph, Content: inside} }

func TestEveryKindOfNodeIsRendered(t *testing.T) {
	const picture = `<img src="/m/7.jpg" width="60" height="40" alt="A pier" loading="lazy" decoding="async">`
	for _, row := range []struct {
		what string
		node *Node
		html string
	}{
		{"paragraph", &Node{Type: Paragraph, Attrs: &Attrs{Lang: "ar", Dir: "rtl", Anchor: "a"}, Content: []*Node{text("1 < 2 & \"3\"")}}, `<p id="a-a" lang="ar" dir="rtl">1 &lt; 2 &amp; &#34;3&#34;</p>`},
		{"heading", &Node{Type: Heading, Attrs: &Attrs{Level: 9}, Content: []*Node{text("x")}}, "<h2>x</h2>"},
		{"list", &Node{Type: Numbers, Attrs: &Attrs{Start: 3}, Content: []*Node{{Type: Item, Content: []*Node{para(text("a"))}}, {Type: Item, Content: []*Node{para(text("b")), para(text("c"))}}}},
			`<ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>`},
		{"quote", &Node{Type: Quote, Attrs: &Attrs{Cite: "Mara"}, Content: []*Node{para(text("x"))}}, "<blockquote><p>x</p><footer><cite><bdi>Mara</bdi></cite></footer></blockquote>"},
		{"pull quote", &Node{Type: PullQuote, Content: []*Node{para(text("x"))}}, `<blockquote class="pullquote"><p>x</p></blockquote>`},
		{"picture", &Node{Type: Picture, Attrs: &Attrs{Picture: 7, Align: "wide"}}, `<figure class="picture align-wide">` + picture + `<figcaption dir="auto">The pier <bdi class="credit">Photo: Mara</bdi></figcaption></figure>`},
		{"picture with its own words", &Node{Type: Picture, Attrs: &Attrs{Picture: 7, Alt: "Sea", Credit: "Jo", Article: 5, Align: "x onload=a"}, Content: []*Node{text("Ebb")}},
			`<figure class="picture"><a href="/tide">` + strings.Replace(picture, "A pier", "Sea", 1) + `</a><figcaption>Ebb <bdi class="credit">Photo: Jo</bdi></figcaption></figure>`},
		{"picture that is gone", &Node{Type: Picture, Attrs: &Attrs{Picture: 8}}, ""},
		{"picture on another host", &Node{Type: Picture, Attrs: &Attrs{Src: "https://b.example/p.jpg", Alt: "Sea"}}, `<figure class="elsewhere"><a href="https://b.example/p.jpg" rel="noopener noreferrer">Sea</a></figure>`},
		{"gallery", &Node{Type: Gallery, Content: []*Node{{Type: Picture, Attrs: &Attrs{Picture: 7, Credit: "Jo"}}, {Type: Picture, Attrs: &Attrs{Picture: 8}}, para(text("x"))}},
			`<figure class="gallery"><div class="gallery-pictures"><figure class="picture">` + picture + `<figcaption dir="auto">The pier <bdi class="credit">Photo: Jo</bdi></figcaption></figure></div><figcaption>x</figcaption></figure>`},
		{"gallery whose pictures are gone", &Node{Type: Gallery, Content: []*Node{{Type: Picture, Attrs: &Attrs{Picture: 8}}}}, ""},
		{"embed", &Node{Type: Embed, Attrs: &Attrs{Href: "https://www.vimeo.com/7", Title: "Ebb"}}, `<figure class="embed" data-embed-url="https://www.vimeo.com/7"><a href="https://www.vimeo.com/7" rel="noopener noreferrer">Ebb – Load from vimeo.com</a></figure>`},
		{"film", &Node{Type: Media, Attrs: &Attrs{Media: "video", Src: "/v.mp4"}, Content: []*Node{text("x")}}, `<figure class="video"><video controls preload="metadata" src="/v.mp4"><a href="/v.mp4">v.mp4</a></video><figcaption>x</figcaption></figure>`},
		{"film with a poster", &Node{Type: Media, Attrs: &Attrs{Media: "video", Src: "/v.mp4", Poster: 7, Title: "Ebb", Credit: "Jo"}}, `<figure class="video"><video controls preload="metadata" src="/v.mp4" poster="/m/7.jpg"><a href="/v.mp4">Ebb</a></video><figcaption dir="auto"><bdi class="credit">Jo</bdi></figcaption></figure>`},
		{"film that is gone", &Node{Type: Media, Attrs: &Attrs{Media: "video", Picture: 8, Poster: 7}}, ""},
		{"film whose poster is gone", &Node{Type: Media, Attrs: &Attrs{Media: "video", Src: "/v.mp4", Poster: 8}}, `<figure class="video"><video controls preload="metadata" src="/v.mp4"><a href="/v.mp4">v.mp4</a></video></figure>`},
		{"sound of the library", &Node{Type: Media, Attrs: &Attrs{Media: "audio", Picture: 7}}, `<figure class="audio"><audio controls preload="metadata" src="/m/7.jpg"><a href="/m/7.jpg">7.jpg</a></audio><figcaption dir="auto">The pier <bdi class="credit">Mara</bdi></figcaption></figure>`},
		{"code", &Node{Type: Code, Attrs: &Attrs{Language: "go"}, Content: []*Node{text("a<b\n\tc")}}, `<pre><code class="language-go">a&lt;b	c</code></pre>`},
		{"rule", &Node{Type: Rule}, "<hr>"},
		{"HTML block", &Node{Type: Raw, Attrs: &Attrs{HTML: `<dl><dt onclick="a()">x<script>a()</script></dl>`}}, `<div class="html"><dl><dt>x</dl></div>`},
		{"fact box", &Node{Type: FactBox, Attrs: &Attrs{Title: "Ebb"}, Content: []*Node{para(text("x"))}}, `<aside class="factbox"><h2>Ebb</h2><p>x</p></aside>`},
		{"related", &Node{Type: Related, Attrs: &Attrs{Article: 5}}, `<p class="related"><span class="related-label">More:</span> <a href="/tide">High &lt;tide&gt;</a></p>`},
		{"related to what is not public", &Node{Type: Related, Attrs: &Attrs{Article: 6, Text: "Secret"}}, ""},
		{"ad break", &Node{Type: AdBreak}, ""},
		{"neighbours share marks", para(text("a", Mark{Type: Strong}), text("b", Mark{Type: Strong}, Mark{Type: Emphasis}), &Node{Type: HardBreak}, text("c", Mark{Type: Strong})), "<p><strong>a<em>b</em></strong><br><strong>c</strong></p>"},
		{"link", para(text("a", Mark{Type: Strong}, Mark{Type: LinkStyle, Attrs: &MarkAttrs{Href: "/x?a&b", Title: `"`}})), `<p><a href="/x?a&amp;b" title="&#34;"><strong>a</strong></a></p>`},
		{"link within the body", para(text("a", Mark{Type: LinkStyle, Attrs: &MarkAttrs{Href: "#ebb"}})), `<p><a href="#a-ebb">a</a></p>`},
		{"link to an article", para(text("a", Mark{Type: LinkStyle, Attrs: &MarkAttrs{Article: 5}})), `<p><a href="/tide">a</a></p>`},
		{"link to what is not public", para(text("a", Mark{Type: LinkStyle, Attrs: &MarkAttrs{Article: 6}})), "<p>a</p>"},
		{"link that is not safe", para(text("a", Mark{Type: LinkStyle, Attrs: &MarkAttrs{Href: "javascript:a()"}})), `<p><a href="#">a</a></p>`},
		{"words of another language", para(text("a", Mark{Type: Span, Attrs: &MarkAttrs{Lang: `de"`, Dir: "x"}})), `<p><span lang="de&#34;">a</span></p>`},
	} {
		t.Run(row.what, func(t *testing.T) {
			if got := squeeze(string((&Doc{[]*Node{row.node}}).HTML(options()))); got != row.html {
				t.Errorf("\n got %s\nwant %s", got, row.html)
			}
		})
	}
}

func TestANodeWithoutAttributesNeverPanics(t *testing.T) {
	for kind := range holds {
		for _, n := range []*Node{{Type: kind}, {Type: kind, Attrs: &Attrs{}}, {Type: kind, Content: []*Node{text("a", Mark{Type: LinkStyle}, Mark{Type: Span})}}} {
			d := &Doc{[]*Node{n, {Type: FactBox, Content: []*Node{n}}, {Type: Gallery, Content: []*Node{n}}, {Type: Table, Content: []*Node{{Type: Row, Content: []*Node{n}}}}}}
			for _, o := range []Options{{}, options()} {
				d.HTML(o)
			}
			d.Text()
			d.Excerpt(10)
			d.Articles()
			d.Pictures()
			if !strings.Contains(string(d.Encode()), string(kind)) {
				t.Errorf("%s was not written", kind)
			}
		}
	}
}

func TestIdsAreUniqueInABody(t *testing.T) {
	got := string(parse(`<h2 id="ebb">a</h2><p id="ebb">b</p><h3 id="flow">c</h3><h3 id="e b">d</h3>`).HTML(Options{}))
	if want := `<h2 id="a-ebb">a</h2><p>b</p><h3 id="a-flow">c</h3><h3>d</h3>`; squeeze(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestATableIsAStopForTheKeyboardOnlyWhereItMayScroll(t *testing.T) {
	for _, row := range []struct{ what, html, begins string }{
		{"narrow", "<table><caption>Tides</caption><tr><td>a<td>b<td>c</table>", `<div class="table"><table><caption>Tides</caption>`},
		{"wide with a caption", "<table><caption>The <b>tides</b></caption><tr><td>a<td>b<td>c<td>d</table>", `<div class="table" role="region" aria-label="The tides" tabindex="0"><table><caption>`},
		{"wide without a name is no region", "<table><tr><td colspan=3>a<td>d</table>", `<div class="table" tabindex="0"><table>`},
	} {
		if got := squeeze(string(parse(row.html).HTML(Options{}))); !strings.HasPrefix(got, row.begins) {
			t.Errorf("%s: %s", row.what, got)
		}
	}
}

func TestWhereTheAdvertisementInTheArticleStands(t *testing.T) {
	for _, row := range []struct{ what, html, want string }{
		{"behind the second paragraph", "<p>1</p><h2>a</h2><p>2</p><p>3</p><p>4</p>", "1a2|34"},
		{"not in a short article", "<p>1</p><p>2</p><p>3</p>", "123"},
		{"where the desk wants it", `<p>1</p><p>2</p><p>3</p><hr class="ad-break"><p>4</p>`, "123|4"},
		{"never last", `<p>1</p><p>2</p><p>3</p><p>4</p><hr class="ad-break">`, "1234"},
	} {
		got := string(parse(row.html).HTML(Options{InArticle: "|"}))
		if got = strings.NewReplacer("<p>", "", "</p>", "", "<h2>", "", "</h2>", "", "\n", "").Replace(got); got != row.want {
			t.Errorf("%s: %s, want %s", row.what, got, row.want)
		}
	}
}

// What is rendered reads as the same tree again, as far as it says itself what
// it is: what has an id here, or lies on another host, is told apart only by the
// caller.
func TestRenderedHTMLReadsAsTheSameTree(t *testing.T) {
	for _, html := range []string{
		"<p lang=de>a <b>b <i>c</i></b><br>d <a href='/x' title='y'>e</a> <code>f</code></p>",
		"<h2 id=ebb>a</h2><h3>b</h3><p><a href='#ebb'>c</a></p>", "<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul><ol start=4><li lang=de><p lang=de>e</p></ol>",
		"<blockquote lang=de><p>a</p><blockquote>b</blockquote><cite>Mara</cite></blockquote>", "<aside class=pullquote>a</aside>", "<h2>o</h2><aside class=factbox><h3>a</h3><h4>b</h4><p>c</p></aside><h3>d</h3>",
		"<details><summary>a</summary><ul><li>b</ul></details>", "<aside class=factbox><div><h3>a</h3></div><p>b</p></aside>", "<pre><code class=language-go>\n\na\n\n b &lt;\n</code></pre>", "<hr>",
		"<figure class=embed><a href='https://vimeo.com/7'>a</a><figcaption>b</figcaption></figure>", "<audio src=/a.mp3></audio>", "<figure><video src=/v.mp4></video><figcaption>a</figcaption></figure>",
		"<table><caption>a</caption><thead><tr><th>b<th>c<tbody><tr><th>d<td rowspan=2>e<br>f</table>", "<table><tr><td><ul><li>a</ul><td>b</table>", "<dl><dt>a<dd>b</dl>",
		"<p class=related><a href='https://b.example/'>a</a></p>",
	} {
		first := parse(html)
		rendered := string(first.HTML(Options{LoadFrom: func(string) string { return "Load" }}))
		if again := parse(rendered); tree(again) != tree(first) || tree(first) == "" {
			t.Errorf("%s\nis     %s\nagain  %s\nthrough %s", html, tree(first), tree(again), rendered)
		}
	}
}

func TestHeadingsLeaveNoLevelOut(t *testing.T) {
	for in, want := range map[string]string{
		"<h3>a</h3><h6>b</h6><h2>c</h2><h4>d</h4>":                              "<h2>a</h2><h3>b</h3><h2>c</h2><h3>d</h3>",
		"<h2>a</h2><aside class=factbox><h3>b</h3><h5>c</h5></aside><h3>d</h3>": `<h2>a</h2><aside class="factbox"><h3>b</h3><h4>c</h4></aside><h3>d</h3>`,
	} {
		if got := strings.ReplaceAll(string(parse(in).HTML(Options{})), "\n", ""); got != want {
			t.Errorf("%s\n\tgives %s\n\twant  %s", in, got, want)
		}
	}
}

func TestAPictureOfAGalleryLeadsToItsEnlargedViewAndOnToTheNext(t *testing.T) {
	doc := Doc{Blocks: []*Node{{Type: Gallery, Content: []*Node{
		{Type: Picture, Attrs: &Attrs{Picture: 7}}, {Type: Picture, Attrs: &Attrs{Picture: 404}}, {Type: Picture, Attrs: &Attrs{Picture: 8}},
	}}}}
	got := string(doc.HTML(Options{
		Picture: func(id int64) (Image, bool) {
			return Image{URL: fmt.Sprintf("/%d.jpg", id), Colour: "#112233", Cut: func(p Place) Cut {
				return Cut{Src: fmt.Sprintf("/%d-%s", id, p), Srcset: "/a 1w, /b 2w", Sizes: "50vw", Width: 3, Height: 2}
			}}, id != 404
		},
		Lightbox: &Lightbox{Enlarge: func(n, of int) string { return fmt.Sprintf("enlarge %d/%d", n, of) },
			Count: func(n, of int) string { return fmt.Sprintf("%d of %d", n, of) }, Previous: "back", Next: "on", Close: "close"},
	}))
	for _, want := range []string{
		`<figure class="gallery" id="gallery-1">`,
		`<a href="#gallery-1-1" aria-label="enlarge 1/2"><img src="/7-gallery" srcset="/a 1w, /b 2w" sizes="50vw" width="3" height="2" alt="" style="background-color:#112233"`,
		`<div class="lightbox" role="group" id="gallery-1-2" aria-label="2 of 2"><figure><img src="/8-window"`,
		`<a class="previous" href="#gallery-1-1">back</a><span>2 of 2</span><a class="next" href="#gallery-1-1">on</a><a class="close" href="#gallery-1">close</a>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "404") {
		t.Errorf("a picture that is not there is counted:\n%s", got)
	}
}
