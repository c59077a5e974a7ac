package site_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// ears are what a process hears of others, and whether it does.
type ears struct {
	*page.Changes
	open atomic.Bool
}

func (e *ears) Resume() { e.Changes.Resume(); e.open.Store(true) }

// apart is a paper on PostgreSQL that two processes share: one serves, and reaches
// the server by a line; the other writes.
type apart struct {
	*paper
	line  *storetest.Line
	ears  *ears
	other *desk.Desk
	story *news.Article
}

func newApart(t *testing.T) *apart {
	t.Helper()
	dsn := storetest.PostgresDSN(t)
	line := storetest.NewLine(t, dsn)
	var both [2]*store.Store
	for i, dsn := range []string{line.DSN, dsn} {
		d, err := db.OpenPostgres(t.Context(), dsn)
		must(t, err)
		t.Cleanup(func() { d.Close() })
		_, err = store.Migrate(t.Context(), d)
		must(t, err)
		both[i] = store.New(d)
	}
	a := &apart{paper: newPaper(t, both[0], setup{}), line: line}
	a.other = desk.New(both[1], func() time.Time { return a.now }, func(news.Change) {})
	a.ears = &ears{Changes: a.changes}
	a.changes.Pause()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() {
		both[0].Follow(ctx, a.ears, func(error) { a.ears.open.Store(false) })
		close(ended)
	}()
	t.Cleanup(func() { stop(); <-ended })
	a.hears(t, true)
	a.story = a.paper.story(t, "A story", 8, four, nil)
	return a
}

// hears waits until the process that serves hears of changes, or does not.
func (a *apart) hears(t *testing.T, so bool) {
	t.Helper()
	for began := time.Now(); a.ears.open.Load() != so; time.Sleep(time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatalf("it does not happen that changes are heard of: %v", so)
		}
	}
}

// change has the other process change the story.
func (a *apart) change(t *testing.T, headline string) {
	t.Helper()
	s := a.again(t, a.story)
	s.Headline = headline
	must(t, a.other.Update(t.Context(), "Ole", s))
}

func (a *apart) shows(t *testing.T, when, headline string) {
	t.Helper()
	for _, path := range []string{"/", a.story.Path, "/feed/"} {
		if html := a.page(t, path); !strings.Contains(html, headline) {
			t.Errorf("%s, %s does not show %s", when, path, headline)
		}
	}
}

func TestASiteThatHearsNothingKeepsNothingUntilItHearsAgain(t *testing.T) {
	a := newApart(t)
	a.shows(t, "at first", "A story")
	kept := a.Kept().Pieces

	a.line.SetListening(storetest.Broken)
	a.hears(t, false)
	for _, headline := range []string{"First", "Second", "Third"} {
		a.change(t, headline)
		a.shows(t, "at the next request", headline)
	}
	a.page(t, "/world/") // which was not kept, and is not now
	if now := a.Kept().Pieces; now != kept {
		t.Errorf("%d pieces were kept, and now %d", kept, now)
	}
	// What was kept before the cut is as old as the last change that was heard of,
	// and nobody asks until changes are heard of again.
	a.change(t, "Fourth")
	a.line.SetListening(storetest.Whole)
	a.hears(t, true)
	a.shows(t, "after the connection stands again", "Fourth")
	a.page(t, "/world/")
	if now := a.Kept().Pieces; now <= kept {
		t.Errorf("nothing is kept after it: %d pieces", now)
	}
	a.change(t, "Fifth")
	for began := time.Now(); !strings.Contains(a.page(t, a.story.Path), "Fifth"); time.Sleep(time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatal("a change is not heard of any more")
		}
	}
}

func TestASiteNoticesAHangingConnectionWithinTwoSeconds(t *testing.T) {
	a := newApart(t)
	a.shows(t, "at first", "A story")
	a.line.SetListening(storetest.Silent)
	began := time.Now()
	a.change(t, "Untold")
	for !strings.Contains(a.page(t, a.story.Path), "Untold") {
		if time.Since(began) > 10*time.Second {
			t.Fatal("it is never noticed")
		}
		time.Sleep(time.Millisecond)
	}
	took := time.Since(began)
	t.Logf("noticed after %v", took)
	if took > 2*time.Second && !testing.Short() {
		t.Errorf("noticed after %v", took)
	}
	a.change(t, "Still untold")
	a.shows(t, "at the next request", "Still untold")
	a.line.SetListening(storetest.Whole)
	a.hears(t, true)
	a.shows(t, "after the connection stands again", "Still untold")
}
