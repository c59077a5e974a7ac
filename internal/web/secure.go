package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// strictTransport is RFC 6797's: for a year. Names below the domain are not ours to
// speak for, and a browser's built-in list is hard to leave.
var strictTransport = []string{"max-age=31536000"}

// StrictTransport tells browsers, on answers over TLS, to come in no other way for
// a year. Nothing takes that back before: it is for certificates that renew
// themselves.
func StrictTransport(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS != nil {
			w.Header()["Strict-Transport-Security"] = strictTransport
		}
		next.ServeHTTP(w, r)
	})
}

// ToHTTPS sends who comes without TLS on to the same address with it. It leads to
// names that are ours and nowhere else, whatever a request says; others get 421,
// and methods that carry something 405, since it has been seen on the way.
type ToHTTPS struct {
	// Ours reports whether a host, without port and in small letters, is ours.
	Ours func(host string) bool
	// Ready reports whether it has a certificate. Until it has, and only then,
	// Meanwhile answers: a paper without HTTPS is better than none.
	Ready     func(host string) bool
	Meanwhile http.Handler
	// Port is that of HTTPS, for those who came to a port of ours by its number.
	// Who names none came to 80, and is sent to 443: whatever leads there from
	// another port does so for both.
	Port string
}

// ServeHTTP answers with a redirect that stays (308).
func (s *ToHTTPS) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, port := splitHost(r.Host)
	switch {
	case !s.Ours(host):
		http.Error(w, "This server does not answer for that name.", http.StatusMisdirectedRequest)
	case !s.Ready(host):
		s.Meanwhile.ServeHTTP(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Nothing is taken here without encryption. Please open https://"+host+"/ and send it from there.", http.StatusMethodNotAllowed)
	default:
		if port != "" && s.Port != "443" {
			host = net.JoinHostPort(host, s.Port)
		}
		// Not from RequestURI: what stands there need not begin with a slash.
		to := url.URL{Scheme: "https", Host: host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusPermanentRedirect)
	}
}

// splitHost parts a Host field; the port is "" where none is named.
func splitHost(field string) (host, port string) {
	host, port, err := net.SplitHostPort(field)
	if err != nil {
		host, port = field, ""
	}
	return strings.TrimSuffix(strings.ToLower(host), "."), port
}
