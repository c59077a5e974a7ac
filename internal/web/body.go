package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"broadsheet/internal/fault"
)

// LimitBody lets no handler below read more than max bytes of a request's body;
// reading on fails with an error that [Face.Handle] answers with 413.
func LimitBody(max int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, max)
		next.ServeHTTP(w, r)
	})
}

// passedBy is how much of a form that is too large is read and forgotten.
const passedBy = 32 << 20

// Form reads a posted form of at most max bytes, without what the query says.
// What can't be read is a fault: 413 for too much, Invalid for the rest. What is
// too much is read to its end, within bounds: a browser shows no answer that comes
// while it is still sending, but says that the connection was broken.
func Form(w http.ResponseWriter, r *http.Request, max int64) (url.Values, error) {
	whole := r.Body
	r.Body = http.MaxBytesReader(w, whole, max)
	if err := r.ParseForm(); err != nil {
		if tooBig, ok := errors.AsType[*http.MaxBytesError](err); ok {
			_, _ = io.CopyN(io.Discard, whole, passedBy) // it ends early, as a rule
			return nil, fault.Wrap(fault.Invalid, tooBig, "That is too much to send at once.")
		}
		return nil, fault.Wrap(fault.Invalid, err, "The form could not be read. Please try again.")
	}
	return r.PostForm, nil
}
