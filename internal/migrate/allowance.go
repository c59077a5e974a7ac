package migrate

import "sync"

// allowance bounds how many bytes of posts are under way at once, so that memory
// does not follow the length of a newspaper's longest articles.
type allowance struct {
	mu    sync.Mutex
	freed sync.Cond
	left  int
	most  int
	ended bool
}

func newAllowance(most int) *allowance {
	a := &allowance{left: most, most: most}
	a.freed.L = &a.mu
	return a
}

// take waits until n bytes are free, or all are: what is larger than the whole
// allowance goes alone. It is false once end was called.
func (a *allowance) take(n int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.left < n && a.left < a.most && !a.ended {
		a.freed.Wait()
	}
	a.left -= n
	return !a.ended
}

// give frees n bytes that were taken.
func (a *allowance) give(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left += n
	a.freed.Signal()
}

// end lets whoever waits go.
func (a *allowance) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ended = true
	a.freed.Broadcast()
}
