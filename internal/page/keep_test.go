package page_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/theme"
)

// counted is a press with one kind of page, which shows the value of a thing and
// counts how often it was made. before and after are called around the reading.
type counted struct {
	print
	changes       *page.Changes
	value         atomic.Int64
	made          atomic.Int64
	before, after func(k page.Key)
}

func newCounted(t testing.TB, limit int64) *counted {
	t.Helper()
	c := &counted{changes: page.NewChanges(1000)}
	load := func(_ context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
		c.made.Add(1)
		if c.before != nil {
			c.before(k)
		}
		note(news.ArticleRef(news.ArticleID(k.ID)))
		v := page.View{Template: "thing", Data: fmt.Sprintf("%d is %d", k.ID, c.value.Load())}
		if c.after != nil {
			c.after(k)
		}
		return v, nil
	}
	c.print = newPrint(t, map[string]string{"thing": `<p>{{.}}</p>`, "frame": `<body>{{piece "thing"}}</body>`}, nil)
	c.Press = page.NewPress(c.theme, c.marks, map[string]page.Loader{"thing": load,
		"frame": func(_ context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
			note(news.SettingsRef)
			return page.View{Template: "frame", Pieces: map[string]page.Key{"thing": {Kind: "thing", ID: k.ID}}}, nil
		}}, c.changes, limit)
	return c
}

var _ page.Theme = (*theme.Theme)(nil)

func (c *counted) ask(t testing.TB, id int64) string {
	t.Helper()
	w, err := c.Page(t.Context(), page.Key{Kind: "frame", ID: id}, "", page.Place{Path: fmt.Sprint("/", id), Since: c.changes.Now()})
	if err != nil {
		t.Error(err)
		return ""
	}
	return string(w.AppendHTML(nil, nil))
}

func TestAPieceIsMadeOnceUntilWhatItShowsHasChanged(t *testing.T) {
	c := newCounted(t, 1<<20)
	for range 3 {
		c.ask(t, 7)
	}
	c.changes.Announce([]news.Ref{news.ArticleRef(8), news.ArticleBodyRef(7)}) // others
	c.ask(t, 7)
	if n := c.made.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
	c.value.Store(1)
	c.changes.Announce([]news.Ref{news.ArticleRef(7)})
	if got := c.ask(t, 7); got != "<body><p>7 is 1</p></body>" || c.made.Load() != 2 {
		t.Errorf("%s, made %d times", got, c.made.Load())
	}
}

func TestWhatChangesWhileItIsReadIsNotKept(t *testing.T) {
	c := newCounted(t, 1<<20)
	c.after = func(page.Key) { // the reading is done, the rendering not
		c.after = nil
		c.value.Store(1)
		c.changes.Announce([]news.Ref{news.ArticleRef(7)})
	}
	if got := c.ask(t, 7); got != "<body><p>7 is 0</p></body>" {
		t.Errorf("who asked before the change gets %s", got)
	}
	if got := c.ask(t, 7); got != "<body><p>7 is 1</p></body>" {
		t.Errorf("who asked after the change gets %s", got)
	}
}

func TestARequestAfterAChangeDoesNotWaitForWhatWasBegunBefore(t *testing.T) {
	c := newCounted(t, 1<<20)
	reading, goOn := make(chan bool), make(chan bool)
	var begun atomic.Bool
	c.after = func(page.Key) {
		if !begun.Swap(true) {
			close(reading)
			<-goOn
		}
	}
	first, second := make(chan string, 1), make(chan string, 1)
	go func() { first <- c.ask(t, 7) }()
	<-reading
	c.value.Store(1)
	c.changes.Announce([]news.Ref{news.ArticleRef(7)})
	go func() { second <- c.ask(t, 7) }()
	select {
	case got := <-second:
		if got != "<body><p>7 is 1</p></body>" {
			t.Errorf("after the change: %s", got)
		}
	case <-time.After(10 * time.Second):
		t.Error("who asks after the change waits for what was begun before")
	}
	close(goOn)
	if got := <-first; got != "<body><p>7 is 0</p></body>" {
		t.Errorf("before the change: %s", got)
	}
	if got := c.ask(t, 7); got != "<body><p>7 is 1</p></body>" {
		t.Errorf("the older one was kept: %s", got)
	}
}

func TestManyFirstRequestsMakeAPieceOnce(t *testing.T) {
	for range 200 { // some ask while the piece goes from being made to being kept
		c := newCounted(t, 1<<20)
		goOn := make(chan bool)
		c.before = func(page.Key) { <-goOn }
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() { c.ask(t, 7) })
		}
		close(goOn)
		all.Wait()
		if n := c.made.Load(); n != 1 {
			t.Fatalf("made %d times", n)
		}
	}
}

func TestWhatIsKeptHasABound(t *testing.T) {
	const limit = 100_000
	c := newCounted(t, limit)
	for round := range 3 {
		for id := range int64(1000) {
			c.ask(t, id)
			c.ask(t, 7) // always in use
		}
		if kept := c.Press.Kept(); kept.Bytes > limit || kept.Pieces < 50 {
			t.Errorf("round %d: %+v", round, kept)
		}
	}
}

