package migrate_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/migrate"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// wxr is an export of the invented paper at https://old.example that holds these
// items.
func wxr(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Old Courier</title><link>https://old.example</link><description>News since 1901</description><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_id>3</wp:author_id><wp:author_login>anna</wp:author_login><wp:author_email>anna@old.example</wp:author_email><wp:author_display_name><![CDATA[Anna Bell]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>11</wp:term_id><wp:category_nicename>europe</wp:category_nicename><wp:category_parent>world</wp:category_parent><wp:cat_name><![CDATA[Europe]]></wp:cat_name></wp:category>
<wp:category><wp:term_id>10</wp:term_id><wp:category_nicename>world</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[World]]></wp:cat_name></wp:category>
<wp:tag><wp:term_id>20</wp:term_id><wp:tag_slug>tides</wp:tag_slug><wp:tag_name><![CDATA[Tides]]></wp:tag_name></wp:tag>
` + strings.Join(items, "\n") + "\n</channel></rss>\n"
}

// item is one <item>: type and status, a headline, what stands in it, and more
// elements. Its address is /2020/05/ITEM-id/, its time 09:00 on 4 May 2020 in
// Berlin.
func item(id int, kind, headline, content string, more ...string) string {
	kind, status, ok := strings.Cut(kind, " ")
	if !ok {
		status = "publish"
	}
	gmt := "2020-05-04 07:00:00"
	if status == "draft" || status == "pending" || status == "auto-draft" {
		gmt = "0000-00-00 00:00:00"
	}
	return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><link>https://old.example/2020/05/item-%d/</link><dc:creator><![CDATA[anna]]></dc:creator>
<guid isPermaLink="false">https://old.example/?p=%d</guid><description></description><content:encoded><![CDATA[%s]]></content:encoded>
<wp:post_id>%d</wp:post_id><wp:post_date>2020-05-04 09:00:00</wp:post_date><wp:post_date_gmt>%s</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>
<wp:post_name>item-%d</wp:post_name><wp:status>%s</wp:status><wp:post_type>%s</wp:post_type>%s</item>`,
		headline, id, id, content, id, gmt, id, status, kind, strings.Join(more, ""))
}

func meta(key, value string) string {
	return "<wp:postmeta><wp:meta_key>" + key + "</wp:meta_key><wp:meta_value><![CDATA[" + value + "]]></wp:meta_value></wp:postmeta>"
}

func in(taxonomy, slug string) string {
	return fmt.Sprintf(`<category domain=%q nicename=%q><![CDATA[%s]]></category>`, taxonomy, slug, slug)
}

func comment(id, parent int, approved, text string) string {
	return fmt.Sprintf(`<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author><![CDATA[Reader %d]]></wp:comment_author><wp:comment_author_email>r@old.example</wp:comment_author_email>
<wp:comment_date>2020-05-05 10:00:0%d</wp:comment_date><wp:comment_date_gmt>2020-05-05 08:00:0%d</wp:comment_date_gmt><wp:comment_content><![CDATA[%s]]></wp:comment_content>
<wp:comment_approved>%s</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>%d</wp:comment_parent></wp:comment>`, id, id, id%10, id%10, text, approved, parent)
}

func attachment(id, parent int, file string) string {
	return item(id, "attachment inherit", file, "", fmt.Sprintf("<wp:post_parent>%d</wp:post_parent><wp:attachment_url>https://old.example/wp-content/uploads/%s</wp:attachment_url>", parent, file), meta("_wp_attached_file", file))
}

// paper is an empty one that exports are read into.
type paper struct {
	*store.Store
	desk *desk.Desk
	disk *media.Disk
}

func each(t *testing.T, f func(t *testing.T, p *paper)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, newPaper(t, s)) })
}

func newPaper(t testing.TB, s *store.Store) *paper {
	t.Helper()
	disk, err := media.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC) }
	return &paper{s, desk.New(s, now, func(news.Change) {}), disk}
}

// read reads exports in and returns the report and what went wrong.
func (p *paper) read(t testing.TB, o migrate.Options, exports ...string) (*migrate.Report, error) {
	t.Helper()
	var files []string
	for i, e := range exports {
		name := filepath.Join(t.TempDir(), fmt.Sprintf("export-%d.xml", i))
		if err := os.WriteFile(name, []byte(e), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	if o.MaxFile == 0 {
		o.MaxFile = 1 << 20
	}
	if o.ReadMore == nil {
		o.ReadMore = []string{"Read more", "See also"}
	}
	report := migrate.NewReport(nil)
	err := migrate.NewWordPress(p.desk, p.Store, p.disk, report, o).Run(t.Context(), files)
	return report, err
}

// must is read for exports that are in order.
func (p *paper) must(t testing.TB, exports ...string) *migrate.Report {
	t.Helper()
	report, err := p.read(t, migrate.Options{}, exports...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// article is the one that came from the item with an old id.
func (p *paper) article(t testing.TB, oldID string) news.Article {
	t.Helper()
	at, err := p.ImportedAnywhere(t.Context(), news.ArticleNoun, oldID)
	if err != nil {
		t.Fatalf("item %s: %v", oldID, err)
	}
	a, err := p.Article(t.Context(), news.ArticleID(at.NewID))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p *paper) picture(t testing.TB, oldID string) news.Picture {
	t.Helper()
	at, err := p.ImportedAnywhere(t.Context(), news.PictureNoun, oldID)
	if err != nil {
		t.Fatalf("item %s: %v", oldID, err)
	}
	pic, err := p.Picture(t.Context(), news.PictureID(at.NewID))
	if err != nil {
		t.Fatal(err)
	}
	return pic
}

// uploads is a folder with drawn pictures under these names.
func uploads(t testing.TB, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// lists reports whether the report has an entry of a kind about an item.
func lists(r *migrate.Report, what string) bool { return r.Entries[what] > 0 }
