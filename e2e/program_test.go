//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// folders are those that are made once for all tests, to be removed at the end.
var folders sync.Map

// program is the built broadsheet, made once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "broadsheet-e2e-*")
	if err != nil {
		return "", err
	}
	folders.Store(dir, true)
	file := filepath.Join(dir, "broadsheet")
	out, err := exec.Command("go", "build", "-o", file, "broadsheet/cmd/broadsheet").CombinedOutput()
	if err != nil {
		err = &exec.Error{Name: string(out), Err: err}
	}
	return file, err
})

func TestMain(m *testing.M) {
	status := m.Run()
	folders.Range(func(dir, _ any) bool {
		os.RemoveAll(dir.(string))
		return true
	})
	os.Exit(status)
}

// sample is the folder of a sample newspaper with all its renditions, made once:
// drawing it takes longer than what a test does with it.
var sample = sync.OnceValues(func() (string, error) {
	file, err := program()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "broadsheet-e2e-sample-*")
	if err != nil {
		return "", err
	}
	folders.Store(dir, true)
	p, err := launch(file, "demo", "-data", dir)
	if err != nil {
		return dir, err
	}
	out, err := exec.Command(file, "pictures", "renditions", "-data", dir).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return dir, errors.Join(err, p.stop())
})

// demo serves a sample newspaper of its own until the test ends.
func demo(t *testing.T) *site {
	t.Helper()
	made, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	err = filepath.WalkDir(made, func(file string, d os.DirEntry, err error) error {
		to := data + strings.TrimPrefix(file, made)
		switch {
		case err != nil || file == made:
			return err
		case d.IsDir():
			return os.Mkdir(to, 0o750)
		case strings.HasPrefix(d.Name(), "broadsheet.db"):
			b, err := os.ReadFile(file)
			return errors.Join(err, os.WriteFile(to, b, 0o600))
		}
		return os.Link(file, to) // a picture's file never changes
	})
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, data, "demo")
	run(t, "settings", "set", "address", s.url, "-data", data)
	return s
}

// run runs a command of the program to its end and returns what it printed.
func run(t *testing.T, args ...string) string {
	t.Helper()
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	var out, says bytes.Buffer
	cmd := exec.CommandContext(t.Context(), file, args...)
	cmd.Stdout, cmd.Stderr = &out, &says
	if err := cmd.Run(); err != nil {
		t.Fatalf("broadsheet %s: %v\n%s", strings.Join(args, " "), err, says.String())
	}
	return out.String()
}

// site is a running newspaper.
type site struct {
	url  string // without a slash at the end
	data string // its folder

	stories map[string]string // see linkTo; nil until it is asked
}

// start runs "demo" or "serve" until the test ends and waits for its address.
func start(t *testing.T, data string, args ...string) *site {
	t.Helper()
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	p, err := launch(file, append(args, "-data", data, "-comments-burst", "1000")...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	return &site{url: p.url, data: data}
}

// process is a server that runs.
type process struct {
	cmd *exec.Cmd
	url string
}

// launch starts a server at a free address and waits until it says where.
func launch(file string, args ...string) (*process, error) {
	return launchAt(file, "127.0.0.1:0", args...)
}

// launchAt does the same at an address of somebody's choice.
func launchAt(file, address string, args ...string) (*process, error) {
	cmd := exec.Command(file, append(args, "-log-level", "warn", "-addr", address)...)
	var says bytes.Buffer
	cmd.Stderr = &says
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	for s := bufio.NewScanner(out); s.Scan(); {
		if at := strings.Index(s.Text(), "http://"); at >= 0 {
			go io.Copy(io.Discard, out)
			return &process{cmd, strings.TrimSuffix(strings.Fields(s.Text()[at:])[0], "/")}, nil
		}
	}
	return nil, fmt.Errorf("the program did not say where it serves: %w: %s", cmd.Wait(), says.String())
}

// stop ends the server as an operator does.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return p.cmd.Wait()
}

// answer is what the site sent.
type answer struct {
	status int
	header http.Header
	body   string
	at     string // path and query where redirects led to
}

// client follows redirects and keeps no cookies.
var client = &http.Client{Timeout: 30 * time.Second}

// beside runs a command beside the server and gives that the time in which it
// promises to notice what another process has written, and more: 100 ms.
func (s *site) beside(t *testing.T, args ...string) string {
	t.Helper()
	said := run(t, append(args, "-data", s.data)...)
	time.Sleep(500 * time.Millisecond)
	return said
}

func (s *site) get(t *testing.T, path string) answer {
	t.Helper()
	resp, err := client.Get(s.url + path)
	return read(t, resp, err)
}

func (s *site) post(t *testing.T, path string, form url.Values) answer {
	t.Helper()
	resp, err := client.PostForm(s.url+path, form)
	return read(t, resp, err)
}

func read(t *testing.T, resp *http.Response, err error) answer {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body), resp.Request.URL.RequestURI()}
}
