package theme

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Layers are folders laid over each other: a file is that of the first layer
// which has it, and a folder holds what it holds in any of them. The last layer
// is the theme that is built in, those before it hold what differs from it.
//
// [Open] reads templates and theme.toml in each layer: a template that an upper
// layer defines takes the place of one with its name below, in whichever files
// they stand, and so does each entry of theme.toml.
//
// Names that begin with a dot, as editors and version control make them, are no
// part of a theme: no folder lists them.
type Layers []fs.FS

// Open opens the file in the first layer that has it.
func (l Layers) Open(name string) (fs.File, error) {
	for _, layer := range l {
		f, err := layer.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder of all layers, sorted by name.
func (l Layers) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	found := false
	for _, layer := range l {
		entries, err := fs.ReadDir(layer, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), ".") && !slices.ContainsFunc(all, func(a fs.DirEntry) bool { return a.Name() == e.Name() }) {
				all = append(all, e)
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return all, nil
}

// layer is one of a theme's folders, and what problems call its files.
type layer struct {
	files  fs.FS
	prefix string // before the names of its files
}

// layersOf are the folders of a theme, the uppermost first.
func layersOf(fsys fs.FS) []layer {
	l, ok := fsys.(Layers)
	if !ok {
		return []layer{{files: fsys}}
	}
	var all []layer
	for i, f := range l {
		one := layer{files: Layers{f}}
		if i > 0 {
			one.prefix = "built-in/"
		}
		all = append(all, one)
	}
	return all
}
