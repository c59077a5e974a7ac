package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// growing is what grow is asked for, and what it has found.
type growing struct {
	sizes    string // numbers of articles, parted by commas
	rounds   int    // publications at each size
	pieces   int    // kept while it is published
	pages    int    // different ones, after which memory is read
	starts   int
	picture  string // file of the curves; "" for none
	only     string // parts to be measured, parted by commas; "" for all
	measured []*grown

	memory     memory
	overloaded overload
}

// grown is what a paper of one size has cost.
type grown struct {
	articles int
	data     string

	starts  series // from the start of the program to its first page, whole
	article series // first byte of an article of which nothing is kept
	list    series // first byte of a list of which nothing is kept
	front   series // first byte of the front page, nothing at all being kept
	ready   series // first byte of a page that is kept, asked for in between
	publish series // until the reply; its processor time is with that of the front page behind it
	after   series // first byte of the front page behind that
	kept    int    // pieces, while it was published
	stale   int    // front pages without the new headline
	drafts  []draft
}

// series is how long something took, sorted, and the processor time that it took
// of the server, on the average.
type series struct {
	each []time.Duration
	cpu  time.Duration
}

// grow measures what becomes slower as an archive grows: papers of the sizes
// asked for, from the start of the program to the last page of a list. It prints
// a table and the goals, and draws the curves.
func (b *bench) grow(ctx context.Context) error {
	g := &b.growing
	for text := range strings.SplitSeq(g.sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 100 {
			return fmt.Errorf("-sizes: %q is no number of articles from 100 on", text)
		}
		g.measured = append(g.measured, &grown{articles: n})
	}
	slices.SortFunc(g.measured, func(a, b *grown) int { return a.articles - b.articles })
	for _, m := range g.measured {
		var err error
		if m.data, err = b.paper(ctx, m.articles); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		name string
		f    func(context.Context) error
	}{{"start", b.growStarts}, {"pages", b.growPages}, {"publish", b.growPublish}, {"memory", b.growMemory}, {"load", b.growLoad}} {
		if g.only != "" && !slices.Contains(strings.Split(g.only, ","), part.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring: %s\n", part.name)
		if err := part.f(ctx); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	g.print(os.Stdout)
	if g.picture == "" || g.only != "" {
		return nil
	}
	return os.WriteFile(g.picture, g.draw(), 0o644)
}

// largest is the paper with the most articles.
func (g *growing) largest() *grown { return g.measured[len(g.measured)-1] }

// growStarts measures from the start of the program that ships to its first whole
// front page, the file being in the file cache.
func (b *bench) growStarts(ctx context.Context) error {
	for _, m := range b.growing.measured {
		if err := warm(m.data); err != nil {
			return err
		}
		for range b.growing.starts {
			s, err := b.serve(ctx, m.data)
			if err != nil {
				return err
			}
			cpu, err := s.spent()
			if err != nil {
				return err
			}
			m.starts.each = append(m.starts.each, s.start)
			m.starts.cpu += cpu / time.Duration(b.growing.starts)
			if _, err := s.stop(); err != nil {
				return err
			}
		}
		slices.Sort(m.starts.each)
	}
	return nil
}
