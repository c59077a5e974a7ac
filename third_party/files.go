// Package thirdparty holds what others made and the program carries with it:
// fonts and browser libraries. README.md names each file's version, licence and hash.
package thirdparty

import (
	"embed"
	"io/fs"
)

//go:embed fonts/*.woff2 htmx/*.js
var files embed.FS

// Files are the files by their names in this folder, as
// "fonts/text-latin-400.woff2".
func Files() fs.FS { return files }
