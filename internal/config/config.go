package config

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/internal/ads"
)

// Config is everything that the operator decides. It was checked when it came
// from [Load]. Printed or logged, it shows no password.
type Config struct {
	// Addr is where readers are answered without TLS, as host:port or :port. With
	// TLS it is not used; see [Config.ReadersAddr].
	Addr string `toml:"addr"`
	// MetricsAddr is where /metrics is answered; "" for nowhere. It belongs on an
	// address that readers can't reach.
	MetricsAddr string `toml:"metrics_addr"`
	// Data is the folder for the database, the pictures and the certificates.
	Data string `toml:"data"`
	// Database is a PostgreSQL address; "" for SQLite in Data.
	Database DatabaseURL `toml:"database"`
	// Theme is a folder with a theme; "" for the one built in.
	Theme string `toml:"theme"`
	// Dev is for who makes the theme: what is saved shows at the next request.
	Dev bool `toml:"dev"`
	// Memory is what the whole process may take while it serves.
	Memory Size `toml:"memory"`
	// TrustedProxies are the networks whose X-Forwarded-For is believed; nil for
	// none.
	TrustedProxies []Network `toml:"trusted_proxies"`
	// ShutdownTimeout is how long requests under way may take to finish at a stop.
	ShutdownTimeout Duration `toml:"shutdown_timeout"`

	TLS      TLS           `toml:"tls"`
	CDN      CDN           `toml:"cdn"`
	SMTP     SMTP          `toml:"smtp"`
	Log      Log           `toml:"log"`
	Comments Comments      `toml:"comments"`
	Uploads  Uploads       `toml:"uploads"`
	Ads      []ads.Booking `toml:"ads"`

	origin origins
}

// Log is how the log is written, to standard error.
type Log struct {
	// Format is "text" or "json".
	Format string `toml:"format"`
	// Level is the least that is written: "debug", "info", "warn" or "error".
	Level string `toml:"level"`
}

// CDN is a network of caches between readers and Broadsheet.
type CDN struct {
	// Keep is how long it may keep a page; 0 for not at all. Readers then share the
	// advertisement that was drawn when it fetched the page.
	Keep Duration `toml:"keep"`
	// PurgeURL is where it is told what has changed; "" for nowhere.
	PurgeURL string `toml:"purge_url"`
	// PurgeHeader is a header of that request, as "Fastly-Key: …"; "" for none.
	PurgeHeader Secret `toml:"purge_header"`
}

// Secret is a text that is never printed; for the text, convert it to a string.
type Secret string

// String tells only whether there is one.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(secret)"
}

// GoString is String, so that %#v tells no more.
func (s Secret) GoString() string { return s.String() }

// LogValue is String for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// UnmarshalText takes the text as it is.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = Secret(text)
	return nil
}

// Comments bounds what one network address may send: Burst comments at once,
// and one more each time Every has passed.
type Comments struct {
	// Burst is at least 1.
	Burst int `toml:"burst"`
	// Every is 0 for no limit.
	Every Duration `toml:"every"`
}

// Uploads bounds the files of the library.
type Uploads struct {
	// MaxSize is the largest file that is taken.
	MaxSize Size `toml:"max_size"`
}

// Default is the configuration that nobody has changed.
func Default() Config {
	return Config{
		Addr:            ":8080",
		Data:            "broadsheet-data",
		Memory:          256 << 20,
		ShutdownTimeout: Duration{15 * time.Second},
		TLS:             TLS{CA: "https://acme-v02.api.letsencrypt.org/directory", Addr: ":443", HTTPAddr: ":80"},
		SMTP:            SMTP{TLS: "starttls"},
		Log:             Log{Format: "text", Level: "info"},
		Comments:        Comments{Burst: 5, Every: Duration{time.Minute}},
		Uploads:         Uploads{MaxSize: 64 << 20},
	}
}

// SlogLevel is Level as slog has it.
func (l Log) SlogLevel() slog.Level {
	return map[string]slog.Level{"debug": slog.LevelDebug, "warn": slog.LevelWarn, "error": slog.LevelError}[l.Level]
}

// Proxies is TrustedProxies as networks.
func (c *Config) Proxies() []netip.Prefix {
	out := make([]netip.Prefix, 0, len(c.TrustedProxies))
	for _, n := range c.TrustedProxies {
		out = append(out, n.Prefix)
	}
	return out
}

// SQLiteFile is the database file; it is used where Database is "".
func (c *Config) SQLiteFile() string { return filepath.Join(c.Data, "broadsheet.db") }

// PictureDir is the folder of the blob store.
func (c *Config) PictureDir() string { return filepath.Join(c.Data, "pictures") }

// WordsDir is the folder of the newsroom's own words files; it may be missing.
func (c *Config) WordsDir() string { return filepath.Join(c.Data, "words") }

// String tells every key and value, without passwords, for logs.
func (c Config) String() string {
	var b strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&b, "%s=%v ", s.key, show(s.field(&c)))
	}
	fmt.Fprintf(&b, "ads=%d", len(c.Ads))
	return b.String()
}

// GoString is String, so that %#v tells no more.
func (c Config) GoString() string { return c.String() }

// LogValue is String for slog.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// DatabaseURL is the address of a database. It prints without its password; for
// the whole of it, convert it to a string.
type DatabaseURL string

// String is the address without password.
func (d DatabaseURL) String() string {
	if d == "" {
		return ""
	}
	u, err := url.Parse(string(d))
	if err != nil {
		return "(unreadable)"
	}
	q := u.Query()
	for name := range q {
		if strings.Contains(strings.ToLower(name), "password") {
			q.Set(name, "xxxxx")
		}
	}
	u.RawQuery = q.Encode()
	return u.Redacted()
}

// GoString is String, so that %#v tells no more.
func (d DatabaseURL) GoString() string { return d.String() }

// LogValue is String for slog.
func (d DatabaseURL) LogValue() slog.Value { return slog.StringValue(d.String()) }

// MarshalText is String, so that an encoder tells no more.
func (d DatabaseURL) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
