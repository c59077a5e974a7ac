package desk_test

import (
	"slices"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func TestARevisionIsSavedOverThePresentText(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		world, sport := d.section(t, "World", 0), d.section(t, "Sport", 0)
		tides, ports := &news.Topic{Name: "Tides"}, &news.Topic{Name: "Ports"}
		for _, topic := range []*news.Topic{tides, ports} {
			if err := d.CreateTopic(t.Context(), "Anna", topic); err != nil {
				t.Fatal(err)
			}
		}
		a := &news.Article{Kind: news.Story, Headline: "First", Body: []byte(words), Comments: news.CommentsModerated, Creator: 7,
			Section: sport.ID, Sections: []news.SectionID{sport.ID, world.ID}, Topics: []news.TopicID{tides.ID, ports.ID}}
		if err := d.Create(t.Context(), "Anna", a); err != nil {
			t.Fatal(err)
		}
		if err := d.Publish(t.Context(), "Ole", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		now, _ := d.Article(t.Context(), a.ID)
		path, published := now.Path, now.Published
		now.Headline, now.Section, now.Sections, now.Topics, now.Creator, now.Body = "Second", world.ID, []news.SectionID{world.ID}, nil, 0, nil
		if err := d.Save(t.Context(), "Ida", &now); err != nil {
			t.Fatal(err)
		}
		if err := d.MergeTopics(t.Context(), "Anna", ports.ID, ports.Version, tides.ID, tides.Version); err != nil {
			t.Fatal(err)
		}
		if err := d.RetireSection(t.Context(), "Anna", sport.ID, sport.Version, true); err != nil {
			t.Fatal(err)
		}
		now, _ = d.Article(t.Context(), a.ID)
		gone, err := d.RestoreRevision(t.Context(), "Ida", a.ID, now.Version, 1)
		if err != nil {
			t.Fatal(err)
		}
		want := []news.Target{{Noun: news.SectionNoun, ID: int64(sport.ID)}, {Noun: news.TopicNoun, ID: int64(ports.ID)}}
		if !slices.Equal(gone, want) {
			t.Errorf("left out %v, want %v", gone, want)
		}
		got, _ := d.Article(t.Context(), a.ID)
		if got.Headline != "First" || string(got.Body) != words || got.State != news.Published || got.Path != path || !got.Published.Equal(published) ||
			got.Creator != 7 || got.Section != world.ID || !slices.Equal(got.Topics, []news.TopicID{tides.ID}) || got.ChangedBy != "Ida" {
			t.Errorf("restored: %+v", got)
		}
		_, err = d.RestoreRevision(t.Context(), "Ida", a.ID, now.Version, 1)
		wants(t, err, fault.Conflict, "somebody else")
		_, err = d.RestoreRevision(t.Context(), "Ida", a.ID, got.Version, 99)
		wants(t, err, fault.Invalid, "no revision 99")

		list, err := d.Revisions(t.Context(), a.ID, 0, 2)
		if err != nil || len(list) != 2 || list[0].Version != got.Version || list[0].Verb != "restore revision 1" || list[0].By != "Ida" || list[0].Fields.Headline != "First" {
			t.Errorf("the newest revisions: %+v, %v", list, err)
		}
		list, err = d.Revisions(t.Context(), a.ID, 3, 10)
		if err != nil || len(list) != 2 || list[0].Verb != "publish" || list[1].Verb != "create" || list[1].Fields.Body != nil {
			t.Errorf("those before the third: %+v, %v", list, err)
		}
		one, err := d.Revision(t.Context(), a.ID, 3)
		if err != nil || one.Fields.Headline != "Second" || len(one.Fields.Body) != 0 || one.By != "Ida" || one.Verb != "save" || one.Fields.Creator != 7 {
			t.Errorf("the third: %+v, %v", one, err)
		}
		if _, err := d.Revision(t.Context(), a.ID, 99); !fault.Is(err, fault.NotFound) {
			t.Errorf("one that is not there: %v", err)
		}
	})
}

func TestOnlyWhatIsNotPublicIsThrownAway(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Vote", 0)
		if err := d.Trash(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		wants(t, d.Trash(t.Context(), "Anna", a.ID, 2), fault.Invalid, "in the trash already")
		if err := d.Restore(t.Context(), "Anna", a.ID, 2); err != nil {
			t.Fatal(err)
		}
		if err := d.Publish(t.Context(), "Anna", a.ID, 3); err != nil {
			t.Fatal(err)
		}
		wants(t, d.Trash(t.Context(), "Anna", a.ID, 4), fault.Invalid, "withdraw it first")
		if err := d.Withdraw(t.Context(), "Anna", a.ID, 4); err != nil {
			t.Fatal(err)
		}
		wants(t, d.Trash(t.Context(), "Anna", a.ID, 5), fault.Invalid, "goes on saying so")
	})
}

func TestNothingIsSavedThatIsFarTooLong(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Vote", 0)
		b, _ := d.Article(t.Context(), a.ID)
		b.Headline = string(make([]rune, 501))
		err := d.Save(t.Context(), "Anna", &b)
		wants(t, err, fault.Invalid, "headline: too long")
	})
}
