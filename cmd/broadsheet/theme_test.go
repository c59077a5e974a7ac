package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestHangingUpHasAServerReadItsThemeAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "theme")
	write := func(words string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, "templates"), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "templates", "mine.html"), []byte(`{{define "footer"}}<footer>`+words+`</footer>{{end}}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("one")
	cmd := exec.Command(program(t), "serve", "-addr", "127.0.0.1:0", "-data", filepath.Join(t.TempDir(), "paper"), "-theme", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 100)
	go func() {
		for s := bufio.NewScanner(log); s.Scan(); {
			lines <- s.Text()
		}
		close(lines)
	}()
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(strings.TrimPrefix(first, "serving on "))
	page := func() string {
		t.Helper()
		resp, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	hangUp := func(says string) {
		t.Helper()
		if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		for wait := time.After(30 * time.Second); ; {
			select {
			case line, ok := <-lines:
				if strings.Contains(line, says) {
					return
				}
				if !ok {
					t.Fatal("the server has ended")
				}
			case <-wait:
				t.Fatalf("it does not say %q", says)
			}
		}
	}
	if !strings.Contains(page(), "<footer>one") {
		t.Error("the theme is not used")
	}
	write("two")
	hangUp("the theme was read again")
	if !strings.Contains(page(), "<footer>two") {
		t.Error("the change does not show")
	}
	write("{{.Printer}}")
	hangUp("templates/mine.html:1: ")
	if !strings.Contains(page(), "<footer>two") {
		t.Error("the last good theme is gone")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}
