package wordpress

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// row is a content and what becomes of it; line breaks between elements do not
// count.
type row struct{ what, content, html string }

func checkRows(t *testing.T, o ContentOptions, rows []row) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			if got := Content(row.content, o); squeeze(got.HTML) != row.html {
				t.Errorf("%q\n got %s\nwant %s", row.content, squeeze(got.HTML), row.html)
			}
		})
	}
}

// squeeze drops line breaks and what stands around them.
func squeeze(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "")
}

func kinds(r Result) (list []string) {
	for _, n := range r.Notes {
		list = append(list, n.Kind)
	}
	return list
}

func TestClassicContentGetsItsParagraphs(t *testing.T) {
	checkRows(t, ContentOptions{}, []row{
		{"nothing", " \n\n ", ""},
		{"blank lines part paragraphs", "One\n\nTwo\r\n\r\nThree\n \nFour", "<p>One</p><p>Two</p><p>Three</p><p>Four</p>"},
		{"a line break stays one", "One\nTwo", "<p>One<br>Two</p>"},
		{"a break that is there already is not doubled", "One<br />\nTwo<br>\nThree", "<p>One<br />Two<br>Three</p>"},
		{"two breaks part paragraphs", "One<br /><br>Two", "<p>One</p><p>Two</p>"},
		{"blocks stand for themselves", "One\n<h2>Head</h2>\nTwo\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nThree", "<p>One</p><h2>Head</h2><p>Two</p><ul><li>a</li><li>b</li></ul><p>Three</p>"},
		{"lines within a block break", "<blockquote>One\nTwo</blockquote>", "<blockquote>One<br>Two</blockquote>"},
		{"lines at a block's edges do not", "<div>\nOne\n</div>", "<div>One</div>"},
		{"a paragraph that is there stays", "<p>One\nTwo</p>\n\n<p class=\"x\">Three</p>", `<p>One<br>Two</p><p class="x">Three</p>`},
		{"words in a line", "An <em>ebb</em> and <a href=\"/x\">flow</a>", `<p>An <em>ebb</em> and <a href="/x">flow</a></p>`},
		{"signs that are no tags", "3 < 5\n\nand 7 > 6", "<p>3 < 5</p><p>and 7 > 6</p>"},
		{"a tag over two lines", "<a\nhref=\"/x\">y</a>", `<p><a href="/x">y</a></p>`},
		{"a comment is no paragraph", "One\n\n<!-- note\n\nof the desk -->\n\nTwo", "<p>One</p><p><!-- note  of the desk --></p><p>Two</p>"},
	})
	const verse = "<pre>one\n\n  two</pre>"
	if got := Content("a\n\n"+verse+"\n\nb", ContentOptions{}).HTML; !strings.Contains(got, verse) {
		t.Errorf("preformatted text was changed: %q", got)
	}
}

func TestShortcodesOfWordPressBecomeFigures(t *testing.T) {
	o := ContentOptions{Attached: []int64{4, 5, 6}, AttachedTo: func(post int64) []int64 { return []int64{post * 10, post*10 + 1} }}
	gallery := func(ids ...int) string {
		s := `<figure class="gallery">`
		for _, id := range ids {
			s += fmt.Sprintf(`<img src="" alt="" data-picture-ref="%d"/>`, id)
		}
		return s + "</figure>"
	}
	const film = `<figure class="embed"><a href="https://vimeo.com/76">https://vimeo.com/76</a></figure>`
	checkRows(t, o, []row{
		{"caption", `[caption id="attachment_7" align="alignleft" width="300"]<img class="wp-image-7" src="/p.jpg" alt="Pier" /> The <em>pier</em>[/caption]`,
			`<figure class="align-left"><img src="/p.jpg" alt="Pier" data-picture-ref="7"/><figcaption>The <em>pier</em></figcaption></figure>`},
		{"caption of a linked picture", `[caption id="attachment_7"]<a href="/big"><img src="/p.jpg" /></a> Pier[/caption]`,
			`<figure><a href="/big"><img src="/p.jpg" alt="" data-picture-ref="7"/></a><figcaption>Pier</figcaption></figure>`},
		{"caption of old", `[caption id="attachment_7" caption="Pier &amp; sea"]<img src="/p.jpg" />[/caption]`,
			`<figure><img src="/p.jpg" alt="" data-picture-ref="7"/><figcaption>Pier &amp; sea</figcaption></figure>`},
		{"gallery", `[gallery ids="3, 1,2" columns="2"]`, gallery(3, 1, 2)},
		{"gallery of what is attached", "One\n\n[gallery]\n\nTwo", "<p>One</p>" + gallery(4, 5, 6) + "<p>Two</p>"},
		{"gallery without some", `[gallery exclude="5"]`, gallery(4, 6)},
		{"gallery of another post", `[gallery id="9"]`, gallery(90, 91)},
		{"gallery of old", `[gallery include="8"]`, gallery(8)},
		{"embed", "[embed width=\"300\"]https://vimeo.com/76[/embed]", film},
		{"address of a film within words", "[vimeo 76]", film},
		{"film by its number", `[youtube id="abcdefg"]`, `<figure class="embed"><a href="https://www.youtube.com/watch?v=abcdefg">https://www.youtube.com/watch?v=abcdefg</a></figure>`},
		{"audio", `[audio mp3="/a.mp3"][/audio]`, `<figure><audio src="/a.mp3"></audio></figure>`},
		{"audio by its address", `[audio https://gazette.example/a.mp3]`, `<figure><audio src="https://gazette.example/a.mp3"></audio></figure>`},
		{"video", `Look: [video width="640" mp4="/v.mp4"][/video] there`, `<p>Look:</p><figure><video src="/v.mp4"></video></figure><p>there</p>`},
		{"curly quotes", "[gallery ids=“1”]", gallery(1)},
		{"escaped", "Write [[gallery]] for all", "<p>Write [gallery] for all</p>"},
	})
}

