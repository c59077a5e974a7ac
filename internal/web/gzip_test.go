package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

var long = strings.Repeat("All the news that fits. ", 200)

// send answers with text of a type, as a page handler would.
func send(kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, text)
	}
}

func TestWhatIsCompressed(t *testing.T) {
	for _, test := range []struct {
		name   string
		accept string
		h      http.HandlerFunc
		gzip   bool
		vary   bool
		status int
	}{
		{name: "a page", accept: "gzip, deflate, br", h: send("text/html; charset=utf-8", long), gzip: true, vary: true},
		{name: "a feed", accept: "gzip", h: send("application/rss+xml", long), gzip: true, vary: true},
		{name: "without a type", accept: "gzip", h: send("", "<!doctype html>"+long), gzip: true, vary: true},
		{name: "for a client that can't", accept: "", h: send("text/html", long), vary: true},
		{name: "for one that won't", accept: "gzip;q=0, *", h: send("text/html", long), vary: true},
		{name: "for one that takes all", accept: "*;q=0.1", h: send("text/html", long), gzip: true, vary: true},
		{name: "a short page", accept: "gzip", h: send("text/html", "short"), vary: true},
		{name: "a picture", accept: "gzip", h: send("image/jpeg", long)},
		{name: "a stream of events", accept: "gzip", h: send("text/event-stream", long)},
		{name: "encoded already", accept: "gzip", h: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "br")
			_, _ = io.WriteString(w, long)
		}},
		{name: "with its length told", accept: "gzip", h: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			http.ServeContent(w, r, "", time.Time{}, strings.NewReader(long))
		}, gzip: true, vary: true},
		{name: "a problem", accept: "gzip", h: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(404)
			_, _ = io.WriteString(w, long)
		}, gzip: true, vary: true, status: 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			plain := httptest.NewRecorder()
			test.h(plain, httptest.NewRequest("GET", "/", nil))
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Accept-Encoding", test.accept)
			w := httptest.NewRecorder()
			Gzip(test.h).ServeHTTP(w, r)
			if got := w.Header().Get("Content-Encoding") == "gzip"; got != test.gzip {
				t.Fatalf("compressed: %v; header %v", got, w.Header())
			}
			if got := w.Header().Get("Vary") == "Accept-Encoding"; got != test.vary {
				t.Errorf("header %v", w.Header())
			}
			if want := max(test.status, 200); w.Code != want {
				t.Errorf("status %d, want %d", w.Code, want)
			}
			body := w.Body.Bytes()
			if test.gzip {
				if w.Header().Get("Content-Length") != "" {
					t.Error("the length is that of the text before")
				}
				body = inflate(t, body)
			}
			if !bytes.Equal(body, plain.Body.Bytes()) {
				t.Errorf("the text has changed: %.80q", body)
			}
		})
	}
}

func inflate(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestHeadSaysWhatGetWould(t *testing.T) {
	server := httptest.NewServer(Gzip(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		w.Header().Set("ETag", `"1"`)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(long))
	})))
	defer server.Close()
	var headers []string
	for _, method := range []string{"GET", "HEAD"} {
		r, err := http.NewRequest(method, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || method == "HEAD" && len(body) > 0 {
			t.Errorf("%s: %d bytes, %v", method, len(body), err)
		}
		_ = resp.Body.Close()
		h := resp.Header
		headers = append(headers, fmt.Sprint(resp.StatusCode, h["Content-Encoding"], h["Vary"], h["Etag"], h["Accept-Ranges"], h["Content-Type"]))
	}
	if headers[0] != headers[1] || !strings.Contains(headers[0], `[gzip] [Accept-Encoding] [W/"1"] []`) {
		t.Errorf("GET  %s\nHEAD %s", headers[0], headers[1])
	}
}

func TestRangesAndValidatorsAreLeftAlone(t *testing.T) {
	h := Gzip(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		w.Header().Set("ETag", `"1"`)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(long))
	}))
	for header, value := range map[string]string{"Range": "bytes=0-1999", "If-None-Match": `W/"1"`} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.Header.Set(header, value)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == 200 || w.Header().Get("Content-Encoding") != "" || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %d %v", header, w.Code, w.Header())
		}
	}
}

func TestAnswersCanBeFlushed(t *testing.T) {
	next := make(chan bool)
	server := httptest.NewServer(Gzip(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, "first")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		<-next
		_, _ = io.WriteString(w, " second")
	})))
	defer server.Close()
	resp, err := http.Get(server.URL) // the client inflates by itself
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	first := make([]byte, 5)
	if _, err := io.ReadFull(resp.Body, first); err != nil || string(first) != "first" {
		t.Fatalf("%q, %v", first, err)
	}
	close(next)
	if rest, err := io.ReadAll(resp.Body); err != nil || string(rest) != " second" || !resp.Uncompressed {
		t.Errorf("%q, %v, compressed: %v", rest, err, resp.Uncompressed)
	}
}

func TestWriterCanBeUsedByManyRequests(t *testing.T) {
	server := httptest.NewServer(Gzip(send("text/html", long)))
	defer server.Close()
	done := make(chan error)
	for range 8 {
		go func() {
			for range 20 {
				resp, err := http.Get(server.URL)
				if err != nil {
					done <- err
					return
				}
				b, err := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if err != nil || string(b) != long {
					done <- fmt.Errorf("%d bytes, %w", len(b), err)
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
