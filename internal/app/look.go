package app

import (
	"context"
	"errors"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// ChangeSettings changes the paper's settings like the desk, and looks first
// whether the theme in use has what they ask of it: a colour that can be read on
// its backgrounds, typefaces and a layout that it ships. What was chosen for another
// theme before may stay. What is wrong is said in English.
func (a *App) ChangeSettings(ctx context.Context, who desk.Who, change func(*news.Settings) error) error {
	var wanted news.Settings
	err := a.Desk.ChangeSettings(ctx, who, func(s *news.Settings) error {
		before := *s
		if err := change(s); err != nil {
			return err
		}
		wanted = *s
		return a.checkLook(before, wanted)
	})
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Invalid || e.Fields == nil {
		return err
	}
	wrong := map[string]news.FieldProblem{}
	for field, problem := range e.Fields {
		wrong[field] = news.FieldProblem(problem)
	}
	return &fault.Error{Kind: fault.Invalid, Public: e.Public, Fields: wanted.Explain(wrong), Err: e.Err}
}

// checkLook refuses a choice that the theme does not have.
func (a *App) checkLook(before, wanted news.Settings) error {
	wrong := map[string]string{}
	if look := choice(wanted); look != choice(before) {
		m, err := theme.ReadManifest(themeFiles(a.Config.Theme))
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "what the theme offers can't be read")
		}
		was := m.Check(choice(before))
		for name, problem := range m.Check(look) {
			if was[name] != problem {
				wrong[name] = problem.English
			}
		}
	}
	if len(wrong) > 0 {
		return &fault.Error{Kind: fault.Invalid, Public: "these settings can't be used", Fields: wrong}
	}
	return nil
}

// choice is what the settings ask of a theme.
func choice(s news.Settings) theme.Choice {
	return theme.Choice{Accent: s.Accent, AccentDark: s.AccentDark, Fonts: s.Fonts, Layout: s.FrontLayout}
}
