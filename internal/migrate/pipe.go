package migrate

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"broadsheet/internal/wordpress"
)

// mapped is an item with what could be worked out without the store.
type mapped struct {
	item    wordpress.Item
	article *converted // of posts that have a body
}

// pipe reads an export, converts the bodies of its posts on all processors, and
// calls take with each item in the order of the file. A few hundred items, and
// not more than so many bytes, are under way at once.
func (w *WordPress) pipe(ctx context.Context, r io.Reader, take func(mapped) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type task struct {
		item wordpress.Item
		site site
		done chan mapped
	}
	const ahead, bytesAhead = 128, 4 << 20
	room := newAllowance(bytesAhead)
	tasks, order := make(chan task, ahead), make(chan chan mapped, ahead)
	var readErr error
	var all sync.WaitGroup
	all.Go(func() {
		defer close(tasks)
		defer close(order)
		var at site
		readErr = wordpress.Read(r, func(it wordpress.Item) error {
			if it.Site != nil {
				at, _ = oldSite(it.Site, w.o.SiteURL) // take tells what is wrong with it
			}
			t := task{it, at, make(chan mapped, 1)}
			if !room.take(weight(&it)) {
				return ctx.Err()
			}
			for _, send := range []func() bool{
				func() bool {
					select {
					case order <- t.done:
						return true
					case <-ctx.Done():
						return false
					}
				},
				func() bool {
					select {
					case tasks <- t:
						return true
					case <-ctx.Done():
						return false
					}
				},
			} {
				if !send() {
					return ctx.Err()
				}
			}
			return nil
		})
	})
	conv := converter{readMore: w.o.ReadMore, ahead: w.ahead}
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for t := range tasks {
				m := mapped{item: t.item}
				if p := t.item.Post; p != nil && hasBody(p) {
					m.article = conv.convert(p, &t.site)
				}
				t.done <- m
			}
		})
	}
	var takeErr error
	for done := range order {
		m, ok := receive(ctx, done)
		if !ok {
			break
		}
		if takeErr = take(m); takeErr != nil {
			break
		}
		room.give(weight(&m.item))
	}
	stop()
	room.end()
	for range order { // the reader may be waiting to send
	}
	all.Wait()
	if takeErr != nil {
		return takeErr
	}
	if errors.Is(readErr, context.Canceled) {
		return context.Canceled
	}
	return readErr
}

func receive(ctx context.Context, from chan mapped) (mapped, bool) {
	select {
	case m := <-from:
		return m, true
	case <-ctx.Done():
		return mapped{}, false
	}
}

// hasBody reports whether a post becomes an article or a standing page.
func hasBody(p *wordpress.Post) bool { return p.Type == "post" || p.Type == "page" }

// weight is what an item holds, in bytes, as far as it matters.
func weight(it *wordpress.Item) int {
	if it.Post == nil {
		return 0
	}
	n := len(it.Post.Content)
	for i := range it.Post.Comments {
		n += len(it.Post.Comments[i].Content)
	}
	return n
}
