package theme

import (
	"fmt"
	"net/http"
	"strings"
)

// Choice is what a paper chose of what its theme offers. "" is the theme's own,
// everywhere.
type Choice struct {
	Accent, AccentDark string // "#rrggbb"
	Fonts              string // a name in the manifest's Fonts
	Layout             string // of the front page: a name in Layouts
}

// LookPath is what the address of each [Look] begins with.
const LookPath = AssetPath + "look."

// accent is the colour that a paper may change.
const accent = "accent"

// ChoiceProblem is what is wrong with one part of a choice. Its String is for
// whoever changes the settings by a command.
type ChoiceProblem struct {
	English string
	On      RGB     // the background on which a colour can't be read, where Ratio is not 0
	Ratio   float64 // its contrast there, rounded down: what is too little must not look like enough
}

// String is the problem in English.
func (p ChoiceProblem) String() string { return p.English }

// Check says what is wrong with a choice, by "accent", "accent_dark", "fonts" and
// "front_layout"; nil when nothing is.
func (m *Manifest) Check(c Choice) map[string]ChoiceProblem {
	wrong := map[string]ChoiceProblem{}
	own := m.Colours[accent]
	for name, part := range map[string]struct {
		text string
		on   []RGB
	}{"accent": {c.Accent, own.OnLight}, "accent_dark": {c.AccentDark, own.OnDark}} {
		if part.text == "" {
			continue
		}
		if colour, err := ParseRGB(part.text); err != nil {
			wrong[name] = ChoiceProblem{English: err.Error()}
		} else if p := colour.unreadable(part.on); p.English != "" {
			wrong[name] = p
		}
	}
	if _, ok := m.Fonts[c.Fonts]; !ok && c.Fonts != "" {
		wrong["fonts"] = ChoiceProblem{English: fmt.Sprintf("the theme %s has no fonts %q; it has: %s", m.Name, c.Fonts, names(m.Fonts))}
	}
	if _, ok := m.layout(c.Layout); !ok && c.Layout != "" {
		var have []string
		for _, l := range m.Layouts {
			have = append(have, l.Name)
		}
		wrong["front_layout"] = ChoiceProblem{English: fmt.Sprintf("the theme %s has no layout %q; it has: %s", m.Name, c.Layout, strings.Join(have, ", "))}
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// Accent is the theme's own colour that a paper may change, for light and for dark
// surroundings.
func (m *Manifest) Accent() Colour { return m.Colours[accent] }

func (m *Manifest) layout(name string) (string, bool) {
	for _, l := range m.Layouts {
		if l.Name == name {
			return name, true
		}
	}
	return "", false
}

// Layout is the layout of the front page for the one chosen: the theme's first
// where none is, or one that the theme does not have (any more); "" when it has
// none at all.
func (m *Manifest) Layout(chosen string) string {
	if name, ok := m.layout(chosen); ok {
		return name
	}
	if len(m.Layouts) > 0 {
		return m.Layouts[0].Name
	}
	return ""
}

// Zones are those of the layout for the one chosen, as [Manifest.Layout] names it.
// They are not to be changed.
func (m *Manifest) Zones(chosen string) []Zone {
	name := m.Layout(chosen)
	for _, l := range m.Layouts {
		if l.Name == name {
			return l.Zones
		}
	}
	return nil
}

// FontsFor are the fonts for those chosen: the theme's default where none are, or
// some that the theme does not have (any more).
func (m *Manifest) FontsFor(chosen string) Fonts {
	if f, ok := m.Fonts[chosen]; ok {
		return f
	}
	return m.Fonts[m.DefaultFonts]
}

// Look is the stylesheet of what a paper chose. It comes after the theme's own.
type Look struct {
	Address string // with the hash of its bytes; "" when the paper looks as the theme does
	files   Assets
}

// ServeHTTP answers at the address, as for a file of the theme.
func (l *Look) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.files.ServeHTTP(w, r) }

// Look makes the stylesheet of a choice. What is wrong with the choice, since it
// was made for another theme, is left out.
func (m *Manifest) Look(c Choice) (*Look, error) {
	css := m.stylesheet(c)
	if css == "" {
		return &Look{}, nil
	}
	l := &Look{files: Assets{at: AssetPath, byName: map[string]string{}, byPath: map[string]asset{}}}
	if err := l.files.add("look.css", []byte(css)); err != nil {
		return nil, err
	}
	l.Address = l.files.byName["look.css"]
	return l, nil
}

// stylesheet is "" when nothing differs from the theme.
func (m *Manifest) stylesheet(c Choice) string {
	wrong := m.Check(c)
	own := m.Colours[accent]
	light, dark := own.Light, own.Dark
	if c.Accent != "" && wrong["accent"].English == "" {
		light, _ = ParseRGB(c.Accent) // checked
	}
	if c.AccentDark != "" && wrong["accent_dark"].English == "" {
		dark, _ = ParseRGB(c.AccentDark) // checked
	}
	var b strings.Builder
	if c.Fonts != "" && c.Fonts != m.DefaultFonts && wrong["fonts"].English == "" {
		f := m.Fonts[c.Fonts]
		fmt.Fprintf(&b, ":root{--font-head:%s;--font-text:%s;--font-ui:%s}\n", f.Head, f.Text, f.UI)
	}
	if light != own.Light || dark != own.Dark {
		// Both, since the one for light alone would win over the theme's for dark.
		fmt.Fprintf(&b, ":root{--accent:%s}\n@media (prefers-color-scheme:dark){:root{--accent:%s}}\n", light, dark)
	}
	return b.String()
}
