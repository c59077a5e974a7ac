package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// file measures a kept article page, with two slots drawn anew for each view,
// against nginx that sends the same bytes as a ready .gz file. Both run on the
// first processor, one after the other and again, and wrk on the second: 32
// connections that stay open, gzip accepted. The server is the one that ships,
// with its log, metrics, time-outs and headers; nginx has sendfile and no log,
// once without and once with open_file_cache. Peers that run on this machine
// already, as -peer names them, are measured beside them.
func (b *bench) file(ctx context.Context) error {
	if err := installed(ctx, map[string]string{"nginx": "nginx-light", "wrk": "wrk", "taskset": "util-linux"}); err != nil {
		return err
	}
	data := filepath.Join(b.dir, "demo-data")
	if err := b.sample(ctx, data); err != nil {
		return err
	}
	ours, err := b.pinned(ctx, data)
	if err != nil {
		return err
	}
	defer ours.end()
	if err := ours.quiet(ctx); err != nil {
		return err
	}
	page, err := ours.longPage()
	if err != nil {
		return err
	}
	plain, packed, err := b.keepPage(ours.address + page)
	if err != nil {
		return err
	}
	contenders := []*contender{ours}
	ours.url = ours.address + page
	for _, cache := range []string{"", "open_file_cache max=100 inactive=60s; open_file_cache_valid 60s;"} {
		n, err := b.nginx(ctx, cache)
		if err != nil {
			return err
		}
		defer n.end()
		contenders = append(contenders, n)
	}
	for _, p := range b.peers {
		contenders = append(contenders, &contender{name: p.name, url: p.url, pids: p.pids})
	}
	fmt.Printf("%s: %d bytes, %d as gzip, two slots drawn for each view; 32 connections, one processor for the server, one for wrk\n", page, plain, packed)
	const rounds = 5
	for range rounds {
		for _, c := range contenders {
			if err := c.load(ctx, 6*time.Second); err != nil {
				return err
			}
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tCPU a request\tagainst the file\tof it user\trequests a second\tp50\tp99\tmemory\t")
	base := median(contenders[1].cpu)
	for _, c := range contenders {
		peak, err := c.peak()
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%.1f µs\t%.2f\t%.1f µs\t%.0f\t%s\t%s\t%s\t\n", c.name, median(c.cpu), median(c.cpu)/base, median(c.user), median(c.rate),
			time.Duration(median(c.p50)).Round(10*time.Microsecond), time.Duration(median(c.p99)).Round(10*time.Microsecond), mib(peak))
	}
	return w.Flush()
}

// installed installs what is missing, by the name of its Debian package.
func installed(ctx context.Context, programs map[string]string) error {
	var missing []string
	for program, pack := range programs {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, pack)
		}
	}
	if missing == nil {
		return nil
	}
	slices.Sort(missing)
	if u, err := user.Current(); err != nil || u.Uid != "0" {
		return fmt.Errorf("missing: %s (on Debian: apt-get install %[1]s)", strings.Join(missing, " "))
	}
	cmd := exec.CommandContext(ctx, "apt-get", append([]string{"install", "-y", "-qq", "--no-install-recommends"}, missing...)...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("installing %v: %w: %s", missing, err, said)
	}
	return nil
}

// sample fills a data folder with the sample newspaper, unless it is there.
func (b *bench) sample(ctx context.Context, data string) error {
	if _, err := os.Stat(filepath.Join(data, "broadsheet.db")); err == nil {
		return nil
	}
	cmd := exec.CommandContext(ctx, b.program, "demo", "-data", data, "-addr", "127.0.0.1:0", "-log-level", "error")
	cmd.Stderr = os.Stderr
	c, err := start(cmd, "demo", "http://")
	if err != nil {
		return err
	}
	c.end()
	return nil
}

// peer is another server, given as NAME=URL,PID[,PID...]: of its processes and
// all that they have started.
type peer struct {
	name, url string
	pids      []int
}

// peers is the flag that names them.
type peers []peer

func (p *peers) String() string { return "" }

// Set takes one peer. It should be pinned to the first processor like the others.
func (p *peers) Set(text string) error {
	name, rest, ok := strings.Cut(text, "=")
	parts := strings.Split(rest, ",")
	if !ok || len(parts) < 2 {
		return errors.New("want NAME=URL,PID[,PID...]")
	}
	one := peer{name: name, url: parts[0]}
	for _, s := range parts[1:] {
		pid, err := strconv.Atoi(s)
		if err != nil {
			return err
		}
		one.pids = append(one.pids, pid)
	}
	*p = append(*p, one)
	return nil
}

