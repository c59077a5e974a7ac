package app

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// saved writes a file of a theme's folder.
func saved(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// footer is a templates file whose footer says words.
func footer(words string) string {
	return `{{define "footer"}}<footer>` + words + `</footer>{{end}}`
}

// logged is a log that a test reads while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// times counts the lines that hold words.
func (l *logged) times(words string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.b.String(), words)
}

// themedPaper serves a paper with the theme in a folder.
func themedPaper(t *testing.T, dir string, dev bool) (a *App, log *logged, address string) {
	t.Helper()
	log = &logged{}
	a = open(t, func(c *config.Config) { c.Theme, c.Dev = dir, dev })
	a.Log = slog.New(slog.NewTextHandler(log, nil))
	return a, log, serve(t, a)
}

// answer is the answer's header and body.
func answer(t *testing.T, url string) (http.Header, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %s, %v", url, resp.Status, err)
	}
	return resp.Header, b.String()
}

func TestAThemeThatChangesOneTemplateIsUsed(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, "templates/mine.html", footer("Printed at night"))
	_, _, at := themedPaper(t, dir, false)
	if _, page := answer(t, at); !strings.Contains(page, "Printed at night") || !strings.Contains(page, "<header") {
		t.Errorf("the front page is %s", page)
	}
}

func TestABrokenThemeIsRefusedAtTheStart(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, "templates/mine.html", "\n"+footer("{{.Printer}}"))
	a := open(t, func(c *config.Config) { c.Theme = dir })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	err = a.Serve(t.Context(), ln)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "templates/mine.html:2: ") {
		t.Errorf("the error is %v", err)
	}
}

var styleAddress = regexp.MustCompile(`/assets/paper\.[0-9a-f]+\.css`)

func TestWhileAThemeIsMadeASavedChangeShowsAtTheNextRequest(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, "templates/mine.html", footer("one"))
	_, log, at := themedPaper(t, dir, true)
	for _, words := range []string{"two", "three", "four and more"} {
		saved(t, dir, "templates/mine.html", footer(words))
		if _, page := answer(t, at); !strings.Contains(page, "<footer>"+words) {
			t.Fatalf("%q does not show: %s", words, page)
		}
	}
	saved(t, dir, "words/en.toml", strings.Replace(paperFile(t, "words/en.toml"), "\nempty_title = ", "\nempty_title = \"Come back on Monday\" #", 1))
	if _, page := answer(t, at); !strings.Contains(page, "Come back on Monday") {
		t.Errorf("the theme's words do not show: %s", page)
	}
	saved(t, dir, "static/paper.css", "body { color: red }")
	_, page := answer(t, at)
	header, css := answer(t, strings.TrimSuffix(at, "/")+styleAddress.FindString(page))
	if css != "body { color: red }" || header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the style is %s, %v", css, header)
	}
	if err := os.Remove(filepath.Join(dir, "static/paper.css")); err != nil {
		t.Fatal(err)
	}
	if _, again := answer(t, at); styleAddress.FindString(again) == styleAddress.FindString(page) {
		t.Error("a file that was taken away is still used")
	}
	if n := log.times("ERROR"); n > 0 {
		t.Errorf("%d errors are logged: %s", n, log.b.String())
	}
}

// paperFile is a file of the theme that is built in.
func paperFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "themes", "paper", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWhileAThemeIsBrokenTheLastGoodOneServesAndTheProblemIsShown(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, "templates/mine.html", footer("good"))
	_, log, at := themedPaper(t, dir, true)
	if header, _ := answer(t, at); header.Get(themeErrorHeader) != "" {
		t.Errorf("a good theme has the problem %s", header.Get(themeErrorHeader))
	}
	saved(t, dir, "templates/mine.html", "\n"+footer("bad {{.Printer}}")+"\n"+`{{define "card"}}{{.Nothing}}{{end}}`)
	for range 3 {
		header, page := answer(t, at)
		if !strings.Contains(page, "<footer>good") || !strings.HasPrefix(header.Get(themeErrorHeader), "templates/mine.html:2: ") ||
			!strings.HasSuffix(header.Get(themeErrorHeader), "(and 1 more)") {
			t.Fatalf("the problem is %q on %s", header.Get(themeErrorHeader), page)
		}
	}
	if n := log.times("templates/mine.html:2"); n != 1 {
		t.Errorf("the problem is logged %d times: %s", n, log.b.String())
	}
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	header, page := answer(t, at)
	if header.Get(themeErrorHeader) == "" || !strings.Contains(page, "<footer>good") {
		t.Errorf("without its folder, the problem is %q on %s", header.Get(themeErrorHeader), page)
	}
	if err := os.Rename(dir+"-away", dir); err != nil {
		t.Fatal(err)
	}
	saved(t, dir, "templates/mine.html", footer("better"))
	header, page = answer(t, at)
	if header.Get(themeErrorHeader) != "" || !strings.Contains(page, "<footer>better") {
		t.Errorf("mended, the problem is %q on %s", header.Get(themeErrorHeader), page)
	}
}