func TestAShortcodeOfOthersStaysAsTextAndIsNoted(t *testing.T) {
	for _, row := range []struct {
		content string
		noted   bool
	}{
		{`[tides port="3"]`, true}, {"[tides]high[/tides]", true}, {"[tides /]", true}, {"[tides", false}, {"He [the mayor] said", false}, {"[1]", false}, {"[]", false},
		{"[audio]", false}, {`[playlist ids="1,2"]`, true}, {"[embed]nothing[/embed]", true}, {"[a [b] c]", false},
	} {
		r := Content(row.content, ContentOptions{})
		if squeeze(r.HTML) != "<p>"+row.content+"</p>" || slices.Contains(kinds(r), UnknownShortcode) != row.noted {
			t.Errorf("%s became %s with notes %v", row.content, r.HTML, r.Notes)
		}
	}
}

func TestAGalleryThatShowsNothingIsNoted(t *testing.T) {
	r := Content("One\n\n[gallery]\n\nTwo", ContentOptions{})
	equal(t, "notes", kinds(r), []string{EmptyGallery})
	equal(t, "HTML", squeeze(r.HTML), "<p>One</p><p>Two</p>")
}

func TestAnAddressOfAFilmAloneInItsLineIsAnEmbed(t *testing.T) {
	embed := func(url string) string {
		return `<figure class="embed"><a href="` + url + `">` + url + `</a></figure>`
	}
	const film = "https://www.youtube.com/watch?v=abcdefg"
	rows := []row{
		{"between paragraphs", "One\n\n" + film + "\n\nTwo", "<p>One</p>" + embed(film) + "<p>Two</p>"},
		{"a line of a paragraph", "One\n " + film + " \nTwo", "<p>One</p>" + embed(film) + "<p>Two</p>"},
		{"a paragraph element", "<p class=\"x\">\n" + film + "\n</p>", embed(film)},
		{"a block", "<!-- wp:paragraph -->\n<p>" + film + "</p>\n<!-- /wp:paragraph -->", embed(film)},
		{"a block in another", "<!-- wp:group --><div><!-- wp:paragraph -->\n<p>" + film + "</p>\n<!-- /wp:paragraph --></div><!-- /wp:group -->", "<div>" + embed(film) + "</div>"},
		{"two addresses", film + "\n" + film, embed(film) + embed(film)},
		{"with an escaped &", "https://www.youtube.com/watch?v=abcdefg&#038;t=3", embed("https://www.youtube.com/watch?v=abcdefg&amp;t=3")},
		{"not with words", "See " + film, "<p>See " + film + "</p>"},
		{"not as a link", `<a href="` + film + `">` + film + `</a>`, `<p><a href="` + film + `">` + film + `</a></p>`},
		{"not in preformatted text", "<pre>\n" + film + "\n</pre>", "<pre>" + film + "</pre>"},
		{"not another page", "https://gazette.example/watch?v=1", "<p>https://gazette.example/watch?v=1</p>"},
		{"not a channel's front page", "https://www.youtube.com/", "<p>https://www.youtube.com/</p>"},
		{"not a host that only ends the same", "https://notyoutube.com/watch?v=1", "<p>https://notyoutube.com/watch?v=1</p>"},
	}
	for _, url := range []string{"https://youtu.be/abcdefg", "https://m.youtube.com/shorts/abcdefg", "http://vimeo.com/76", "https://player.vimeo.com/video/76",
		"https://x.com/gazette/status/1", "https://twitter.com/gazette/status/1?s=20", "https://www.instagram.com/p/C1/", "https://bsky.app/profile/gazette.example/post/1"} {
		rows = append(rows, row{url, url, embed(url)})
	}
	checkRows(t, ContentOptions{}, rows)
}

