package web

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
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
	return &fastConn{Conn: c, fast: l.fast, ours: true, fresh: true}, nil
}

// state is told by net/http how a connection fares.
func (f *fastPath) state(c net.Conn, state http.ConnState) {
	if c, ok := c.(*fastConn); ok && state == http.StateIdle {
		c.ours, c.fresh, c.late = !c.foreign, false, 0
		c.answered, c.readBy, c.writeBy = false, time.Time{}, time.Time{}
	}
}

// fastConn is a client's connection. Who reads it is one goroutine at a time.
type fastConn struct {
	net.Conn
	fast    *fastPath
	ours    bool          // net/http waits for a request and has no byte of it
	foreign bool          // something came that was not plain
	fresh   bool          // net/http reads its first request
	rest    []byte        // that came behind a request that net/http has
	late    time.Duration // how far net/http's clock for this request is behind

	answered        bool      // since net/http last waited
	readBy, writeBy time.Time // the deadlines that stand; the zero time for net/http's

	mu              sync.Mutex
	sending, closed bool
}

// Read gives net/http the next request that is not answered here, or, while
// net/http is at one, what it asks for.
func (c *fastConn) Read(p []byte) (n int, err error) {
	if c.ours && len(p) >= minHeader {
		return c.next(p)
	}
	if len(c.rest) > 0 {
		n = copy(p, c.rest)
		c.rest = c.rest[n:]
	} else {
		n, err = c.Conn.Read(p)
	}
	if n > 0 { // part of a body, or of a request that came too soon
		c.ours, c.foreign = false, true
	}
	return n, err
}

// minHeader is how much room net/http must give for a request to be looked at; it
// gives 4096 bytes.
const minHeader = 1024

// next answers requests until one comes that it can't, which it puts into p.
func (c *fastConn) next(p []byte) (int, error) {
	began := time.Now()
	n := copy(p, c.rest)
	c.rest = nil
	x := exchanges.Get().(*exchange)
	defer exchanges.Put(x)
	for {
		size, v := x.plain.read(p[:n])
		if v == unfinished && n < len(p) {
			m, err := c.more(p[n:], n > 0)
			if n += m; m == 0 {
				return 0, err
			}
			continue
		}
		if v == isPlain {
			sent, err := c.send(x)
			if err != nil {
				return 0, err
			}
			if sent {
				n = copy(p, p[size:n])
				continue
			}
			c.rest = slices.Clone(p[size:n])
			n = size
		}
		c.ours, c.foreign = false, v != isPlain
		if c.fresh { // its clock began with the connection
			c.late = time.Since(began)
			if c.foreign {
				return n, c.Conn.SetReadDeadline(time.Now().Add(c.fast.header))
			}
		}
		return n, nil
	}
}

// more reads from the client: a request's beginning, or, in the time for it, what
// belongs to one that has begun.
func (c *fastConn) more(p []byte, begun bool) (int, error) {
	now := time.Now()
	switch {
	case begun:
		if c.readBy.Sub(now) > c.fast.header || c.readBy.IsZero() {
			c.readBy = now.Add(c.fast.header)
			if err := c.Conn.SetReadDeadline(c.readBy); err != nil {
				return 0, err
			}
		}
	case c.answered && c.readBy.Sub(now) < c.fast.idle-time.Second:
		c.readBy = now.Add(c.fast.idle)
		if err := c.Conn.SetReadDeadline(c.readBy); err != nil {
			return 0, err
		}
	}
	return c.Conn.Read(p)
}

// send answers a plain request, and reports whether it could.
func (c *fastConn) send(x *exchange) (sent bool, err error) {
	if x.plain.odd {
		return false, nil
	}
	start := time.Now()
	x.prepare()
	x.date = c.fast.dateAt(start)
	if !c.fast.answer(x, &x.request) || !x.whole() {
		return false, nil
	}
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return false, net.ErrClosed
	}
	c.sending = true
	c.mu.Unlock()
	c.answered = true
	if c.writeBy.Sub(start) < c.fast.write/2 {
		c.writeBy = start.Add(c.fast.write)
		err = c.Conn.SetWriteDeadline(c.writeBy)
	}
	if err == nil {
		_, err = c.Conn.Write(x.out)
	}
	c.fast.journal.note(context.Background(), Answer{Method: x.request.Method, Path: x.url.Path, Status: x.status, Bytes: int64(len(x.out) - x.body), Took: time.Since(start), Whole: err == nil})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sending = false
	if c.closed {
		defer c.fast.sending.Done()
		return false, errors.Join(net.ErrClosed, c.Conn.Close())
	}
	return true, err
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

