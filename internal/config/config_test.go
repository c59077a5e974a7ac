package config

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// load runs Load as a command would: with a file, variables and a command line.
func load(t *testing.T, file string, env map[string]string, args ...string) (*Config, error) {
	t.Helper()
	if file != "" {
		path := filepath.Join(t.TempDir(), "paper.toml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append([]string{"-config", path}, args...)
	}
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
	}
	flags := AddFlags(fs, keys...)
	if err := fs.Parse(args); err != nil {
		t.Fatal(err)
	}
	return Load(flags, func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	})
}

func TestEachLayerCountsBeforeTheOneBelow(t *testing.T) {
	file := "addr = ':1'\nmetrics_addr = ':2'\n[log]\nlevel = 'warn'\n[comments]\nburst = 7\n"
	c, err := load(t, file, map[string]string{"BROADSHEET_METRICS_ADDR": ":3", "BROADSHEET_LOG_LEVEL": "debug"}, "-log-level", "error", "-comments-every", "2m")
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Addr, want.MetricsAddr = ":1", ":3"
	want.Log.Level = "error"
	want.Comments = Comments{7, Duration{2 * time.Minute}}
	if c.String() != want.String() {
		t.Errorf("got  %s\nwant %s", c, want)
	}
	if c.Log.SlogLevel() != slog.LevelError {
		t.Errorf("level %v", c.Log.SlogLevel())
	}
}

