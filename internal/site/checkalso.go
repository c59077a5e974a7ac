package site

import (
	"context"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
)

const checkAlsoKind = "check-also"

// CheckAlso is the box that leads on to one other article. Card is nil when
// there is none.
type CheckAlso struct {
	L    *locale.Locale
	Card *Card
}

func (s *Site) loadCheckAlso(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		box := CheckAlso{L: r.l}
		t, err := r.another(ctx, news.ArticleID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		if t != nil {
			const length = 150 // characters: two or three lines
			t.Summary = richtext.Shorten(t.Summary, length)
			cards, err := r.cards(ctx, []news.Teaser{*t})
			if err != nil {
				return page.View{}, err
			}
			box.Card = &cards[0]
		}
		return page.View{Template: "check-also", Data: box}, nil
	})
}

// another is the newest article of the same section, else of one of the topics,
// that is neither the article itself nor one that it leads to already; nil for
// none.
func (r *reading) another(ctx context.Context, id news.ArticleID) (*news.Teaser, error) {
	a, err := r.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	doc, err := richtext.Decode(a.Body)
	if err != nil {
		return nil, err
	}
	named := map[news.ArticleID]bool{id: true}
	for _, other := range doc.Articles() {
		named[news.ArticleID(other)] = true
	}
	var lists []news.Target
	if a.Section != 0 {
		lists = append(lists, news.Target{Noun: news.SectionNoun, ID: int64(a.Section)})
	}
	for _, t := range a.Topics {
		lists = append(lists, news.Target{Noun: news.TopicNoun, ID: int64(t)})
	}
	for _, l := range lists {
		candidates, err := r.Listed(ctx, l, news.Place{}, len(named)+1)
		if err != nil {
			return nil, err
		}
		for i := range candidates {
			if !named[candidates[i].ID] {
				return &candidates[i], nil
			}
		}
	}
	return nil, nil
}
