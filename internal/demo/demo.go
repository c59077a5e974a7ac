package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"

	"golang.org/x/sync/errgroup"
)

// source is the name under which the sample paper's things are known in the
// store, as those of an old site are after an import.
const source = "https://demo.invalid"

// Fill puts the sample paper into an empty store, through the desk like
// everything else. The dates are counted back from now; address is where the
// paper stands, as "http://localhost:8080".
func Fill(ctx context.Context, d *desk.Desk, s *store.Store, disk *media.Disk, now time.Time, address string) error {
	p, err := Load(now)
	if err != nil {
		return err
	}
	f := &filler{paper: p, desk: d, store: s, disk: disk, now: now, sections: map[string]news.SectionID{}, topics: map[string]news.TopicID{},
		people: map[string]news.PersonID{}, pictures: map[string]news.PictureID{}, articles: map[string]news.ArticleID{}}
	if f.source, err = d.ImportSource(ctx, "demo", source); err != nil {
		return err
	}
	p.Settings.Address = address
	for _, step := range []func(context.Context) error{f.settings, f.addPictures, f.addTerms, f.addArticles, f.complete, f.correct, f.translations, f.addMenus} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("filling the sample paper: %w", err)
		}
	}
	return nil
}

// filler remembers the ids of what it has stored, by slug.
type filler struct {
	paper    *Paper
	desk     *desk.Desk
	store    *store.Store
	disk     *media.Disk
	now      time.Time
	source   store.SourceID
	sections map[string]news.SectionID
	topics   map[string]news.TopicID
	people   map[string]news.PersonID
	pictures map[string]news.PictureID
	articles map[string]news.ArticleID
}

const who desk.Who = "the sample paper"

func (f *filler) settings(ctx context.Context) error {
	return f.desk.ChangeSettings(ctx, who, func(s *news.Settings) error {
		*s = f.paper.Settings
		return nil
	})
}

