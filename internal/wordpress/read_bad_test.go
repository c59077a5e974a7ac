package wordpress

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"broadsheet/internal/fault"
)

func TestWhatIsNoExportIsRefusedInWords(t *testing.T) {
	for _, row := range []struct{ what, file, says string }{
		{"nothing", "", "empty"},
		{"words", "Dear editor,", "no WordPress export"},
		{"a page", "<!DOCTYPE html><html><body><p>Hello</p></body></html>", "no WordPress export"},
		{"a feed of another kind", `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title></channel></rss>`, "no WordPress export"},
		{"a ZIP file", "PK\x03\x04....", "ZIP"},
		{"a damaged .gz", "\x1f\x8bnot at all", ".gz"},
		{"a made-up encoding", `<?xml version="1.0" encoding="gazette-8"?>` + export(""), "gazette-8"},
		{"zeros", strings.Repeat("\x00", 5000), "no WordPress export"},
	} {
		items, err := readAll(row.file)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), row.says) || len(items) > 0 {
			t.Errorf("%s: %d items, error %v; want one that says %q", row.what, len(items), err, row.says)
		}
	}
}

func TestDamageInATextIsMendedAndTold(t *testing.T) {
	for _, row := range []struct{ what, written, content, problem string }{
		{"nothing wrong", "<![CDATA[Ebb & flow < spring]]>", "Ebb & flow < spring", ""},
		{"escaped", "Ebb &amp; flow &lt;b&gt; &#8211; &#x2013; &quot;&apos;", `Ebb & flow <b> – – "'`, ""},
		{"a section parted as WordPress parts it", "<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b", ""},
		{"U+0000", "<![CDATA[a\x00b]]>", "ab", "control characters"},
		{"other control characters", "a\x01\x0b\x1f\x7fb\tc\n", "ab\tc\n", "control characters"},
		{"a control character as a number", "a&#11;b", "ab", "control characters"},
		{"zero as a number", "a&#0;b", "a&#0;b", "bare &"},
		{"bare &", "Ebb & flow &co; &", "Ebb & flow &co; &", "bare &"},
		{"entities of HTML", "Ebb&nbsp;&eacute;", "Ebb\u00a0é", "HTML entity"},
		{"]]> in a section", "<![CDATA[if (a[b[0]]>1) x]]>", "if (a[b[0]]>1) x", "]]> in text"},
		{"]]> and a tag in a section", "<![CDATA[a]]><b>c</b>]]>", "a]]><b>c</b>", "]]> in text"},
		{"]]> outside of a section", "a ]]> b", "a ]]> b", ""},
		{"tags that were not escaped", `<p class="x">a</p> <br/><p>b</p>`, `<p class="x">a</p> <br/><p>b</p>`, "markup in text"},
		{"a stray <", "1 < 2", "1 < 2", "stray <"},
		{"bytes of another encoding", "<![CDATA[caf\xe9]]>", "caf\ufffd", "wrong encoding"},
		{"half a surrogate pair", "<![CDATA[a\xed\xa0\x80b]]>", "a\ufffdb", "wrong encoding"},
	} {
		t.Run(row.what, func(t *testing.T) {
			items := mustRead(t, export(item(1, "<content:encoded>"+row.written+"</content:encoded>")+item(2, "")))
			list := posts(items)
			if len(list) != 2 || list[0].Content != row.content {
				t.Fatalf("%d items, content %q, want %q", len(list), list[0].Content, row.content)
			}
			var want []string
			if row.problem != "" {
				want = []string{row.problem}
			}
			equal(t, "problems", problems(items), want)
		})
	}
}

func TestAProblemNamesItsItemAndComesBeforeIt(t *testing.T) {
	items := mustRead(t, export(item(1, "")+"<item><title>a & b & c</title><wp:post_id>77</wp:post_id></item>"))
	p, after := items[2].Problem, items[3].Post
	if p == nil || after == nil || p.ItemID != 77 || after.ID != 77 || p.Offset <= items[1].Post.Offset {
		t.Errorf("problem %+v before item %+v", p, after)
	}
}

func TestItemsWithoutAnIdOrWithOneUsedTwiceAreAllDelivered(t *testing.T) {
	var ids []int64
	for _, p := range posts(mustRead(t, export(item(4, "")+"<item><title>None</title></item>"+item(4, "")+"<item><title>Nonsense</title><wp:post_id>x9</wp:post_id></item>"))) {
		ids = append(ids, p.ID)
	}
	equal(t, "ids", ids, []int64{4, 0, 4, 0})
}

