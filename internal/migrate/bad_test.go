package migrate_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/migrate"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func sqlite(t testing.TB) *paper {
	t.Helper()
	return newPaper(t, store.New(storetest.SQLite(t)))
}

// dump is everything that the store holds, but for what tells when it was read.
func (p *paper) dump(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	for _, table := range store.Tables {
		if table.Name == "audit" || table.Name == "sequence" {
			continue
		}
		if _, err := p.Dump(t.Context(), table, &b); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestAFileThatIsNoExportIsRefusedInWords(t *testing.T) {
	for _, c := range []struct{ name, file, says string }{
		{"empty", "", "empty"},
		{"a feed", `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://x.example</link><item><title>A</title></item></channel></rss>`, "WordPress export"},
		{"a page", "<!doctype html><title>x</title>", "WordPress export"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00", "WordPress export"},
		{"a damaged archive", "\x1f\x8b\x08nonsense", ".gz"},
		{"a ZIP file", "PK\x03\x04", "ZIP"},
		{"an unknown encoding", `<?xml version="1.0" encoding="klingon"?><rss>`, "klingon"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := sqlite(t)
			_, err := p.read(t, migrate.Options{}, c.file)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want words about %q", err, c.says)
			}
			if n, _ := p.ArticleCount(t.Context()); n != 0 {
				t.Errorf("%d articles came all the same", n)
			}
		})
	}
}

func TestAFileCutOffGivesWhatIsWholeAndSaysWhere(t *testing.T) {
	p := sqlite(t)
	whole := wxr(item(1, "post", "One", "first words, last words"), item(2, "post", "Two", "first words, last words", comment(5, 0, "1", "Good.")))
	second := strings.Index(whole, "<title><![CDATA[Two")
	taken := 0
	for cut := second; cut < len(whole)-len("</channel></rss>\n")-1; cut += 37 {
		report, err := p.read(t, migrate.Options{}, whole[:cut])
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "byte") {
			t.Fatalf("cut at byte %d: %v", cut, err)
		}
		if !lists(report, "file not read to its end") {
			t.Fatalf("cut at byte %d the report says %v", cut, report.Entries)
		}
		if n, _ := p.ArticleCount(t.Context()); n > taken {
			taken = n
		}
	}
	if taken != 1 {
		t.Errorf("%d articles came from files that hold one whole one", taken)
	}
	if a := p.article(t, "1"); !strings.Contains(string(a.Body), "last words") {
		t.Errorf("half an item came: %s", a.Body)
	}
	p.must(t, whole)
	if a := p.article(t, "2"); !strings.Contains(string(a.Body), "last words") {
		t.Errorf("the whole file then brought %s", a.Body)
	}
}

func TestAGoodFileIsTakenBesideABadOne(t *testing.T) {
	p := sqlite(t)
	_, err := p.read(t, migrate.Options{}, "no export", wxr(item(1, "post", "One", "x")))
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	if p.article(t, "1").Headline != "One" {
		t.Error("the good file did not come")
	}
}

func TestDirtyTextComesAsItWasMeant(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"a bare ampersand", "Smith & Sons", "Smith \\u0026 Sons"},
		{"the end of a section", "a ]]]]><![CDATA[> b", "a ]]\\u003e b"},
		{"control characters", "be\x00fore\x0bafter", "beforeafter"},
		{"half a character", "caf\xc3", "caf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, p *paper) {
				if _, err := p.read(t, migrate.Options{}, wxr(item(1, "post", "One", c.content))); err != nil {
					t.Fatal(err)
				}
				if body := string(p.article(t, "1").Body); !strings.Contains(body, c.want) && !strings.Contains(body, strings.NewReplacer("\\u0026", "&", "\\u003e", ">").Replace(c.want)) {
					t.Errorf("the body is %s", body)
				}
			})
		})
	}
}

func TestWhatLacksADateComesAllTheSame(t *testing.T) {
	p := sqlite(t)
	bare := `<item><title>Bare</title><content:encoded>x</content:encoded><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_content>Well.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>`
	report := p.must(t, wxr(bare))
	a := p.article(t, "1")
	if a.State != news.Published || a.Path == "" || !lists(report, "date missing") {
		t.Errorf("it is %s at %q; reported: %v", a.State, a.Path, report.Entries)
	}
	if outline, _ := p.CommentOutlines(t.Context(), a.ID); len(outline) != 1 {
		t.Errorf("%d comments came", len(outline))
	}
}

func TestAnAddressMadeForOneItemIsNotTakenByTheNext(t *testing.T) {
	each(t, func(t *testing.T, p *paper) {
		first := strings.Replace(item(1, "post", "Clash", "x"), "https://old.example/2020/05/item-1/", "https://old.example/?p=1", 1)
		first = strings.Replace(first, "<wp:post_name>item-1<", "<wp:post_name>clash<", 1)
		second := strings.Replace(item(2, "post", "Other", "y"), "/2020/05/item-2/", "/news/2020/05/04/clash/", 1)
		report := p.must(t, wxr(first, second))
		one, two := p.article(t, "1"), p.article(t, "2")
		if one.Path == "" || two.Path == "" || one.Path == two.Path {
			t.Errorf("they stand at %q and %q; reported: %v", one.Path, two.Path, report.Entries)
		}
	})
}

func TestCommentsWithoutIDsKeepTheirThread(t *testing.T) {
	p := sqlite(t)
	nameless := func(text string) string {
		return strings.Replace(comment(7, 0, "1", text), "<wp:comment_id>7<", "<wp:comment_id><", 1)
	}
	export := wxr(item(1, "post", "One", "x", nameless("First."), nameless("Second."), comment(5, 5, "1", "Of itself."), comment(6, 5, "1", "An answer.")))
	p.must(t, export)
	p.must(t, export)
	outline, err := p.CommentOutlines(t.Context(), p.article(t, "1").ID)
	if err != nil {
		t.Fatal(err)
	}
	answers := 0
	for _, o := range outline {
		if o.Parent == o.ID {
			t.Error("a comment answers itself")
		}
		if o.Parent != 0 {
			answers++
		}
	}
	if len(outline) != 4 || answers != 1 {
		t.Errorf("%d comments, %d of them answers", len(outline), answers)
	}
}

func TestWhatPostgreSQLCannotIndexEndsNoImport(t *testing.T) {
	each(t, func(t *testing.T, p *paper) {
		long := strings.Repeat("x", 1<<16)
		p.must(t, wxr(strings.ReplaceAll(item(1, "post", "One", "x"), "item-1", long), strings.ReplaceAll(item(2, "post", "Two", "x"), "item-2", "a%00b"),
			item(3, "post", long, "x"), item(4, "nav_menu_item", "", "", in("nav_menu", "main"), meta("_menu_item_menu_item_parent", "4"))))
		if n, _ := p.ArticleCount(t.Context()); n != 3 {
			t.Errorf("%d articles came", n)
		}
	})
}

func TestAGzippedExportIsReadLikeAPlainOne(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, wxr(item(1, "post", "One", "x [gallery]")))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	p := sqlite(t)
	p.must(t, b.String())
	if p.article(t, "1").State != news.Published {
		t.Error("it did not come")
	}
}
