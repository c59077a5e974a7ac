package app

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/page"
	"broadsheet/internal/site"
	"broadsheet/internal/theme"
	"broadsheet/themes"
)

// themeFiles are those of the theme in a folder, laid over those that are built
// in; dir is "" for these alone.
func themeFiles(dir string) fs.FS {
	if dir == "" {
		return themes.Paper()
	}
	return theme.Layers{os.DirFS(dir), themes.Paper()}
}

// CheckTheme finds everything that is wrong with the theme in a folder, or worth
// mending. The error tells that the folder can't be read.
func CheckTheme(dir string) (theme.Problems, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fault.Wrap(fault.NotFound, err, "there is no folder %s", dir)
	}
	files := themeFiles(dir)
	t, err := site.OpenTheme(files, page.NewMarks())
	found, ok := errors.AsType[theme.Problems](err)
	if err == nil {
		found = t.Problems()
	} else if !ok {
		return nil, err
	}
	words, err := loadWords(dir, "")
	if wrong, ok := errors.AsType[theme.Problems](err); ok {
		return append(found, wrong...), nil
	}
	if err != nil {
		return nil, err
	}
	return append(found, missingWords(words)...), nil
}

// missingWords lists what languages lack, for which English or their own words
// without a region stand.
func missingWords(words *locale.Set) theme.Problems {
	var found theme.Problems
	all := words.Missing()
	for _, tag := range slices.Sorted(maps.Keys(all)) {
		found = append(found, theme.Problem{File: "words/" + tag + ".toml", Text: "lacks " + strings.Join(all[tag], ", "), Level: theme.Note})
	}
	return found
}

// NewTheme makes a folder for a theme: a copy of the one that is built in, to be
// changed, or with empty only what a theme that changes little begins with. The
// words are left out either way: a newspaper's own are few, and new ones come
// with each version. It returns how many files it has written. A folder that
// holds something is a Conflict.
func NewTheme(dir, name string, empty bool) (files int, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, fault.Wrap(fault.Invalid, err, "the folder %s can't be used", dir)
	}
	if len(entries) > 0 {
		return 0, fault.New(fault.Conflict, "the folder %s is not empty; nothing was written", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, fault.Wrap(fault.Invalid, err, "the folder %s can't be made", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	for _, folder := range []string{"templates", "static", "words"} {
		if err := root.Mkdir(folder, 0o755); err != nil {
			return 0, err
		}
	}
	if empty {
		return 1, root.WriteFile("theme.toml", []byte(fmt.Sprintf(emptyManifest, name)), 0o644)
	}
	return copyTheme(root, themes.Paper(), name)
}

// emptyManifest is the theme.toml of a theme that says nothing yet.
const emptyManifest = `# What this theme says of itself; docs/THEMES.md explains every key. What is not
# said here is as in the theme that is built in.
name = %q
`

// firstName is where a theme.toml says the theme's name.
var firstName = regexp.MustCompile(`(?m)^name = .*$`)

// copyTheme writes a theme's files below root, under another name.
func copyTheme(root *os.Root, from fs.FS, name string) (files int, err error) {
	for _, part := range []string{"theme.toml", "templates", "static"} {
		err := fs.WalkDir(from, part, func(file string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() {
				return root.MkdirAll(file, 0o755)
			}
			text, err := fs.ReadFile(from, file)
			if err != nil {
				return err
			}
			if file == "theme.toml" {
				text = []byte(strings.Replace(string(text), firstName.FindString(string(text)), fmt.Sprintf("name = %q", name), 1))
				text = []byte(strings.Replace(string(text), "# What the theme Paper says of itself;", "# What this theme says of itself;", 1))
			}
			files++
			return root.WriteFile(file, text, 0o644)
		})
		if err != nil {
			return files, err
		}
	}
	return files, nil
}
