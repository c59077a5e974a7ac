package housetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// file is one Go file of the house.
type file struct {
	name   string // from the project's root
	source []byte
	set    *token.FileSet
	tree   *ast.File
}

func (f *file) lines(n ast.Node) int {
	return f.set.Position(n.End()).Line - f.set.Position(n.Pos()).Line + 1
}

// files are all Go files of the house, tests included.
func files(t *testing.T) []*file {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []*file
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "node_modules" || e.Name() == "third_party" || e.Name() == ".git"):
			return filepath.SkipDir
		case e.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(root, name)
		all = append(all, &file{filepath.ToSlash(short), source, set, tree})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (f *file) test() bool { return strings.HasSuffix(f.name, "_test.go") }

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	documented, seen := map[string]bool{}, map[string]bool{}
	for _, f := range files(t) {
		if f.test() {
			continue
		}
		dir := filepath.Dir(f.name)
		seen[dir] = true
		if f.tree.Doc != nil && len(strings.Fields(f.tree.Doc.Text())) >= 12 {
			documented[dir] = true
		}
	}
	for dir := range seen {
		if !documented[dir] {
			t.Errorf("package %s does not say what it is for and where to start reading", dir)
		}
	}
}

func TestEveryExportedNameIsExplained(t *testing.T) {
	for _, f := range files(t) {
		if f.test() {
			continue
		}
		for _, d := range f.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", f.name, d.Name.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, ok := s.(*ast.TypeSpec); ok && s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						t.Errorf("%s: %s has no comment", f.name, s.Name.Name)
					}
				}
			}
		}
	}
}

// exportedReceiver reports whether a function is one, or a method of a type,
// that other packages see.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}
	name, ok := receiver.(*ast.Ident)
	return ok && name.IsExported()
}

// What is longer than this is hard to hold in the head, and says why it is.
const (
	longestFile     = 800
	longestFunction = 120
)

func TestLongFilesAndFunctionsSayWhy(t *testing.T) {
	for _, f := range files(t) {
		if f.test() || ast.IsGenerated(f.tree) {
			continue
		}
		if n := f.set.Position(f.tree.FileEnd).Line; n > longestFile {
			t.Errorf("%s has %d lines", f.name, n)
		}
		for _, d := range f.tree.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && f.lines(d) > longestFunction && d.Doc == nil {
				t.Errorf("%s: %s has %d lines and does not say why", f.name, d.Name.Name, f.lines(d))
			}
		}
	}
}

func TestNothingIsLeftForLaterWithoutAnIssue(t *testing.T) {
	later := regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)
	issue := regexp.MustCompile(`\b(TODO|FIXME)\(#\d+\)`)
	for _, f := range files(t) {
		for _, group := range f.tree.Comments {
			for _, c := range group.List {
				if later.MatchString(c.Text) && !issue.MatchString(c.Text) {
					t.Errorf("%s: %s", f.name, c.Text)
				}
			}
		}
	}
}

// A panic is for what can't be, and says on its line why that is so; the process
// ends nowhere but in main.
func TestNobodyEndsTheProcessButMain(t *testing.T) {
	for _, f := range files(t) {
		if f.test() || f.tree.Name.Name == "main" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "panic" {
				line := f.set.Position(call.Pos()).Line
				if text := strings.Split(string(f.source), "\n")[line-1]; !strings.ContainsAny(text, `"`) && !strings.Contains(text, "//") {
					t.Errorf("%s:%d panics and does not say why that can't be", f.name, line)
				}
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok {
				if of, ok := s.X.(*ast.Ident); ok && (of.Name == "os" && s.Sel.Name == "Exit" || of.Name == "log" && strings.HasPrefix(s.Sel.Name, "Fatal")) {
					t.Errorf("%s:%d ends the process", f.name, f.set.Position(call.Pos()).Line)
				}
			}
			return true
		})
	}
}
