package richtext

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// Whatever the HTML: the tree can be stored, what is rendered holds nothing that
// runs, and rendering and reading once more change nothing any more.
func FuzzParseHTML(f *testing.F) {
	f.Add(everything)
	f.Add(linked)
	for _, attack := range attacks {
		f.Add(attack)
	}
	f.Add("<figure><table><caption>a</caption><tr><td><h2>b</h2><p class=related><a href=c>d</a></table><figcaption>e</figcaption></figure>")
	f.Add("<a href=x><figure class=gallery><div><img src=a><p>b</div></figure></a><aside class=pullquote><cite>c</cite><blockquote>d")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<14 {
			return
		}
		first := parse(s)
		if _, err := Decode(first.Encode()); err != nil {
			t.Fatalf("%q: a tree that can't be stored: %v", s, err)
		}
		rendered := string(first.HTML(options()))
		if found := offence(rendered); found != "" {
			t.Fatalf("%q left %s in %q", s, found, rendered)
		}
		second := parse(rendered)
		third := parse(string(second.HTML(options())))
		if tree(second) != tree(third) {
			t.Fatalf("%q\nis        %s\nand again %s", s, tree(second), tree(third))
		}
		if settled(first) && tree(first) != tree(second) {
			t.Fatalf("%q\nis    %s\nagain %s\nthrough %q", s, tree(first), tree(second), rendered)
		}
	})
}

// settled reports whether a body says all by itself: pictures, media, embeds and
// related blocks are shown as what the caller knows of them, an HTML block as
// what it holds, headings as deep as those before them allow, an empty heading
// of a table as a plain cell, and an ad break not at all.
func settled(d *Doc) bool {
	for _, kind := range []Type{Picture, Gallery, Media, Embed, Related, Raw, AdBreak, Heading, FactBox, Table} {
		if strings.Contains(string(d.Encode()), `"type":"`+string(kind)+`"`) {
			return false
		}
	}
	return true
}

// Whatever the JSON: what is taken is stored as it was read, and shown without
// panic and without anything that runs.
func FuzzJSON(f *testing.F) {
	f.Add(parse(everything).Encode())
	f.Add([]byte(`{"type":"doc","content":[{"type":"picture"},{"type":"html_block","attrs":{"html":"<svg onload=a>"}},{"type":"heading","attrs":{"level":-1}}]}`))
	f.Add([]byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"javascript:a"}},{"type":"span"}]}]}]}`))
	f.Fuzz(func(t *testing.T, stored []byte) {
		d, err := Decode(stored)
		if err != nil {
			return
		}
		again, err := Decode(d.Encode())
		if err != nil || !bytes.Equal(again.Encode(), d.Encode()) {
			t.Fatalf("%s is not read as it was stored: %v", d.Encode(), err)
		}
		if rendered := string(d.HTML(options())); offence(rendered) != "" {
			t.Fatalf("%s left %s in %q", stored, offence(rendered), rendered)
		}
		d.Text()
		d.Excerpt(100)
		d.Articles()
	})
}

// body is about 600 words with the usual links, a list, a quote and a table.
func body() string {
	paragraph := "<p>The ferry left the <em>harbour</em> at ebb, and nobody aboard had <a href=\"/2026/03/why/\">asked why</a> it was late, " + strings.Repeat("though the tide was not, ", 9) + "again.</p>\n"
	return strings.Repeat(paragraph, 9) + "<h2>Tides</h2><ul><li>High<li>Low</ul><blockquote><p>At last</p><cite>Mara</cite></blockquote><table><tr><th>Day<th>High<tr><td>1<td>3.2</table>"
}

func BenchmarkRenderA600WordBody(b *testing.B) {
	d, err := Decode(parse(body()).Encode())
	if err != nil {
		b.Fatal(err)
	}
	o := options()
	b.ReportAllocs()
	for b.Loop() {
		if len(d.HTML(o)) < 3000 {
			b.Fatal("too short")
		}
	}
}

func BenchmarkParseA600WordBody(b *testing.B) {
	html := body()
	b.SetBytes(int64(len(html)))
	b.ReportAllocs()
	for b.Loop() {
		if d, _ := FromHTML(html); len(d.Blocks) < 12 {
			b.Fatal("too few blocks")
		}
	}
}

func BenchmarkDecodeA600WordBody(b *testing.B) {
	stored := parse(body()).Encode()
	if !json.Valid(stored) {
		b.Fatal("no JSON")
	}
	b.SetBytes(int64(len(stored)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(stored); err != nil {
			b.Fatal(err)
		}
	}
}