func TestAfterMoreRefsThanAreRememberedEverythingIsMadeAnew(t *testing.T) {
	c := newCounted(t, 1<<20)
	c.ask(t, 7)
	for id := range news.ArticleID(2000) {
		c.changes.Announce([]news.Ref{news.ArticleBodyRef(1000 + id)})
	}
	c.ask(t, 7)
	if n := c.made.Load(); n != 2 {
		t.Errorf("made %d times", n)
	}
}

func TestWhileNobodyTellsOfChangesNothingIsKept(t *testing.T) {
	c := newCounted(t, 1<<20)
	c.ask(t, 7)
	c.changes.Pause()
	c.value.Store(1)
	if got := c.ask(t, 7); !strings.Contains(got, "7 is 1") {
		t.Errorf("in the pause: %s", got)
	}
	c.value.Store(2)
	if got := c.ask(t, 7); !strings.Contains(got, "7 is 2") {
		t.Errorf("later in the pause: %s", got)
	}
	c.changes.Resume()
	c.ask(t, 7)
	made := c.made.Load()
	if c.ask(t, 7); c.made.Load() != made {
		t.Error("after the pause it is not kept")
	}
}

func TestAPanicInALoaderIsAnErrorOfItsRequest(t *testing.T) {
	c := newCounted(t, 1<<20)
	c.before = func(page.Key) { panic("no") }
	if _, err := c.Page(t.Context(), page.Key{Kind: "frame", ID: 7}, "", page.Place{}); err == nil || !strings.Contains(err.Error(), "no") {
		t.Errorf("got %v", err)
	}
	c.before = nil
	if got := c.ask(t, 7); got != "<body><p>7 is 0</p></body>" {
		t.Errorf("afterwards: %s", got)
	}
}

func TestMoreThanCanBeRenderedIsRefusedAndWhatIsKeptIsServed(t *testing.T) {
	t.Parallel()
	c := newCounted(t, 1<<20)
	c.Press.Hurry("frame")
	kept := c.ask(t, 7)
	goOn, waits := make(chan bool), make(chan bool, 1000)
	c.before = func(page.Key) { waits <- true; <-goOn }
	most := 2 * runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for id := range most {
		all.Go(func() { c.ask(t, 100+int64(id)) })
	}
	for range most {
		<-waits
	}
	refused := make(chan error)
	go func() {
		_, err := c.Page(t.Context(), page.Key{Kind: "frame", ID: 1000}, "", page.Place{})
		refused <- err
	}()
	for range 100 { // while that waits for a place
		if got := c.ask(t, 7); got != kept {
			t.Fatalf("what is kept is %s", got)
		}
	}
	if err := <-refused; !fault.Is(err, fault.Unavailable) {
		t.Errorf("one too many gets %v", err)
	}
	if n := len(waits); n != 0 {
		t.Errorf("%d more were rendered", n)
	}
	close(goOn)
	all.Wait()
	if got := c.ask(t, 1000); got != "<body><p>1000 is 0</p></body>" {
		t.Errorf("afterwards: %s", got)
	}
}

func TestAPageIsRefusedAtOnceWhereTooManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 1<<20)
		c.ask(t, 1<<30)
		c.changes.Announce([]news.Ref{news.ArticleRef(1 << 30)})
		goOn := make(chan bool)
		c.before = func(page.Key) { <-goOn }
		ask := func(id int64) error {
			_, err := c.Page(t.Context(), page.Key{Kind: "thing", ID: id}, "", page.Place{})
			return err
		}
		var all sync.WaitGroup
		var refused atomic.Int64
		const rendered, waiting = 2, 256 // for each processor
		for id := range int64(rendered+waiting) * int64(runtime.GOMAXPROCS(0)) {
			all.Go(func() {
				if ask(id) != nil {
					refused.Add(1)
				}
			})
			synctest.Wait()
		}
		began := time.Now()
		if err := ask(1 << 40); !fault.Is(err, fault.Unavailable) || time.Since(began) > 0 {
			t.Errorf("after %v one too many gets %v", time.Since(began), err)
		}
		if err := c.Admit("/elsewhere"); !fault.Is(err, fault.Unavailable) {
			t.Errorf("where nothing stood: %v", err)
		}
		if err := c.Admit(fmt.Sprint("/", 1<<30)); err != nil {
			t.Errorf("where a page stood that has changed: %v", err)
		}
		close(goOn)
		all.Wait()
		if err := c.Admit("/elsewhere"); err != nil {
			t.Errorf("with nobody waiting: %v", err)
		}
		if n := refused.Load(); n != 0 {
			t.Errorf("%d of those that waited were refused", n)
		}
		if err := ask(1 << 40); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// A reader who asks after a reply never sees the older page, whatever else goes
// on.
func TestAReaderNeverSeesWhatWasBeforeTheReply(t *testing.T) {
	c := newCounted(t, 20_000)
	stop := make(chan bool)
	var all sync.WaitGroup
	for id := range int64(4) {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					c.ask(t, id)
				}
			}
		})
	}
	changes := int64(2000)
	if testing.Short() { // as with the race detector
		changes = 300
	}
	for n := range changes {
		c.value.Store(n)
		c.changes.Announce([]news.Ref{news.ArticleRef(news.ArticleID(n % 4))})
		if got, want := c.ask(t, n%4), fmt.Sprintf("<body><p>%d is %d</p></body>", n%4, n); got != want {
			t.Fatalf("after the reply a reader sees %s, want %s", got, want)
		}
	}
	close(stop)
	all.Wait()
}