func TestDefaultsAreValid(t *testing.T) {
	c, err := Load(nil, func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	if c.SQLiteFile() != "broadsheet-data/broadsheet.db" || c.PictureDir() != "broadsheet-data/pictures" || c.WordsDir() != "broadsheet-data/words" || len(c.Proxies()) != 0 {
		t.Errorf("files %q, %q, %q, proxies %v", c.SQLiteFile(), c.PictureDir(), c.WordsDir(), c.Proxies())
	}
}

func TestProblemsAreNamedWithTheirPlace(t *testing.T) {
	for _, test := range []struct {
		name, file string
		env        map[string]string
		args       []string
		want       []string // each in the message
	}{
		{name: "unknown key", file: "\nadrr = ':1'\n", want: []string{`paper.toml:2: there is no key "adrr"; did you mean "addr"?`}},
		{name: "unknown key in a table", file: "[log]\nlevle = 'info'\n", want: []string{`paper.toml:2: there is no key "log.levle"; did you mean "log.level"?`}},
		{name: "key in the wrong table", file: "burst = 3\n", want: []string{`paper.toml:1: there is no key "burst"; did you mean "comments.burst"?`}},
		{name: "unknown key of an advertisement", file: "[[ads]]\nplacment = 'leaderboard'\n", want: []string{`paper.toml:2: there is no key "ads.placment"; did you mean "ads.placement"?`}},
		{name: "key like no other", file: "quux_frobnicate = 1\n", want: []string{`paper.toml:1: there is no key "quux_frobnicate"`}},
		{name: "two unknown keys", file: "x1 = 1\n[log]\nx2 = 1\n", want: []string{"paper.toml:1: ", "paper.toml:3: "}},
		{name: "no TOML", file: "addr = \n", want: []string{"paper.toml:1: "}},
		{name: "same key twice", file: "addr = ':1'\naddr = ':2'\n", want: []string{"paper.toml:2: "}},
		{name: "text for a number", file: "[comments]\nburst = 'five'\n", want: []string{"paper.toml:2: comments.burst: a whole number is needed"}},
		{name: "number for a text", file: "addr = 8080\n", want: []string{"paper.toml:1: addr: a text in quotes is needed"}},
		{name: "number for a time", file: "shutdown_timeout = 30\n", want: []string{"paper.toml:1: shutdown_timeout: a length of time in quotes"}},
		{name: "no time", file: "shutdown_timeout = 'soon'\n", want: []string{`paper.toml:1: shutdown_timeout: "soon" is no length of time`}},
		{name: "no web address", file: "[cdn]\npurge_url = 'cdn'\n", want: []string{`paper.toml:2: cdn.purge_url: "cdn" is no web address`}},
		{name: "a CDN that nobody tells", file: "[cdn]\nkeep = '1h'\n", want: []string{`paper.toml:2: cdn.keep: the CDN would keep what has changed`}},
		{name: "no header", file: "[cdn]\npurge_header = 'hunter2'\n", want: []string{`paper.toml:2: cdn.purge_header: a header is needed`}},
		{name: "too little memory", file: "memory = '1 MB'\n", want: []string{`paper.toml:1: memory: at least 128 MB are needed`}},
		{name: "no size", file: "[uploads]\nmax_size = 'big'\n", want: []string{`paper.toml:2: uploads.max_size: "big" is no size`}},
		{name: "no network", file: "trusted_proxies = ['10.0.0.0/8',\n 'proxy.example']\n", want: []string{`paper.toml:2: trusted_proxies: "proxy.example" is no network`}},
		{name: "bad value", file: "# the paper\naddr = 'nowhere'\n", want: []string{`paper.toml:2: addr: "nowhere" is no address`}},
		{name: "bad value in an inline table", file: "log = {level = 'loud'}\n", want: []string{`paper.toml:1: log.level: "loud" is unknown`}},
		{name: "several bad values", file: "addr = 'x'\n[log]\nformat = 'xml'\n", want: []string{"paper.toml:1: addr: ", "paper.toml:3: log.format: "}},
		{name: "theme that is not there", file: "theme = 'missing'\n", want: []string{"paper.toml:1: theme: there is no folder"}},
		{name: "a theme made without a folder", file: "dev = true\n", want: []string{"paper.toml:1: dev: there is no theme to watch"}},
		{name: "text for yes or no", file: "dev = 'yes'\n", want: []string{"paper.toml:1: dev: true or false is needed"}},
		{name: "variable that is neither yes nor no", env: map[string]string{"BROADSHEET_DEV": "maybe"}, want: []string{`BROADSHEET_DEV: "maybe" is neither true nor false`}},
		{name: "no domain", file: "[tls]\ndomains = ['paper.example',\n 'http://paper.example']\n", want: []string{`paper.toml:3: tls.domains: "http://paper.example" is no domain`}},
		{name: "a number as a domain", file: "[tls]\ndomains = ['192.0.2.1']\n", want: []string{`paper.toml:2: tls.domains: "192.0.2.1" is no domain`}},
		{name: "all names of a domain", file: "[tls]\ndomains = ['*.paper.example']\n", want: []string{`paper.toml:2: tls.domains: "*.paper.example" is no single name`}},
		{name: "one domain without a list", file: "[tls]\ndomains = 'paper.example'\n", want: []string{`paper.toml:2: tls.domains: a list is needed, such as ["paper.example"]`}},
		{name: "variable with domains", env: map[string]string{"BROADSHEET_TLS_DOMAINS": "paper.example, x"}, want: []string{`BROADSHEET_TLS_DOMAINS: "x" is no domain`}},
		{name: "an authority without TLS", file: "[tls]\nca = 'http://ca.example/dir'\n", want: []string{`paper.toml:2: tls.ca: "http://ca.example/dir" is no directory`}},
		{name: "no e-mail address", file: "[tls]\nemail = 'Ida <ida@paper.example>'\n", want: []string{`paper.toml:2: tls.email: "Ida <ida@paper.example>" is no e-mail address`}},
		{name: "a certificate that is not there", file: "[tls]\ncert_file = 'missing.pem'\n", want: []string{"paper.toml:2: tls.cert_file: there is no file", "paper.toml:2: tls.cert_file: its key is missing"}},
		{name: "a key alone", file: "[tls]\nkey_file = 'paper.toml'\n", want: []string{"paper.toml:2: tls.key_file: the certificate is missing"}},
		{name: "a certificate brought and had", file: "[tls]\ndomains = ['paper.example']\ncert_file = 'paper.toml'\nkey_file = 'paper.toml'\n", want: []string{"paper.toml:3: tls.cert_file: a certificate can be brought, or had"}},
		{name: "HTTPS and an address without", file: "addr = ':1'\n[tls]\ndomains = ['paper.example']\n", want: []string{"paper.toml:1: addr: with HTTPS, readers are answered at tls.addr (:443)"}},
		{name: "no address for HTTPS", file: "[tls]\naddr = ''\nhttp_addr = 'x'\n", want: []string{`paper.toml:2: tls.addr: "" is no address`, `paper.toml:3: tls.http_addr: "x" is no address`}},
		{name: "both ways at one address", file: "[tls]\ndomains = ['paper.example']\nhttp_addr = ':443'\n", want: []string{"paper.toml:3: tls.http_addr: this is where HTTPS is answered"}},
		{name: "metrics where readers are sent on", file: "metrics_addr = ':80'\n[tls]\ndomains = ['paper.example']\n", want: []string{"paper.toml:1: metrics_addr: this is tls.http_addr"}},
		{name: "metrics for HTTPS", file: "metrics_addr = ':443'\n[tls]\ndomains = ['paper.example']\n", want: []string{"paper.toml:1: metrics_addr: this is where readers are answered"}},
		{name: "metrics for readers", file: "addr = ':1'\nmetrics_addr = ':1'\n", want: []string{"paper.toml:2: metrics_addr: "}},
		{
			name: "advertisement", file: "[[ads]]\nplacement = 'leaderboard'\ntext = 'x'\nlink = 'https://a.example'\n\n[[ads]]\nplacement = 'leaderboard'\ntext = 'x'\nlink = 'javascript:x'\nlanguage = '!!'\n",
			want: []string{`paper.toml:9: advertisement 2: link: "javascript:x" is no web address`, `paper.toml:10: advertisement 2: language: "!!" is no language`},
		},
		{name: "key that an advertisement lacks", file: "[[ads]]\ntext = 'x'\nlink = '/x'\n", want: []string{"paper.toml:1: advertisement 1: placement: is missing"}},
		{name: "date of an advertisement", file: "[[ads]]\nstart = 'June'\n", want: []string{`paper.toml:2: ads.start: "June" is no day`}},
		{name: "date without quotes", file: "[[ads]]\nstart = 2026-06-01\n", want: []string{"paper.toml:2: ads.start: a text in quotes is needed"}},
		{name: "variable", env: map[string]string{"BROADSHEET_COMMENTS_BURST": "many"}, want: []string{`BROADSHEET_COMMENTS_BURST: "many" is no number`}},
		{name: "variable with a bad value", env: map[string]string{"BROADSHEET_LOG_FORMAT": "xml"}, want: []string{"BROADSHEET_LOG_FORMAT: log.format: "}},
		{name: "variable with proxies", env: map[string]string{"BROADSHEET_TRUSTED_PROXIES": "10.0.0.1, x"}, want: []string{`BROADSHEET_TRUSTED_PROXIES: "x" is no network`}},
		{name: "flag", args: []string{"-shutdown-timeout", "-1s"}, want: []string{`-shutdown-timeout: "-1s" is no length of time`}},
		{name: "flag with a bad value", args: []string{"-addr", "x"}, want: []string{`-addr: addr: "x" is no address`}},
		{name: "flag over a good file", file: "addr = ':1'\n", args: []string{"-addr", "x"}, want: []string{"-addr: addr: "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := load(t, test.file, test.env, test.args...)
			if _, ok := errors.AsType[Problems](err); !ok {
				t.Fatalf("error is %T: %v", err, err)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("message\n%v\nlacks\n%s", err, want)
				}
			}
		})
	}
}