// contender is a server that is measured.
type contender struct {
	name    string
	cmd     *exec.Cmd
	pids    []int // of its processes where it was not started here
	address string
	url     string // of the page

	cpu, user      []float64 // µs a request, one for each round
	rate, p50, p99 []float64 // a second; ns
}

// start runs a server and, where sign is not "", waits for a line that holds it
// and takes the address behind.
func start(cmd *exec.Cmd, name, sign string) (*contender, error) {
	c := &contender{name: name, cmd: cmd}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if sign == "" {
		return c, cmd.Start()
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var said bytes.Buffer
	for line := make([]byte, 4096); ; {
		n, err := out.Read(line)
		said.Write(line[:n])
		if _, after, ok := strings.Cut(said.String(), sign); ok && strings.ContainsAny(after, " \n") {
			c.address = strings.TrimSuffix(sign+strings.Fields(after)[0], "/")
			go io.Copy(io.Discard, out)
			return c, nil
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s did not say where it serves: %s", name, &said), cmd.Wait())
		}
	}
}

// quiet waits until the server takes no processor time for two seconds: all
// pictures are drawn.
func (c *contender) quiet(ctx context.Context) error {
	for before := -1.0; ; {
		user, system, err := c.times()
		if err != nil || user+system-before < 0.03 {
			return err
		}
		before = user + system
		select {
		case <-time.After(2 * time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *contender) end() {
	c.cmd.Process.Signal(os.Interrupt)
	c.cmd.Wait()
}

// pinned runs the server that ships on the first processor, with ten creatives for
// each of two placements.
func (b *bench) pinned(ctx context.Context, data string) (*contender, error) {
	var conf strings.Builder
	for _, placement := range []string{"leaderboard", "in-article"} {
		for i := range 10 {
			fmt.Fprintf(&conf, "[[ads]]\nplacement = %q\ntext = \"Breakfast until noon, by the water, number %d of ten.\"\nlink = \"https://cafe.example/\"\n\n", placement, i)
		}
	}
	name := filepath.Join(b.dir, "bench.toml")
	if err := os.WriteFile(name, []byte(conf.String()), 0o600); err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(b.dir, "server.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, "taskset", "-c", "0", b.program, "serve", "-config", name, "-data", data, "-addr", "127.0.0.1:0", "-metrics-addr", "127.0.0.1:0")
	cmd.Stderr = log
	return start(cmd, "Broadsheet", "http://")
}

var anyLink = regexp.MustCompile(`href="(/[^"?#]+/)"`)

// longPage is an article of 8 kB or more with both slots.
func (c *contender) longPage() (string, error) {
	front, err := fetchAs(c.address+"/", "")
	if err != nil {
		return "", err
	}
	for _, m := range anyLink.FindAllStringSubmatch(string(front), -1) {
		html, err := fetchAs(c.address+m[1], "")
		if err == nil && len(html) >= 8<<10 && bytes.Count(html, []byte("Breakfast until noon")) == 2 && bytes.Contains(html, []byte(`"NewsArticle"`)) {
			return m[1], nil
		}
	}
	return "", errors.New("the sample newspaper has no article with two slots")
}

func fetchAs(url, coding string) ([]byte, error) {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if coding != "" {
		r.Header.Set("Accept-Encoding", coding) // and the client leaves it packed
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// keepPage writes the page where nginx finds it, as it came and as a .gz file,
// and returns their sizes.
func (b *bench) keepPage(url string) (plain, packed int, err error) {
	gz, err := fetchAs(url, "gzip")
	if err != nil {
		return 0, 0, err
	}
	z, err := gzip.NewReader(bytes.NewReader(gz))
	if err != nil {
		return 0, 0, err
	}
	html, err := io.ReadAll(z)
	if err != nil {
		return 0, 0, err
	}
	root := filepath.Join(b.dir, "www")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return 0, 0, err
	}
	return len(html), len(gz), errors.Join(os.WriteFile(filepath.Join(root, "page.html"), html, 0o644), os.WriteFile(filepath.Join(root, "page.html.gz"), gz, 0o644))
}

// nginx runs nginx on the first processor, as one worker.
func (b *bench) nginx(ctx context.Context, cache string) (*contender, error) {
	name, port := "nginx, the file", "18080"
	if cache != "" {
		name, port = "nginx, open_file_cache", "18081"
	}
	dir := filepath.Join(b.dir, "nginx-"+port)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	as := ""
	if os.Getuid() == 0 {
		as = "user root;"
	}
	conf := fmt.Sprintf(`%[1]s worker_processes 1; daemon off; pid %[2]s/pid; error_log %[2]s/error.log;
events { worker_connections 512; }
http {
	access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types { text/html html; } %[3]s
	client_body_temp_path %[2]s; proxy_temp_path %[2]s; fastcgi_temp_path %[2]s; uwsgi_temp_path %[2]s; scgi_temp_path %[2]s;
	server { listen 127.0.0.1:%[4]s; root %[5]s/www; gzip_static on; }
}`, as, dir, cache, port, b.dir)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "taskset", "-c", "0", "nginx", "-e", filepath.Join(dir, "error.log"), "-c", file)
	cmd.Stderr = os.Stderr
	c, err := start(cmd, name, "")
	if err != nil {
		return nil, err
	}
	c.url = "http://127.0.0.1:" + port + "/page.html"
	for range 100 {
		if _, err = fetchAs(c.url, "gzip"); err == nil {
			return c, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.end()
	return nil, err
}

var (
	wrkRequests = regexp.MustCompile(`(\d+) requests in`)
	wrkRate     = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)
	wrkQuantile = regexp.MustCompile(`(50|99)%\s+([\d.]+)(us|ms|s)`)
	wrkFailed   = regexp.MustCompile(`(?m)^\s*(Non-2xx|Socket errors).*$`)
)

// load runs wrk, once to warm up and once to measure.
func (c *contender) load(ctx context.Context, d time.Duration) error {
	wrk := func(d time.Duration) ([]byte, error) {
		return exec.CommandContext(ctx, "taskset", "-c", "1", "wrk", "-t1", "-c32", "-d", strconv.Itoa(int(d.Seconds()))+"s", "--latency", "-H", "Accept-Encoding: gzip", c.url).CombinedOutput()
	}
	if said, err := wrk(time.Second); err != nil {
		return fmt.Errorf("wrk: %w: %s", err, said)
	}
	user, system, err := c.times()
	if err != nil {
		return err
	}
	said, err := wrk(d)
	if err != nil {
		return fmt.Errorf("wrk: %w: %s", err, said)
	}
	user2, system2, err := c.times()
	if err != nil {
		return err
	}
	if m := wrkFailed.Find(said); m != nil {
		return fmt.Errorf("%s: %s", c.name, m)
	}
	requests, rate := wrkRequests.FindSubmatch(said), wrkRate.FindSubmatch(said)
	if requests == nil || rate == nil {
		return fmt.Errorf("wrk says %s", said)
	}
	n := number(requests[1])
	c.rate = append(c.rate, number(rate[1]))
	c.cpu = append(c.cpu, (user2+system2-user-system)*1e6/n)
	c.user = append(c.user, (user2-user)*1e6/n)
	for _, m := range wrkQuantile.FindAllSubmatch(said, -1) {
		t := number(m[2]) * map[string]float64{"us": 1e3, "ms": 1e6, "s": 1e9}[string(m[3])]
		if string(m[1]) == "50" {
			c.p50 = append(c.p50, t)
		} else {
			c.p99 = append(c.p99, t)
		}
	}
	return nil
}

func number(b []byte) float64 {
	n, _ := strconv.ParseFloat(string(b), 64) // what the expressions let through is a number
	return n
}

// processes are the server's and all that these have started.
func (c *contender) processes() ([]int, error) {
	all := slices.Clone(c.pids)
	if c.cmd != nil {
		all = append(all, c.cmd.Process.Pid)
	}
	for i := 0; i < len(all); i++ {
		threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", all[i]))
		if err != nil {
			return nil, err
		}
		for _, t := range threads {
			children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", all[i], t.Name()))
			if err != nil {
				continue // the thread has ended
			}
			for _, f := range strings.Fields(string(children)) {
				if n, err := strconv.Atoi(f); err == nil {
					all = append(all, n)
				}
			}
		}
	}
	return all, nil
}

// times are the processor times that the server has taken so far, in seconds, from
// the kernel's accounts of its processes.
func (c *contender) times() (user, system float64, err error) {
	all, err := c.processes()
	if err != nil {
		return 0, 0, err
	}
	const ticks = 100 // a second: Linux has told no other number since 2.6 (proc_pid_stat(5))
	for _, pid := range all {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, 0, err
		}
		_, rest, _ := strings.Cut(string(b), ") ") // behind the name, which may hold anything
		f := strings.Fields(rest)
		user += number([]byte(f[11])) / ticks
		system += number([]byte(f[12])) / ticks
	}
	return user, system, nil
}

// peak is the largest memory of the server's processes together, in bytes.
func (c *contender) peak() (sum int64, err error) {
	all, err := c.processes()
	if err != nil {
		return 0, err
	}
	for _, pid := range all {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return 0, err
		}
		_, after, _ := strings.Cut(string(b), "VmHWM:")
		if f := strings.Fields(after); len(f) > 0 {
			sum += int64(number([]byte(f[0]))) << 10
		}
	}
	return sum, nil
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(list))
	return s[len(s)/2]
}
