package theme

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"broadsheet/internal/media"
)

// manifestFile is what a theme says of itself.
const manifestFile = "theme.toml"

// Manifest is what a theme says of itself in theme.toml: what it asks of
// pictures, and what a paper may choose without touching a file.
type Manifest struct {
	Name         string               `toml:"name"`          // as people call it
	DefaultFonts string               `toml:"default_fonts"` // those of a paper that has chosen none: a name in Fonts
	Pictures     map[string]media.Use `toml:"pictures"`      // by the kind of place, as "card"
	Fonts        map[string]Fonts     `toml:"fonts"`         // by name
	Layouts      []Layout             `toml:"layouts"`       // of the front page; the first is that of a paper that has chosen none
	Colours      map[string]Colour    `toml:"colours"`       // by the custom property that shows them, without --; a paper can change "accent"
}

// Fonts are the typefaces of a theme. Each list is one as CSS takes it for
// font-family, ending in a generic family.
type Fonts struct {
	Label string `toml:"label"` // for people who choose
	Head  string `toml:"head"`  // of headlines: custom property --font-head
	Text  string `toml:"text"`  // of articles: --font-text
	UI    string `toml:"ui"`    // of menus, labels and forms: --font-ui
	// Preload are the files, by the names that "asset" takes, which nearly every
	// page in a script needs; the scripts as ISO 15924 names them, as "Cyrl".
	Preload map[string][]string `toml:"preload"`
}

// Layout is a way to arrange the front page, and those of sections that are
// arranged by hand.
type Layout struct {
	Name  string `toml:"name"`
	Label string `toml:"label"` // for people who choose
	Zones []Zone `toml:"zones"` // in the order in which they are filled; those of the layout below where a theme says none
}

// Zone is a part of a front that shows a few stories.
type Zone struct {
	Name    string `toml:"name"`
	Label   string `toml:"label"`   // for people who arrange
	Places  int    `toml:"places"`  // how many stories it has room for
	Fewest  int    `toml:"fewest"`  // with fewer that nobody has put there, it stays empty
	Fill    Fill   `toml:"fill"`    // with what places are filled that nobody has put something in
	Picture bool   `toml:"picture"` // begins with a story that has a picture, where one of the newest has
}

// Fill says with what a zone is filled.
type Fill string

// What zones are filled with.
const (
	FillNews    Fill = "news"    // the newest reports; opinion and what is paid for never stand there
	FillOpinion Fill = "opinion" // the newest that is opinion
	FillRest    Fill = "rest"    // the newest that stands nowhere else; on a section's page its list does that
	FillNone    Fill = "none"    // nothing: only what somebody puts there
)

// Bounds of the zones of a layout.
const (
	mostZones  = 12
	mostPlaces = 20
)

// Colour is a colour of text, for light and for dark surroundings, with the
// backgrounds that the theme shows it on. There is at least one of each.
type Colour struct {
	Label   string `toml:"label"` // for people who choose
	Light   RGB    `toml:"light"`
	Dark    RGB    `toml:"dark"`
	OnLight []RGB  `toml:"on_light"`
	OnDark  []RGB  `toml:"on_dark"`
}

// ReadManifest reads the theme.toml of a theme, of all its layers. The error is
// [Problems], with file and line, or tells that a file can't be read.
func ReadManifest(fsys fs.FS) (*Manifest, error) {
	m, found := readManifest(fsys)
	if found.Broken() != nil {
		found.sort()
		return nil, found
	}
	return m, nil
}

// readManifest reads as much as can be read.
func readManifest(fsys fs.FS) (*Manifest, Problems) {
	whole := &Manifest{}
	var found Problems
	layers := layersOf(fsys)
	for i := len(layers) - 1; i >= 0; i-- {
		l := layers[i]
		text, err := fs.ReadFile(l.files, manifestFile)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		file := l.prefix + manifestFile
		if err != nil {
			found.add(Problem{File: file, Text: err.Error()})
			continue
		}
		m, wrong := decodeManifest(text)
		for _, p := range wrong {
			p.File = file
			found.add(p)
		}
		m.over(whole)
		whole = m
	}
	if _, ok := whole.Fonts[whole.DefaultFonts]; !ok && len(whole.Fonts) > 0 {
		found.add(Problem{File: manifestFile, Text: fmt.Sprintf("default_fonts: there are no fonts %q; there are: %s", whole.DefaultFonts, names(whole.Fonts))})
	}
	return whole, found
}

// decodeManifest reads one theme.toml.
func decodeManifest(text []byte) (*Manifest, Problems) {
	m := &Manifest{}
	err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(m)
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		var found Problems
		for i := range unknown.Errors {
			e := &unknown.Errors[i]
			line, _ := e.Position()
			found.add(Problem{Line: line, Text: fmt.Sprintf("there is no key %q", strings.Join(e.Key(), "."))})
		}
		return m, append(found, m.check(linesOf(text))...)
	}
	if e, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := e.Position()
		words := strings.TrimPrefix(e.Error(), "toml: ")
		if key := strings.Join(e.Key(), "."); key != "" {
			words = key + ": " + words
		}
		return m, Problems{{Line: line, Text: words}}
	}
	if err != nil {
		return m, Problems{{Text: err.Error()}}
	}
	return m, m.check(linesOf(text))
}

