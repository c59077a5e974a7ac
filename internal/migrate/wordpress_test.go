package migrate_test

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/migrate"
	"broadsheet/internal/news"
)

func TestAnExportBecomesANewspaper(t *testing.T) {
	each(t, func(t *testing.T, p *paper) {
		p.must(t, wxr(item(1, "post", "The harbour &amp; the vote", "First.\n\nSecond.", in("category", "world"), in("category", "europe"), in("post_tag", "tides"),
			"<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded><wp:is_sticky>1</wp:is_sticky>",
			"<wp:post_modified_gmt>2020-06-01 07:00:00</wp:post_modified_gmt>",
			meta("_yoast_wpseo_title", "For search"), meta("_yoast_wpseo_metadesc", "Described"),
			meta("_yoast_wpseo_opengraph-title", "%%title%% %%sep%%"), meta("rank_math_facebook_title", "Shared & seen"), meta("_yoast_wpseo_opengraph-description", "Read 50% more"),
			comment(5, 0, "1", "Good."), comment(6, 5, "1", "Indeed."), comment(7, 0, "0", "Wait."), comment(8, 0, "spam", "Buy!"))))
		settings, err := p.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if settings.Title != "The Old Courier" || settings.Language != "en-GB" || settings.TimeZone != "Europe/Berlin" || settings.Address != "https://old.example" {
			t.Errorf("the paper is %+v", settings)
		}
		a := p.article(t, "1")
		want := time.Date(2020, 5, 4, 7, 0, 0, 0, time.UTC)
		if a.Headline != "The harbour & the vote" || a.Path != "/2020/05/item-1/" || a.State != news.Published || !a.Published.Equal(want) {
			t.Errorf("the article is %+v", a)
		}
		if !a.Updated.Equal(time.Date(2020, 6, 1, 7, 0, 0, 0, time.UTC)) {
			t.Errorf("updated %v", a.Updated)
		}
		if a.Excerpt != "In short." || a.Summary != "In short." || a.SearchTitle != "For search" || a.SearchDescription != "Described" || a.SocialTitle != "Shared & seen" || a.SocialDescription != "Read 50% more" || a.GUID != "https://old.example/?p=1" {
			t.Errorf("the article is %+v", a)
		}
		sections, _ := p.Sections(t.Context())
		europe := sections[a.Section]
		world := sections[europe.Parent]
		if world == nil || europe.Name != "Europe" || world.Name != "World" || len(a.Sections) != 2 {
			t.Errorf("it stands in %+v below %+v; all %v", europe, world, a.Sections)
		}
		if topic, _ := p.Topic(t.Context(), a.Topics[0]); topic.Name != "Tides" {
			t.Errorf("its topic is %+v", topic)
		}
		if who, _ := p.Person(t.Context(), a.Byline[0].Person); who.Name != "Anna Bell" {
			t.Errorf("it is by %+v", who)
		}
		outline, _ := p.CommentOutlines(t.Context(), a.ID)
		if len(outline) != 2 || outline[1].Parent != outline[0].ID {
			t.Errorf("approved comments: %+v", outline)
		}
		for state, n := range map[news.CommentState]int{news.Held: 1, news.Spam: 1} {
			if list, _ := p.CommentsIn(t.Context(), state, 0, 10); len(list) != n {
				t.Errorf("%d comments are %s", len(list), state)
			}
		}
	})
}

func TestEveryStatusHasItsStateAndNothingHiddenIsPublished(t *testing.T) {
	p := sqlite(t)
	report := p.must(t, wxr(
		item(1, "post publish", "One", "x"), item(2, "post draft", "Two", "x"), item(3, "post pending", "Three", "x"), item(4, "post trash", "Four", "x"),
		item(5, "post future", "Five", "x"), item(6, "post private", "Six", "x"), item(7, "post publish", "Seven", "x", "<wp:post_password>secret</wp:post_password>"),
		item(8, "post auto-draft", "Eight", "x"), item(9, "post made-up", "Nine", "x")))
	for id, want := range map[string]news.State{"1": news.Published, "2": news.Draft, "3": news.Draft, "4": news.Trashed, "5": news.Scheduled,
		"6": news.Draft, "7": news.Draft, "8": news.Draft, "9": news.Draft} {
		if a := p.article(t, id); a.State != want {
			t.Errorf("item %s is %q, want %q", id, a.State, want)
		} else if want := map[string]news.StageID{"3": news.ReviewStage}[id]; a.Stage != want {
			t.Errorf("item %s is in the stage %d, want %d", id, a.Stage, want)
		}
	}
	for _, what := range []string{"private", "password", "status unknown"} {
		if !lists(report, what) {
			t.Errorf("the report does not list %q: %v", what, report.Entries)
		}
	}
}

