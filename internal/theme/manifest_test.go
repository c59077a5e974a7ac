package theme_test

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/media"
	"broadsheet/internal/theme"
	"broadsheet/themes"
)

func TestPaperSaysWhatItAsksAndOffers(t *testing.T) {
	m, err := theme.ReadManifest(themes.Paper())
	if err != nil {
		t.Fatal(err)
	}
	for name, use := range map[string]string{"lead": " [480 800 1200 1600]", "card": "8:5 [160 320 480 768]", "square": "1:1 [96 192]"} {
		if got := fmt.Sprint(m.Pictures[name].Shape, " ", m.Pictures[name].Widths); got != use {
			t.Errorf("pictures.%s is %s, want %s", name, got, use)
		}
	}
	// The body's places, which package richtext names.
	for _, place := range []string{"body", "half", "wide", "gallery", "window"} {
		if len(m.Pictures[place].Widths) == 0 {
			t.Errorf("nothing is asked for pictures in the place %q", place)
		}
	}
	if m.Name != "Paper" || m.Layout("") != "classic" || m.Layout("river") != "river" || m.FontsFor("").Head == "" {
		t.Errorf("the manifest is %+v", m)
	}
	if c := m.Colours["accent"]; c.Light.String() != "#a3262a" || c.Dark.String() != "#ff9c8f" {
		t.Errorf("the accent is %s and %s", c.Light, c.Dark)
	}
}

func TestAMistakeInTheManifestIsToldWithItsLine(t *testing.T) {
	const colour = "[colours.accent]\nlabel = \"Accent\"\nlight = \"#a3262a\"\ndark = \"#ff9c8f\"\non_light = [\"#ffffff\"]\non_dark = [\"#000000\"]\n"
	const fonts = "default_fonts = \"a\"\n[fonts.a]\nlabel = \"A\"\nhead = \"serif\"\ntext = \"serif\"\nui = \"serif\"\n"
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key", "name = \"x\"\ncolor = \"red\"\n", `theme.toml:2: there is no key "color"`},
		{"an unknown key in a table", "[pictures.card]\nwidths = [100]\nheight = 3\n", `theme.toml:3: there is no key "pictures.card.height"`},
		{"no TOML", "name = \n", "theme.toml:1: "},
		{"a number for a text", "\nname = 3\n", "theme.toml:2: "},
		{"a shape that is none", "[pictures.card]\nshape = \"wide\"\nwidths = [100]\n", `theme.toml:2: pictures.card.shape: "wide" is no shape`},
		{"no widths", "[pictures.card]\nshape = \"3:2\"\n", "theme.toml:1: pictures.card: widths must be"},
		{"widths out of order", "name = \"x\"\n[pictures.card]\nwidths = [300, 200]\n", "theme.toml:2: pictures.card: widths must be"},
		{"a name with a space", "[pictures.\"big card\"]\nwidths = [100]\n", `"big card" is no name`},
		{"a colour that is none", strings.Replace(colour, "#a3262a", "red", 1), `theme.toml:3: colours.accent.light: "red" is no colour`},
		{"a pale colour", strings.Replace(colour, "#a3262a", "#ffee00", 1), "theme.toml:3: colours.accent.light: #ffee00 on #ffffff has a contrast of 1.20 to 1"},
		{"a dark colour on black", strings.Replace(colour, "#ff9c8f", "#222222", 1), "theme.toml:4: colours.accent.dark: #222222 on #000000"},
		{"no backgrounds", strings.Replace(colour, "on_dark = [\"#000000\"]\n", "", 1), "theme.toml:1: colours.accent: on_light and on_dark"},
		{"fonts without a list", strings.Replace(fonts, "ui = \"serif\"\n", "", 1), "theme.toml:2: fonts.a.ui: a list of families"},
		{"fonts that end the rule", strings.Replace(fonts, "head = \"serif\"", "head = \"serif} body{display:none\"", 1), "theme.toml:4: fonts.a.head: "},
		{"fonts with a quote left open", strings.Replace(fonts, "head = \"serif\"", "head = '\"Georgia, serif'", 1), "theme.toml:4: fonts.a.head: "},
		{"no label", strings.Replace(fonts, "label = \"A\"\n", "", 1), "theme.toml:2: fonts.a: a label is needed"},
		{"default fonts that there are not", strings.Replace(fonts, `default_fonts = "a"`, `default_fonts = "b"`, 1), `theme.toml: default_fonts: there are no fonts "b"; there are: a`},
		{"two layouts of one name", "[[layouts]]\nname = \"a\"\nlabel = \"A\"\n[[layouts]]\nname = \"a\"\nlabel = \"B\"\n", `theme.toml:4: layouts[1]: there are two layouts "a"`},
	} {
		_, err := theme.ReadManifest(folder(map[string]string{"theme.toml": c.text}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want one with %q", c.name, err, c.want)
		}
	}
	if _, err := theme.ReadManifest(folder(map[string]string{"theme.toml": colour})); err != nil {
		t.Errorf("a good one is refused: %v", err)
	}
	equal(t, problems(t, folder(map[string]string{"theme.toml": fonts + "preload.Latn = [\"paper.css\", \"a.woff2\"]\n", "templates/x.html": `{{define "x"}}{{end}}`}), nil),
		"theme.toml: fonts.a.preload: there is no file static/a.woff2")
}

