package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	settingByName = `select value from setting where name = $1`
	putSetting    = `insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`

	paperSettings = `select value, version from setting where name = 'paper'`

	// Over another version than the one that was read, it writes nothing.
	putPaperSettings = `
insert into setting (name, value, version) values ('paper', $1, $2)
on conflict (name) do update set value = excluded.value, version = excluded.version where setting.version = $3`
)

// part is a value that is stored as a whole, with its version.
type part struct {
	value   string
	version int
}

func partFields(p *part) []any { return []any{&p.value, &p.version} }

// Settings returns what the paper is: what was set, and the defaults for the
// rest.
func (r Reader) Settings(ctx context.Context) (news.Settings, error) {
	r.note(news.SettingsRef)
	s := news.DefaultSettings()
	p, err := db.One(ctx, r.s, partFields, paperSettings)
	switch {
	case fault.Is(err, fault.NotFound):
		return s, nil
	case err != nil:
		return s, err
	}
	if err := json.Unmarshal([]byte(p.value), &s); err != nil {
		return s, fmt.Errorf("the stored settings can't be read: %w", err)
	}
	s.Version = p.version
	return s, nil
}

// PutSettings stores the settings as a whole over the version that they were read
// at, and writes down who did it and when; s.Version becomes the new one. When
// somebody else has written them meanwhile, that is a fault of kind Conflict.
func (tx *Tx) PutSettings(ctx context.Context, s *news.Settings, by, verb string, at time.Time) error {
	value, err := json.Marshal(s)
	if err != nil {
		return err
	}
	tx.change(news.SettingsRef)
	n, err := db.Exec(ctx, tx.s, putPaperSettings, string(value), s.Version+1, s.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "somebody else has changed the settings meanwhile")
	}
	if err != nil {
		return err
	}
	s.Version++
	if err := tx.useInPaper(ctx, s); err != nil {
		return err
	}
	return tx.writeDown(ctx, news.PaperRevision{Part: news.SettingsPart, Version: s.Version, Saved: at, By: by, Verb: verb, Value: value})
}
