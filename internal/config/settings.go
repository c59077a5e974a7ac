package config

import (
	"flag"
	"fmt"
	"slices"
	"strings"
)

// setting is a key that can be given in every way: as "log.level" in the file,
// BROADSHEET_LOG_LEVEL in the environment, and -log-level as a flag.
type setting struct {
	key   string
	usage string // of the flag; the word in `quotes` names its value
	field func(*Config) any
}

// settings are all of them, in the order in which they are shown. What is not
// here (advertisements) stands in the file only.
var settings = []setting{
	{"addr", "answer readers without TLS at `HOST:PORT`", func(c *Config) any { return &c.Addr }},
	{"metrics_addr", "answer /metrics at `HOST:PORT`, for nobody else to reach", func(c *Config) any { return &c.MetricsAddr }},
	{"data", "keep database and pictures in `FOLDER`", func(c *Config) any { return &c.Data }},
	{"database", "use the PostgreSQL database at `URL` instead of SQLite", func(c *Config) any { return &c.Database }},
	{"theme", "use the theme in `FOLDER` instead of the one built in", func(c *Config) any { return &c.Theme }},
	{"dev", "while making a theme: show what is saved in its folder at the next request", func(c *Config) any { return &c.Dev }},
	{"memory", "take no more memory than this `SIZE`", func(c *Config) any { return &c.Memory }},
	{"trusted_proxies", "believe X-Forwarded-For from these `NETWORKS`, parted by commas", func(c *Config) any { return &c.TrustedProxies }},
	{"shutdown_timeout", "at a stop, give requests under way this `TIME` to finish", func(c *Config) any { return &c.ShutdownTimeout }},
	{"tls.domains", "answer readers over HTTPS, with certificates for these `NAMES`, parted by commas", func(c *Config) any { return &c.TLS.Domains }},
	{"tls.email", "let the certificate authority write to `ADDRESS`", func(c *Config) any { return &c.TLS.Email }},
	{"tls.ca", "have certificates from the authority with its directory at `URL`", func(c *Config) any { return &c.TLS.CA }},
	{"tls.ca_root", "which shows itself by a certificate from `FILE`", func(c *Config) any { return &c.TLS.CARoot }},
	{"tls.cert_file", "answer readers over HTTPS, with the certificate in `FILE`", func(c *Config) any { return &c.TLS.CertFile }},
	{"tls.key_file", "whose key is in `FILE`", func(c *Config) any { return &c.TLS.KeyFile }},
	{"tls.addr", "answer HTTPS at `HOST:PORT`", func(c *Config) any { return &c.TLS.Addr }},
	{"tls.http_addr", "send who comes without TLS on from `HOST:PORT`", func(c *Config) any { return &c.TLS.HTTPAddr }},
	{"cdn.keep", "let a CDN keep pages for this `TIME`; 0 for not at all", func(c *Config) any { return &c.CDN.Keep }},
	{"cdn.purge_url", "tell the CDN at `URL` what has changed", func(c *Config) any { return &c.CDN.PurgeURL }},
	{"cdn.purge_header", "with this `HEADER`, as \"Fastly-Key: …\"", func(c *Config) any { return &c.CDN.PurgeHeader }},
	{"smtp.host", "send mail to the newsroom's people by the server `NAME`", func(c *Config) any { return &c.SMTP.Host }},
	{"smtp.port", "which answers at this `PORT`; 0 for the usual one", func(c *Config) any { return &c.SMTP.Port }},
	{"smtp.user", "and knows us as `USER`", func(c *Config) any { return &c.SMTP.User }},
	{"smtp.password", "by this `PASSWORD`", func(c *Config) any { return &c.SMTP.Password }},
	{"smtp.from", "as letters from `ADDRESS`", func(c *Config) any { return &c.SMTP.From }},
	{"smtp.tls", "over a connection that is encrypted by `starttls, tls or none`", func(c *Config) any { return &c.SMTP.TLS }},
	{"log.format", "write the log as `text or json`", func(c *Config) any { return &c.Log.Format }},
	{"log.level", "write to the log from this `LEVEL` on: debug, info, warn or error", func(c *Config) any { return &c.Log.Level }},
	{"comments.burst", "take this `NUMBER` of comments at once from one network address", func(c *Config) any { return &c.Comments.Burst }},
	{"comments.every", "and one more each time this `TIME` has passed; 0 for no limit", func(c *Config) any { return &c.Comments.Every }},
	{"uploads.max_size", "take files of up to this `SIZE`", func(c *Config) any { return &c.Uploads.MaxSize }},
}

// paths are the settings that name something on the disk. In the file they are
// meant from the file's own folder.
var paths = []string{"data", "theme", "tls.ca_root", "tls.cert_file", "tls.key_file"}

// flagName is "log-level" for "log.level".
func (s setting) flagName() string { return strings.NewReplacer(".", "-", "_", "-").Replace(s.key) }

// envName is "BROADSHEET_LOG_LEVEL" for "log.level".
func (s setting) envName() string {
	return "BROADSHEET_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

// settingFor finds a setting by its key.
func settingFor(key string) (setting, bool) {
	i := slices.IndexFunc(settings, func(s setting) bool { return s.key == key })
	if i < 0 {
		return setting{}, false
	}
	return settings[i], true
}

// Flags is what a command line said.
type Flags struct {
	file   string
	values []given // in the order of the command line
}

type given struct {
	setting setting
	text    string
}

// AddFlags adds the flags for those keys to a command's flags, and -config. The
// values are read by [Load] once the command line was parsed. It panics for an
// unknown key.
func AddFlags(fs *flag.FlagSet, keys ...string) *Flags {
	f := &Flags{}
	fs.StringVar(&f.file, "config", "", "read the configuration `FILE`")
	defaults := Default()
	for _, key := range keys {
		s, ok := settingFor(key)
		if !ok {
			panic("config: no setting " + key)
		}
		usage := s.usage
		if d := fmt.Sprint(show(s.field(&defaults))); d != `""` && d != "" && d != "[]" && d != "false" {
			usage += " (default " + d + ")"
		}
		take := func(text string) error {
			f.values = append(f.values, given{s, text})
			return nil
		}
		if _, ok := s.field(&defaults).(*bool); ok {
			fs.BoolFunc(s.flagName(), usage, take)
		} else {
			fs.Func(s.flagName(), usage, take)
		}
	}
	return f
}
