// Package theme finds, type-checks and executes a theme's templates, and serves
// its files. It knows html/template and nothing about news.
//
// A theme is a folder with templates/*.html, in which each page and piece is a
// {{define}}, and static/ with styles, scripts and pictures. Start reading at
// [Open].
package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/jba/templatecheck"
)

// Theme is a checked theme, safe for use by many goroutines.
type Theme struct {
	templates *template.Template
	assets    *Assets
}

// Open reads the theme in fsys. funcs are what templates may call besides
// html/template's own and "asset", which gives the address of a file in static/.
// types names every template that will be executed with a value of the type that
// it will get: each must be there, fit, and begin and end between elements, or
// Open fails with file and line.
func Open(fsys fs.FS, funcs template.FuncMap, types map[string]any) (*Theme, error) {
	assets, err := loadAssets(fsys)
	if err != nil {
		return nil, err
	}
	t := template.New("").Option("missingkey=error").Funcs(funcs).Funcs(template.FuncMap{"asset": assets.URL})
	if t, err = t.ParseFS(fsys, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("the theme's templates can't be read: %w", err)
	}
	names := slices.Sorted(maps.Keys(types))
	for _, name := range names {
		one := t.Lookup(name)
		if one == nil {
			return nil, fmt.Errorf("the theme has no template %q", name)
		}
		if err := templatecheck.CheckHTML(one, types[name]); err != nil {
			return nil, fmt.Errorf("the theme's template %q does not fit its data: %w", name, err)
		}
	}
	for _, name := range names {
		if err := escapes(t, name, types[name]); err != nil {
			return nil, fmt.Errorf("the theme's template %q is not whole HTML: %w", name, err)
		}
	}
	return &Theme{templates: t, assets: assets}, nil
}

// escapes reports what keeps html/template from escaping a template: an open tag
// or quote at its end, branches that end differently. It would say so only at
// the first execution, hence this one; after it no template may be added. That
// an empty value can't be rendered to the end is no fault.
func escapes(t *template.Template, name string, value any) error {
	var fault *template.Error
	if err := t.ExecuteTemplate(io.Discard, name, value); errors.As(err, &fault) {
		return err
	}
	return nil
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
