package job

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestRunLooksAgainAtOnceWhileThereIsMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		start := time.Now()
		var looks []time.Duration
		Run(ctx, slog.New(slog.DiscardHandler), Job{Name: "test", Every: 4 * time.Second, Do: func(context.Context) (bool, error) {
			looks = append(looks, time.Since(start))
			return len(looks) < 3, nil
		}})
		want := []time.Duration{0, 0, 0, 4 * time.Second, 8 * time.Second}
		if len(looks) != len(want) {
			t.Fatalf("looked at %v, want %v", looks, want)
		}
		for i := range want {
			if looks[i] != want[i] {
				t.Fatalf("looked at %v, want %v", looks, want)
			}
		}
	})
}

func TestRunTriesAgainAfterAFailureAndStopsNoOtherJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		var out bytes.Buffer
		failures, others := 0, 0
		Run(ctx, slog.New(slog.NewTextHandler(&out, nil)),
			Job{Name: "broken", Every: time.Second, Do: func(context.Context) (bool, error) {
				failures++
				return false, errors.New("no such luck")
			}},
			Job{Name: "sound", Every: time.Second, Do: func(context.Context) (bool, error) {
				others++
				return false, nil
			}})
		if failures != 4 { // at 0, 2, 6 and 14 seconds
			t.Errorf("a failing job was tried %d times in 20 s, want 4", failures)
		}
		if others < 19 {
			t.Errorf("the sound job ran %d times in 20 s", others)
		}
		if !strings.Contains(out.String(), "no such luck") || !strings.Contains(out.String(), "job=broken") {
			t.Errorf("the failure is not in the log: %s", out.String())
		}
	})
}