func TestAYesOrNoIsAFlagWithoutAValue(t *testing.T) {
	dir := t.TempDir()
	for want, args := range map[bool][]string{true: {"-dev", "-theme", dir}, false: {"-dev=false", "-theme", dir}} {
		c, err := load(t, "", map[string]string{"BROADSHEET_DEV": "true"}, args...)
		if err != nil || c.Dev != want || c.Theme != dir {
			t.Errorf("%v: dev is %v, theme %q, error %v", args, c.Dev, c.Theme, err)
		}
	}
}

func TestADomainTurnsHTTPSOn(t *testing.T) {
	c, err := load(t, "", nil)
	if err != nil || c.TLS.On() || c.ReadersAddr() != ":8080" {
		t.Errorf("without a domain, HTTPS is %v, readers are at %q, error %v", c.TLS.On(), c.ReadersAddr(), err)
	}
	c, err = load(t, "[tls]\ndomains = ['Paper.Example.', 'zeitung-münchen.example']\n", nil)
	if err != nil || !c.TLS.On() || c.ReadersAddr() != ":443" || c.TLS.HTTPAddr != ":80" {
		t.Fatalf("HTTPS is %v, readers are at %q, error %v", c.TLS.On(), c.ReadersAddr(), err)
	}
	if got := fmt.Sprint(c.TLS.Domains); got != "[paper.example xn--zeitung-mnchen-osb.example]" {
		t.Errorf("domains %s", got)
	}
	if c.CertificateDir() != "broadsheet-data/certificates" {
		t.Errorf("certificates are kept in %q", c.CertificateDir())
	}
}

