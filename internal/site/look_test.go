package site_test

import (
	"io/fs"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
	"broadsheet/themes"
)

// with is the theme that is built in with other templates.
func with(templates string) fs.FS {
	return theme.Layers{fstest.MapFS{"templates/mine.html": {Data: []byte(templates)}}, themes.Paper()}
}

// showsLook is a front page that tells the addresses of its look.
const showsLook = `{{define "front"}}{{template "open" .Frame}}<p>look={{.Look}} preload={{.Preload}}</p>{{template "close"}}{{end}}`

func words(t *testing.T) *locale.Set {
	t.Helper()
	set, err := locale.Load(themes.Words())
	must(t, err)
	return set
}

func (p *paper) setTheme(t *testing.T, fsys fs.FS) {
	t.Helper()
	must(t, p.Handler.SetTheme(fsys, words(t)))
}

var lookOn = regexp.MustCompile(`look=(\S*) `)

func (p *paper) look(t *testing.T) string {
	t.Helper()
	m := lookOn.FindStringSubmatch(p.page(t, "/"))
	if m == nil {
		t.Fatal("the page does not show its look")
	}
	return m[1]
}

func TestAPageNamesTheStylesheetOfWhatThePaperChose(t *testing.T) {
	p := sqlite(t, setup{})
	p.setTheme(t, with(showsLook))
	if at := p.look(t); at != "" {
		t.Errorf("a paper that chose nothing has the look %s", at)
	}
	choose := func(accent string) {
		t.Helper()
		must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
			s.Accent = accent
			return nil
		}))
	}
	choose("#1d4f91")
	first := p.look(t)
	resp := p.ask(t, first, nil)
	if css := text(t, resp); !strings.Contains(css, ":root{--accent:#1d4f91}") || resp.Header.Get("Content-Type") != "text/css; charset=utf-8" ||
		!strings.Contains(resp.Header.Get("Cache-Control"), "immutable") || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the look is %s, %v", css, resp.Header)
	}
	choose("#245c1a")
	if second := p.look(t); second == first || p.ask(t, second, nil).StatusCode != 200 || p.ask(t, first, nil).StatusCode != 200 {
		t.Errorf("the looks are %s and %s", first, second)
	}
	if got := p.ask(t, "/assets/look.000000000000.css", nil); got.StatusCode != 404 || strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("a look that there is not answers %s, %v", got.Status, got.Header)
	}

	// Another process has sent the page: with a theme that it has just taken up,
	// this one has not made the look yet.
	second := p.look(t)
	p.setTheme(t, with(showsLook))
	p.setTheme(t, with(showsLook))
	if got := p.ask(t, second, nil).StatusCode; got != 200 {
		t.Errorf("a look that nobody has asked this process for answers %d", got)
	}
}

func TestAPageNamesTheFilesOfItsTypefaces(t *testing.T) {
	p := sqlite(t, setup{})
	manifest := "name = \"Mine\"\ndefault_fonts = \"book\"\n"
	for _, name := range []string{"book", "news"} {
		manifest += "[fonts." + name + "]\nlabel = \"B\"\nhead = \"serif\"\ntext = \"serif\"\nui = \"serif\"\npreload.Latn = [\"" + name + ".woff2\"]\n"
	}
	p.setTheme(t, theme.Layers{fstest.MapFS{"templates/mine.html": {Data: []byte(showsLook)}, "theme.toml": {Data: []byte(manifest)},
		"static/book.woff2": {Data: []byte("b")}, "static/news.woff2": {Data: []byte("n")}}, themes.Paper()})
	holds(t, p.page(t, "/"), "preload=[/assets/book.")
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
		s.Fonts = "news"
		return nil
	}))
	holds(t, p.page(t, "/"), "preload=[/assets/news.")
}

