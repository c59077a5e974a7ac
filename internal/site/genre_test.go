package site_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func TestReadersAreToldWhatIsNotPlainNews(t *testing.T) {
	p := sqlite(t, setup{})
	p.story(t, "Plain news", 1, four, nil)
	column := p.story(t, "A column", 2, four, func(a *news.Article) { a.Genre = news.Opinion })
	review := p.story(t, "A book", 1, four, func(a *news.Article) { a.Genre, a.Kicker = news.Review, "REVIEW" })
	paid := p.story(t, "A fine bank", 3, four, func(a *news.Article) { a.Genre, a.Sponsor = news.Sponsored, "Bay Savings" })
	holds(t, p.page(t, column.Path), `class="story is-opinion"`, `<span class="genre"><bdi lang="en" dir="ltr">Opinion</bdi></span>`)
	holds(t, p.page(t, paid.Path), `class="story is-sponsored"`, "Bay Savings", "A fine bank")
	lacks(t, p.page(t, review.Path), "REVIEW") // its genre says so already
	list := p.page(t, "/world/")
	lacks(t, list, "REVIEW")
	holds(t, list, `class="card is-sponsored"`, "Bay Savings")
	holds(t, list, `class="card is-opinion"`, `<span class="genre"><bdi>Opinion</bdi></span>`, `<bdi>Anna Bell</bdi>`)
}

func TestOpinionAndAdvertisingNeverLeadTheFrontPage(t *testing.T) {
	p := sqlite(t, setup{})
	for i := range 12 {
		p.story(t, fmt.Sprintf("News %d", i), i, four, nil)
	}
	for i := range 3 {
		p.story(t, fmt.Sprintf("Column %d", i), 12+i, four, func(a *news.Article) { a.Genre = news.Opinion })
	}
	p.story(t, "Paid for", 20, four, func(a *news.Article) { a.Genre, a.Sponsor = news.Sponsored, "Bay Savings" })
	html := p.page(t, "/")
	top, rest, _ := strings.Cut(html, `<section class="opinions"`)
	lacks(t, top[strings.Index(top, "<main"):], "Column", "Paid for")
	holds(t, rest, "Column 2", "Column 1", "Column 0", "Paid for")
}

func TestPaidForIsLabelledWhereverItStands(t *testing.T) {
	p := sqlite(t, setup{})
	p.story(t, "Paid for", 1, four, func(a *news.Article) { a.Genre, a.Sponsor = news.Sponsored, "Bay Savings" })
	for i := range 20 {
		p.story(t, fmt.Sprintf("News %d", i), 2+i%20, four, nil)
	}
	for _, list := range []string{"/", "/world/", "/author/anna-bell/", "/2026/07/04/"} {
		html := p.page(t, list)
		for n := 2; !strings.Contains(html, "Paid for</a>"); n++ {
			next := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(html)
			if next == nil {
				t.Fatalf("%s does not have it", list)
			}
			html = p.page(t, strings.ReplaceAll(next[1], "&amp;", "&"))
		}
		for _, card := range strings.Split(html, "<article")[1:] {
			if card, _, _ = strings.Cut(card, "</article>"); strings.Contains(card, "Paid for</a>") {
				holds(t, card, `<span class="genre"><bdi>Paid content</bdi></span>`, "Bay Savings")
			}
		}
	}
}

func TestTheFrontPageShowsOneOfSeveralTranslations(t *testing.T) {
	p := sqlite(t, setup{})
	english := p.story(t, "The vote", 8, four, nil)
	german := p.story(t, "Die Abstimmung", 9, four, func(a *news.Article) { a.Language = "de" })
	french := p.story(t, "Un poisson", 7, four, func(a *news.Article) { a.Language = "fr" })
	must(t, p.JoinTranslation(t.Context(), "Anna", german.ID, german.Version, english.ID))
	fish := p.story(t, "Ein Fisch", 6, four, func(a *news.Article) { a.Language = "de" })
	must(t, p.JoinTranslation(t.Context(), "Anna", fish.ID, fish.Version, french.ID))
	html := p.page(t, "/")
	holds(t, html, "The vote</a>", "Un poisson</a>")
	lacks(t, html, "Die Abstimmung</a>", "Ein Fisch</a>")
}

func TestACorrectionStandsBeneathItsArticleForGood(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	lacks(t, p.page(t, a.Path), `id="corrections"`)
	must(t, p.Correct(t.Context(), "Anna", &news.Correction{Article: a.ID, Text: "An earlier version said nine.\n\nIt is <eight>.", Made: time.Date(2026, 7, 5, 9, 0, 0, 0, time.UTC)}))
	holds(t, p.page(t, a.Path), `href="#corrections"`, `id="corrections"`, "July 5, 2026", "An earlier version said nine.</p>", "It is &lt;eight&gt;.</p>")
}

func TestATextInSeveralLanguagesLeadsToTheOthers(t *testing.T) {
	p := sqlite(t, setup{})
	english := p.story(t, "The vote", 8, four, nil)
	arabic := p.story(t, "التصويت", 9, four, func(a *news.Article) { a.Language, a.Slug = "ar", "vote-ar" })
	must(t, p.JoinTranslation(t.Context(), "Anna", arabic.ID, arabic.Version, english.ID))
	holds(t, p.page(t, english.Path), `rel="alternate" hreflang="ar" href="https://paper.example`+arabic.Path, `hreflang="ar" lang="ar" dir="rtl">العربية</a>`)
	holds(t, p.page(t, arabic.Path), `hreflang="en" href="https://paper.example`+english.Path, `hreflang="en" lang="en" dir="ltr">English</a>`)

	must(t, p.Withdraw(t.Context(), "Anna", arabic.ID, arabic.Version+1))
	lacks(t, p.page(t, english.Path), "hreflang")
	again := p.story(t, "Again", 3, four, nil)
	if err := p.JoinTranslation(t.Context(), "Anna", again.ID, again.Version, english.ID); !fault.Is(err, fault.Invalid) {
		t.Error("two texts in English are translations of each other")
	}
}
