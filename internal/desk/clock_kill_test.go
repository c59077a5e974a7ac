package desk_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// clockVariable names the database for a test binary that is to be a process with a
// clock, and nothing else.
const clockVariable = "BROADSHEET_TEST_CLOCK"

// keepTime does what the clock does, over and over.
func keepTime(ctx context.Context, name string) error {
	d, err := openNamed(ctx, name)
	if err != nil {
		return err
	}
	room := desk.New(store.New(d), time.Now, func(news.Change) {})
	for {
		_, err := room.PublishDue(ctx)
		_, _, more := room.ApplyDueChanges(ctx)
		if err = errors.Join(err, more); err != nil && !fault.Is(err, fault.Unavailable) {
			return err
		}
	}
}

// Several processes with a clock are killed at moments that nobody has chosen, just
// when much is due: each article is published and each change put in, once, by
// whoever comes after.
func TestWhatIsDueIsDoneOnceAlthoughTheClocksAreKilled(t *testing.T) {
	t.Run(string(db.SQLite), func(t *testing.T) { killClocks(t, filepath.Join(t.TempDir(), "paper.db")) })
	t.Run(string(db.Postgres), func(t *testing.T) { killClocks(t, storetest.PostgresDSN(t)) })
}

func killClocks(t *testing.T, name string) {
	ctx := t.Context()
	database, err := openNamed(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	defer database.Close()
	if _, err := store.Migrate(ctx, database); err != nil {
		t.Fatal(err)
	}
	d := &fixture{Store: store.New(database), now: time.Now().Add(-time.Hour).UTC().Truncate(time.Millisecond)}
	d.Desk = desk.New(d.Store, d.clock, func(news.Change) {})
	each := 120
	if testing.Short() {
		each = 30
	}
	var drafts, lives []news.ArticleID
	for i := range each {
		a := d.live(t, fmt.Sprint("Story ", i))
		c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: a, Due: d.now.Add(time.Minute)}
		c.Fields.Kicker = "Later"
		if err := d.ScheduleChange(ctx, "Anna", c); err != nil {
			t.Fatal(err)
		}
		draft := d.draft(t, fmt.Sprint("Draft ", i), 0)
		if err := d.Schedule(ctx, "Anna", draft.ID, 1, d.now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		drafts, lives = append(drafts, draft.ID), append(lives, a.ID)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	left := func() int {
		t.Helper()
		changes, err := d.LaterChangesDue(ctx, time.Now(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		articles, err := d.ScheduledUntil(ctx, time.Now(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		return len(changes) + len(articles)
	}
	kills := 0
	for round := 0; left() > 0; round++ {
		if round == 200 {
			t.Fatalf("%d are still to be done", left())
		}
		var clocks []*exec.Cmd
		for range 2 {
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), clockVariable+"="+name)
			cmd.Stderr = os.Stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			clocks = append(clocks, cmd)
		}
		before := left()
		for began := time.Now(); left() == before && time.Since(began) < 10*time.Second; { // they have begun
			time.Sleep(2 * time.Millisecond)
		}
		time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond)
		for _, cmd := range clocks {
			_ = cmd.Process.Kill()
			_ = cmd.Wait() // it says that it was killed
			kills++
		}
	}
	for _, id := range drafts {
		if a := d.stands(t, id); a.State != news.Published || a.Version != 3 {
			t.Errorf("article %d is %s at version %d", id, a.State, a.Version)
		}
	}
	for _, id := range lives {
		if a := d.stands(t, id); a.Kicker != "Later" || a.Version != 3 {
			t.Errorf("article %d has the kicker %q at version %d", id, a.Kicker, a.Version)
		}
	}
	lines := map[string]int{}
	for _, l := range auditLog(t, database) {
		if l.who != "Anna" {
			lines[l.verb]++
		}
	}
	if lines["publish"] != each || lines["publish change"] != each || lines["change failed"] != 0 {
		t.Errorf("the log has %v", lines)
	}
	t.Logf("%d clocks were killed", kills)
}
