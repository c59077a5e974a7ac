package migrate

import (
	"testing"
	"time"

	"broadsheet/internal/richtext"
	"broadsheet/internal/wordpress"
)

func TestAParagraphThatOnlyLeadsElsewhereIsARelatedBlock(t *testing.T) {
	c := converter{readMore: []string{"Read more", "See also", "Читайте также", "اقرأ أيضا"}, ahead: &ahead{}}
	at := site{address: "https://old.example", origin: "https://old.example", host: "old.example"}
	for _, test := range []struct {
		html    string
		related string // its words; "" for a plain paragraph
	}{
		{`<p>READ MORE: <a href="https://old.example/a/b/">The tide turns</a></p>`, "The tide turns"},
		{`<p><strong>Read more:</strong> <a href="https://old.example/a/b/">The tide turns</a></p>`, "The tide turns"},
		{`<p><a href="https://old.example/a/b/">Read more: The tide turns</a></p>`, "The tide turns"},
		{`<p><a href="https://old.example/a/b/">See also | The tide turns</a></p>`, "The tide turns"},
		{`<p>Читайте также: <a href="https://old.example/a/b/">Прилив</a></p>`, "Прилив"},
		{`<p>اقرأ أيضا: <a href="https://old.example/a/b/">المد</a></p>`, "المد"},
		{`<p>https://old.example/2020/05/tide/</p>`, "https://old.example/2020/05/tide/"},
		{`<p>Read more about <a href="https://old.example/a/b/">the tide</a></p>`, ""},
		{`<p>Read more: <a href="https://old.example/a/b/">The tide</a> or <a href="/c/d/">the moon</a></p>`, ""},
		{`<p>Readers more: <a href="https://old.example/a/b/">The tide</a></p>`, ""},
		{`<p>https://elsewhere.example/2020/05/tide/</p>`, ""},
	} {
		got := ""
		doc, _ := richtext.FromHTML(test.html)
		c.relate(doc, &at)
		if n := doc.Blocks[0]; n.Type == richtext.Related {
			got = n.Attrs.Text
		}
		if got != test.related {
			t.Errorf("%s\n\tgives %q, want %q", test.html, got, test.related)
		}
	}
}

func TestCommentsArePlainTextWithTheAddressesOfTheirLinks(t *testing.T) {
	for in, want := range map[string]string{
		"Just words.":      "Just words.",
		"One.\r\n\r\nTwo.": "One.\n\nTwo.",
		`See <a href="https://x.example/">here</a>.`:        "See here (https://x.example/).",
		`<a href="https://x.example">https://x.example</a>`: "https://x.example",
		"<script>alert(1)</script>Fine &amp; good":          "Fine & good",
		"<b>Bold</b> &lt;3":                                 "Bold <3",
	} {
		if got := commentText(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestAnOriginalIsFoundByTheNameOfARendition(t *testing.T) {
	for in, want := range map[string]string{"/u/harbour-300x200.jpg": "/u/harbour.jpg", "/u/harbour.jpg": "", "/u/a-b.jpg": "", "/u/x-0x10.jpg": "", "/u-1x2/name": "", "": ""} {
		if got := withoutSize(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestTheTimeZoneIsGuessedFromTheTwoTimesOfEachItem(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/London", "UTC", "Asia/Tehran"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		var z zoneGuess
		for month := range 24 {
			at := time.Date(2020, time.Month(1+month), 3, 10, 0, 0, 0, time.UTC)
			local := at.In(loc)
			z.note(time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC), at)
		}
		if got := z.zone(); got != name {
			t.Errorf("the clock of %s is taken for %q", name, got)
		}
	}
	var none zoneGuess
	if got := none.zone(); got != "" {
		t.Errorf("without any item it is %q", got)
	}
}

func TestTheLanguageOfAnArticle(t *testing.T) {
	for _, c := range []struct{ paper, text, want string }{
		{"en", "The council votes tonight.", ""},
		{"en", "Совет голосует сегодня вечером.", "ru"},
		{"en", "Рада голосує сьогодні ввечері, і її рішення важливе.", "uk"},
		{"en", "المجلس يصوت الليلة", "ar"},
		{"en", "شورا امشب رأی می‌گیرد و گزارش پنجره", "fa"},
		{"en", "המועצה מצביעה הלילה", "he"},
		{"en", "市议会今晚投票。", "zh"},
		{"en", "市議会は今夜、投票を行います。", "ja"},
		{"ja", "市議会は今夜、投票を行います。", ""},
		{"ru", "Совет голосует сегодня вечером.", ""},
		{"ru", "The council votes tonight.", ""},
		{"en", "The word совет means council.", ""},
		{"en", "", ""},
	} {
		if got := languageOf(&wordpress.Post{}, c.paper, c.text); got != c.want {
			t.Errorf("%q in a paper in %s is taken for %q, want %q", c.text, c.paper, got, c.want)
		}
	}
	said := &wordpress.Post{Terms: []wordpress.PostTerm{{Taxonomy: "language", Slug: "pt-br"}}}
	if got := languageOf(said, "en", "Olá"); got != "pt-BR" {
		t.Errorf("what Polylang says is taken for %q", got)
	}
}

func TestAnItemIsKnownByItsIDAndByMoreWhereThatIsNotEnough(t *testing.T) {
	var ids identities
	ids.file()
	one, same := &wordpress.Post{ID: 1, Hash: "aaaaaaaa00"}, &wordpress.Post{ID: 1, Hash: "aaaaaaaa00"}
	for i, c := range []struct {
		p     *wordpress.Post
		key   string
		again bool
	}{{one, "1", false}, {same, "1", true}, {&wordpress.Post{ID: 1, Hash: "bbbbbbbb00"}, "1#2", false}, {&wordpress.Post{ID: 1, Hash: "cccccccc00"}, "1#3", false}} {
		if key, _, again := ids.key(c.p); key != c.key || again != c.again {
			t.Errorf("item %d is %q, again %v", i, key, again)
		}
	}
	ids.file()
	if key, remark, again := ids.key(one); key != "1" || remark != "" || again {
		t.Errorf("in the next file it is %q, %q, again %v", key, remark, again)
	}
	for key, want := range map[string]bool{"1": true, "1#2": true, "1#9": false, "2": false} {
		if ids.had(key) != want {
			t.Errorf("had(%q) = %v", key, !want)
		}
	}
}
