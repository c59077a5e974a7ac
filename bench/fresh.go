package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"broadsheet/internal/config"
)

// freshArticles is how large the papers of fresh are.
const freshArticles = 1000

// fresh measures how soon a change that one process has committed is on the pages
// of another with the same store: on SQLite, and on a PostgreSQL of its own. One
// process publishes; the other is asked for its front page all the time.
func (b *bench) fresh(ctx context.Context) error {
	data, err := b.paper(ctx, freshArticles)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Printf("from the commit in one process to the first request that another answers with it, %d times\n", b.growing.rounds)
	fmt.Fprintln(w, "\tp50\tp99\tlongest\t")
	measure := func(engine string, args ...string) error {
		took, err := b.between(ctx, args)
		if err == nil {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\n", engine, share(took, 0.5), share(took, 0.99), share(took, 1))
		}
		return err
	}
	if err := measure("SQLite (100 ms promised)", "-data", data); err != nil {
		return err
	}
	database, stop, err := postgres(ctx)
	if err != nil {
		return err
	}
	defer stop()
	c := config.Default()
	c.Data, c.Database = filepath.Join(b.dir, "fresh-data"), config.DatabaseURL(database)
	if err := fill(ctx, &c, freshArticles); err != nil {
		return err
	}
	if err := measure("PostgreSQL", "-data", c.Data, "-database", database); err != nil {
		return err
	}
	return w.Flush()
}

// between publishes in one process and watches the front page of another.
func (b *bench) between(ctx context.Context, args []string) ([]time.Duration, error) {
	writes, err := b.newsroom(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer writes.stop() //nolint:errcheck // what it measured is known by then
	reads, err := b.newsroom(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer reads.stop() //nolint:errcheck // likewise
	var drafts []draft
	if _, err := writes.call("drafts?n="+strconv.Itoa(b.growing.rounds), &drafts); err != nil {
		return nil, err
	}
	time.Sleep(time.Second)
	var took []time.Duration
	for i := range drafts {
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond) // out of step with whoever looks for changes
		shown := make(chan seen, 1)
		go func() { shown <- reads.watch(ctx, drafts[i].Headline) }()
		time.Sleep(5 * time.Millisecond)
		var now draft
		if _, err := writes.call("publish"+drafts[i].query(), &now); err != nil {
			return nil, err
		}
		drafts[i].Version = now.Version
		s := <-shown
		if s.err != nil {
			return nil, s.err
		}
		took = append(took, max(0, s.asked.Sub(now.Published)))
	}
	slices.Sort(took)
	for i := range drafts {
		if _, err := writes.call("withdraw"+drafts[i].query(), &draft{}); err != nil {
			return nil, err
		}
	}
	return took, nil
}

// seen is when the first front page with a headline was asked for.
type seen struct {
	asked time.Time
	err   error
}

// watch asks for the front page until it has a headline.
func (n *newsroom) watch(ctx context.Context, headline string) seen {
	for began := time.Now(); ctx.Err() == nil; time.Sleep(time.Millisecond) {
		asked := time.Now()
		a, err := n.readers.page("/")
		if err != nil {
			return seen{err: err}
		}
		html, err := a.html()
		if err != nil || bytes.Contains(html, []byte(headline)) {
			return seen{asked, err}
		}
		if time.Since(began) > time.Minute {
			return seen{err: errors.New("the other process never shows what was published")}
		}
	}
	return seen{err: ctx.Err()}
}
