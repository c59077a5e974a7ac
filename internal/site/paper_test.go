package site_test

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
	"broadsheet/internal/site"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
	"broadsheet/internal/theme"
	"broadsheet/internal/web"
	"broadsheet/themes"
)

// paper is a small newspaper and the site that shows it, at an hour that tests
// move.
type paper struct {
	*desk.Desk
	*store.Store
	*site.Handler
	open    func(testing.TB, setup) // once more
	disk    *media.Disk
	changes *page.Changes
	now     time.Time

	world, europe, sport *news.Section
	tides                *news.Topic
	anna                 *news.Person
}

// setup is what tests may change of a paper before it opens.
type setup struct {
	ads      []ads.Creative
	proxies  string
	theme    fs.FS // laid over the one that is built in; nil for none
	cdn      time.Duration
	loaded   func(page.Key) // called with each piece that is made; nil for nobody
	comments int            // how many one network address may send at once; 0 for plenty
}

func sqlite(t testing.TB, o setup) *paper {
	t.Helper()
	return newPaper(t, store.New(storetest.SQLite(t)), o)
}

func newPaper(t testing.TB, s *store.Store, o setup) *paper {
	t.Helper()
	disk, err := media.OpenDisk(t.TempDir())
	must(t, err)
	p := &paper{Store: s, disk: disk, now: time.Date(2026, 7, 5, 22, 30, 0, 0, time.UTC)}
	clock := func() time.Time { return p.now }
	p.changes = page.NewChanges(100_000)
	p.Desk = desk.New(s, clock, func(c news.Change) { p.changes.Announce(c.Refs) })
	words, err := locale.Load(themes.Words())
	must(t, err)
	p.open = func(t testing.TB, o setup) {
		t.Helper()
		proxies := web.Proxies{}
		if o.proxies != "" {
			proxies = web.TrustProxies([]netip.Prefix{netip.MustParsePrefix(o.proxies)})
		}
		files := themes.Paper()
		if o.theme != nil {
			files = theme.Layers{o.theme, files}
		}
		if o.comments == 0 {
			o.comments = 1000
		}
		var err error
		p.Handler, err = site.New(site.Parts{Store: s, Desk: p.Desk, Disk: disk, Ads: ads.NewSet(o.ads), Theme: files, Locales: words,
			Log: slog.New(slog.DiscardHandler), Now: clock, Address: "https://paper.example", Proxies: proxies, Changes: p.changes, Memory: 16 << 20, CDN: o.cdn, Meanwhile: o.loaded,
			Comments: web.NewLimiter(time.Minute, o.comments, clock)})
		must(t, err)
	}
	p.open(t, o)
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
		s.Title, s.Tagline, s.TimeZone, s.Address = "The Paper", "All of it", "Europe/Berlin", "https://paper.example"
		return nil
	}))
	p.world, p.sport = &news.Section{Name: "World"}, &news.Section{Name: "Sport"}
	must(t, p.CreateSection(t.Context(), "Anna", p.world))
	must(t, p.CreateSection(t.Context(), "Anna", p.sport))
	p.europe = &news.Section{Name: "Europe", Parent: p.world.ID}
	must(t, p.CreateSection(t.Context(), "Anna", p.europe))
	p.tides = &news.Topic{Name: "Tides"}
	must(t, p.CreateTopic(t.Context(), "Anna", p.tides))
	p.anna = &news.Person{Name: "Anna Bell"}
	must(t, p.CreatePerson(t.Context(), "Anna", p.anna))
	return p
}

// restart has the paper served by a process that knows nothing yet.
func (p *paper) restart(t testing.TB, o setup) { p.open(t, o) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// story publishes an article at an hour of the day before; change may be nil.
func (p *paper) story(t testing.TB, headline string, hour int, html string, change func(*news.Article)) *news.Article {
	t.Helper()
	doc, _ := richtext.FromHTML(html)
	a := &news.Article{Kind: news.Story, Headline: headline, Language: "en", Body: doc.Encode(), Comments: news.CommentsModerated,
		Section: p.world.ID, Sections: []news.SectionID{p.world.ID}, Byline: []news.Credit{{Person: p.anna.ID}}}
	if change != nil {
		change(a)
	}
	must(t, p.Create(t.Context(), "Anna", a))
	must(t, p.PublishAs(t.Context(), "Anna", a.ID, a.Version, time.Date(2026, 7, 4, hour, 0, 0, 0, time.UTC)))
	return p.again(t, a)
}

// again reads an article as it is now.
func (p *paper) again(t testing.TB, a *news.Article) *news.Article {
	t.Helper()
	b, err := p.Article(t.Context(), a.ID)
	must(t, err)
	return &b
}

// picture adds a drawn one to the library.
func (p *paper) picture(t testing.TB, name string) *news.Picture {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 40))))
	pic, err := p.disk.Keep(t.Context(), name, &b, 1<<20)
	must(t, err)
	pic.Alt, pic.Caption, pic.Credit = "Boats at night", "The harbour", "Vera Lind"
	must(t, p.AddPicture(t.Context(), "Anna", &pic))
	return &pic
}

// comment posts one and lets readers see it.
func (p *paper) comment(t testing.TB, a *news.Article, name, text string, parent news.CommentID) news.CommentID {
	t.Helper()
	c := &news.Comment{Article: a.ID, Parent: parent, Name: name, Email: "r@mail.example", Text: text}
	must(t, p.PostComment(t.Context(), c))
	must(t, p.ApproveComment(t.Context(), "Anna", c.ID))
	return c.ID
}

// ask sends a request and returns the answer. form is nil for a GET.
func (p *paper) ask(t testing.TB, path string, form url.Values, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://paper.example"+path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, "https://paper.example"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Result()
}

// page is what a reader gets at a path, which must answer 200.
func (p *paper) page(t testing.TB, path string) string {
	t.Helper()
	resp := p.ask(t, path, nil)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s", path, resp.Status)
	}
	// Some characters may be written as references, which say the same.
	return strings.ReplaceAll(text(t, resp), "&#43;", "+")
}

func text(t testing.TB, resp *http.Response) string {
	t.Helper()
	var b bytes.Buffer
	_, err := b.ReadFrom(resp.Body)
	must(t, err)
	return b.String()
}

// holds checks that a page has these, in this order.
func holds(t testing.TB, html string, parts ...string) {
	t.Helper()
	at := 0
	for _, part := range parts {
		i := strings.Index(html[at:], part)
		if i < 0 {
			if strings.Contains(html, part) {
				t.Errorf("%q stands too early", part)
			} else {
				t.Errorf("%q is not there", part)
			}
			continue
		}
		at += i + len(part)
	}
}

func lacks(t testing.TB, html string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(html, part) {
			t.Errorf("%q is there", part)
		}
	}
}

const four = "<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>"
