package site_test

import (
	"testing"

	"broadsheet/internal/news"
)

func TestEverybodyWhoWritesIsListedByTheAlphabetOfTheLanguage(t *testing.T) {
	p := sqlite(t, setup{})
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
		s.Language = "de"
		return nil
	}))
	for _, name := range []string{"Zora Zapp", "Ärno Öhl", "Arno Ofen"} {
		one := news.Person{Name: name, Biography: "Writes about the sea."}
		must(t, p.CreatePerson(t.Context(), "Anna", &one))
		p.story(t, "By "+name, 8, four, func(a *news.Article) { a.Byline = []news.Credit{{Person: one.ID}} })
	}
	must(t, p.CreatePerson(t.Context(), "Anna", &news.Person{Name: "Silent"}))
	html := p.page(t, "/authors/")
	holds(t, html, "<bdi>Arno Ofen</bdi>", "Writes about the sea.", "<bdi>Ärno Öhl</bdi>", "<bdi>Zora Zapp</bdi>")
	lacks(t, html, "Silent")
}

func TestAPaperWithoutNamesHasNoPageForThem(t *testing.T) {
	p := sqlite(t, setup{})
	if got := p.ask(t, "/authors/", nil).StatusCode; got != 404 {
		t.Errorf("answered %d", got)
	}
}
