// Package themes holds the theme that is built in, "Paper", and the words of its
// languages.
package themes

import (
	"embed"
	"errors"
	"io/fs"

	thirdparty "broadsheet/third_party"
)

//go:embed all:paper
var files embed.FS

// Paper is the default theme: templates, static files, words, and the fonts of
// third_party.
func Paper() fs.FS { return layers{sub("paper"), thirdparty.Files()} }

// layers are folders laid over each other: a name is looked for in the first,
// then in the next.
type layers []fs.FS

// Open opens the file in the first layer that has it.
func (l layers) Open(name string) (fs.File, error) {
	for _, layer := range l {
		f, err := layer.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Words are the words files, one a language, as "en.toml".
func Words() fs.FS { return sub("paper/words") }

func sub(dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic("themes: the embedded folder " + dir + " is not there: " + err.Error())
	}
	return f
}
