package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/compare"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// slugConflict is the name of the conflict in which both sides have given the
// article another slug; compare knows no addresses.
const slugConflict = "slug"

// MergeLater puts a change together with the live article as it stands now, each
// made of the version that the change began with.
func MergeLater(ctx context.Context, r store.Reader, c *news.LaterChange, now *news.Article) (*compare.Merged, error) {
	base, err := r.Revision(ctx, c.Article, c.BasedOn)
	if err != nil {
		return nil, err
	}
	mine := c.Over(&base.Fields)
	m, err := compare.Merge(&base.Fields, &mine, now)
	if err != nil {
		return nil, err
	}
	typed, was := slug(c.Fields.Slug), base.Fields.Slug
	switch {
	case typed == "" || typed == was || typed == now.Slug:
	case now.Slug == was:
		m.Article.Slug = typed
	default:
		m.Conflicts = append(m.Conflicts, compare.Conflict{Name: slugConflict, Base: was, Mine: typed, Theirs: now.Slug})
	}
	return m, nil
}

// ScheduleChange keeps what is to become of a live article, for its hour to come or,
// where it has none, until somebody puts it in. Readers see nothing of it. Where c.ID
// names a change that is there, it takes the place of that one, as of c.Version; else
// it gets its id.
func (d *Desk) ScheduleChange(ctx context.Context, who Who, c *news.LaterChange) error {
	if err := laterSized(c); err != nil {
		return err
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		a, err := tx.Article(ctx, c.Article)
		if err != nil {
			return err
		}
		switch {
		case !a.Public():
			return fault.New(fault.Invalid, "only a published article is changed later: this one is saved")
		case !c.Due.IsZero() && !c.Due.After(now):
			return hourPassed()
		}
		base, err := tx.Revision(ctx, c.Article, c.BasedOn)
		if err != nil || c.BasedOn > a.Version {
			return fault.Wrap(fault.Invalid, err, "this article has no version %d", c.BasedOn)
		}
		if err := tooLong(&base.Fields, &c.Fields); err != nil {
			return err
		}
		c.By, c.Made, c.State, c.Reason, c.Failed = string(who), now, news.LaterWaits, "", time.Time{}
		was := "none"
		if c.ID != 0 {
			before, err := tx.LaterChange(ctx, c.ID)
			if err != nil {
				return err
			}
			if before.Article != c.Article {
				return fault.New(fault.Invalid, "this change is of another article")
			}
			was = string(before.State)
			if err := claimed(tx.UpdateLaterChange(ctx, c)); err != nil {
				return err
			}
		} else if err := tx.InsertLaterChange(ctx, c); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "schedule change", target(&a), laterLine(c, was, news.LaterWaits))
	})
}

// laterSized refuses what nobody can have typed.
func laterSized(c *news.LaterChange) error {
	if _, err := readBody(&c.Fields); err != nil {
		return err
	}
	fields := c.Fields
	fields.Body, fields.Original = nil, ""
	b, err := json.Marshal(&fields)
	if err != nil || len(b) > news.MaxFields {
		return fault.Wrap(fault.Invalid, err, "what stands beside the text is too long")
	}
	return nil
}

func hourPassed() error {
	return &fault.Error{Kind: fault.Invalid, Public: "the hour has passed", Fields: map[string]string{"at": string(news.BadChoice)}}
}

// claimed is a Conflict where the change was no more as it had been read.
func claimed(ok bool, err error) error {
	if err == nil && !ok {
		return fault.New(fault.Conflict, "somebody else was quicker with this change")
	}
	return err
}

