package site_test

import (
	"slices"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// A key can say in its Rest only what its kind has, and in one way: nobody can have
// the same piece kept many times.
func TestEveryLoaderRefusesAKeyThatItsKindDoesNotHave(t *testing.T) {
	p := sqlite(t, setup{})
	p.story(t, "A story", 8, four, func(a *news.Article) { a.Topics = []news.TopicID{p.tides.ID} })
	first, place, page2 := []string{""}, "1783152000000-9", "2"
	good := map[string][]string{
		"header": first, "footer": first, "check-also": first, "form": first, "front": first, "people": first, "feed": first, "corrections": first,
		"article": {"", page2, "404", "600"}, "comments": {"", page2, "404", "600"},
		"section": {"", place}, "topic": {"", place}, "person": {"", place},
		"archive": {"/2026/?", "/2026/07/?", "/2026/07/04/?", "/2026/?" + place},
		"problem": {"404", "503", "maintenance"},
	}
	bad := []string{"x", "0", "1", "-2", "+2", "02", "2 ", "1000001", "1-0", "1--9", "01783152000000-9", "+1783152000000-9", "1783152000000-09", "maintenance ", "0404", "600", "4x",
		"/2026/", "/2026?", "/2026/?x", "/2026/02/31/?", "/2026/?" + place + "?", "?", "?" + place}
	for _, kind := range p.Kinds() {
		if good[kind] == nil {
			t.Errorf("nobody says what the keys of %s are", kind)
		}
		for _, rest := range good[kind] {
			err := p.Load(t.Context(), page.Key{Kind: kind, ID: 1, Rest: rest})
			if kind == "article" && rest != "" && fault.Is(err, fault.NotFound) {
				continue // no comment stands on that page
			}
			if err != nil {
				t.Errorf("%s %q: %v", kind, rest, err)
			}
		}
		for _, rest := range slices.Concat(bad, []string{"", place, page2, "404", "maintenance", "/2026/?"}) {
			if slices.Contains(good[kind], rest) {
				continue
			}
			if err := p.Load(t.Context(), page.Key{Kind: kind, ID: 1, Rest: rest}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s takes %q: %v", kind, rest, err)
			}
		}
	}
}
