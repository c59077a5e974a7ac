package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// FillArchive puts n generated articles into an empty store, for measuring. tell
// is called now and then with how many there are.
func FillArchive(ctx context.Context, d *desk.Desk, n int, now time.Time, address string, tell func(done int)) error {
	source, err := d.ImportSource(ctx, "demo", source)
	if err != nil {
		return err
	}
	err = d.ChangeSettings(ctx, who, func(s *news.Settings) error {
		s.Title, s.Tagline, s.Address = "The Archive", fmt.Sprintf("%d generated articles, for measuring", n), address
		return nil
	})
	if err != nil {
		return err
	}
	sections, topics, people := map[string]news.SectionID{}, map[string]news.TopicID{}, map[string]news.PersonID{}
	for i, slug := range ArchiveSections {
		s := news.Section{Name: strings.ToUpper(slug[:1]) + slug[1:], Slug: slug, Position: i}
		if err := d.CreateSection(ctx, who, &s); err != nil {
			return err
		}
		sections[slug] = s.ID
	}
	archive := NewArchive(now)
	const batch = 200
	for from := 0; from < n; from += batch {
		var items []desk.ImportItem
		for i := from; i < min(from+batch, n); i++ {
			g := archive.Article(i)
			a := news.Article{Kind: news.Story, State: news.Published, Language: "en", Headline: g.Headline, Slug: g.Slug, Section: sections[g.Section],
				Sections: []news.SectionID{sections[g.Section]}, Body: body(g.HTML), Comments: news.CommentsModerated, Published: g.Published,
				Path: fmt.Sprintf("/%s/%s/", g.Published.Format("2006/01/02"), g.Slug)}
			for _, slug := range g.Topics {
				if topics[slug] == 0 {
					t := news.Topic{Name: slug, Slug: slug}
					if err := d.CreateTopic(ctx, who, &t); err != nil {
						return err
					}
					topics[slug] = t.ID
				}
				if id := topics[slug]; !slices.Contains(a.Topics, id) {
					a.Topics = append(a.Topics, id)
				}
			}
			if people[g.Author] == 0 {
				p := news.Person{Name: g.Author, Slug: g.Author}
				if err := d.CreatePerson(ctx, who, &p); err != nil {
					return err
				}
				people[g.Author] = p.ID
			}
			a.Byline = []news.Credit{{Person: people[g.Author]}}
			it := desk.ImportItem{OldID: fmt.Sprint(i), Hash: "generated", Article: a}
			for k, text := range g.Comments {
				it.Comments = append(it.Comments, desk.ImportComment{OldID: int64(i*len(g.Comments) + k + 1), Comment: news.Comment{Kind: news.ReaderComment,
					State: news.Approved, Name: "Reader", Text: text, Posted: g.Published.Add(time.Duration(k+1) * time.Minute)}})
			}
			items = append(items, it)
		}
		if _, err := d.ImportArticles(ctx, source, items); err != nil {
			return err
		}
		tell(min(from+batch, n))
	}
	return nil
}
