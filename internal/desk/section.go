package desk

import (
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// CreateSection stores a new section, gives it its id and its address.
func (d *Desk) CreateSection(ctx context.Context, who Who, s *news.Section) error {
	if s.Slug == "" {
		s.Slug = slug(s.Name)
	}
	if s.Name == "" || s.Slug == "" {
		return fault.New(fault.Invalid, "a section needs a name with a letter or a digit in it")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if err := insertSection(ctx, tx, s); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "create", news.Target{Noun: news.SectionNoun, ID: int64(s.ID)}, s.Name)
	})
}

func insertSection(ctx context.Context, tx *store.Tx, s *news.Section) error {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	all, err := tx.Sections(ctx)
	if err != nil {
		return err
	}
	if s.Parent != 0 && all[s.Parent] == nil {
		return fault.New(fault.Invalid, "the section above it is not there")
	}
	if err := tx.InsertSection(ctx, s); err != nil {
		return err
	}
	s.Path, err = freePath(ctx, tx, settings.NewSectionPath(append(all.Line(s.Parent), s)))
	if err != nil {
		return err
	}
	return tx.SetAddress(ctx, news.Address{Path: s.Path, Target: news.Target{Noun: news.SectionNoun, ID: int64(s.ID)}, State: news.Current})
}
