package wordpress

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a content holds: no panic, no growth beyond measure, the same result
// each time, and no mark of a block or a page is left for readers to see.
func FuzzContent(f *testing.F) {
	for _, seed := range []string{
		"One\nTwo\n\n<ul>\n<li>a\n</ul>", "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->", `<!-- wp:block {"ref":1} /-->`,
		`[caption id="attachment_7" align="alignleft"]<img src="/p.jpg" /> Pier[/caption]`, "[gallery]", `[[x]][x a="b"]c[/x]`, "[embed]https://vimeo.com/76[/embed]",
		"https://youtu.be/abcdefg\n3 < 5", "a<!--more b-->c<!--nextpage-->d", `<div class="gallery"><img class="wp-image-7"></div>`, "<pre>\n\n</pre><br><br>",
		"<figure class=\"wp-block-embed\"><div>\nhttps://x.com/a/status/1\n</div></figure>", "[video mp4='a'][/video][audio /]", "<!-- wp:shortcode -->[gallery ids='1']", "<!-- wp:x --><!-->a<!--->",
	} {
		f.Add(seed)
	}
	o := ContentOptions{Attached: []int64{4, 5}, Reusable: func(id int64) (string, bool) { return `[gallery]<!-- wp:block {"ref":2} /-->`, id < 3 }}
	f.Fuzz(func(t *testing.T, content string) {
		if len(content) > 1<<14 {
			return
		}
		r := Content(content, o)
		if len(r.HTML) > 1000+100*len(content) {
			t.Errorf("%d bytes became %d", len(content), len(r.HTML))
		}
		if utf8.ValidString(content) && !utf8.ValidString(r.HTML) {
			t.Errorf("%q is no UTF-8 any more", r.HTML)
		}
		if strings.Contains(r.HTML, "<!--nextpage-->") {
			t.Errorf("the mark of a page is left in %q", r.HTML)
		}
		if again := Content(content, o); again.HTML != r.HTML || again.Before != r.Before {
			t.Errorf("%q, then %q", r.HTML, again.HTML)
		}
	})
}

func BenchmarkContent(b *testing.B) {
	words := strings.Repeat("The ferry left the harbour at ebb, and nobody aboard had asked why. ", 6)
	classic := strings.Repeat(words+"\n\n", 8) + `[caption id="attachment_7"]<img src="/p.jpg" /> Pier[/caption]`
	blocks := strings.Repeat("<!-- wp:paragraph -->\n<p>"+words+"</p>\n<!-- /wp:paragraph -->\n\n", 8)
	for what, content := range map[string]string{"classic": classic, "blocks": blocks} {
		b.Run(what, func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			for b.Loop() {
				if r := Content(content, ContentOptions{}); len(r.HTML) < len(words) {
					b.Fatal(r.HTML)
				}
			}
		})
	}
}
