package app

import (
	"context"
	"fmt"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// ChangeSettings changes the paper's settings like the desk, and looks first
// whether the theme in use has what they ask of it: a colour that can be read on
// its backgrounds, typefaces and a layout that it ships, and whether the logo is
// a picture of the library. What was chosen for another theme before may stay.
func (a *App) ChangeSettings(ctx context.Context, who desk.Who, change func(*news.Settings) error) error {
	return a.Desk.ChangeSettings(ctx, who, func(s *news.Settings) error {
		before := *s
		if err := change(s); err != nil {
			return err
		}
		return a.checkLook(ctx, before, *s)
	})
}

// checkLook refuses a choice that the theme does not have.
func (a *App) checkLook(ctx context.Context, before, wanted news.Settings) error {
	wrong := map[string]string{}
	if look := choice(wanted); look != choice(before) {
		m, err := theme.ReadManifest(themeFiles(a.Config.Theme))
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "what the theme offers can't be read")
		}
		was := m.Check(choice(before))
		for name, words := range m.Check(look) {
			if was[name] != words {
				wrong[name] = words
			}
		}
	}
	if wanted.Logo != before.Logo && wanted.Logo > 0 {
		p, err := a.Store.Picture(ctx, wanted.Logo)
		switch {
		case fault.Is(err, fault.NotFound):
			wrong["logo"] = fmt.Sprintf("there is no picture %d", wanted.Logo)
		case err != nil:
			return err
		case !p.Image():
			wrong["logo"] = fmt.Sprintf("%d is no picture that can be shown", wanted.Logo)
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
