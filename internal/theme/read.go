package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/jba/templatecheck"
)

// reading is a theme while it is read: it goes on where something is wrong, so
// that all of it is found.
type reading struct {
	fsys  fs.FS
	funcs template.FuncMap
	types map[string]any

	templates *template.Template
	assets    *Assets
	manifest  *Manifest
	own       map[string]bool // names of templates that the uppermost layer defines
	unread    map[string]bool // likewise, of files that can't be parsed: what they define is not missing
	found     Problems
}

func newReading(fsys fs.FS, funcs template.FuncMap, types map[string]any) *reading {
	r := &reading{fsys: fsys, types: types, assets: &Assets{}, own: map[string]bool{}, unread: map[string]bool{}}
	r.funcs = template.FuncMap{"asset": func(name string) (string, error) { return r.assets.URL(name) }}
	maps.Copy(r.funcs, funcs)
	r.templates = template.New("").Option("missingkey=error").Funcs(r.funcs)
	return r
}

func (r *reading) readAssets() {
	a, err := NewAssets(r.fsys, AssetPath, "fonts")
	if err != nil {
		r.found.add(placed(err, "", 0))
		return
	}
	r.assets = a
}

func (r *reading) readManifest() {
	var wrong Problems
	r.manifest, wrong = readManifest(r.fsys)
	for _, p := range wrong {
		r.found.add(p)
	}
	for _, name := range slices.Sorted(maps.Keys(r.manifest.Fonts)) {
		for _, file := range slices.Concat(slices.Collect(maps.Values(r.manifest.Fonts[name].Preload))...) {
			if _, err := r.assets.URL(file); err != nil && r.haveAssets() {
				r.found.add(Problem{File: manifestFile, Text: fmt.Sprintf("fonts.%s.preload: %v", name, err)})
			}
		}
	}
}

// haveAssets is false while files could not be read, so that not each of them is
// missed.
func (r *reading) haveAssets() bool { return r.assets.byName != nil }

// parse reads the templates of each layer, from the lowest up: a later one takes
// the place of an earlier one with its name.
func (r *reading) parse() {
	layers := layersOf(r.fsys)
	none := true
	for i := len(layers) - 1; i >= 0; i-- {
		l := layers[i]
		files, err := fs.Glob(l.files, "templates/*.html")
		if err != nil {
			r.found.add(Problem{File: "templates", Text: err.Error()})
		}
		defined := map[string]string{} // in this layer: name -> where
		for _, file := range files {
			none = false
			r.parseFile(l, file, i == 0, defined)
		}
	}
	if none {
		r.found.add(Problem{File: "templates", Text: "there are no templates/*.html"})
	}
}

// definition is where a template begins, in a file that can't be parsed.
var definition = regexp.MustCompile(`\{\{-?\s*define\s+"([^"]*)"`)

func (r *reading) parseFile(l layer, file string, top bool, defined map[string]string) {
	text, err := fs.ReadFile(l.files, file)
	file = l.prefix + file
	if err != nil {
		r.found.add(Problem{File: file, Text: err.Error()})
		return
	}
	one, err := template.New(file).Funcs(r.funcs).Parse(string(text))
	if err != nil {
		r.found.add(placed(err, file, 0))
		for _, m := range definition.FindAllSubmatch(text, -1) {
			r.unread[string(m[1])] = true
		}
		return
	}
	for _, t := range one.Templates() {
		switch {
		case t.Tree == nil || t.Tree.Root == nil:
		case t.Name() == file:
			if !parse.IsEmptyTree(t.Tree.Root) {
				r.found.add(Problem{Level: Warning, File: file, Text: "what stands outside of {{define}} is shown nowhere"})
			}
		default:
			at := nodePlace(t.Tree.Root)
			if before := defined[t.Name()]; before != "" {
				r.found.add(Problem{File: at.file, Line: at.line, Text: fmt.Sprintf("the template %q is defined in %s already", t.Name(), before)})
			}
			defined[t.Name()] = at.String()
			if top {
				r.own[t.Name()] = true
			}
			if _, err := r.templates.AddParseTree(t.Name(), t.Tree); err != nil {
				r.found.add(placed(err, file, 0))
			}
		}
	}
}

// spot is a line of a file.
type spot struct {
	file string
	line int
}

// String is the spot as "templates/list.html:12".
func (s spot) String() string { return fmt.Sprintf("%s:%d", s.file, s.line) }

// nodePlace is where a node begins.
func nodePlace(n parse.Node) spot {
	location, _ := (*parse.Tree)(nil).ErrorContext(n)
	p := placed(errors.New(location+": "), "", 0)
	return spot{p.File, p.Line}
}

// names are the templates that will be executed, in alphabetical order.
func (r *reading) names() []string { return slices.Sorted(maps.Keys(r.types)) }

