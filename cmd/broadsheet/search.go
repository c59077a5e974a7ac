package main

import (
	"context"
	"fmt"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/desk"
)

func searchRebuild(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("search rebuild")
	flags := config.AddFlags(fs, storeFlags...)
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Desk.RebuildSearch(ctx, desk.CommandLine); err != nil {
		return err
	}
	return index(ctx, t, a)
}

// index brings every waiting article into the search index and tells how far it
// is. Stopped, it goes on at the next call, or in a server.
func index(ctx context.Context, t *terminal, a *app.App) error {
	waiting, err := a.Store.SearchQueueSize(ctx)
	if err != nil {
		return err
	}
	show := newProgress(t.err, "search index", int64(waiting))
	done := 0
	err = a.Desk.IndexAll(ctx, func(n int) {
		done = n
		show.at(int64(n))
	})
	show.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "search is complete: %d articles were indexed\n", done)
	return nil
}
