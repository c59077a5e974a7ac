package main

import (
	"context"
	"fmt"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
)

func serve(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("serve")
	flags := config.AddFlags(fs, "addr", "metrics_addr", "data", "database", "trusted_proxies", "shutdown_timeout",
		"log.format", "log.level", "comments.burst", "comments.every")
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	ln, err := a.Listen()
	if err != nil {
		return err
	}
	a.Log.Info("starting", "version", versionName(), "config", a.Config)
	fmt.Fprintf(t.out, "serving on %s\n", app.URL(ln))
	return a.Serve(ctx, ln)
}
