package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
)

func TestErrorsBecomeAnswers(t *testing.T) {
	for _, test := range []struct {
		name   string
		h      Handler
		status int
		words  string // on the page
		never  string // on the page
		retry  string
		loud   bool // in the log at error level
	}{
		{name: "invalid", h: failing(fault.New(fault.Invalid, "No.")), status: 422, words: "No."},
		{name: "not found", h: failing(fault.New(fault.NotFound, "Nothing here.")), status: 404, words: "Nothing here."},
		{name: "gone", h: failing(fault.New(fault.Gone, "Taken away.")), status: 410, words: "Taken away."},
		{name: "conflict", h: failing(fault.New(fault.Conflict, "Changed.")), status: 409, words: "Changed."},
		{name: "denied", h: failing(fault.New(fault.Denied, "Not yours.")), status: 403, words: "Not yours."},
		{name: "logged out", h: failing(fault.New(fault.LoggedOut, "Sign in.")), status: 401, words: "Sign in."},
		{name: "too many", h: failing(fault.New(fault.TooMany, "Slower.")), status: 429, words: "Slower.", retry: "30"},
		{name: "too many, until when", h: failing(Later(fault.New(fault.TooMany, "Slower."), 61*time.Second+1)), status: 429, words: "Slower.", retry: "62"},
		{name: "unavailable", h: failing(fault.New(fault.Unavailable, "Later.")), status: 503, words: "Later.", retry: "30", loud: true},
		{name: "wrapped", h: failing(fmt.Errorf("load: %w", fault.New(fault.NotFound, "Nothing here."))), status: 404, words: "Nothing here.", never: "load"},
		{name: "cause", h: failing(fault.Wrap(fault.Denied, errors.New("row 17"), "Not yours.")), status: 403, words: "Not yours.", never: "row 17"},
		{name: "plain error", h: failing(errors.New("disk full")), status: 500, never: "disk full", loud: true},
		{name: "panic", h: func(http.ResponseWriter, *http.Request) error { panic("boom") }, status: 500, never: "boom", loud: true},
		{name: "body too large", h: func(w http.ResponseWriter, r *http.Request) error {
			_, err := Form(w, r, 4)
			return err
		}, status: 413, words: "too much"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log bytes.Buffer
			face := &Face{Log: slog.New(slog.NewTextHandler(&log, nil)), Page: page}
			r := httptest.NewRequest("POST", "/here?q=secret", strings.NewReader("name=Anna"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			w.Header().Set("ETag", `"of the page that failed"`)
			face.Handle(test.h).ServeHTTP(w, r)
			body := w.Body.String()
			if w.Code != test.status || !strings.Contains(body, fmt.Sprint("status ", test.status)) || !strings.Contains(body, test.words) {
				t.Errorf("answer %d: %s", w.Code, body)
			}
			if test.never != "" && strings.Contains(body, test.never) {
				t.Errorf("the page tells %q: %s", test.never, body)
			}
			id := w.Header().Get("X-Request-Id")
			if len(id) != 8 || !strings.Contains(body, "id "+id) {
				t.Errorf("id %q on %s", id, body)
			}
			if w.Header().Get("Retry-After") != test.retry || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" {
				t.Errorf("header %v", w.Header())
			}
			line := log.String()
			if test.loud != strings.Contains(line, "level=ERROR") || test.loud && (!strings.Contains(line, "id="+id) || strings.Count(line, "level=") != 1) || strings.Contains(line, "secret") {
				t.Errorf("log: %s", line)
			}
		})
	}
}

func failing(err error) Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func page(w http.ResponseWriter, r *http.Request, p Problem) error {
	b := fmt.Appendf(nil, "<p>status %d id %s %s", p.Status, p.ID, p.Words)
	w.Header().Set("Content-Length", fmt.Sprint(len(b)))
	w.WriteHeader(p.Status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := w.Write(b)
	return err
}

func TestAProblemPageThatFailsLeavesPlainWords(t *testing.T) {
	for name, page := range map[string]func(http.ResponseWriter, *http.Request, Problem) error{
		"none": nil,
		"an error": func(w http.ResponseWriter, _ *http.Request, _ Problem) error {
			w.Header().Set("Content-Length", "7") // of the page that it then can't make
			return errors.New("template")
		},
		"a panic": func(http.ResponseWriter, *http.Request, Problem) error { panic("template") },
	} {
		face := &Face{Log: slog.New(slog.DiscardHandler), Page: page}
		w := httptest.NewRecorder()
		face.Handle(failing(fault.New(fault.Gone, "Taken away."))).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if w.Code != 410 || !strings.HasPrefix(w.Body.String(), "Taken away.\n") || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
			t.Errorf("%s: %d %v %q", name, w.Code, w.Header(), w.Body)
		}
	}
}

func TestFieldsReachTheFace(t *testing.T) {
	var got Problem
	face := &Face{Log: slog.New(slog.DiscardHandler), Page: func(_ http.ResponseWriter, _ *http.Request, p Problem) error { got = p; return nil }}
	err := &fault.Error{Kind: fault.Invalid, Public: "See below.", Fields: map[string]string{"name": "missing"}}
	face.Handle(failing(err)).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if got.Kind != fault.Invalid || got.Fields["name"] != "missing" {
		t.Errorf("problem %+v", got)
	}
}

