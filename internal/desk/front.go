package desk

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// SaveFront stores how a front is arranged, as a whole, over the version that f was
// read at; f.Version becomes the new one. That a pin has ended meanwhile is no
// conflict: it is left out. What names an article that is none, or an hour that has
// passed, is refused.
func (d *Desk) SaveFront(ctx context.Context, who Who, f *news.Front) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := unchanged(ctx, tx, f.Section, f.Version, 0)
		if err != nil {
			return err
		}
		seen, err := tx.FrontRevision(ctx, f.Section, f.Version)
		if err != nil {
			return err
		}
		a := f.Arrangement.Clone()
		if err := soundArrangement(ctx, tx, f.Section, &seen.Arrangement, &a, now); err != nil {
			return err
		}
		saved := before
		saved.Arrangement = a
		if err := putFront(ctx, tx, who, "arrange", &saved, 0, now); err != nil {
			return err
		}
		*f = saved
		return nil
	})
}

// RestoreFront arranges a front again as it stood at a revision, at 0 as nobody had
// arranged it, over the version that the caller has seen. Pins that have ended since
// stay away, and so does what is filled from a section or a topic that is gone.
func (d *Desk) RestoreFront(ctx context.Context, who Who, section news.SectionID, version, revision int) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		f, err := unchanged(ctx, tx, section, version, 0)
		if err != nil {
			return err
		}
		old, err := tx.FrontRevision(ctx, section, revision)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, "this front has no revision %d", revision)
		}
		if err != nil {
			return err
		}
		a := old.Arrangement.Clone()
		a.Expire(now)
		if err := eachGone(ctx, tx, &a, func(z *news.Zone) error { z.From = news.Target{}; return nil }); err != nil {
			return err
		}
		if f.Arrangement.Same(a) {
			return nil
		}
		f.Arrangement = a
		return putFront(ctx, tx, who, "restore", &f, 0, now, fmt.Sprintf("as of version %d", revision))
	})
}

// Pin puts an article first in a zone of a front, [news.FirstZone] for the first of
// whatever layout, until a time to come or, for the zero time, until it is unpinned.
func (d *Desk) Pin(ctx context.Context, who Who, front news.SectionID, zone string, id news.ArticleID, until time.Time) error {
	return d.repin(ctx, who, "pin", front, id, func(f *news.Front) error {
		f.Put(zone, 0, news.Pin{Article: id, Until: until})
		f.ByHand = f.ByHand || front != 0
		return nil
	})
}

// Unpin takes an article from its place on a front.
func (d *Desk) Unpin(ctx context.Context, who Who, front news.SectionID, id news.ArticleID) error {
	return d.repin(ctx, who, "unpin", front, id, func(f *news.Front) error {
		if !f.Remove(id) {
			return fault.New(fault.Invalid, "it is not pinned there")
		}
		return nil
	})
}

// repin changes where one article stands on a front as it is now.
func (d *Desk) repin(ctx context.Context, who Who, verb string, section news.SectionID, id news.ArticleID, change func(*news.Front) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		f, err := tx.Front(ctx, section)
		if err != nil {
			return err
		}
		before := f.Arrangement
		f.Arrangement = before.Clone()
		if err := change(&f); err != nil {
			return err
		}
		if err := soundArrangement(ctx, tx, section, &before, &f.Arrangement, now); err != nil {
			return err
		}
		return putFront(ctx, tx, who, verb, &f, 0, now, fmt.Sprintf("article %d", id))
	})
}

// unchanged is a front as it is, when nobody has changed it since a version that
// somebody has seen, but for ends of pins, and for plans before one, 0 for any.
func unchanged(ctx context.Context, tx *store.Tx, section news.SectionID, version int, plan int64) (news.Front, error) {
	f, err := tx.Front(ctx, section)
	if err != nil {
		return f, err
	}
	changed, err := tx.FrontChangedSince(ctx, section, version, plan)
	if err != nil {
		return f, err
	}
	if changed || version > f.Version {
		return f, fault.New(fault.Conflict, "somebody else has changed this front meanwhile")
	}
	return f, nil
}

// soundArrangement refuses what can't stand on a front, and leaves out what has
// ended since it was read: before is how it stood then.
func soundArrangement(ctx context.Context, tx *store.Tx, section news.SectionID, before, a *news.Arrangement, now time.Time) error {
	if err := a.Check(); err != nil {
		return fault.Wrap(fault.Invalid, err, "the front can't be arranged like this")
	}
	if section != 0 {
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		if all[section] == nil {
			return fault.New(fault.NotFound, "there is no section %d", section)
		}
	}
	wrong := map[string]string{}
	var fresh []news.ArticleID
	for _, p := range a.Pins() {
		was := before.Pin(p.Article)
		if !p.Until.IsZero() && !p.Until.After(now) && (was == nil || !was.Until.Equal(p.Until)) {
			wrong[news.UntilField(p.Article)] = string(news.Past)
		}
		if was == nil {
			fresh = append(fresh, p.Article)
		}
	}
	if len(wrong) > 0 {
		return &fault.Error{Kind: fault.Invalid, Public: "the hour has passed", Fields: wrong}
	}
	a.Expire(now)
	return pinnable(ctx, tx, a, fresh)
}