func TestWhatPointsForwardIsResolvedWhenItComes(t *testing.T) {
	each(t, func(t *testing.T, p *paper) {
		first := wxr(item(1, "post", "One", `<p>See <a href="https://old.example/2020/05/item-2/">that</a> and <a href="/?p=3">this</a>.</p><p>READ MORE: <a href="http://www.old.example/2020/05/item-2/">Two of old</a></p>`,
			meta("_thumbnail_id", "50")), item(4, "page", "Contact", "x", "<wp:post_parent>9</wp:post_parent>"))
		report := p.must(t, first)
		if report.Entries["not found: body"] != 3 || !lists(report, "not found: lead picture") || !lists(report, "not found: parent") {
			t.Errorf("listed as missing: %v", report.Entries)
		}
		report = p.must(t, wxr(item(2, "post", "Two", "x"), item(3, "post", "Three", "x"), attachment(50, 1, "2020/05/harbour.png"), item(9, "page", "About", "x")))
		if lists(report, "not found: body") || lists(report, "not found: parent") {
			t.Errorf("still missing: %v", report.Entries)
		}
		a := p.article(t, "1")
		two, three := p.article(t, "2"), p.article(t, "3")
		if body := string(a.Body); strings.Contains(body, "old.example") || !strings.Contains(body, `"related"`) {
			t.Errorf("the body is %s (two is %d, three %d)", body, two.ID, three.ID)
		}
		if a.LeadPicture != p.picture(t, "50").ID {
			t.Errorf("its lead picture is %d", a.LeadPicture)
		}
		if contact := p.article(t, "4"); contact.Parent != p.article(t, "9").ID {
			t.Errorf("contact stands below %d", contact.Parent)
		}
	})
}

func TestRunTwiceItChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, p *paper) {
		export := wxr(attachment(50, 1, "a.png"), item(1, "post", "One", "x", in("category", "europe"), in("post_tag", "tides"), comment(5, 0, "1", "Good."), meta("_thumbnail_id", "50")),
			item(2, "page", "About", "x"), item(3, "nav_menu_item", "", "", in("nav_menu", "main"), meta("_menu_item_type", "post_type"), meta("_menu_item_object", "page"), meta("_menu_item_object_id", "2")))
		p.must(t, export)
		before := p.dump(t)
		again := p.must(t, export)
		if after := p.dump(t); after != before {
			t.Errorf("the store has changed from\n%s\nto\n%s", before, after)
		}
		if again.Counts["articles unchanged"] != 1 || again.Counts["standing pages unchanged"] != 1 || again.Counts["pictures unchanged"] != 1 || again.Counts["comments imported"] != 0 {
			t.Errorf("the second time: %v", again.Counts)
		}
	})
}

func TestANewerExportBringsWhatIsNewAndNeverOverwritesAnEdit(t *testing.T) {
	each(t, func(t *testing.T, p *paper) {
		p.must(t, wxr(item(1, "post", "One", "old words"), item(2, "post", "Two", "old words"), item(3, "post", "Three", "old words")))
		edited := p.article(t, "1")
		edited.Headline = "Edited here"
		if err := p.desk.Save(t.Context(), "Anna", &edited); err != nil {
			t.Fatal(err)
		}
		report := p.must(t, wxr(item(1, "post", "One", "new words", comment(5, 0, "1", "New.")), item(2, "post", "Two", "new words"), item(4, "post", "Four", "x")))
		if a := p.article(t, "1"); a.Headline != "Edited here" || !strings.Contains(string(a.Body), "old words") {
			t.Errorf("the edited article is %q: %s", a.Headline, a.Body)
		}
		if a := p.article(t, "2"); !strings.Contains(string(a.Body), "new words") {
			t.Errorf("the article that nobody edited still says %s", a.Body)
		}
		if a := p.article(t, "3"); a.State != news.Published {
			t.Errorf("what the export lacks is %s now", a.State)
		}
		if !lists(report, "edited here") || !lists(report, "not in this export") || report.Counts["articles imported"] != 1 || report.Counts["comments imported"] != 1 {
			t.Errorf("reported: %v %v", report.Entries, report.Counts)
		}
	})
}

