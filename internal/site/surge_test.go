package site_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
)

// answerWithin is the time in which everybody has an answer, and some for a
// machine that has other things to do.
const answerWithin = 5*time.Second + 3*time.Second

// surge is a paper on a real server, of which some pages are kept.
type surge struct {
	*paper
	url           string
	kept, notKept []string
}

func newSurge(t *testing.T, o setup) *surge {
	t.Helper()
	s := &surge{paper: sqlite(t, o)}
	var stories []*news.Article
	for i := range 60 {
		stories = append(stories, s.story(t, fmt.Sprintf("Story %d.", i), i%24, four, nil))
	}
	c := s.comment(t, stories[0], "Ida", "Words.", 0)
	server := web.NewServer(s.Handler, slog.New(slog.DiscardHandler))
	server.Shortcut(s.ServeKept, &web.Journal{Log: slog.New(slog.DiscardHandler)})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, ln, time.Second) }()
	t.Cleanup(func() { stop(); <-ended })
	s.url = "http://" + ln.Addr().String()

	s.kept = []string{"/", stories[0].Path, "/feed/", stories[1].Path + "?utm_source=mail"}
	for _, path := range s.kept {
		if got := s.get(path); got.status != 200 {
			t.Fatalf("%s: %+v", path, got)
		}
	}
	for _, a := range stories[2:] {
		s.notKept = append(s.notKept, a.Path, a.Path+"?reply=1", "/nowhere"+a.Path)
	}
	s.notKept = append(s.notKept, "/world/", "/2026/", "/authors/", "/search/?q=story", "/search/?q=five", stories[0].Path+fmt.Sprint("?reply=", c), "/?p=12", "/old/picture.png")
	return s
}

// told is what somebody got.
type told struct {
	status      int
	retry, body string
	took        time.Duration
	err         error
}

func (s *surge) get(path string) (got told) {
	began := time.Now()
	resp, err := http.Get(s.url + path)
	return received(resp, err, began)
}

func (s *surge) send(path string) told {
	began := time.Now()
	resp, err := http.PostForm(s.url+path, url.Values{"name": {"Ida"}, "email": {"ida@post.example"}, "text": {"Words"}})
	return received(resp, err, began)
}

func received(resp *http.Response, err error, began time.Time) (got told) {
	if got.err = err; err == nil {
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		got = told{status: resp.StatusCode, retry: resp.Header.Get("Retry-After"), body: string(b), err: err}
	}
	got.took = time.Since(began)
	return got
}

// while has many ask for what is not kept, and checks what they are told; and
// that meanwhile what is kept is answered at once.
func (s *surge) while(t *testing.T) (refused int64) {
	t.Helper()
	var all sync.WaitGroup
	var late, count atomic.Int64
	check := func(path string, got told) {
		late.Store(max(late.Load(), int64(got.took)))
		switch {
		case got.err != nil || got.took > answerWithin:
			t.Errorf("%s: after %v %+v", path, got.took, got.err)
		case got.status == http.StatusServiceUnavailable:
			count.Add(1)
			if got.retry == "" || !strings.Contains(got.body, "<h1>") || !strings.Contains(got.body, "The Paper") {
				t.Errorf("%s is refused with Retry-After %q and %.300q", path, got.retry, got.body)
			}
		case got.status != http.StatusOK && got.status != http.StatusNotFound:
			t.Errorf("%s: %d", path, got.status)
		}
	}
	for _, path := range s.notKept {
		all.Go(func() { check(path, s.get(path)) })
	}
	for range 5 {
		all.Go(func() { check("a comment", s.send(s.kept[1])) })
	}
	done := make(chan bool)
	go func() { all.Wait(); close(done) }()
	slowest, asked := time.Duration(0), 0
	for waiting := true; waiting; asked++ {
		got := s.get(s.kept[asked%len(s.kept)])
		slowest = max(slowest, got.took)
		if got.status != http.StatusOK || got.took > 2*time.Second && !testing.Short() {
			t.Errorf("what is kept: %d after %v, %v", got.status, got.took, got.err)
		}
		select {
		case <-done:
			waiting = false
		case <-time.After(5 * time.Millisecond):
		}
	}
	t.Logf("%d of %d were refused, the last answered after %v; meanwhile the slowest of %d kept pages took %v", count.Load(), len(s.notKept)+5, time.Duration(late.Load()), asked, slowest)
	return count.Load()
}

// normal checks that everything is answered as ever.
func (s *surge) normal(t *testing.T) {
	t.Helper()
	for _, path := range append(s.notKept, s.kept...) {
		want := http.StatusOK
		if strings.HasPrefix(path, "/nowhere") || path == "/?p=12" || path == "/old/picture.png" {
			want = http.StatusNotFound
		}
		if got := s.get(path); got.status != want {
			t.Errorf("afterwards %s answers %d, %v", path, got.status, got.err)
		}
	}
	if got := s.send(s.kept[1]); got.status != http.StatusOK { // where it leads
		t.Errorf("afterwards a comment is answered %d, %v", got.status, got.err)
	}
}

// holdReaders takes all connections that readers have, until it is told to let go.
func holdReaders(t *testing.T, s *store.Store) (letGo func()) {
	t.Helper()
	end := make(chan bool)
	var all sync.WaitGroup
	for range max(4, 2*runtime.GOMAXPROCS(0)) {
		held := make(chan bool)
		all.Go(func() {
			_ = s.View(context.Background(), func(store.Reader) error { close(held); <-end; return nil })
		})
		<-held
	}
	return func() { close(end); all.Wait() }
}

func TestWhereNothingCanBeReadReadersAreToldSoInTime(t *testing.T) {
	t.Parallel()
	s := newSurge(t, setup{})
	letGo := holdReaders(t, s.Store)
	if n := s.while(t); int(n) != len(s.notKept)+5 {
		t.Errorf("%d were refused, of %d that need to read", n, len(s.notKept)+5)
	}
	// Not even who says so needs to read, be it that something on that page has changed.
	s.changes.AnnounceAll()
	if got := s.get(s.kept[0]); got.status != 503 || got.retry == "" || !strings.Contains(got.body, "The Paper") || got.took > answerWithin {
		t.Errorf("after a change: %d after %v, %.100q", got.status, got.took, got.body)
	}
	letGo()
	s.normal(t)
}

func TestWhereNothingCanBeRenderedReadersAreToldSoInTime(t *testing.T) {
	t.Parallel()
	var g gate
	s := newSurge(t, setup{loaded: func(k page.Key) {
		if k.Kind != "problem" && k.Kind != "header" && k.Kind != "footer" {
			g.pass(k)
		}
	}})
	g.close()
	if n := s.while(t); n < 60 {
		t.Errorf("only %d were refused", n)
	}
	g.open()
	s.normal(t)
}
