package app

import (
	"maps"
	"slices"

	"broadsheet/internal/media"
	"broadsheet/internal/newsroom"
	"broadsheet/internal/theme"
)

// Darkroom makes renditions of the paper's pictures for its theme. Each bounds
// the memory of its own work only, so a process has one at a time. The error
// tells that the theme can't be read.
func (a *App) Darkroom() (*media.Darkroom, error) {
	if room := a.room.Load(); room != nil {
		return room, nil
	}
	m, err := theme.ReadManifest(themeFiles(a.Config.Theme))
	if err != nil {
		return nil, a.themeFault(err)
	}
	a.develop(m.Pictures)
	return a.room.Load(), nil
}

// develop has renditions made from now on as a theme asks for them, and the newsroom.
func (a *App) develop(uses map[string]media.Use) {
	a.room.Store(media.NewDarkroom(a.Disk, slices.AppendSeq(newsroom.PictureUses(), maps.Values(uses))))
}
