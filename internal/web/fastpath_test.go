package web

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// keptPage is what both ways answer with.
var (
	keptBody   = [][]byte{[]byte("<p>Kept "), bytes.Repeat([]byte("words "), 2000), []byte("</p>")}
	keptFields = NewFields(http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Vary": {"Accept-Encoding"}})
	sameFields = NewFields(http.Header{"Vary": {"Accept-Encoding"}})
)

func sendKept(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || !strings.HasPrefix(r.URL.Path, "/kept/") || r.URL.RawQuery != "" {
		return false
	}
	w.Header()["X-Kept"] = []string{"yes"}
	if slices.Contains(r.Header["If-None-Match"], `"1"`) {
		_ = Send(w, r, http.StatusNotModified, sameFields, []byte(`"1"`), nil)
		return true
	}
	_ = Send(w, r, http.StatusOK, keptFields, []byte(`"1"`), append(keptBody, fmt.Appendf(nil, "%q %v\n", r.URL.Path, Accepts(r, "gzip"))))
	return true
}

// twoWays is a server, with or without the shortcut, and how often that answered.
func twoWays(shortcut bool) (*Server, *atomic.Int64) {
	var short atomic.Int64
	log := slog.New(slog.DiscardHandler)
	s := NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if sendKept(w, r) {
			return
		}
		b, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %q %v\n", r.Method, r.URL, b, err)
	}), log)
	if shortcut {
		s.Shortcut(func(w http.ResponseWriter, r *http.Request) bool {
			sent := sendKept(w, r)
			if sent {
				short.Add(1)
			}
			return sent
		}, &Journal{Log: log})
	}
	return s, &short
}

func onTCP(t testing.TB, shortcut bool) (address string, short *atomic.Int64) {
	s, short := twoWays(shortcut)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, ln, time.Second) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String(), short
}

// talk sends bytes on one connection, in pieces, and returns all that came back:
// each answer with its fields in order, without the hour.
func talk(t testing.TB, address string, pieces ...[]byte) string {
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.(*net.TCPConn).SetLinger(0) // thousands of closed connections would else hold their ports
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	go func() {
		for i, p := range pieces {
			if i > 0 {
				time.Sleep(time.Millisecond)
			}
			if _, err := c.Write(p); err != nil {
				return
			}
		}
		_ = c.(*net.TCPConn).CloseWrite()
	}()
	said, _ := io.ReadAll(c) // a reset is an end, too
	return told(said)
}

// told makes two answers of the same content the same text.
func told(said []byte) string {
	var out strings.Builder
	for from := bufio.NewReader(bytes.NewReader(said)); ; {
		// HEAD's answers have no body to be read; where one begins is seen by its first line.
		line, err := from.ReadString('\n')
		if err != nil {
			out.WriteString(line)
			return out.String()
		}
		if !strings.HasPrefix(line, "HTTP/") {
			out.WriteString(line)
			continue
		}
		out.WriteString(line)
		var fields []string
		for {
			line, err := from.ReadString('\n')
			if err != nil || line == "\r\n" {
				break
			}
			if !strings.HasPrefix(line, "Date: ") {
				fields = append(fields, line)
			}
		}
		slices.Sort(fields)
		out.WriteString(strings.Join(fields, "") + "\r\n")
	}
}

const plainGet = "GET /kept/a HTTP/1.1\r\nHost: x\r\n\r\n"