func TestItemsWithTheSameIDBothCome(t *testing.T) {
	p := sqlite(t)
	one, other := item(1, "post", "One", "x"), strings.ReplaceAll(item(1, "post", "Other", "y"), "item-1", "other")
	report := p.must(t, wxr(one, one, other))
	if p.article(t, "1").Headline != "One" || p.article(t, "1#2").Headline != "Other" {
		t.Error("one of them is not what it was")
	}
	if n, _ := p.ArticleCount(t.Context()); n != 2 || report.Entries["id used twice"] != 2 {
		t.Errorf("%d articles; %v", n, report.Entries)
	}
	again := p.must(t, wxr(one, one, other))
	if again.Counts["articles unchanged"] != 2 || lists(again, "not in this export") {
		t.Errorf("read again: %v %v", again.Counts, again.Entries)
	}
}

func TestAnItemWithoutAnIDComes(t *testing.T) {
	p := sqlite(t)
	export := wxr(strings.Replace(item(7, "post", "Nameless", "x"), "<wp:post_id>7</wp:post_id>", "<wp:post_id></wp:post_id>", 1))
	report := p.must(t, export)
	if n, _ := p.ArticleCount(t.Context()); n != 1 || !lists(report, "id missing") {
		t.Errorf("%d articles; %v", n, report.Entries)
	}
	if again := p.must(t, export); again.Counts["articles unchanged"] != 1 {
		t.Errorf("read again: %v", again.Counts)
	}
}

func TestCirclesAreCut(t *testing.T) {
	p := sqlite(t)
	export := strings.Replace(wxr(
		item(1, "page", "One", "x", "<wp:post_parent>2</wp:post_parent>"), item(2, "page", "Two", "x", "<wp:post_parent>1</wp:post_parent>"),
		item(3, "post", "Three", "x", in("category", "europe"), comment(5, 6, "1", "Five"), comment(6, 5, "1", "Six"), comment(7, 7, "1", "Seven"))),
		"<wp:category_parent></wp:category_parent>", "<wp:category_parent>europe</wp:category_parent>", 1)
	report := p.must(t, export)
	if !lists(report, "circle of categories") || !lists(report, "not found: parent") {
		t.Errorf("reported: %v", report.Entries)
	}
	if outline, _ := p.CommentOutlines(t.Context(), p.article(t, "3").ID); len(outline) != 3 {
		t.Errorf("%d comments came", len(outline))
	}
}

func TestPicturesComeFromTheUploadsFolder(t *testing.T) {
	p := sqlite(t)
	dir := uploads(t, "2020/05/harbour.png", "2020/05/gull.png")
	outside := attachment(52, 0, "2020/05/secret.png")
	outside = strings.Replace(outside, "<![CDATA[2020/05/secret.png]]></wp:meta_value>", "<![CDATA[../../../../etc/hostname]]></wp:meta_value>", 1)
	report, err := p.read(t, migrate.Options{Uploads: dir}, wxr(attachment(50, 1, "2020/05/harbour.png"), attachment(51, 0, "2020/05/lost.png"), outside,
		attachment(53, 1, "2020/05/gull.png"),
		item(1, "post", "One", `<figure><img src="https://old.example/wp-content/uploads/2020/05/harbour-300x200.png" alt="Boats"><figcaption>The harbour</figcaption></figure>`+
			"\n\n[gallery]\n", meta("_thumbnail_id", "51"))))
	if err != nil {
		t.Fatal(err)
	}
	if pic := p.picture(t, "50"); pic.Width != 40 || pic.Height != 30 || pic.Path != "/wp-content/uploads/2020/05/harbour.png" || pic.Blob == "" {
		t.Errorf("the picture is %+v", pic)
	}
	if report.Entries["picture missing"] != 2 {
		t.Errorf("reported: %v", report.Entries)
	}
	a := p.article(t, "1")
	if body := string(a.Body); strings.Contains(body, "harbour-300x200") || strings.Count(body, `"picture":`) != 3 {
		t.Errorf("the figure and the gallery of what is attached name %s", body)
	}
	if a.State != news.Published {
		t.Errorf("the article whose picture is lost is %s", a.State)
	}
}

func TestAPictureThatIsTooLargeForRenditionsIsReported(t *testing.T) {
	p := sqlite(t)
	dir := uploads(t, "2020/05/wall.png")
	file := filepath.Join(dir, "2020", "05", "wall.png")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	header := b[12:29] // the kind, size and colours of the picture; its checksum follows
	binary.BigEndian.PutUint32(header[4:], 9000)
	binary.BigEndian.PutUint32(header[8:], 9000)
	header[12], header[13] = 16, 6
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(header))
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := p.read(t, migrate.Options{Uploads: dir}, wxr(attachment(50, 1, "2020/05/wall.png")))
	if err != nil {
		t.Fatal(err)
	}
	if report.Entries["picture large"] != 1 || report.Entries["picture damaged"] != 0 {
		t.Errorf("reported: %v", report.Entries)
	}
	if pic := p.picture(t, "50"); !pic.Image() || pic.Width != 9000 {
		t.Errorf("it is shown as %+v", pic)
	}
}

