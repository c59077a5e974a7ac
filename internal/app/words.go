package app

import (
	"errors"
	"fmt"
	"os"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/themes"
)

// Words reads the words of all languages: the theme's, and over them those of the
// folder "words" in the data folder, which may be missing. A mistake in one of
// these is a fault of kind Invalid that names folder, file and line.
func (a *App) Words() (*locale.Set, error) {
	set, err := locale.Load(themes.Words(), os.DirFS(a.words))
	if wrong, ok := errors.AsType[*locale.FileError](err); ok && wrong.Layer == 1 {
		return nil, fault.Wrap(fault.Invalid, err, "the words in %s can't be used", a.words)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the theme's words: %w", err)
	}
	return set, nil
}
