package web

import (
	"container/list"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxNetworks bounds a limiter's memory, at about 300 bytes each.
const maxNetworks = 20_000

// Limiter says how often one network address may do something: a token bucket
// for each IPv4 address and for each IPv6 /64, which is what one household or
// one machine gets. It is safe for use by many goroutines.
//
// Of more than 20,000 networks it forgets the ones that were quiet for longest,
// whose buckets are the likeliest to be full again.
type Limiter struct {
	every time.Duration
	burst int
	clock func() time.Time

	mu      sync.Mutex
	buckets map[netip.Prefix]*list.Element // of *bucket
	recent  *list.List                     // of *bucket; front: seen last
}

type bucket struct {
	network netip.Prefix
	tokens  *rate.Limiter
}

// NewLimiter allows burst acts at once and one more each time every has passed.
// An every of 0 or less allows everything. The clock is time.Now outside of
// tests.
func NewLimiter(every time.Duration, burst int, clock func() time.Time) *Limiter {
	return &Limiter{every: every, burst: burst, clock: clock, buckets: map[netip.Prefix]*list.Element{}, recent: list.New()}
}

// Allow reports whether the address may act now, and takes that from its
// allowance. Where it may not, wait is the time until it may. All requests
// without a valid address share one bucket.
func (l *Limiter) Allow(a netip.Addr) (wait time.Duration, ok bool) {
	if l.every <= 0 {
		return 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	r := l.bucket(networkOf(a)).tokens.ReserveN(now, 1)
	if !r.OK() {
		return l.every, false // a burst of 0 allows nothing, ever
	}
	if wait = r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// bucket finds or makes a network's bucket and marks it as seen last.
func (l *Limiter) bucket(n netip.Prefix) *bucket {
	if e, ok := l.buckets[n]; ok {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if l.recent.Len() >= maxNetworks {
		oldest := l.recent.Remove(l.recent.Back()).(*bucket)
		delete(l.buckets, oldest.network)
	}
	b := &bucket{n, rate.NewLimiter(rate.Every(l.every), l.burst)}
	l.buckets[n] = l.recent.PushFront(b)
	return b
}

// networkOf is the network that is counted as one visitor.
func networkOf(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	n, _ := a.Prefix(bits) // fails for the zero Addr only, whose zero Prefix is the shared one
	return n
}
