package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
)

func serve(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("serve")
	flags := config.AddFlags(fs, "addr", "metrics_addr", "data", "database", "theme", "dev", "memory", "trusted_proxies", "shutdown_timeout",
		"tls.domains", "tls.email", "tls.ca", "tls.ca_root", "tls.cert_file", "tls.key_file", "tls.addr", "tls.http_addr",
		"cdn.keep", "cdn.purge_url", "cdn.purge_header", "smtp.host", "smtp.port", "smtp.user", "smtp.password", "smtp.from", "smtp.tls", "log.format", "log.level", "comments.burst", "comments.every")
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	c, err := config.Load(flags, t.env)
	if err != nil {
		return err
	}
	log, flush := gather(t.err, c)
	defer flush()
	a, err := app.Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	debug.SetGCPercent(garbage)
	ln, err := a.Listen()
	if err != nil {
		return err
	}
	if !a.Config.Dev { // who makes a theme sits at a terminal, and closing that ends the program
		onHangUp(ctx, a.RereadTheme)
	}
	a.Log.Info("starting", "version", versionName(), "config", a.Config)
	fmt.Fprintf(t.out, "serving on %s\n", a.URL(ln))
	return a.Serve(ctx, ln)
}

// garbage is how much of it may lie about while readers are served, as a share of
// what is in use, in percent. Go's own 100 takes some 50 MiB more, which with the
// default setting of "memory" goes past that, for a fifteenth less processor time
// where every page is made from nothing. It is no fixed limit, since that would
// have garbage collected without end while large pictures are at work.
const garbage = 60

// onHangUp calls do for each SIGHUP until ctx is done; the signal no longer ends
// the program.
func onHangUp(ctx context.Context, do func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	go func() {
		defer signal.Stop(signals)
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
				do()
			}
		}
	}()
}
