package desk

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// paperPreviewLife is how long the front page can be looked at with what nobody has
// saved.
const paperPreviewLife = time.Hour

// MakePaperPreview makes a secret link to the front page as it would look with
// settings (nil for those of the paper) and menus that nobody has saved, for an
// hour. It is no line of the log: it is how somebody looks at what they are about to
// do. The token is nowhere but in the answer: the store has its hash.
func (d *Desk) MakePaperPreview(ctx context.Context, settings *news.Settings, menus []news.Menu) (token string, err error) {
	if settings != nil {
		if wrong := settings.Check(); wrong != nil {
			return "", wrongFields("these settings can't be used", wrong)
		}
	}
	for i := range menus {
		if wrong := menus[i].Check(); wrong != nil {
			return "", wrongFields("this menu can't be used", wrong)
		}
	}
	var secret [32]byte
	rand.Read(secret[:]) // never fails
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	return token, d.update(ctx, func(tx *store.Tx, now time.Time) error {
		return tx.InsertPaperPreview(ctx, news.PaperPreview{Hash: PreviewHash(token), Settings: settings, Menus: menus, Ends: now.Add(paperPreviewLife)})
	})
}