func TestWhatIsNotKnownIsPassedOver(t *testing.T) {
	const extra = `<wp:commentmeta><wp:meta_key><![CDATA[k]]></wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value></wp:commentmeta>`
	for what, export := range map[string]string{
		"an element of the channel":      export("<image><url>u</url><image><title><![CDATA[x]]></title></image></image>" + item(1, "")),
		"an element of an item":          export(item(1, "<wfw:commentRss>https://gazette.example/feed/</wfw:commentRss>")),
		"notes on a comment":             export(item(1, "<wp:comment><wp:comment_id>3</wp:comment_id>"+extra+extra+"</wp:comment>")),
		"comments of XML":                export("<!-- <item> -->" + item(1, "<!-- here -->")),
		"a DOCTYPE that declares things": `<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + strings.TrimPrefix(export(item(1, "")), `<?xml version="1.0" encoding="UTF-8"?>`),
	} {
		list := posts(mustRead(t, export))
		if len(list) != 1 || list[0].ID != 1 {
			t.Errorf("%s: got %+v", what, list)
		}
	}
}

func TestAnExportIsReadInItsOwnEncoding(t *testing.T) {
	plain := export(item(1, "<content:encoded><![CDATA[Fähre – café]]></content:encoded>"))
	coded := func(c *charmap.Charmap, name string) string {
		s, err := c.NewEncoder().String(strings.Replace(plain, "UTF-8", name, 1))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	utf16, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ what, file, content string }{
		{"UTF-8", plain, "Fähre – café"},
		{"UTF-8 with a mark at the beginning", "\ufeff" + plain, "Fähre – café"},
		{"UTF-8 that calls itself UTF-16", strings.Replace(plain, "UTF-8", "UTF-16", 1), "Fähre – café"},
		{"UTF-16", utf16, "Fähre – café"},
		{"Windows-1252", coded(charmap.Windows1252, "windows-1252"), "Fähre – café"},
		{"Latin-1 as every browser reads it", coded(charmap.Windows1252, "ISO-8859-1"), "Fähre – café"},
		{"Windows-1252 that calls itself UTF-8", coded(charmap.Windows1252, "UTF-8"), "F\ufffdhre \ufffd caf\ufffd"},
		{"packed", packed(t, plain), "Fähre – café"},
	} {
		list := posts(mustRead(t, row.file))
		if len(list) != 1 || list[0].Content != row.content {
			t.Errorf("%s: got %+v", row.what, list)
		}
	}
}

func packed(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var atByte = regexp.MustCompile(`at byte \d+, in item \d+`)

func TestAFileCutOffAnywhereTellsWhereAndKeepsWhatStoodBefore(t *testing.T) {
	file := gazette(t)
	whole := posts(mustRead(t, file))
	end := strings.Index(file, "</channel>") + len("</channel>")
	for cut := 1; cut < end; cut++ {
		items, err := readAll(file[:cut])
		if !fault.Is(err, fault.Invalid) || !atByte.MatchString(err.Error()) {
			t.Fatalf("cut at byte %d: error %v", cut, err)
		}
		if before := strings.Count(file[:cut], "</item>"); !reflect.DeepEqual(posts(items), whole[:before]) && before+len(posts(items)) > 0 {
			t.Fatalf("cut at byte %d: %d items, want the %d before", cut, len(posts(items)), before)
		}
	}
	if list := posts(mustRead(t, file[:end])); len(list) != len(whole) {
		t.Errorf("only </rss> is missing: %d items", len(list))
	}
}

func TestAPackedFileCutOffAnywhereTellsWhere(t *testing.T) {
	file, whole := packed(t, gazette(t)), len(posts(mustRead(t, gazette(t))))
	for cut := 20; cut < len(file)-8; cut++ { // the last eight bytes are the checksum
		items, err := readAll(file[:cut])
		if err == nil && len(posts(items)) == whole {
			continue // nothing but the last tags is missing
		}
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "cut off at byte ") {
			t.Fatalf("cut at byte %d: %d items, error %v", cut, len(posts(items)), err)
		}
	}
}

func TestADiskThatFailsIsNotTakenForTheFilesEnd(t *testing.T) {
	file, broken := gazette(t), errors.New("input/output error")
	for _, at := range []int{0, 10, 300, strings.Index(file, "The ferry runs"), len(file) - 30} {
		err := Read(io.MultiReader(strings.NewReader(file[:at]), iotest.ErrReader(broken)), func(Item) error { return nil })
		if !errors.Is(err, broken) || strings.Contains(err.Error(), "cut off") {
			t.Errorf("failed behind byte %d: %v", at, err)
		}
	}
}

func TestReadingByteByByteGivesTheSame(t *testing.T) {
	for what, file := range map[string]string{
		"whole": gazette(t), "packed": packed(t, gazette(t)),
		"damaged": export(item(1, "<content:encoded><![CDATA[a]]>\x00 & <b]]></content:encoded>") + "<item><title>x"),
	} {
		want, wantErr := readAll(file)
		var got []Item
		err := Read(iotest.OneByteReader(strings.NewReader(file)), func(it Item) error {
			got = append(got, it)
			return nil
		})
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(err, wantErr) {
			t.Errorf("%s: %d items, error %v; at once %d, %v", what, len(got), err, len(want), wantErr)
		}
	}
}

func TestATextLongerThanTheBufferIsReadWhole(t *testing.T) {
	long := strings.Repeat("All about the harbour. ", 3*chunk/23)
	list := posts(mustRead(t, export(item(1, "<content:encoded><![CDATA["+long+"]]></content:encoded>")+item(2, ""))))
	if len(list) != 2 || list[0].Content != long {
		t.Errorf("%d items, %d bytes of %d", len(list), len(list[0].Content), len(long))
	}
}

// Each of these took time with the square of its length in a simpler reader: at
// this length that would be minutes, and the run would be ended.
func TestHostileFilesAreReadToTheirEnd(t *testing.T) {
	const n = 1 << 20
	for what, unit := range map[string]string{"quotes that never close": `<a "` + strings.Repeat(">", 200), "open brackets": "<", "ends of sections": "]]> ",
		"ampersands": "&", "starts of sections": "<![CDATA[", "tags": "<a>", "declarations": "<!["} {
		if _, err := readAll(export(item(1, "<content:encoded>"+strings.Repeat(unit, n/len(unit))+"</content:encoded>"))); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestOffsetsCountTheBytesOfTheFile(t *testing.T) {
	for _, mark := range []string{"", "\ufeff", "\n"} {
		file := mark + export("<image/>"+item(1, "")+"  "+item(2, ""))
		for i, p := range posts(mustRead(t, file)) {
			if !strings.HasPrefix(file[p.Offset:], item(i+1, "")) {
				t.Errorf("item %d behind %q: byte %d", i+1, mark, p.Offset)
			}
		}
	}
}
