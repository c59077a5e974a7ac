// Package editor is the article body's editor in the browser: a module over
// ProseMirror whose schema is the tree of package richtext, and its stylesheet.
// It is for the newsroom's pages and knows nothing of the server: a page says in
// attributes what it may ask where.
//
//	<link rel="stylesheet" href="…editor.css">
//	<script type="module" src="…editor.js"></script>
//	<textarea name="body">{"type":"doc",…}</textarea>
//	<div class="editor" data-editor data-input="body" data-label="Text"
//	     data-language="ar" data-dir="rtl" data-quotes='["«","»","‹","›"]'
//	     data-find="/newsroom/articles/find" data-pictures="/newsroom/pictures/find"
//	     data-upload="/newsroom/pictures/upload" data-words="editor-words"></div>
//	<script type="application/json" id="editor-words">{"save": "Save", …}</script>
//
// data-find and data-pictures answer GET with ?q=WORDS, "" for the newest, and
// with ?id=7&id=9, in JSON:
//
//	{"articles": [{"id": 7, "headline": "…", "url": "/…", "section": "…", "date": "…", "state": "…", "lang": "en", "dir": "ltr"}]}
//	{"pictures": [{"id": 9, "url": "/…", "width": 800, "height": 500, "alt": "…", "caption": "…", "credit": "…"}]}
//
// data-upload answers POST of multipart/form-data with a "file" by
// {"picture": {…}}, or by {"error": "words"} with a status of 400 or more;
// without it nothing can be uploaded. data-words names an element with labels
// under the keys of [Words], in the language of the page.
//
// Without JavaScript the field stays. With it the element has a property editor:
// json(), set(json), words(), setLanguage(tag, dir, quotes), focus(); each edit
// sends it a "change" event, and the field follows within a second and before
// the form is sent.
//
// The sources are the *.js files beside this one, main.js first; scripts/bundle
// makes static/editor.js of them.
package editor

import (
	"embed"
	"encoding/json"
	"io/fs"
)

//go:embed static words.json
var static embed.FS

// Files are editor.js and editor.css, to be served under any names. The
// stylesheet asks for the site's typefaces by the family names "Paper Text" and
// "Paper Display"; the page that wants them declares them.
func Files() fs.FS {
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic("editor: its own folder has an impossible name: " + err.Error())
	}
	return files
}

// Words are the labels of the editor's screens in English, by key. A page in
// another language gives its own under the same keys; of those that end in "_one"
// and "_other" it has a form for each plural of its language. What stands in
// braces is filled in.
func Words() map[string]string {
	text, err := static.ReadFile("words.json")
	words := map[string]string{}
	if err == nil {
		err = json.Unmarshal(text, &words)
	}
	if err != nil {
		panic("editor: its own words can't be read: " + err.Error())
	}
	return words
}
