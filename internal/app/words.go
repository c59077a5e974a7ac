package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/theme"
	"broadsheet/themes"
)

// Words reads the words of all languages: those that are built in, over them the
// theme's, and over these the newsroom's own of the folder "words" in the data
// folder; either may be missing. A mistake in a theme's is theme.Problems, one in
// the newsroom's a fault of kind Invalid that names folder, file and line.
func (a *App) Words() (*locale.Set, error) { return loadWords(a.Config.Theme, a.words) }

// loadWords reads the words of a theme's folder and the newsroom's own; "" for
// none.
func loadWords(themeFolder, own string) (*locale.Set, error) {
	layers, whose := []fs.FS{themes.Words()}, []string{""}
	for _, folder := range []string{themeFolder, own} {
		if folder == "" {
			continue
		}
		if folder == themeFolder {
			folder = filepath.Join(folder, "words")
		}
		layers, whose = append(layers, os.DirFS(folder)), append(whose, folder)
	}
	set, err := locale.Load(layers...)
	wrong, ok := errors.AsType[*locale.FileError](err)
	switch {
	case err == nil:
		return set, nil
	case ok && wrong.Layer == 1 && themeFolder != "":
		return nil, theme.Problems{{File: path.Join("words", wrong.File), Line: wrong.Line, Text: wrong.Err.Error()}}
	case ok && wrong.Layer > 0:
		return nil, fault.Wrap(fault.Invalid, err, "the words in %s can't be used", whose[wrong.Layer])
	}
	return nil, fmt.Errorf("reading the words that are built in: %w", err)
}
