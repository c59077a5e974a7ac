//go:build e2e

package e2e

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
)

// opened opens the paper beside the server that runs, as another process would.
func opened(t *testing.T, data string) *app.App {
	t.Helper()
	c := config.Default()
	c.Data = data
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// fronted is a paper with two sections and a dozen stories, of which the last is
// the newest.
func fronted(t *testing.T) (data string, stories []*news.Article) {
	t.Helper()
	data = t.TempDir()
	a, ctx := opened(t, data), t.Context()
	world, sport := &news.Section{Name: "World"}, &news.Section{Name: "Sport"}
	for _, s := range []*news.Section{world, sport} {
		if err := a.Desk.CreateSection(ctx, "test", s); err != nil {
			t.Fatal(err)
		}
	}
	for i, headline := range []string{"The harbour is to be deepened", "A ferry for the islands", "Rain until Sunday", "Tram 11 runs again", "The library opens at night", "Kelmouth wins in the last minute",
		"Two new bridges by spring", "The market moves", "Old rails found below the square", "A column about boats", "Another about trams", "Who pays for the quay?", "The lighthouse is for sale"} {
		in := []*news.Section{world, sport}[i/5%2]
		story := &news.Article{Kind: news.Story, Headline: headline, Standfirst: "What the council knows, and what it does not.", Section: in.ID, Sections: []news.SectionID{in.ID}, Comments: news.CommentsModerated,
			Language: "en", Body: []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Words."}]}]}`)}
		if i == 9 || i == 10 {
			story.Genre = news.Opinion
		}
		if err := a.Desk.Create(ctx, "test", story); err != nil {
			t.Fatal(err)
		}
		if err := a.Desk.PublishAs(ctx, "test", story.ID, 1, time.Now().Add(time.Duration(i-20)*time.Hour)); err != nil {
			t.Fatal(err)
		}
		stories = append(stories, story)
	}
	return data, stories
}

// settled waits until the screen has its answer.
func (b *browser) settled() {
	b.t.Helper()
	b.until(`!document.getElementById("front").hasAttribute("aria-busy")`)
}

// pins are the headlines that somebody has put on the front, in their order.
func (b *browser) pins() string {
	b.t.Helper()
	return evaluate[string](b, `[...document.querySelectorAll(".pin b")].map((e) => e.textContent).join("|")`)
}

// dragCard moves a card by its handle onto another, above its middle or below it.
func (b *browser) dragCard(card, onto string, below bool) {
	b.t.Helper()
	b.do(chromedp.ScrollIntoView(chromedp.CSS(card)))
	middle := func(selector string) (x, y float64) {
		at := evaluate[[]float64](b, `(() => { const r = document.querySelector(`+quoted(selector)+`).getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
		return at[0], at[1]
	}
	x, y := middle(card + " .handle")
	tx, ty := middle(onto)
	if below {
		ty += 12
	} else {
		ty -= 12
	}
	b.drag(x, y, tx, ty)
	b.settled()
}

func TestTheFrontPageIsMadeByHand(t *testing.T) {
	data, stories := fronted(t)
	s := start(t, data, "serve")
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "chief"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/fronts/")
	b.judge("fronts")
	b.look(1280, false)
	b.follow(`a[href="/newsroom/fronts/0"]`)
	b.until(`!document.getElementById("looks").hidden`)
	b.judge("front-empty")

	// Looked for and put there, by keyboard alone.
	b.look(1280, false)
	b.do(chromedp.Focus(chromedp.CSS("#q")))
	b.keys("ferry\r")
	b.until(`!!document.querySelector(".found button")`)
	b.do(chromedp.Focus(chromedp.CSS(".found button")))
	b.keys("\r")
	b.until(`document.querySelectorAll(".pin").length === 1`)
	if said := b.text("#said"); !strings.Contains(said, "A ferry for the islands: put into Lead, place 1") {
		t.Errorf("it says %q", said)
	}
	if at := evaluate[string](b, `document.activeElement.id`); at != fmt.Sprintf("pin-%d", stories[1].ID) {
		t.Errorf("the focus is on %q", at)
	}
	// What fills itself is kept with one press.
	for _, i := range []int{12, 11, 8} {
		b.press(fmt.Sprintf(`#keep-%d`, stories[i].ID))
		b.settled()
		b.until(fmt.Sprintf(`!!document.getElementById("pin-%d")`, stories[i].ID))
	}
	before := b.pins()
	b.do(chromedp.Focus(chromedp.CSS(fmt.Sprintf("#up-%d", stories[12].ID))))
	b.keys("\r")
	b.settled()
	b.until(`document.getElementById("said").textContent.includes("The lighthouse is for sale: First column, place 2")`)
	if now := b.pins(); now == before {
		t.Errorf("nothing has moved: %s", now)
	}
	if at := evaluate[string](b, `document.activeElement.id`); at != fmt.Sprintf("up-%d", stories[12].ID) {
		t.Errorf("the focus is on %q", at)
	}
	// Dragged to the lead, it moves the one that stood there on.
	b.dragCard(fmt.Sprintf("#pin-%d", stories[8].ID), fmt.Sprintf("#pin-%d", stories[1].ID), false)
	b.until(`document.querySelector('[data-zone="lead"] b')?.textContent === "Old rails found below the square"`)
	if got := b.pins(); !strings.HasPrefix(got, "Old rails found below the square|A ferry for the islands|") {
		t.Errorf("it is %s", got)
	}
	b.judge("front")
	// Readers see it before it is saved in the preview alone.
	shown := evaluate[string](b, `document.getElementById("shown").getAttribute("src")`)
	if page := s.get(t, shown); !strings.Contains(page.body, `Old rails found below the square</a></h2>`) || !strings.Contains(page.body, "This is a preview") {
		t.Errorf("the preview is %d %s", page.status, page.body)
	}
	lead := func(headline string) bool {
		_, opening, _ := strings.Cut(s.get(t, "/").body, `<article class="lead`)
		opening, _, _ = strings.Cut(opening, "</article>")
		return strings.Contains(opening, headline)
	}
	if lead("Old rails found below the square") {
		t.Error("readers see what was not saved")
	}
	b.follow("#save")
	if said := b.text(".notice"); !strings.Contains(said, "readers see it like this") || !lead("Old rails found below the square") {
		t.Errorf("saved, the screen says %q, and readers see another lead", said)
	}
	b.open(s.newsroom() + "/newsroom/fronts/0/revisions/")
	b.judge("front-revisions")
	b.look(1280, false)
	b.follow(".rows a")
	b.judge("front-revision")
	b.open(s.newsroom() + "/newsroom/fronts/0")
	b.look(1280, false)
	b.follow(".front-head button")
	if lead("Old rails found below the square") || !lead("The lighthouse is for sale") {
		t.Error("taken back, it leads all the same")
	}

	// Planned, and a pin that ends: the clock does both within a second or two.
	a := opened(t, data)
	f, err := a.Store.Front(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	f.Put("lead", 0, news.Pin{Article: stories[4].ID, Until: time.Now().Add(4 * time.Second)})
	at := time.Now().Add(2 * time.Second)
	if _, err := a.Desk.ScheduleFront(t.Context(), "test", &f, at); err != nil {
		t.Fatal(err)
	}
	b.open(s.newsroom() + "/newsroom/fronts/")
	if said := b.text("main"); !strings.Contains(said, "1 change waits") {
		t.Errorf("the list says %s", said)
	}
	come := func(what string, is bool, due time.Time) {
		t.Helper()
		for lead(what) != is {
			if time.Since(due) > 10*time.Second {
				t.Fatalf("%q leads: %v, long after its hour", what, !is)
			}
			time.Sleep(20 * time.Millisecond)
		}
		if early := time.Until(due); early > 50*time.Millisecond {
			t.Errorf("%v too early", early)
		}
		t.Logf("%v after its hour", time.Since(due))
	}
	come("The library opens at night", true, at)
	come("The library opens at night", false, at.Add(2*time.Second))

	// A section is arranged by hand, too; its stories follow below, each once.
	b.open(s.newsroom() + "/newsroom/fronts/1")
	b.settled()
	b.press("#by_hand")
	b.until(`!document.querySelector(".zones.off")`)
	b.settled()
	b.press(fmt.Sprintf("#keep-%d", stories[11].ID))
	b.until(`document.querySelectorAll(".pin").length === 1`)
	b.settled()
	b.press(`.widths [value="1280"]`)
	b.shoot("front-wide")
	b.follow("#save")
	section := s.get(t, "/world/").body
	for i, story := range stories {
		if n, want := strings.Count(section, ">"+story.Headline+"</a>"), map[bool]int{true: 1}[story.Section == 1]; n != want {
			t.Errorf("story %d stands %d times on the section's page, want %d", i, n, want)
		}
	}
	if !strings.Contains(section, `<article class="lead`) {
		t.Error("the section has no lead")
	}
	b.open(s.newsroom() + "/world/")
	for _, width := range []int64{390, 1280} {
		b.look(width, false)
		for _, v := range b.axe() {
			t.Errorf("the section at %d px: %s", width, v)
		}
		b.shoot(fmt.Sprintf("section-%d", width))
	}

	// The hour is chosen on the screen; what was changed meanwhile is not forced.
	b.open(s.newsroom() + "/newsroom/fronts/0")
	b.settled()
	b.press(".later summary")
	b.do(chromedp.SetValue(chromedp.CSS(`[name="at"]`), time.Now().UTC().AddDate(0, 0, 2).Format("2006-01-02T15:04")))
	b.follow("#schedule")
	b.judge("front-planned")
	b.look(1280, false)
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	if err := a.Desk.Pin(t.Context(), "test", 0, "lead", stories[0].ID, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"fronts": "/newsroom/fronts/", "front": "/newsroom/fronts/0", "front-revision": "/newsroom/fronts/0/revisions/2", "article-fronts": fmt.Sprintf("/newsroom/articles/%d", stories[0].ID)} {
		b.open(s.newsroom() + path)
		b.judge("ar-" + name)
	}
}
