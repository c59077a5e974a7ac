package theme_test

import (
	"errors"
	"html/template"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/theme"
	"broadsheet/themes"
)

// pieces are functions such as the site gives.
func pieces() template.FuncMap {
	return template.FuncMap{"piece": func(string) template.HTML { return "" }, "slot": func(string) template.HTML { return "" }}
}

// problems opens a theme of those files, whole or broken, and returns the lines
// of all that was found.
func problems(t *testing.T, fsys fs.FS, types map[string]any, must ...theme.Call) []string {
	t.Helper()
	th, err := theme.Open(fsys, pieces(), types, must...)
	found, _ := errors.AsType[theme.Problems](err)
	if err != nil && found.Broken() == nil {
		t.Fatalf("an error that names no problem: %v", err)
	}
	if err == nil {
		found = th.Problems()
	}
	var lines []string
	for _, p := range found {
		lines = append(lines, p.String())
	}
	return lines
}

func folder(files map[string]string) fstest.MapFS {
	all := fstest.MapFS{"static/paper.css": {Data: []byte("h1 { color: black }")}}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEverythingThatIsWrongIsFoundAtOnceWithItsLine(t *testing.T) {
	got := problems(t, folder(map[string]string{
		"theme.toml": "name = \"Mine\"\nsize = 3\n",
		"templates/a.html": `{{define "story"}}
<h1>{{.Headline}}</h1>
<img src="{{asset "logo.png"}}">
{{template "topics" .}}
<p>{{.Headlin}}</p>
{{end}}
{{define "lonely"}}
<p>nobody includes me</p>
{{end}}`,
		"templates/b.html": `{{define "front"}}
<main>
<section>
{{range .Topics}}<b>{{.}}{{end}}
</section>
</main>
</div>
{{end}}`,
		"templates/c.html": "{{define \"third\"}}\n\n{{if .Headline}}x{{end}}{{end}}{{end}}\n",
		"templates/d.html": "{{define \"fourth\"}}\n<p class=\"\n{{end}}\nlost words",
	}), map[string]any{"story": story{}, "front": story{}, "third": story{}, "fourth": story{}}, theme.Call{Template: "front", Func: "piece", Name: "footer"})
	equal(t, got,
		`templates/a.html:3: there is no file static/logo.png`,
		`templates/a.html:4: there is no template "topics"`,
		`templates/a.html:5: checking "story" at <.Headlin>: can't use field Headlin in type theme_test.story`,
		`templates/a.html:7: warning: the template "lonely" is used nowhere`,
		`templates/b.html:1: the template "front" does not say {{piece "footer"}}`,
		`templates/b.html:4: <b> is still open where </section> comes in templates/b.html:5`,
		`templates/b.html:7: </div> closes nothing that is open`,
		`templates/c.html:3: unexpected {{end}}`,
		`templates/d.html: warning: what stands outside of {{define}} is shown nowhere`,
		`templates/d.html:1: the template "fourth": ends in a non-text context`,
		`theme.toml:2: there is no key "size"`,
	)
}

func TestElementsMustBeClosedOnEveryWayThroughAPage(t *testing.T) {
	for _, c := range []struct{ name, template, want string }{
		{"a page", `<div><p>One<p>Two<ul><li>a<li>b</ul></div><br><img alt=""><svg><path d=""/></svg>`, ""},
		{"a link around words, where there is one", `{{if .Headline}}<a href="/">{{end}}words{{if $.Headline}}</a>{{end}}`, ""},
		{"the same with its opposite", `{{if not .Headline}}<b>{{else}}<i>{{end}}x{{if .Headline}}</i>{{else}}</b>{{end}}`, ""},
		{"tags in texts", `<script>if (a<b) {}</script><textarea><b></textarea><title><i></title><!-- <u> -->`, ""},
		{"parts of a tag", `<p {{if .Headline}}class="a"{{end}} title="{{.Headline}}">x</p>`, ""},
		{"a branch", `<p>{{if .Headline}}<em>{{end}}</p>`, "templates/story.html:1: <em> is still open"},
		{"the other branch", `{{if .Headline}}x{{else}}<div>{{end}}`, "templates/story.html:1: <div> is never closed"},
		{"a branch of a branch", `{{if .Headline}}{{if .Byline}}x{{else}}<div>{{end}}{{end}}`, "templates/story.html:1: warning: <div> is never closed"},
		{"conditions that differ", `{{if .Headline}}<div>{{end}}{{if .Byline}}</div>{{end}}`, "warning: "},
		{"a list in a paragraph", "<p>\n<ul></ul>\n</p>", "templates/story.html:3: </p> closes nothing"},
		{"an include that does not close", `{{template "open"}}x`, "templates/story.html:2: <main> is never closed"},
		{"includes that match", `{{template "open"}}x{{template "close"}}`, ""},
		{"one that includes itself", `{{template "again" .}}`, ""},
	} {
		files := map[string]string{"templates/story.html": `{{define "story"}}` + c.template + "{{end}}\n" + `{{define "open"}}<main>{{end}}{{define "close"}}</main>{{end}}` +
			`{{define "again"}}<div>{{if .Headline}}{{template "again" .}}{{end}}</div>{{end}}`}
		var got []string
		for _, line := range problems(t, folder(files), map[string]any{"story": story{}}) {
			if !strings.Contains(line, "used nowhere") {
				got = append(got, line)
			}
		}
		if all := strings.Join(got, "\n"); c.want == "" && all != "" || !strings.Contains(all, c.want) {
			t.Errorf("%s: found %q, want %q", c.name, all, c.want)
		}
	}
}

func TestATemplateIsDefinedOnce(t *testing.T) {
	got := problems(t, folder(map[string]string{
		"templates/a.html": `{{define "story"}}a{{end}}`, "templates/b.html": "\n{{define \"story\"}}b{{end}}",
	}), map[string]any{"story": story{}})
	equal(t, got, `templates/b.html:2: the template "story" is defined in templates/a.html:1 already`)
}

func TestMuchToLoadIsWarnedOfWithFigures(t *testing.T) {
	noise := func(n int) string { // can't be packed
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rand.IntN(256))
		}
		return string(b)
	}
	files := map[string]string{
		"static/a.css": noise(12 << 10), "static/b.css": noise(9 << 10), "static/unnamed.css": noise(90 << 10),
		"static/a.js": noise(6 << 10), "static/fonts/big.woff2": noise(150 << 10), "static/fonts/small.woff2": noise(99 << 10),
		"templates/story.html": `{{define "story"}}{{asset "a.css"}}{{asset "b.css"}}{{asset "a.js"}}{{end}}`,
	}
	equal(t, problems(t, folder(files), map[string]any{"story": story{}}),
		"static: warning: the font fonts/big.woff2 comes to 150.0 kB; 100.0 kB would do",
		"static: warning: the scripts come to 6.0 kB packed; 5.0 kB would do",
		"static: warning: the styles come to 21.0 kB packed; 20.0 kB would do")
	files["static/b.css"], files["static/a.js"], files["static/fonts/big.woff2"] = noise(7<<10), noise(4<<10), ""
	equal(t, problems(t, folder(files), map[string]any{"story": story{}}))
}