func TestBlocksLoseTheirMarks(t *testing.T) {
	checkRows(t, ContentOptions{}, []row{
		{"paragraph", "<!-- wp:paragraph {\"align\":\"center\"} -->\n<p class=\"has-text-align-center\">One</p>\n<!-- /wp:paragraph -->", `<p class="has-text-align-center">One</p>`},
		{"picture", `<!-- wp:image {"id":7} --><figure class="wp-block-image size-large alignwide"><img src="/p.jpg" alt="Pier" class="wp-image-7"/><figcaption class="wp-element-caption">The pier</figcaption></figure><!-- /wp:image -->`,
			`<figure class="align-wide"><img src="/p.jpg" alt="Pier" data-picture-ref="7"/><figcaption class="wp-element-caption">The pier</figcaption></figure>`},
		{"gallery", `<!-- wp:gallery --><figure class="wp-block-gallery has-nested-images"><!-- wp:image {"id":7} --><figure class="wp-block-image"><img src="/p.jpg" class="wp-image-7"/></figure><!-- /wp:image --></figure><!-- /wp:gallery -->`,
			`<figure class="gallery"><figure><img src="/p.jpg" alt="" data-picture-ref="7"/></figure></figure>`},
		{"gallery of old", `<!-- wp:gallery --><ul class="wp-block-gallery"><li><figure><img src="/p.jpg" data-id="7"/></figure></li></ul><!-- /wp:gallery -->`,
			`<figure class="gallery"><li><figure><img src="/p.jpg" alt="" data-picture-ref="7"/></figure></li></figure>`},
		{"embed with a caption", "<!-- wp:embed {\"url\":\"https://x.com/a/status/1\"} --><figure class=\"wp-block-embed is-type-rich\"><div class=\"wp-block-embed__wrapper\">\nhttps://x.com/a/status/1\n</div><figcaption>A post</figcaption></figure><!-- /wp:embed -->",
			`<figure class="embed"><a href="https://x.com/a/status/1">https://x.com/a/status/1</a><figcaption>A post</figcaption></figure>`},
		{"pull quote", `<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>At last</p><cite>Mara</cite></blockquote></figure><!-- /wp:pullquote -->`,
			`<aside class="pullquote"><blockquote><p>At last</p><cite>Mara</cite></blockquote></aside>`},
		{"spacer and separator", `<!-- wp:spacer --><div style="height:9px" class="wp-block-spacer"></div><!-- /wp:spacer --><!-- wp:separator /-->`, "<div></div><hr/>"},
		{"shortcode", "<!-- wp:shortcode -->\n[gallery ids=\"1\"]\n<!-- /wp:shortcode -->", `<figure class="gallery"><img src="" alt="" data-picture-ref="1"/></figure>`},
		{"classic text around blocks", "Zero\n\nHalf\n\n<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->\n\nTwo", "<p>Zero</p><p>Half</p><p>One</p><p>Two</p>"},
		{"classic block", "<!-- wp:freeform -->One\n\nTwo<!-- /wp:freeform -->", "<p>One</p><p>Two</p>"},
		{"smiley", `<p>Ha <img src="/s.png" alt=":-)" class="wp-smiley" /></p>`, "<p>Ha :-)</p>"},
		{"a mark with damaged attributes", "<!-- wp:paragraph {\"a\": --><p>One</p><!-- /wp:paragraph -->", "<p>One</p>"},
		{"empty comments", "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph --><!--><!-- wp:paragraph --><p>Two</p><!-- /wp:paragraph --><!--->Three<!-->", "<p>One</p><p>Two</p><p>Three</p>"},
		{"a mark that never ends", "<!-- wp:paragraph --><p>One</p><!-- /wp:para", "<p>One</p>"},
	})
}

func TestBlocksThatHoldNothingAreNoted(t *testing.T) {
	for _, row := range []struct {
		content, html string
		note          string
	}{
		{"<!-- wp:latest-posts {\"postsToShow\":3} /--><p>x</p>", "<p>x</p>", DynamicBlock},
		{"<!-- wp:tides/table --><p>High: 3</p><!-- /wp:tides/table -->", "<p>High: 3</p>", UnknownBlock},
		{"<!-- wp:core/paragraph --><p>x</p><!-- /wp:core/paragraph -->", "<p>x</p>", ""},
		{"<!-- wp:block {\"ref\":12} /-->", "", MissingBlock},
		{"<!-- wp:block /-->", "", MissingBlock},
	} {
		r := Content(row.content, ContentOptions{})
		if got := strings.Join(kinds(r), ","); squeeze(r.HTML) != row.html || got != row.note {
			t.Errorf("%s became %q with notes %v", row.content, r.HTML, r.Notes)
		}
	}
}

