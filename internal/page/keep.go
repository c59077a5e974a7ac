package page

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/fault"
)

// store keeps pieces until something that they show has changed, or others are
// asked for more often than there is room for.
type store struct {
	changes *Changes
	limit   int64 // bytes
	renders chan struct{}
	waiting atomic.Int64    // for one of the places for rendering
	urgent  map[string]bool // kinds that wait for no turn

	mu      sync.RWMutex
	kept    map[Key]*kept
	paths   map[string]*kept // pages, by where they stand; one path for each
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
	path    string // in paths; guarded by the store's lock
	weight  int64  // bytes, with its whole page's; guarded by the store's lock
}

// flight is a rendering under way.
type flight struct {
	at    uint64
	done  chan struct{}
	piece *Piece
	err   error
}

// How many pieces are rendered at once, how many wait for that before no further
// page is begun, and how long one waits for its turn. Who reads what is kept shares
// the processors with those that render, so these are few: two, since a renderer
// also waits for a database elsewhere or a disk. Those that wait are about as
// many as can be rendered in a second: who would wait for longer is told so at
// once, which costs next to nothing, and a page that was begun is brought to its
// end.
const (
	rendersPerProcessor = 2
	waitingPerProcessor = 256
	longestWait         = 5 * time.Second
	longestRender       = 30 * time.Second
)

func newStore(changes *Changes, limit int64) *store {
	return &store{changes: changes, limit: limit, renders: make(chan struct{}, rendersPerProcessor*runtime.GOMAXPROCS(0)),
		kept: map[Key]*kept{}, paths: map[string]*kept{}, flights: map[Key]*flight{}}
}

// find is what is kept for a key and still as it was read; nil for nothing.
func (s *store) find(k Key) *kept {
	now := s.changes.Now()
	s.mu.RLock()
	e := s.kept[k]
	s.mu.RUnlock()
	return s.fresh(e, now)
}

// fresh is a piece that is kept, unless it has changed up to now; nil for nil.
func (s *store) fresh(e *kept, now uint64) *kept {
	if e == nil || !s.changes.current(&e.checked, e.piece.Refs, e.at, now) {
		return nil
	}
	e.use()
	return e
}

// use notes that a piece was asked for: once, not at each hit, since all
// processors read it.
func (e *kept) use() {
	if !e.used.Load() {
		e.used.Store(true)
	}
}

// at is the whole page that is kept for a path and still as it was read; nil for
// none.
func (s *store) at(path string) *Whole {
	now := s.changes.Now()
	s.mu.RLock()
	e := s.paths[path]
	s.mu.RUnlock()
	return s.wholeOf(e, now)
}

// whole is likewise for a key.
func (s *store) whole(k Key) *Whole {
	now := s.changes.Now()
	s.mu.RLock()
	e := s.kept[k]
	s.mu.RUnlock()
	return s.wholeOf(e, now)
}

func (s *store) wholeOf(e *kept, now uint64) *Whole {
	if e == nil {
		return nil
	}
	w := e.whole.Load()
	if w == nil || !s.changes.current(&w.checked, w.Refs, w.at, now) {
		return nil
	}
	e.use()
	return w
}

// stood reports whether a page is kept for a path, be it as it was before a change.
func (s *store) stood(path string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.paths[path] != nil
}

// keepWhole keeps a page as it was put together, with its piece, unless that is
// not kept itself.
func (s *store) keepWhole(w *Whole, piece *Piece, path string) {
	w.checked.Store(w.at)
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.kept[piece.Key]
	if e == nil || e.piece != piece {
		return
	}
	if before := e.whole.Load(); before != nil && before.at > w.at {
		return // one that was read later came first
	}
	for _, k := range w.pieces {
		if in := s.kept[k]; in != nil {
			w.kept = append(w.kept, in)
		}
	}
	e.whole.Store(w)
	if path != "" && s.paths[path] != e {
		s.forgetPath(e)
		if other := s.paths[path]; other != nil {
			other.path = ""
		}
		s.paths[path], e.path = e, path
	}
	s.weigh(e)
	s.makeRoom()
}

func (s *store) forgetPath(e *kept) {
	if e.path != "" {
		delete(s.paths, e.path)
		e.path = ""
	}
}

// weigh takes into the sum what a piece takes now. The lock is held.
func (s *store) weigh(e *kept) {
	s.bytes -= e.weight
	e.weight = e.piece.weight() + int64(len(e.path))
	if w := e.whole.Load(); w != nil {
		e.weight += w.weight()
	}
	s.bytes += e.weight
}