func FuzzManifest(f *testing.F) {
	f.Add("name = \"x\"\n[pictures.card]\nwidths = [1]\n[[layouts]]\n[fonts.a]\n[colours.b]\nlight = \"#ffffff\"\n")
	f.Add("pictures = {card = {widths = [3]}}\nlayouts = [{name = \"\"}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := theme.ReadManifest(folder(map[string]string{"theme.toml": text}))
		if (m == nil) == (err == nil) {
			t.Errorf("%v, %v", m, err)
		}
	})
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want string
	}{
		// Black and white, equal colours, and greys whose ratios are often quoted.
		{"#000000", "#ffffff", "21.00"}, {"#ffffff", "#000000", "21.00"}, {"#123456", "#123456", "1.00"},
		{"#767676", "#ffffff", "4.54"}, {"#777777", "#ffffff", "4.48"}, {"#0000ff", "#ffffff", "8.59"}, {"#ff0000", "#ffffff", "4.00"},
	} {
		a, errA := theme.ParseRGB(c.a)
		b, errB := theme.ParseRGB(c.b)
		if got := fmt.Sprintf("%.2f", theme.Contrast(a, b)); got != c.want || errA != nil || errB != nil {
			t.Errorf("%s on %s is %s, want %s", c.a, c.b, got, c.want)
		}
	}
	for _, text := range []string{"", "red", "#fff", "#12345", "#1234567", "#gggggg", "123456#", "#+12345", "# 12345"} {
		if c, err := theme.ParseRGB(text); err == nil {
			t.Errorf("%q is taken as %s", text, c)
		}
	}
	if c, err := theme.ParseRGB("#1D4F91"); err != nil || c.String() != "#1d4f91" {
		t.Errorf("large letters are read as %s, %v", c, err)
	}
}

func manifest(t *testing.T) *theme.Manifest {
	t.Helper()
	colour := func(s string) theme.RGB {
		c, err := theme.ParseRGB(s)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	return &theme.Manifest{Name: "Mine", DefaultFonts: "plain",
		Pictures: map[string]media.Use{},
		Fonts: map[string]theme.Fonts{"plain": {Label: "Plain", Head: "serif", Text: "serif", UI: "sans-serif"},
			"book": {Label: "Book", Head: `"Palatino Linotype", serif`, Text: "Georgia, serif", UI: "system-ui"}},
		Layouts: []theme.Layout{{Name: "classic", Label: "Classic"}, {Name: "river", Label: "River"}},
		Colours: map[string]theme.Colour{"accent": {Label: "Accent", Light: colour("#a3262a"), Dark: colour("#ff9c8f"),
			OnLight: []theme.RGB{colour("#ffffff"), colour("#f6f2e8")}, OnDark: []theme.RGB{colour("#171614")}}}}
}

func TestAChoiceThatTheThemeDoesNotOfferIsRefusedInWords(t *testing.T) {
	m := manifest(t)
	for _, c := range []struct {
		choice theme.Choice
		field  string
		want   string
	}{
		{theme.Choice{Accent: "#ffee00"}, "accent", "#ffee00 on #ffffff has a contrast of 1.20 to 1; text needs at least 4.5 to 1"},
		{theme.Choice{Accent: "blue"}, "accent", "write one like"},
		{theme.Choice{Accent: "#757575"}, "accent", "#757575 on #f6f2e8"}, // enough on white, not on what is raised
		{theme.Choice{AccentDark: "#1d4f91"}, "accent_dark", "#1d4f91 on #171614"},
		{theme.Choice{Fonts: "comic"}, "fonts", `no fonts "comic"; it has: book, plain`},
		{theme.Choice{Layout: "wall"}, "front_layout", `no layout "wall"; it has: classic, river`},
		{theme.Choice{}, "", ""},
		{theme.Choice{Accent: "#1D4F91", AccentDark: "#9cc2ff", Fonts: "book", Layout: "river"}, "", ""},
	} {
		wrong := m.Check(c.choice)
		if c.field == "" && wrong != nil || !strings.Contains(wrong[c.field].English, c.want) || len(wrong) > 1 {
			t.Errorf("%+v: %v, want %s: %s", c.choice, wrong, c.field, c.want)
		}
	}
}

func TestTheLookSaysOnlyWhatDiffers(t *testing.T) {
	m := manifest(t)
	for _, c := range []struct {
		choice theme.Choice
		want   string
	}{
		{theme.Choice{}, ""},
		{theme.Choice{Accent: "#A3262A", Fonts: "plain", Layout: "river"}, ""},
		{theme.Choice{Accent: "#1D4F91"}, ":root{--accent:#1d4f91}\n@media (prefers-color-scheme:dark){:root{--accent:#ff9c8f}}\n"},
		{theme.Choice{AccentDark: "#9cc2ff"}, ":root{--accent:#a3262a}\n@media (prefers-color-scheme:dark){:root{--accent:#9cc2ff}}\n"},
		{theme.Choice{Fonts: "book"}, `:root{--font-head:"Palatino Linotype", serif;--font-text:Georgia, serif;--font-ui:system-ui}` + "\n"},
		{theme.Choice{Accent: "#ffee00", Fonts: "comic"}, ""}, // chosen for another theme
	} {
		l, err := m.Look(c.choice)
		if err != nil {
			t.Fatal(err)
		}
		if c.want == "" {
			if l.Address != "" {
				t.Errorf("%+v has a look at %s", c.choice, l.Address)
			}
			continue
		}
		w := get(l, l.Address, nil)
		if w.Body.String() != c.want || w.Header().Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%+v looks like %s, %v", c.choice, w.Body, w.Header())
		}
		if !strings.HasPrefix(l.Address, "/assets/look.") || get(l, "/assets/look.css", nil).Code != 404 {
			t.Errorf("the look is at %s", l.Address)
		}
	}
}