func TestAReusableBlockIsPutInWhereItIsUsed(t *testing.T) {
	shared := map[int64]string{12: "<!-- wp:paragraph --><p>Subscribe</p><!-- /wp:paragraph -->", 13: "Classic\n\nwords",
		14: `<p>Out</p><!-- wp:block {"ref":12} /-->`, 15: `<p>Me</p><!-- wp:block {"ref":15} /-->`}
	o := ContentOptions{Reusable: func(id int64) (string, bool) { s, ok := shared[id]; return s, ok }}
	for _, row := range []struct {
		ref   int
		html  string
		notes []string
	}{
		{12, "<p>Subscribe</p>", nil}, {13, "<p>Classic</p><p>words</p>", nil}, {14, "<p>Out</p><p>Subscribe</p>", nil},
		{15, "<p>Me</p>", []string{MissingBlock}}, {99, "", []string{MissingBlock}},
	} {
		r := Content(fmt.Sprintf(`<!-- wp:block {"ref":%d} /-->`, row.ref), o)
		equal(t, fmt.Sprintf("block %d", row.ref), squeeze(r.HTML), row.html)
		equal(t, fmt.Sprintf("notes on block %d", row.ref), kinds(r), row.notes)
	}
}

func TestReusableBlocksInEachOtherDoNotExplode(t *testing.T) {
	o := ContentOptions{Reusable: func(id int64) (string, bool) {
		return strings.Repeat(fmt.Sprintf(`<!-- wp:block {"ref":%d} /-->x`, id+1), 1000), id < 9
	}}
	r := Content(`<!-- wp:block {"ref":1} /-->`, o)
	if len(r.HTML) > 8<<20 || !slices.Contains(kinds(r), MissingBlock) {
		t.Errorf("%d bytes, notes %v", len(r.HTML), r.Notes)
	}
}

func TestTheMoreMarkPartsTheBeginning(t *testing.T) {
	for _, row := range []struct{ what, content, before, html string }{
		{"classic", "One\n\n<!--more-->\n\nTwo", "<p>One</p>", "<p>One</p><p>Two</p>"},
		{"with words", "One<!--more Go on-->Two", "<p>One</p>", "<p>One</p><p>Two</p>"},
		{"blocks", "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph --><!-- wp:more -->\n<!--more-->\n<!-- /wp:more --><!-- wp:paragraph --><p>Two</p><!-- /wp:paragraph -->", "<p>One</p>", "<p>One</p><p>Two</p>"},
		{"none", "One", "", "<p>One</p>"},
		{"one that never ends", "One <!--more", "", "<p>One <!--more</p>"},
	} {
		r := Content(row.content, ContentOptions{})
		if squeeze(r.Before) != row.before || squeeze(r.HTML) != row.html {
			t.Errorf("%s: before %q, all %q", row.what, r.Before, r.HTML)
		}
	}
}

func TestPagesAreJoined(t *testing.T) {
	for _, row := range []struct {
		content string
		pages   int
		notes   []string
	}{
		{"One\n<!--nextpage-->\nTwo\n<!--nextpage-->Three", 3, []string{JoinedPages}},
		{"One\n\nTwo\n\nThree", 1, nil},
	} {
		r := Content(row.content, ContentOptions{})
		equal(t, "pages", r.Pages, row.pages)
		equal(t, "notes", kinds(r), row.notes)
		equal(t, "HTML", squeeze(r.HTML), "<p>One</p><p>Two</p><p>Three</p>")
	}
}

// Each of these took time with the square of its length in a simpler reader.
// Each of these took time with the square of its length in a simpler reader: at
// this length that would be minutes, and the run would be ended.
func TestHostileContentIsReadToItsEnd(t *testing.T) {
	const n = 1 << 17
	o := ContentOptions{Attached: make([]int64, 500)}
	var names strings.Builder
	for i := 0; names.Len() < n; i++ {
		fmt.Fprintf(&names, "[n%d x=1]", i)
	}
	contents := map[string]string{"names": names.String(), "youtube with one end": strings.Repeat("[youtube]", n/9) + "<[/youtube]"}
	for _, unit := range []string{"[", "[a ", "[audio/", "[[a", "[gallery]", "[caption]", "[video][/audio]", "<pre>", "<", "<!--", "<!-- wp:x -->", "<!-- wp:shortcode -->", "<p>", "<br>", "<br>\n", "http://x.com/status/\n",
		"<b>", "<img>", "<!--more-->", "<!--nextpage-->", "<div class=wp-block-embed>", "\n", "&"} {
		contents[unit] = strings.Repeat(unit, n/len(unit))
	}
	for what, content := range contents {
		if r := Content(content, o); len(r.HTML) > 64*n {
			t.Errorf("%s: %d bytes have become %d", what, len(content), len(r.HTML))
		}
	}
}