// exchange is a request and its answer, for one after the other.
type exchange struct {
	plain   plainRequest
	request http.Request
	url     url.URL
	asked   http.Header
	accept  []string // Accept-Encoding, which is mostly that of the request before
	tags    []string // If-None-Match

	header http.Header
	names  []string // of header
	date   []byte   // the line of this second
	status int
	out    []byte
	body   int // where it begins in out
	broken bool
}

var exchanges = sync.Pool{New: func() any {
	x := &exchange{asked: http.Header{}, header: http.Header{}}
	x.request = http.Request{URL: &x.url, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: x.asked, Body: http.NoBody}
	return x
}}

// prepare makes a request of what was read, with the fields that choose between
// the forms of a page.
func (x *exchange) prepare() {
	x.request.Method = x.plain.method
	x.url = url.URL{Path: string(x.plain.path)}
	x.accept, x.tags = texts(x.accept, x.plain.accept), texts(x.tags, x.plain.noneMatch)
	clear(x.asked)
	if len(x.accept) > 0 {
		x.asked["Accept-Encoding"] = x.accept
	}
	if len(x.tags) > 0 {
		x.asked["If-None-Match"] = x.tags
	}
	clear(x.header)
	x.status, x.out, x.body, x.broken = 0, x.out[:0], 0, false
}

// texts makes strings of lines, or takes those of before where they are the same.
func texts(before []string, lines [][]byte) []string {
	for i, line := range lines {
		switch {
		case i == len(before):
			before = append(before, string(line))
		case before[i] != string(line):
			before[i] = string(line)
		}
	}
	return before[:len(lines)]
}

// Header is that of the answer.
func (x *exchange) Header() http.Header { return x.header }

// WriteHeader begins the answer, its fields in the order of their names.
func (x *exchange) WriteHeader(status int) {
	if x.status != 0 {
		return
	}
	x.status = status
	x.out = append(x.out, "HTTP/1.1 "...)
	x.out = strconv.AppendInt(x.out, int64(x.status), 10)
	x.out = append(append(x.out, ' '), http.StatusText(x.status)...)
	x.out = append(x.out, x.date...)
	x.names = x.names[:0]
	for name := range x.header {
		x.names = append(x.names, name)
	}
	slices.Sort(x.names)
	for _, name := range x.names {
		for _, value := range x.header[name] {
			x.broken = x.broken || strings.ContainsAny(value, "\r\n")
			x.out = append(append(x.out, name...), ": "...)
			x.out = append(append(x.out, value...), "\r\n"...)
		}
	}
	x.out = append(x.out, "\r\n"...)
	x.body = len(x.out)
}

// Write takes all or part of the body.
func (x *exchange) Write(b []byte) (int, error) {
	x.WriteHeader(http.StatusOK)
	x.out = append(x.out, b...)
	return len(b), nil
}

// whole reports whether the answer can go out in this way: it has no line break in
// a field, and as long a body as it says.
func (x *exchange) whole() bool {
	if x.status == 0 || x.broken {
		return false
	}
	size := len(x.out) - x.body
	if x.request.Method == http.MethodHead || x.status == http.StatusNotModified {
		return size == 0
	}
	length := x.header["Content-Length"]
	return len(length) == 1 && length[0] == strconv.Itoa(size)
}

// dateLine ends the first line and is the Date of one second.
type dateLine struct {
	second int64
	text   []byte
}

func (f *fastPath) dateAt(now time.Time) []byte {
	d := f.date.Load()
	if d == nil || d.second != now.Unix() {
		d = &dateLine{now.Unix(), now.UTC().AppendFormat(nil, "\r\nDate: "+http.TimeFormat+"\r\n")}
		f.date.Store(d)
	}
	return d.text
}

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
