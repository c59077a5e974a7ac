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
//	{"pictures": [{"id": 9, "url": "/…", "thumb": "/…", "width": 800, "height": 500, "alt": "…", "caption": "…", "credit": "…"}]}
//
// data-upload answers POST of multipart/form-data with a "file" by
// {"picture": {…}}, with "there": "words" where the library had the file already,
// or by {"error": "words"} with a status of 400 or more; without it nothing can be
// uploaded. data-words names an element with labels
// under the keys of [Words], in the language of the page.
//
// data-notes has it offer notes at a passage, and data-readonly shows the text to
// who may not change it.
//
// Without JavaScript the field stays. With it the element has a property editor:
// json(), set(json), words(), setLanguage(tag, dir, quotes), focus(); each edit
// sends it a "change" event, and the field follows within a second and before
// the form is sent. A note is asked for by a "note" event, whose detail is the
// passage ({block, quote, prefix, suffix}) or null; notes(list) shows the passages of
// notes with an id each, noted() are the ids of those that are in the text, in its
// order, passages() where they are now, reach(id) leads there, and a "notepick" event tells which one was pressed.
//
// The sources are the *.js files beside this one, main.js first; scripts/bundle
// makes static/editor.js of them.
package editor

import (
	"embed"
	"encoding/json"
	"io/fs"
	"strings"
)

//go:embed static words
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

// Words are the labels of the editor's screens in a language, by key, for the
// page to give as they are or with changes of its own; English for a language
// that has none. Keys that end in "_one" … "_other" are the plural forms of CLDR.
// What stands in braces is filled in.
func Words(language string) map[string]string {
	base, _, _ := strings.Cut(language, "-")
	text, err := static.ReadFile("words/" + base + ".json")
	if err != nil {
		text, err = static.ReadFile("words/en.json")
	}
	words := map[string]string{}
	if err == nil {
		err = json.Unmarshal(text, &words)
	}
	if err != nil {
		panic("editor: its own words can't be read: " + err.Error())
	}
	return words
}
