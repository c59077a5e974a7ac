package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

type idKey struct{}

// RequestID is the short id of the request that ctx belongs to, which the log
// and a problem page both show; "" outside of one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// withID gives the request an id unless it has one. Ids are for people who read
// one to another over the telephone: eight letters and digits.
func withID(r *http.Request) (*http.Request, string) {
	if id := RequestID(r.Context()); id != "" {
		return r, id
	}
	id := strings.ToLower(rand.Text()[:8])
	return r.WithContext(context.WithValue(r.Context(), idKey{}, id)), id
}

// Log gives each request an id and writes one line about each answer. It tells
// neither query nor network address nor user agent: who read what is nobody's
// business. It belongs outside of everything else, so that its figures are what
// was sent.
func Log(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		r, id := withID(r)
		rec := record(w)
		whole := false
		defer func() {
			status := rec.status
			if status == 0 {
				status = http.StatusOK // net/http sends that for a handler that wrote nothing
			}
			log.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("id", id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", status), slog.Int64("bytes", rec.bytes),
				slog.Duration("took", time.Since(start)), slog.Bool("whole", whole))
		}()
		next.ServeHTTP(rec, r)
		whole = true
	})
}
