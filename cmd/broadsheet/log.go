package main

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"broadsheet/internal/config"
)

// log makes the logger that the configuration asks for; it writes to standard
// error, each line at once.
func (t *terminal) log(c *config.Config) *slog.Logger { return slog.New(logHandler(t.err, c)) }

func logHandler(w io.Writer, c *config.Config) slog.Handler {
	o := &slog.HandlerOptions{Level: c.Log.SlogLevel()}
	if c.Log.Format == "json" {
		return slog.NewJSONHandler(w, o)
	}
	return slog.NewTextHandler(w, o)
}

// How long a line may wait for others, and how many bytes go out together: a
// write for each request would cost a tenth of what a page does.
const (
	longestLine  = 100 * time.Millisecond
	mostTogether = 32 << 10
)

// gather makes a logger that writes lines together, and warnings at once with what
// came before them. flush writes what is left.
func gather(w io.Writer, c *config.Config) (log *slog.Logger, flush func()) {
	l := &lines{out: w}
	l.timer = time.AfterFunc(time.Hour, l.flush)
	l.timer.Stop()
	return slog.New(prompt{logHandler(l, c), l}), l.flush
}

// lines are log lines on their way.
type lines struct {
	out   io.Writer
	timer *time.Timer // runs while there are any

	mu  sync.Mutex
	buf []byte
}

// Write takes a line. That it can't be written is told to nobody: where would one?
func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.buf) == 0 {
		l.timer.Reset(longestLine)
	}
	if l.buf = append(l.buf, line...); len(l.buf) >= mostTogether {
		l.send()
	}
	return len(line), nil
}

func (l *lines) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.send()
}

// send writes what has come; the lock is held.
func (l *lines) send() {
	l.timer.Stop()
	if len(l.buf) > 0 {
		_, _ = l.out.Write(l.buf)
		l.buf = l.buf[:0]
	}
}

// prompt writes warnings and errors at once.
type prompt struct {
	slog.Handler
	lines *lines
}

func (p prompt) Handle(ctx context.Context, r slog.Record) error {
	err := p.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		p.lines.flush()
	}
	return err
}

func (p prompt) WithAttrs(attrs []slog.Attr) slog.Handler {
	return prompt{p.Handler.WithAttrs(attrs), p.lines}
}

func (p prompt) WithGroup(name string) slog.Handler {
	return prompt{p.Handler.WithGroup(name), p.lines}
}