// pinnable refuses what is no story, and zones that are filled from what is not
// there.
func pinnable(ctx context.Context, tx *store.Tx, a *news.Arrangement, fresh []news.ArticleID) error {
	for _, id := range fresh {
		head, err := tx.ArticleHead(ctx, id)
		if fault.Is(err, fault.NotFound) || err == nil && (head.Kind != news.Story || head.State == news.Trashed) {
			return fault.New(fault.Invalid, "article %d can't stand on a front", id)
		}
		if err != nil {
			return err
		}
	}
	return eachGone(ctx, tx, a, func(z *news.Zone) error {
		return fault.New(fault.Invalid, "the zone %q is filled from what is not there (any more): %s", z.Name, z.From)
	})
}

// eachGone calls f for each zone that is filled from a section or a topic that is
// not there.
func eachGone(ctx context.Context, tx *store.Tx, a *news.Arrangement, f func(*news.Zone) error) error {
	all, err := tx.Sections(ctx)
	if err != nil {
		return err
	}
	for i := range a.Zones {
		z, gone := &a.Zones[i], false
		switch z.From.Noun {
		case news.SectionNoun:
			gone = all[news.SectionID(z.From.ID)] == nil
		case news.TopicNoun:
			_, err := tx.Topic(ctx, news.TopicID(z.From.ID))
			if gone = fault.Is(err, fault.NotFound); err != nil && !gone {
				return err
			}
		}
		if !gone {
			continue
		}
		if err := f(z); err != nil {
			return err
		}
	}
	return nil
}

// refillFronts has the zones that are filled from one thing be filled from another.
func refillFronts(ctx context.Context, tx *store.Tx, who Who, now time.Time, from, to news.Target) error {
	fronts, err := tx.Fronts(ctx)
	if err != nil {
		return err
	}
	for _, f := range fronts {
		found := false
		for i := range f.Zones {
			if z := &f.Zones[i]; z.From == from {
				z.From, found = to, true
			}
		}
		if !found {
			continue
		}
		if err := putFront(ctx, tx, who, "merge", &f, 0, now, from.String()+" -> "+to.String()); err != nil {
			return err
		}
	}
	return nil
}

// putFront stores a front with its revision and a line of the log.
func putFront(ctx context.Context, tx *store.Tx, who Who, verb string, f *news.Front, plan int64, now time.Time, detail ...string) error {
	f.Tidy()
	f.Changed, f.ChangedBy = now, string(who)
	before := f.Version
	if err := tx.PutFront(ctx, f, verb, plan); err != nil {
		return err
	}
	words := fmt.Sprintf("version %d -> %d", before, f.Version)
	for _, more := range detail {
		words += ", " + more
	}
	return tx.Audit(ctx, now, string(who), verb, frontTarget(f.Section), words)
}

func frontTarget(section news.SectionID) news.Target {
	return news.Target{Noun: news.FrontNoun, ID: int64(section)}
}

// ExpirePins takes from the fronts what was to stand there until now, and returns
// from how many fronts. Several processes may call it at once.
func (d *Desk) ExpirePins(ctx context.Context) (int, error) {
	due, err := d.store.FrontsEnding(ctx, d.now(), 100)
	done := 0
	for _, f := range due {
		err := d.update(ctx, func(tx *store.Tx, now time.Time) error {
			f, err := tx.Front(ctx, f.Section)
			if err != nil || !f.Expire(now) {
				return err // another process was quicker, or somebody has changed it meanwhile
			}
			done++
			return putFront(ctx, tx, Clock, "expire", &f, 0, now)
		})
		if err != nil && !fault.Is(err, fault.Conflict) {
			return done, err
		}
	}
	return done, err
}

// frontPreviewLife is how long the preview of a front is there that nobody has
// asked for anew.
const frontPreviewLife = time.Hour

// PreviewFront has the site show a front to somebody as it would be arranged, at a
// secret address that leads nowhere from an hour on, or when the same one looks at
// that front anew. The token is nowhere but in the answer.
func (d *Desk) PreviewFront(ctx context.Context, staff news.StaffID, section news.SectionID, a news.Arrangement) (token string, err error) {
	if err := a.Check(); err != nil {
		return "", fault.Wrap(fault.Invalid, err, "the front can't be arranged like this")
	}
	var secret [32]byte
	rand.Read(secret[:]) // never fails
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		return tx.PutFrontPreview(ctx, news.FrontPreview{Hash: PreviewHash(token), Section: section, Staff: staff, Ends: now.Add(frontPreviewLife), Arrangement: a})
	})
	if err != nil {
		return "", err
	}
	return token, nil
}