func TestMissingFileIsNamed(t *testing.T) {
	_, err := Load(nil, func(name string) (string, bool) { return "/nowhere/paper.toml", name == "BROADSHEET_CONFIG" })
	if err == nil || !strings.Contains(err.Error(), "/nowhere/paper.toml") {
		t.Errorf("error %v", err)
	}
}

func TestForeignVariablesAreLetBe(t *testing.T) {
	if _, err := load(t, "", map[string]string{"BROADSHEET_PORT": "tcp://10.0.0.1:80", "BROADSHEET_SERVICE_HOST": "10.0.0.1"}); err != nil {
		t.Error(err)
	}
}

func TestPathsInTheFileStartFromItsFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "paper.toml")
	text := "data = 'store'\n[[ads]]\nplacement = 'leaderboard'\npicture = 'ads/a.png'\nlink = '/a'\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(nil, func(name string) (string, bool) { return path, name == "BROADSHEET_CONFIG" })
	if err != nil {
		t.Fatal(err)
	}
	if c.Data != filepath.Join(dir, "store") || c.Ads[0].Picture != filepath.Join(dir, "ads/a.png") || c.Theme != "" {
		t.Errorf("data %q, picture %q, theme %q", c.Data, c.Ads[0].Picture, c.Theme)
	}
	c, err = load(t, "[log]\n", nil, "-data", "here")
	if err != nil || c.Data != "here" {
		t.Errorf("data %q, error %v; a flag's path starts from the working directory", c.Data, err)
	}
}

func TestPasswordsAreNeverPrinted(t *testing.T) {
	for _, url := range []DatabaseURL{
		"postgres://paper:s3cret@db/paper", "postgres://paper@db/paper?password=s3cret&sslpassword=s3cret", "postgres://paper:s3cret@db:x/%zz",
	} {
		c := Default()
		c.Database = url
		var log bytes.Buffer
		l := slog.New(slog.NewJSONHandler(&log, nil))
		l.Info("started", "config", c, "pointer", &c, "database", c.Database)
		printed := fmt.Sprintf("%v %+v %#v %s %v %#v %s %q", c, c, c, &c, c.Database, c.Database, c.Database, c.Database)
		if all := log.String() + printed; strings.Contains(all, "s3cret") {
			t.Errorf("%s", all)
		}
	}
	_, err := load(t, "database = 'mysql://paper:s3cret@db/paper'\n", nil)
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("error %v", err)
	}
	_, err = load(t, "database = 'postgres://paper:s3cret@db:x/%zz'\n", nil)
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("error %v", err)
	}
}

