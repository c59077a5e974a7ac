package site

import (
	"context"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const topicKind = "topic"

// Topic is a topic's page.
type Topic struct {
	Frame
	Crumbs      []Link
	Name        string
	Description string
	List        List
}

func (s *Site) loadTopic(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		t, err := r.Topic(ctx, news.TopicID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		path := urlPath(t.Path)
		v := Topic{Frame: r.frame("topic", t.Name, path), Name: t.Name, Description: t.Description,
			Crumbs: []Link{{Text: r.l.Word("home"), URL: "/"}, {Text: t.Name}}}
		v.Frame.Description = t.Description
		v.Data = []any{breadcrumbs(r.settings, v.Crumbs, path)}
		v.List, err = r.listed(ctx, news.Target{Noun: news.TopicNoun, ID: k.ID}, path, k.Rest)
		v.list(k.Rest)
		return page.View{Template: "topic", Data: v, Pieces: r.pieces(k, nil)}, err
	})
}
