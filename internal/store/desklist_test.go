package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/demo"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestTheNewsroomsListsShowWhatTheyAreAskedFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		world, europe, sport, topic, anna := paper(t, s)
		ids := map[string]news.ArticleID{}
		minute := 0
		put := func(headline string, change func(*news.Article)) {
			minute++
			a := story(headline, noon.Add(time.Duration(minute)*time.Minute))
			a.Section, a.Sections = world.ID, []news.SectionID{world.ID}
			change(a)
			add(t, s, a)
			ids[headline] = a.ID
		}
		put("Harbour vote tonight", func(a *news.Article) { a.Byline = []news.Credit{{Person: anna.ID}} })
		put("The Mayor’s café", func(a *news.Article) { a.State, a.Creator = news.Draft, 7 })
		put("東京都の港", func(a *news.Article) {
			a.Language, a.Section, a.Sections = "ja", europe.ID, []news.SectionID{europe.ID}
		})
		put("Cup final", func(a *news.Article) {
			a.State, a.Section, a.Sections, a.Topics = news.Scheduled, sport.ID, []news.SectionID{sport.ID, europe.ID}, []news.TopicID{topic.ID}
			a.Scheduled = noon.Add(2 * time.Hour)
		})
		put("Imprint", func(a *news.Article) { a.Kind, a.Section, a.Sections = news.StandingPage, 0, nil })
		put("Own draft", func(a *news.Article) { a.State, a.Creator, a.Section, a.Sections = news.Draft, 7, 0, nil })
		put("Given away", func(a *news.Article) {
			a.State, a.Creator, a.Stage, a.Assigned, a.Reviewer, a.Due = news.Draft, 7, news.ReviewStage, 8, 9, noon.Add(-time.Hour)
		})
		all := news.Sections{world.ID: world, europe.ID: europe, sport.ID: sport}

		for name, c := range map[string]struct {
			filter news.DeskFilter
			want   []string
		}{
			"all":                        {news.DeskFilter{}, []string{"Given away", "Own draft", "Imprint", "Cup final", "東京都の港", "The Mayor’s café", "Harbour vote tonight"}},
			"stories":                    {news.DeskFilter{Kind: news.Story, States: []news.State{news.Published}}, []string{"東京都の港", "Harbour vote tonight"}},
			"two states":                 {news.DeskFilter{States: []news.State{news.Draft, news.Scheduled}}, []string{"Given away", "Own draft", "Cup final", "The Mayor’s café"}},
			"a section with those below": {news.DeskFilter{Sections: all.Below(world.ID)}, []string{"Given away", "Cup final", "東京都の港", "The Mayor’s café", "Harbour vote tonight"}},
			"no section":                 {news.DeskFilter{Sections: []news.SectionID{}}, nil},
			"allowed sections":           {news.DeskFilter{Within: []news.SectionID{sport.ID}}, []string{"Cup final"}},
			"allowed sections and own":   {news.DeskFilter{Within: []news.SectionID{sport.ID}, Own: 7}, []string{"Given away", "Own draft", "Cup final", "The Mayor’s café"}},
			"no allowed section":         {news.DeskFilter{Within: []news.SectionID{}, Own: 99}, nil},
			"what one is to write":       {news.DeskFilter{Within: []news.SectionID{}, Own: 8}, []string{"Given away"}},
			"what one is to review":      {news.DeskFilter{Within: []news.SectionID{}, Own: 9}, []string{"Given away"}},
			"a stage":                    {news.DeskFilter{Stages: []news.StageID{news.ReviewStage}}, []string{"Given away"}},
			"the first stage":            {news.DeskFilter{Stages: []news.StageID{news.FirstStage}}, []string{"Own draft", "The Mayor’s café"}},
			"assigned":                   {news.DeskFilter{Assigned: 8}, []string{"Given away"}},
			"a reviewer":                 {news.DeskFilter{Reviewer: 9}, []string{"Given away"}},
			"no other reviewer":          {news.DeskFilter{States: []news.State{news.Draft}, Unless: 7}, []string{"Own draft", "The Mayor’s café"}},
			"overdue":                    {news.DeskFilter{On: news.OnDue, From: noon.Add(-2 * time.Hour), Until: noon}, []string{"Given away"}},
			"not due then":               {news.DeskFilter{On: news.OnDue, From: noon, Until: noon.Add(time.Hour)}, nil},
			"changed in a minute":        {news.DeskFilter{On: news.OnChange, From: noon.Add(2 * time.Minute), Until: noon.Add(3 * time.Minute)}, []string{"The Mayor’s café"}},
			"published in two minutes":   {news.DeskFilter{On: news.OnPublication, From: noon, Until: noon.Add(2 * time.Minute)}, []string{"Harbour vote tonight"}},
			"to be published":            {news.DeskFilter{On: news.OnPublication, From: noon.Add(time.Hour), Until: noon.Add(3 * time.Hour)}, []string{"Cup final"}},
			"a language":                 {news.DeskFilter{Language: "ja"}, []string{"東京都の港"}},
			"a byline":                   {news.DeskFilter{Person: anna.ID}, []string{"Harbour vote tonight"}},
			"a topic":                    {news.DeskFilter{Topic: topic.ID}, []string{"Cup final"}},
			"own drafts":                 {news.DeskFilter{Creator: 7, States: []news.State{news.Draft}}, []string{"Given away", "Own draft", "The Mayor’s café"}},
			"a last editor":              {news.DeskFilter{Editor: "nobody"}, nil},
			"words' beginnings":          {news.DeskFilter{Headline: "VOT harb"}, []string{"Harbour vote tonight"}},
			"not their ends":             {news.DeskFilter{Headline: "night"}, nil},
			"without marks":              {news.DeskFilter{Headline: "mayors cafe"}, []string{"The Mayor’s café"}},
			"inside of a line":           {news.DeskFilter{Headline: "京都"}, []string{"東京都の港"}},
			"signs of patterns":          {news.DeskFilter{Headline: "% _"}, []string{"Given away", "Own draft", "Imprint", "Cup final", "東京都の港", "The Mayor’s café", "Harbour vote tonight"}},
			"all at once": {news.DeskFilter{Kind: news.Story, States: []news.State{news.Published}, Sections: all.Below(world.ID), Language: "en", Person: anna.ID, Editor: "test",
				Headline: "harbour", Within: []news.SectionID{world.ID}}, []string{"Harbour vote tonight"}},
		} {
			t.Run(name, func(t *testing.T) {
				var got []string
				counted := 0
				for after := (news.DeskPlace{}); ; { // one at a time, so that paging is proved, too
					items, err := s.ArticlesFor(t.Context(), c.filter, after, 1)
					if err != nil {
						t.Fatal(err)
					}
					if len(items) == 0 {
						break
					}
					got, after = append(got, items[0].Headline), items[0].Place()
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("it shows %q, want %q", got, c.want)
				}
				counts, err := s.StateCounts(t.Context(), c.filter)
				if err != nil {
					t.Fatal(err)
				}
				drafts := 0
				for stage, n := range counts.Stages {
					drafts += n
					if c.filter.Stages != nil && slices.Contains(c.filter.Stages, stage) {
						counted += n
					}
				}
				if drafts != counts.States[news.Draft] {
					t.Errorf("of drafts it counts %v", counts)
				}
				for state, n := range counts.States {
					if c.filter.Stages != nil {
						continue
					}
					if c.filter.States == nil || slices.Contains(c.filter.States, state) {
						counted += n
					}
				}
				if counted != len(c.want) {
					t.Errorf("it counts %v", counts)
				}
			})
		}
		items, err := s.ArticlesFor(t.Context(), news.DeskFilter{Person: anna.ID}, news.DeskPlace{}, 5)
		if err != nil || len(items) != 1 {
			t.Fatal(items, err)
		}
		want := news.DeskItem{ID: ids["Harbour vote tonight"], Kind: news.Story, State: news.Published, Version: 1, Language: "en", Genre: news.Report, Headline: "Harbour vote tonight",
			Path: fmt.Sprintf("/harbour-vote-tonight-%d/", ids["Harbour vote tonight"]), Section: world.ID, ChangedBy: "test", Changed: noon.Add(time.Minute), Published: noon.Add(time.Minute)}
		if b := items[0].Byline; len(b) != 1 || b[0].Person != anna.ID {
			t.Errorf("the byline is %v", b)
		}
		items[0].Byline = nil
		if fmt.Sprint(items[0]) != fmt.Sprint(want) {
			t.Errorf("%+v\nwant\n%+v", items[0], want)
		}
	})
}