func TestAClientThatLeftIsNoError(t *testing.T) {
	var log bytes.Buffer
	face := &Face{Log: slog.New(slog.NewTextHandler(&log, nil))}
	ctx, cancel := context.WithCancel(context.Background())
	w := httptest.NewRecorder()
	face.Handle(func(_ http.ResponseWriter, r *http.Request) error {
		cancel()
		return fmt.Errorf("query: %w", r.Context().Err())
	}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil).WithContext(ctx))
	if log.Len() > 0 || w.Body.Len() > 0 {
		t.Errorf("log %q, body %q", log.String(), w.Body)
	}
}

func TestHalfAnAnswerIsBrokenOff(t *testing.T) {
	var log bytes.Buffer
	face := &Face{Log: slog.New(slog.NewTextHandler(&log, nil))}
	server := httptest.NewServer(Gzip(face.Handle(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, strings.Repeat("half a page ", 1000))
		return errors.New("database went away")
	})))
	resp, err := http.Get(server.URL)
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	server.Close() // and the handler has ended
	if err == nil {
		t.Error("the client took half a page for a whole one")
	}
	if !strings.Contains(log.String(), "database went away") || !strings.Contains(log.String(), "begun=true") {
		t.Errorf("log: %s", &log)
	}
}

func TestHeadOfAProblemHasNoBody(t *testing.T) {
	face := &Face{Log: slog.New(slog.DiscardHandler), Page: page}
	w := httptest.NewRecorder()
	face.Handle(failing(fault.New(fault.NotFound, "No."))).ServeHTTP(w, httptest.NewRequest("HEAD", "/", nil))
	if w.Code != 404 || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
		t.Errorf("%d %v %q", w.Code, w.Header(), w.Body)
	}
}

func TestTheRequestLogKeepsReadersPrivate(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	face := &Face{Log: logger, Page: page}
	mux := http.NewServeMux()
	mux.Handle("/good", face.Handle(func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "hello")
		return err
	}))
	mux.Handle("/bad", face.Handle(failing(errors.New("disk full"))))
	var seen []Answer
	j := &Journal{Log: logger, Watch: func(a Answer) { seen = append(seen, a) }}
	h := j.Answers(mux)

	r := httptest.NewRequest("GET", "/good?search=secret", nil)
	r.RemoteAddr = "203.0.113.9:1234"
	h.ServeHTTP(httptest.NewRecorder(), r)
	line := log.String()
	for _, want := range []string{"method=GET", "path=/good", "status=200", "bytes=5", "took="} {
		if !strings.Contains(line, want) {
			t.Errorf("%s lacks %s", line, want)
		}
	}
	for _, never := range []string{"secret", "203.0.113.9", "search", "whole"} {
		if strings.Contains(line, never) {
			t.Errorf("%s tells %s", line, never)
		}
	}

	log.Reset()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/bad", nil))
	if id := w.Header().Get("X-Request-Id"); id == "" || strings.Count(log.String(), "id="+id) != 2 {
		t.Errorf("id %q is not on both lines:\n%s", id, &log)
	}
	if len(seen) != 2 || seen[0].Status != 200 || seen[0].Bytes != 5 || seen[1].Status != 500 || seen[1].Method != "GET" {
		t.Errorf("who watches sees %+v", seen)
	}
}

func TestSecurityHeaders(t *testing.T) {
	for policy, want := range map[string]string{
		"":                   "frame-ancestors 'none'",
		"default-src 'self'": "default-src 'self'; frame-ancestors 'none'",
		"default-src 'self'; frame-ancestors 'self'": "default-src 'self'; frame-ancestors 'self'",
	} {
		w := httptest.NewRecorder()
		Headers(policy, http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		h := w.Header()
		if h.Get("Content-Security-Policy") != want || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "strict-origin-when-cross-origin" || !strings.Contains(h.Get("Permissions-Policy"), "geolocation=()") {
			t.Errorf("policy %q: %v", policy, h)
		}
	}
}

func TestForms(t *testing.T) {
	post := func(kind, body string) error {
		r := httptest.NewRequest("POST", "/?name=query", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		form, err := Form(httptest.NewRecorder(), r, 100)
		if err == nil && form.Get("name") != "Anna" {
			return fmt.Errorf("name is %q", form.Get("name"))
		}
		return err
	}
	const urlencoded = "application/x-www-form-urlencoded"
	if err := post(urlencoded, "name=Anna"); err != nil {
		t.Error(err)
	}
	if err := post(urlencoded, "name=%zz"); !fault.Is(err, fault.Invalid) {
		t.Errorf("broken form: %v", err)
	}
	if err := post(urlencoded, "name="+strings.Repeat("a", 100)); status(err) != 413 {
		t.Errorf("large form: %v", err)
	}
	h := (&Face{Log: slog.New(slog.DiscardHandler)}).Handle(func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.ReadAll(r.Body)
		return err
	})
	w := httptest.NewRecorder()
	LimitBody(10, h).ServeHTTP(w, httptest.NewRequest("POST", "/", strings.NewReader("more than ten bytes")))
	if w.Code != 413 {
		t.Errorf("status %d", w.Code)
	}
}
