//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// slotsFitStories reads all stories that a crawl has met: the ad in the body
// stands behind the second paragraph, in no body of fewer than four, and never
// last.
func slotsFitStories(t *testing.T, c *crawler) {
	long, short := 0, 0
	for path, page := range c.pages {
		if attribute(one(t, page, "body"), "data-page") != "article" {
			continue
		}
		paragraphs, slots, before := bodyParts(one(t, page, "div", "body"))
		switch {
		case paragraphs < 4:
			if short++; slots != 0 {
				t.Errorf("%s has %d paragraphs and an ad between them", path, paragraphs)
			}
		case slots != 1 || before != 2:
			t.Errorf("%s has %d ads in its body of %d paragraphs, %d of them before the ad", path, slots, paragraphs, before)
		default:
			long++
		}
	}
	if long < 20 || short < 1 {
		t.Errorf("%d long and %d short stories were met: too few to tell", long, short)
	}
}

// bodyParts counts the paragraphs and the ads of a body, and the paragraphs
// before the first ad.
func bodyParts(body *html.Node) (paragraphs, slots, before int) {
	for e := range body.ChildNodes() {
		switch {
		case e.Type != html.ElementNode:
		case e.Data == "p" && !hasClasses(e, []string{"related"}):
			paragraphs++
		case hasClasses(e, []string{"ad"}):
			if slots++; slots == 1 {
				before = paragraphs
			}
		}
	}
	return paragraphs, slots, before
}

func TestAnAdIsSetInTheDirectionOfItsOwnLanguage(t *testing.T) {
	t.Parallel()
	config := filepath.Join(t.TempDir(), "broadsheet.toml")
	err := os.WriteFile(config, []byte(`[[ads]]
placement = "leaderboard"
text = "مقهى الميناء: قهوة وخبز طازج كل صباح."
link = "https://cafe.example/"
language = "ar"
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, mercuryData(t), "serve", "-config", config)
	b := newBrowser(t)
	b.open(s.url + nightTram)
	if label := b.text(".ad-leaderboard .ad-label"); !strings.EqualFold(label, "Advertisement") {
		t.Errorf("the ad on an English page is labelled %q", label)
	}
	said := evaluate[[]string](b, `(e => [e.lang, e.dir, getComputedStyle(e).direction, e.rel, document.documentElement.dir])(document.querySelector(".ad-leaderboard a"))`)
	want := []string{"ar", "rtl", "rtl", "sponsored nofollow noopener", "ltr"}
	for i := range want {
		if said[i] != want[i] {
			t.Errorf("lang, dir, direction, rel of the ad and dir of the page are %q, want %q", said, want)
			break
		}
	}
	b.look(390, false)
	b.shoot("ad-arabic-phone")
}

func TestASlotWithNothingToShowLeavesNothing(t *testing.T) {
	t.Parallel()
	s := mercurySite(t)
	page := s.get(t, nightTram).body
	if strings.Contains(page, "Advertisement") || len(elements(parse(t, page), "", "ad")) > 0 {
		t.Error("the page of a paper without advertisements has a slot or a label")
	}
}
