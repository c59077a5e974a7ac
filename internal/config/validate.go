package config

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// leastMemory is what the program, its store and one large picture need.
const leastMemory Size = 128 << 20

// Validate checks what a value's form alone does not tell. The error is
// [Problems].
func (c *Config) Validate() error {
	var wrong Problems
	add := func(key, format string, args ...any) { wrong = append(wrong, c.problem(key, format, args...)) }

	if !listenAddress(c.Addr) {
		add("addr", "%q is no address to listen on; write one such as \":8080\" or \"127.0.0.1:8080\"", c.Addr)
	}
	if c.MetricsAddr != "" && !listenAddress(c.MetricsAddr) {
		add("metrics_addr", "%q is no address to listen on; write one such as \"127.0.0.1:9090\"", c.MetricsAddr)
	}
	if same(c.MetricsAddr, c.ReadersAddr()) {
		add("metrics_addr", "this is where readers are answered; metrics need an address of their own")
	}
	if c.Data == "" {
		add("data", "a folder is needed")
	}
	if c.Database != "" && !postgresURL(string(c.Database)) {
		// The value is not repeated: it may hold a password.
		add("database", "this is no address of a PostgreSQL database; write one such as \"postgres://user@host/name\"")
	}
	if info, err := os.Stat(filepath.Clean(c.Theme)); c.Theme != "" && (err != nil || !info.IsDir()) {
		add("theme", "there is no folder %q", c.Theme)
	}
	if c.Dev && c.Theme == "" {
		add("dev", "there is no theme to watch; name its folder with \"theme\"")
	}
	if c.Memory < leastMemory {
		add("memory", "at least %v are needed", leastMemory)
	}
	wrong = append(wrong, c.TLS.problems(c)...)
	wrong = append(wrong, c.SMTP.problems(c)...)
	if c.CDN.PurgeURL != "" && !webAddress(c.CDN.PurgeURL) {
		add("cdn.purge_url", "%q is no web address; write one that begins with https://", c.CDN.PurgeURL)
	}
	if c.CDN.Keep.Duration > 0 && c.CDN.PurgeURL == "" {
		add("cdn.keep", "the CDN would keep what has changed; say in cdn.purge_url where it is told")
	}
	if name, value, ok := strings.Cut(string(c.CDN.PurgeHeader), ":"); c.CDN.PurgeHeader != "" && (!ok || strings.TrimSpace(value) == "" || !headerName.MatchString(name)) {
		add("cdn.purge_header", "a header is needed, written as \"Name: value\"") // which may be a password, and is not repeated
	}
	if !slices.Contains([]string{"text", "json"}, c.Log.Format) {
		add("log.format", "%q is unknown; \"text\" and \"json\" are known", c.Log.Format)
	}
	if levels := []string{"debug", "info", "warn", "error"}; !slices.Contains(levels, c.Log.Level) {
		add("log.level", "%q is unknown; %q are known", c.Log.Level, levels)
	}
	if c.Comments.Burst < 1 {
		add("comments.burst", "a number of 1 or more is needed")
	}
	if c.Uploads.MaxSize < 1 {
		add("uploads.max_size", "a size above 0 is needed")
	}
	for i := range c.Ads {
		wrong = append(wrong, c.adProblems(i)...)
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// listenAddress holds for host:port, where the host may be left out and port 0
// is any free one.
func listenAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n <= 65535
}

// postgresURL holds for what pgx takes as a URL.
func postgresURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql")
}

var headerName = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
