package theme_test

import (
	"html/template"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"broadsheet/internal/theme"
)

type story struct {
	Headline string
	Byline   *person
	Topics   []string
}

type person struct{ Name string }

// Initial is a method with an argument, as templates may call it.
func (p *person) Initial(n int) string { return p.Name[:n] }

// small is a theme with one template "story" and the files given besides.
func small(storyTemplate string, files map[string]string) fs.FS {
	all := fstest.MapFS{
		"templates/story.html": {Data: []byte(`{{define "story"}}` + storyTemplate + `{{end}}`)},
		"static/paper.css":     {Data: []byte("h1 { color: black }")},
	}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func open(t *testing.T, fsys fs.FS, funcs template.FuncMap) *theme.Theme {
	t.Helper()
	th, err := theme.Open(fsys, funcs, map[string]any{"story": story{}})
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func render(t *testing.T, th *theme.Theme, s story) string {
	t.Helper()
	b, err := th.Execute("story", s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAThemeRendersItsTemplatesAndEscapesWhatTheyShow(t *testing.T) {
	th := open(t, small(`<h1>{{shout .Headline}}</h1>{{template "topics" .Topics}}`, map[string]string{
		"templates/topics.html": `{{define "topics"}}<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>{{end}}`,
	}), template.FuncMap{"shout": strings.ToUpper})
	got := render(t, th, story{Headline: "storm <b>", Topics: []string{"sea", "a&b"}})
	if want := "<h1>STORM &lt;B&gt;</h1><ul><li>sea</li><li>a&amp;b</li></ul>"; got != want {
		t.Errorf("rendered %s, want %s", got, want)
	}
}

func TestAThemeThatDoesNotFitIsRefusedWhenItIsOpened(t *testing.T) {
	for _, c := range []struct{ name, template, want string }{
		{"a field that there is not", `<p>{{.Headlin}}</p>`, "Headlin"},
		{"a field of a field that there is not", `<p>{{.Byline.Nam}}</p>`, "Nam"},
		{"a field where the branch is rarely taken", `{{if .Topics}}{{with .Byline}}{{.Age}}{{end}}{{end}}`, "Age"},
		{"a field of a list's element", `{{range .Topics}}{{.Name}}{{end}}`, "Name"},
		{"a list that is none", `{{range .Byline}}{{.}}{{end}}`, "range"},
		{"a method without its argument", `{{.Byline.Initial}}`, "Initial"},
		{"a method with the wrong argument", `{{.Byline.Initial "x"}}`, "expected int"},
		{"a function that there is not", `{{whisper .Headline}}`, "whisper"},
		{"asset without a name", `{{asset}}`, "asset"},
		{"a template that there is not", `{{template "topics" .}}`, `no template "topics"`},
		{"an end too few", `{{if .Headline}}`, "unexpected EOF"},
		{"a tag left open", `<p class="`, "non-text context"},
		{"a script left open", `<script>`, "<script> is never closed"},
		{"a comment left open", `<!-- `, "non-text context"},
		{"branches that end differently", `<a {{if .Headline}}href="{{end}}x></a>`, "branches end in different contexts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := theme.Open(small(c.template, nil), nil, map[string]any{"story": story{}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("the error is %v, want one about %s", err, c.want)
			}
			if !strings.Contains(err.Error(), "story") {
				t.Errorf("the error does not name the template: %v", err)
			}
		})
	}
}

func TestAMissingPartOfAThemeIsNamed(t *testing.T) {
	whole := small("", nil)
	for _, c := range []struct {
		name  string
		fsys  fs.FS
		types map[string]any
		want  string
	}{
		{"a template that the site needs", whole, map[string]any{"story": story{}, "front": story{}}, `no template "front"`},
		{"no templates", fstest.MapFS{"static/paper.css": {}}, nil, "templates"},
		{"no static folder", fstest.MapFS{"templates/story.html": {}}, nil, "static files"},
	} {
		_, err := theme.Open(c.fsys, nil, c.types)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one about %s", c.name, err, c.want)
		}
	}
}

func TestAFailureLeavesNoHalfPage(t *testing.T) {
	th := open(t, small(`<h1>{{.Headline}}</h1>{{.Byline.Name}}`, nil), nil)
	b, err := th.Execute("story", story{Headline: "Storm"})
	if err == nil || !strings.Contains(err.Error(), "story") {
		t.Errorf("the error is %v, want one that names the template", err)
	}
	if b != nil {
		t.Errorf("half a page came back: %s", b)
	}
	if _, err := th.Execute("no such template", nil); err == nil {
		t.Error("a template that there is not was executed")
	}
}

func TestAnAssetThatThereIsNotIsRefusedOrFailsTheRendering(t *testing.T) {
	_, err := theme.Open(small(`{{asset "papre.css"}}`, nil), nil, map[string]any{"story": story{}})
	if err == nil || !strings.Contains(err.Error(), "static/papre.css") {
		t.Errorf("the error is %v, want one that names the file", err)
	}
	th := open(t, small(`{{$name := "papre.css"}}{{asset $name}}`, nil), nil)
	if _, err := th.Execute("story", story{}); err == nil || !strings.Contains(err.Error(), "static/papre.css") {
		t.Errorf("the error is %v, want one that names the file", err)
	}
}

func TestTwoThemesShareNothing(t *testing.T) {
	first := open(t, small(`{{who}} {{asset "paper.css"}}`, nil), template.FuncMap{"who": func() string { return "first" }})
	second := open(t, small(`{{who}} {{asset "paper.css"}}`, map[string]string{"static/paper.css": "h1 { color: red }"}),
		template.FuncMap{"who": func() string { return "second" }})
	one, two := render(t, first, story{}), render(t, second, story{})
	if !strings.HasPrefix(one, "first ") || !strings.HasPrefix(two, "second ") {
		t.Errorf("the functions are mixed up: %s, %s", one, two)
	}
	address, ok := strings.CutPrefix(two, "second ")
	if !ok || strings.HasSuffix(one, address) {
		t.Fatalf("different files have one address: %s, %s", one, two)
	}
	if got := get(first.Assets(), address, nil).Code; got != 404 {
		t.Errorf("the first theme answers the second's address with %d", got)
	}
}

func TestManyGoroutinesRenderAtOnce(t *testing.T) {
	th := open(t, small(`<h1>{{.Headline}}</h1>`, nil), nil)
	var wg sync.WaitGroup
	wrong := map[string]string{}
	var mu sync.Mutex
	for _, headline := range []string{"Storm", "Calm", "Rain", "Sun"} {
		for range 25 {
			wg.Go(func() {
				b, err := th.Execute("story", story{Headline: headline})
				if want := "<h1>" + headline + "</h1>"; err != nil || string(b) != want {
					mu.Lock()
					wrong[want] = string(b)
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	for want, got := range wrong {
		t.Errorf("rendered %s, want %s", got, want)
	}
}

func TestAStylesheetThatNamesAFileWhichIsNotThereIsRefusedWithItsLine(t *testing.T) {
	_, err := theme.Open(fstest.MapFS{
		"templates/a.html": {Data: []byte(`{{define "a"}}a{{end}}`)},
		"static/a.css":     {Data: []byte("a {}\n@font-face { src: url(\"fonts/none.woff2\"); }\n")},
	}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "static/a.css:2") || !strings.Contains(err.Error(), "fonts/none.woff2") {
		t.Errorf("got %v", err)
	}
}
