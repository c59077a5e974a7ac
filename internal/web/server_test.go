package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"
)

// serving starts a server with one slow handler and returns its address, a
// channel that tells when a request is in it, and one that lets it finish.
func serving(t *testing.T, ctx context.Context, grace time.Duration) (url string, entered, finish chan bool, ended chan error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	entered, finish, ended = make(chan bool, 1), make(chan bool), make(chan error, 1)
	s := NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entered <- true
		select {
		case <-finish:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, "done")
	}), slog.New(slog.DiscardHandler))
	if h := s.http; h.ReadHeaderTimeout == 0 || h.ReadTimeout == 0 || h.WriteTimeout == 0 || h.IdleTimeout == 0 || h.MaxHeaderBytes != 65536 {
		t.Errorf("a limit is missing: %+v", s)
	}
	go func() { ended <- s.Serve(ctx, ln, grace) }()
	return "http://" + ln.Addr().String(), entered, finish, ended
}

func TestAStopLetsRequestsFinish(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	url, entered, finish, ended := serving(t, ctx, time.Minute)
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get(url)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		answer <- string(b)
	}()
	<-entered
	stop()
	// Once no new connection is taken, the stop is under way.
	for {
		conn, err := net.Dial("tcp", url[len("http://"):])
		if err != nil {
			break
		}
		_ = conn.Close()
	}
	close(finish)
	if got := <-answer; got != "done" {
		t.Errorf("answer %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAStopWaitsNoLongerThanItsGrace(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	url, entered, _, ended := serving(t, ctx, time.Millisecond)
	go func() {
		if resp, err := http.Get(url); err == nil {
			_ = resp.Body.Close()
		}
	}()
	<-entered
	stop()
	if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestAServerThatCannotServeSaysSo(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = ln.Close()
	if err := NewServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler)).Serve(context.Background(), ln, time.Second); err == nil {
		t.Error("no error on a closed listener")
	}
}
