package desk

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// SetStage puts a draft, as of the version that the caller has seen, into another
// of the newsroom's stages. Whether whoever asks may do that, the caller knows.
func (d *Desk) SetStage(ctx context.Context, who Who, id news.ArticleID, version int, to news.StageID) error {
	return d.write(ctx, who, "stage", id, version, func(ctx context.Context, tx *store.Tx, a *news.Article, _ time.Time) error {
		stages, err := tx.Stages(ctx)
		if err != nil {
			return err
		}
		if !stages.Has(to) {
			return fault.New(fault.Invalid, "there is no stage %d (any more)", to)
		}
		if err := a.Enter(to); err != nil {
			return fault.Wrap(fault.Invalid, err, "it can't be moved to another stage")
		}
		return nil
	})
}

// mayLeave is the rule of what is published or scheduled: its stage lets it go.
func mayLeave(ctx context.Context, tx *store.Tx, a *news.Article) error {
	stages, err := tx.Stages(ctx)
	if err != nil {
		return err
	}
	if err := a.Leave(&stages); err != nil {
		return fault.Wrap(fault.Invalid, err, "it is in a stage from which nothing is published")
	}
	return nil
}

// standing is where an article stands, for the log: its state, and of a draft the
// stage.
func standing(a *news.Article, stages *news.Stages) string {
	if st := stages.Of(a.Stage); a.State == news.Draft {
		return st.Called()
	}
	return string(a.State)
}

// ChangeStages stores the newsroom's stages, as of the version that the caller has
// seen. What can't be stored is a fault of kind Invalid whose Fields are as those of
// [news.Stages.Check].
func (d *Desk) ChangeStages(ctx context.Context, who Who, version int, change func(*news.Stages) error) error {
	return d.changeStages(ctx, who, "change", version, func(_ context.Context, _ *store.Tx, s *news.Stages) (string, error) {
		return "", change(s)
	})
}

// RemoveStage takes a stage away and puts its articles into another.
func (d *Desk) RemoveStage(ctx context.Context, who Who, version int, id, to news.StageID) error {
	return d.changeStages(ctx, who, "remove", version, func(ctx context.Context, tx *store.Tx, s *news.Stages) (string, error) {
		old := s.Of(id)
		if err := s.Remove(id); err != nil {
			return "", fault.Wrap(fault.Invalid, err, "this stage can't be taken away")
		}
		if !s.Has(to) {
			return "", fault.New(fault.Invalid, "there is no stage %d (any more)", to)
		}
		heir := s.Of(to)
		n, err := tx.MoveStage(ctx, id, to)
		return fmt.Sprintf("%s -> %s, %d articles", old.Called(), heir.Called(), n), err
	})
}

func (d *Desk) changeStages(ctx context.Context, who Who, verb string, version int, change func(context.Context, *store.Tx, *news.Stages) (string, error)) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Stages(ctx)
		if err != nil {
			return err
		}
		if s.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed the stages meanwhile")
		}
		before := calledStages(&s)
		detail, err := change(ctx, tx, &s)
		if err != nil {
			return err
		}
		if wrong := s.Check(); wrong != nil {
			return wrongFields("these stages can't be used", wrong)
		}
		s.Version++
		if err := tx.PutStages(ctx, s); err != nil {
			return err
		}
		if detail == "" {
			detail = before + " -> " + calledStages(&s)
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: "stages"}, detail)
	})
}

// calledStages are the names of all stages, for the log.
func calledStages(s *news.Stages) string {
	text := ""
	for i, st := range s.List {
		if i > 0 {
			text += ", "
		}
		text += st.Called()
	}
	return text
}