func TestARequestUnderWayIsAnsweredWithTheThemeThatItBeganWith(t *testing.T) {
	p := sqlite(t, setup{})
	// The header is rendered after the page's own part: a theme that changes in
	// between must not show.
	mark := func(name string) fs.FS {
		return with(`{{define "header"}}<header>header ` + name + `</header>{{end}}{{define "footer"}}<footer>footer ` + name + `</footer>{{end}}` +
			`{{define "front"}}{{template "open" .Frame}}front ` + name + `{{template "close"}}{{end}}`)
	}
	p.setTheme(t, mark("one"))
	var changes atomic.Int64
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := p.Handler.SetTheme(mark([]string{"two", "one"}[i%2]), words(t)); err != nil {
				t.Error(err)
			}
			changes.Add(1)
		}
	}()
	for began := time.Now(); changes.Load() < 6 && time.Since(began) < time.Minute; {
		html := p.page(t, "/")
		if one, two := strings.Count(html, " one<"), strings.Count(html, " two<"); min(one, two) != 0 || max(one, two) == 0 {
			t.Errorf("a page is made of two themes: %s", html)
			break
		}
	}
	close(stop)
	<-ended
	if n := changes.Load(); n < 2 {
		t.Errorf("the theme was changed %d times only", n)
	}
}

func TestTheFilesOfTheThemeBeforeAreStillThere(t *testing.T) {
	p := sqlite(t, setup{})
	style := regexp.MustCompile(`/assets/paper\.[0-9a-f]+\.css`)
	of := func(css string) string {
		t.Helper()
		p.setTheme(t, theme.Layers{fstest.MapFS{"static/paper.css": {Data: []byte(css)}}, themes.Paper()})
		return style.FindString(p.page(t, "/"))
	}
	first := of("a { color: red }")
	second := of("a { color: tan }")
	for at, want := range map[string]string{first: "a { color: red }", second: "a { color: tan }"} {
		if got := text(t, p.ask(t, at, nil)); got != want {
			t.Errorf("%s is %s, want %s", at, got, want)
		}
	}
	of("a { color: navy }")
	if got := p.ask(t, first, nil).StatusCode; got != 404 {
		t.Errorf("files of long ago are kept: %d", got)
	}
}

func TestABrokenThemeChangesNothing(t *testing.T) {
	p := sqlite(t, setup{})
	before := p.page(t, "/")
	for _, broken := range []string{`{{define "front"}}{{.Nothing}}{{end}}`, `{{define "front"}}{{template "open" .Frame}}</main></body></html>{{end}}`} {
		if err := p.Handler.SetTheme(with(broken), words(t)); err == nil || !strings.Contains(err.Error(), "templates/mine.html:1") {
			t.Errorf("%s: the error is %v", broken, err)
		}
		if p.page(t, "/") != before {
			t.Error("the page is another one")
		}
	}
}

func TestTheLogoStandsInPlaceOfTheTitle(t *testing.T) {
	p := sqlite(t, setup{})
	lacks(t, p.page(t, "/"), `class="title"><img`)
	pic := p.photo(t)
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.Logo = pic.ID; return nil }))
	html := p.page(t, "/")
	holds(t, html, `<a href="/" class="title"><img src="`+p.size(t, pic, "logo", 500)+`"`, `alt="The Paper"></a>`)
	lacks(t, html, `class="title"><bdi>`)
}

func TestAPageAnnouncesTheTypefacesOfItsScripts(t *testing.T) {
	p := sqlite(t, setup{})
	english := p.story(t, "A story", 8, four, nil)
	lacks(t, p.page(t, "/"), "cyrillic", "naskh")
	russian := p.story(t, "Новость", 9, four, func(a *news.Article) { a.Language = "ru" })
	lacks(t, p.page(t, "/"), "cyrillic", "naskh")
	holds(t, p.page(t, russian.Path), `rel="preload" href="/assets/fonts/display-cyrillic`, `rel="preload" href="/assets/fonts/display-latin`)
	holds(t, p.page(t, english.Path), `rel="preload" href="/assets/fonts/display-latin`)
}
