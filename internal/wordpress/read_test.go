package wordpress

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

// readAll reads an export to its end, or to what is wrong with it.
func readAll(export string) (items []Item, err error) {
	err = Read(strings.NewReader(export), func(it Item) error {
		items = append(items, it)
		return nil
	})
	return items, err
}

// mustRead reads an export that is whole.
func mustRead(t *testing.T, export string) []Item {
	t.Helper()
	items, err := readAll(export)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return items
}

func posts(items []Item) (list []*Post) {
	for _, it := range items {
		if it.Post != nil {
			list = append(list, it.Post)
		}
	}
	return list
}

// problems are the kinds of problem in the order told.
func problems(items []Item) (kinds []string) {
	for _, it := range items {
		if it.Problem != nil {
			kinds = append(kinds, it.Problem.Kind)
		}
	}
	return kinds
}

func gazette(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/gazette.xml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// export wraps items in the head and the end that an export of WXR 1.2 has.
func export(items string) string { return exportOf("1.2", items) }

func exportOf(version, inside string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/` + version + `/excerpt/" ` +
		`xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/` + version + `/"><channel>` +
		`<title>Gazette</title><wp:wxr_version>` + version + `</wp:wxr_version>` + inside + "</channel></rss>\n"
}

// item is one article with an id, and more fields as given.
func item(id int, fields string) string {
	return fmt.Sprintf("<item><title>Item %d</title><wp:post_id>%d</wp:post_id><wp:post_type>post</wp:post_type>%s</item>", id, id, fields)
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestEverythingOfAnExportIsReadInItsOrder(t *testing.T) {
	var order []string
	for _, it := range mustRead(t, gazette(t)) {
		switch {
		case it.Site != nil:
			order = append(order, "site")
		case it.Author != nil:
			order = append(order, "author "+it.Author.Login)
		case it.Category != nil:
			order = append(order, "category "+it.Category.Slug)
		case it.Tag != nil:
			order = append(order, "tag "+it.Tag.Slug)
		case it.Term != nil:
			order = append(order, it.Term.Taxonomy+" "+it.Term.Slug)
		case it.Post != nil:
			order = append(order, fmt.Sprint(it.Post.Type, " ", it.Post.ID))
		case it.Problem != nil:
			order = append(order, "problem "+it.Problem.Text)
		}
	}
	equal(t, "order", order, []string{"site", "author mara", "category harbour", "category ferries", "tag 港", "nav_menu main",
		"post 101", "attachment 102", "page 103", "nav_menu_item 104"})
}

func TestTheHeadOfAnExportIsRead(t *testing.T) {
	items := mustRead(t, gazette(t))
	equal(t, "site", items[0].Site, &Site{Title: "The Harbour Gazette", Link: "https://gazette.example", Description: "News & tides", Language: "en-GB",
		BaseSiteURL: "https://gazette.example", BaseBlogURL: "https://gazette.example/paper", Version: "1.2"})
	equal(t, "author", items[1].Author, &Author{ID: 3, Login: "mara", Email: "mara@gazette.example", DisplayName: "Mara Quill", First: "Mara", Last: "Quill"})
	equal(t, "category below another", items[3].Category, &Term{ID: 11, Taxonomy: "category", Slug: "ferries", Parent: "harbour", Name: "Ferries & Boats", Description: "All that floats"})
	equal(t, "tag", items[4].Tag, &Term{ID: 20, Taxonomy: "post_tag", Slug: "港", Name: "港"})
	equal(t, "menu", items[5].Term, &Term{ID: 30, Taxonomy: "nav_menu", Slug: "main", Name: "Main"})
}

func TestEveryFieldOfAnArticleIsRead(t *testing.T) {
	export := gazette(t)
	p := *posts(mustRead(t, export))[0]
	equal(t, "offset", p.Offset, int64(strings.Index(export, "<item>")))
	if p.Hash == "" || p.CommentsHash == "" || p.Hash == p.CommentsHash {
		t.Errorf("hashes %q and %q", p.Hash, p.CommentsHash)
	}
	equal(t, "comments", p.Comments, []Comment{
		{ID: 7, Author: "Old Salt", Email: "salt@sea.example", URL: "https://sea.example", IP: "192.0.2.7",
			Date: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC), DateGMT: time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC),
			Content: "At last.\n\nTruly.", Approved: "1", Type: "comment"},
		{ID: 8, Parent: 7, UserID: 3, Author: "Mara Quill", Content: "Indeed.", Approved: "spam"},
	})
	p.Offset, p.Hash, p.CommentsHash, p.Comments = 0, "", "", nil
	equal(t, "article", p, Post{
		ID: 101, Type: "post", Status: "publish", Title: "Ferry runs again", Link: "https://gazette.example/paper/2026/03/ferry-runs-again/",
		GUID: "https://gazette.example/?p=101", Slug: "ferry-runs-again", Creator: "mara",
		Content: "<!-- wp:paragraph -->\n<p>The ferry runs again.</p>\n<!-- /wp:paragraph -->", Excerpt: "After a year.",
		Date: time.Date(2026, 3, 1, 7, 30, 0, 0, time.UTC), DateGMT: time.Date(2026, 3, 1, 6, 30, 0, 0, time.UTC),
		Modified: time.Date(2026, 3, 2, 7, 30, 0, 0, time.UTC), ModifiedGMT: time.Date(2026, 3, 2, 6, 30, 0, 0, time.UTC),
		Published: time.Date(2026, 3, 1, 6, 30, 0, 0, time.UTC), Sticky: true, CommentStatus: "open",
		Terms: []PostTerm{{"category", "ferries", "Ferries & Boats"}, {"post_tag", "港", "港"}},
		Meta:  []Meta{{"_thumbnail_id", "102"}, {"_wp_old_slug", "ferry"}, {"_wp_old_slug", "ferry-again"}},
	})
	equal(t, "first value of a custom field", p.MetaValue("_wp_old_slug"), "ferry")
	equal(t, "custom field that is not there", p.MetaValue("_none"), "")
}

