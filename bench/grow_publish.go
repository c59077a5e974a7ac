package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// growPublish publishes articles at papers of all sizes in turn, so that what else
// the machine does falls on all alike. Each has as many pieces kept as asked for,
// or all of its articles'. The time is that of a request to the desk's address
// until its reply has come whole. The front page is asked for at once after the
// reply, on another connection; it is stale when it lacks the headline.
func (b *bench) growPublish(ctx context.Context) error {
	var papers []*newsroom
	defer func() {
		for _, n := range papers {
			n.stop() //nolint:errcheck // what it measured is kept
		}
	}()
	for _, m := range b.growing.measured {
		if err := warm(m.data); err != nil {
			return err
		}
		n, err := b.newsroom(ctx, "-data", m.data, "-memory", strconv.FormatInt(8<<30, 10)) // no piece falls for want of room
		if err != nil {
			return err
		}
		papers = append(papers, n)
		if m.kept, err = n.keep(ctx, m.articles, b.growing.pieces); err != nil {
			return err
		}
		if _, err := n.call("drafts?n="+strconv.Itoa(b.growing.rounds), &m.drafts); err != nil {
			return err
		}
	}
	time.Sleep(2 * time.Second) // what comes of drafts is done
	if err := b.inTurn(ctx, papers); err != nil {
		return err
	}
	for k, m := range b.growing.measured {
		if err := papers[k].putBack(m); err != nil {
			return err
		}
		if err := papers[k].frontFromNothing(m, b.growing.rounds); err != nil {
			return err
		}
		for _, s := range []series{m.publish, m.after, m.front} {
			slices.Sort(s.each)
		}
	}
	return nil
}

// inTurn publishes one draft of each paper after the other.
func (b *bench) inTurn(ctx context.Context, papers []*newsroom) error {
	g := &b.growing
	for k, m := range g.measured {
		before, err := papers[k].spent()
		if err != nil {
			return err
		}
		m.publish.cpu = -before
	}
	for i := range g.rounds {
		for k, m := range g.measured {
			if err := papers[k].publish(m, i); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	for k, m := range g.measured {
		after, err := papers[k].spent()
		if err != nil {
			return err
		}
		m.publish.cpu = (m.publish.cpu + after) / time.Duration(g.rounds)
	}
	return nil
}

// keep asks for articles until so many pieces are kept, or there are no more.
func (n *newsroom) keep(ctx context.Context, articles, pieces int) (kept int, err error) {
	const step = 1000
	paths := articlePaths(articles, pieces)
	for kept < pieces && len(paths) > 0 && err == nil {
		now := paths[:min(step, len(paths))]
		paths = paths[len(now):]
		if _, err = n.readers.pages(ctx, now, 4); err == nil {
			kept, err = n.metrics.kept()
		}
	}
	return kept, err
}

// publish publishes the i-th draft and looks at the front page.
func (n *newsroom) publish(m *grown, i int) error {
	d := &m.drafts[i]
	var now draft
	took, err := n.call("publish"+d.query(), &now)
	if err != nil {
		return err
	}
	d.Version = now.Version
	m.publish.each = append(m.publish.each, took)
	a, err := n.readers.page("/")
	if err != nil {
		return err
	}
	m.after.each = append(m.after.each, a.first)
	html, err := a.html()
	if err != nil {
		return err
	}
	if !bytes.Contains(html, []byte(d.Headline)) {
		m.stale++
	}
	return nil
}

// putBack withdraws what was published, so that the paper can be measured again.
func (n *newsroom) putBack(m *grown) error {
	for i := range m.drafts {
		if _, err := n.call("withdraw"+m.drafts[i].query(), &draft{}); err != nil {
			return err
		}
	}
	return nil
}

// frontFromNothing asks for the front page after changes of the settings, after
// which no piece of any page stays.
func (n *newsroom) frontFromNothing(m *grown, times int) error {
	before, err := n.spent()
	if err != nil {
		return err
	}
	for range times {
		if _, err := n.call("settings", new(any)); err != nil {
			return err
		}
		a, err := n.readers.page("/")
		if err != nil {
			return fmt.Errorf("the front page: %w", err)
		}
		m.front.each = append(m.front.each, a.first)
	}
	after, err := n.spent()
	m.front.cpu = (after - before) / time.Duration(times)
	return err
}
