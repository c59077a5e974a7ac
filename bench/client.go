package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// client asks a server for pages as a browser does, on connections that stay open,
// and tells when the first byte came. It does little itself, since it runs on the
// processors of the server.
type client struct {
	address string // host:port

	mu   sync.Mutex
	idle []*wire
}

// wire is one connection.
type wire struct {
	net.Conn
	in *bufio.Reader
}

// answer is what a server has said.
type answer struct {
	status       int
	first, whole time.Duration // until the first byte and the last
	body         []byte        // packed as it came
}

func newClient(url string) *client {
	return &client{address: strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/")}
}

// get asks for a page.
func (c *client) get(path string) (answer, error) { return c.ask("GET", path, time.Now()) }

// ask sends a request without a body. The times count from began.
func (c *client) ask(method, path string, began time.Time) (answer, error) {
	w, used, err := c.wire()
	if err != nil {
		return answer{}, err
	}
	a, silent, err := w.ask(method, path, c.address, began)
	if err != nil && used && silent { // it was closed while it lay idle
		w.Close()
		if w, err = dial(c.address); err != nil {
			return answer{}, err
		}
		a, _, err = w.ask(method, path, c.address, began)
	}
	if err != nil {
		w.Close()
		return a, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.idle = append(c.idle, w)
	return a, nil
}

// wire is a connection that nobody uses, or a new one.
func (c *client) wire() (w *wire, used bool, err error) {
	c.mu.Lock()
	if n := len(c.idle); n > 0 {
		w, c.idle = c.idle[n-1], c.idle[:n-1]
	}
	c.mu.Unlock()
	if w != nil {
		return w, true, nil
	}
	w, err = dial(c.address)
	return w, false, err
}

func dial(address string) (*wire, error) {
	conn, err := net.DialTimeout("tcp", address, 10*time.Second)
	if err != nil {
		return nil, err
	}
	return &wire{conn, bufio.NewReader(conn)}, nil
}

// ask reports besides whether nothing at all came back.
func (w *wire) ask(method, path, host string, began time.Time) (a answer, silent bool, err error) {
	if err := w.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return a, true, err
	}
	length := ""
	if method == http.MethodPost {
		length = "Content-Length: 0\r\n"
	}
	if _, err := fmt.Fprintf(w, "%s %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\n%s\r\n", method, path, host, length); err != nil {
		return a, true, err
	}
	if _, err := w.in.Peek(1); err != nil {
		return a, true, err
	}
	a.first = time.Since(began)
	resp, err := http.ReadResponse(w.in, &http.Request{Method: method})
	if err != nil {
		return a, false, err
	}
	a.status = resp.StatusCode
	a.body, err = io.ReadAll(resp.Body)
	resp.Body.Close()
	a.whole = time.Since(began)
	return a, false, err
}

// html is the answer's body unpacked.
func (a *answer) html() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(a.body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// page is get of a page that must be there.
func (c *client) page(path string) (answer, error) {
	a, err := c.get(path)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("%s answers %d", path, a.status)
	}
	return a, err
}

// pages asks for all paths, so many at a time, until one is no page or ctx is
// done, and returns how many came.
func (c *client) pages(ctx context.Context, paths []string, together int) (int, error) {
	var next, done atomic.Int64
	var all sync.WaitGroup
	errs := make(chan error, together)
	for range together {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(paths) {
					return
				}
				if _, err := c.page(paths[i]); err != nil {
					next.Store(int64(len(paths)))
					errs <- err
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	close(errs)
	return int(done.Load()), <-errs
}
