package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// longestPreview is how long a secret link may lead to an article.
const longestPreview = 90 * 24 * time.Hour

// MakePreview makes a secret link to an article in any state, as readers would
// see it, that leads nowhere from until on, at most 90 days from now. It shows the
// article as it is whenever somebody looks; with copyOf, that one's working copy
// while there is one, and that is no line of the log: it is how its writer looks at
// it, time and again. The token is nowhere but in the answer: the store has its
// hash.
func (d *Desk) MakePreview(ctx context.Context, who Who, article news.ArticleID, copyOf news.StaffID, until time.Time) (token string, err error) {
	return d.makePreview(ctx, who, news.Preview{Article: article, CopyOf: copyOf, Ends: until})
}

// PreviewChange is MakePreview of a live article with a change that is yet to be put
// in. It is no line of the log either.
func (d *Desk) PreviewChange(ctx context.Context, who Who, id news.LaterID, until time.Time) (token string, err error) {
	c, err := d.store.LaterChange(ctx, id)
	if err != nil {
		return "", err
	}
	return d.makePreview(ctx, who, news.Preview{Article: c.Article, Change: id, Ends: until})
}

func (d *Desk) makePreview(ctx context.Context, who Who, p news.Preview) (token string, err error) {
	var secret [32]byte
	rand.Read(secret[:]) // never fails
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if !p.Ends.After(now) || p.Ends.Sub(now) > longestPreview {
			return fault.New(fault.Invalid, "a preview ends in the next 90 days")
		}
		a, err := tx.Article(ctx, p.Article)
		if err != nil {
			return err
		}
		if a.State == news.Trashed {
			return fault.New(fault.Invalid, "it is in the trash: restore it first")
		}
		p.Hash, p.By, p.Made = PreviewHash(token), string(who), now
		if err := tx.InsertPreview(ctx, p); err != nil {
			return err
		}
		if p.CopyOf != 0 || p.Change != 0 {
			return nil
		}
		return tx.Audit(ctx, now, string(who), "make preview", target(&a), "until "+p.Ends.UTC().Format(time.RFC3339))
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// PreviewHash is what the store knows a preview's token by.
func PreviewHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// EndPreview has a preview of an article lead nowhere from now on.
func (d *Desk) EndPreview(ctx context.Context, who Who, article news.ArticleID, hash string) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		there, err := tx.EndPreview(ctx, article, hash)
		if err != nil || !there {
			return err
		}
		return tx.Audit(ctx, now, string(who), "end preview", news.Target{Noun: news.ArticleNoun, ID: int64(article)}, "")
	})
}

// EndPreviews clears away the previews that have ended, and returns how many.
func (d *Desk) EndPreviews(ctx context.Context) (n int64, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if n, err = tx.EndPreviews(ctx, now); err != nil {
			return err
		}
		fronts, err := tx.EndFrontPreviews(ctx, now)
		if err != nil {
			return err
		}
		papers, err := tx.EndPaperPreviews(ctx, now)
		n += fronts + papers
		return err
	})
	return n, err
}
