package page

import (
	"sync"
	"sync/atomic"

	"broadsheet/internal/news"
)

// Changes tells what has changed since when: one number rises with each change,
// and for each ref the number of its last change is remembered. To announce a
// change costs the same however much is kept; whoever keeps something asks
// before it is used again.
type Changes struct {
	now    atomic.Uint64
	paused atomic.Bool

	mu    sync.RWMutex
	last  map[news.Ref]uint64
	floor uint64 // everything up to here counts as changed
	most  int
}

// NewChanges remembers so many refs. Past that they are forgotten together, and
// everything that is older counts as changed.
func NewChanges(most int) *Changes {
	return &Changes{last: map[news.Ref]uint64{}, most: most}
}

// Now is the number of the last change. Who reads something to keep it notes the
// number before the reading begins.
func (c *Changes) Now() uint64 { return c.now.Load() }

// Announce tells that refs have changed. What was read before it returns is
// changed for everybody who asks afterwards.
func (c *Changes) Announce(refs []news.Ref) {
	if len(refs) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.now.Load() + 1
	if len(c.last)+len(refs) > c.most {
		clear(c.last)
		c.floor = n
	} else {
		for _, r := range refs {
			c.last[r] = n
		}
	}
	c.now.Store(n)
}

// AnnounceAll tells that everything may have changed.
func (c *Changes) AnnounceAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.last)
	c.floor = c.now.Load() + 1
	c.now.Store(c.floor)
}

// Pause has everything count as changed until Resume: while nobody tells of the
// changes that others make.
func (c *Changes) Pause() { c.paused.Store(true) }

// Resume ends a pause. Everything that was read until then counts as changed.
func (c *Changes) Resume() {
	c.AnnounceAll()
	c.paused.Store(false)
}

// Changed reports whether one of the refs has changed since a number was noted.
func (c *Changes) Changed(refs []news.Ref, since uint64) bool {
	if c.paused.Load() {
		return true
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.floor > since {
		return true
	}
	for _, r := range refs {
		if c.last[r] > since {
			return true
		}
	}
	return false
}

// current reports whether none of refs has changed since at, and remembers up to
// where that was seen.
func (c *Changes) current(checked *atomic.Uint64, refs []news.Ref, at, now uint64) bool {
	seen := checked.Load()
	if seen >= now && !c.paused.Load() {
		return true
	}
	if c.Changed(refs, at) {
		return false
	}
	checked.CompareAndSwap(seen, now) // else another has looked meanwhile
	return true
}