func TestALayerTakesThePlaceOfWhatItHasAndLeavesTheRest(t *testing.T) {
	below := folder(map[string]string{
		"theme.toml":          "name = \"Below\"\n[[layouts]]\nname = \"plain\"\nlabel = \"Plain\"\n[pictures.card]\nshape = \"3:2\"\nwidths = [160, 320]\n[pictures.lead]\nwidths = [480]\n",
		"templates/all.html":  `{{define "story"}}<h1>{{template "head" .}}</h1>{{template "foot"}}{{end}}{{define "head"}}below{{end}}{{define "foot"}}foot below{{end}}`,
		"static/logo.svg":     "<svg/>",
		"static/.hidden.css":  "x",
		"static/fonts/a.woff": "a",
	})
	upper := fstest.MapFS{
		"theme.toml":             {Data: []byte("name = \"Upper\"\n[pictures.card]\nwidths = [200]\n")},
		"templates/mine.html":    {Data: []byte(`{{define "head"}}{{.Headline}} {{asset "logo.svg"}}{{end}}`)},
		"static/paper.css":       {Data: []byte("h1 { color: red }")},
		"templates/.#mine.html":  {Data: []byte("{{nonsense")},
		"static/fonts/b.woff":    {Data: []byte("b")},
		"static/.mine.css.swp":   {Data: []byte("x")},
		"templates/notes.txt":    {Data: []byte("{{nonsense")},
		"templates/mine.html~":   {Data: []byte("{{nonsense")},
		"words/.keep":            {},
		"static/fonts/.DS_Store": {Data: []byte("x")},
	}
	th, err := theme.Open(theme.Layers{upper, below}, nil, map[string]any{"story": story{}})
	if err != nil {
		t.Fatal(err)
	}
	logo, css := address(t, th.Assets(), "logo.svg"), address(t, th.Assets(), "paper.css")
	if got := render(t, th, story{Headline: "Storm"}); got != "<h1>Storm "+logo+"</h1>foot below" {
		t.Errorf("rendered %s", got)
	}
	if got := get(th.Assets(), css, nil).Body.String(); got != "h1 { color: red }" {
		t.Errorf("the style is %s", got)
	}
	for _, name := range []string{"fonts/a.woff", "fonts/b.woff"} {
		address(t, th.Assets(), name)
	}
	for _, name := range []string{".hidden.css", ".mine.css.swp", "fonts/.DS_Store"} {
		if _, err := th.Assets().URL(name); err == nil {
			t.Errorf("%s is served", name)
		}
	}
	m := th.Manifest()
	if m.Name != "Upper" || m.Layout("") != "plain" || len(m.Pictures) != 2 || m.Pictures["card"].Shape.W != 0 || m.Pictures["lead"].Widths[0] != 480 {
		t.Errorf("the manifest is %+v", m)
	}
}

func TestAMistakeBelowIsToldApartFromOneOfTheThemesOwn(t *testing.T) {
	below := folder(map[string]string{"templates/a.html": `{{define "story"}}{{template "head" .}}{{end}}{{define "head"}}{{.Nothing}}{{end}}`})
	got := problems(t, theme.Layers{fstest.MapFS{}, below}, map[string]any{"story": story{}})
	equal(t, got, `built-in/templates/a.html:1: checking "head" at <.Nothing>: can't use field Nothing in type theme_test.story`)
}

func TestTheThemeThatIsBuiltInLayersOverItself(t *testing.T) {
	for _, fsys := range []fs.FS{themes.Paper(), theme.Layers{themes.Paper()}, theme.Layers{themes.Paper(), themes.Paper()}} {
		if got := problems(t, fsys, nil); len(got) > 0 {
			t.Errorf("found %s", strings.Join(got, "\n"))
		}
	}
}
