// Package themes holds the theme that is built in, "Paper", and the words of its
// languages.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:paper
var files embed.FS

// Paper is the default theme: templates, static files and words.
func Paper() fs.FS { return sub("paper") }

// Words are the words files, one a language, as "en.toml".
func Words() fs.FS { return sub("paper/words") }

func sub(dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic("themes: the embedded folder " + dir + " is not there: " + err.Error())
	}
	return f
}
