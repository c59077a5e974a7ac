// Package theme finds, checks and executes a theme's templates, and serves its
// files. It knows html/template and nothing about news.
//
// A theme is a folder with theme.toml, templates/*.html, in which each page and
// piece is a {{define}}, and static/ with styles, scripts and pictures. One that
// says only what differs lies over the theme that is built in, see [Layers].
// Start reading at [Open].
package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
)

// Theme is a checked theme, safe for use by many goroutines.
type Theme struct {
	templates *template.Template
	assets    *Assets
	manifest  *Manifest
	found     Problems
}

// Call is a call with a fixed name that a template must make, itself or through
// those that it includes, as {{piece "footer"}}.
type Call struct{ Template, Func, Name string }

// Open reads the theme in fsys. funcs are what templates may call besides
// html/template's own and "asset", which gives the address of a file in static/.
// types names every template that will be executed with a value of the type that
// it will get: each must be there, fit, begin and end between elements, close
// what it opens, and make the calls that must be. The error is [Problems]: all
// that was found, with files and lines.
func Open(fsys fs.FS, funcs template.FuncMap, types map[string]any, must ...Call) (*Theme, error) {
	r := newReading(fsys, funcs, types)
	r.readAssets()
	r.readManifest()
	r.parse()
	r.checkTypes()
	r.checkNames()
	r.checkCalls(must)
	r.checkBalance()
	r.checkEscaping() // the last: nothing may be added to templates behind it
	r.checkSizes()
	r.found.sort()
	if r.found.Broken() != nil {
		return nil, r.found
	}
	return &Theme{templates: r.templates, assets: r.assets, manifest: r.manifest, found: r.found}, nil
}

// Execute renders a template whole: an error leaves no half of it.
func (t *Theme) Execute(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := t.templates.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// Assets are the theme's files.
func (t *Theme) Assets() *Assets { return t.assets }

// Manifest is what the theme says of itself. It is not to be changed.
func (t *Theme) Manifest() *Manifest { return t.manifest }

// Problems are what is worth mending or knowing; none is [Broken].
func (t *Theme) Problems() Problems { return t.found }
