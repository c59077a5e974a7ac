package web

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// fastPath answers plain requests where a connection is read, below net/http: at
// half the cost, since nothing is looked at twice and the answer is one write. All
// other requests net/http gets as they came, byte for byte, on the same
// connection. So that the two can't disagree about where a request begins, only
// plain ones are looked at, and only while net/http waits for one and holds no
// byte of it; a connection on which anything else came is net/http's for good.
//
// docs/decisions/0009-shortcut.md weighs this against net/http alone.
type fastPath struct {
	answer              func(http.ResponseWriter, *http.Request) bool
	journal             *Journal
	idle, header, write time.Duration  // net/http's limits
	sending             sync.WaitGroup // answers whose connection was closed meanwhile
	date                atomic.Pointer[dateLine]
}

// listener wraps the connections that ln takes.
func (f *fastPath) listener(ln net.Listener) net.Listener { return &fastListener{ln, f} }

type fastListener struct {
	net.Listener
	fast *fastPath
}

// Accept waits for a connection.
func (l *fastListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &fastConn{Conn: c, fast: l.fast, ours: true, fresh: true, began: time.Now()}, nil
}

// state is told by net/http how a connection fares.
func (f *fastPath) state(c net.Conn, state http.ConnState) {
	if c, ok := c.(*fastConn); ok && state == http.StateIdle {
		c.ours, c.fresh, c.late = !c.foreign, false, 0
		c.ended, c.readBy, c.writeBy = time.Time{}, time.Time{}, time.Time{}
	}
}

// fastConn is a client's connection. Who reads it is one goroutine at a time.
type fastConn struct {
	net.Conn
	fast    *fastPath
	ours    bool          // net/http waits for a request and has no byte of it
	foreign bool          // something came that was not plain
	fresh   bool          // net/http reads its first request
	began   time.Time     // of the connection
	rest    []byte        // that came behind a request that net/http has
	failed  error         // why nothing more comes
	late    time.Duration // how far net/http's clock for this request is behind

	ended           time.Time // the last answer here, since net/http last waited; else the zero time
	readBy, writeBy time.Time // the deadlines that stand; the zero time for net/http's

	mu              sync.Mutex
	sending, closed bool
}

// minHeader is how much room net/http must give for a request to be looked at; it
// gives 4096 bytes.
const minHeader = 1024

// Read gives net/http the next request that is not answered here, or, while
// net/http is at one, what it asks for.
func (c *fastConn) Read(p []byte) (n int, err error) {
	if c.ours && len(p) >= minHeader && len(p) > len(c.rest) {
		return c.next(p)
	}
	switch {
	case len(c.rest) > 0:
		n = copy(p, c.rest)
		c.rest = c.rest[n:]
	case c.failed != nil:
		return 0, c.failed
	default:
		n, err = c.Conn.Read(p)
	}
	if n > 0 { // part of a body, or of a request that came too soon
		c.ours, c.foreign = false, true
	}
	return n, err
}

// next answers requests until one comes that it can't, which it puts into p.
func (c *fastConn) next(p []byte) (int, error) {
	n := copy(p, c.rest)
	c.rest = nil
	for {
		if n == 0 {
			m, err := c.wait(p)
			if n = m; m == 0 {
				return 0, err
			}
		}
		size, v, sent, err := c.try(p[:n])
		switch {
		case err != nil:
			return 0, err
		case sent:
			n = copy(p, p[size:n])
			continue
		case v == unfinished && n < len(p):
			m, err := c.finish(p[n:])
			if n += m; m > 0 {
				continue
			}
			if n < minRequest && !c.ended.IsZero() {
				return 0, err
			}
			c.failed = err // net/http is to see what came, and then this
		case v == isPlain:
			c.rest = slices.Clone(p[size:n])
			n = size
		}
		c.ours, c.foreign = false, v != isPlain
		if c.fresh { // net/http's clock began with the connection
			c.late = time.Since(c.began)
			if c.foreign && c.failed == nil {
				return n, c.Conn.SetReadDeadline(time.Now().Add(c.fast.header))
			}
		}
		return n, nil
	}
}

// try reads the request that b begins with, and answers it where it can.
func (c *fastConn) try(b []byte) (size int, v verdict, sent bool, err error) {
	x := exchanges.Get().(*exchange)
	defer exchanges.Put(x)
	if size, v = x.plain.read(b); v != isPlain || x.plain.odd {
		return size, v, false, nil
	}
	x.prepare(c, time.Now())
	if !c.fast.answer(x, &x.request) || x.status == 0 { // nothing is on its way: net/http is to answer
		return size, v, false, nil
	}
	return size, v, true, x.err
}

// wait waits for a request's beginning.
func (c *fastConn) wait(p []byte) (int, error) {
	if !c.ended.IsZero() && c.readBy.Sub(c.ended) < c.fast.idle-time.Second { // else net/http's deadline stands, or one that is as good
		c.readBy = c.ended.Add(c.fast.idle)
		if err := c.Conn.SetReadDeadline(c.readBy); err != nil {
			return 0, err
		}
	}
	return c.Conn.Read(p)
}

// finish reads on in a request that has begun, in the time for its header.
func (c *fastConn) finish(p []byte) (int, error) {
	now := time.Now()
	if c.readBy.IsZero() || c.readBy.Sub(now) > c.fast.header {
		c.readBy = now.Add(c.fast.header)
		if err := c.Conn.SetReadDeadline(c.readBy); err != nil {
			return 0, err
		}
	}
	return c.Conn.Read(p)
}

// write sends an answer: x.out, then the body.
func (c *fastConn) write(x *exchange, body [][]byte) (err error) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		c.ended = time.Now()
		return net.ErrClosed
	}
	c.sending = true
	c.mu.Unlock()
	if c.writeBy.Sub(x.start) < c.fast.write/2 {
		c.writeBy = x.start.Add(c.fast.write)
		err = c.Conn.SetWriteDeadline(c.writeBy)
	}
	if err == nil {
		x.parts = append(append(x.parts[:0], x.out), body...)
		all := x.parts // which is walked through
		_, err = all.WriteTo(c.Conn)
		clear(x.parts) // so that no page is held by it
	}
	c.ended = time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sending = false
	if c.closed {
		defer c.fast.sending.Done()
		return errors.Join(err, net.ErrClosed, c.Conn.Close())
	}
	return err
}

// Close closes the connection, after the answer that is being sent: net/http does
// not know of that when it stops.
func (c *fastConn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sending && !c.closed {
		c.closed = true
		c.fast.sending.Add(1)
		return nil
	}
	c.closed = true
	return c.Conn.Close()
}

// SetReadDeadline gives a request as much time as net/http means to: it counts
// from when it began to wait.
func (c *fastConn) SetReadDeadline(t time.Time) error {
	if !t.IsZero() {
		t = t.Add(c.late)
	}
	return c.Conn.SetReadDeadline(t)
}

// ReadFrom keeps the way open on which a file goes to the socket without being
// copied through this process.
func (c *fastConn) ReadFrom(src io.Reader) (int64, error) { return io.Copy(c.Conn, src) }

// wait waits for the answers that are still being sent, until ctx is done.
func (f *fastPath) wait(ctx context.Context) error {
	sent := make(chan struct{})
	go func() {
		f.sending.Wait()
		close(sent)
	}()
	select {
	case <-sent:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