func TestReusableBlocksStandWhereTheyAreUsed(t *testing.T) {
	p := sqlite(t)
	p.must(t, wxr(item(1, "post", "One", "<!-- wp:paragraph --><p>Before.</p><!-- /wp:paragraph --><!-- wp:block {\"ref\":9} /-->"),
		item(9, "wp_block", "Box", "<!-- wp:paragraph --><p>Said again and again.</p><!-- /wp:paragraph -->")))
	if body := string(p.article(t, "1").Body); !strings.Contains(body, "Said again and again.") {
		t.Errorf("the body is %s", body)
	}
}

func TestMenusComeWithWhatTheyLeadTo(t *testing.T) {
	p := sqlite(t)
	nav := func(id int, label string, parent int, kind, object, objectID, url string) string {
		return item(id, "nav_menu_item", label, "", in("nav_menu", "primary-menu"), meta("_menu_item_type", kind), meta("_menu_item_object", object),
			meta("_menu_item_object_id", objectID), meta("_menu_item_url", url), meta("_menu_item_menu_item_parent", fmt.Sprint(parent)))
	}
	report := p.must(t, wxr(nav(31, "World", 0, "taxonomy", "category", "10", ""), nav(32, "Europe", 31, "taxonomy", "category", "11", ""),
		nav(33, "About us", 0, "post_type", "page", "2", ""), nav(34, "Elsewhere", 0, "custom", "custom", "34", "https://elsewhere.example/"),
		nav(35, "Bad", 0, "custom", "custom", "35", "javascript:alert(1)"), nav(36, "Lost", 0, "post_type", "page", "999", ""), item(2, "page", "About", "x")))
	menu, err := p.Menu(t.Context(), news.MainMenu)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, it := range menu.Items {
		labels = append(labels, it.Label)
	}
	if !slices.Equal(labels, []string{"World", "About us", "Elsewhere"}) || len(menu.Items[0].Items) != 1 || menu.Items[0].Items[0].Target.Noun != news.SectionNoun {
		t.Errorf("the menu is %+v", menu.Items)
	}
	if report.Entries["menu item left out"] != 2 {
		t.Errorf("reported: %v", report.Entries)
	}
}

func TestGuestAuthorsAreBylines(t *testing.T) {
	p := sqlite(t)
	p.must(t, wxr(item(1, "post", "One", "x", in("author", "cap-vera"), in("author", "cap-anna")),
		item(40, "guest-author", "Vera Lind", "", meta("cap-user_login", "vera"), meta("cap-display_name", "Vera Lind"))))
	a := p.article(t, "1")
	var names []string
	for _, c := range a.Byline {
		who, err := p.Person(t.Context(), c.Person)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, who.Name)
	}
	if !slices.Equal(names, []string{"Vera Lind", "Anna Bell"}) {
		t.Errorf("it is by %v", names)
	}
}

func TestOldAddressesLeadToTheNew(t *testing.T) {
	p := sqlite(t)
	p.must(t, wxr(item(1, "post", "One", "x", in("category", "europe"), in("post_tag", "tides"), meta("_wp_old_slug", "first-try")), attachment(50, 1, "a.png"), item(2, "post", "Search", "x")))
	for path, want := range map[string]news.Noun{"/category/world/europe/": news.SectionNoun, "/category/europe/": news.SectionNoun, "/tag/tides/": news.TopicNoun,
		"/author/anna/": news.PersonNoun, "/2020/05/item-50/": news.ArticleNoun} {
		a, err := p.Address(t.Context(), path)
		if err != nil || a.Target.Noun != want {
			t.Errorf("%s leads to %+v, %v; want a %s", path, a, err, want)
		}
	}
	if a, err := p.Address(t.Context(), "/2020/05/first-try/"); err != nil || a.To != "/2020/05/item-1/" && a.Target.Noun != news.ArticleNoun {
		t.Errorf("the slug before leads to %+v, %v", a, err)
	}
}

func TestAnOldPathThatIsOursIsReported(t *testing.T) {
	p := sqlite(t)
	report := p.must(t, wxr(strings.ReplaceAll(item(1, "page", "Search", "x"), "/2020/05/item-1/", "/search/")))
	if !lists(report, "path collides") {
		t.Errorf("reported: %v", report.Entries)
	}
	if a := p.article(t, "1"); a.Path == "/search/" || a.Path == "" {
		t.Errorf("it stands at %q", a.Path)
	}
}
