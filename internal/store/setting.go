package store

import (
	"context"
	"encoding/json"
	"fmt"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	settingByName = `select value from setting where name = $1`
	putSetting    = `insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`
)

// Settings returns what the paper is: what was set, and the defaults for the
// rest.
func (r Reader) Settings(ctx context.Context) (news.Settings, error) {
	r.note(news.SettingsRef)
	s := news.DefaultSettings()
	value, err := db.Value[string](ctx, r.s, settingByName, "paper")
	switch {
	case fault.Is(err, fault.NotFound):
		return s, nil
	case err != nil:
		return s, err
	}
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return s, fmt.Errorf("the stored settings can't be read: %w", err)
	}
	return s, nil
}

// PutSettings stores the settings as a whole.
func (tx *Tx) PutSettings(ctx context.Context, s news.Settings) error {
	value, err := json.Marshal(s)
	if err != nil {
		return err
	}
	tx.change(news.SettingsRef)
	if _, err = db.Exec(ctx, tx.s, putSetting, "paper", string(value)); err != nil {
		return err
	}
	return tx.useOne(ctx, news.Target{Noun: news.SettingsNoun}, s.Logo, news.AsLogo)
}
