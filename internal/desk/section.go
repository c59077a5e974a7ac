package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// CreateSection stores a new section, gives it its id and its address. What can't be
// stored is a fault of kind Invalid whose Fields are [news.FieldProblem] each.
func (d *Desk) CreateSection(ctx context.Context, who Who, s *news.Section) error {
	if s.Slug = slug(s.Slug); s.Slug == "" {
		s.Slug = slug(s.Name)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		if wrong := s.Check(all); wrong != nil {
			return wrongFields("this section can't be made", wrong)
		}
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
		return fault.New(fault.Invalid, "the section above it is not there") // of an import
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

// ChangeSection stores a section's name, description and place, over the version
// that s was read at. With another slug, or below another section, it and those below
// it get other addresses, and the ones before lead on to them; articles stay where
// they are. Below another one, it is in the lists of those above it, and out of the
// others. Faults are those of CreateSection.
func (d *Desk) ChangeSection(ctx context.Context, who Who, s news.Section) error {
	return d.changeSection(ctx, who, "change", s.ID, s.Version, func(stored *news.Section, all news.Sections) error {
		if s.Slug != stored.Slug && s.Slug != "" {
			s.Slug = slug(s.Slug)
		} else {
			s.Slug = stored.Slug
		}
		if wrong := s.Check(all); wrong != nil {
			return wrongFields("this section can't be changed like that", wrong)
		}
		stored.Name, stored.Description, stored.Slug, stored.Parent, stored.Position = s.Name, s.Description, s.Slug, s.Parent, s.Position
		return nil
	})
}

// MoveSection puts a section below another, or for 0 to the top, and changes
// nothing else; see ChangeSection.
func (d *Desk) MoveSection(ctx context.Context, who Who, id news.SectionID, version int, parent news.SectionID) error {
	return d.changeSection(ctx, who, "move", id, version, func(s *news.Section, all news.Sections) error {
		moved := *s
		moved.Parent = parent
		if problem := moved.Check(all)["parent"]; problem != "" {
			return wrongFields("a section can't stand there", map[string]news.FieldProblem{"parent": problem})
		}
		s.Parent = parent
		return nil
	})
}

// OrderSections puts the sections directly below one (0: those at the top) in the
// order of ids, which are all of them: else somebody has made or moved one
// meanwhile, and it is a Conflict.
func (d *Desk) OrderSections(ctx context.Context, who Who, parent news.SectionID, ids []news.SectionID) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		if !all.CanOrder(parent, ids) {
			return fault.New(fault.Conflict, "somebody else has made or moved a section meanwhile")
		}
		changed := false
		for i, id := range ids {
			s := all[id]
			before := *s
			if s.Position = i + 1; s.Position == before.Position {
				continue
			}
			changed = true
			if err := tx.UpdateSection(ctx, &before, s); err != nil {
				return err
			}
		}
		if !changed {
			return nil
		}
		return tx.Audit(ctx, now, string(who), "order", news.Target{Noun: news.SectionNoun, ID: int64(parent)}, "")
	})
}

// RetireSection says that a section takes no new articles and stands in no menu
// any more; its page stays. With false it is opened again.
func (d *Desk) RetireSection(ctx context.Context, who Who, id news.SectionID, version int, retired bool) error {
	return d.changeSection(ctx, who, retireVerb(retired), id, version, func(s *news.Section, _ news.Sections) error {
		s.Retired = retired
		return nil
	})
}

// retireVerb is what the log says of a section, topic or person that is retired, or
// opened again.
func retireVerb(retired bool) string {
	if retired {
		return "retire"
	}
	return "reopen"
}

// changeSection changes a section by a rule, and brings the addresses of it and of
// those below it in line, and the lists of all above.
func (d *Desk) changeSection(ctx context.Context, who Who, verb string, id news.SectionID, version int, rule func(s *news.Section, all news.Sections) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		s := all[id]
		if s == nil {
			return fault.New(fault.NotFound, "there is no section %d", id)
		}
		if s.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this section meanwhile")
		}
		before := *s
		above := all.Line(before.Parent)
		if err := rule(s, all); err != nil {
			return err
		}
		if err := tx.UpdateSection(ctx, &before, s); err != nil {
			return err
		}
		if s.Slug != before.Slug || s.Parent != before.Parent {
			if err := relocateSections(ctx, tx, all, id); err != nil {
				return err
			}
		}
		if s.Parent != before.Parent {
			if err := relist(ctx, tx, all, append(above, all.Line(s.Parent)...)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: news.SectionNoun, ID: int64(id)}, before.Name+" -> "+s.Name)
	})
}