// BenchmarkDeskList measures the newsroom's lists over 100,000 articles, one in
// fifty of them not public. ./check.sh does not run it.
func BenchmarkDeskList(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchDeskList(b, store.New(storetest.SQLite(b))) })
	b.Run("postgres", func(b *testing.B) { benchDeskList(b, store.New(storetest.Postgres(b))) })
}

func benchDeskList(b *testing.B, s *store.Store) {
	b.Helper()
	const n = 100_000
	sections, persons := deskArchive(b, s, n)
	all, err := s.Sections(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		filter news.DeskFilter
	}{
		{"all", news.DeskFilter{}},
		{"drafts", news.DeskFilter{States: []news.State{news.Draft}}},
		{"trash, empty", news.DeskFilter{States: []news.State{news.Trashed}}},
		{"section", news.DeskFilter{Sections: all.Below(sections["sport"])}},
		{"drafts of a section", news.DeskFilter{States: []news.State{news.Draft}, Sections: all.Below(sections["sport"])}},
		{"empty section", news.DeskFilter{Sections: all.Below(sections["empty"])}},
		{"allowed sections", news.DeskFilter{Within: []news.SectionID{sections["sport"], sections["city"]}, Own: 7}},
		{"allowed section, empty", news.DeskFilter{Within: []news.SectionID{sections["empty"]}, Own: 99}},
		{"own drafts", news.DeskFilter{Creator: 7, States: []news.State{news.Draft}}},
		{"person", news.DeskFilter{Person: persons[3]}},
		{"person, in an allowed section", news.DeskFilter{Person: persons[3], Within: []news.SectionID{sections["sport"]}}},
		{"a stage", news.DeskFilter{Stages: []news.StageID{news.ReviewStage}}},
		{"a stage of an allowed section", news.DeskFilter{Stages: []news.StageID{news.ReviewStage}, Within: []news.SectionID{sections["sport"]}, Own: 7}},
		{"assigned", news.DeskFilter{Assigned: 3}},
		{"assigned, nothing", news.DeskFilter{Assigned: 99, States: []news.State{news.Draft}}},
		{"review of an allowed section", news.DeskFilter{Stages: []news.StageID{news.ReviewStage}, Unless: 3, Within: []news.SectionID{sections["sport"]}, Own: 3}},
		{"overdue", news.DeskFilter{On: news.OnDue, Until: noon, States: []news.State{news.Draft}}},
		{"published on a day", news.DeskFilter{On: news.OnPublication, From: noon.AddDate(-1, 0, 0), Until: noon.AddDate(-1, 0, 1)}},
		{"changed long ago", news.DeskFilter{On: news.OnChange, Until: noon.AddDate(-90, 0, 0), From: noon.AddDate(-99, 0, 0)}},
		{"headline, common", news.DeskFilter{Headline: "the"}},
		{"headline, two words", news.DeskFilter{Headline: "council vote"}},
		{"headline, nowhere", news.DeskFilter{Headline: "nowhere"}},
		{"headline, nowhere, allowed section", news.DeskFilter{Headline: "nowhere", Within: []news.SectionID{sections["sport"]}}},
		{"headline, nowhere, all filters", news.DeskFilter{Kind: news.Story, Headline: "t nowhere", Within: []news.SectionID{sections["sport"]}, Sections: all.Below(sections["sport"]),
			States: []news.State{news.Published}, Person: persons[3], Language: "en"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			found := 0
			for b.Loop() {
				items, err := s.ArticlesFor(b.Context(), c.filter, news.DeskPlace{}, 51)
				if err != nil {
					b.Fatal(err)
				}
				found = len(items)
			}
			b.ReportMetric(float64(found), "found")
		})
		b.Run(c.name+"/counts", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.StateCounts(b.Context(), c.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// deskArchive stores n generated articles with short bodies.
func deskArchive(b *testing.B, s *store.Store, n int) (map[string]news.SectionID, []news.PersonID) {
	b.Helper()
	sections, persons := map[string]news.SectionID{}, []news.PersonID{}
	update := func(f func(ctx context.Context, tx *store.Tx) error) {
		if _, err := s.Update(b.Context(), noon, func(tx *store.Tx) error { return f(b.Context(), tx) }); err != nil {
			b.Fatal(err)
		}
	}
	update(func(ctx context.Context, tx *store.Tx) error {
		for _, slug := range append([]string{"empty"}, demo.ArchiveSections...) {
			sec := &news.Section{Name: slug, Slug: slug}
			if err := tx.InsertSection(ctx, sec); err != nil {
				return err
			}
			sections[slug] = sec.ID
		}
		for i := range 40 {
			p := &news.Person{Name: fmt.Sprint(i), Slug: fmt.Sprint("p", i)}
			if err := tx.InsertPerson(ctx, p); err != nil {
				return err
			}
			persons = append(persons, p.ID)
		}
		return nil
	})
	all, err := s.Sections(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	archive := demo.NewArchive(noon)
	for from := 0; from < n; from += 1000 {
		var list []*news.Article
		for i := from; i < from+1000; i++ {
			g := archive.Article(i)
			a := story(g.Headline, g.Published)
			a.Summary = g.HTML[:280]
			a.Section, a.Sections = sections[g.Section], []news.SectionID{sections[g.Section]}
			a.Byline = []news.Credit{{Person: persons[i%len(persons)]}}
			if i%50 == 0 {
				a.State, a.Creator, a.Published = news.Draft, news.StaffID(i/50%10+1), time.Time{}
				a.Stage, a.Assigned, a.Due = news.StageID(i/50%3), news.StaffID(i/50%7+1), noon.Add(time.Duration(i-n/2)*time.Minute)
			}
			list = append(list, a)
		}
		update(func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertArticles(ctx, list, all, "test", "create")
		})
	}
	return sections, persons
}
