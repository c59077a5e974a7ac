package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// build builds the program that is measured.
func (b *bench) build(ctx context.Context) error {
	b.program = filepath.Join(b.dir, "broadsheet")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.program, "./cmd/broadsheet")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// line is one line that a run of the program has printed, and when.
type line struct {
	text  string
	after time.Duration // since the program's start
}

// usage is what a run has cost.
type usage struct {
	lines []line
	took  time.Duration
	cpu   time.Duration
	peak  int64 // resident memory, in bytes
}

// at is when a line that holds words was printed; 0 when none was.
func (u *usage) at(words string) time.Duration {
	for _, l := range u.lines {
		if strings.Contains(l.text, words) {
			return l.after
		}
	}
	return 0
}

// run runs the program to its end.
func (b *bench) run(ctx context.Context, args ...string) (*usage, error) {
	cmd := exec.CommandContext(ctx, b.program, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	u := &usage{}
	for s := bufio.NewScanner(out); s.Scan(); {
		u.lines = append(u.lines, line{s.Text(), time.Since(began)})
	}
	err = cmd.Wait()
	u.took = time.Since(began)
	u.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = r.Maxrss * 1024 // Linux tells kibibytes
	}
	return u, err
}

// server is a running "broadsheet serve".
type server struct {
	cmd     *exec.Cmd
	address string        // as http://127.0.0.1:1234, without a slash at the end
	start   time.Duration // from its start to the first whole front page
}

// serve starts a server on a data folder and waits for its first page.
func (b *bench) serve(ctx context.Context, data string, env ...string) (*server, error) {
	return launch(b.serving(ctx, data, env...))
}

// serving is the program that serves a data folder, not yet started.
func (b *bench) serving(ctx context.Context, data string, env ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, b.program, "serve", "-data", data, "-addr", "127.0.0.1:0", "-log-level", "error")
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

// launch starts a program that says where it serves and waits for its first page.
func launch(cmd *exec.Cmd) (*server, error) {
	s := &server{cmd: cmd}
	if s.cmd.Stderr == nil {
		s.cmd.Stderr = os.Stderr
	}
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(os.Interrupt) }
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	scan := bufio.NewScanner(out)
	for s.address == "" && scan.Scan() {
		if _, address, ok := strings.Cut(scan.Text(), "serving on "); ok {
			s.address = strings.TrimSuffix(address, "/")
		}
	}
	if s.address == "" {
		return nil, errors.Join(errors.New("the server did not say where it serves"), s.cmd.Wait())
	}
	resp, err := http.Get(s.address + "/")
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the front page answers %s", resp.Status)
	}
	s.start = time.Since(began)
	return s, nil
}

// stop ends the server and returns its largest memory, in bytes.
func (s *server) stop() (peak int64, err error) {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return 0, err
	}
	err = s.cmd.Wait()
	if r, ok := s.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = r.Maxrss * 1024
	}
	return peak, err
}

func mib(bytes int64) string { return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20)) }

func perSecond(n int, d time.Duration) string {
	return fmt.Sprintf("%.0f/s", float64(n)/d.Seconds())
}
