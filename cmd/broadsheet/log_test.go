package main

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/config"
)

// written is what went out, by whichever goroutine.
type written struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *written) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(p)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

func (w *written) Len() int { return len(w.String()) }

func TestLogLinesGoOutTogetherAndWarningsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out written
		log, flush := gather(&out, &config.Config{})
		log.Info("one")
		log.With("a", 1).WithGroup("g").Info("two")
		if out.Len() > 0 {
			t.Errorf("a line went out alone: %s", &out)
		}
		time.Sleep(longestLine)
		synctest.Wait()
		if got := out.String(); strings.Count(got, "\n") != 2 || strings.Index(got, "one") > strings.Index(got, "two") {
			t.Errorf("after a tenth of a second the log is %q", got)
		}
		log.Info("three")
		log.Warn("four")
		if got := out.String(); strings.Count(got, "\n") != 4 {
			t.Errorf("with a warning the log is %q", got)
		}
		before := out.Len()
		for range mostTogether / 1000 {
			log.Info(strings.Repeat("x", 1000))
		}
		if out.Len() == before {
			t.Error("as many lines as go out together wait")
		}
		log.Info("last")
		flush()
		if got := out.String(); !strings.HasSuffix(got, "msg=last\n") {
			t.Errorf("at the end the log lacks its last line")
		}
		log, flush = gather(&out, &config.Config{Log: config.Log{Format: "json"}})
		log.Log(t.Context(), slog.LevelError, "five")
		if !strings.Contains(out.String(), `"msg":"five"`) {
			t.Error("an error waits")
		}
		flush()
	})
}