// addPictures draws the pictures on all processors and adds them in their order.
func (f *filler) addPictures(ctx context.Context) error {
	drawn := make([]news.Picture, len(f.paper.Pictures))
	g, ctx2 := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range f.paper.Pictures {
		g.Go(func() (err error) {
			drawn[i], err = f.draw(ctx2, &f.paper.Pictures[i])
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, p := range f.paper.Pictures {
		if err := f.desk.AddPicture(ctx, who, &drawn[i]); err != nil {
			return err
		}
		f.pictures[p.Slug] = drawn[i].ID
	}
	return nil
}

// draw keeps the file of one picture.
func (f *filler) draw(ctx context.Context, p *Picture) (kept news.Picture, err error) {
	const max = 8 << 20
	b, err := p.JPEG()
	if err != nil {
		return kept, err
	}
	if kept, err = f.disk.Keep(ctx, p.FileName(), bytes.NewReader(b), max); err != nil {
		return kept, err
	}
	kept.Path, kept.Title, kept.Alt, kept.Caption, kept.Credit = "/pictures/"+p.FileName(), p.Title, p.Alt, p.Caption, p.Credit
	kept.Rights, kept.Source = "© "+f.paper.Settings.Title+". All rights, for ever.", "Drawn for the paper"
	return kept, nil
}

func (f *filler) addTerms(ctx context.Context) error {
	for i, s := range f.paper.Sections {
		n := news.Section{Parent: f.sections[s.Parent], Name: s.Name, Slug: s.Slug, Description: s.Description, Position: i}
		if err := f.desk.CreateSection(ctx, who, &n); err != nil {
			return err
		}
		f.sections[s.Slug] = n.ID
	}
	for _, t := range f.paper.Topics {
		n := news.Topic{Name: t.Name, Slug: t.Slug, Description: t.Description}
		if err := f.desk.CreateTopic(ctx, who, &n); err != nil {
			return err
		}
		f.topics[t.Slug] = n.ID
	}
	for _, p := range f.paper.People {
		n := news.Person{Name: p.Name, Slug: p.Slug, Email: p.Email, Biography: p.Biography, Picture: f.pictures[p.Picture]}
		if err := f.desk.CreatePerson(ctx, who, &n); err != nil {
			return err
		}
		f.people[p.Slug] = n.ID
	}
	return nil
}

func (f *filler) addArticles(ctx context.Context) error {
	var items []desk.ImportItem
	comments := f.comments()
	all, err := f.store.Sections(ctx)
	if err != nil {
		return err
	}
	for i := range f.paper.Articles {
		a := &f.paper.Articles[i]
		n := f.article(a)
		if n.State == news.Published {
			n.Path = f.paper.Settings.NewArticlePath(&n, all.Line(n.Section), n.Published)
		}
		item := f.item(a.Slug, n, comments[a.Slug])
		item.Pinned = a.Pinned
		items = append(items, item)
	}
	for _, p := range f.paper.Pages {
		n := news.Article{Kind: news.StandingPage, State: news.Published, Language: f.paper.Settings.Language, Headline: p.Headline, Standfirst: p.Standfirst,
			Slug: p.Slug, Path: "/" + p.Slug + "/", Body: body(p.Body), Comments: news.CommentsClosed, Published: f.now.AddDate(-4, 0, 0)}
		items = append(items, f.item(p.Slug, n, nil))
	}
	results, err := f.desk.ImportArticles(ctx, f.source, items)
	if err != nil {
		return err
	}
	for _, r := range results {
		f.articles[r.OldID] = r.ID
		if r.Collision != nil {
			return fmt.Errorf("two things want the address %s", r.Collision.Path)
		}
	}
	return nil
}

func (f *filler) item(slug string, a news.Article, comments []desk.ImportComment) desk.ImportItem {
	return desk.ImportItem{OldID: slug, Hash: slug, CommentsHash: slug, Article: a, Comments: comments, Open: []store.OpenReference{{Kind: store.OpenBody}}}
}

func (f *filler) article(a *Article) news.Article {
	n := news.Article{Kind: news.Story, State: a.State, Language: a.Language, Genre: a.Genre, Sponsor: a.Sponsor, Kicker: a.Kicker, Headline: a.Headline, Standfirst: a.Standfirst, Slug: a.Slug,
		Section: f.sections[a.Section], Sections: []news.SectionID{f.sections[a.Section]}, Body: body(a.Body), LeadPicture: f.pictures[a.Picture],
		Source: a.Source, Comments: a.Comments, Created: f.now, Published: a.Published, Updated: a.Updated, Scheduled: a.Scheduled}
	for _, s := range a.AlsoIn {
		n.Sections = append(n.Sections, f.sections[s])
	}
	for _, t := range a.Topics {
		n.Topics = append(n.Topics, f.topics[t])
	}
	for _, c := range a.Byline {
		n.Byline = append(n.Byline, news.Credit{Person: f.people[c.Person], Role: c.Role})
	}
	return n
}

func body(html string) []byte {
	doc, _ := richtext.FromHTML(html) // a test holds that it has no notes
	return doc.Encode()
}

// comments are the paper's, by the article's slug, with numbers for their names.
func (f *filler) comments() map[string][]desk.ImportComment {
	ids := map[string]int64{}
	for i, c := range f.paper.Comments {
		ids[c.ID] = int64(i + 1)
	}
	all := map[string][]desk.ImportComment{}
	for _, c := range f.paper.Comments {
		all[c.Article] = append(all[c.Article], desk.ImportComment{OldID: ids[c.ID], OldParent: ids[c.Parent], Comment: news.Comment{
			Kind: news.ReaderComment, State: c.State, Name: c.Name, Email: c.Email, Text: c.Text, Posted: c.Posted}})
	}
	return all
}

// complete puts ids for the slugs that bodies name.
func (f *filler) complete(ctx context.Context) error {
	find := func(_ context.Context, _ store.Reader, l richtext.Link) (t news.Target, ok, own bool, err error) {
		if slug, named := strings.CutPrefix(l.Href, Reference); named {
			id := f.articles[slug]
			return news.Target{Noun: news.ArticleNoun, ID: int64(id)}, id != 0, true, nil
		}
		if slug, named := strings.CutPrefix(l.Src, Reference); named {
			id := f.pictures[slug]
			return news.Target{Noun: news.PictureNoun, ID: int64(id)}, id != 0, true, nil
		}
		return t, false, false, nil
	}
	none := func(context.Context, store.Reader, news.Noun, string) (news.Target, bool, error) {
		return news.Target{}, false, errors.New("the sample paper has no old ids")
	}
	for after := news.ArticleID(0); ; {
		c, err := f.desk.CompleteImport(ctx, f.source, after, 100, find, none)
		if err != nil {
			return err
		}
		if len(c.Rest) > 0 {
			return fault.New(fault.Invalid, "%v names %s, which is not there", c.Rest[0].Article, c.Rest[0].What)
		}
		if c.Next == 0 {
			return nil
		}
		after = c.Next
	}
}

// correct puts the corrections beneath their articles.
func (f *filler) correct(ctx context.Context) error {
	for _, a := range f.paper.Articles {
		for _, c := range a.Corrections {
			c.Article = f.articles[a.Slug]
			if err := f.desk.Correct(ctx, who, &c); err != nil {
				return err
			}
		}
	}
	return nil
}

// translations joins each translation with its original.
func (f *filler) translations(ctx context.Context) error {
	for _, a := range f.paper.Articles {
		if a.Original == "" {
			continue
		}
		stored, err := f.store.ArticleHead(ctx, f.articles[a.Slug])
		if err != nil {
			return err
		}
		if err := f.desk.JoinTranslation(ctx, who, stored.ID, stored.Version, f.articles[a.Original]); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) addMenus(ctx context.Context) error {
	for _, m := range f.paper.Menus {
		there, err := f.store.Menu(ctx, m.Name)
		if err != nil {
			return err
		}
		there.Items = f.items(m.Items)
		if err := f.desk.ChangeMenu(ctx, who, there); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) items(list []MenuItem) []news.MenuItem {
	var out []news.MenuItem
	for _, i := range list {
		n := news.MenuItem{Label: i.Label, URL: i.URL, Items: f.items(i.Items)}
		switch {
		case i.Section != "":
			n.Target = news.Target{Noun: news.SectionNoun, ID: int64(f.sections[i.Section])}
		case i.Topic != "":
			n.Target = news.Target{Noun: news.TopicNoun, ID: int64(f.topics[i.Topic])}
		case i.Page != "":
			n.Target = news.Target{Noun: news.ArticleNoun, ID: int64(f.articles[i.Page])}
		}
		out = append(out, n)
	}
	return out
}
