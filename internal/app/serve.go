package app

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/fault"
	"broadsheet/internal/job"
	"broadsheet/internal/newsroom"
	"broadsheet/internal/page"
	"broadsheet/internal/site"
	"broadsheet/internal/web"
)

// Listen opens the address that readers are answered at.
func (a *App) Listen() (net.Listener, error) { return listen(a.Config.ReadersAddr(), "") }

// listen opens an address, which the words of a fault call what it is for.
func listen(addr, what string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "the address %s%s can't be used", addr, what)
	}
	return ln, nil
}

// Serve answers readers on ln, which is from [App.Listen], and does the work behind
// the pages, until ctx is done; requests under way are then finished, for as long
// as the configuration says. Where certificates are to be had, it does not wait for
// them. It closes ln.
func (a *App) Serve(ctx context.Context, ln net.Listener) error {
	s, err := a.site(ctx, ln)
	if err != nil {
		ln.Close()
		return err
	}
	n, err := a.newsroom(ln, s.Manifest)
	if err != nil {
		ln.Close()
		return err
	}
	m := newMetrics(a, s)
	var private []served
	if a.Config.MetricsAddr != "" {
		at, err := listen(a.Config.MetricsAddr, " for metrics")
		if err != nil {
			ln.Close()
			return err
		}
		private = []served{{at, web.NewServer(m.handler(a), a.Log)}}
	}
	servers, beside, err := a.faces(ctx, ln, s, n, m)
	if err != nil {
		ln.Close()
		for _, s := range private {
			s.ln.Close()
		}
		return err
	}
	jobs := a.jobs()
	if to := a.mailer(); to != nil {
		jobs = append(jobs, a.sendLetters(to, n.Letter))
	}
	return a.serveAll(ctx, append(servers, private...), jobs, beside)
}

// faces are the servers for readers and the newsroom, and what is to run beside
// them until its context is done; nil for nothing.
func (a *App) faces(ctx context.Context, ln net.Listener, s *site.Handler, n *newsroom.Handler, m *metrics) ([]served, func(context.Context), error) {
	journal := &web.Journal{Log: a.Log, Watch: m.observe, Secret: []string{site.PreviewPath}}
	readers := a.themed(ctx, s)
	whole := both(n, readers)
	if a.Config.TLS.On() {
		return a.secure(ctx, ln, whole, readers, journal)
	}
	public := web.NewServer(journal.Answers(whole), a.Log)
	if !a.Config.Dev { // where each request looks at the theme
		public.Shortcut(s.ServeKept, journal)
	}
	return []served{{ln, public}}, nil, nil
}

// served is one address and what answers there.
type served struct {
	ln     net.Listener
	server *web.Server
}

// serveAll serves until ctx is done or one of the servers has failed, and stops
// the jobs last, so that nothing that a request has asked for is lost. beside runs
// until ctx is done, too; nil for nothing.
func (a *App) serveAll(ctx context.Context, servers []served, work []job.Job, beside func(context.Context)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	jobs, stopJobs := context.WithCancel(context.WithoutCancel(ctx))
	var background, faces sync.WaitGroup
	background.Go(func() { job.Run(jobs, a.Log, work...) })
	a.changes.Pause() // until we hear of what other processes change
	background.Go(func() { a.follow(jobs) })
	if beside != nil {
		faces.Go(func() { beside(ctx) })
	}
	errs := make([]error, len(servers))
	for i, s := range servers {
		faces.Go(func() {
			defer stop()
			errs[i] = s.server.Serve(ctx, s.ln, a.Config.ShutdownTimeout.Duration)
		})
	}
	faces.Wait()
	stopJobs()
	background.Wait()
	return errors.Join(errs...)
}

// follow has pages fall when other processes have changed something, until ctx is
// done.
func (a *App) follow(ctx context.Context) {
	silent := false
	a.Store.Follow(ctx, resuming{a.changes, func() {
		if silent {
			a.Log.Info("changes of other processes are heard of again")
		}
		silent = false
	}}, func(err error) {
		if !silent {
			a.Log.Error("changes of other processes are not heard of; until they are, every page is made anew", "error", err)
		}
		silent = true
	})
}

// resuming also tells when a pause ends.
type resuming struct {
	*page.Changes
	resumed func()
}

// Resume ends the pause.
func (r resuming) Resume() {
	r.Changes.Resume()
	r.resumed()
}

// site builds the reading site.
func (a *App) site(ctx context.Context, ln net.Listener) (*site.Handler, error) {
	settings, err := a.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	files := themeFiles(a.Config.Theme)
	locales, err := a.Words()
	if err != nil {
		return nil, a.themeFault(err)
	}
	set, err := ads.Load(ctx, a.Disk, a.Config.Ads, settings.Zone())
	if err != nil {
		return nil, err
	}
	c := a.Config.Comments
	h, err := site.New(site.Parts{
		Store: a.Store, Desk: a.Desk, Disk: a.Disk, Ads: set, Theme: files, Locales: locales, Log: a.Log,
		Now: time.Now, Address: a.origin(ln),
		Proxies:  web.TrustProxies(a.Config.Proxies()),
		Comments: web.NewLimiter(c.Every.Duration, c.Burst, time.Now),
		Changes:  a.changes,
		Memory:   int64(a.Config.Memory) / pagesShare,
		CDN:      a.Config.CDN.Keep.Duration,
		Dev:      a.Config.Dev,
	})
	if err != nil {
		return nil, a.themeFault(err)
	}
	a.develop(h.Uses())
	return h, nil
}

// pagesShare is which part of the memory finished pages take: the rest is the
// program's, the database's and that of pictures at work.
const pagesShare = 4

// readable is an address that a person on this machine can open.
func readable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() && ip.To4() == nil {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
