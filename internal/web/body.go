package web

import (
	"errors"
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

// Form reads a posted form of at most max bytes, without what the query says.
// What can't be read is a fault: 413 for too much, Invalid for the rest.
func Form(w http.ResponseWriter, r *http.Request, max int64) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, max)
	if err := r.ParseForm(); err != nil {
		if tooBig, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, fault.Wrap(fault.Invalid, tooBig, "That is too much to send at once.")
		}
		return nil, fault.Wrap(fault.Invalid, err, "The form could not be read. Please try again.")
	}
	return r.PostForm, nil
}
