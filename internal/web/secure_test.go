package web

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhoComesWithoutTLSIsSentToOurNamesOnly(t *testing.T) {
	site := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("the paper")) })
	ours := func(host string) bool { return host == "paper.example" || host == "new.example" }
	ready := func(host string) bool { return host == "paper.example" }
	for _, test := range []struct {
		method, target, host string
		port                 string
		status               int
		to                   string
	}{
		{"GET", "/world/?page=2", "paper.example", "443", 308, "https://paper.example/world/?page=2"},
		{"HEAD", "/world/", "paper.example", "443", 308, "https://paper.example/world/"},
		{"GET", "/", "Paper.Example.", "8443", 308, "https://paper.example/"},
		{"GET", "/a%2Fb/%C3%A9", "paper.example:8080", "8443", 308, "https://paper.example:8443/a%2Fb/%C3%A9"},
		{"GET", "/", "paper.example:80", "443", 308, "https://paper.example/"},
		{"GET", "//evil.example/x", "paper.example", "443", 308, "https://paper.example//evil.example/x"},
		{"GET", "foo:.evil.example", "paper.example", "443", 308, "https://paper.example"},
		{"GET", "http://evil.example/", "evil.example", "443", 421, ""},
		{"GET", "/", "evil.example", "443", 421, ""},
		{"GET", "/", "paper.example.evil.example", "443", 421, ""},
		{"GET", "/", "paper.example@evil.example", "443", 421, ""},
		{"GET", "/", "[::1]:80", "443", 421, ""},
		{"GET", "/", "", "443", 421, ""},
		{"POST", "/world/", "paper.example", "443", 405, ""},
		{"GET", "/", "new.example", "443", 200, ""},
		{"POST", "/", "new.example", "443", 200, ""},
	} {
		r := httptest.NewRequest(test.method, "/", nil)
		u, err := r.URL.Parse(test.target)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(test.target, "//") { // as net/http reads it
			u.Host, u.Path = "", test.target
		}
		r.URL, r.Host = u, test.host
		w := httptest.NewRecorder()
		(&ToHTTPS{Ours: ours, Ready: ready, Meanwhile: site, Port: test.port}).ServeHTTP(w, r)
		if to := w.Header().Get("Location"); w.Code != test.status || to != test.to {
			t.Errorf("%s %s at %q gets %d and is sent to %q, want %d and %q", test.method, test.target, test.host, w.Code, to, test.status, test.to)
		}
	}
}

func TestOnlyAnswersOverTLSAskForIt(t *testing.T) {
	h := StrictTransport(http.NotFoundHandler())
	for over, want := range map[*tls.ConnectionState]string{nil: "", {}: "max-age=31536000"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.TLS = over
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Strict-Transport-Security"); got != want {
			t.Errorf("TLS %v gets %q, want %q", over != nil, got, want)
		}
	}
}
