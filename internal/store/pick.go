package store

import (
	"context"

	"broadsheet/internal/db"
)

const (
	topicNames  = `select id, name from topic where retired = 0 order by name, id limit $1`
	personNames = `select id, name from person where retired = 0 order by name, id limit $1`
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
