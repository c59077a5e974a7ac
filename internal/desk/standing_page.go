package desk

import (
	"context"
	"slices"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// mostPages is how many standing pages are put in order at once.
const mostPages = 2000

// OrderPages puts the standing pages directly below one (0: those at the top) in the
// order of ids, which are all of them: else somebody has made or moved one meanwhile,
// and it is a Conflict.
func (d *Desk) OrderPages(ctx context.Context, who Who, parent news.ArticleID, ids []news.ArticleID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		all, err := tx.StandingPages(ctx, mostPages)
		if err != nil {
			return err
		}
		var have []news.ArticleID
		for _, p := range all {
			if p.Parent == parent {
				have = append(have, p.ID)
			}
		}
		if slices.Equal(have, ids) && len(ids) > 0 {
			return nil
		}
		given := slices.Clone(ids)
		slices.Sort(have)
		slices.Sort(given)
		if !slices.Equal(have, given) || len(ids) == 0 {
			return fault.New(fault.Conflict, "somebody else has made or moved a page meanwhile")
		}
		if err := tx.OrderPages(ctx, parent, ids); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "order", news.Target{Noun: news.ArticleNoun, ID: int64(parent)}, "")
	})
}

// deepestPage is how far standing pages may stand below each other.
const deepestPage = 8

// checkPlace refuses a place of a standing page that it did not have before and can't
// have: below what is no standing page, below itself, or too far down.
func checkPlace(ctx context.Context, tx *store.Tx, before news.ArticleID, a *news.Article) error {
	if a.Parent == before || a.Parent == 0 {
		return nil
	}
	wrong := func(problem news.FieldProblem) error {
		return wrongFields("a standing page can't stand there", map[string]news.FieldProblem{"parent": problem})
	}
	for id, depth := a.Parent, 0; id != 0; depth++ {
		above, err := tx.ArticleHead(ctx, id)
		switch {
		case fault.Is(err, fault.NotFound) && depth == 0 || err == nil && (above.Kind != news.StandingPage || a.Kind != news.StandingPage):
			return wrong(news.NotThere)
		case fault.Is(err, fault.NotFound):
			return nil
		case err != nil:
			return err
		case id == a.ID:
			return wrong(news.BelowItself)
		case depth > deepestPage:
			return wrong(news.TooMany)
		}
		id = above.Parent
	}
	return nil
}
