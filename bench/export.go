package main

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/internal/demo"
)

// epoch is when the newest article of the archive appeared: the same in every
// run, so that an export can be kept.
var epoch = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// export writes the archive as a WordPress export, unless one of its size is
// there, and returns its name.
func (b *bench) export() (string, error) {
	name := filepath.Join(b.dir, fmt.Sprintf("archive-%d.xml", b.articles))
	if _, err := os.Stat(name); err == nil {
		return name, nil
	}
	f, err := os.Create(name + ".part")
	if err != nil {
		return "", err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	writeExport(w, b.articles)
	if err := w.Flush(); err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	return name, os.Rename(f.Name(), name)
}

// writeExport writes n articles of 600 words, with a section, topics, an author
// and five comments each, as WordPress 6 writes them.
func writeExport(w io.Writer, n int) {
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Archive</title><link>https://archive.example</link><description>Generated, for measuring</description><language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://archive.example</wp:base_site_url><wp:base_blog_url>https://archive.example</wp:base_blog_url>
`)
	for i, slug := range demo.ArchiveSections {
		fmt.Fprintf(w, "<wp:category><wp:term_id>%d</wp:term_id><wp:category_nicename>%s</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[%s]]></wp:cat_name></wp:category>\n", i+1, slug, strings.ToUpper(slug))
	}
	archive := demo.NewArchive(epoch)
	for i := range n {
		writeItem(w, i+1, archive.Article(n-1-i))
	}
	fmt.Fprint(w, "</channel></rss>\n")
}

// writeItem writes one post. Exports are in the order of their ids, oldest first.
func writeItem(w io.Writer, id int, g demo.Generated) {
	const layout = time.DateTime
	var title strings.Builder
	xml.EscapeText(&title, []byte(g.Headline)) //nolint:errcheck // a strings.Builder takes everything
	at := g.Published.Format(layout)
	fmt.Fprintf(w, "<item><title>%s</title><link>https://archive.example/%s/%s/</link><pubDate>%s</pubDate><dc:creator><![CDATA[%s]]></dc:creator><guid isPermaLink=\"false\">https://archive.example/?p=%d</guid><description></description>\n<content:encoded><![CDATA[", title.String(), g.Published.Format("2006/01/02"), g.Slug, g.Published.Format(time.RFC1123Z), g.Author, id)
	for p := range strings.Lines(g.HTML) {
		fmt.Fprintf(w, "<!-- wp:paragraph -->\n%s<!-- /wp:paragraph -->\n\n", p)
	}
	fmt.Fprintf(w, "]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>%d</wp:post_id><wp:post_date>%s</wp:post_date><wp:post_date_gmt>%s</wp:post_date_gmt><wp:comment_status>open</wp:comment_status><wp:post_name>%s</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:menu_order>0</wp:menu_order><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password><wp:is_sticky>0</wp:is_sticky>\n", id, at, at, g.Slug)
	fmt.Fprintf(w, "<category domain=\"category\" nicename=\"%s\"><![CDATA[%s]]></category>", g.Section, g.Section)
	for _, t := range g.Topics {
		fmt.Fprintf(w, "<category domain=\"post_tag\" nicename=\"%s\"><![CDATA[%s]]></category>", t, t)
	}
	for i, text := range g.Comments {
		at := g.Published.Add(time.Duration(i+1) * time.Minute).Format(layout)
		fmt.Fprintf(w, "\n<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author><![CDATA[Reader %d]]></wp:comment_author><wp:comment_author_email>reader@archive.example</wp:comment_author_email><wp:comment_date>%s</wp:comment_date><wp:comment_date_gmt>%s</wp:comment_date_gmt><wp:comment_content><![CDATA[%s]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>", id*len(g.Comments)+i, i, at, at, text)
	}
	fmt.Fprint(w, "</item>\n")
}