// laterLine is what the log says of a change: which, from which state to which, and
// for when.
func laterLine(c *news.LaterChange, from string, to news.LaterState) string {
	hour := "without an hour"
	if !c.Due.IsZero() {
		hour = "for " + c.Due.UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("change %d of version %d, %s: %s -> %s", c.ID, c.BasedOn, hour, from, to)
}

// ChangeHour gives a change another hour to come, or with the zero time none. One
// that had failed waits again.
func (d *Desk) ChangeHour(ctx context.Context, who Who, id news.LaterID, version int, at time.Time, updated bool) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		c, err := tx.LaterChange(ctx, id)
		if err != nil {
			return err
		}
		if !at.IsZero() && !at.After(now) {
			return hourPassed()
		}
		was := c.State
		c.Version, c.Due, c.Updated, c.State, c.Reason, c.Failed = version, at, updated, news.LaterWaits, "", time.Time{}
		if err := claimed(tx.UpdateLaterChange(ctx, &c)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "change hour", laterTarget(&c), laterLine(&c, string(was), c.State))
	})
}

// CancelChange throws a change away.
func (d *Desk) CancelChange(ctx context.Context, who Who, id news.LaterID, version int) error {
	return d.dropChange(ctx, who, "cancel change", id, version, "cancelled")
}

// TakeUpChange takes a change away whose text somebody has saved into the article
// themselves.
func (d *Desk) TakeUpChange(ctx context.Context, who Who, id news.LaterID, version int) error {
	return d.dropChange(ctx, who, "take up change", id, version, "taken up")
}

func (d *Desk) dropChange(ctx context.Context, who Who, verb string, id news.LaterID, version int, to news.LaterState) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		c, err := tx.LaterChange(ctx, id)
		if err != nil {
			return err
		}
		if err := claimed(tx.DeleteLaterChange(ctx, id, version)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), verb, laterTarget(&c), laterLine(&c, string(c.State), to))
	})
}

func laterTarget(c *news.LaterChange) news.Target {
	return news.Target{Noun: news.ArticleNoun, ID: int64(c.Article)}
}

// ApplyChange puts a change into the live article now, as of the version of the
// change that the caller has seen. Where both have changed the same, that is a
// Conflict, and nothing has changed.
func (d *Desk) ApplyChange(ctx context.Context, who Who, id news.LaterID, version int, updated bool) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		c, err := tx.LaterChange(ctx, id)
		if err != nil {
			return err
		}
		c.Version, c.Updated, c.Due = version, updated, time.Time{}
		reason, err := putIn(ctx, tx, who, &c, now)
		switch {
		case reason == news.BothChanged:
			return fault.Wrap(fault.Conflict, err, "somebody else has changed the same in this article meanwhile")
		case reason != "":
			return fault.Wrap(fault.Invalid, err, "it can't be done (change)")
		}
		return err
	})
}

// ApplyDueChanges puts in every change whose hour has come, also when that was while
// no server ran; those of one article in the order of their hours. What the live
// article has got meanwhile stays. Where both have changed the same, the live article
// stays as it is, and the change is kept as failed. Several processes may call it at
// once: each change is put in by one of them, once. It returns how many this call has
// put in, and how many have failed.
func (d *Desk) ApplyDueChanges(ctx context.Context) (done, failed int, err error) {
	const most = 1000 // in one call; the clock calls again
	due, err := d.store.LaterChangesDue(ctx, d.now(), most)
	if err != nil {
		return 0, 0, err
	}
	var broken []error
	busy := map[news.ArticleID]bool{} // what comes after one that has to wait, waits too
	for _, c := range due {
		if busy[c.Article] {
			continue
		}
		put, fell, err := d.applyDue(ctx, c.ID)
		if err != nil {
			broken = append(broken, fmt.Errorf("putting in change %d at its hour: %w", c.ID, err))
		}
		busy[c.Article] = put+fell == 0
		done, failed = done+put, failed+fell
	}
	return done, failed, errors.Join(broken...)
}

