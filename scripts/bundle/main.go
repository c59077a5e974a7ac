// Bundle makes the two files of the browser's editor that are built: what we use
// of ProseMirror as one module, third_party/prosemirror/prosemirror.js, from the
// packages of package.json beside this file ("npm ci" first), and
// internal/newsroom/editor/static/editor.js of that and of our own modules.
//
//	go run .          make both, where there is no node_modules the second only
//	go run . -check   say what would change, and fail if anything would
//
// It is a module of its own so that the product does not depend on the bundler.
// Start reading at main.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	library = "../../third_party/prosemirror"
	editor  = "../../internal/newsroom/editor"
)

func main() {
	check := flag.Bool("check", false, "compare instead of writing")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	put := write
	if check {
		put = compare
	}
	_, err := os.Stat("node_modules")
	switch {
	case err == nil:
		if err := libraries(put); err != nil {
			return err
		}
	case check:
		return errors.New("there is no node_modules: run npm ci in scripts/bundle")
	}
	return ours(put)
}

// libraries makes third_party/prosemirror: the module and its packages' licences.
func libraries(put func(string, []byte) error) error {
	code, err := build(api.BuildOptions{EntryPoints: []string{"prosemirror.mjs"}, LegalComments: api.LegalCommentsNone})
	if err != nil {
		return err
	}
	if err := put(filepath.Join(library, "prosemirror.js"), code); err != nil {
		return err
	}
	packages, err := filepath.Glob("node_modules/*/package.json")
	if err != nil {
		return err
	}
	var texts bytes.Buffer
	for _, file := range packages {
		name := filepath.Base(filepath.Dir(file))
		licence, err := os.ReadFile(filepath.Join(filepath.Dir(file), "LICENSE"))
		if err != nil {
			return err
		}
		fmt.Fprintf(&texts, "%s\n\n%s\n\n", name, bytes.TrimSpace(licence))
	}
	return put(filepath.Join(library, "LICENSES.txt"), texts.Bytes())
}

// ours makes editor.js. Its first line names the sources by hash, so that a test
// of the product, which has no bundler, notices when it is behind them.
func ours(put func(string, []byte) error) error {
	sum, err := sources()
	if err != nil {
		return err
	}
	banner := fmt.Sprintf("// Made by scripts/bundle of internal/newsroom/editor and third_party/prosemirror (MIT, see LICENSES.txt there).\n// Sources: %s", sum)
	code, err := build(api.BuildOptions{EntryPoints: []string{filepath.Join(editor, "main.js")}, Banner: map[string]string{"js": banner}})
	if err != nil {
		return err
	}
	return put(filepath.Join(editor, "static", "editor.js"), code)
}

// sources is the hash of what editor.js is made of: names and contents.
func sources() (string, error) {
	files, err := filepath.Glob(filepath.Join(editor, "*.js"))
	if err != nil {
		return "", err
	}
	slices.Sort(files)
	hash := sha256.New()
	for _, file := range append(files, filepath.Join(editor, "words", "en.json"), filepath.Join(library, "prosemirror.js")) {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %d\n", filepath.Base(file), len(b))
		hash.Write(b)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), nil
}

func build(o api.BuildOptions) ([]byte, error) {
	o.Bundle, o.Format, o.Target, o.Charset = true, api.FormatESModule, api.ES2022, api.CharsetUTF8
	o.MinifyWhitespace, o.MinifySyntax, o.MinifyIdentifiers = true, true, true
	result := api.Build(o)
	if len(result.Errors) > 0 {
		e := result.Errors[0]
		if e.Location != nil {
			return nil, fmt.Errorf("%s:%d: %s", e.Location.File, e.Location.Line, e.Text)
		}
		return nil, errors.New(e.Text)
	}
	return result.OutputFiles[0].Contents, nil
}

func write(name string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // a folder of sources
		return err
	}
	return os.WriteFile(name, b, 0o644) //nolint:gosec // a source file
}

func compare(name string, b []byte) error {
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !bytes.Equal(old, b) {
		return fmt.Errorf("%s is not what its sources make: run go run . in scripts/bundle", name)
	}
	return nil
}
