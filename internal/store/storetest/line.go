package storetest

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Line is a way to a PostgreSQL server that can be cut, or left hanging as when a
// cable is pulled: as a whole, or the connections alone on which a process hears
// what others change.
type Line struct {
	DSN string // of the database, by this way

	mu     sync.Mutex
	pairs  []*pair
	all    State
	hears  State // of connections that listen
	late   func([]byte) bool
	lateBy time.Duration
}

// State is how a connection fares.
type State int

// A connection is whole, silent, or cut at the next byte that it is to carry.
const (
	Whole State = iota
	Silent
	Broken
)

// pair is a connection: to the client, and to the server.
type pair struct {
	in, out net.Conn
	listens bool
}

// NewLine opens a way to the server of a database. It ends with the test.
func NewLine(t testing.TB, dsn string) *Line {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	to := u.Host
	u.Host = ln.Addr().String()
	l := &Line{DSN: u.String()}
	t.Cleanup(func() { ln.Close(); l.Cut() })
	go func() {
		for {
			in, err := ln.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				in.Close()
				continue
			}
			p := &pair{in: in, out: out}
			l.mu.Lock()
			l.pairs = append(l.pairs, p)
			l.mu.Unlock()
			go l.carry(p, in, out)
			go l.carry(p, out, in)
		}
	}()
	return l
}

// carry carries what comes from one end to the other.
func (l *Line) carry(p *pair, from, to net.Conn) {
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		l.mu.Lock()
		p.listens = p.listens || bytes.Contains(b[:n], []byte("listen "))
		state, wait := l.all, time.Duration(0)
		if p.listens {
			state = max(state, l.hears)
		}
		if l.late != nil && l.late(b[:n]) {
			wait = l.lateBy
		}
		l.mu.Unlock()
		time.Sleep(wait)
		if err != nil || state == Broken {
			p.in.Close()
			p.out.Close()
			return
		}
		if state == Whole {
			to.Write(b[:n])
		}
	}
}

// Cut ends all connections; new ones are let through.
func (l *Line) Cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.pairs {
		p.in.Close()
		p.out.Close()
	}
	l.pairs = nil
}

// Set says how all connections fare from now on, new ones too.
func (l *Line) Set(s State) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = s
}

// SetListening is Set for the connections on which a process hears of changes.
func (l *Line) SetListening(s State) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hears = s
}

// Slow has what late tells of arrive later by some time.
func (l *Line) Slow(late func([]byte) bool, by time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.late, l.lateBy = late, by
}