func TestARunningServerReadsItsThemeAgainOnlyWhenAsked(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, "templates/mine.html", footer("one"))
	a, log, at := themedPaper(t, dir, false)
	shows := func(words string) func() bool {
		return func() bool {
			_, page := answer(t, at)
			return strings.Contains(page, "<footer>"+words)
		}
	}
	eventually(t, "the theme is read", shows("one"))
	saved(t, dir, "templates/mine.html", footer("two"))
	if !shows("one")() {
		t.Error("a change shows by itself")
	}
	a.RereadTheme()
	eventually(t, "the change shows", shows("two"))
	saved(t, dir, "templates/mine.html", footer("{{.Printer}}"))
	a.RereadTheme()
	eventually(t, "the problem is logged", func() bool { return log.times("templates/mine.html:1: ") == 1 })
	if !shows("two")() {
		t.Error("the last good theme is gone")
	}
	saved(t, dir, "templates/mine.html", footer("three"))
	a.RereadTheme()
	eventually(t, "it is mended", shows("three"))
}

func TestAThemeThatIsNewOnlyCopiesWhatIsBuiltIn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mine")
	n, err := NewTheme(dir, "Mine", false)
	if err != nil || n < 5 {
		t.Fatalf("%d files, %v", n, err)
	}
	found, err := CheckTheme(dir)
	if err != nil || found.Broken() != nil {
		t.Errorf("%v, %v", found, err)
	}
	m, err := theme.ReadManifest(os.DirFS(dir))
	if err != nil || m.Name != "Mine" {
		t.Errorf("the manifest is %+v, %v", m, err)
	}
	if _, err := NewTheme(dir, "Mine", true); !fault.Is(err, fault.Conflict) {
		t.Errorf("over a theme that is there: %v", err)
	}
	file := filepath.Join(dir, "theme.toml")
	if _, err := NewTheme(file, "Mine", true); !fault.Is(err, fault.Invalid) {
		t.Errorf("over a file: %v", err)
	}
}

func TestTheLookIsCheckedAgainstTheThemeInUse(t *testing.T) {
	dir := t.TempDir()
	saved(t, dir, "theme.toml", "name = \"Night\"\n[[layouts]]\nname = \"wall\"\nlabel = \"Wall\"\n[colours.accent]\nlabel = \"Accent\"\nlight = \"#ffffff\"\ndark = \"#ffffff\"\non_light = [\"#000000\"]\non_dark = [\"#000000\"]\n")
	a := open(t, func(c *config.Config) { c.Theme = dir })
	set := func(change func(*news.Settings)) error {
		return a.ChangeSettings(t.Context(), desk.CommandLine, func(s *news.Settings) error { change(s); return nil })
	}
	if err := set(func(s *news.Settings) { s.Accent, s.FrontLayout = "#ffee00", "wall" }); err != nil {
		t.Errorf("what can be read on black is refused: %v", err)
	}
	for name, change := range map[string]func(*news.Settings){
		"accent":       func(s *news.Settings) { s.Accent = "#1d4f91" },
		"accent_dark":  func(s *news.Settings) { s.AccentDark = "#111111" },
		"fonts":        func(s *news.Settings) { s.Fonts = "comic" },
		"front_layout": func(s *news.Settings) { s.FrontLayout = "classic" },
		"logo":         func(s *news.Settings) { s.Logo = 7 },
	} {
		err := set(change)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), name+": ") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	// The operator changes the theme: what was chosen must not keep the newsroom
	// from changing anything else.
	a.Config.Theme = ""
	if err := set(func(s *news.Settings) { s.Title = "The Courier" }); err != nil {
		t.Errorf("the title can't be changed: %v", err)
	}
	if err := set(func(s *news.Settings) { s.AccentDark = "#9cc2ff" }); err != nil {
		t.Errorf("another colour can't be changed: %v", err)
	}
	if s, err := a.Store.Settings(t.Context()); err != nil || s.Accent != "#ffee00" || s.Title != "The Courier" || s.Logo != 0 {
		t.Errorf("the settings are %+v, %v", s, err)
	}
}
