package site_test

import (
	"fmt"
	"html/template"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/page"
	"broadsheet/internal/site"
	"broadsheet/internal/theme"
	"broadsheet/themes"
)

const themesDoc = "../../docs/THEMES.md"

func themesText(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(themesDoc)
	must(t, err)
	return string(b)
}

// kind is a type in the words of docs/THEMES.md.
func kind(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[template.HTML]():
		return "HTML"
	case t.Kind() == reflect.Pointer && t.Elem().Name() == "Locale":
		return "`Locale`"
	case t.Kind() == reflect.Pointer:
		return kind(t.Elem()) + " or none"
	case t.Kind() == reflect.Slice:
		return "list of " + kind(t.Elem())
	case t.Kind() == reflect.Struct:
		return "`" + t.Name() + "`"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Bool:
		return "yes or no"
	case t.Kind() == reflect.Int || t.Kind() == reflect.Int64:
		return "number"
	case t.Kind() == reflect.Interface:
		return "anything"
	}
	return t.String()
}

// members are what a template may ask of a value: the names of the fields and
// methods of each struct that views hold, with their kinds.
func members(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	var add func(of reflect.Type)
	add = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || !strings.HasPrefix(of.PkgPath(), "broadsheet/") || all[of.Name()] != nil {
			return
		}
		own := map[string]string{}
		all[of.Name()] = own
		for f := range of.Fields() {
			if f.IsExported() {
				own[f.Name] = kind(f.Type)
				add(f.Type)
			}
		}
		for method := range reflect.PointerTo(of).Methods() {
			inherited := method.Type.NumOut() == 0 // no template can call that
			for f := range of.Fields() {
				_, has := reflect.PointerTo(f.Type).MethodByName(method.Name)
				inherited = inherited || f.Anonymous && has
			}
			if !inherited {
				out := method.Type.Out(0)
				own[method.Name] = "call: " + kind(out)
				if out.PkgPath() == of.PkgPath() && strings.HasSuffix(out.PkgPath(), "/site") {
					add(out)
				}
			}
		}
	}
	for _, view := range site.Views() {
		add(reflect.TypeOf(view))
	}
	return all
}

var (
	headingLine = regexp.MustCompile("^#+ .*`(\\w+)`$")
	rowLine     = regexp.MustCompile("^\\| `(\\w+)[^|]*\\| ([^|]*) \\| (.*) \\|$")
)

// TestThemesMdNamesAllThatTemplatesAreGiven holds the tables of docs/THEMES.md to
// the views: below a heading that ends in the name of a type, each row is a field
// or a method. What it says is missing can be pasted there, with its meaning.
func TestThemesMdNamesAllThatTemplatesAreGiven(t *testing.T) {
	documented := map[string]map[string]string{}
	of := ""
	for line := range strings.Lines(themesText(t)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			of = ""
			if m := headingLine.FindStringSubmatch(line); m != nil {
				of = m[1]
				documented[of] = map[string]string{}
			}
		} else if m := rowLine.FindStringSubmatch(line); m != nil && of != "" {
			if strings.TrimSpace(m[3]) == "" {
				t.Errorf("%s.%s has no meaning in docs/THEMES.md", of, m[1])
			}
			documented[of][m[1]] = m[2]
		}
	}
	all := members(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, member := range slices.Sorted(maps.Keys(all[name])) {
			if want := all[name][member]; documented[name][member] != want {
				t.Errorf("docs/THEMES.md lacks in the table of `%s`: | `%s` | %s | |", name, member, want)
			}
		}
	}
	for of, rows := range documented {
		for member := range rows {
			if _, ok := all[of][member]; !ok && all[of] != nil {
				t.Errorf("docs/THEMES.md names %s.%s, which there is not", of, member)
			}
		}
		if all[of] == nil && len(rows) > 0 {
			t.Errorf("docs/THEMES.md has a table of `%s`, which no template is given", of)
		}
	}
}

var example = regexp.MustCompile("(?s)```html\n(.*?)```")

// Each example is a theme that changes just that, and is checked as one.
func TestTheExamplesOfThemesMdFit(t *testing.T) {
	shown := map[string]bool{}
	defines := regexp.MustCompile(`\{\{define "([^"]+)"\}\}`)
	for _, m := range example.FindAllStringSubmatch(themesText(t), -1) {
		for _, name := range defines.FindAllStringSubmatch(m[1], -1) {
			shown[name[1]] = true
		}
		_, err := site.OpenTheme(theme.Layers{fstest.MapFS{"templates/example.html": {Data: []byte(m[1])}}, themes.Paper()}, page.NewMarks())
		if err != nil {
			t.Errorf("an example does not fit: %v\n%s", err, m[1])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(site.Views())) {
		if !shown[name] {
			t.Errorf("docs/THEMES.md has no example of the template %q", name)
		}
	}
}

// What a theme may be told stands in the page, too.
func TestThemesMdNamesEveryKeyOfThemeToml(t *testing.T) {
	text := themesText(t)
	var keys func(of reflect.Type)
	keys = func(of reflect.Type) {
		for of.Kind() == reflect.Slice || of.Kind() == reflect.Map {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			return
		}
		for f := range of.Fields() {
			if name := f.Tag.Get("toml"); name != "" && !strings.Contains(text, "`"+name) && !strings.Contains(text, "["+name) && !strings.Contains(text, "\n"+name+" = ") {
				t.Errorf("docs/THEMES.md does not name the key %s", name)
			}
			keys(f.Type)
		}
	}
	keys(reflect.TypeFor[theme.Manifest]())
	shown := regexp.MustCompile("(?s)```toml\n(.*?)```").FindStringSubmatch(text)
	if shown == nil {
		t.Fatal("docs/THEMES.md shows no theme.toml")
	}
	if _, err := theme.ReadManifest(fstest.MapFS{"theme.toml": {Data: []byte(shown[1])}}); err != nil {
		t.Errorf("the theme.toml that docs/THEMES.md shows is refused: %v", err)
	}
	if !strings.Contains(text, fmt.Sprintf("%.1f", theme.LeastContrast)) {
		t.Errorf("docs/THEMES.md does not tell the least contrast, %.1f", theme.LeastContrast)
	}
}
