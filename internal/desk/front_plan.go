package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// mostPlans is how many plans may wait for one front.
const mostPlans = 50

// ScheduleFront has the clock arrange a front like this when an hour has come. f is
// based on the version that it was read at: where somebody changes the front after
// that by other means than a plan that was there already, the plan fails at its
// hour and is listed so. It returns the plan's id.
func (d *Desk) ScheduleFront(ctx context.Context, who Who, f *news.Front, at time.Time) (id int64, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if !at.After(now) {
			return &fault.Error{Kind: fault.Invalid, Public: "the hour has passed", Fields: map[string]string{"at": string(news.Past)}}
		}
		if _, err := unchanged(ctx, tx, f.Section, f.Version, 0); err != nil {
			return err
		}
		seen, err := tx.FrontRevision(ctx, f.Section, f.Version)
		if err != nil {
			return err
		}
		p := news.FrontPlan{Section: f.Section, BasedOn: f.Version, At: at, Made: now, By: string(who), Arrangement: f.Arrangement.Clone()}
		if err := soundArrangement(ctx, tx, f.Section, &seen.Arrangement, &p.Arrangement, now); err != nil {
			return err
		}
		waiting, err := tx.FrontPlansOf(ctx, f.Section, mostPlans)
		if err != nil {
			return err
		}
		if len(waiting) == mostPlans {
			return fault.New(fault.Invalid, "no more than %d plans wait for one front", mostPlans)
		}
		if err := tx.InsertFrontPlan(ctx, &p); err != nil {
			return err
		}
		id = p.ID
		return tx.Audit(ctx, now, string(who), "schedule", frontTarget(f.Section), fmt.Sprintf("plan %d, based on version %d, for %s", id, p.BasedOn, at.UTC().Format(time.RFC3339)))
	})
	return id, err
}

// CancelFrontPlan forgets a plan for a front that waits or has failed.
func (d *Desk) CancelFrontPlan(ctx context.Context, who Who, id int64) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p, err := tx.FrontPlan(ctx, id)
		if err != nil {
			return err
		}
		there, err := tx.DeleteFrontPlan(ctx, id)
		if err != nil || !there {
			return err
		}
		return tx.Audit(ctx, now, string(who), "cancel", frontTarget(p.Section), fmt.Sprintf("plan %d, %s", id, p.State))
	})
}

// ArrangeDue arranges every front that a plan waits for whose hour has come, also
// when that was while no server ran, and returns how many. Several processes may
// call it at once: each plan is put in place by one of them, once. A plan that
// can't be, since somebody has changed the front after it was made, fails.
func (d *Desk) ArrangeDue(ctx context.Context) (int, error) {
	due, err := d.store.FrontPlansDue(ctx, d.now(), 100)
	if err != nil {
		return 0, err
	}
	done := 0
	var failed []error
	for _, p := range due {
		placed, err := d.arrangeDue(ctx, &p)
		if err != nil {
			failed = append(failed, fmt.Errorf("arranging front %d at its hour (plan %d): %w", p.Section, p.ID, err))
		}
		if placed {
			done++
		}
	}
	return done, errors.Join(failed...)
}

// arrangeDue puts one plan in place, or has it fail.
func (d *Desk) arrangeDue(ctx context.Context, p *news.FrontPlan) (placed bool, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		placed = false
		f, err := unchanged(ctx, tx, p.Section, p.BasedOn, p.ID)
		if fault.Is(err, fault.Conflict) {
			return failPlan(ctx, tx, p, now, "the front was changed meanwhile")
		}
		if err != nil {
			return err
		}
		a := p.Arrangement.Clone()
		a.Expire(now)
		switch err := pinnable(ctx, tx, &a, nil); {
		case fault.Is(err, fault.Invalid):
			return failPlan(ctx, tx, p, now, "a section or a topic that it names is not there any more")
		case err != nil:
			return err
		}
		mine, err := tx.TakeFrontPlan(ctx, p.ID)
		if err != nil || !mine {
			return err
		}
		placed = true
		f.Arrangement = a
		return putFront(ctx, tx, Clock, "arrange", &f, p.ID, now, fmt.Sprintf("plan %d of %s", p.ID, p.By))
	})
	if fault.Is(err, fault.Conflict) {
		return false, nil // written at the same moment; the clock looks again
	}
	return placed && err == nil, err
}

// failPlan notes that a plan can't be put in place.
func failPlan(ctx context.Context, tx *store.Tx, p *news.FrontPlan, now time.Time, why string) error {
	mine, err := tx.FailFrontPlan(ctx, p.ID)
	if err != nil || !mine {
		return err
	}
	return tx.Audit(ctx, now, string(Clock), "fail", frontTarget(p.Section), fmt.Sprintf("plan %d: %s", p.ID, why))
}