// over fills m up with what the layer below says: entries that m has stay as they
// are, whole.
func (m *Manifest) over(below *Manifest) {
	if m.Name == "" {
		m.Name = below.Name
	}
	if m.DefaultFonts == "" {
		m.DefaultFonts = below.DefaultFonts
	}
	if len(m.Layouts) == 0 {
		m.Layouts = below.Layouts
	}
	for i := range m.Layouts {
		if l := &m.Layouts[i]; l.Zones == nil && len(below.Layouts) > 0 {
			l.Zones = below.Zones(l.Name)
		}
	}
	m.Pictures, m.Fonts, m.Colours = merged(m.Pictures, below.Pictures), merged(m.Fonts, below.Fonts), merged(m.Colours, below.Colours)
}

func merged[V any](upper, below map[string]V) map[string]V {
	all := maps.Clone(below)
	if all == nil {
		all = map[string]V{}
	}
	maps.Copy(all, upper)
	return all
}

// entryName is what entries of theme.toml may be called: part of a custom
// property, of a template's name, of a setting.
var entryName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// check finds what the form alone of one theme.toml does not tell.
func (m *Manifest) check(at lines) Problems {
	var found Problems
	wrong := func(key, format string, args ...any) {
		found.add(Problem{Line: at.of(key), Text: key + ": " + fmt.Sprintf(format, args...)})
	}
	named := func(key, name, label string) {
		if !entryName.MatchString(name) {
			wrong(key, "%q is no name; write one of small letters, digits and hyphens", name)
		}
		if strings.TrimSpace(label) == "" {
			wrong(key, "a label is needed, for people who choose")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Pictures)) {
		key := "pictures." + name
		if err := m.Pictures[name].Check(); err != nil {
			wrong(key, "%v", err)
		}
		named(key, name, "-") // pictures are chosen by templates, not by people
	}
	for _, name := range slices.Sorted(maps.Keys(m.Fonts)) {
		f, key := m.Fonts[name], "fonts."+name
		named(key, name, f.Label)
		for part, list := range map[string]string{"head": f.Head, "text": f.Text, "ui": f.UI} {
			if words := familyProblem(list); words != "" {
				wrong(key+"."+part, "%s", words)
			}
		}
	}
	for i, l := range m.Layouts {
		key := fmt.Sprintf("layouts[%d]", i)
		named(key, l.Name, l.Label)
		if slices.ContainsFunc(m.Layouts[:i], func(b Layout) bool { return b.Name == l.Name }) {
			wrong(key, "there are two layouts %q", l.Name)
		}
		if len(l.Zones) > mostZones {
			wrong(key, "it has %d zones; at most %d can be", len(l.Zones), mostZones)
		}
		for j, z := range l.Zones {
			key := fmt.Sprintf("layouts[%d].zones[%d]", i, j)
			named(key, z.Name, z.Label)
			if slices.ContainsFunc(l.Zones[:j], func(b Zone) bool { return b.Name == z.Name }) {
				wrong(key, "there are two zones %q", z.Name)
			}
			if words := z.problem(); words != "" {
				wrong(key, "%s", words)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Colours)) {
		c, key := m.Colours[name], "colours."+name
		named(key, name, c.Label)
		if len(c.OnLight) == 0 || len(c.OnDark) == 0 {
			wrong(key, "on_light and on_dark must list the backgrounds that the colour is shown on")
		}
		for part, words := range map[string]string{"light": c.Light.readable(c.OnLight), "dark": c.Dark.readable(c.OnDark)} {
			if words != "" {
				wrong(key+"."+part, "%s", words)
			}
		}
	}
	return found
}

// problem says what is wrong with a zone.
func (z *Zone) problem() string {
	switch {
	case z.Places < 1 || z.Places > mostPlaces:
		return fmt.Sprintf("places must be a number from 1 to %d", mostPlaces)
	case z.Fewest < 0 || z.Fewest > z.Places:
		return "fewest must be a number from 0 to that of its places"
	case !slices.Contains([]Fill{FillNews, FillOpinion, FillRest, FillNone}, z.Fill):
		return `fill must be "news", "opinion", "rest" or "none"`
	}
	return ""
}

// familyProblem says what is wrong with a list for font-family: it must not end
// the declaration that it is written into.
func familyProblem(list string) string {
	switch {
	case strings.TrimSpace(list) == "":
		return "a list of families as CSS takes it is needed, such as \"Georgia, serif\""
	case strings.ContainsAny(list, ";{}<>\\\n\r/") || strings.Count(list, `"`)%2 != 0 || strings.Count(list, `'`)%2 != 0:
		return fmt.Sprintf("%q is no list of families as CSS takes it; write one such as \"Georgia, serif\"", list)
	}
	return ""
}

// names lists the entries of a map, for people.
func names[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}
