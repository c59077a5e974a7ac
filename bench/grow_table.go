package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"
)

// flags adds what grow may be asked for.
func (g *growing) flags(fs *flag.FlagSet) {
	fs.StringVar(&g.sizes, "sizes", "1000,10000,100000,1000000", "grow: numbers of `ARTICLES`")
	fs.IntVar(&g.rounds, "rounds", 200, "grow, fresh: how often it is published")
	fs.IntVar(&g.pieces, "kept", 100_000, "grow: pieces of pages that are kept meanwhile")
	fs.IntVar(&g.pages, "pages", 100_000, "grow: different pages after which memory is read")
	fs.IntVar(&g.starts, "starts", 20, "grow: how often the program is started")
	fs.StringVar(&g.picture, "picture", "docs/images/growth.svg", "grow: draw the curves into `FILE`")
	fs.StringVar(&g.only, "only", "", "grow: measure only these `PARTS` of start,pages,publish,memory,load, and draw nothing")
}

// print writes what was measured as tables in Markdown.
func (g *growing) print(w io.Writer) {
	g.printSizes(w)
	fmt.Fprint(w, "\n| what | goal | measured |\n|---|---|---|\n")
	row := func(what, goal, format string, args ...any) {
		fmt.Fprintf(w, "| %s | %s | %s |\n", what, goal, fmt.Sprintf(format, args...))
	}
	first, last := g.measured[0], g.largest()
	if last.publish.each != nil {
		g.printPublish(row, first, last)
	}
	if last.article.each != nil {
		row("first byte of an article of which nothing is kept, p99", "5 ms", "%s (processor time %s; a kept page's p99 in the same run %s)",
			last.article.ms(0.99), last.article.mean(), last.ready.ms(0.99))
		row("first byte of a list at any depth, likewise", "8 ms", "%s (processor time %s)", last.list.ms(0.99), last.list.mean())
	}
	if last.starts.each != nil {
		row("start to first front page", "200 ms", "%s (longest of %d %s; processor time %s)", last.starts.ms(0.5), len(last.starts.each), last.starts.ms(1), last.starts.mean())
	}
	if m := g.memory; m.pages > 0 {
		row(fmt.Sprintf("memory after %s different pages, setting 256 MB", thousands(m.pages)), "under the setting",
			"%s, most ever %s; %s of it the process's own, %s of files; %s pieces kept", mib(m.now), mib(m.peak), mib(m.own), mib(m.fileBacked), thousands(m.pieces))
	}
	if o := g.overloaded; o.capacity > 0 {
		row(fmt.Sprintf("kept pages while %.0f pages a second of which nothing is kept are asked for, of %.0f that can be made; p99", o.offered, o.capacity), "50 ms",
			"%s, p50 %s (quiet %s, p50 %s); %d did not come", o.kept.ms(0.99), o.kept.ms(0.5), o.quiet.ms(0.99), o.quiet.ms(0.5), o.keptFailed)
		row("what that flood is answered", "no error but 503", "%d pages, %d × 503 (after %s), %d not sent for want of connections, %d wrong %s",
			o.Pages, o.Away, o.WaitedFor503.Round(time.Millisecond), o.Unsent, o.Wrong, o.Example)
	}
}

func (g *growing) printPublish(row func(what, goal, format string, args ...any), first, last *grown) {
	row(fmt.Sprintf("publish, reply sent, median of %d: %s articles and %s pieces kept, against %s articles and %s", len(last.publish.each),
		thousands(last.articles), thousands(last.kept), thousands(first.articles), thousands(first.kept)), "at most 1.2 times",
		"%.2f times (p99 %.2f times)", last.publish.against(first.publish, 0.5), last.publish.against(first.publish, 0.99))
	stale := 0
	for _, m := range g.measured {
		stale += m.stale
	}
	row("front page asked for right after that reply", "0 stale; rendered within 10 ms", "%d stale of %d; p50 %s, p99 %s", stale, len(g.measured)*len(last.after.each),
		last.after.ms(0.5), last.after.ms(0.99))
	row("first byte of a front page, nothing at all being kept, p99", "5 ms", "%s", last.front.ms(0.99))
}

// printSizes writes a line for each size.
func (g *growing) printSizes(w io.Writer) {
	columns := []struct {
		name string
		of   func(*grown) series
	}{
		{"publish", func(m *grown) series { return m.publish }}, {"front page after it", func(m *grown) series { return m.after }},
		{"article", func(m *grown) series { return m.article }}, {"list", func(m *grown) series { return m.list }},
		{"front page", func(m *grown) series { return m.front }}, {"a kept page", func(m *grown) series { return m.ready }},
		{"start", func(m *grown) series { return m.starts }},
	}
	fmt.Fprint(w, "p50 / p99 / processor time of the server; publish: with the front page after it and the search index\n\n| articles | pieces kept |")
	for _, c := range columns {
		fmt.Fprintf(w, " %s |", c.name)
	}
	fmt.Fprintf(w, "\n|%s\n", strings.Repeat("---|", len(columns)+2))
	for _, m := range g.measured {
		fmt.Fprintf(w, "| %s | %s |", thousands(m.articles), thousands(m.kept))
		for _, c := range columns {
			s := c.of(m)
			fmt.Fprintf(w, " %s / %s / %s |", s.ms(0.5), s.ms(0.99), s.mean())
		}
		fmt.Fprintln(w)
	}
}

// ms is what a share of the series did not exceed, for people; "–" for an empty
// one.
func (s series) ms(part float64) string {
	if len(s.each) == 0 {
		return "–"
	}
	return share(s.each, part).String()
}

// mean is the processor time for people.
func (s series) mean() string {
	if s.cpu == 0 {
		return "–"
	}
	return s.cpu.Round(10 * time.Microsecond).String()
}

// at is what a share of the series did not exceed.
func (s series) at(part float64) time.Duration {
	if len(s.each) == 0 {
		return 0
	}
	return s.each[min(len(s.each)-1, int(part*float64(len(s.each))))]
}

// against is how many times as long as another series this one took.
func (s series) against(other series, part float64) float64 {
	return float64(s.at(part)) / float64(other.at(part))
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
