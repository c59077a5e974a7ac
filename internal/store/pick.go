package store

import (
	"context"
	"math"
	"strings"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	topicNames     = `select id, name from topic where retired = 0 order by name, id limit $1`
	personNames    = `select id, name from person order by name, id limit $1`
	picturesBefore = pictureColumns + ` where p.id < $1 order by p.id desc limit $2`
)

// Named is a thing to be chosen by its name.
type Named struct {
	ID   int64
	Name string
}

func namedFields(n *Named) []any { return []any{&n.ID, &n.Name} }

// TopicNames returns up to n topics in use, for a form; a face puts them in the
// order of its language.
func (r Reader) TopicNames(ctx context.Context, n int) ([]Named, error) {
	return db.All(ctx, r.s, namedFields, topicNames, n)
}

// PersonNames is TopicNames of people with and without articles.
func (r Reader) PersonNames(ctx context.Context, n int) ([]Named, error) {
	return db.All(ctx, r.s, namedFields, personNames, n)
}

// FindPictures returns up to n pictures whose name, title, texts or credit hold
// words that begin with those asked for, the newest first; without any word, the
// newest. It looks through the newest 5,000.
func (r Reader) FindPictures(ctx context.Context, words string, n int) ([]news.Picture, error) {
	const most, atOnce = 5000, 250
	wanted := headlinePatterns(words)
	var found []news.Picture
	before := int64(math.MaxInt64)
	for seen := 0; seen < most && len(found) < n; seen += atOnce {
		list, err := db.All(ctx, r.s, pictureFields, picturesBefore, before, atOnce)
		if err != nil {
			return nil, err
		}
		for i := range list {
			p := &list[i]
			if len(found) < n && p.Image() && !p.Ended && holdsAll(headlineWords(p.Name+" "+p.Title+" "+p.Alt+" "+p.Caption+" "+p.Credit), wanted) {
				found = append(found, *p)
			}
			before = int64(p.ID)
		}
		if len(list) < atOnce {
			break
		}
	}
	return found, nil
}

// holdsAll reports whether words match all patterns.
func holdsAll(words string, patterns []string) bool {
	for _, p := range patterns {
		if !strings.Contains(words, strings.Trim(p, "%")) {
			return false
		}
	}
	return true
}