// conversations are what clients send on one connection.
var conversations = map[string]string{
	"one":                        plainGet,
	"many, one behind the other": strings.Repeat(plainGet, 40),
	"head":                       strings.Replace(plainGet, "GET", "HEAD", 1),
	"what the client has":        "GET /kept/a HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"1\"\r\n\r\n",
	"gzip":                       "GET /kept/a HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip\r\n\r\n",
	"not kept":                   "GET /made/ HTTP/1.1\r\nHost: x\r\n\r\n" + plainGet + plainGet,
	"a query between":            plainGet + "GET /kept/a?x=1 HTTP/1.1\r\nHost: x\r\n\r\n" + plainGet,
	"odd":                        "GET /kept/%61 HTTP/1.1\r\nHost: x\r\n\r\n" + plainGet,
	"a post between":             plainGet + "POST /kept/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + plainGet,
	"chunks between":             plainGet + "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + plainGet,
	"a hidden request":           "GET /kept/a HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\n\r\n" + plainGet + plainGet,
	"close":                      "GET /kept/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + plainGet,
	"an old client":              "GET /kept/a HTTP/1.0\r\nHost: x\r\n\r\n" + plainGet,
	"long":                       "GET /kept/" + strings.Repeat("a", 6000) + " HTTP/1.1\r\nHost: x\r\n\r\n" + plainGet,
	"too long":                   "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 80_000) + "\r\n\r\n",
	"nonsense":                   "\r\n\r\nGET\r\n\r\n",
	"half":                       plainGet + "GET /kept/a HTTP/1.1\r\nHo",
	"nothing":                    "",
}

func TestTheShortcutAnswersAsNetHTTPDoes(t *testing.T) {
	with, short := onTCP(t, true)
	without, _ := onTCP(t, false)
	for _, name := range slices.Sorted(maps.Keys(conversations)) {
		all := []byte(conversations[name])
		want := talk(t, without, all)
		for what, pieces := range map[string][][]byte{"at once": {all}, "in two": {all[:len(all)/2], all[len(all)/2:]}, "in sevens": slices.Collect(slices.Chunk(all, max(7, len(all)/60)))} {
			if got := talk(t, with, pieces...); got != want {
				t.Errorf("%s, %s: the answer is\n%.600q\nwant\n%.600q", name, what, got, want)
			}
		}
	}
	if short.Load() < 100 {
		t.Errorf("the shortcut answered %d times", short.Load())
	}
}

func FuzzTheShortcutAnswersAsNetHTTPDoes(f *testing.F) {
	for _, c := range conversations {
		if len(c) < 1000 {
			f.Add([]byte(c), uint16(len(c)/2))
		}
	}
	with, _ := onTCP(f, true)
	without, _ := onTCP(f, false)
	f.Fuzz(func(t *testing.T, all []byte, cut uint16) {
		at := min(int(cut), len(all))
		want := talk(t, without, all)
		if got := talk(t, with, all[:at], all[at:]); got != want {
			t.Errorf("%q, cut at %d: the answer is\n%.600q\nwant\n%.600q", all, at, got, want)
		}
	})
}

// pipes is a listener without a network, for tests whose time is not the clock's.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (p pipes) Close() error   { close(p); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// inside serves with the shortcut in a bubble of time, and returns what dials and
// what stops the server and tells how that went.
func inside(t *testing.T, grace time.Duration) (dial func() net.Conn, stop func() error) {
	s, _ := twoWays(true)
	ln := make(pipes)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln, grace) }()
	return func() net.Conn {
			client, server := net.Pipe()
			ln <- server
			return client
		}, func() error {
			cancel()
			return <-ended
		}
}

// closedAfter tells when the server closes a connection from which nothing more
// comes.
func closedAfter(c net.Conn) time.Duration {
	began := time.Now()
	_, _ = io.Copy(io.Discard, c)
	return time.Since(began)
}

func ask(t *testing.T, c net.Conn, request string) {
	t.Helper()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
}