// get returns the piece for a key, kept or made. Requests that come while it is
// made get the same one, but for those that come after a change: what is then
// under way may show what was before. It is made to its end, though who has asked
// waits no longer. first says that a page begins with it.
func (s *store) get(ctx context.Context, k Key, first bool, render func(context.Context, Key) (*Piece, error)) (*Piece, error) {
	if e := s.find(k); e != nil {
		return e.piece, nil
	}
	now := s.changes.Now()
	s.mu.Lock()
	f := s.flights[k]
	if f == nil || f.at < now {
		// One that was under way a moment ago may have been kept since.
		if e := s.fresh(s.kept[k], now); e != nil {
			s.mu.Unlock()
			return e.piece, nil
		}
		if !s.urgent[k.Kind] {
			if first && s.full() {
				s.mu.Unlock()
				return nil, errTooMany
			}
			s.waiting.Add(1)
		}
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
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, errTooMany
		}
		return nil, ctx.Err()
	}
}

// full reports whether no further page is begun for now.
func (s *store) full() bool {
	return s.waiting.Load() >= int64(waitingPerProcessor*runtime.GOMAXPROCS(0))
}

// fly renders a piece and keeps it, unless it is not to be kept or something that
// it shows has changed meanwhile.
func (s *store) fly(ctx context.Context, k Key, f *flight, render func(context.Context, Key) (*Piece, error)) {
	defer close(f.done)
	if f.err = s.turn(k); f.err == nil {
		ctx, stop := context.WithTimeout(ctx, longestRender)
		f.piece, f.err = guarded(ctx, k, render)
		stop()
		s.done(k)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flights[k] == f {
		delete(s.flights, k)
	}
	if f.err == nil && !f.piece.once && !s.changes.Changed(f.piece.Refs, f.at) {
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

// errTooMany refuses a page for now.
var errTooMany = fault.New(fault.Unavailable, "too many pages are asked for at once")

// turn waits for one of the places for rendering.
func (s *store) turn(k Key) error {
	if s.urgent[k.Kind] {
		return nil
	}
	defer s.waiting.Add(-1)
	wait := time.NewTimer(longestWait)
	defer wait.Stop()
	select {
	case s.renders <- struct{}{}:
		return nil
	case <-wait.C:
		return errTooMany
	}
}

// done gives the place back.
func (s *store) done(k Key) {
	if !s.urgent[k.Kind] {
		<-s.renders
	}
}

// keep puts a piece into the store and makes room for it. The lock is held.
func (s *store) keep(k Key, e *kept) {
	e.checked.Store(e.at)
	if before := s.kept[k]; before != nil {
		if before.at > e.at {
			return // one that was read later came first
		}
		s.drop(k, before)
	}
	s.kept[k] = e
	s.weigh(e)
	s.makeRoom()
}

// drop takes a piece out, and the page that it is. The lock is held.
func (s *store) drop(k Key, e *kept) {
	s.forgetPath(e)
	delete(s.kept, k)
	s.bytes -= e.weight
	e.weight = 0
}

// makeRoom drops, once the limit is passed, what was not used since it was last
// called, until a tenth of it is free: what is asked for once makes room for what
// is asked for often. Maps are walked in no order, so that each has its chance.
// The lock is held.
func (s *store) makeRoom() {
	if s.bytes <= s.limit {
		return
	}
	for range 2 { // in the first round, all may be in use
		// A page that was asked for has used its pieces; one that was not is taken
		// apart, so that dropped pieces are not held by it.
		for _, e := range s.kept {
			w := e.whole.Load()
			switch {
			case w == nil:
			case e.used.Load():
				for _, in := range w.kept {
					in.use()
				}
			default:
				s.forgetPath(e)
				e.whole.Store(nil)
				s.weigh(e)
			}
		}
		for k, e := range s.kept {
			if s.bytes <= s.limit/10*9 {
				return
			}
			if !e.used.Swap(false) {
				s.drop(k, e)
			}
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

// weight is about how many bytes a page takes besides its pieces' blocks.
func (w *Whole) weight() int64 {
	blocks := 0
	for i := range w.stretches {
		blocks += len(w.stretches[i].blocks)
	}
	return int64(200 + 64*len(w.stretches) + 8*blocks + 16*len(w.Refs) + 104*len(w.pieces))
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