// relocateSections gives a section and those below it the addresses that follow
// from the paper's pattern now, from the top down.
func relocateSections(ctx context.Context, tx *store.Tx, all news.Sections, id news.SectionID) error {
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	below := all.Below(id)
	slices.SortFunc(below, func(a, b news.SectionID) int {
		return cmp.Or(cmp.Compare(len(all.Line(a)), len(all.Line(b))), cmp.Compare(a, b))
	})
	for _, one := range below {
		s := all[one]
		t := news.Target{Noun: news.SectionNoun, ID: int64(one)}
		if s.Path, err = relocate(ctx, tx, t, s.Path, settings.NewSectionPath(all.Line(one))); err != nil {
			return err
		}
	}
	return nil
}

// relist writes the lists of sections anew, each once.
func relist(ctx context.Context, tx *store.Tx, all news.Sections, list []*news.Section) error {
	done := map[news.SectionID]bool{}
	for _, s := range list {
		if done[s.ID] {
			continue
		}
		done[s.ID] = true
		if err := tx.RelistSection(ctx, s.ID, all.Below(s.ID)); err != nil {
			return err
		}
	}
	return nil
}

// MergeSections gives all that a section has to another, both at the versions that
// the caller has seen: articles, sections below it, addresses, places in menus, the
// roles that people have there. The first is gone then, with its front. The cost is
// that of the lists of both.
func (d *Desk) MergeSections(ctx context.Context, who Who, from news.SectionID, version int, into news.SectionID, intoVersion int) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		switch problem := all.CanMerge(from, into); problem {
		case "":
		case news.NotThere:
			return fault.New(fault.NotFound, "one of the sections is not there")
		default:
			return wrongFields("a section can't be merged into itself or into one below it", map[string]news.FieldProblem{"into": problem})
		}
		old, heir := all[from], all[into]
		if old.Version != version || heir.Version != intoVersion {
			return fault.New(fault.Conflict, "somebody else has changed one of the sections meanwhile")
		}
		above := all.Line(from)
		var moved []news.SectionID
		for _, s := range all.Children(from) {
			before := *s
			s.Parent = into
			moved = append(moved, s.ID)
			if err := tx.UpdateSection(ctx, &before, s); err != nil {
				return err
			}
		}
		a, b := news.Target{Noun: news.SectionNoun, ID: int64(from)}, news.Target{Noun: news.SectionNoun, ID: int64(into)}
		if err := tx.RedirectAddresses(ctx, a, b); err != nil {
			return err
		}
		if err := tx.RemoveFront(ctx, from); err != nil {
			return err
		}
		if err := retarget(ctx, tx, who, now, a, b); err != nil {
			return err
		}
		if err := tx.MergeSection(ctx, from, into); err != nil {
			return err
		}
		if err := mergeGrants(ctx, tx, now, who, from, into); err != nil {
			return err
		}
		delete(all, from)
		for _, id := range moved {
			if err := relocateSections(ctx, tx, all, id); err != nil {
				return err
			}
		}
		above = slices.DeleteFunc(above, func(s *news.Section) bool { return s.ID == from })
		if err := relist(ctx, tx, all, append(above, all.Line(into)...)); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(who), "merge", a, old.Name+" -> "+heir.Name)
	})
}

// mergeGrants gives the roles in one section to another, with a line of the log for
// each account: who may do what must be found there.
func mergeGrants(ctx context.Context, tx *store.Tx, now time.Time, who Who, from, into news.SectionID) error {
	whose, err := tx.MergeGrants(ctx, from, into)
	if err != nil {
		return err
	}
	for _, id := range whose {
		s, err := tx.Staff(ctx, id)
		if err != nil {
			return err
		}
		detail := fmt.Sprintf("roles in section %d -> %d, since it was merged: %s", from, into, GrantWords(s.Grants))
		if err := tx.Audit(ctx, now, string(who), "change", staffTarget(id), detail); err != nil {
			return err
		}
	}
	return nil
}

// retarget has menus lead to another thing, and fronts filled from it.
func retarget(ctx context.Context, tx *store.Tx, who Who, now time.Time, from, to news.Target) error {
	if err := refillFronts(ctx, tx, who, now, from, to); err != nil {
		return err
	}
	menus, err := tx.Menus(ctx)
	if err != nil {
		return err
	}
	if err := tx.KeepPaper(ctx); err != nil {
		return err
	}
	for _, m := range menus {
		if !replaceTarget(m.Items, from, to) {
			continue
		}
		if err := tx.PutMenu(ctx, &m, string(who), "merge", now); err != nil {
			return err
		}
	}
	return nil
}

func replaceTarget(items []news.MenuItem, from, to news.Target) (found bool) {
	for i := range items {
		if items[i].Target == from {
			items[i].Target, found = to, true
		}
		found = replaceTarget(items[i].Items, from, to) || found
	}
	return found
}
