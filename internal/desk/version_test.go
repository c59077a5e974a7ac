package desk_test

import (
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Who has read something before somebody else changed it overwrites nothing.
func TestTheLastWriterDoesNotSilentlyWin(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		section, topic, person := d.section(t, "World", 0), &news.Topic{Name: "Tides"}, &news.Person{Name: "Ida Holm"}
		if err := d.CreateTopic(ctx, "Anna", topic); err != nil {
			t.Fatal(err)
		}
		if err := d.CreatePerson(ctx, "Anna", person); err != nil {
			t.Fatal(err)
		}
		original, text := d.draft(t, "The vote", 0), &news.Article{Kind: news.Story, Headline: "Die Wahl", Language: "de", Body: []byte(words), Comments: news.CommentsModerated}
		if err := d.Create(ctx, "Anna", text); err != nil {
			t.Fatal(err)
		}
		for name, verb := range map[string]func(version int) error{
			"rename a section": func(v int) error {
				return d.ChangeSection(ctx, "Anna", news.Section{ID: section.ID, Version: v, Name: "Abroad"})
			},
			"rename a topic": func(v int) error {
				return d.ChangeTopic(ctx, "Anna", news.Topic{ID: topic.ID, Version: v, Name: "Floods"})
			},
			"change a person": func(v int) error {
				return d.ChangePerson(ctx, "Anna", news.Person{ID: person.ID, Version: v, Name: "Ida Berg"})
			},
			"join a translation": func(v int) error { return d.JoinTranslation(ctx, "Anna", text.ID, v, original.ID) },
		} {
			if err := verb(1); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := verb(1); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s once more, at the version before: %v", name, err)
			}
		}
		for name, verb := range map[string]func(version int) error{
			"retire a section": func(v int) error { return d.RetireSection(ctx, "Anna", section.ID, v, true) },
			"retire a topic":   func(v int) error { return d.RetireTopic(ctx, "Anna", topic.ID, v, true) },
		} {
			if err := verb(1); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s at the version before: %v", name, err)
			}
			if err := verb(2); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.MoveSection(ctx, "Anna", section.ID, 2, 0); !fault.Is(err, fault.Conflict) {
			t.Errorf("move a section at the version before: %v", err)
		}
		if err := d.MoveSection(ctx, "Anna", section.ID, 3, 0); err != nil {
			t.Errorf("move a section: %v", err)
		}
	})
}

func TestATranslationIsARevisionOfBoth(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		original := d.draft(t, "The vote", 0)
		for i, language := range []string{"de", "fr"} {
			a := &news.Article{Kind: news.Story, Headline: "A vote", Language: language, Body: []byte(words), Comments: news.CommentsModerated}
			if err := d.Create(ctx, "Anna", a); err != nil {
				t.Fatal(err)
			}
			if err := d.JoinTranslation(ctx, "Anna", a.ID, 1, original.ID); err != nil {
				t.Fatal(err)
			}
			got, err := d.Article(ctx, a.ID)
			if err != nil || got.Version != 2 || got.TranslationGroup != original.ID {
				t.Errorf("%d: version %d, group %d, %v", i, got.Version, got.TranslationGroup, err)
			}
			first, err := d.Article(ctx, original.ID)
			if err != nil || first.Version != 2 || first.TranslationGroup != original.ID {
				t.Errorf("%d: the original has version %d, group %d, %v", i, first.Version, first.TranslationGroup, err)
			}
		}
		if err := d.JoinTranslation(ctx, "Anna", original.ID, 2, original.ID); !fault.Is(err, fault.Invalid) {
			t.Errorf("an article as its own translation: %v", err)
		}
	})
}
