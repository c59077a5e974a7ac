package web

import (
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// drip sends bytes, one a second, and tells for how long they were taken.
func drip(c net.Conn, b string) time.Duration {
	go io.Copy(io.Discard, c)
	began := time.Now()
	for i := range len(b) {
		if _, err := io.WriteString(c, b[i:i+1]); err != nil {
			break
		}
		time.Sleep(time.Second)
	}
	return time.Since(began)
}

func TestAClientThatSendsItsBodySlowlyIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dial, stop := inside(t, time.Minute)
		for name, head := range map[string]string{
			"of a length that is told": "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n",
			"in chunks":                "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n",
		} {
			for _, old := range []bool{false, true} {
				c := dial()
				if old { // the time for a body counts from its request, not from the connection
					ask(t, c, plainGet)
					time.Sleep(40 * time.Second)
				}
				if _, err := io.WriteString(c, head); err != nil {
					t.Fatal(err)
				}
				if took := drip(c, strings.Repeat("a", 1000)); took < 29*time.Second || took > 33*time.Second {
					t.Errorf("%s, on a connection that was used before: %v: a byte a second is read for %s", name, old, took)
				}
				c.Close()
			}
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAHeaderHasABound(t *testing.T) {
	for _, shortcut := range []bool{true, false} {
		address, _ := onTCP(t, shortcut)
		for name, field := range map[string]func(bytes int) string{
			"one field":   func(n int) string { return "X: " + strings.Repeat("a", n) + "\r\n" },
			"many fields": func(n int) string { return strings.Repeat("X: "+strings.Repeat("a", 95)+"\r\n", n/100) },
			"the address": func(n int) string { return "" },
		} {
			for n, want := range map[int]string{60_000: "HTTP/1.1 200 ", 80_000: "HTTP/1.1 431 "} {
				path := "/made/"
				if name == "the address" {
					path += strings.Repeat("a", n)
				}
				got := talk(t, address, []byte("GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+field(n)+"\r\n"))
				if !strings.HasPrefix(got, want) {
					t.Errorf("%s of %d bytes, with the shortcut %v: %.60q", name, n, shortcut, got)
				}
			}
		}
	}
}

// A slow client holds its connection and one goroutine, wherever it is slow, and
// is in nobody's way.
func TestASlowClientCostsOneGoroutine(t *testing.T) {
	const clients = 200
	for name, half := range map[string]string{
		"that says nothing":         "",
		"in its header":             "GET /kept/a HTTP/1.1\r\nHost: x\r\nX-",
		"in its body":               "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc",
		"after an answer":           plainGet,
		"in the header of the next": plainGet + "GET /ke",
	} {
		t.Run(name, func(t *testing.T) {
			address, _ := onTCP(t, true)
			before := runtime.NumGoroutine()
			for range clients {
				c, err := net.Dial("tcp", address)
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				if _, err := io.WriteString(c, half); err != nil {
					t.Fatal(err)
				}
			}
			more := 0
			for began := time.Now(); time.Since(began) < 3*time.Second; time.Sleep(10 * time.Millisecond) {
				if more = runtime.NumGoroutine() - before; more >= clients {
					break
				}
			}
			began := time.Now()
			if got := talk(t, address, []byte(plainGet)); !strings.HasPrefix(got, "HTTP/1.1 200 ") || time.Since(began) > 2*time.Second && !testing.Short() {
				t.Errorf("somebody else gets after %v %.40q", time.Since(began), got)
			}
			more = max(more, runtime.NumGoroutine()-before) // what the last ones have begun is there by now
			t.Logf("%d goroutines for %d clients", more, clients)
			if more < clients || more > clients+5 {
				t.Errorf("%d goroutines for %d clients", more, clients)
			}
		})
	}
}
