package demo

import (
	"bytes"
	"fmt"
	"image"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

func load(t *testing.T, now time.Time) *Paper {
	t.Helper()
	p, err := Load(now)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// anyDay is a day like any other.
var anyDay = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Load itself checks every reference and every time; so the content is whole if
// it loads at each hour of the day, when clocks are changed, at the turn of the
// year and on a leap day.
func TestPaperIsWholeWheneverItIsRead(t *testing.T) {
	for _, day := range []string{"2026-11-23", "2026-03-29", "2026-10-25", "2027-01-01", "2028-02-29", "2031-07-31"} {
		start, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		for minutes := 1; minutes < 24*60; minutes += 37 {
			now := start.Add(time.Duration(minutes) * time.Minute)
			p := load(t, now)
			for i, a := range p.Articles {
				if i > 0 && a.State == news.Published && a.Published.Before(p.Articles[i-1].Published) {
					t.Fatalf("%s: %s stands after a newer one", now, a.Slug)
				}
			}
			newest := time.Duration(1 << 62)
			for _, a := range p.Articles {
				if a.State == news.Published {
					newest = min(newest, now.Sub(a.Published))
				}
			}
			if newest < 90*time.Minute || newest > 150*time.Minute {
				t.Fatalf("%s: the newest article is %s old", now, newest)
			}
		}
	}
}

func TestPaperHasEverythingThatADemoShows(t *testing.T) {
	p := load(t, anyDay)
	var fixed, later, recent, nested, top, held, replies, deep, corrected, translated int
	states, languages, sections, genres := map[news.State]int{}, map[string]int{}, map[string]int{}, map[news.Genre]int{}
	var all strings.Builder
	for _, a := range p.Articles {
		states[a.State]++
		languages[a.Language]++
		sections[a.Section]++
		genres[a.Genre]++
		corrected += min(len(a.Corrections), 1)
		translated += min(len(a.Original), 1)
		all.WriteString(a.Body)
		switch age := anyDay.Sub(a.Published); {
		case a.State != news.Published:
		case a.Published.Year() == 2022:
			fixed++
		case a.Published.Year() < 2026:
			later++
		case age < 28*24*time.Hour:
			recent++
		}
	}
	for _, s := range p.Sections {
		if s.Parent == "" {
			top++
		} else {
			nested++
		}
		if sections[s.Slug] == 0 {
			t.Errorf("section %s has no article", s.Slug)
		}
	}
	parent := map[string]string{}
	for _, c := range p.Comments {
		parent[c.ID] = c.Parent
		if c.State == news.Held {
			held++
		}
		if c.Parent != "" {
			replies++
		}
		if parent[c.Parent] != "" {
			deep++
		}
	}
	body := all.String()
	for what, ok := range map[string]bool{
		"56 recent articles":      recent >= 56,
		"three of 2022":           fixed == 3,
		"four of 2023 to 2025":    later == 4,
		"one scheduled":           states[news.Scheduled] == 1,
		"one draft":               states[news.Draft] == 1,
		"six sections":            top == 6 && nested >= 4,
		"seven languages":         languages["ar"] == 3 && languages["de"] == 2 && languages["fa"] == 2 && languages["ru"] == 2 && languages["uk"] == 2,
		"translations":            translated == 3,
		"all genres":              genres[news.Analysis] == 4 && genres[news.Interview] == 1 && genres[news.Opinion] == 7 && genres[news.Review] == 4 && genres[news.Sponsored] == 2,
		"corrections":             corrected == 5,
		"50 comments":             len(p.Comments)-held >= 50,
		"held comments":           held >= 4,
		"threads":                 replies >= 10 && deep >= 3,
		"topics":                  len(p.Topics) >= 8 && len(p.Topics) <= 12,
		"people":                  len(p.People) >= 15,
		"pictures":                len(p.Pictures) >= 16,
		"standing pages":          len(p.Pages) >= 6,
		"menus":                   len(p.Menus) == 2,
		"a Russian advertisement": len(p.Ads) >= 2 && p.Ads[0].Language == "ru",
		"galleries":               strings.Count(body, `<figure class="gallery">`) == 2,
		"wide pictures":           strings.Count(body, `<figure class="align-wide">`) >= 6,
		"a list":                  strings.Contains(body, "<ol>") && strings.Contains(body, "<ul>"),
		"a table":                 strings.Contains(body, "<caption>"),
		"a pull quote":            strings.Contains(body, `<aside class="pullquote">`),
		"a fact box":              strings.Contains(body, `<aside class="factbox">`),
		"related articles":        strings.Count(body, `<p class="related">`) >= 6,
		"links in sentences":      strings.Count(body, `<a href="`+Reference)-strings.Count(body, `<p class="related">`) >= 10,
	} {
		if !ok {
			t.Errorf("missing: %s", what)
		}
	}
}

func TestEveryTopicAndEveryPersonHasAnArticle(t *testing.T) {
	p := load(t, anyDay)
	used := map[string]bool{}
	for _, a := range p.Articles {
		if a.State != news.Published {
			continue
		}
		for _, topic := range a.Topics {
			used["topic "+topic] = true
		}
		for _, c := range a.Byline {
			used["person "+c.Person] = true
		}
		used["picture "+a.Picture] = true
		for _, src := range regexp.MustCompile(`src="`+Reference+`([^"]+)"`).FindAllStringSubmatch(a.Body, -1) {
			used["picture "+src[1]] = true
		}
	}
	for _, x := range p.People {
		used["picture "+x.Picture] = true
		if !used["person "+x.Slug] {
			t.Errorf("%s has written nothing", x.Slug)
		}
	}
	for _, x := range p.Topics {
		if !used["topic "+x.Slug] {
			t.Errorf("nothing is about %s", x.Slug)
		}
	}
	for _, x := range p.Pictures {
		if !used["picture "+x.Slug] {
			t.Errorf("picture %s is shown nowhere", x.Slug)
		}
	}
}

// bodyElements are what an article's body is made of, and what may hold each
// ("" is the body itself).
var bodyElements = map[string]string{
	"p": " blockquote", "h2": " ", "h3": "aside", "ul": " aside", "ol": " ", "li": "ul ol",
	"blockquote": " aside", "cite": "blockquote", "aside": " ", "figure": " figure", "img": "figure", "figcaption": "figure", // a gallery holds figures
	"table": " ", "caption": "table", "thead": "table", "tbody": "table", "tr": "thead tbody", "th": "tr", "td": "tr",
	"a": "p li", "strong": "p li", "em": "p li",
}

func TestBodiesAreWellFormed(t *testing.T) {
	p := load(t, anyDay)
	bodies := map[string]string{}
	for _, a := range p.Articles {
		bodies[a.Slug] = a.Body
	}
	for _, page := range p.Pages {
		bodies["page "+page.Slug] = page.Body
	}
	for name, body := range bodies {
		if err := wellFormed(body); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func wellFormed(body string) error {
	open := []string{""}
	for z := html.NewTokenizer(strings.NewReader(body)); ; {
		kind := z.Next()
		tok := z.Token()
		within := open[len(open)-1]
		switch kind {
		case html.ErrorToken:
			if len(open) > 1 {
				return fmt.Errorf("<%s> is not closed", within)
			}
			return nil
		case html.StartTagToken:
			may, known := bodyElements[tok.Data]
			if !known || !(strings.HasPrefix(may, " ") && within == "" || within != "" && strings.Contains(" "+may+" ", " "+within+" ")) {
				return fmt.Errorf("<%s> within <%s>", tok.Data, within)
			}
			if tok.Data != "img" {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			if tok.Data != within {
				return fmt.Errorf("</%s> within <%s>", tok.Data, within)
			}
			open = open[:len(open)-1]
		case html.TextToken:
			if strings.ContainsAny(tok.Data, "{}") || strings.ContainsAny(tok.Data, `"'`) {
				return fmt.Errorf("%q holds a brace or a typewriter's quotation mark", tok.Data)
			}
		}
	}
}

// What a body says reaches the tree that is stored: nothing is noted as changed,
// nothing kept as HTML, and no link is lost.
func TestBodiesFitTheBodyTree(t *testing.T) {
	kinds := map[richtext.Type]int{}
	for _, a := range load(t, anyDay).Articles {
		doc, notes := richtext.FromHTML(a.Body)
		for _, n := range notes {
			t.Errorf("%s: %s: %s", a.Slug, n.Kind, n.Text)
		}
		for _, b := range doc.Blocks {
			kinds[b.Type]++
		}
		links := 0
		doc.Links(func(l *richtext.Link) {
			if strings.HasPrefix(l.Href, Reference) || strings.HasPrefix(l.Src, Reference) {
				links++
			}
		})
		if want := strings.Count(a.Body, `"`+Reference); links != want {
			t.Errorf("%s: %d of %d links are in the tree", a.Slug, links, want)
		}
	}
	for _, kind := range []richtext.Type{
		richtext.FactBox, richtext.PullQuote, richtext.Quote, richtext.Table, richtext.Related, richtext.Picture, richtext.Numbers, richtext.Bullets,
	} {
		if kinds[kind] == 0 {
			t.Errorf("no article has a %s", kind)
		}
	}
	if kinds[richtext.Raw] > 0 {
		t.Errorf("%d blocks are kept as HTML", kinds[richtext.Raw])
	}
}

func TestArticlesAreOfANewspapersLength(t *testing.T) {
	paragraphs := regexp.MustCompile(`<p>`)
	tags := regexp.MustCompile(`<[^>]*>`)
	brief, long := 0, 0
	for _, a := range load(t, anyDay).Articles {
		words := len(strings.Fields(tags.ReplaceAllString(a.Body, " ")))
		if len(paragraphs.FindAllString(a.Body, -1)) < 4 {
			brief++
		} else if words < 140 || words > 2600 {
			t.Errorf("%s has %d words", a.Slug, words)
		}
		if words > 750 {
			long++
		}
		if n := len([]rune(a.Headline)); n < 15 || n > 80 {
			t.Errorf("%s: the headline has %d characters", a.Slug, n)
		}
	}
	if brief < 1 || long < 2 {
		t.Errorf("%d briefs, %d long reads", brief, long)
	}
}

func TestDatesInTextsFollowTheDayOfTheArticle(t *testing.T) {
	r := reader{zone: time.UTC}
	day := time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC) // a Monday
	for text, want := range map[string]string{
		"on {weekday}":              "on Monday",
		"on {weekday-1}":            "on Sunday",
		"by {date+2}":               "by 2 December",
		"in {month+3}, not {month}": "in February, not November",
		"{year-4}":                  "2022",
		"no date":                   "no date",
	} {
		if got := r.dated("test", text, day); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
	if err := r.err(); err != nil {
		t.Error(err)
	}
	if r.dated("test", "{wekday}", day); r.err() == nil {
		t.Error("a misspelt date passed")
	}
}

// The chart and the table tell the same.
func TestContainerTableAgreesWithItsChart(t *testing.T) {
	var body string
	for _, a := range load(t, anyDay).Articles {
		if a.Slug == "container-years" {
			body = a.Body
		}
	}
	rows := regexp.MustCompile(`<tr><td>(\d+)</td><td>(\d+)</td><td>([\d,]+)</td><td>(\d+)</td></tr>`).FindAllStringSubmatch(body, -1)
	years := containerYears()
	if len(rows) != len(years) {
		t.Fatalf("%d rows for %d years", len(rows), len(years))
	}
	for i, row := range rows {
		number := func(s string) int { n, _ := strconv.Atoi(strings.ReplaceAll(s, ",", "")); return n }
		if number(row[1]) != years[i].year || number(row[2]) != years[i].thousand {
			t.Errorf("the table has %s: %s, the chart %d: %d", row[1], row[2], years[i].year, years[i].thousand)
		}
		if calls := number(row[3]); (number(row[2])*1000+calls/2)/calls != number(row[4]) {
			t.Errorf("%s: %s thousand on %s calls are not %s each", row[1], row[2], row[3], row[4])
		}
	}
}

func TestTideCurveAgreesWithItsArticle(t *testing.T) {
	closed, opened := gateHours()
	clock := func(hours float64) string {
		return time.Time{}.Add(time.Duration(hours*3600)*time.Second + 30*time.Second).Format("15:04")
	}
	for _, a := range load(t, anyDay).Articles {
		if a.Slug != "gates-tested" {
			continue
		}
		for _, want := range []string{clock(closed), clock(opened), clock(tideHigh), fmt.Sprintf("%.1f metres", tideAt(tideHigh))} {
			if !strings.Contains(a.Body, want) {
				t.Errorf("the article does not say %s", want)
			}
		}
	}
}

func TestEveryPictureIsDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing takes its time")
	}
	p := load(t, anyDay)
	sizes := map[string]image.Point{
		"lighthouse-stair": image.Pt(tallWidth, tallHeight),
		"panorama":         image.Pt(wideWidth, wideHeight),
	}
	for _, one := range p.Pictures {
		t.Run(one.Slug, func(t *testing.T) {
			first := one.Draw()
			want, odd := sizes[one.Slug]
			switch {
			case strings.HasPrefix(one.Slug, "portrait-"):
				want = image.Pt(portraitSize, portraitSize)
			case !odd:
				want = image.Pt(pictureWidth, pictureHeight)
			}
			if first.Rect.Size() != want {
				t.Errorf("it measures %v", first.Rect.Size())
			}
			colours := map[[3]uint8]bool{}
			for i := 0; i < len(first.Pix); i += 4 {
				if first.Pix[i+3] != 255 {
					t.Fatal("a pixel was left out")
				}
				if i%404 == 0 {
					colours[[3]uint8{first.Pix[i] >> 5, first.Pix[i+1] >> 5, first.Pix[i+2] >> 5}] = true
				}
			}
			if len(colours) < 6 {
				t.Errorf("only %d colours: nothing was drawn", len(colours))
			}
		})
	}
}

func TestPicturesComeAsTheSameModestFilesEachTime(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing takes its time")
	}
	for _, one := range load(t, anyDay).Pictures {
		t.Run(one.Slug, func(t *testing.T) {
			t.Parallel()
			b, err := one.JPEG()
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := one.JPEG(); !bytes.Equal(b, again) {
				t.Error("two drawings differ")
			}
			if len(b) < 50_000 || len(b) > 600_000 {
				t.Errorf("%s has %d bytes", one.FileName(), len(b))
			}
		})
	}
}

func BenchmarkDraw(b *testing.B) {
	p, err := Load(anyDay)
	if err != nil {
		b.Fatal(err)
	}
	for _, one := range p.Pictures {
		b.Run(one.Slug, func(b *testing.B) {
			for b.Loop() {
				one.Draw()
			}
		})
	}
}
