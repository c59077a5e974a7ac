// Package newsroomtest makes a paper in which there is something at every address of
// the newsroom, for tests that walk all of them: who may not come there is shown
// none of it, every form takes whatever is sent to it, no screen is forgotten. Read
// [Furnish], then [Paper.Address], which fails where an address is new and nobody has
// said what stands there.
package newsroomtest

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// Paper is a furnished paper. What it holds are words that stand nowhere else.
type Paper struct {
	World, Sport *news.Section
	Topic        *news.Topic
	Person       *news.Person
	Colleague    *news.Staff
	Inside       *news.Article // a draft in World, saved twice
	Outside      *news.Article // the same in Sport
	Public       *news.Article // of Sport, and published: readers have commented on it, it was corrected, and a change waits for it
	Live         *news.Article // likewise of World, without comments

	Secrets []string // words of what is not for everybody
	OfSport []string // those of what is in Sport and not published

	// Examples is what stands for a number or a name in an address, by the part
	// before it; Elsewhere likewise, for what belongs to Sport.
	Examples, Elsewhere map[string]string
}

// word is one that stands nowhere else.
func (p *Paper) word(what string) string {
	w := "Quorl" + what
	p.Secrets = append(p.Secrets, w)
	return w
}

// Furnish fills an empty paper by way of its desk, whose clock says now.
func Furnish(ctx context.Context, d *desk.Desk, now time.Time) (*Paper, error) {
	p := &Paper{World: &news.Section{Name: "World"}, Sport: &news.Section{Name: "Sport"}, Topic: &news.Topic{Name: "Tides"}, Person: &news.Person{Name: "Anna Bell"}}
	p.Colleague = &news.Staff{Name: p.word("colleague"), Email: "quorlmail@paper.example", Grants: []news.Grant{{Role: news.Reporter}}}
	p.Secrets = append(p.Secrets, "quorlmail")
	who := desk.Who(p.word("who"))
	steps := []func() error{
		func() error {
			return d.ChangeSettings(ctx, who, func(s *news.Settings) error { s.CommentsOpen = true; return nil })
		},
		func() error { return d.CreateSection(ctx, who, p.World) },
		func() error { return d.CreateSection(ctx, who, p.Sport) },
		func() error { return d.CreateTopic(ctx, who, p.Topic) },
		func() error { return d.CreatePerson(ctx, who, p.Person) },
		func() error {
			return d.ChangeMenu(ctx, who, news.Menu{Name: news.MainMenu, Items: []news.MenuItem{{Label: p.word("label"), URL: "/" + p.word("address") + "/"}}})
		},
		func() error { _, err := d.AddStaff(ctx, who, p.Colleague); return err },
		func() error {
			_, err := d.SignIn(ctx, p.Colleague.ID, "password", p.word("device"), "192.0.2.1")
			return err
		},
		func() (err error) { p.Inside, err = p.story(ctx, d, who, "inside", p.World); return err },
		func() (err error) {
			n := len(p.Secrets)
			p.Outside, err = p.story(ctx, d, who, "outside", p.Sport)
			p.OfSport = append(p.OfSport, p.Secrets[n:]...)
			return err
		},
		func() (err error) { p.Public, err = p.story(ctx, d, who, "public", p.Sport); return err },
		func() error { return d.Publish(ctx, who, p.Public.ID, p.Public.Version) },
		func() error { return p.comment(ctx, d) },
		func() (err error) { p.Live, err = p.story(ctx, d, who, "live", p.World); return err },
		func() error { return d.Publish(ctx, who, p.Live.ID, p.Live.Version) },
		func() error { return p.change(ctx, d, who, p.Live, "later") },
		func() error {
			n := len(p.Secrets)
			err := p.change(ctx, d, who, p.Public, "elsewhere")
			p.OfSport = append(p.OfSport, p.Secrets[n:]...)
			return err
		},
		func() error { return p.talk(ctx, d, who, p.Inside, "talk", now) },
		func() error {
			n := len(p.Secrets)
			err := p.talk(ctx, d, who, p.Outside, "talkelsewhere", now)
			p.OfSport = append(p.OfSport, p.Secrets[n:]...)
			return err
		},
		func() error { return p.front(ctx, d, who, p.World, p.Inside, now) },
		func() error { return p.front(ctx, d, who, p.Sport, p.Outside, now) },
		func() error {
			_, err := d.MakePreview(ctx, who, p.Outside.ID, 0, now.Add(24*time.Hour))
			return err
		},
		func() error {
			return d.AddPicture(ctx, who, &news.Picture{Name: "quay.jpg", Type: "image/jpeg", Width: 30, Height: 20, Blob: strings.Repeat("0", 64), Size: 100,
				Caption: p.word("caption"), Credit: p.word("credit"), Alt: p.word("alt")})
		},
	}
	for n, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("step %d: %w", n+1, err)
		}
	}
	p.Examples = map[string]string{
		"articles":  fmt.Sprint(int64(p.Inside.ID)),
		"revisions": "2",
		"staff":     fmt.Sprint(int64(p.Colleague.ID)),
		"pictures":  "1", "passkeys": "1", "sessions": "1",
		"changes": "1", "corrections": "1",
		"fronts": fmt.Sprint(int64(p.World.ID)), "plans": "1",
		"sections": "1", "topics": "1", "people": "1",
		"menus": "main", "settings": "paper", "history": "1",
	}
	p.Elsewhere = map[string]string{
		"articles": fmt.Sprint(int64(p.Outside.ID)),
		"changes":  "2",
		"fronts":   fmt.Sprint(int64(p.Sport.ID)), "plans": "2",
	}
	return p, nil
}

