package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"

	"broadsheet/internal/fault"
	"broadsheet/internal/site"
	"broadsheet/internal/theme"
)

// RereadTheme asks the running server to read its theme again. It returns at
// once; the log tells how it went. A broken theme is refused, and the last good
// one stays.
func (a *App) RereadTheme() {
	select {
	case a.reread <- struct{}{}:
	default: // it is asked already
	}
}

// themeFault says in words that the theme can't be used, with every file and line.
func (a *App) themeFault(err error) error {
	if _, ok := errors.AsType[theme.Problems](err); !ok {
		return err
	}
	if a.Config.Theme == "" {
		return fault.Wrap(fault.Internal, err, "the theme that is built in can't be used")
	}
	return fault.Wrap(fault.Invalid, err, "the theme in %s can't be used", a.Config.Theme)
}

// setTheme reads theme and words from their folder and has h use them.
func (a *App) setTheme(h *site.Handler) error {
	files := themeFiles(a.Config.Theme)
	words, err := a.Words()
	if err != nil {
		return err
	}
	if err := h.SetTheme(files, words); err != nil {
		return err
	}
	a.develop(h.Uses())
	return nil
}

// themed is the site that follows its theme: at each request while one is made,
// else when it is asked to, until ctx is done.
func (a *App) themed(ctx context.Context, h *site.Handler) http.Handler {
	if a.Config.Dev {
		return &follower{app: a, site: h}
	}
	go func() {
		h.Pack()
		for {
			select {
			case <-ctx.Done():
				return
			case <-a.reread:
			}
			if err := a.setTheme(h); err != nil {
				a.Log.Error("the theme can't be used; the last good one stays", "theme", a.Config.Theme, "problem", oneLine(err))
				continue
			}
			a.Log.Info("the theme was read again", "theme", a.Config.Theme)
			if a.Config.CDN.PurgeURL != "" {
				if err := a.Desk.PurgeEverything(ctx); err != nil {
					a.Log.Error("the CDN can't be told that pages look different", "error", err)
				}
			}
			h.Pack()
		}
	}()
	return h
}

// follower reads the theme again at the first request after a file of it was
// saved. While the theme is broken, the last good one answers, and a header says
// what is wrong.
type follower struct {
	app  *App
	site *site.Handler

	mu      sync.Mutex
	print   string // of the folder as it was read; "" at first
	problem string // of the theme as it is now; "" for none
}

// themeErrorHeader tells who makes a theme why a change does not show.
const themeErrorHeader = "Broadsheet-Theme-Error"

// ServeHTTP answers with the theme as it is in its folder now.
func (f *follower) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if problem := f.follow(); problem != "" {
		w.Header().Set(themeErrorHeader, problem)
	}
	f.site.ServeHTTP(w, r)
}

// follow takes up what was saved since, and says what is wrong.
func (f *follower) follow() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	// The print is taken first: a file saved while the others are read makes
	// another one at the next request.
	print, err := theme.Fingerprint(os.DirFS(f.app.Config.Theme))
	if err == nil && print == f.print {
		return f.problem
	}
	f.print = ""
	if err == nil {
		err = f.app.setTheme(f.site)
		f.print = print
	}
	before := f.problem
	f.problem = ""
	switch {
	case err != nil:
		if f.problem = oneLine(err); f.problem != before {
			f.app.Log.Error("the theme can't be used; the last good one stays", "theme", f.app.Config.Theme, "problem", f.problem)
		}
	case before != "":
		f.app.Log.Info("the theme can be used again", "theme", f.app.Config.Theme)
	}
	return f.problem
}

// oneLine is what is wrong with a theme for a header and for one line of the log,
// in ASCII: the first problem, and how many more there are.
func oneLine(err error) string {
	text, more := err.Error(), 0
	if found, ok := errors.AsType[theme.Problems](err); ok {
		broken := found.Broken()
		text, more = broken[0].String(), len(broken)-1
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return ' '
		}
		return r
	}, text)
	const most = 400 // bytes
	text = text[:min(len(text), most)]
	if more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}
