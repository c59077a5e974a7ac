package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// idHeader tells a reader, and the log, the id of an answer that is a problem.
const idHeader = "X-Request-Id"

// newID makes an id for people who read it to another over the telephone: eight
// letters and digits.
func newID() string { return strings.ToLower(rand.Text()[:8]) }

// Journal notes each answer: one line in the log, and a call of Watch; nil for
// nobody. It tells neither query nor network address nor user agent: who read
// what is nobody's business.
type Journal struct {
	Log   *slog.Logger
	Watch func(Answer)

	// Secret are beginnings of paths, as "/preview/", after which something secret
	// follows: that is noted as "…".
	Secret []string
}

// path is a path as it is noted.
func (j *Journal) path(p string) string {
	for _, begin := range j.Secret {
		if strings.HasPrefix(p, begin) && len(p) > len(begin) {
			return begin + "…"
		}
	}
	return p
}

// Answer is what was sent.
type Answer struct {
	Method string
	Path   string
	Status int
	Bytes  int64         // of the body
	Took   time.Duration // from the request's header to the end of the answer
	Whole  bool          // it was not broken off
	ID     string        // of a problem; "" for none
}

// Answers notes what next answers. It belongs outside of everything else, so that
// its figures are what was sent.
func (j *Journal) Answers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec, mine := record(w)
		a := Answer{Method: r.Method, Path: j.path(r.URL.Path)}
		defer func() {
			a.Status, a.Bytes, a.Took, a.ID = rec.status, rec.bytes, time.Since(start), rec.Header().Get(idHeader)
			if mine {
				rec.release()
			}
			if a.Status == 0 {
				a.Status = http.StatusOK // net/http sends that for a handler that wrote nothing
			}
			j.note(r.Context(), a, start.Add(a.Took))
		}()
		next.ServeHTTP(rec, r)
		a.Whole = true
	})
}

// note notes an answer that ended now.
func (j *Journal) note(ctx context.Context, a Answer, now time.Time) {
	if j.Watch != nil {
		j.Watch(a)
	}
	h := j.Log.Handler()
	if !h.Enabled(ctx, slog.LevelInfo) {
		return
	}
	// Not by way of the logger, which would find out each time where this line is.
	line := slog.NewRecord(now, slog.LevelInfo, "request", 0)
	line.AddAttrs(slog.String("method", a.Method), slog.String("path", a.Path), slog.Int("status", a.Status), slog.Int64("bytes", a.Bytes), slog.Duration("took", a.Took))
	if !a.Whole {
		line.AddAttrs(slog.Bool("whole", false))
	}
	if a.ID != "" {
		line.AddAttrs(slog.String("id", a.ID))
	}
	_ = h.Handle(ctx, line) // there is nowhere else to say that the log can't be written
}
