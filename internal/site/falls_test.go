package site_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// pressed counts the pieces that are made.
type pressed struct {
	mu   sync.Mutex
	made []string
}

func (p *pressed) note(k page.Key) {
	name := k.Kind
	if k.ID != 0 {
		name += fmt.Sprintf(" %d", k.ID)
	}
	if k.Rest != "" {
		name += " " + k.Rest
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made = append(p.made, name)
}

// take are the pieces that were made since it was last called.
func (p *pressed) take() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	made := p.made
	p.made = nil
	slices.Sort(made)
	return made
}

// readAll asks for every page of the paper.
func (p *paper) readAll(t *testing.T) {
	t.Helper()
	known, err := p.AllAddresses(t.Context())
	must(t, err)
	paths := []string{"/", "/feed/", "/2026/", "/2026/07/", "/2026/07/04/", "/authors/", "/corrections/", "/nowhere/"}
	for _, a := range known {
		if a.State != news.Current {
			continue
		}
		paths = append(paths, a.Path)
		if a.Target.Noun == news.SectionNoun {
			paths = append(paths, a.Path+"feed/")
		}
	}
	for _, path := range paths {
		if resp := p.ask(t, path, nil); resp.StatusCode != 200 && path != "/nowhere/" {
			t.Fatalf("%s answers %s", path, resp.Status)
		}
	}
}

// What falls with a change is what shows it, and nothing else: each piece that is
// made anew when all pages are asked for again is counted.
func TestWhatFallsIsWhatShowsTheChange(t *testing.T) {
	var made pressed
	p := sqlite(t, setup{loaded: made.note})
	ctx := t.Context()
	quiet := &news.Topic{Name: "Quiet"}
	must(t, p.CreateTopic(ctx, "Anna", quiet))
	ole := &news.Person{Name: "Ole Berg"}
	must(t, p.CreatePerson(ctx, "Anna", ole))
	in := func(s *news.Section, who *news.Person, topics ...news.TopicID) func(*news.Article) {
		return func(a *news.Article) {
			a.Section, a.Sections, a.Byline, a.Topics = s.ID, []news.SectionID{s.ID}, []news.Credit{{Person: who.ID}}, topics
		}
	}
	// Articles 1 and 2 stand in Europe (3), below World (1); 3 and 4 in Sport (2).
	first := p.story(t, "One", 8, four, in(p.europe, p.anna, p.tides.ID))
	p.story(t, "Two", 9, four, in(p.europe, p.anna))
	p.story(t, "Three", 10, four, in(p.sport, ole, quiet.ID))
	p.story(t, "Four", 11, four, in(p.sport, ole))
	p.story(t, "About", 12, four, func(a *news.Article) { a.Kind, a.Section, a.Sections, a.Byline = news.StandingPage, 0, nil, nil })
	p.comment(t, first, "Ida", "Words.", 0)
	waiting := &news.Comment{Article: first.ID, Name: "Ole", Email: "o@mail.example", Text: "More words."}
	must(t, p.PostComment(ctx, waiting))
	p.readAll(t)
	made.take()
	p.readAll(t)
	if again := made.take(); len(again) > 0 {
		t.Fatalf("made though nothing has changed: %v", again)
	}

	const archives = "archive /2026/?, archive /2026/07/?, archive /2026/07/04/?, "
	const lists = archives + "feed, front, people, problem 404, "
	const frames = "header, footer, front, section 1, section 2, section 3, problem 404"
	sport := *p.sport
	for _, c := range []struct {
		name string
		do   func() error
		want string
	}{
		{"publishing in Europe", func() error { p.story(t, "Five", 13, four, in(p.europe, p.anna)); return nil },
			lists + "article 6, check-also 6, comments 6, form 6, check-also 1, check-also 2, feed 1, feed 3, section 1, section 3, person 1"},
		{"a comment approved", func() error { return p.ApproveComment(ctx, "Anna", waiting.ID) }, "comments 1"},
		{"a comment posted", func() error {
			return p.PostComment(ctx, &news.Comment{Article: 1, Name: "Ida", Email: "i@mail.example", Text: "Even more."})
		}, ""},
		{"the menu at the end", func() error {
			return p.ChangeMenu(ctx, "Anna", news.Menu{Name: news.FooterMenu, Items: []news.MenuItem{{Target: news.Target{Noun: news.ArticleNoun, ID: 5}}}})
		}, "footer"},
		{"the front page arranged", func() error { return p.Pin(ctx, "Anna", 0, "lead", first.ID, time.Time{}) }, "front"},
		{"a section arranged by hand", func() error { return p.Pin(ctx, "Anna", p.europe.ID, "lead", first.ID, time.Time{}) }, "section 3"},
		{"an arrangement taken back", func() error { return p.RestoreFront(ctx, "Anna", p.europe.ID, 1, 0) }, "section 3"},
		{"an arrangement planned", func() error {
			_, err := p.ScheduleFront(ctx, "Anna", &news.Front{Section: p.europe.ID, Version: 2}, p.now.Add(time.Hour))
			return err
		}, ""},
		{"a section created", func() error { return p.CreateSection(ctx, "Anna", &news.Section{Name: "Arts"}) }, frames + ", section 4, feed 4"},
		{"a section moved among its siblings", func() error {
			sport.Position = 9
			return p.ChangeSection(ctx, "Anna", sport)
		}, frames + ", section 4"},
		{"a section renamed", func() error {
			sport.Name, sport.Version = "Games", sport.Version+1
			return p.ChangeSection(ctx, "Anna", sport)
		}, archives + frames + ", section 4, article 3, article 4, check-also 3, check-also 4, feed, feed 2, person 2, topic 2"},
		{"a correction", func() error { return p.Correct(ctx, "Anna", &news.Correction{Article: first.ID, Text: "Seven."}) }, "article 1, corrections"},
		{"a correction amended", func() error { return p.AmendCorrection(ctx, "Anna", 1, 1, "Eight.") }, "article 1, corrections"},
		{"a topic retired", func() error { return p.RetireTopic(ctx, "Anna", quiet.ID, quiet.Version, true) }, "article 3, topic 2"},
		{"a person changed", func() error {
			ole.Name = "Ole Dahl"
			return p.ChangePerson(ctx, "Anna", *ole)
		}, "article 3, article 4, feed, feed 2, people, person 2"},
	} {
		must(t, c.do())
		p.readAll(t)
		want := slices.DeleteFunc(strings.Split(c.want, ", "), func(s string) bool { return s == "" })
		slices.Sort(want)
		if got := made.take(); !slices.Equal(got, want) {
			t.Errorf("%s has these pieces fall:\n%s\nwant\n%s", c.name, strings.Join(got, ", "), strings.Join(want, ", "))
		}
	}
}
