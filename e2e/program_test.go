//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
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

// program is the built broadsheet, made once for all tests.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "broadsheet-e2e-*")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "broadsheet")
	out, err := exec.Command("go", "build", "-o", file, "broadsheet/cmd/broadsheet").CombinedOutput()
	if err != nil {
		err = &exec.Error{Name: string(out), Err: err}
	}
	return file, err
})

func TestMain(m *testing.M) {
	status := m.Run()
	if file, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(status)
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
	cmd := exec.Command(file, append(args, "-log-level", "warn", "-addr", "127.0.0.1:0", "-data", data, "-comments-burst", "1000")...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	address := make(chan string, 1)
	go func() {
		for s := bufio.NewScanner(out); s.Scan(); {
			if at := strings.Index(s.Text(), "http://"); at >= 0 {
				address <- strings.TrimSuffix(strings.Fields(s.Text()[at:])[0], "/")
				break
			}
		}
		io.Copy(io.Discard, out)
	}()
	select {
	case a := <-address:
		return &site{url: a, data: data}
	case <-time.After(time.Minute):
		t.Fatal("the program did not say where it serves")
		return nil
	}
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
