package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
	"broadsheet/internal/web"
)

func open(t *testing.T, change func(*config.Config)) *App {
	t.Helper()
	c := config.Default()
	c.Data, c.Addr = t.TempDir(), "127.0.0.1:0"
	if change != nil {
		change(&c)
	}
	a, err := Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// serve runs the paper until the test ends and returns its address, with a slash
// at the end.
func serve(t *testing.T, a *App) string {
	t.Helper()
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return a.URL(ln)
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// freeAddr is an address that nobody listens at.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// eventually waits until something is so, which it must be within half a minute.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not happen: %s", what)
		}
	}
}

func TestHealthAndMetricsStandAtThePrivateAddressOnly(t *testing.T) {
	a := open(t, func(c *config.Config) { c.MetricsAddr = freeAddr(t) })
	public := serve(t, a)
	if status, _ := get(t, public); status != http.StatusOK {
		t.Fatalf("the front page answers %d", status)
	}
	private := "http://" + a.Config.MetricsAddr
	if status, said := get(t, private+"/healthz"); status != http.StatusOK || said != "ok\n" {
		t.Errorf("health answers %d, %q", status, said)
	}
	status, said := get(t, private+"/metrics")
	for _, want := range []string{`broadsheet_requests_total{method="GET",status="200"} 1`, "broadsheet_request_seconds", "broadsheet_search_queue", "broadsheet_pieces_kept", "go_goroutines"} {
		if status != http.StatusOK || !strings.Contains(said, want) {
			t.Errorf("metrics answer %d and lack %s", status, want)
		}
	}
	for _, path := range []string{"healthz", "metrics"} {
		if status, _ := get(t, public+path); status != http.StatusNotFound {
			t.Errorf("readers get %d at /%s", status, path)
		}
	}
}

func TestARequestUnderWayIsFinishedBeforeTheEnd(t *testing.T) {
	a := open(t, nil)
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	entered, release := make(chan bool), make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		entered <- true
		<-release
		fmt.Fprint(w, "whole")
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.serveAll(ctx, []served{{ln, web.NewServer(slow, a.Log)}}, a.jobs(), nil) }()
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get(a.URL(ln))
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		answer <- string(b) + fmt.Sprint(err)
	}()
	<-entered
	stop()
	eventually(t, "nobody new is let in", func() bool {
		c, err := net.DialTimeout("tcp", ln.Addr().String(), time.Second)
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	release <- true
	if got := <-answer; got != "whole<nil>" {
		t.Errorf("the reader got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWhatCameDueWhileNoServerRanIsPublishedOnce(t *testing.T) {
	a := open(t, nil)
	yesterday := time.Now().Add(-24 * time.Hour).Truncate(time.Millisecond)
	then := desk.New(a.Store, func() time.Time { return yesterday }, func(news.Change) {})
	story := &news.Article{Kind: news.Story, Headline: "Due at night", Language: "en", Body: []byte(`{"type":"doc"}`), Comments: news.CommentsModerated}
	if err := then.Create(t.Context(), "Anna", story); err != nil {
		t.Fatal(err)
	}
	hour := yesterday.Add(time.Hour)
	if err := then.Schedule(t.Context(), "Anna", story.ID, story.Version, hour); err != nil {
		t.Fatal(err)
	}
	later := &news.Article{Kind: news.Story, Headline: "Due tomorrow", Language: "en", Body: []byte(`{"type":"doc"}`), Comments: news.CommentsModerated}
	if err := then.Create(t.Context(), "Anna", later); err != nil {
		t.Fatal(err)
	}
	if err := then.Schedule(t.Context(), "Anna", later.ID, later.Version, time.Now().Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	read := func(id news.ArticleID) news.Article {
		got, err := a.Store.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	public := serve(t, a)
	eventually(t, "it is published", func() bool { return read(story.ID).State == news.Published })
	got := read(story.ID)
	if !got.Published.Equal(hour) || got.Path == "" || read(later.ID).State != news.Scheduled {
		t.Errorf("it was published as of %v at %q; the other is %s", got.Published, got.Path, read(later.ID).State)
	}
	if status, _ := get(t, strings.TrimSuffix(public, "/")+got.Path); status != http.StatusOK {
		t.Errorf("its address answers %d", status)
	}
	eventually(t, "the search index is filled", func() bool {
		n, err := a.Store.SearchQueueSize(t.Context())
		return err == nil && n == 0
	})
	if n, err := a.Desk.PublishDue(t.Context()); n != 0 || err != nil {
		t.Errorf("asked again, it publishes %d, %v", n, err)
	}
	if again := read(story.ID); again.Version != got.Version {
		t.Errorf("it was written again: version %d after %d", again.Version, got.Version)
	}
}

func TestATrialLeavesNothing(t *testing.T) {
	a := open(t, nil)
	if err := a.Desk.CreateTopic(t.Context(), "Anna", &news.Topic{Name: "Tides"}); err != nil {
		t.Fatal(err)
	}
	trial, end, err := OpenTrial(t.Context(), a.Config, a.Log)
	if err != nil {
		t.Fatal(err)
	}
	if err := trial.Desk.CreateTopic(t.Context(), "Anna", &news.Topic{Name: "Moons"}); err != nil {
		t.Fatal(err)
	}
	if list, _ := trial.Store.TopicsBySlug(t.Context(), []string{"tides", "moons"}); len(list) != 2 {
		t.Errorf("the copy holds %v", list)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if list, _ := a.Store.TopicsBySlug(t.Context(), []string{"tides", "moons"}); len(list) != 1 {
		t.Errorf("the paper holds %v", list)
	}
}

func TestAnAddressThatIsTakenIsSaidInWords(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	a := open(t, func(c *config.Config) { c.Addr = ln.Addr().String() })
	if _, err := a.Listen(); err == nil || !strings.Contains(err.Error(), a.Config.Addr) {
		t.Errorf("got %v", err)
	}
}

func TestTwoProgramsMayOpenANewPaperAtOnce(t *testing.T) {
	for range 5 {
		c := config.Default()
		c.Data = t.TempDir()
		errs := make(chan error)
		for range 4 {
			go func() {
				a, err := Open(t.Context(), &c, slog.New(slog.DiscardHandler))
				if err == nil {
					err = a.Close()
				}
				errs <- err
			}()
		}
		for range 4 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	}
}

// Between the start and the moment in which it hears of others, a server keeps
// nothing: nobody would tell it that it is stale.
func TestUntilChangesAreHeardOfNothingIsKept(t *testing.T) {
	line := storetest.NewLine(t, storetest.PostgresDSN(t))
	line.SetListening(storetest.Silent)
	a := open(t, func(c *config.Config) { c.Database = config.DatabaseURL(line.DSN) })
	other := desk.New(store.New(a.DB), time.Now, func(news.Change) {}) // another process tells this one nothing but by PostgreSQL
	url := serve(t, a)
	for _, title := range []string{"First Paper", "Second Paper", "Third Paper"} {
		if err := other.ChangeSettings(t.Context(), "Ole", func(s *news.Settings) error { s.Title = title; return nil }); err != nil {
			t.Fatal(err)
		}
		if status, html := get(t, url); status != http.StatusOK || !strings.Contains(html, title) {
			t.Errorf("%d, and %s is not there", status, title)
		}
	}
	line.SetListening(storetest.Whole)
	eventually(t, "pages are kept", func() bool {
		before := a.changes.Now()
		get(t, url)
		return before > 0 && !a.changes.Changed(nil, before)
	})
	if status, html := get(t, url); status != http.StatusOK || !strings.Contains(html, "Third Paper") {
		t.Errorf("afterwards: %d", status)
	}
}
