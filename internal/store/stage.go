package store

import (
	"context"
	"encoding/json"
	"fmt"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// stagesSetting is the row that holds the newsroom's stages, all in one: they are
// few, and changed as a list.
const stagesSetting = "stages"

const moveStage = `update article set stage = $2 where stage = $1`

// Stages returns the newsroom's stages, those by default while none were chosen.
// Readers see nothing of them, and no ref is noted.
func (r Reader) Stages(ctx context.Context) (news.Stages, error) {
	value, err := db.Value[string](ctx, r.s, settingByName, stagesSetting)
	if fault.Is(err, fault.NotFound) {
		return news.DefaultStages(), nil
	}
	var s news.Stages
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(value), &s); err != nil || len(s.List) == 0 {
		return s, fmt.Errorf("the newsroom's stages, %q, can't be read: %w", value, err)
	}
	return s, nil
}

// PutStages stores the stages as a whole.
func (tx *Tx) PutStages(ctx context.Context, s news.Stages) error {
	value, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, putSetting, stagesSetting, string(value))
	return err
}

// MoveStage puts all articles of one stage into another, and returns how many.
// Their versions stay: what is being written in them goes on.
func (tx *Tx) MoveStage(ctx context.Context, from, to news.StageID) (int64, error) {
	return db.Exec(ctx, tx.s, moveStage, from, to)
}
