package page_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// What changes while a page is put together, after its own part was read: the
// page as it is kept must know that it was begun before.
func TestAPageThatIsPutTogetherWhileItChangesIsNotKept(t *testing.T) {
	changes := page.NewChanges(1000)
	var value atomic.Int64
	meanwhile := func() {}
	p := newPrint(t, map[string]string{"outer": `<body>{{.}}{{piece "inner"}}</body>`, "inner": `<p>in</p>`}, nil)
	press := page.NewPress(p.theme, p.marks, map[string]page.Loader{
		"outer": func(_ context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
			note(news.SettingsRef)
			return page.View{Template: "outer", Data: value.Load(), Pieces: map[string]page.Key{"inner": {Kind: "inner"}}}, nil
		},
		"inner": func(_ context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
			meanwhile()
			return page.View{Template: "inner"}, nil
		}}, changes, 1<<20)
	ask := func() string {
		w, err := press.Page(t.Context(), page.Key{Kind: "outer"}, "", page.Place{Path: "/", Since: changes.Now()})
		if err != nil {
			t.Fatal(err)
		}
		return string(w.AppendHTML(nil, nil))
	}
	meanwhile = func() {
		value.Store(1)
		changes.Announce([]news.Ref{news.SettingsRef})
	}
	ask()
	if press.At("/", "") != nil {
		t.Error("it is kept at its path")
	}
	if got, want := ask(), `<body>1<p>in</p></body>`; got != want {
		t.Errorf("who asks after the change gets %s, want %s", got, want)
	}
}

// The way to a page is read before the page is, and counts from its own beginning.
func TestAPageWhoseWayHasChangedMeanwhileIsNotKept(t *testing.T) {
	c := newCounted(t, 1<<20)
	at := page.Place{Path: "/7", Since: c.changes.Now(), Refs: []news.Ref{news.AddressRef("/7")}}
	c.changes.Announce(at.Refs) // it leads elsewhere by now
	if _, err := c.Page(t.Context(), page.Key{Kind: "frame", ID: 7}, "", at); err != nil {
		t.Fatal(err)
	}
	if c.At("/7", "") != nil {
		t.Error("the page is kept at an address that leads elsewhere")
	}
	at.Since = c.changes.Now()
	if _, err := c.Page(t.Context(), page.Key{Kind: "frame", ID: 7}, "", at); err != nil {
		t.Fatal(err)
	}
	if c.At("/7", "") == nil {
		t.Error("the page is not kept at its address")
	}
	c.changes.Announce(at.Refs)
	if c.At("/7", "") != nil {
		t.Error("the page stays at an address that has changed")
	}
}

func TestAValueThatChangesWhileItIsReadIsReadAgain(t *testing.T) {
	changes := page.NewChanges(1000)
	stored, read := 0, 0
	v := page.NewValue(changes, func(_ context.Context, note func(...news.Ref)) (int, error) {
		read++
		note(news.SettingsRef)
		got := stored
		if read == 1 {
			stored = 1
			changes.Announce([]news.Ref{news.SettingsRef})
		}
		return got, nil
	})
	for _, want := range []int{0, 1, 1} { // the first asked before the change
		if got, _, err := v.Get(t.Context()); got != want || err != nil {
			t.Errorf("got %d, %v, want %d", got, err, want)
		}
	}
	changes.Announce([]news.Ref{news.LatestRef})
	if v.Get(t.Context()); read != 2 {
		t.Errorf("read %d times", read)
	}
	changes.Pause()
	stored = 2
	if got, _, _ := v.Get(t.Context()); got != 2 {
		t.Errorf("while nobody tells of changes: %d", got)
	}
}

// Nothing that was read in a pause, or began to be, is kept after it.
func TestWhatWasBegunInAPauseIsNotKeptAfterIt(t *testing.T) {
	c := newCounted(t, 1<<20)
	c.changes.Pause()
	c.after = func(page.Key) { // read; then it changes untold, and the pause ends
		c.after = nil
		c.value.Store(1)
		c.changes.Resume()
	}
	c.ask(t, 7)
	if got, want := c.ask(t, 7), fmt.Sprintf("<body><p>7 is %d</p></body>", 1); got != want {
		t.Errorf("after the pause: %s, want %s", got, want)
	}
}
