package desk_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// writersVariable names the database for a test binary that is to be a process
// with ten writers, and nothing else.
const writersVariable = "BROADSHEET_TEST_WRITERS"

const writers = 10

func TestMain(m *testing.M) {
	if name := os.Getenv(writersVariable); name != "" {
		fmt.Fprintln(os.Stderr, keepWriting(context.Background(), name))
		os.Exit(1) // it ends by being killed
	}
	if name := os.Getenv(clockVariable); name != "" {
		fmt.Fprintln(os.Stderr, keepTime(context.Background(), name))
		os.Exit(1) // likewise
	}
	os.Exit(m.Run())
}

// openNamed opens the database that a name leads to.
func openNamed(ctx context.Context, name string) (*db.DB, error) {
	if strings.HasPrefix(name, "postgres://") {
		return db.OpenPostgres(ctx, name)
	}
	return db.OpenSQLite(ctx, name)
}

// keepWriting saves articles, one a writer, and working copies of them, and says a
// line for each that was acknowledged.
func keepWriting(ctx context.Context, name string) error {
	d, err := openNamed(ctx, name)
	if err != nil {
		return err
	}
	s := store.New(d)
	room := desk.New(s, time.Now, func(news.Change) {})
	out := bufio.NewWriter(os.Stdout)
	var mu sync.Mutex
	say := func(what string, id news.ArticleID, number int64) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(out, what, id, number)
		out.Flush()
	}
	failed := make(chan error)
	for i := range writers {
		go func() {
			failed <- func() error {
				id := news.ArticleID(i + 1)
				counter, err := s.WorkingCounter(ctx, 7, id)
				for err == nil {
					var a news.Article
					if a, err = s.Article(ctx, id); err != nil {
						break
					}
					counter++
					a.Headline = fmt.Sprint("Kept ", counter)
					if err = room.KeepWorkingCopy(ctx, &news.WorkingCopy{Staff: 7, Article: id, BasedOn: a.Version, Counter: counter, Fields: a}); err != nil {
						break
					}
					say("kept", id, counter)
					a.Headline = fmt.Sprint("Saved ", a.Version+1)
					if err = room.Save(ctx, "Writer", &a); err == nil {
						say("saved", id, int64(a.Version+1))
					}
				}
				return err
			}()
		}()
	}
	return <-failed
}

func TestNoAcknowledgedSaveIsLostWhenTheProcessIsKilled(t *testing.T) {
	t.Run(string(db.SQLite), func(t *testing.T) { killWriters(t, filepath.Join(t.TempDir(), "paper.db")) })
	t.Run(string(db.Postgres), func(t *testing.T) { killWriters(t, storetest.PostgresDSN(t)) })
}

func killWriters(t *testing.T, name string) {
	d, err := openNamed(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := store.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	s := store.New(d)
	room := desk.New(s, time.Now, func(news.Change) {})
	for range writers {
		a := &news.Article{Kind: news.Story, Headline: "First", Body: []byte(words), Comments: news.CommentsModerated}
		if err := room.Create(t.Context(), "Anna", a); err != nil {
			t.Fatal(err)
		}
	}
	saved, kept := map[news.ArticleID]int64{}, map[news.ArticleID]int64{}
	rounds := 5
	if testing.Short() {
		rounds = 2
	}
	for range rounds {
		heard := killOnce(t, name, saved, kept)
		if heard == 0 {
			t.Fatal("nothing was acknowledged before the process was killed")
		}
		acknowledged(t, s, saved, kept)
	}
	t.Logf("killed %d times; the last saves that were acknowledged: %v", rounds, saved)
}

// killOnce runs a process of writers, kills it at a moment that nobody has chosen,
// and notes the highest number that was acknowledged for each article. It returns
// how many lines there were.
func killOnce(t *testing.T, name string, saved, kept map[news.ArticleID]int64) int {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), writersVariable+"="+name)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	heard := 0
	var timer *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); heard++ {
		if timer == nil {
			timer = time.AfterFunc(time.Duration(20+rand.IntN(600))*time.Millisecond, func() { cmd.Process.Kill() })
		}
		var what string
		var id news.ArticleID
		var number int64
		if n, _ := fmt.Sscan(lines.Text(), &what, &id, &number); n != 3 {
			continue // cut off by the end
		}
		if what == "saved" {
			saved[id] = max(saved[id], number)
		} else {
			kept[id] = max(kept[id], number)
		}
	}
	_ = cmd.Wait() // it says that it was killed
	return heard
}

// acknowledged checks that the store has all that was acknowledged, whole.
func acknowledged(t *testing.T, s *store.Store, saved, kept map[news.ArticleID]int64) {
	t.Helper()
	for id, version := range saved {
		a, err := s.Article(t.Context(), id)
		if err != nil || int64(a.Version) < version || a.Headline != fmt.Sprint("Saved ", a.Version) {
			t.Errorf("article %d is %q of version %d, acknowledged was %d, %v", id, a.Headline, a.Version, version, err)
		}
		v, err := s.Revision(t.Context(), id, int(version))
		if err != nil || v.Fields.Headline != fmt.Sprint("Saved ", version) || string(v.Fields.Body) != words {
			t.Errorf("the revision %d of article %d: %q, %v", version, id, v.Fields.Headline, err)
		}
	}
	for id, counter := range kept {
		c, err := s.WorkingCopy(t.Context(), 7, id)
		if err != nil || c.Counter < counter || c.Fields.Headline != fmt.Sprint("Kept ", c.Counter) {
			t.Errorf("the working copy of article %d is %q, acknowledged was %d, %v", id, c.Fields.Headline, counter, err)
		}
	}
}
