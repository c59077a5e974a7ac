package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	frontColumns = `select section_id, version, arrangement, changed_at, changed_by from front`
	allFronts    = frontColumns + ` order by section_id`
	frontOf      = frontColumns + ` where section_id = $1`
	frontsEnding = frontColumns + ` where ends_at <= $1 order by ends_at, section_id limit $2`

	insertFront = `
insert into front (section_id, version, arrangement, ends_at, changed_at, changed_by) values ($1, 1, $2, $3, $4, $5)
on conflict (section_id) do nothing`
	updateFront = `
update front set version = version + 1, arrangement = $3, ends_at = $4, changed_at = $5, changed_by = $6
where section_id = $1 and version = $2`
	deleteFront      = `delete from front where section_id = $1`
	deleteFrontPast  = `delete from front_revision where section_id = $1`
	deleteFrontPlans = `delete from front_plan where section_id = $1`
	deleteFrontViews = `delete from front_preview where section_id = $1`

	insertFrontRevision = `
insert into front_revision (section_id, version, saved_at, saved_by, verb, arrangement, plan_id) values ($1, $2, $3, $4, $5, $6, $7)`
	frontRevisionColumns = `select section_id, version, saved_at, saved_by, verb, arrangement from front_revision`
	frontRevisionsBefore = frontRevisionColumns + ` where section_id = $1 and version < $2 order by version desc limit $3`
	frontRevision        = frontRevisionColumns + ` where section_id = $1 and version = $2`

	// Ends of pins, and sections that were merged, are no change that somebody would want to hear of, nor
	// are plans that a later plan was made with in view: $3 is that one's id.
	frontChangedSince = `
select count(*) from front_revision
where section_id = $1 and version > $2 and verb not in ('expire', 'merge') and (plan_id is null or plan_id > $3)`

	// Stories among some that readers can see, of the whole paper or of a section.
	standingStories = `select` + teaserColumns + `
from article a` + teaserAddress + `
where a.state = 'published' and a.kind = 'story'
	and a.id in (select value from json_each($1)) -- sqlite
	and a.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
	standingListed = standingStories + `
	and exists (select 1 from listing l where l.noun = 'section' and l.target_id = $2 and l.published_at = a.published_at and l.article_id = a.id)`
)

// arrangement is an arrangement as the tables have it.
type arrangement struct {
	ByHand bool           `json:"by_hand,omitempty"`
	Zones  []arrangedZone `json:"zones,omitempty"`
}

type arrangedZone struct {
	Name string        `json:"name"`
	Pins []arrangedPin `json:"pins,omitempty"`
	From news.Target   `json:"from,omitzero"`
}

type arrangedPin struct {
	Article news.ArticleID `json:"article"`
	Until   int64          `json:"until,omitempty"` // Unix milliseconds; 0 for never
}

func writeArrangement(a news.Arrangement) (string, error) {
	a.Tidy()
	row := arrangement{ByHand: a.ByHand}
	for _, z := range a.Zones {
		zone := arrangedZone{Name: z.Name, From: z.From}
		for _, p := range z.Pins {
			pin := arrangedPin{Article: p.Article}
			if !p.Until.IsZero() {
				pin.Until = p.Until.UnixMilli()
			}
			zone.Pins = append(zone.Pins, pin)
		}
		row.Zones = append(row.Zones, zone)
	}
	b, err := json.Marshal(&row)
	return string(b), err
}

// arranged scans a column with an arrangement.
type arranged struct{ to *news.Arrangement }

// Scan reads what writeArrangement wrote.
func (s arranged) Scan(value any) error {
	var text []byte
	switch v := value.(type) {
	case string:
		text = []byte(v)
	case []byte:
		text = v
	}
	var row arrangement
	if err := json.Unmarshal(text, &row); err != nil {
		return fmt.Errorf("an arrangement of a front can't be read: %w", err)
	}
	*s.to = news.Arrangement{ByHand: row.ByHand}
	for _, z := range row.Zones {
		zone := news.Zone{Name: z.Name, From: z.From}
		for _, p := range z.Pins {
			pin := news.Pin{Article: p.Article}
			if p.Until != 0 {
				pin.Until = time.UnixMilli(p.Until).UTC()
			}
			zone.Pins = append(zone.Pins, pin)
		}
		s.to.Zones = append(s.to.Zones, zone)
	}
	return nil
}

func frontFields(f *news.Front) []any {
	return []any{&f.Section, &f.Version, arranged{&f.Arrangement}, (*db.Millis)(&f.Changed), &f.ChangedBy}
}

func frontRevisionFields(v *news.FrontRevision) []any {
	return []any{&v.Section, &v.Version, (*db.Millis)(&v.Saved), &v.By, &v.Verb, arranged{&v.Arrangement}}
}

// Fronts returns every front that somebody has arranged, also those that are not
// arranged by hand any more, the front page first. There are few.
func (r Reader) Fronts(ctx context.Context) ([]news.Front, error) {
	r.note(news.FrontsRef)
	return db.All(ctx, r.s, frontFields, allFronts)
}

// Front returns the front of a section, the front page for 0; one that nobody has
// arranged has version 0.
func (r Reader) Front(ctx context.Context, section news.SectionID) (news.Front, error) {
	r.note(news.FrontRef(section))
	f, err := db.One(ctx, r.s, frontFields, frontOf, section)
	if fault.Is(err, fault.NotFound) {
		return news.Front{Section: section}, nil
	}
	return f, err
}

// FrontsEnding returns up to n fronts of which a pin has ended at a moment.
func (r Reader) FrontsEnding(ctx context.Context, at time.Time, n int) ([]news.Front, error) {
	return db.All(ctx, r.s, frontFields, frontsEnding, at.UnixMilli(), n)
}

// FrontChangedSince reports whether a front was changed after a version by more
// than the end of a pin, and by another plan than those before one; 0 for any.
func (r Reader) FrontChangedSince(ctx context.Context, section news.SectionID, version int, plan int64) (bool, error) {
	n, err := db.Value[int](ctx, r.s, frontChangedSince, section, version, plan)
	return n > 0, err
}

// FrontRevisions returns up to n revisions of a front before a version (0: from the
// newest on), the newest first.
func (r Reader) FrontRevisions(ctx context.Context, section news.SectionID, before, n int) ([]news.FrontRevision, error) {
	if before <= 0 {
		before = math.MaxInt32
	}
	return db.All(ctx, r.s, frontRevisionFields, frontRevisionsBefore, section, before, n)
}

// FrontRevision returns a front as it stood at a version, at 0 as nobody had
// arranged it, or a fault of kind NotFound.
func (r Reader) FrontRevision(ctx context.Context, section news.SectionID, version int) (news.FrontRevision, error) {
	if version == 0 {
		return news.FrontRevision{Section: section}, nil
	}
	return db.One(ctx, r.s, frontRevisionFields, frontRevision, section, version)
}

// Standing returns the stories among ids that readers can see, in the order of ids:
// of a section only those that its list has; 0 for any.
func (r Reader) Standing(ctx context.Context, ids []news.ArticleID, section news.SectionID) ([]news.Teaser, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	for _, id := range ids {
		r.note(news.ArticleRef(id)) // also of one that is not public: it may become so
	}
	q, args := standingStories, []any{idList(ids)}
	if section != 0 {
		r.note(news.SectionListRef(section))
		q, args = standingListed, append(args, section)
	}
	list, err := db.All(ctx, r.s, teaserFields, q, args...)
	return inOrder(ids, list, func(t *news.Teaser) news.ArticleID { return t.ID }), err
}

// PutFront stores a front over the version that it was read at, with a revision
// that says who did what; f.Version becomes the new one. plan is the plan that the
// clock puts in place, 0 for none. When somebody else has written it meanwhile,
// that is a fault of kind Conflict.
func (tx *Tx) PutFront(ctx context.Context, f *news.Front, verb string, plan int64) error {
	text, err := writeArrangement(f.Arrangement)
	if err != nil {
		return err
	}
	ends, changed := db.Time(f.Ends()), f.Changed.UnixMilli()
	var n int64
	if f.Version == 0 {
		n, err = db.Exec(ctx, tx.s, insertFront, f.Section, text, ends, changed, f.ChangedBy)
	} else {
		n, err = db.Exec(ctx, tx.s, updateFront, f.Section, f.Version, text, ends, changed, f.ChangedBy)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "somebody else has changed this front meanwhile")
	}
	f.Version++
	tx.change(news.FrontRef(f.Section), news.FrontsRef)
	_, err = db.Exec(ctx, tx.s, insertFrontRevision, f.Section, f.Version, changed, f.ChangedBy, verb, text, db.Ref(plan))
	return err
}

// RemoveFront forgets the front of a section that is gone, with all that was kept
// of it.
func (tx *Tx) RemoveFront(ctx context.Context, section news.SectionID) error {
	tx.change(news.FrontRef(section), news.FrontsRef)
	for _, q := range []string{deleteFront, deleteFrontPast, deleteFrontPlans, deleteFrontViews} {
		if _, err := db.Exec(ctx, tx.s, q, section); err != nil {
			return err
		}
	}
	return nil
}
