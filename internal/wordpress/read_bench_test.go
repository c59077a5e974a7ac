package wordpress

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

// archive is an export of n articles of about 600 words, each with terms, custom
// fields and two comments.
func archive(n int) string {
	words := strings.Repeat("The ferry left the harbour at ebb, and nobody aboard had asked why it was late. ", 40)
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<item><title><![CDATA[Article %[1]d]]></title><link>https://gazette.example/%[1]d/</link><dc:creator><![CDATA[mara]]></dc:creator>`+
			`<content:encoded><![CDATA[<!-- wp:paragraph --><p>%[2]s</p><!-- /wp:paragraph -->]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>`+
			`<wp:post_id>%[1]d</wp:post_id><wp:post_date><![CDATA[2026-03-01 07:30:00]]></wp:post_date><wp:status><![CDATA[publish]]></wp:status><wp:post_type><![CDATA[post]]></wp:post_type>`+
			`<category domain="category" nicename="ferries"><![CDATA[Ferries]]></category><wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>`, i+1, words)
		for j := range 2 {
			fmt.Fprintf(&b, `<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author><![CDATA[Old Salt]]></wp:comment_author><wp:comment_content><![CDATA[At last.]]></wp:comment_content></wp:comment>`, 2*i+j+1)
		}
		b.WriteString("</item>\n")
	}
	return export(b.String())
}

// BenchmarkRead compares with the standard library's decoder, which keeps and
// mends less: both read every field of the same bytes.
func BenchmarkRead(b *testing.B) {
	file := archive(2000)
	b.Run("this package", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			if err := Read(strings.NewReader(file), func(Item) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-xml tokens", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			d := xml.NewDecoder(strings.NewReader(file))
			for {
				if _, err := d.RawToken(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("encoding-xml structs", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			if n, err := decodeStructs(file); err != nil || n != 2000 {
				b.Fatal(n, err)
			}
		}
	})
}

// decodeStructs reads an export as a short program with encoding/xml would.
func decodeStructs(file string) (n int, err error) {
	type comment struct {
		ID      int64  `xml:"comment_id"`
		Author  string `xml:"comment_author"`
		Content string `xml:"comment_content"`
	}
	type article struct {
		Title    string    `xml:"title"`
		Link     string    `xml:"link"`
		Texts    []string  `xml:"encoded"`
		ID       int64     `xml:"post_id"`
		Date     string    `xml:"post_date"`
		Status   string    `xml:"status"`
		Type     string    `xml:"post_type"`
		Terms    []string  `xml:"category"`
		Comments []comment `xml:"comment"`
	}
	d := xml.NewDecoder(strings.NewReader(file))
	for {
		t, err := d.Token()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if start, ok := t.(xml.StartElement); ok && start.Name.Local == "item" {
			var a article
			if err := d.DecodeElement(&a, &start); err != nil {
				return n, err
			}
			n++
		}
	}
}