// applyDue puts in one change, or keeps it as failed. That another process was
// quicker is no error, nor that somebody has just saved the article: the clock comes
// again.
func (d *Desk) applyDue(ctx context.Context, id news.LaterID) (put, failed int, err error) {
	var refused error // what is wrong with the change, as of the version seen
	var reason news.LaterReason
	seen := 0
	attempt := func(change func(tx *store.Tx, c *news.LaterChange, now time.Time) error) error {
		return d.update(ctx, func(tx *store.Tx, now time.Time) error {
			c, err := tx.LaterChange(ctx, id)
			if err != nil {
				return err
			}
			if c.State != news.LaterWaits || c.Due.IsZero() || c.Due.After(now) || seen != 0 && c.Version != seen {
				return fault.New(fault.NotFound, "") // somebody has changed it since
			}
			seen = c.Version
			return change(tx, &c, now)
		})
	}
	err = attempt(func(tx *store.Tx, c *news.LaterChange, now time.Time) error {
		if reason, refused = putIn(ctx, tx, Clock+", for "+Who(c.By), c, now); reason != "" {
			return errRefused
		}
		return refused
	})
	if errors.Is(err, errRefused) {
		err = attempt(func(tx *store.Tx, c *news.LaterChange, now time.Time) error {
			return fail(ctx, tx, c, reason, refused, now)
		})
		failed = 1
	} else {
		put = 1
	}
	switch {
	case fault.Is(err, fault.NotFound), fault.Is(err, fault.Conflict):
		return 0, 0, nil
	case err != nil:
		return 0, 0, err
	}
	return put, failed, nil
}

var errRefused = errors.New("desk: the change can't be put in")

// putIn takes the change away and writes the article with it. A reason says why the
// change itself can't be put in; the transaction is then to be undone.
func putIn(ctx context.Context, tx *store.Tx, who Who, c *news.LaterChange, now time.Time) (news.LaterReason, error) {
	if err := claimed(tx.DeleteLaterChange(ctx, c.ID, c.Version)); err != nil {
		return "", err
	}
	before, err := tx.Article(ctx, c.Article)
	if err != nil {
		return "", err
	}
	if !before.Public() {
		return news.NotLive, nil
	}
	m, err := MergeLater(ctx, tx.Reader, c, &before)
	if err != nil {
		return "", err
	}
	if len(m.Conflicts) > 0 {
		return news.BothChanged, conflictNames(m)
	}
	a := m.Article
	body, err := readBody(&a)
	if err != nil {
		return news.NotTakenOver, err
	}
	a.Summary = Summary(&a, body)
	if err := a.PutIn(c, now); err != nil {
		return news.NotTakenOver, err
	}
	if a.Slug != before.Slug {
		wanted := a.Slug
		a.Slug = before.Slug
		if err := reslug(ctx, tx, &a, wanted); err != nil {
			return "", err
		}
	}
	verb := "publish change"
	if c.Updated {
		verb = "publish change, updated"
	}
	err = rewrite(ctx, tx, who, verb, &before, &a, now)
	if fault.Is(err, fault.Invalid) {
		return news.NotTakenOver, err
	}
	return "", err
}

// conflictNames is an error that names what both sides have changed.
func conflictNames(m *compare.Merged) error {
	names := make([]string, len(m.Conflicts))
	for i, c := range m.Conflicts {
		names[i] = c.Name
	}
	return fmt.Errorf("both have changed: %v", names)
}

// fail keeps a change as one that could not be put in, and says why.
func fail(ctx context.Context, tx *store.Tx, c *news.LaterChange, reason news.LaterReason, why error, now time.Time) error {
	was := c.State
	c.State, c.Reason, c.Failed = news.LaterFailed, reason, now
	if err := claimed(tx.UpdateLaterChange(ctx, c)); err != nil {
		return err
	}
	detail := laterLine(c, string(was), c.State) + " (" + string(reason)
	if why != nil {
		detail += "; " + why.Error()
	}
	return tx.Audit(ctx, now, string(Clock)+", for "+c.By, "change failed", laterTarget(c), detail+")")
}
