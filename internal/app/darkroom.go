package app

import (
	"context"

	"broadsheet/internal/media"
	"broadsheet/internal/theme"
)

// Darkroom makes the renditions that the configured theme asks for. The error
// tells that the theme can't be read.
func (a *App) Darkroom() (*media.Darkroom, error) {
	if room := a.room.Load(); room != nil {
		return room, nil
	}
	m, err := theme.ReadManifest(themeFiles(a.Config.Theme))
	if err != nil {
		return nil, a.themeFault(err)
	}
	return media.NewDarkroom(a.Disk, m.Pictures), nil
}

// develop has the pictures' renditions made for a theme that asks for others than
// were made so far.
func (a *App) develop(ctx context.Context, uses map[string]media.Use) error {
	a.room.Store(media.NewDarkroom(a.Disk, uses))
	return a.Desk.AskRenditions(ctx, media.Recipe(uses))
}
