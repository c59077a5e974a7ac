package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
)

// Handler answers a request or returns an error; it never does both. What it
// returns before anything was written becomes a whole answer by [Face.Handle].
type Handler func(w http.ResponseWriter, r *http.Request) error

// Problem is what a face shows instead of the page that was asked for.
type Problem struct {
	Status int               // HTTP status
	Kind   fault.Kind        //
	Words  string            // written for the reader; "" where only general words by Status are right
	Fields map[string]string // messages for form fields; nil for none
	ID     string            // the same short id as in the log; also on the answer as X-Request-Id
}

// Face is one of Broadsheet's HTTP faces: the reading site, the newsroom.
type Face struct {
	Log *slog.Logger
	// Page answers with a problem as a whole HTML page, its status p's. Where it is
	// nil, or fails before it has written anything, the answer is a line of plain
	// text. It may read from the request the address asked for and the language.
	Page func(w http.ResponseWriter, r *http.Request, p Problem) error
}

// Handle makes an http.Handler of h: errors and panics become an answer with
// the fitting status, general words where the error has none for people, and
// one line in the log. An answer that h had begun when it failed is broken off,
// so that nobody takes half a page for a whole one.
func (f *Face) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec, mine := record(w)
		if mine {
			defer rec.release()
		}
		err := calling(h, rec, r)
		if err == nil {
			return
		}
		id := newID()
		rec.Header().Set(idHeader, id)
		f.log(r, rec, id, err)
		switch {
		case gone(r, err):
			return
		case rec.status != 0:
			panic(http.ErrAbortHandler) // the way to make net/http cut the connection
		}
		f.answer(rec, r, id, err)
	})
}

// calling runs h and turns a panic into an error that carries the stack.
func calling(h Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			panic(v) // net/http's own sign, for net/http to see
		default:
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return h(w, r)
}

// gone reports whether the client left, which explains err.
func gone(r *http.Request, err error) bool {
	return errors.Is(err, context.Canceled) && r.Context().Err() != nil
}

// log writes the one line about err. What a visitor can cause at will stands at
// debug level, so that nobody fills the log by asking for nonsense.
func (f *Face) log(r *http.Request, rec *recorder, id string, err error) {
	level, words := slog.LevelDebug, "request refused"
	switch {
	case gone(r, err):
		words = "client left"
	case status(err) >= 500:
		level, words = slog.LevelError, "request failed"
	}
	f.Log.Log(r.Context(), level, words,
		"id", id, "method", r.Method, "path", r.URL.Path,
		"kind", fault.KindOf(err).String(), "begun", rec.status != 0, "error", err)
}

// answer sends the problem page of err.
func (f *Face) answer(rec *recorder, r *http.Request, id string, err error) {
	p := problem(id, err)
	h := rec.Header()
	// The handler may have described the page that it then failed to make.
	for _, name := range described {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
	if s := retryAfter(err, p.Status); s != "" {
		h.Set("Retry-After", s)
	}
	if f.Page != nil {
		err := f.page(rec, r, p)
		if err == nil {
			return
		}
		f.Log.Error("problem page failed", "id", p.ID, "status", p.Status, "error", err)
		if rec.status != 0 {
			return // a client that has left is no news
		}
		for _, name := range described {
			h.Del(name)
		}
	}
	text := plain(p)
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	rec.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = rec.Write(text)
	}
}

// described are the headers of a page that was not sent after all.
var described = []string{"Content-Length", "Content-Encoding", "Content-Disposition", "ETag", "Last-Modified", "Accept-Ranges", "Surrogate-Key"}

// page keeps a panicking template from taking the plain answer with it.
func (f *Face) page(w http.ResponseWriter, r *http.Request, p Problem) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return f.Page(w, r, p)
}

// plain is the answer where no page can be rendered.
func plain(p Problem) []byte {
	words := p.Words
	if words == "" {
		words = http.StatusText(p.Status) + "."
	}
	return []byte(words + "\n\n" + p.ID + "\n")
}

// problem describes err to a reader.
func problem(id string, err error) Problem {
	p := Problem{Status: status(err), Kind: fault.KindOf(err), ID: id}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		p.Words, p.Fields = strings.TrimSpace(e.Public), e.Fields
	}
	return p
}

// status is the HTTP status for err. A body over its limit is named by
// net/http's own error and has no kind.
func status(err error) int {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return http.StatusRequestEntityTooLarge
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Gone:
		return http.StatusGone
	case fault.Conflict:
		return http.StatusConflict
	case fault.Denied:
		return http.StatusForbidden
	case fault.LoggedOut:
		return http.StatusUnauthorized
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// Later says about err when trying again makes sense; the answer's Retry-After
// is that, in whole seconds rounded up.
func Later(err error, after time.Duration) error { return &later{err, after} }

type later struct {
	error
	after time.Duration
}

func (l *later) Unwrap() error { return l.error }

// retryAfter is the header's value, "" for none. Statuses 429 and 503 always
// have one.
func retryAfter(err error, status int) string {
	after := time.Duration(0)
	if l, ok := errors.AsType[*later](err); ok {
		after = l.after
	} else if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		after = 30 * time.Second
	}
	if after <= 0 {
		return ""
	}
	return strconv.FormatInt(int64((after+time.Second-1)/time.Second), 10)
}
