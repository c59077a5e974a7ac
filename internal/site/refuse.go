package site

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/page"
	"broadsheet/internal/web"
)

// How long a reader waits where more is asked for than can be made: for turns,
// for connections to the store and for the work, all together. Behind that come
// the page that says what is wrong, which is mostly kept, and for 503 how long
// that may take where it is not.
const (
	patience        = 5 * time.Second
	problemPatience = 2 * time.Second
	refusalPatience = 250 * time.Millisecond
)

// inTime gives a request one time for all that it waits for. A page that is not
// there by then is 503; what was begun for it is made to its end and kept for who
// comes again. How slowly a form comes in is the server's to bound.
func (s *Site) inTime(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if r.Method == http.MethodPost {
			if _, err := web.Form(w, r, maxForm); err != nil {
				return err
			}
		}
		ctx, stop := context.WithTimeout(r.Context(), patience)
		defer stop()
		err := h(w, r.WithContext(ctx))
		if err != nil && fault.KindOf(err) == fault.Internal && ctx.Err() != nil && r.Context().Err() == nil {
			return fault.Wrap(fault.Unavailable, err, "there is no time for it now")
		}
		return err
	}
}

// refuse answers that there is too much to do: to everybody with the same page,
// whatever the log is told. Many are refused at once.
func (s *Site) refuse(ctx context.Context, w http.ResponseWriter, r *http.Request) error {
	p, err := s.refusalNow(ctx)
	if last := s.refusal.Load(); err != nil && last != nil {
		p, err = last, nil
	}
	if err != nil {
		return err
	}
	return s.sendWhole(w, r, http.StatusServiceUnavailable, p)
}

// prepareRefusal makes the page that says so, unless it is kept. Whoever makes a
// page calls it, so that the other is there when nothing can be read any more; who
// then finds that something on it has changed gets it as it was.
func (s *Site) prepareRefusal(ctx context.Context) {
	if _, ok := s.paper.Kept(); !ok { // nor would that page be, for now
		return
	}
	_, _ = s.refusalNow(ctx) // whose turn it is to need it finds out
}

// refusalNow is that page as it is now.
func (s *Site) refusalNow(ctx context.Context) (*page.Whole, error) {
	ctx, stop := context.WithTimeout(ctx, refusalPatience)
	defer stop()
	settings, err := s.settings(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, s.Now())
	if err != nil {
		return nil, err
	}
	p, err := s.press.Page(ctx, page.Key{Kind: problemKind, Language: settings.Language, Rest: strconv.Itoa(http.StatusServiceUnavailable)}, today, page.Place{})
	if err != nil {
		return nil, err
	}
	s.refusal.Store(p)
	return p, nil
}
