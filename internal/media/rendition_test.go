package media

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

// photo is a picture's row.
func photo(w, h int) *news.Picture {
	return &news.Picture{ID: 7, Blob: "b", Served: "s", Type: jpegType, Width: w, Height: h}
}

func TestRenditionsAreNeverWiderThanTheFileAndAtLeastOne(t *testing.T) {
	landscape := Shape{3, 2}
	for _, test := range []struct {
		w, h  int
		shape Shape
		asked []int
		want  string
	}{
		{6000, 4000, Shape{}, []int{400, 800}, "400:400x267 800:800x533"},
		{1000, 500, Shape{}, []int{400, 800, 1600}, "400:400x200 800:800x400 1000:1000x500"},
		{900, 500, Shape{}, []int{400, 800, 1600}, "400:400x222 800:800x444"},
		{800, 500, Shape{}, []int{400, 800}, "400:400x250 800:800x500"},
		{300, 200, Shape{}, []int{400, 800}, "300:300x200"},
		{1, 9000, Shape{}, []int{400}, "1:1x9000"},
		{9000, 1, Shape{}, []int{400}, "400:400x1"},
		{6000, 4000, landscape, []int{480}, "3x2-480:480x320"},
		{4000, 600, landscape, []int{480, 960, 1600}, "3x2-480:480x320 3x2-900:900x600"},
		{600, 4000, landscape, []int{480, 960}, "3x2-480:480x320 3x2-600:600x400"},
		{2, 2000, Shape{1, 1}, []int{96}, "1x1-2:2x2"},
	} {
		list, ok := Renditions(photo(test.w, test.h), Use{Shape: test.shape, Widths: test.asked})
		var got []string
		for _, r := range list {
			got = append(got, fmt.Sprintf("%s:%dx%d", r.Name, r.Width, r.Height))
			if r.URL != fmt.Sprintf("/-/pictures/7-%s/%s", r.Stamp, r.Name) || len(r.Stamp) < 8 {
				t.Errorf("%s stands at %s", r.Name, r.URL)
			}
		}
		if s := strings.Join(got, " "); s != test.want || !ok {
			t.Errorf("%d × %d as %q in %v: %s, %v; want %s", test.w, test.h, test.shape, test.asked, s, ok, test.want)
		}
	}
}

func TestWhatHasNoRenditionsSaysSo(t *testing.T) {
	uncut, cut := Use{Widths: []int{100}}, Use{Shape: Shape{3, 2}, Widths: []int{100}}
	for name, test := range map[string]struct {
		change   func(*news.Picture)
		use      Use
		expected bool
	}{
		"a photograph":             {func(*news.Picture) {}, uncut, true},
		"no pixels":                {func(p *news.Picture) { p.Width, p.Height = 0, 0 }, uncut, false},
		"no copy for readers":      {func(p *news.Picture) { p.Served = "" }, uncut, false},
		"a drawing":                {func(p *news.Picture) { p.Type = svgType }, cut, false},
		"a kind that can't be":     {func(p *news.Picture) { p.Type = avifType }, cut, false},
		"an animation":             {func(p *news.Picture) { p.Moving, p.Type = true, gifType }, uncut, false},
		"an animation, cut":        {func(p *news.Picture) { p.Moving, p.Type = true, gifType }, cut, true},
		"a picture that stays put": {func(p *news.Picture) { p.Type = gifType }, uncut, true},
	} {
		p := photo(600, 400)
		test.change(p)
		if list, ok := Renditions(p, test.use); ok != test.expected || ok != (len(list) > 0) {
			t.Errorf("%s: %v, %v", name, list, ok)
		}
	}
}

func TestAnAddressStandsForOneFileAndOneCut(t *testing.T) {
	stamp := func(p *news.Picture, s Shape) string {
		list, _ := Renditions(p, Use{Shape: s, Widths: []int{100}})
		return list[0].Stamp
	}
	a, b := photo(1000, 500), photo(1000, 500)
	b.Focus = news.Focus{X: 300, Y: 500}
	if stamp(a, Shape{3, 2}) == stamp(b, Shape{3, 2}) {
		t.Error("another focus has the same address for another cut")
	}
	if stamp(a, Shape{}) != stamp(b, Shape{}) || stamp(a, Shape{2, 1}) != stamp(b, Shape{2, 1}) {
		t.Error("where nothing is cut away, the focus changes the address")
	}
	b.Served = "other"
	if stamp(a, Shape{}) == stamp(b, Shape{}) {
		t.Error("another file has the same address")
	}
}

func TestAnAddressIsTakenApart(t *testing.T) {
	for s, want := range map[string]string{
		"17-0123456789": "17 0123456789 true", "1-": "1  true", "x-1": "0  false", "17": "0  false", "-17-a": "0  false", "0-a": "0  false",
		"017-a": "0  false", "+1-a": "0  false", "99999999999999999999-a": "0  false", "": "0  false",
	} {
		id, stamp, ok := SplitRendition(s)
		if got := fmt.Sprint(id, " ", stamp, " ", ok); got != want {
			t.Errorf("%q is %s", s, got)
		}
	}
}

func TestUsesAreKnownByWhatTheyAskFor(t *testing.T) {
	again := slices.Clone(theme)
	slices.Reverse(again)
	if UsesKey(theme) != UsesKey(again) {
		t.Error("the order of uses makes a difference")
	}
	again[0].Widths = []int{121, 240}
	if UsesKey(theme) == UsesKey(again) || UsesKey(nil) == UsesKey(theme) {
		t.Error("another width makes none")
	}
}

func TestAllRenditionsNamesEachOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range AllRenditions(photo(6000, 4000), theme) {
		if seen[r.Name] {
			t.Errorf("%s twice", r.Name)
		}
		seen[r.Name] = true
	}
	if !seen["2000"] || !seen["3x2-120"] || !seen["1x1-384"] || len(seen) != 19 {
		t.Errorf("%d: %v", len(seen), seen)
	}
}

func TestACutKeepsTheFocusInItsRelativePlace(t *testing.T) {
	for _, test := range []struct {
		w, h       int
		shape      Shape
		focus      news.Focus
		x, y       float64
		cutW, cutH int
	}{
		{1000, 500, Shape{1, 1}, news.Focus{}, 250, 0, 500, 500},
		{1000, 500, Shape{1, 1}, news.Focus{X: 1, Y: 1}, 0.5, 0, 500, 500},
		{1000, 500, Shape{1, 1}, news.Focus{X: 1000, Y: 1000}, 500, 0, 500, 500},
		{1000, 500, Shape{1, 1}, news.Focus{X: 300, Y: 900}, 150, 0, 500, 500},
		{500, 1000, Shape{1, 1}, news.Focus{X: 300, Y: 900}, 0, 450, 500, 500},
		{900, 600, Shape{3, 2}, news.Focus{X: 1, Y: 1}, 0, 0, 900, 600},
	} {
		x, y, w, h := cutAt(test.w, test.h, test.shape, test.focus)
		if x != test.x || y != test.y || w != test.cutW || h != test.cutH {
			t.Errorf("%+v: %v, %v, %d × %d", test, x, y, w, h)
		}
		fx, fy := float64(test.focus.X*test.w)/1000, float64(test.focus.Y*test.h)/1000
		if test.focus.X > 0 && (fx < x || fx > x+float64(w) || fy < y || fy > y+float64(h)) {
			t.Errorf("%+v: the focus is cut away", test)
		}
	}
}
