package web

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"
)

// exchange is a plain request and its answer, for one after the other.
type exchange struct {
	plain   plainRequest
	request http.Request
	url     url.URL
	asked   http.Header
	accept  []string // Accept-Encoding, which is mostly that of the request before
	tags    []string // If-None-Match

	conn   *fastConn // for this request
	start  time.Time
	header http.Header
	names  []string // memory for those of header
	status int      // 0 until it was sent
	err    error    // of sending
	out    []byte
	parts  net.Buffers
}

var exchanges = sync.Pool{New: func() any {
	x := &exchange{asked: http.Header{}, header: http.Header{}, names: make([]string, 0, 8)}
	x.request = http.Request{URL: &x.url, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: x.asked, Body: http.NoBody}
	return x
}}

// prepare makes a request of what was read, with the fields that choose between
// the forms of a page.
func (x *exchange) prepare(c *fastConn, start time.Time) {
	x.conn, x.start = c, start
	x.request.Method = x.plain.method
	if x.url.Path != string(x.plain.path) {
		x.url.Path = string(x.plain.path)
	}
	x.accept, x.tags = texts(x.accept, x.plain.accept), texts(x.tags, x.plain.noneMatch)
	clear(x.asked)
	if len(x.accept) > 0 {
		x.asked["Accept-Encoding"] = x.accept
	}
	if len(x.tags) > 0 {
		x.asked["If-None-Match"] = x.tags
	}
	clear(x.header)
	x.status, x.err = 0, nil
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

var errNotBySend = errors.New("web: a shortcut's answer is sent with Send")

// WriteHeader does nothing: only [Send] knows the whole answer.
func (x *exchange) WriteHeader(int) { x.err = errNotBySend }

// Write fails: only [Send] knows the whole answer.
func (x *exchange) Write([]byte) (int, error) { return 0, errNotBySend }

// send sends the answer in one write.
func (x *exchange) send(status int, fields *Fields, tag []byte, size int, body [][]byte) error {
	for _, values := range x.header {
		for _, value := range values {
			if broken(value) {
				return errors.New("web: a line break in a header")
			}
		}
	}
	if bytes.IndexByte(tag, 0x0a) >= 0 || bytes.IndexByte(tag, 0x0d) >= 0 {
		return errors.New("web: a line break in an entity tag")
	}
	x.status = status
	out := append(x.out[:0], "HTTP/1.1 "...)
	out = strconv.AppendInt(out, int64(status), 10)
	out = append(append(out, ' '), http.StatusText(status)...)
	out = append(out, x.conn.fast.dateAt(x.start)...)
	out = append(out, fields.lines...)
	if len(x.header) > 0 {
		out = appendFields(out, x.header, x.names)
	}
	if tag != nil {
		out = append(append(append(out, "Etag: "...), tag...), "\r\n"...)
	}
	if status != http.StatusNotModified {
		out = strconv.AppendInt(append(out, "Content-Length: "...), int64(size), 10)
		out = append(out, "\r\n"...)
	}
	x.out = append(out, "\r\n"...)
	if status == http.StatusNotModified {
		body = nil
	}
	sent := int64(0)
	for _, part := range body {
		sent += int64(len(part))
	}
	x.err = x.conn.write(x, body)
	x.conn.fast.journal.note(context.Background(), Answer{Method: x.request.Method, Path: x.url.Path, Status: status, Bytes: sent, Took: x.conn.ended.Sub(x.start), Whole: x.err == nil}, x.conn.ended)
	return x.err
}

// dateLine ends the first line of an answer and is the Date of one second.
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
