package store_test

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// holdReaders takes all connections that a process reads on, until the test ends.
func holdReaders(t *testing.T, s *store.Store) {
	t.Helper()
	n := 16 // on PostgreSQL
	if s.Engine() == db.SQLite {
		n = max(4, 2*runtime.GOMAXPROCS(0))
	}
	end := make(chan bool)
	var all sync.WaitGroup
	for range n {
		held := make(chan bool)
		all.Go(func() {
			_ = s.View(context.Background(), func(store.Reader) error { close(held); <-end; return nil })
		})
		<-held
	}
	t.Cleanup(func() { close(end); all.Wait() })
}

func TestWhoFindsNoConnectionIsToldSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		t.Parallel()
		holdReaders(t, s)
		began := time.Now()
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := s.Settings(t.Context()); !fault.Is(err, fault.Unavailable) {
				t.Errorf("a query: %v", err)
			}
		})
		all.Go(func() {
			if err := s.View(t.Context(), func(store.Reader) error { return nil }); !fault.Is(err, fault.Unavailable) {
				t.Errorf("a snapshot: %v", err)
			}
		})
		all.Wait()
		if took := time.Since(began); took < 4*time.Second || took > 8*time.Second {
			t.Errorf("told after %v", took)
		}
	})
}

func TestAChangeIsHeardOfWhereAllReadersAreBusy(t *testing.T) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			writer, reader, h := twoProcesses(t, engine)
			holdReaders(t, reader)
			refs := addSections(t, writer, 1, 0)
			if took := h.until(t, "the refs arrive", func() bool { return slices.Equal(h.refs, refs) }); took > time.Second && !testing.Short() {
				t.Errorf("heard of after %v", took)
			}
		})
	}
}
