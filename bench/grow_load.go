package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"
)

// memory is what a server's process has taken.
type memory struct {
	pages, pieces   int
	peak, now       int64 // resident, in bytes
	own, fileBacked int64 // of now: the process's own, and the file cache's that it looks at
}

// growMemory asks the program that ships, with the default setting, for many
// different articles of the largest paper.
func (b *bench) growMemory(ctx context.Context) error {
	g := &b.growing
	metrics, err := freeAddress()
	if err != nil {
		return err
	}
	s, err := b.serve(ctx, g.largest().data, "BROADSHEET_METRICS_ADDR="+metrics)
	if err != nil {
		return err
	}
	defer s.stop() //nolint:errcheck // what it took is known by then
	g.memory.pages, err = newClient(s.address).pages(ctx, articlePaths(g.largest().articles, g.pages), 4)
	if err != nil {
		return err
	}
	if g.memory.pieces, err = newClient(metrics).kept(); err != nil {
		return err
	}
	for line, to := range map[string]*int64{"VmHWM": &g.memory.peak, "VmRSS": &g.memory.now, "RssAnon": &g.memory.own, "RssFile": &g.memory.fileBacked} {
		if *to, err = s.resident(line); err != nil {
			return err
		}
	}
	return nil
}

// overload is how a server fares that is asked for more than it can make.
type overload struct {
	capacity     float64 // pages from nothing a second
	quiet, kept  series
	keptFailed   int
	offered      float64 // a second
	Took         time.Duration
	Pages, Away  int           // of the flood: answered 200, and 503
	Unsent       int           // for want of connections at our end
	Wrong        int           // any other answer, or none
	Example      string        // of what was wrong
	WaitedFor503 time.Duration // median
}

const (
	overloadTimes = 10
	overloadFor   = 15 * time.Second
)

// growLoad measures how many pages a second the program that ships can make, asks
// it for ten times as many, and meanwhile for kept pages as in quiet times: 200 a
// second, each counted from when it was due.
func (b *bench) growLoad(ctx context.Context) error {
	g := &b.growing
	o := &g.overloaded
	server := b.serving(ctx, g.largest().data, "BROADSHEET_LOG_LEVEL=info")
	log, err := os.Create(filepath.Join(b.dir, "load.log")) // a line for each request
	if err != nil {
		return err
	}
	defer log.Close()
	server.Stderr = log
	s, err := launch(server)
	if err != nil {
		return err
	}
	defer s.stop() //nolint:errcheck // what it measured is known by then
	c := newClient(s.address)
	paths := articlePaths(g.largest().articles, 4000)
	read := append([]string{"/", "/world/", "/city/"}, paths[:17]...)
	if _, err := c.pages(ctx, read, 4); err != nil {
		return err
	}
	busy, stop := context.WithTimeout(ctx, 5*time.Second)
	began := time.Now()
	n, err := c.pages(busy, paths[17:], 8)
	stop()
	if err != nil {
		return err
	}
	o.capacity = float64(n) / time.Since(began).Seconds()
	o.quiet.each, o.keptFailed = c.readKept(read, overloadFor)
	if o.keptFailed > 0 {
		return errors.New("kept pages were not answered in quiet times")
	}
	o.offered = overloadTimes * o.capacity
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "flood", "-address", c.address, "-articles", strconv.Itoa(g.largest().articles),
		"-rate", strconv.FormatFloat(o.offered, 'f', 0, 64), "-for", overloadFor.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	said := bufio.NewReader(out)
	if _, err := said.ReadString('\n'); err != nil { // it has begun
		return err
	}
	o.kept.each, o.keptFailed = c.readKept(read, overloadFor)
	return errors.Join(json.NewDecoder(said).Decode(o), cmd.Wait())
}

// readKept asks for kept pages 200 times a second, and returns how long each took
// from when it was due, sorted, and how many did not come.
func (c *client) readKept(paths []string, during time.Duration) (took []time.Duration, failed int) {
	var mu sync.Mutex
	every(5*time.Millisecond, during, func(i int, due time.Time) {
		a, err := c.ask(http.MethodGet, paths[i%len(paths)], due)
		mu.Lock()
		defer mu.Unlock()
		if err != nil || a.status != http.StatusOK {
			failed++
			return
		}
		took = append(took, a.whole)
	})
	slices.Sort(took)
	return took, failed
}

// every calls f in goroutines of their own, at the pace told whether or not earlier
// calls have returned, and waits for all.
func every(pace, during time.Duration, f func(i int, due time.Time)) {
	var all sync.WaitGroup
	began := time.Now()
	for i := 0; ; i++ {
		due := began.Add(time.Duration(i) * pace)
		if due.Sub(began) > during {
			break
		}
		time.Sleep(time.Until(due))
		all.Go(func() { f(i, due) })
	}
	all.Wait()
}

// floodProcess asks for different articles at a rate, come what may, and prints
// what came as JSON. It is a process of its own so that what waits in it delays
// nothing else that is measured.
func floodProcess(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("flood", flag.ContinueOnError)
	address := fs.String("address", "", "`HOST:PORT`")
	articles := fs.Int("articles", 0, "`N` of the archive")
	rate := fs.Float64("rate", 0, "requests a second")
	during := fs.Duration("for", overloadFor, "`TIME`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	all := articlePaths(*articles, 4000+int(*rate*during.Seconds()))
	paths := all[min(4000, len(all)/2):] // the first ones were asked for before
	const most = 15_000                  // connections, of the 20,000 files that a process may often have
	places := make(chan struct{}, most)
	c := newClient(*address)
	var o overload
	var waits []time.Duration
	var mu sync.Mutex
	fmt.Println("begun")
	began := time.Now()
	every(time.Duration(float64(time.Second) / *rate), *during, func(i int, _ time.Time) {
		select {
		case places <- struct{}{}:
		default:
			mu.Lock()
			o.Unsent++
			mu.Unlock()
			return
		}
		a, err := c.get(paths[i%len(paths)])
		<-places
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err != nil:
			o.Wrong++
			o.Example = err.Error()
		case a.status == http.StatusOK:
			o.Pages++
		case a.status == http.StatusServiceUnavailable:
			o.Away++
			waits = append(waits, a.whole)
		default:
			o.Wrong++
			o.Example = strconv.Itoa(a.status)
		}
	})
	o.Took = time.Since(began)
	slices.Sort(waits)
	o.WaitedFor503 = share(waits, 0.5)
	return json.NewEncoder(os.Stdout).Encode(o)
}
