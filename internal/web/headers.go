package web

import (
	"net/http"
	"strings"
)

// Headers adds to every answer what protects a reader's browser. The policy is
// the face's Content-Security-Policy; frame-ancestors 'none' is added where it
// says nothing about framing. A handler may set any of them anew.
func Headers(policy string, next http.Handler) http.Handler {
	if !strings.Contains(policy, "frame-ancestors") {
		if policy != "" {
			policy += "; "
		}
		policy += "frame-ancestors 'none'"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		next.ServeHTTP(w, r)
	})
}
