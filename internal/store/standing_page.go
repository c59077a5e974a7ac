package store

import (
	"context"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	standingPages = `
select a.id, a.parent_id, a.headline, a.state, a.language, a.version, coalesce(d.path, ''), coalesce(o.position, 1000000)
from article a
left join address d on d.noun = 'article' and d.target_id = a.id and d.state in ('current', 'reserved', 'gone')
left join page_order o on o.article_id = a.id
where a.kind = 'page' and a.state <> 'trashed'
order by coalesce(o.position, 1000000), a.headline, a.id limit $1`

	putPageOrder = `
insert into page_order (article_id, position) values ($1, $2)
on conflict (article_id) do update set position = excluded.position`
)

// StandingPageRow is a standing page in the newsroom's list.
type StandingPageRow struct {
	ID       news.ArticleID
	Parent   news.ArticleID
	Headline string
	State    news.State
	Language string
	Version  int
	Path     string
	Position int // among those below the same page
}

// StandingPages returns up to n standing pages but those in the trash, by place and
// then by headline: a paper has hundreds at most.
func (r Reader) StandingPages(ctx context.Context, n int) ([]StandingPageRow, error) {
	return db.All(ctx, r.s, func(p *StandingPageRow) []any {
		return []any{&p.ID, db.ID(&p.Parent), &p.Headline, &p.State, &p.Language, &p.Version, &p.Path, &p.Position}
	}, standingPages, n)
}

// OrderPages stores the order of the pages below one.
func (tx *Tx) OrderPages(ctx context.Context, parent news.ArticleID, ids []news.ArticleID) error {
	tx.change(news.ArticlesBelowRef(parent))
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = []any{id, i + 1}
	}
	return db.Insert(ctx, tx.s, putPageOrder, rows)
}