func TestAttachmentsPagesAndMenuItemsAreItemsToo(t *testing.T) {
	list := posts(mustRead(t, gazette(t)))
	picture, page, entry := list[1], list[2], list[3]
	if picture.AttachmentURL != "https://gazette.example/wp-content/uploads/2026/03/pier.jpg" || picture.Parent != 101 || picture.MenuOrder != 2 || picture.Status != "inherit" {
		t.Errorf("attachment %+v", picture)
	}
	if page.Password != "ebb" || page.Status != "draft" || !page.DateGMT.IsZero() {
		t.Errorf("page %+v", page)
	}
	equal(t, "menu of the item", entry.Terms, []PostTerm{{"nav_menu", "main", "Main"}})
	equal(t, "what the menu's item leads to", entry.MetaValue("_menu_item_object_id"), "11")
}

func TestAllVersionsOfTheFormatAreRead(t *testing.T) {
	const terms10 = `<category><![CDATA[Ferries]]></category><category domain="category" nicename="ferries"><![CDATA[Ferries]]></category>` +
		`<category domain="tag"><![CDATA[Tide]]></category><category domain="tag" nicename="tide"><![CDATA[Tide]]></category>`
	const terms11 = `<category domain="category" nicename="ferries"><![CDATA[Ferries]]></category><category domain="post_tag" nicename="tide"><![CDATA[Tide]]></category>`
	for version, terms := range map[string]string{"1.0": terms10, "1.1": terms11, "1.2": terms11} {
		t.Run(version, func(t *testing.T) {
			items := mustRead(t, exportOf(version, item(1, terms+`<content:encoded>Text</content:encoded><excerpt:encoded>Short</excerpt:encoded>`)))
			equal(t, "version", items[0].Site.Version, version)
			p := posts(items)[0]
			equal(t, "terms", p.Terms, []PostTerm{{"category", "ferries", "Ferries"}, {"post_tag", "tide", "Tide"}})
			equal(t, "texts", p.Content+"/"+p.Excerpt, "Text/Short")
		})
	}
}

func TestPrefixesMayBeCalledOtherwise(t *testing.T) {
	export := strings.NewReplacer("xmlns:wp=", "xmlns:w=", "<wp:", "<w:", "</wp:", "</w:", "content:", "c:", ":content", ":c").Replace(
		export(item(5, "<content:encoded>Text</content:encoded>")))
	p := posts(mustRead(t, export))
	if len(p) != 1 || p[0].ID != 5 || p[0].Content != "Text" {
		t.Errorf("got %+v", p)
	}
}

func TestAnAuthorIsCalledAsReadersSawIt(t *testing.T) {
	for _, row := range []struct {
		author Author
		want   string
	}{
		{Author{Login: "mq", First: "Mara", Last: "Quill", DisplayName: "M. Quill"}, "M. Quill"},
		{Author{Login: "mq", First: "Mara", Last: "Quill"}, "Mara Quill"},
		{Author{Login: "mq", Last: "Quill"}, "Quill"},
		{Author{Login: "mq"}, "mq"},
	} {
		equal(t, "name", row.author.Name(), row.want)
	}
}

func TestTheHashTellsAChangedItem(t *testing.T) {
	hashes := func(fields string) (string, string) {
		p := posts(mustRead(t, export(item(1, fields))))[0]
		return p.Hash, p.CommentsHash
	}
	const comment = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Yes</wp:comment_content></wp:comment>"
	hash, comments := hashes("<content:encoded>Text</content:encoded>" + comment)
	for _, row := range []struct {
		what, fields             string
		sameItem, sameDiscussion bool
	}{
		{"layout", "\n\t<content:encoded><![CDATA[Text]]></content:encoded>\n\t" + comment + "\n", true, true},
		{"words", "<content:encoded>Texts</content:encoded>" + comment, false, true},
		{"a comment", "<content:encoded>Text</content:encoded>" + strings.Replace(comment, "Yes", "No", 1), true, false},
		{"a term", `<content:encoded>Text</content:encoded><category domain="category" nicename="a">A</category>` + comment, false, true},
		{"a custom field", "<content:encoded>Text</content:encoded><wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:postmeta>" + comment, false, true},
	} {
		h, c := hashes(row.fields)
		if (h == hash) != row.sameItem || (c == comments) != row.sameDiscussion {
			t.Errorf("when %s differs: same item %t, want %t; same comments %t, want %t", row.what, h == hash, row.sameItem, c == comments, row.sameDiscussion)
		}
	}
}

func TestAnErrorOfTheCallerEndsReadingAtOnce(t *testing.T) {
	// The second item has a problem pending, which must not be told any more.
	file := export(item(1, "") + item(2, "<content:encoded>a & b</content:encoded>") + item(3, ""))
	for stop := 1; stop <= 5; stop++ {
		full, calls := errors.New("the disk is full"), 0
		err := Read(strings.NewReader(file), func(Item) error {
			if calls++; calls == stop {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) || calls != stop {
			t.Errorf("stopped at call %d: %d calls, error %v", stop, calls, err)
		}
	}
}
