// Package theme finds, type-checks and executes a theme's templates, and serves
// its files. It knows html/template and nothing about news.
//
// A theme is a folder with templates/*.html, in which each page and piece is a
// {{define}}, and static/ with styles, scripts and pictures. Start reading at
// [Open].
package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"

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
// it will get: each must be there and fit, or Open fails with file and line.
func Open(fsys fs.FS, funcs template.FuncMap, types map[string]any) (*Theme, error) {
	assets, err := loadAssets(fsys)
	if err != nil {
		return nil, err
	}
	t := template.New("").Option("missingkey=error").Funcs(funcs).Funcs(template.FuncMap{"asset": assets.URL})
	if t, err = t.ParseFS(fsys, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("the theme's templates can't be read: %w", err)
	}
	for name, value := range types {
		one := t.Lookup(name)
		if one == nil {
			return nil, fmt.Errorf("the theme has no template %q", name)
		}
		if err := templatecheck.CheckHTML(one, value); err != nil {
			return nil, fmt.Errorf("the theme's template %q does not fit its data: %w", name, err)
		}
	}
	return &Theme{templates: t, assets: assets}, nil
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
