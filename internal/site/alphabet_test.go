package site_test

import (
	"testing"

	"broadsheet/internal/news"
)

func TestSectionsStandInTheAlphabetOfTheLanguage(t *testing.T) {
	p := sqlite(t, setup{})
	must(t, p.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
		s.Language = "de"
		return nil
	}))
	for _, name := range []string{"Zoo", "Ärzte", "Arzneien", "Öffner", "Ofen"} {
		must(t, p.CreateSection(t.Context(), "Anna", &news.Section{Name: name}))
		must(t, p.CreateSection(t.Context(), "Anna", &news.Section{Name: name, Parent: p.world.ID}))
	}
	must(t, p.CreateSection(t.Context(), "Anna", &news.Section{Name: "Letzte", Position: 1}))
	holds(t, p.page(t, "/"), ">Arzneien<", ">Ärzte<", ">Ofen<", ">Öffner<", ">Sport<", ">World<", ">Zoo<", ">Letzte<")
	p.story(t, "Ein Text", 9, four, nil)
	holds(t, p.page(t, "/world/"), "In diesem Ressort", ">Arzneien<", ">Ärzte<", ">Europe<", ">Ofen<", ">Öffner<", ">Zoo<")
}
