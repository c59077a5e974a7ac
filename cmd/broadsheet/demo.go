package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/app"
	"broadsheet/internal/config"
	samplepaper "broadsheet/internal/demo"
	"broadsheet/internal/fault"
)

func demo(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("demo")
	flags := config.AddFlags(fs, "addr", "data", "metrics_addr", "database", "theme", "dev", "log.format", "log.level", "comments.burst", "comments.every")
	articles := fs.Int("articles", 0, "make an archive of `N` generated articles instead, for measuring")
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	c, err := config.Load(flags, t.env)
	if err != nil {
		return err
	}
	if c.Theme != "" { // looked at before the paper is drawn, which takes a while
		found, err := app.CheckTheme(c.Theme)
		if err != nil {
			return err
		}
		if broken := found.Broken(); broken != nil {
			return fault.Wrap(fault.Invalid, broken, "the theme in %s can't be used", c.Theme)
		}
	}
	until := "stop it with Ctrl-C"
	if c.Data == config.Default().Data {
		if c.Data, err = os.MkdirTemp("", "broadsheet-demo-*"); err != nil {
			return err
		}
		defer os.RemoveAll(c.Data)
		until += ", and it is gone; -data FOLDER keeps it"
	}
	if c.Log.Level == config.Default().Log.Level {
		c.Log.Level = "warn" // a newcomer wants to read the address, not each request
	}
	a, err := app.Open(ctx, c, t.log(c))
	if err != nil {
		return err
	}
	defer a.Close()
	ln, err := a.Listen()
	if err != nil {
		return err
	}
	accounts, err := t.fillDemo(ctx, a, *articles, a.URL(ln))
	if err != nil {
		ln.Close()
		return err
	}
	fmt.Fprintf(t.out, "The sample newspaper is at %s\nIts data is in %s; %s.\n", a.URL(ln), c.Data, until)
	if len(accounts) > 0 {
		fmt.Fprintf(t.out, "\nIts newsroom is at %snewsroom/, where you can sign in as\n", a.URL(ln))
		for _, s := range accounts {
			fmt.Fprintf(t.out, "  %-14s %-26s %s\n", s.Role, s.Email, s.Password)
		}
	}
	return a.Serve(ctx, ln)
}

// fillDemo fills an empty store and returns the accounts that were made; one that
// holds something is served as it is.
func (t *terminal) fillDemo(ctx context.Context, a *app.App, articles int, url string) ([]samplepaper.Account, error) {
	p, err := samplepaper.Load(time.Now())
	if err != nil {
		return nil, err
	}
	a.Config.Ads = append([]ads.Booking(nil), append(a.Config.Ads, p.Ads...)...)
	unused, err := a.Store.Unused(ctx)
	if err != nil || !unused {
		return nil, err
	}
	if err := t.fillPaper(ctx, a, articles, url[:len(url)-1]); err != nil {
		return nil, err
	}
	accounts, err := samplepaper.Staff(ctx, a.Desk, a.Passwords())
	if err != nil {
		return nil, err
	}
	return accounts, samplepaper.Work(ctx, a.Desk, a.Store, time.Now())
}

// fillPaper fills an empty store with articles.
func (t *terminal) fillPaper(ctx context.Context, a *app.App, articles int, address string) error {
	if articles > 0 {
		bar := newProgress(t.err, "generating", int64(articles))
		defer bar.end()
		return samplepaper.FillArchive(ctx, a.Desk, samplepaper.Filling{Articles: articles, Comments: 5, End: time.Now(), Address: address},
			func(done int) { bar.at(int64(done)) })
	}
	fmt.Fprintln(t.err, "drawing the sample newspaper's pictures")
	if err := samplepaper.Fill(ctx, a.Desk, a.Store, a.Disk, time.Now(), address); err != nil {
		return err
	}
	// A newcomer's first search must find something.
	return a.Desk.IndexAll(ctx, func(int) {})
}
