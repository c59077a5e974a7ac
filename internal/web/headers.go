package web

import (
	"net/http"
	"strings"
)

// Headers adds to every answer what protects a reader's browser; see [Protect].
func Headers(policy string, next http.Handler) http.Handler {
	protect := Protect(policy)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protect(w.Header())
		next.ServeHTTP(w, r)
	})
}

// Protect returns what sets the headers that protect a reader's browser. The
// policy is the face's Content-Security-Policy; frame-ancestors 'none' is added
// where it says nothing about framing. A handler may set any of them anew.
func Protect(policy string) func(http.Header) {
	if !strings.Contains(policy, "frame-ancestors") {
		if policy != "" {
			policy += "; "
		}
		policy += "frame-ancestors 'none'"
	}
	policies := []string{policy} // shared by all answers, and never changed
	return func(h http.Header) {
		h["Content-Security-Policy"] = policies
		h["X-Content-Type-Options"] = noSniff
		h["Referrer-Policy"] = originOnly
		h["Permissions-Policy"] = noPermissions
	}
}

var (
	noSniff       = []string{"nosniff"}
	originOnly    = []string{"strict-origin-when-cross-origin"}
	noPermissions = []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=()"}
)
