package desk

import (
	"context"
	"fmt"
	pathpkg "path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// address brings an article's address in line with its state. A public one that
// has none yet gets a new one by the paper's pattern.
func address(ctx context.Context, tx *store.Tx, a *news.Article, all news.Sections) error {
	state := addressState(a.State)
	if a.Path != "" {
		return tx.SetAddress(ctx, news.Address{Path: a.Path, Target: target(a), State: state})
	}
	if state != news.Current {
		return nil
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	if a.Slug == "" {
		a.Slug = fmt.Sprint(a.ID)
	}
	a.Path, err = freePath(ctx, tx, settings.NewArticlePath(a, all.Line(a.Section), a.Published))
	if err != nil {
		return err
	}
	return tx.SetAddress(ctx, news.Address{Path: a.Path, Target: target(a), State: state})
}

func addressState(s news.State) news.AddressState {
	switch s {
	case news.Published:
		return news.Current
	case news.Withdrawn:
		return news.GoneAway
	}
	return news.Reserved
}

// slug is a text's slug in NFC, as addresses are kept: a headline that was written
// elsewhere, and the name of a file from a Mac, may have their accents apart.
func slug(s string) string { return norm.NFC.String(news.Slug(norm.NFC.String(s))) }

// pathFor is freePath for a thing that may have had the path before: its own old
// address is free to it.
func pathFor(ctx context.Context, tx *store.Tx, path string, t news.Target) (string, error) {
	a, err := tx.Address(ctx, norm.NFC.String(path))
	if err == nil && a.Target == t {
		return a.Path, nil
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	return freePath(ctx, tx, path)
}

// relocate gives a thing the address path, or the next free one like it; the one
// before leads on to it for good. It returns the new one.
func relocate(ctx context.Context, tx *store.Tx, t news.Target, before, path string) (string, error) {
	to, err := pathFor(ctx, tx, path, t)
	if err != nil || to == before {
		return to, err
	}
	if before != "" {
		if err := tx.SetAddress(ctx, news.Address{Path: before, Target: t, State: news.Moved}); err != nil {
			return "", err
		}
	}
	return to, tx.SetAddress(ctx, news.Address{Path: to, Target: t, State: news.Current})
}

// freePath returns path in NFC, or that with the first number at its end that
// makes it free: "/world/vote/", "/world/vote-2/"; "/pictures/a.jpg",
// "/pictures/a-2.jpg".
func freePath(ctx context.Context, tx *store.Tx, path string) (string, error) {
	path = norm.NFC.String(path)
	for n := 1; ; n++ {
		try := path
		if n > 1 {
			if bare, ok := strings.CutSuffix(path, "/"); ok {
				try = fmt.Sprintf("%s-%d/", bare, n)
			} else {
				ext := pathpkg.Ext(path)
				try = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
			}
		}
		if lists := news.CorrectionsPaths(); news.ReservedPath(try) || slices.Contains(lists[:], try) {
			continue
		}
		_, err := tx.Address(ctx, try)
		switch {
		case fault.Is(err, fault.NotFound):
			return try, nil
		case err != nil:
			return "", err
		}
	}
}
