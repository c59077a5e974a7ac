package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"broadsheet/internal/demo"
)

// pagesAsked is how many articles and how many lists are asked for, one after the
// other.
const pagesAsked = 1000

// growPages measures the first byte of pages that are not kept, one request at a
// time, from the program that ships: articles at random, and lists that begin at a
// random place of a section, a topic, a person or a month. In between it asks for
// a page that is kept: what that takes is the machine's doing.
func (b *bench) growPages(ctx context.Context) error {
	for _, m := range b.growing.measured {
		if err := warm(m.data); err != nil {
			return err
		}
		s, err := b.serve(ctx, m.data)
		if err != nil {
			return err
		}
		c := newClient(s.address)
		const settle = 50 // the first pages also make what all pages share
		articles, lists := articlePaths(m.articles, pagesAsked+settle), listPaths(m.articles, pagesAsked+settle)
		for _, paths := range [][]string{articles[:settle], lists[:settle]} {
			if _, err := c.pages(ctx, paths, 1); err != nil {
				return err
			}
		}
		if m.article, err = s.firstBytes(c, articles[settle:], nil); err != nil {
			return err
		}
		if m.list, err = s.firstBytes(c, lists[settle:], &m.ready.each); err != nil {
			return err
		}
		slices.Sort(m.ready.each)
		if _, err := s.stop(); err != nil {
			return err
		}
	}
	return nil
}

// firstBytes asks for pages one after the other. ready, unless it is nil, takes the
// first bytes of a page that is kept, asked for in between.
func (s *server) firstBytes(c *client, paths []string, ready *[]time.Duration) (series, error) {
	var all series
	before, err := s.spent()
	if err != nil {
		return all, err
	}
	for _, path := range paths {
		a, err := c.page(path)
		if err != nil {
			return all, err
		}
		all.each = append(all.each, a.first)
		if ready == nil {
			continue
		}
		if a, err = c.page("/"); err != nil {
			return all, err
		}
		*ready = append(*ready, a.first)
	}
	after, err := s.spent()
	all.cpu = (after - before) / time.Duration(len(paths))
	slices.Sort(all.each)
	return all, err
}

// warm reads the database once, so that it is in the file cache as far as that is
// large enough.
func warm(data string) error {
	f, err := os.Open(filepath.Join(data, "broadsheet.db"))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, bufio.NewReaderSize(f, 1<<20))
	return err
}

// articlePaths are the addresses of so many different articles of an archive of n,
// in no order.
func articlePaths(n, want int) []string {
	archive := demo.NewArchive(epoch)
	var out []string
	for _, number := range rand.New(rand.NewPCG(7, uint64(n))).Perm(n)[:min(want, n)] {
		g := archive.Head(number)
		out = append(out, g.Path())
	}
	return out
}

// listPaths are the addresses of so many lists of an archive of n, at any depth.
func listPaths(n, want int) []string {
	archive := demo.NewArchive(epoch)
	r := rand.New(rand.NewPCG(8, uint64(n)))
	seen := map[string]bool{}
	var out []string
	for len(out) < want {
		number := r.IntN(n)
		g := archive.Head(number)
		list := []string{g.Section, "topic/" + g.Topics[0], "author/" + g.Author, g.Published.Format("2006/01")}[r.IntN(4)]
		id := n - number                                                              // the oldest has the first
		path := fmt.Sprintf("/%s/?before=%d-%d", list, g.Published.UnixMilli()+1, id) // the list begins with it
		if !seen[path] {
			seen[path] = true
			out = append(out, path)
		}
	}
	return out
}