// tree is a template's tree, nil where there is none.
func (r *reading) tree(name string) *parse.Tree {
	if t := r.templates.Lookup(name); t != nil && t.Tree != nil && t.Tree.Root != nil {
		return t.Tree
	}
	return nil
}

// checkTypes compares each template with the type of its data. Of each, the first
// mistake is found.
func (r *reading) checkTypes() {
	for _, name := range r.names() {
		if r.tree(name) == nil {
			if !r.unread[name] {
				r.found.add(Problem{File: "templates", Text: fmt.Sprintf("there is no template %q", name)})
			}
			continue
		}
		for _, n := range r.undefined(name) {
			if at := nodePlace(n); !r.unread[n.Name] {
				r.found.add(Problem{File: at.file, Line: at.line, Text: fmt.Sprintf("there is no template %q", n.Name)})
			}
			r.standIn(n.Name)
		}
		if err := templatecheck.CheckHTML(r.templates.Lookup(name), r.types[name]); err != nil {
			r.found.add(placed(err, "templates", 0))
		}
	}
}

// standIn makes an empty template of that name, so that those which include it
// can be checked to their end.
func (r *reading) standIn(name string) {
	empty, err := template.New(name).Parse(" ")
	if err == nil {
		_, err = r.templates.AddParseTree(name, empty.Tree)
	}
	if err != nil {
		r.found.add(placed(err, "templates", 0))
	}
}

// undefined are the includes, from a template on, of templates that there are not.
func (r *reading) undefined(name string) []*parse.TemplateNode {
	var missing []*parse.TemplateNode
	for _, tree := range r.reached(name) {
		walk(tree.Root, func(n parse.Node) {
			if include, ok := n.(*parse.TemplateNode); ok && r.tree(include.Name) == nil {
				missing = append(missing, include)
			}
		})
	}
	return missing
}

// reached are a template and all that it includes.
func (r *reading) reached(name string) map[string]*parse.Tree {
	all := map[string]*parse.Tree{}
	var reach func(string)
	reach = func(name string) {
		tree := r.tree(name)
		if tree == nil || all[name] != nil {
			return
		}
		all[name] = tree
		walk(tree.Root, func(n parse.Node) {
			if include, ok := n.(*parse.TemplateNode); ok {
				reach(include.Name)
			}
		})
	}
	reach(name)
	return all
}

// checkNames looks for files that {{asset}} names and there are not, and for
// templates of the theme's own that are used nowhere.
func (r *reading) checkNames() {
	used := map[string]bool{}
	for _, name := range r.names() {
		for reached := range r.reached(name) {
			used[reached] = true
		}
	}
	for _, t := range r.templates.Templates() {
		tree := r.tree(t.Name())
		if tree == nil {
			continue
		}
		at := nodePlace(tree.Root)
		if len(r.types) > 0 && r.own[t.Name()] && !used[t.Name()] {
			r.found.add(Problem{Level: Warning, File: at.file, Line: at.line, Text: fmt.Sprintf("the template %q is used nowhere", t.Name())})
		}
		for _, c := range calls(tree, "asset") {
			if _, err := r.assets.URL(c.name); err != nil && r.haveAssets() {
				r.found.add(Problem{File: c.at.file, Line: c.at.line, Text: err.Error()})
			}
		}
	}
}

// checkCalls misses the calls that a template must make.
func (r *reading) checkCalls(must []Call) {
	for _, c := range must {
		tree, made := r.tree(c.Template), false
		for _, reached := range r.reached(c.Template) {
			made = made || slices.ContainsFunc(calls(reached, c.Func), func(one call) bool { return one.name == c.Name })
		}
		if tree != nil && !made {
			at := nodePlace(tree.Root)
			r.found.add(Problem{File: at.file, Line: at.line, Text: fmt.Sprintf("the template %q does not say {{%s %q}}", c.Template, c.Func, c.Name)})
		}
	}
}

// checkEscaping finds what keeps html/template from escaping a template: an open
// tag or quote at its end, branches that end differently. It would say so only at
// the first execution, hence this one. That an empty value can't be rendered to
// the end is no fault.
func (r *reading) checkEscaping() {
	for _, name := range r.names() {
		tree := r.tree(name)
		if tree == nil {
			continue
		}
		at := nodePlace(tree.Root)
		var fault *template.Error
		if err := r.templates.ExecuteTemplate(io.Discard, name, r.types[name]); !errors.As(err, &fault) {
			continue
		}
		words, _, _ := strings.Cut(fault.Description, ": {state") // what follows is for html/template's own makers
		p := Problem{File: at.file, Line: at.line, Text: fmt.Sprintf("the template %q: %s", name, words)}
		if fault.Node != nil {
			at = nodePlace(fault.Node)
			p.File, p.Line = at.file, at.line
		} else if own := r.tree(fault.Name); own != nil {
			at = nodePlace(own.Root)
			p.File, p.Line = at.file, at.line+max(fault.Line-1, 0)
		}
		r.found.addPlaced(p)
	}
}
