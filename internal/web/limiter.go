package web

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxKept bounds a limiter's memory, at about 300 bytes each.
const maxKept = 20_000

// Limits says how often something may be done in the name of each key: a token
// bucket for each. It is safe for use by many goroutines.
//
// Of more than 20,000 keys it forgets the ones that were quiet for longest, whose
// buckets are the likeliest to be full again.
type Limits[K comparable] struct {
	every time.Duration
	burst int
	clock func() time.Time

	mu      sync.Mutex
	buckets map[K]*list.Element // of *bucket[K]
	recent  *list.List          // of *bucket[K]; front: seen last
}

type bucket[K comparable] struct {
	key    K
	tokens *rate.Limiter
}

// NewLimits allows burst acts at once and one more each time every has passed. An
// every of 0 or less allows everything. The clock is time.Now outside of tests.
func NewLimits[K comparable](every time.Duration, burst int, clock func() time.Time) *Limits[K] {
	return &Limits[K]{every: every, burst: burst, clock: clock, buckets: map[K]*list.Element{}, recent: list.New()}
}

// Allow reports whether it may be done now in the name of key, and takes that from
// its allowance. Where it may not, wait is the time until it may.
func (l *Limits[K]) Allow(key K) (wait time.Duration, ok bool) {
	if l.every <= 0 {
		return 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	r := l.bucket(key).tokens.ReserveN(now, 1)
	if !r.OK() {
		return l.every, false // a burst of 0 allows nothing, ever
	}
	if wait = r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// Forgive gives a key its whole allowance back.
func (l *Limits[K]) Forgive(key K) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.buckets[key]; ok {
		l.recent.Remove(e)
		delete(l.buckets, key)
	}
}

// bucket finds or makes a key's bucket and marks it as seen last.
func (l *Limits[K]) bucket(key K) *bucket[K] {
	if e, ok := l.buckets[key]; ok {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket[K])
	}
	if l.recent.Len() >= maxKept {
		oldest := l.recent.Remove(l.recent.Back()).(*bucket[K])
		delete(l.buckets, oldest.key)
	}
	b := &bucket[K]{key, rate.NewLimiter(rate.Every(l.every), l.burst)}
	l.buckets[key] = l.recent.PushFront(b)
	return b
}

// Limiter says how often one network address may do something, counted for each
// IPv4 address and for each IPv6 /64, which is what one household or one machine
// gets.
type Limiter struct{ *Limits[netip.Prefix] }

// NewLimiter is [NewLimits] for network addresses.
func NewLimiter(every time.Duration, burst int, clock func() time.Time) *Limiter {
	return &Limiter{NewLimits[netip.Prefix](every, burst, clock)}
}

// Allow reports whether the address may act now, and takes that from its
// allowance. Where it may not, wait is the time until it may. All requests
// without a valid address share one bucket.
func (l *Limiter) Allow(a netip.Addr) (wait time.Duration, ok bool) {
	return l.Limits.Allow(NetworkOf(a))
}

// NetworkOf is the network that is counted as one visitor: of an address without a
// network, the zero Prefix.
func NetworkOf(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	n, _ := a.Prefix(bits) // fails for the zero Addr only, whose zero Prefix is the shared one
	return n
}
