package store

import (
	"context"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

const (
	planColumns = `select id, section_id, based_on, at, state, made_at, made_by, arrangement from front_plan`
	planByID    = planColumns + ` where id = $1`
	plansOpen   = planColumns + ` order by at, id limit $1`
	plansOf     = planColumns + ` where section_id = $1 order by at, id limit $2`
	plansDue    = planColumns + ` where state = 'waiting' and at <= $1 order by at, id limit $2`

	insertPlan = `
insert into front_plan (id, section_id, based_on, at, state, made_at, made_by, arrangement) values ($1, $2, $3, $4, 'waiting', $5, $6, $7)`
	takePlan   = `delete from front_plan where id = $1 and state = 'waiting'`
	failPlan   = `update front_plan set state = 'failed' where id = $1 and state = 'waiting'`
	deletePlan = `delete from front_plan where id = $1`

	frontPreviewByHash = `select hash, section_id, staff_id, ends_at, arrangement from front_preview where hash = $1`
	dropFrontPreview   = `delete from front_preview where section_id = $1 and staff_id = $2`
	insertFrontPreview = `insert into front_preview (hash, section_id, staff_id, ends_at, arrangement) values ($1, $2, $3, $4, $5)`
	endFrontPreviews   = `delete from front_preview where ends_at <= $1`
)

func planFields(p *news.FrontPlan) []any {
	return []any{&p.ID, &p.Section, &p.BasedOn, (*db.Millis)(&p.At), &p.State, (*db.Millis)(&p.Made), &p.By, arranged{&p.Arrangement}}
}

// FrontPlan returns a plan, or a fault of kind NotFound.
func (r Reader) FrontPlan(ctx context.Context, id int64) (news.FrontPlan, error) {
	return db.One(ctx, r.s, planFields, planByID, id)
}

// FrontPlans returns up to n plans that wait or have failed, by their hour.
func (r Reader) FrontPlans(ctx context.Context, n int) ([]news.FrontPlan, error) {
	return db.All(ctx, r.s, planFields, plansOpen, n)
}

// FrontPlansOf is FrontPlans of one front.
func (r Reader) FrontPlansOf(ctx context.Context, section news.SectionID, n int) ([]news.FrontPlan, error) {
	return db.All(ctx, r.s, planFields, plansOf, section, n)
}

// FrontPlansDue returns up to n plans that wait and whose hour has come, by their
// hour.
func (r Reader) FrontPlansDue(ctx context.Context, at time.Time, n int) ([]news.FrontPlan, error) {
	return db.All(ctx, r.s, planFields, plansDue, at.UnixMilli(), n)
}

// InsertFrontPlan stores a plan that waits, and gives it its id.
func (tx *Tx) InsertFrontPlan(ctx context.Context, p *news.FrontPlan) error {
	text, err := writeArrangement(p.Arrangement)
	if err != nil {
		return err
	}
	if p.ID, err = tx.newIDs(ctx, "front_plan", 1); err != nil {
		return err
	}
	p.State = news.PlanWaiting
	_, err = db.Exec(ctx, tx.s, insertPlan, p.ID, p.Section, p.BasedOn, p.At.UnixMilli(), p.Made.UnixMilli(), p.By, text)
	return err
}

// TakeFrontPlan takes a plan that waits away, to be put in place, and reports
// whether it still did: of several processes one only is told so.
func (tx *Tx) TakeFrontPlan(ctx context.Context, id int64) (bool, error) {
	n, err := db.Exec(ctx, tx.s, takePlan, id)
	return n > 0, err
}

// FailFrontPlan is likewise for a plan that can't be put in place.
func (tx *Tx) FailFrontPlan(ctx context.Context, id int64) (bool, error) {
	n, err := db.Exec(ctx, tx.s, failPlan, id)
	return n > 0, err
}

// DeleteFrontPlan forgets a plan, and reports whether there was one.
func (tx *Tx) DeleteFrontPlan(ctx context.Context, id int64) (bool, error) {
	n, err := db.Exec(ctx, tx.s, deletePlan, id)
	return n > 0, err
}

// FrontPreview returns the preview of a token's hash, also one that has ended, or
// a fault of kind NotFound.
func (r Reader) FrontPreview(ctx context.Context, hash string) (news.FrontPreview, error) {
	return db.One(ctx, r.s, func(p *news.FrontPreview) []any {
		return []any{&p.Hash, &p.Section, &p.Staff, (*db.Millis)(&p.Ends), arranged{&p.Arrangement}}
	}, frontPreviewByHash, hash)
}

// PutFrontPreview stores a preview in place of what the same one has looked at
// before.
func (tx *Tx) PutFrontPreview(ctx context.Context, p news.FrontPreview) error {
	text, err := writeArrangement(p.Arrangement)
	if err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx.s, dropFrontPreview, p.Section, p.Staff); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, insertFrontPreview, p.Hash, p.Section, p.Staff, p.Ends.UnixMilli(), text)
	return err
}

// EndFrontPreviews forgets the previews that have ended at a moment, and returns
// how many.
func (tx *Tx) EndFrontPreviews(ctx context.Context, at time.Time) (int64, error) {
	return db.Exec(ctx, tx.s, endFrontPreviews, at.UnixMilli())
}
