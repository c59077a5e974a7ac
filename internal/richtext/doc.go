// Package richtext is an article's body as a tree: read from HTML, from and to
// the JSON of the browser's editor, rendered to safe HTML, or to plain text.
//
// It knows ids only: what an article or a picture is called and where it stands
// is told by the caller when it renders. Start reading at [Doc], then
// [FromHTML] and [Doc.HTML].
package richtext