func TestSizesAndNetworksAreReadAsWritten(t *testing.T) {
	for text, want := range map[string]string{"64 MB": "64 MB", "64mb": "64 MB", "1024": "1 kB", "1000": "1000", "2 GB": "2 GB"} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s.String() != want {
			t.Errorf("%q is %v (%v), want %s", text, s, err, want)
		}
	}
	for _, text := range []string{"", "MB", "-1", "9999999 GB", "1.5 MB"} {
		if err := new(Size).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken as a size", text)
		}
	}
	c, err := load(t, "trusted_proxies = ['10.1.2.3/8', '127.0.0.1', '::1']\n", nil)
	if err != nil || fmt.Sprint(c.Proxies()) != "[10.0.0.0/8 127.0.0.1/32 ::1/128]" {
		t.Errorf("proxies %v, error %v", c.Proxies(), err)
	}
}

// keysOf lists the keys of a struct as they stand in the file.
func keysOf(t reflect.Type, prefix string) []string {
	var keys []string
	for f := range t.Fields() {
		name := f.Tag.Get("toml")
		switch {
		case name == "":
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && f.Type != reflect.TypeFor[[]Network]() && f.Type != reflect.TypeFor[[]Domain]():
			keys = append(keys, keysOf(f.Type.Elem(), prefix+name+".")...)
		case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[Duration]():
			keys = append(keys, keysOf(f.Type, prefix+name+".")...)
		default:
			keys = append(keys, prefix+name)
		}
	}
	return keys
}

func TestEveryKeyCanBeGivenInEveryWay(t *testing.T) {
	var named []string
	for _, s := range settings {
		named = append(named, s.key)
	}
	for _, key := range keysOf(reflect.TypeFor[Config](), "") {
		if !strings.HasPrefix(key, "ads.") && !slices.Contains(named, key) {
			t.Errorf("%s has neither variable nor flag", key)
		}
	}
}

// TestTheExampleFileShowsEveryKeyWithItsDefault reads docs/broadsheet.toml with
// its keys switched on.
func TestTheExampleFileShowsEveryKeyWithItsDefault(t *testing.T) {
	text, err := os.ReadFile("../../docs/broadsheet.toml")
	if err != nil {
		t.Fatal(err)
	}
	if c, err := load(t, string(text), nil); err != nil || c.String() != Default().String() {
		t.Errorf("as it is, the file changes something: %v, %v", c, err)
	}
	on := regexp.MustCompile(`(?m)^#([a-z_]+ = |\[)`).ReplaceAllString(string(text), "$1")
	for line := range strings.Lines(on) {
		if !regexp.MustCompile(`^(# .*|#|[a-z_]+ = .*|\[.*\]|)\n$`).MatchString(line) {
			t.Errorf("neither key nor comment: %q", line)
		}
	}
	c := Default()
	c.origin = origins{}
	if wrong := c.read("broadsheet.toml", []byte(on)); wrong != nil {
		t.Fatal(wrong)
	}
	for _, key := range keysOf(reflect.TypeFor[Config](), "") {
		if name, ad := strings.CutPrefix(key, "ads."); ad {
			key = "ads[0]." + name
		}
		if c.origin[key] == "" {
			t.Errorf("%s is not shown", key)
		}
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	c.Ads = nil
	if d := Default(); c.String() != d.String() {
		t.Errorf("defaults in the file are %s\nin the program        %s", c, d)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("addr = ':1'\n[log]\nlevel = 'warn'\n[[ads]]\nplacement = 'x'\n[[ads]]\n")
	f.Add("log = {level = 'x'}\nads = [{link = ''}]\n")
	f.Add("a.b.c = 1\n[log.x]\n[[comments]]\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := Default()
		c.origin = origins{}
		if wrong := c.read("x.toml", []byte(text)); wrong == nil {
			_ = c.Validate() // only must not panic
		}
	})
}