// talk is what colleagues say about a draft, which is given to nobody in particular
// and is late.
func (p *Paper) talk(ctx context.Context, d *desk.Desk, who desk.Who, a *news.Article, name string, now time.Time) error {
	if err := d.Assign(ctx, who, a.ID, a.Version, news.Assignment{Due: now.Add(-time.Hour), Brief: p.word(name + "brief")}); err != nil {
		return err
	}
	a.Version++
	n := &news.Note{Article: a.ID, By: p.Colleague.ID, Text: p.word(name + "note"), Passage: news.Passage{Block: 1, Quote: p.word(name + "quote")}}
	if err := d.AddNote(ctx, who, n); err != nil {
		return err
	}
	return d.AddNote(ctx, who, &news.Note{Article: a.ID, By: p.Colleague.ID, Parent: n.ID, Text: p.word(name + "answer")})
}

// story is an article with a word of its own in each field, saved twice.
func (p *Paper) story(ctx context.Context, d *desk.Desk, who desk.Who, name string, in *news.Section) (*news.Article, error) {
	body := fmt.Sprintf(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The %s votes."}]},{"type":"paragraph","content":[{"type":"text","text":"It rained on %s."}]}]}`,
		p.word(name+"body"), p.word(name+"end"))
	a := &news.Article{Kind: news.Story, Language: "en", Headline: p.word(name + "headline"), Kicker: p.word(name + "kicker"), Standfirst: p.word(name + "standfirst"), Excerpt: p.word(name + "excerpt"),
		Body: []byte(body), Comments: news.CommentsModerated, Section: in.ID, Sections: []news.SectionID{in.ID}, SearchTitle: p.word(name + "title"), RightsHolder: p.word(name + "holder"),
		Byline: []news.Credit{{Person: p.Person.ID}}, Topics: []news.TopicID{p.Topic.ID}}
	if err := d.Create(ctx, who, a); err != nil {
		return nil, err
	}
	for _, excerpt := range []string{a.Excerpt + " once more", a.Excerpt} {
		a.Excerpt = excerpt
		if err := d.Save(ctx, who, a); err != nil {
			return nil, err
		}
		a.Version++
	}
	return a, nil
}

// change has a change wait for a published article, which was corrected once.
func (p *Paper) change(ctx context.Context, d *desk.Desk, who desk.Who, a *news.Article, name string) error {
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: *a}
	c.Fields.Headline, c.Fields.Kicker = p.word(name+"headline"), p.word(name+"kicker")
	if err := d.ScheduleChange(ctx, who, c); err != nil {
		return err
	}
	return d.Correct(ctx, who, &news.Correction{Article: a.ID, Text: "It was " + p.word(name+"correction") + "."})
}

// front arranges the front of a section twice, and plans another arrangement.
func (p *Paper) front(ctx context.Context, d *desk.Desk, who desk.Who, in *news.Section, a *news.Article, now time.Time) error {
	f := &news.Front{Section: in.ID, Arrangement: news.Arrangement{ByHand: true}}
	if err := d.SaveFront(ctx, who, f); err != nil {
		return err
	}
	f.Put("lead", 0, news.Pin{Article: a.ID, Until: now.Add(24 * time.Hour)})
	if err := d.SaveFront(ctx, who, f); err != nil {
		return err
	}
	_, err := d.ScheduleFront(ctx, who, f, now.Add(24*time.Hour))
	return err
}

// comment has readers comment: one waits, one is approved and one rejected.
func (p *Paper) comment(ctx context.Context, d *desk.Desk) error {
	for i, to := range []news.CommentState{news.Held, news.Approved, news.Rejected} {
		c := &news.Comment{Article: p.Public.ID, Name: p.word(fmt.Sprint("reader", i)), Email: "r@mail.example", Text: p.word(fmt.Sprint("comment", i)) + " says one."}
		if err := d.PostComment(ctx, c); err != nil {
			return err
		}
		if to == news.Held {
			continue
		}
		if _, err := d.DecideComments(ctx, "test", []news.CommentID{c.ID}, news.Held, to); err != nil {
			return err
		}
	}
	return nil
}

var placeholder = regexp.MustCompile(`([^/]*)/\{([^}]*)\}`)

// Address makes an address of a pattern as net/http has it, with its method; GET
// where it names none. It fails where nobody has said in the examples what stands
// for a part of it.
func Address(pattern string, examples map[string]string) (method, path string, err error) {
	method, path, ok := strings.Cut(pattern, " ")
	if !ok {
		method, path = "GET", method
	}
	path = placeholder.ReplaceAllStringFunc(path, func(m string) string {
		part := placeholder.FindStringSubmatch(m)
		switch example := examples[part[1]]; {
		case part[2] == "$":
			return part[1] + "/"
		case strings.HasSuffix(part[2], "..."):
			return part[1] + "/nothing/here"
		case example == "":
			err = fmt.Errorf("%s: nobody has said what stands for {%s} after %q: a thing for it belongs into newsroomtest.Furnish, and its id into the examples", pattern, part[2], part[1])
			return m
		default:
			return part[1] + "/" + example
		}
	})
	return method, path, err
}
