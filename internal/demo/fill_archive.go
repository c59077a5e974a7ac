package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// Filling says what an archive for measuring is like.
type Filling struct {
	Articles int
	Comments int       // on each article, five at most
	End      time.Time // when the newest article appeared
	Address  string    // of the paper, without a slash at the end
}

// archiveBatch is how many articles go into the store at once: nobody waits for it
// meanwhile.
const archiveBatch = 500

// FillArchive puts generated articles into an empty store, for measuring, oldest
// first, as a paper would have written them. tell is called now and then with how
// many there are.
func FillArchive(ctx context.Context, d *desk.Desk, f Filling, tell func(done int)) error {
	source, err := d.ImportSource(ctx, "demo", source)
	if err != nil {
		return err
	}
	err = d.ChangeSettings(ctx, who, func(s *news.Settings) error {
		s.Title, s.Tagline, s.Address = "The Archive", fmt.Sprintf("%d generated articles, for measuring", f.Articles), f.Address
		return nil
	})
	if err != nil {
		return err
	}
	a := archiveFiller{desk: d, source: source, sections: map[string]news.SectionID{}, topics: map[string]news.TopicID{}, people: map[string]news.PersonID{}}
	for i, slug := range ArchiveSections {
		s := news.Section{Name: strings.ToUpper(slug[:1]) + slug[1:], Slug: slug, Position: i}
		if err := d.CreateSection(ctx, who, &s); err != nil {
			return err
		}
		a.sections[slug] = s.ID
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := 0
	for batch := range f.batches(ctx) {
		written := <-batch
		if err := a.put(ctx, written); err != nil {
			return err
		}
		done += len(written)
		tell(done)
	}
	return ctx.Err()
}

// written is a generated article whose body was read.
type written struct {
	Generated
	body    []byte
	summary string
}

// batches writes the articles in the background, a few batches ahead, each on a
// processor of its own, and sends them in their order.
func (f Filling) batches(ctx context.Context) <-chan chan []written {
	const ahead = 2
	archive := NewArchive(f.End)
	out := make(chan chan []written, ahead)
	go func() {
		defer close(out)
		for from := 0; from < f.Articles; from += archiveBatch {
			batch := make(chan []written, 1)
			select {
			case out <- batch:
			case <-ctx.Done():
				return
			}
			go func() {
				var list []written
				for i := from; i < min(from+archiveBatch, f.Articles); i++ {
					g := archive.Article(f.Articles - 1 - i)
					g.Comments = g.Comments[:min(f.Comments, len(g.Comments))]
					doc, _ := richtext.FromHTML(g.HTML) // of our own: there is nothing to note
					list = append(list, written{g, doc.Encode(), desk.Summary(&news.Article{}, doc)})
				}
				batch <- list
			}()
		}
	}()
	return out
}

// archiveFiller puts articles into the store, with what they name.
type archiveFiller struct {
	desk   *desk.Desk
	source store.SourceID

	sections map[string]news.SectionID
	topics   map[string]news.TopicID
	people   map[string]news.PersonID
}

func (f *archiveFiller) put(ctx context.Context, list []written) error {
	items := make([]desk.ImportItem, 0, len(list))
	for _, g := range list {
		a := news.Article{Kind: news.Story, State: news.Published, Language: "en", Headline: g.Headline, Slug: g.Slug, Section: f.sections[g.Section],
			Sections: []news.SectionID{f.sections[g.Section]}, Body: g.body, Summary: g.summary, Comments: news.CommentsModerated, Published: g.Published,
			Path: g.Path()}
		for _, slug := range g.Topics {
			id, err := f.topic(ctx, slug)
			if err != nil {
				return err
			}
			if !slices.Contains(a.Topics, id) {
				a.Topics = append(a.Topics, id)
			}
		}
		author, err := f.author(ctx, g.Author)
		if err != nil {
			return err
		}
		a.Byline = []news.Credit{{Person: author}}
		it := desk.ImportItem{OldID: fmt.Sprint(g.Number), Hash: "generated", Article: a}
		for k, text := range g.Comments {
			it.Comments = append(it.Comments, desk.ImportComment{OldID: int64(g.Number*len(g.Comments) + k + 1), Comment: news.Comment{Kind: news.ReaderComment,
				State: news.Approved, Name: "Reader", Text: text, Posted: g.Published.Add(time.Duration(k+1) * time.Minute)}})
		}
		items = append(items, it)
	}
	_, err := f.desk.ImportArticles(ctx, f.source, items)
	return err
}

func (f *archiveFiller) topic(ctx context.Context, slug string) (news.TopicID, error) {
	if f.topics[slug] == 0 {
		t := news.Topic{Name: slug, Slug: slug}
		if err := f.desk.CreateTopic(ctx, who, &t); err != nil {
			return 0, err
		}
		f.topics[slug] = t.ID
	}
	return f.topics[slug], nil
}

func (f *archiveFiller) author(ctx context.Context, slug string) (news.PersonID, error) {
	if f.people[slug] == 0 {
		p := news.Person{Name: slug, Slug: slug}
		if err := f.desk.CreatePerson(ctx, who, &p); err != nil {
			return 0, err
		}
		f.people[slug] = p.ID
	}
	return f.people[slug], nil
}
