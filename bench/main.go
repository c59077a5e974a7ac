// Command bench measures Broadsheet the way its users meet it: it builds the
// program, runs it on an archive of generated articles, and prints what it cost,
// side by side with something that was measured in the same run.
//
//	go run ./bench import            a WordPress export read in: rate, memory, restart
//	go run ./bench comment           a reader's comment while an import runs
//	go run ./bench serve             pages from nothing, search, start-up time
//	go run ./bench file              a kept page, against a ready file sent by nginx
//	go run ./bench grow              what becomes slower as an archive grows to a million articles
//	go run ./bench fresh             a change seen by other processes
//	go run ./bench pictures          sizes and cuts of photographs
//	go run ./bench lists             every list of the newsroom, with each tab and filter
//	go run ./bench editor            typing in an article of 10,000 words, in Chromium
//
// -articles sets the size of the archive, -n the number of photographs, -times how
// often each list is asked for; -dir keeps the files between runs. An absolute figure
// is good for one machine and one hour; the ratios are what docs/PERFORMANCE.md holds.
// Start reading at the measurement of interest: import.go, comment.go, serve.go,
// file.go, grow.go, fresh.go, pictures.go or lists.go.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

// bench is one run.
type bench struct {
	articles int
	pictures int
	times    int // that each list is asked for
	peers    peers
	dir      string // of all files
	program  string // the built broadsheet
	growing  growing
}

// processes are what measurements run beside themselves.
var processes = map[string]func(context.Context, []string) error{"desk": deskProcess, "flood": floodProcess}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) (err error) {
	measurements := map[string]func(*bench, context.Context) error{"import": (*bench).imports, "comment": (*bench).comments, "serve": (*bench).serves,
		"pictures": (*bench).renditions, "file": (*bench).file, "grow": (*bench).grow, "fresh": (*bench).fresh, "lists": (*bench).lists, "editor": (*bench).editor}
	if len(args) > 0 {
		if process := processes[args[0]]; process != nil {
			return process(ctx, args[1:])
		}
	}
	if len(args) == 0 || measurements[args[0]] == nil {
		return errors.New("usage: go run ./bench import|comment|serve|file|grow|fresh|pictures|lists|editor [-articles N] [-n N] [-dir FOLDER]")
	}
	var b bench
	fs := flag.NewFlagSet(args[0], flag.ContinueOnError)
	fs.IntVar(&b.articles, "articles", 100_000, "size of the archive")
	fs.IntVar(&b.pictures, "n", 200, "how many photographs")
	fs.IntVar(&b.times, "times", 20, "how often each list is asked for")
	fs.Var(&b.peers, "peer", "measure this server beside ours, too: `NAME=URL,PID[,PID...]`; for file")
	b.growing.flags(fs)
	fs.StringVar(&b.dir, "dir", "", "keep files in this `FOLDER` and use those that are there")
	if err := fs.Parse(args[1:]); err != nil {
		return err
	}
	if b.dir == "" {
		if b.dir, err = os.MkdirTemp("", "broadsheet-bench-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	} else if err := os.MkdirAll(b.dir, 0o750); err != nil {
		return err
	}
	if err := b.build(ctx); err != nil {
		return err
	}
	return measurements[args[0]](&b, ctx)
}
