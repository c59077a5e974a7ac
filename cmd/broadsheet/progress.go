package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progress shows how far a long job is: a bar that redraws itself on a terminal,
// a plain line every ten seconds elsewhere.
type progress struct {
	out      io.Writer
	what     string
	total    int64 // 0 when it is not known
	terminal bool
	began    time.Time
	shown    time.Time
}

func newProgress(out io.Writer, what string, total int64) *progress {
	p := &progress{out: out, what: what, total: total, began: time.Now()}
	if f, ok := out.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	p.shown = p.began
	return p
}

// at tells that done of total is done; more is said behind the figures.
func (p *progress) at(done int64, more ...string) {
	every := 10 * time.Second
	if p.terminal {
		every = 100 * time.Millisecond
	}
	now := time.Now()
	if now.Sub(p.shown) < every {
		return
	}
	p.shown = now
	share := 0.0
	if p.total > 0 {
		share = min(1, float64(done)/float64(p.total))
	}
	line := fmt.Sprintf("%s %3.0f %%  %s", p.what, 100*share, strings.Join(more, "  "))
	if left := p.left(share, now); left != "" {
		line += "  " + left
	}
	if !p.terminal {
		fmt.Fprintln(p.out, line)
		return
	}
	const width = 24
	full := int(share * width)
	fmt.Fprintf(p.out, "\r\x1b[K[%s%s] %s", strings.Repeat("█", full), strings.Repeat("·", width-full), line)
}

// left is how long it may still take, once that can be said.
func (p *progress) left(share float64, now time.Time) string {
	spent := now.Sub(p.began)
	if share < 0.02 || spent < 2*time.Second {
		return ""
	}
	return "about " + time.Duration(float64(spent)*(1-share)/share).Round(time.Second).String() + " left"
}

// end removes the bar.
func (p *progress) end() {
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
