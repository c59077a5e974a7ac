package store_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"broadsheet/internal/db"
	"broadsheet/internal/store/storetest"
)

var statement = regexp.MustCompile(`(?i)^\s*(select|insert|update|delete|with|lock)\b`)

// queries returns every string constant of the package that is a whole SQL
// statement, by name. Constants are folded by the type checker, so that those
// put together from others come out whole.
func queries(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	// Imports are not needed to fold strings; what is missing for lack of them
	// is not reported.
	conf := types.Config{Importer: nothing{}, Error: func(error) {}}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	conf.Check("store", fset, files, info)
	all := map[string]string{}
	for id, obj := range info.Defs {
		c, ok := obj.(*types.Const)
		if !ok || c.Val().Kind() != constant.String {
			continue
		}
		if s := constant.StringVal(c.Val()); statement.MatchString(s) {
			all[id.Name] = s
		}
	}
	return all
}

type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	return nil, os.ErrNotExist
}

func TestBothEnginesPrepareEveryQuery(t *testing.T) {
	all := queries(t)
	if len(all) < 60 {
		t.Fatalf("only %d queries were found: the search for them is broken", len(all))
	}
	storetest.EachDB(t, func(t *testing.T, d *db.DB) {
		prepared := 0
		for name, q := range all {
			if strings.TrimSpace(d.Engine.Text(q)) == "" {
				continue // a query of the other engine only
			}
			prepared++
			if err := d.Prepare(t.Context(), q); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		t.Logf("%d queries", prepared)
	})
}

// TestEngineOnlyLinesAreListed holds docs/SQL.md to its promise: each query that
// says something different to the two engines stands there, with the reason.
func TestEngineOnlyLinesAreListed(t *testing.T) {
	doc, err := os.ReadFile("../../docs/SQL.md")
	if err != nil {
		t.Fatal(err)
	}
	idLists := regexp.MustCompile(`in \(select (value from json_each|value::bigint from json_array_elements_text|json_array_elements_text)`)
	for name, q := range queries(t) {
		for _, line := range db.Tagged(q) {
			if idLists.MatchString(line) {
				continue // one reason for all of them, told once
			}
			if !strings.Contains(string(doc), "`"+name+"`") {
				t.Errorf("%s has a line for one engine only, and docs/SQL.md does not say why: %s", name, line)
				break
			}
		}
	}
}
