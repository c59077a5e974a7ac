package page

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// store keeps pieces until something that they show has changed, or others are
// asked for more often than there is room for.
type store struct {
	changes *Changes
	limit   int64 // bytes
	renders chan struct{}

	mu      sync.RWMutex
	kept    map[Key]*kept
	flights map[Key]*flight
	bytes   int64
}

// kept is a piece in the store.
type kept struct {
	piece   *Piece
	at      uint64        // number of changes before its reading began
	checked atomic.Uint64 // up to here none of its refs has changed
	used    atomic.Bool   // since the last time that room was made
	whole   atomic.Pointer[Whole]
}

// flight is a rendering under way.
type flight struct {
	at    uint64
	done  chan struct{}
	piece *Piece
	err   error
}

// How many pieces are rendered at once, and how long one waits for its turn.
const (
	rendersPerProcessor = 4
	longestWait         = 5 * time.Second
)

func newStore(changes *Changes, limit int64) *store {
	return &store{changes: changes, limit: limit, renders: make(chan struct{}, rendersPerProcessor*runtime.GOMAXPROCS(0)),
		kept: map[Key]*kept{}, flights: map[Key]*flight{}}
}

// find is what is kept for a key and still as it was read; nil for nothing.
func (s *store) find(k Key) *kept {
	now := s.changes.Now()
	s.mu.RLock()
	e := s.kept[k]
	s.mu.RUnlock()
	if e == nil || !s.current(&e.checked, e.piece.Refs, e.at, now) {
		return nil
	}
	if !e.used.Load() { // written once, not at each hit: all processors read it
		e.used.Store(true)
	}
	return e
}

// current reports whether none of refs has changed since at, and remembers up to
// where that was seen.
func (s *store) current(checked *atomic.Uint64, refs []news.Ref, at, now uint64) bool {
	seen := checked.Load()
	if seen >= now && !s.changes.paused.Load() {
		return true
	}
	if s.changes.Changed(refs, at) {
		return false
	}
	checked.CompareAndSwap(seen, now) // else another has looked meanwhile
	return true
}

// get returns the piece for a key, kept or made. Requests that come while it is
// made get the same one, but for those that come after a change: what is then
// under way may show what was before.
func (s *store) get(ctx context.Context, k Key, render func(context.Context, Key) (*Piece, error)) (*Piece, error) {
	if e := s.find(k); e != nil {
		return e.piece, nil
	}
	now := s.changes.Now()
	s.mu.Lock()
	f := s.flights[k]
	if f == nil || f.at < now {
		f = &flight{at: s.changes.Now(), done: make(chan struct{})}
		s.flights[k] = f
		// Not the request's own context: others wait for it, too.
		go s.fly(context.WithoutCancel(ctx), k, f, render)
	}
	s.mu.Unlock()
	select {
	case <-f.done:
		return f.piece, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// fly renders a piece and keeps it, unless something that it shows has changed
// meanwhile.
func (s *store) fly(ctx context.Context, k Key, f *flight, render func(context.Context, Key) (*Piece, error)) {
	defer close(f.done)
	if f.err = s.turn(); f.err == nil {
		f.piece, f.err = guarded(ctx, k, render)
		<-s.renders
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flights[k] == f {
		delete(s.flights, k)
	}
	if f.err == nil && !s.changes.Changed(f.piece.Refs, f.at) {
		s.keep(k, &kept{piece: f.piece, at: f.at})
	}
}

// guarded renders, and makes an error of a panic: no request's own goroutine is
// there to catch it.
func guarded(ctx context.Context, k Key, render func(context.Context, Key) (*Piece, error)) (p *Piece, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("rendering %v: %v\n%s", k, r, debug.Stack())
		}
	}()
	return render(ctx, k)
}

// turn waits for one of the places for rendering.
func (s *store) turn() error {
	wait := time.NewTimer(longestWait)
	defer wait.Stop()
	select {
	case s.renders <- struct{}{}:
		return nil
	case <-wait.C:
		return fault.New(fault.Unavailable, "too many pages are asked for at once")
	}
}

// keep puts a piece into the store and makes room for it. The lock is held.
func (s *store) keep(k Key, e *kept) {
	e.checked.Store(e.at)
	if before := s.kept[k]; before != nil {
		if before.at > e.at {
			return // one that was read later came first
		}
		s.bytes -= before.piece.weight()
	}
	s.kept[k] = e
	s.bytes += e.piece.weight()
	for s.bytes > s.limit && len(s.kept) > 1 {
		s.makeRoom(k)
	}
}

// makeRoom drops what was not used since it was last called. Maps are walked in
// a random order, so that what is used least goes first, as good as.
func (s *store) makeRoom(but Key) {
	for k, e := range s.kept {
		if k == but {
			continue
		}
		if e.used.Swap(false) {
			continue
		}
		delete(s.kept, k)
		if s.bytes -= e.piece.weight(); s.bytes <= s.limit {
			return
		}
	}
}

// weight is about how many bytes a piece takes in memory.
func (p *Piece) weight() int64 {
	n := 600 + len(p.Key.Rest) + 64*len(p.Parts) + 200*len(p.Pieces)
	for _, part := range p.Parts {
		if part.Block != nil {
			n += len(part.Block.deflate) + 64
		}
	}
	for _, r := range p.Refs {
		n += len(r) + 16
	}
	return int64(n)
}

// Stock is how much is kept: pieces, and about how many bytes they take.
type Stock struct {
	Pieces int
	Bytes  int64
}

// Kept tells how much is kept now.
func (p *Press) Kept() Stock {
	p.store.mu.RLock()
	defer p.store.mu.RUnlock()
	return Stock{len(p.store.kept), p.store.bytes}
}
