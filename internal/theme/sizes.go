package theme

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
)

// What a theme should stay below, in bytes, so that a page comes quickly over a
// slow line: all styles and all scripts that templates name, packed, and each
// font.
const (
	mostStyles  = 20 << 10
	mostScripts = 5 << 10
	mostFont    = 100 << 10
)

// checkSizes warns of much to load.
func (r *reading) checkSizes() {
	total := map[string]int{}
	for _, name := range r.namedAssets() {
		total[path.Ext(name)] += r.assets.packed(name)
	}
	for _, c := range []struct {
		ext, what string
		most      int
	}{{".css", "styles", mostStyles}, {".js", "scripts", mostScripts}} {
		if n := total[c.ext]; n > c.most {
			r.found.add(Problem{Level: Warning, File: "static", Text: fmt.Sprintf("the %s come to %s packed; %s would do", c.what, kilobytes(n), kilobytes(c.most))})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.assets.byName)) {
		if n := r.assets.packed(name); slices.Contains([]string{".woff2", ".woff", ".ttf", ".otf"}, path.Ext(name)) && n > mostFont {
			r.found.add(Problem{Level: Warning, File: "static", Text: fmt.Sprintf("the font %s comes to %s; %s would do", name, kilobytes(n), kilobytes(mostFont))})
		}
	}
}

// namedAssets are the files that templates name, each once.
func (r *reading) namedAssets() []string {
	var all []string
	for _, t := range r.templates.Templates() {
		if tree := r.tree(t.Name()); tree != nil {
			for _, c := range calls(tree, "asset") {
				all = append(all, c.name)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// packed is how many bytes of a file a browser loads that knows gzip; 0 where there
// is none.
func (a *Assets) packed(name string) int {
	at, err := url.PathUnescape(a.byName[name])
	if err != nil {
		return 0
	}
	f := a.byPath[at]
	for _, p := range f.packed {
		if p.coding == "gzip" && p.bytes() != nil {
			return len(p.bytes())
		}
	}
	return len(f.plain)
}

func kilobytes(n int) string { return fmt.Sprintf("%.1f kB", float64(n)/1024) }
