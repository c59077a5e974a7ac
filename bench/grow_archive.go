package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/demo"
)

// paper returns the data folder of a paper of n articles, and makes it first
// where it is not there: through the desk, oldest article first, with one comment
// each so that a million of them fit on a disk. The search index stays empty and
// nothing waits for it: indexing them would take longer than all that is measured.
func (b *bench) paper(ctx context.Context, n int) (string, error) {
	data := filepath.Join(b.dir, fmt.Sprintf("paper-%d", n))
	if _, err := os.Stat(data); err == nil {
		return data, nil
	}
	part := data + ".part"
	if err := os.RemoveAll(part); err != nil {
		return "", err
	}
	c := config.Default()
	c.Data = part
	began := time.Now()
	if err := fill(ctx, &c, n); err != nil {
		return "", err
	}
	fmt.Fprintf(os.Stderr, "a paper of %d articles was made in %s, %s\n", n, time.Since(began).Round(time.Second), perSecond(n, time.Since(began)))
	return data, os.Rename(part, data)
}

func fill(ctx context.Context, c *config.Config, n int) (err error) {
	a, err := app.Open(ctx, c, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	const often = 20_000
	err = demo.FillArchive(ctx, a.Desk, demo.Filling{Articles: n, Comments: 1, End: epoch, Address: "https://archive.example"}, func(done int) {
		if done%often == 0 {
			fmt.Fprintf(os.Stderr, "\r%d of %d articles", done, n)
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprint(os.Stderr, "\r")
	_, err = a.DB.SQL().ExecContext(ctx, "delete from search_queue")
	return err
}
