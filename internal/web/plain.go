package web

import (
	"bytes"
	"net/http"
)

// plainRequest is a request of the simplest kind, whose end nobody can see differently: a
// GET or HEAD of HTTP/1.1 without a body and without a word about the connection,
// in RFC 9112's strict grammar. What is only tolerated (a line without a carriage
// return, a folded field) is not plain.
type plainRequest struct {
	method    string
	path      []byte   // decoded
	odd       bool     // only net/http is to judge the target
	accept    [][]byte // the lines of Accept-Encoding
	noneMatch [][]byte // those of If-None-Match
}

// verdict is what the first bytes of a request show.
type verdict int

const (
	unfinished verdict = iota // the header's end is not there yet
	isPlain
	foreign // anything else
)

// minRequest is how many bytes net/http waits for, behind another request, before
// it takes them for one.
const minRequest = 4

// read looks at the request that b begins with, and returns the size of its header
// where it is plain. The fields share b's memory. Cost: one pass.
func (q *plainRequest) read(b []byte) (size int, v verdict) {
	q.path, q.accept, q.noneMatch = q.path[:0], q.accept[:0], q.noneMatch[:0]
	switch {
	case bytes.HasPrefix(b, []byte("GET ")):
		q.method = http.MethodGet
	case bytes.HasPrefix(b, []byte("HEAD ")):
		q.method = http.MethodHead
	case len(b) < minRequest, string(b) == "HEAD":
		return 0, unfinished
	default:
		return 0, foreign
	}
	hosts := 0
	at := 0
	for first := true; ; first = false {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			return 0, unfinished
		}
		if n == 0 || b[at+n-1] != '\r' {
			return 0, foreign
		}
		line := b[at : at+n-1]
		at += n + 1
		switch {
		case first:
			if !q.target(line[len(q.method)+1:]) {
				return 0, foreign
			}
		case len(line) == 0:
			if hosts != 1 {
				return 0, foreign
			}
			return at, isPlain
		default:
			host, ok := q.field(line)
			if !ok {
				return 0, foreign
			}
			if host {
				hosts++
			}
		}
	}
}

// target reads "/path HTTP/1.1". A path with a query or with anything that has
// several spellings is left to net/http, as is what is no path at all.
func (q *plainRequest) target(line []byte) bool {
	path, ok := bytes.CutSuffix(line, []byte(" HTTP/1.1"))
	if !ok || len(path) == 0 || path[0] != '/' {
		return false
	}
	q.odd = false
	for i := 0; i < len(path); i++ {
		c := path[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '/' || c == '-' || c == '.' || c == '_' || c == '~':
		case c == '%' && i+2 < len(path):
			high, low := unhex(path[i+1]), unhex(path[i+2])
			if high < 8 || low < 0 { // letters that could stand for themselves, or no number
				q.odd = true
				continue
			}
			c = byte(high<<4 | low)
			i += 2
		case c <= ' ' || c >= 0x7f:
			return false
		default:
			q.odd = true
		}
		q.path = append(q.path, c)
	}
	return true
}

// unhex is the value of a hexadecimal digit; -1 for any other byte.
func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// field reads "Name: value", and reports whether it is the Host and whether the
// request is plain with it.
func (q *plainRequest) field(line []byte) (host, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 {
		return false, false
	}
	name, value := line[:colon], bytes.Trim(line[colon+1:], " \t")
	for _, c := range name {
		if !fieldNameBytes[c] {
			return false, false
		}
	}
	for _, c := range value {
		if c < ' ' && c != '\t' || c == 0x7f {
			return false, false
		}
	}
	// By their lengths, since a browser sends a dozen that do not matter here.
	switch len(name) {
	case len("te"):
		return false, !is(name, "te")
	case len("host"):
		host = is(name, "host")
		return host, !host || isHost(value)
	case len("expect"):
		return false, !is(name, "expect")
	case len("trailer"):
		return false, !is(name, "trailer") && !is(name, "upgrade")
	case len("connection"):
		return false, !is(name, "connection") || is(value, "keep-alive")
	case len("if-none-match"):
		if is(name, "if-none-match") {
			q.noneMatch = append(q.noneMatch, value)
		}
	case len("content-length"):
		return false, !is(name, "content-length")
	case len("accept-encoding"):
		if is(name, "accept-encoding") {
			q.accept = append(q.accept, value)
		}
	case len("transfer-encoding"):
		return false, !is(name, "transfer-encoding")
	}
	return false, true
}

// fieldNameBytes are those of a token (RFC 9110, 5.6.2).
var fieldNameBytes = func() (set [256]bool) {
	for _, c := range []byte("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		set[c] = true
	}
	return set
}()

// is reports whether b is a word, given in small letters.
func is(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

// isHost reports whether a Host is written in the usual way.
func isHost(b []byte) bool {
	for _, c := range b {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == ':' || c == '[' || c == ']') {
			return false
		}
	}
	return len(b) > 0
}