func TestAClientThatSendsItsHeaderSlowlyIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, time.Minute)
		for name, c := range map[string]func() net.Conn{
			"at first": dial,
			"after answers": func() net.Conn {
				c := dial()
				ask(t, c, plainGet)
				time.Sleep(40 * time.Second)
				ask(t, c, plainGet)
				return c
			},
		} {
			conn := c()
			go io.Copy(io.Discard, conn)
			began := time.Now()
			for i := 0; ; i++ {
				if _, err := conn.Write([]byte(plainGet[i%20 : i%20+1])); err != nil {
					break
				}
				time.Sleep(time.Second)
			}
			if took := time.Since(began); took < 4*time.Second || took > 7*time.Second {
				t.Errorf("%s: a byte a second is read for %s", name, took)
			}
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAClientThatAsksForNothingMoreIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, time.Minute)
		c := dial()
		if took := closedAfter(c); took < 4*time.Second || took > 6*time.Second {
			t.Errorf("who asks for nothing at all is closed after %s", took)
		}
		c = dial()
		for range 3 { // longer than any limit, together
			ask(t, c, plainGet)
			time.Sleep(100 * time.Second)
			ask(t, c, "GET /made/ HTTP/1.1\r\nHost: x\r\n\r\n")
			time.Sleep(100 * time.Second)
		}
		ask(t, c, plainGet)
		if took := closedAfter(c); took < 118*time.Second || took > 122*time.Second {
			t.Errorf("who asks for nothing more is closed after %s", took)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAConnectionIsOldWhenItsFirstFormComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, time.Minute)
		c := dial()
		for range 5 {
			ask(t, c, plainGet)
			time.Sleep(time.Minute)
		}
		ask(t, c, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello") // net/http's clock must not count from the beginning
		c.Close()
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAClientThatReadsNothingIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, time.Minute)
		c := dial()
		if _, err := io.WriteString(c, plainGet); err != nil {
			t.Fatal(err)
		}
		time.Sleep(59 * time.Second)
		b := make([]byte, 20)
		if _, err := io.ReadFull(c, b); err != nil || string(b[:15]) != "HTTP/1.1 200 OK" {
			t.Fatalf("after 59 seconds: %q, %v", b, err)
		}
		time.Sleep(2 * time.Second)
		if rest, _ := io.ReadAll(c); len(rest) > 100 {
			t.Errorf("after 61 seconds %d more bytes came", len(rest))
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAStopLetsAShortcutsAnswerFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, 30*time.Second)
		idle, c := dial(), dial()
		ask(t, idle, plainGet)
		if _, err := io.WriteString(c, plainGet); err != nil {
			t.Fatal(err)
		}
		stopped := make(chan error, 1)
		go func() { stopped <- stop() }()
		time.Sleep(20 * time.Second)
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(resp.Body); err != nil || len(b) < 12_000 {
			t.Errorf("%d bytes came, %v", len(b), err)
		}
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
}

func TestAStopWaitsNoLongerForAShortcutsAnswerThanItsGrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, 10*time.Second)
		c := dial()
		if _, err := io.WriteString(c, plainGet); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		err := stop()
		if took := time.Since(began); err == nil || took < 9*time.Second || took > 12*time.Second {
			t.Errorf("stopped after %s with %v", took, err)
		}
		c.Close()
	})
}

func TestALineBreakInAFieldIsNotSent(t *testing.T) {
	f := NewFields(http.Header{"X": {"a\r\nSet-Cookie: b", "good"}})
	if got := string(f.lines); got != "X: good\r\n" {
		t.Errorf("the lines are %q", got)
	}
	x := exchanges.Get().(*exchange)
	defer exchanges.Put(x)
	x.prepare(nil, time.Now())
	if err := x.send(200, f, []byte("a\nb"), 0, nil); err == nil || x.status != 0 {
		t.Errorf("it was sent: %v", err)
	}
	x.header["X"] = []string{"a\nb"}
	if err := x.send(200, f, nil, 0, nil); err == nil || x.status != 0 {
		t.Errorf("it was sent: %v", err)
	}
}

func TestTheJournalNotesWhatTheShortcutAnswers(t *testing.T) {
	var log bytes.Buffer
	var seen []Answer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	s := NewServer(http.NotFoundHandler(), logger)
	s.Shortcut(sendKept, &Journal{Log: logger, Watch: func(a Answer) { seen = append(seen, a) }})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, ln, time.Second) }()
	talk(t, ln.Addr().String(), []byte(plainGet+strings.Replace(plainGet, "GET", "HEAD", 1)))
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if len(seen) != 2 || seen[0].Status != 200 || seen[0].Path != "/kept/a" || seen[0].Bytes < 12_000 || seen[1].Bytes != 0 || !seen[1].Whole || seen[1].Method != "HEAD" {
		t.Errorf("who watches sees %+v", seen)
	}
	if got := log.String(); strings.Count(got, "msg=request") != 2 || !strings.Contains(got, "method=GET path=/kept/a status=200 bytes=12") {
		t.Errorf("the log is %s", got)
	}
}
