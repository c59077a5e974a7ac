//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"broadsheet/internal/newsroom/editor"
	"broadsheet/internal/richtext"
	"broadsheet/themes"
	thirdparty "broadsheet/third_party"
)

// editorPolicy is as strict as the newsroom's own: nothing inline, no eval.
const editorPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'"

// editorPage is a page with the body editor alone, and answers to what it asks.
type editorPage struct {
	lang, dir string // of the page and of the article
	body      string // HTML
	quotes    string // JSON
	words     string // JSON of labels; "" for those of the language
}

// open serves the page and goes to it.
func (p editorPage) open(t testing.TB) (*browser, *witness) {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("GET /{$}", p.serve)
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.FormValue("body")) })
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(editor.Files())))
	mux.Handle("GET /fonts/", http.FileServerFS(thirdparty.Files()))
	mux.HandleFunc("GET /page.css", serveFaces)
	mux.HandleFunc("GET /find", findArticles)
	mux.HandleFunc("GET /pictures", findPictures)
	mux.HandleFunc("POST /upload", takeUpload)
	mux.HandleFunc("GET /", drawPicture) // whatever else a body names
	b := newBrowser(t)
	w := b.witness()
	b.look(1440, false)
	b.open(server.URL + "/")
	b.do(chromedp.WaitVisible(chromedp.CSS(".editor-body")))
	return b, w
}

func (p editorPage) serve(w http.ResponseWriter, _ *http.Request) {
	doc, _ := richtext.FromHTML(p.body)
	lang, dir := p.lang, p.dir
	if lang == "" {
		lang, dir = "en", "ltr"
	}
	words := p.words
	if words == "" {
		all, _ := json.Marshal(editor.Words(lang)) // strings can't fail
		words = string(all)
	}
	w.Header().Set("Content-Security-Policy", editorPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html lang=%q dir=%q><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The body editor</title>
<link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/static/editor.css"><script type="module" src="/static/editor.js"></script>
<main><h1>Body</h1><form method="post"><textarea name="body" aria-label="Body">%s</textarea>
<div class="editor" data-editor data-input="body" data-language=%q data-dir=%q data-quotes="%s" data-find="/find" data-pictures="/pictures" data-upload="/upload" data-words="words"></div>
<p><button>Save</button></p></form></main><script type="application/json" id="words">%s</script></html>`,
		lang, dir, html.EscapeString(string(doc.Encode())), lang, dir, html.EscapeString(p.quotes), words)
}

var faces = regexp.MustCompile(`(?m)^@font-face.*$`)

// serveFaces declares the site's typefaces, as the newsroom's page does.
func serveFaces(w http.ResponseWriter, _ *http.Request) {
	css, err := fs.ReadFile(themes.Paper(), "static/paper.css")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/css")
	fmt.Fprint(w, strings.ReplaceAll(strings.Join(faces.FindAllString(string(css), -1), "\n"), "optional", "swap"),
		"\n:root { color-scheme: light dark } body { margin: 0; background: light-dark(#f4f1e9, #0d0c0b); color: light-dark(#181613, #e9e5dc); font-family: system-ui, sans-serif } main { max-inline-size: 60rem; margin: auto; padding: 1rem }")
}

var editorArticles = []string{
	`{"id": 7, "headline": "Harbour vote goes to a second round", "url": "/world/harbour/", "section": "World", "date": "Nov 3, 2026", "lang": "en", "dir": "ltr"}`,
	`{"id": 8, "headline": "Why the night ferry was late", "url": "/world/ferry/", "section": "World", "date": "Nov 2, 2026", "lang": "en", "dir": "ltr"}`,
	`{"id": 9, "headline": "رفوف المدينة العربية", "url": "/ar/shelves/", "section": "Culture", "date": "Nov 1, 2026", "lang": "ar", "dir": "rtl"}`,
}

func findArticles(w http.ResponseWriter, r *http.Request) { find(w, r, "articles", editorArticles) }

func findPictures(w http.ResponseWriter, r *http.Request) {
	var all []string
	for id := range 6 {
		all = append(all, pictureJSON(id+1))
	}
	find(w, r, "pictures", all)
}

func pictureJSON(id int) string {
	return fmt.Sprintf(`{"id": %d, "url": "/picture.svg?n=%d", "width": 800, "height": 500, "alt": "The harbour at ebb, view %d", "credit": "Mara Quist"}`, id, id, id)
}

// find answers by words or by ids, as doc.go of package editor says.
func find(w http.ResponseWriter, r *http.Request, name string, all []string) {
	var found []string
	for _, one := range all {
		wanted := len(r.Form["id"]) == 0 && strings.Contains(strings.ToLower(one), strings.ToLower(r.FormValue("q"))) && !r.URL.Query().Has("id")
		for _, id := range r.URL.Query()["id"] {
			wanted = wanted || strings.Contains(one, `"id": `+id+",")
		}
		if wanted {
			found = append(found, one)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{%q: [%s]}`, name, strings.Join(found, ","))
}

// takeUpload takes every picture but one whose name says that it is damaged.
func takeUpload(w http.ResponseWriter, r *http.Request) {
	_, header, err := r.FormFile("file")
	w.Header().Set("Content-Type", "application/json")
	if err != nil || strings.Contains(header.Filename, "damaged") {
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprint(w, `{"error": "the file is damaged"}`)
		return
	}
	fmt.Fprintf(w, `{"picture": %s}`, pictureJSON(5))
}

func drawPicture(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/svg+xml")
	fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 500"><path fill="#8fa7b3" d="M0 0h800v500H0z"/><path fill="#d9c9a3" d="M0 210h800v70H0z"/><path fill="#41606d" d="M0 270h800v230H0z"/><path fill="#22343b" d="M90 270l60-120 40 120zM420 290h220l-40 60H470zM520 290v-90l70 80z"/></svg>`)
}
