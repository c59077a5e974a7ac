package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// ChangeSettings has change alter the paper's settings and stores them, when
// they are sound then: else it is a fault of kind Invalid whose Fields are
// [news.FieldProblem] each. An error of change is returned as it is; whoever has a
// form that was read before looks there at the version.
func (d *Desk) ChangeSettings(ctx context.Context, who Who, change func(*news.Settings) error) error {
	return d.putSettings(ctx, who, "change", change)
}

// RestoreSettings has the settings be again what they were from a version on, over
// the one that the caller has seen.
func (d *Desk) RestoreSettings(ctx context.Context, who Who, version, to int) error {
	old, err := d.store.PaperRevision(ctx, news.SettingsPart, to)
	if err != nil {
		return err
	}
	before := news.DefaultSettings()
	if err := json.Unmarshal(old.Value, &before); err != nil {
		return fault.Wrap(fault.Invalid, err, "these settings can't be read any more")
	}
	return d.putSettings(ctx, who, fmt.Sprintf("restore version %d", to), func(s *news.Settings) error {
		if s.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed the settings meanwhile")
		}
		*s = before
		return nil
	})
}

func (d *Desk) putSettings(ctx context.Context, who Who, verb string, change func(*news.Settings) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		s, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		before := s
		if err := change(&s); err != nil {
			return err
		}
		s.Version = before.Version
		wrong, err := checkSettings(ctx, tx, &before, &s)
		if err != nil {
			return err
		}
		if wrong != nil {
			return wrongFields("these settings can't be used", wrong)
		}
		changes := news.CompareSettings(&before, &s)
		if len(changes) == 0 && before.Version > 0 {
			return nil
		}
		if err := tx.KeepPaper(ctx); err != nil {
			return err
		}
		if err := tx.PutSettings(ctx, &s, string(who), verb, now); err != nil {
			return err
		}
		if s.CommentsCloseAfter != before.CommentsCloseAfter {
			if err := tx.PutClosed(ctx, s.CommentsClosedBefore(now)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, now, string(who), verb, news.Target{Noun: "settings"}, changeWords(changes))
	})
}

// changeWords tells of the settings that have changed, from what to what, each cut
// where it is long.
func changeWords(changes []news.SettingChange) string {
	const longest = 80
	var text string
	for i, c := range changes {
		if i > 0 {
			text += "; "
		}
		text += c.Name + ": " + cut(c.From, longest) + " -> " + cut(c.To, longest)
	}
	return cut(text, 2000)
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// checkSettings returns what is wrong: with the settings themselves, and with the
// pictures and standing pages that they name and did not name before.
func checkSettings(ctx context.Context, tx *store.Tx, before, s *news.Settings) (map[string]news.FieldProblem, error) {
	if wrong := s.Check(); wrong != nil {
		return wrong, nil
	}
	wrong := map[string]news.FieldProblem{}
	was := before.Pictures()
	for field, id := range s.Pictures() {
		if id == 0 || id == was[field] {
			continue
		}
		p, err := tx.Picture(ctx, id)
		switch {
		case fault.Is(err, fault.NotFound) || err == nil && (!p.Image() || p.Ended):
			wrong[field] = news.NotThere
		case err != nil:
			return nil, err
		}
	}
	named := before.Pages()
	for field, id := range s.Pages() {
		if id == 0 || id == named[field] {
			continue
		}
		a, err := tx.ArticleHead(ctx, id)
		switch {
		case fault.Is(err, fault.NotFound) || err == nil && (a.Kind != news.StandingPage || a.State == news.Trashed):
			wrong[field] = news.NotThere
		case err != nil:
			return nil, err
		}
	}
	if len(wrong) == 0 {
		return nil, nil
	}
	return wrong, nil
}
