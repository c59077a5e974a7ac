package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// AddNote stores a note to colleagues at an article, or an answer to one, and gives
// it its id. The article stays as it is, with its version: who writes in it is not
// disturbed. What can't be stored is a fault of kind Invalid whose Fields are
// [news.FieldProblem].
func (d *Desk) AddNote(ctx context.Context, who Who, n *news.Note) error {
	if wrong := n.Check(); wrong != nil {
		return wrongFields("this note can't be stored", wrong)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if _, err := tx.ArticleHead(ctx, n.Article); err != nil {
			return err
		}
		all, err := tx.Notes(ctx, n.Article)
		if err != nil {
			return err
		}
		if len(all) >= news.MostNotes {
			return wrongFields("this article has too many notes", map[string]news.FieldProblem{"notes": news.TooMany})
		}
		verb := "note"
		if n.Parent != 0 {
			verb = "answer note"
			if err := answers(all, n.Parent); err != nil {
				return err
			}
		}
		n.Made = now
		if err := tx.InsertNote(ctx, n); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: news.ArticleNoun, ID: int64(n.Article)}, fmt.Sprintf("note %d", cmp.Or(n.Parent, n.ID)))
	})
}

// answers refuses an answer to what is not there, or is an answer itself.
func answers(all []news.Note, parent news.NoteID) error {
	for i := range all {
		if all[i].ID == parent && all[i].Parent == 0 {
			return nil
		}
	}
	return fault.New(fault.Invalid, "there is no note %d to answer", parent)
}

// ResolveNote says that what a note is about is settled. That it was already is no
// error.
func (d *Desk) ResolveNote(ctx context.Context, who Who, by news.StaffID, article news.ArticleID, id news.NoteID) error {
	return d.settleNote(ctx, who, "resolve note", article, id, func(tx *store.Tx, n *news.Note, now time.Time) error {
		return tx.ResolveNote(ctx, n.ID, now, by)
	})
}

// ReopenNote takes that back.
func (d *Desk) ReopenNote(ctx context.Context, who Who, article news.ArticleID, id news.NoteID) error {
	return d.settleNote(ctx, who, "reopen note", article, id, func(tx *store.Tx, n *news.Note, _ time.Time) error {
		return tx.ResolveNote(ctx, n.ID, time.Time{}, 0)
	})
}

func (d *Desk) settleNote(ctx context.Context, who Who, verb string, article news.ArticleID, id news.NoteID, settle func(*store.Tx, *news.Note, time.Time) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		n, err := tx.Note(ctx, article, id)
		if err != nil {
			return err
		}
		if n.Parent != 0 {
			return fault.New(fault.Invalid, "note %d is an answer: settle what it answers", id)
		}
		if n.Resolved.IsZero() == (verb == "reopen note") {
			return nil
		}
		if err := settle(tx, &n, now); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: news.ArticleNoun, ID: int64(article)}, fmt.Sprintf("note %d", id))
	})
}

// FollowPassages stores where the passages of an article's notes are after its text
// was saved. One whose words do not stand in the text stays where it was. It is no
// line of the log: it follows from what was saved.
func (d *Desk) FollowPassages(ctx context.Context, article news.ArticleID, now map[news.NoteID]news.Passage) error {
	if len(now) == 0 {
		return nil
	}
	return d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		a, err := tx.Article(ctx, article)
		if err != nil {
			return err
		}
		body, err := readBody(&a)
		if err != nil {
			return err
		}
		all, err := tx.Notes(ctx, article)
		if err != nil {
			return err
		}
		text := oneLine(body.Text())
		for _, n := range all {
			p, told := now[n.ID]
			probe := news.Note{Text: "x", Passage: p}
			if !told || p == n.Passage || strings.TrimSpace(p.Quote) == "" || probe.Check() != nil || !strings.Contains(text, oneLine(strings.ReplaceAll(p.Quote, "\ufffc", " "))) {
				continue
			}
			if err := tx.MoveNote(ctx, article, n.ID, p); err != nil {
				return err
			}
		}
		return nil
	})
}
