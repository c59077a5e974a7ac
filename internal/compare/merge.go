package compare

import (
	"bytes"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// Side is one of two texts that were made of the same one.
type Side int

// The sides. Both takes a stretch of the body of either, mine first.
const (
	Mine Side = iota
	Theirs
	Both
)

// Merged is two articles put together that were made of the same one. What one
// side alone has changed is in Article, what both have changed alike, too; of the
// rest, which is in Conflicts, Article has mine.
type Merged struct {
	Article   news.Article
	Taken     []string // the names of the fields that are theirs; "body" for a part of it
	Conflicts []Conflict

	mine, theirs news.Article
	whole        []byte // the body, where one side alone has changed it
	parts        []part // of the body, where both have

	bodyConflicts int
}

// Conflict is something that both sides have changed, each in another way. Base
// is what it was. For a field these are its words, with ids as numbers; for a
// stretch of the body the words of its blocks.
type Conflict struct {
	Name               string // of the field; for the body "body-1", "body-2" and so on, from its beginning
	Base, Mine, Theirs string

	MineBlocks, TheirBlocks []*richtext.Node // of the body; either may be none: taken away
}

// Body reports whether the conflict is in the body.
func (c *Conflict) Body() bool { return strings.HasPrefix(c.Name, bodyPrefix) }

const bodyPrefix = "body-"

// part is a stretch of the body. Its sides are the same but for a conflict.
type part struct {
	conflict     string // its name; "" for none
	mine, theirs []*richtext.Node
}

// Merge puts together two articles that were made of base: field by field, and
// the body block by block. What no form changes (state, address, version) is
// theirs: it is the newer text in the store.
func Merge(base, mine, theirs *news.Article) (*Merged, error) {
	m := &Merged{Article: *theirs, mine: *mine, theirs: *theirs}
	for _, f := range fields {
		switch {
		case f.equal(mine, theirs):
		case f.equal(base, mine):
			m.Taken = append(m.Taken, f.name)
		case f.equal(base, theirs):
			f.copy(&m.Article, mine)
		default:
			f.copy(&m.Article, mine)
			m.Conflicts = append(m.Conflicts, Conflict{Name: f.name, Base: f.text(base), Mine: f.text(mine), Theirs: f.text(theirs)})
		}
	}
	switch {
	case bytes.Equal(mine.Body, theirs.Body), bytes.Equal(base.Body, theirs.Body):
		m.whole = mine.Body
	case bytes.Equal(base.Body, mine.Body):
		m.whole, m.Taken = theirs.Body, append(m.Taken, "body")
	default:
		if err := m.mergeBodies(base.Body, mine.Body, theirs.Body); err != nil {
			return nil, err
		}
	}
	m.Article.Body = m.body(func(string) Side { return Mine })
	return m, nil
}

// Resolve is the article with each conflict decided by take, which is asked by the
// conflict's name. Both stands for Mine where it is a field.
func (m *Merged) Resolve(take func(conflict string) Side) news.Article {
	a := m.Article
	for _, c := range m.Conflicts {
		for _, f := range fields {
			if f.name == c.Name && take(c.Name) == Theirs {
				f.copy(&a, &m.theirs)
			}
		}
	}
	a.Body = m.body(take)
	return a
}

func (m *Merged) body(take func(conflict string) Side) []byte {
	if m.parts == nil {
		return m.whole
	}
	var doc richtext.Doc
	for _, p := range m.parts {
		side := Mine
		if p.conflict != "" {
			side = take(p.conflict)
		}
		if side != Theirs {
			doc.Blocks = append(doc.Blocks, p.mine...)
		}
		if p.conflict != "" && side != Mine {
			doc.Blocks = append(doc.Blocks, p.theirs...)
		}
	}
	return doc.Encode()
}
