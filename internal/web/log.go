package web

import (
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

// Log writes one line about each answer and calls watch with it; nil for nobody.
// It tells neither query nor network address nor user agent: who read what is
// nobody's business. It belongs outside of everything else, so that its figures
// are what was sent.
func Log(log *slog.Logger, watch func(Answer), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec, mine := record(w)
		whole := false
		defer func() {
			a := Answer{Method: r.Method, Status: rec.status, Bytes: rec.bytes, Took: time.Since(start)}
			id := rec.Header().Get(idHeader)
			if mine {
				rec.release()
			}
			if a.Status == 0 {
				a.Status = http.StatusOK // net/http sends that for a handler that wrote nothing
			}
			if watch != nil {
				watch(a)
			}
			if !log.Enabled(r.Context(), slog.LevelInfo) {
				return
			}
			attrs := [...]slog.Attr{
				slog.String("method", a.Method), slog.String("path", r.URL.Path), slog.Int("status", a.Status), slog.Int64("bytes", a.Bytes),
				slog.Duration("took", a.Took), slog.Bool("whole", whole), slog.String("id", id),
			}
			some := attrs[:]
			if id == "" {
				some = attrs[:len(attrs)-1]
			}
			log.LogAttrs(r.Context(), slog.LevelInfo, "request", some...)
		}()
		next.ServeHTTP(rec, r)
		whole = true
	})
}

// Answer is what was sent.
type Answer struct {
	Method string
	Status int
	Bytes  int64
	Took   time.Duration // from the request's header to the end of the answer
}
